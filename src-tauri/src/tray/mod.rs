//! Tray: what the icon beside the clock shows, and what its menu does. Drawn by `platform/`; the count is the one of the list, read by
//! the same query, and goes to the badge as well.

/// How it looks.
pub(crate) mod icon;

use std::time::Duration;

use chrono::TimeDelta;
use gemilang_locales::{Language, Texts, dates};
use gemilang_protocol::desk::views::{Line as Wire, Navigation};
use gemilang_protocol::{Duty, Time, Zone};
use tauri::{AppHandle, Manager};

use crate::commands::zone_of;
use crate::desk::Desk;
use crate::platform::{self, Bar};
use crate::{clock, window};
use icon::Face;

/// What changes is shown at most this often.
const PAUSE: Duration = Duration::from_millis(250);
/// A pause is this long.
const REST: TimeDelta = TimeDelta::hours(1);

/// Everything there is to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) face: Face,
    /// A line for who points at it.
    pub(crate) hint: String,
    pub(crate) menu: Vec<Entry>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Does something.
    Act(Choice, String),
    /// One of several holds; the figure says which.
    OneOf(Vec<(Choice, String)>, usize),
    /// A rule between groups.
    Rule,
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Choice {
    /// To the window.
    Open,
    /// On duty from now on.
    OnDuty,
    /// Not disturbed for an hour.
    Pause,
    /// Off duty.
    OffDuty,
    /// The end.
    Quit,
}

impl Choice {
    /// Every choice.
    #[cfg_attr(all(unix, not(target_os = "macos")), expect(dead_code, reason = "there an entry brings its own"))]
    pub(crate) const ALL: [Self; 5] = [Self::Open, Self::OnDuty, Self::Pause, Self::OffDuty, Self::Quit];
}

/// What it is drawn from.
struct World {
    language: Language,
    zone: Zone,
    /// The counts and duty of whoever is signed in.
    person: Option<(Navigation, Duty)>,
    offline: bool,
}

/// Keeps icon, menu and badge true for as long as the app runs.
pub(crate) async fn follow(app: AppHandle) {
    let mut bar: Option<Bar> = None;
    let mut badge = None;
    let mut before = None;
    loop {
        let desk = app.state::<Desk>();
        let world = look(&desk).await;
        let now = clock::now();
        let next = shown(&world, now);
        if before.as_ref() != Some(&next) {
            match &mut bar {
                Some(bar) => bar.show(next.clone()).await,
                None => match Bar::start(&app, next.clone()).await {
                    Ok(started) => bar = Some(started),
                    Err(error) => tracing::warn!(%error, "no icon in the tray"),
                },
            }
            if badge != Some(next.face.count) {
                platform::set_badge(&app, next.face).await;
                badge = Some(next.face.count);
            }
            before = Some(next);
        }
        tokio::time::sleep(PAUSE).await;
        // A pause ends by itself.
        let ends =
            world.person.and_then(|(_, duty)| duty.paused_until(now)).and_then(|until| (until - now).to_std().ok());
        match ends {
            Some(ends) => drop(tokio::time::timeout(ends, desk.stale()).await),
            None => desk.stale().await,
        }
    }
}

async fn look(desk: &Desk) -> World {
    let mut world = World { language: desk.settings.language(), zone: Zone::Wib, person: None, offline: false };
    if let Some(session) = desk.session() {
        world.offline = matches!(session.status.borrow().line, Wire::Offline { .. } | Wire::ServiceAway { .. });
        match session.replica.navigation().await {
            Ok(counts) => world.person = Some((counts, desk.alerts().duty)),
            Err(error) => tracing::error!(%error, "nobody knows what waits"),
        }
        world.zone = zone_of(&session.replica).await.unwrap_or(Zone::Wib);
    }
    world
}

fn shown(world: &World, now: Time) -> Shown {
    let texts = Texts::of(world.language);
    let mut menu = vec![Entry::Act(Choice::Open, texts.get("tray-open")), Entry::Rule];
    let (face, hint) = match &world.person {
        None => (Face::default(), texts.get("tray-signed-out")),
        Some((counts, duty)) => {
            let paused = duty.paused_until(now);
            let pause = match paused {
                Some(until) => texts.with("desk-duty-paused", &[("time", dates::clock(until, world.zone).into())]),
                None => texts.get("desk-pause-hour"),
            };
            let holds = match (paused, duty.is_on(now)) {
                (Some(_), _) => 1,
                (None, true) => 0,
                (None, false) => 2,
            };
            let all = vec![
                (Choice::OnDuty, texts.get("desk-duty-on")),
                (Choice::Pause, pause),
                (Choice::OffDuty, texts.get("desk-duty-off")),
            ];
            menu.extend([Entry::OneOf(all, holds), Entry::Rule]);
            let face = Face { count: counts.unassigned, urgent: counts.urgent > 0, offline: world.offline };
            (face, hint(texts, counts, world.offline))
        }
    };
    menu.push(Entry::Act(Choice::Quit, texts.get("tray-quit")));
    Shown { face, hint, menu }
}

fn hint(texts: &Texts, counts: &Navigation, offline: bool) -> String {
    let count = |key, count: u64| texts.with(key, &[("n", i64::try_from(count).unwrap_or(i64::MAX).into())]);
    let mut parts = Vec::new();
    if counts.urgent > 0 {
        parts.push(count("tray-urgent", counts.urgent));
    }
    parts.push(if counts.unassigned > 0 {
        count("tray-unassigned", counts.unassigned)
    } else {
        texts.get("tray-all-taken")
    });
    if offline {
        parts.push(texts.get("tray-offline"));
    }
    parts.join(" · ")
}

/// Does what was chosen.
pub(crate) fn chosen(app: &AppHandle, choice: Choice) {
    tracing::info!(?choice, "chosen in the tray");
    let duty = match choice {
        Choice::Open => return window::raise(app),
        Choice::Quit => return window::leave(app),
        Choice::OnDuty => Duty::On,
        Choice::Pause => Duty::Away { until: clock::now() + REST },
        Choice::OffDuty => Duty::Off,
    };
    if let Some(session) = app.state::<Desk>().session() {
        session.own.choose_duty(duty);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(person: Option<(Navigation, Duty)>) -> World {
        World { language: Language::Id, zone: Zone::Wita, person, offline: false }
    }

    #[test]
    fn the_count_is_the_lists_own_and_urgent_shows() {
        let counts = Navigation { unassigned: 6, urgent: 2, mine: 14, ..Navigation::default() };
        let shown = shown(&world(Some((counts, Duty::On))), Time::default());
        assert_eq!(shown.face, Face { count: 6, urgent: true, offline: false });
        assert_eq!(shown.hint, "2 mendesak · 6 belum diambil");
    }

    #[test]
    fn duty_stands_where_it_is_and_a_pause_says_until_when() {
        let now = Time::default();
        let holds = |duty| {
            let shown = shown(&world(Some((Navigation::default(), duty))), now);
            shown.menu.into_iter().find_map(|entry| match entry {
                Entry::OneOf(all, at) => Some(all[at].1.clone()),
                _ => None,
            })
        };
        assert_eq!(holds(Duty::On).as_deref(), Some("Bertugas"));
        assert_eq!(holds(Duty::Off).as_deref(), Some("Lepas jaga"));
        let until = now + REST;
        assert_eq!(holds(Duty::Away { until }).as_deref(), Some("Dijeda sampai 09:00"), "in their own zone");
        assert_eq!(holds(Duty::Away { until: now }).as_deref(), Some("Bertugas"), "a pause that is over");
    }

    #[test]
    fn whoever_is_not_signed_in_has_no_duty() {
        let shown = shown(&world(None), Time::default());
        assert_eq!(shown.menu.len(), 3);
        assert_eq!(shown.face.count, 0);
    }
}
