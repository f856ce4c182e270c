//! The self-test: each way by which an alert reaches its person is tried, and what was seen is kept until the app ends.

use std::time::Instant;

use gemilang_protocol::Time;
use gemilang_protocol::alert::Sound;
use gemilang_protocol::desk::views::{Inbox, TicketQuery};
use gemilang_protocol::self_test::{Saw, TestPath, Tried};
use gemilang_replica::alerts::Happened;
use uuid::Uuid;

use super::{Asked, Ear};
use crate::platform::{self, Answer, Missing};
use crate::sound;
use crate::tray::icon::Face;

/// What can be tried on this computer.
pub(super) const PATHS: &[TestPath] = TestPath::ALL;

/// What was tried, and what is being tried.
#[derive(Default)]
pub(super) struct Trials {
    pub(super) tried: Vec<Tried>,
    /// The pop-up that is under way: which way it tries, which ticket it leads to, since when.
    under_way: Option<(TestPath, Option<Uuid>, Instant)>,
    /// The ticket that a click should have brought on screen.
    expected: Option<Uuid>,
}

impl Trials {
    /// A pop-up is on its way to the screen.
    pub(super) fn begin(&mut self, path: TestPath, ticket: Option<Uuid>) {
        self.under_way = Some((path, ticket, Instant::now()));
        self.expected = None;
        self.tried.retain(|tried| tried.path != path);
    }

    /// It is there, or the system keeps it to itself for this reason.
    pub(super) fn shown(&mut self, kept: Option<Saw>, now: Time) {
        let Some((path, _, since)) = self.under_way else { return };
        let millis = u32::try_from(since.elapsed().as_millis()).unwrap_or(u32::MAX);
        self.saw(TestPath::PopUp, kept.unwrap_or(Saw::Shown { millis }), now);
        if path == TestPath::Click {
            self.saw(path, kept.unwrap_or(Saw::Waits), now);
        }
    }

    /// It could not be shown, for this reason.
    pub(super) fn not_shown(&mut self, why: Saw, now: Time) {
        if let Some((path, ..)) = self.under_way.take() {
            self.saw(TestPath::PopUp, why, now);
            self.saw(path, why, now);
        }
    }

    /// It ended; answers the ticket that is to be opened for a click.
    pub(super) fn ended(&mut self, answer: Answer, now: Time) -> Option<Uuid> {
        let (path, ticket, _) = self.under_way.take()?;
        match answer {
            Answer::Clicked | Answer::Took if ticket.is_none() => self.saw(TestPath::Click, Saw::Works, now),
            Answer::Clicked | Answer::Took => self.expected = ticket,
            Answer::Closed | Answer::Snoozed if path == TestPath::Click => self.saw(path, Saw::NotClicked, now),
            Answer::Closed | Answer::Snoozed | Answer::Withdrawn => return None,
        }
        self.expected
    }

    /// A ticket is on screen.
    pub(super) fn looks(&mut self, ticket: Option<Uuid>, now: Time) {
        if ticket.is_some() && ticket == self.expected {
            self.expected = None;
            self.saw(TestPath::Click, Saw::Opened, now);
        }
    }

    pub(super) fn saw(&mut self, path: TestPath, saw: Saw, at: Time) {
        tracing::info!(%path, ?saw, "tried");
        self.tried.retain(|tried| tried.path != path);
        self.tried.push(Tried { path, at, saw });
    }
}

impl Ear {
    /// Tries a way. What it finds out is told, and nothing waits for it.
    pub(super) fn try_out(&self, path: TestPath) {
        let app = self.app.clone();
        match path {
            TestPath::PopUp | TestPath::Click => {
                // Not every system tells when its person changed their mind, so it is asked first.
                let asked = self.asked.clone();
                tauri::async_runtime::spawn(async move {
                    let _ = asked.send(Asked::Able(platform::probe_alerts().await));
                    let _ = asked.send(Asked::TryPopUp(path));
                });
            }
            TestPath::Sound => self.find_out(path, async { sound::play(Sound::Gender).await.map(|()| Saw::Works) }),
            TestPath::Tray => self.find_out(path, async { platform::probe_tray().await.map(|()| Saw::Works) }),
            TestPath::Badge => self.find_out(path, async move {
                platform::probe_badge().await?;
                platform::set_badge(&app, Face { count: 7, ..Face::default() }).await;
                Ok(Saw::Asks { number: 7 })
            }),
        }
    }

    /// Tries a way that may take its time, and nothing waits for it.
    fn find_out(&self, path: TestPath, trial: impl Future<Output = Result<Saw, Missing>> + Send + 'static) {
        let asked = self.asked.clone();
        tauri::async_runtime::spawn(async move {
            let saw = trial.await.unwrap_or_else(|missing| {
                tracing::info!(%missing, "tried");
                Saw::Missing
            });
            let _ = asked.send(Asked::Tried(path, saw));
        });
    }

    /// The number of the trial gives way to the true one.
    pub(super) async fn set_badge_right(&self) {
        if let Ok(counts) = self.replica.navigation().await {
            let face = Face { count: counts.unassigned, urgent: counts.urgent > 0, offline: false };
            platform::set_badge(&self.app, face).await;
        }
    }

    pub(super) async fn try_pop_up(&mut self, path: TestPath) {
        // A click leads to the ticket that was active last, if there is one.
        let query = TicketQuery { inbox: Inbox::All, limit: 1, ..TicketQuery::default() };
        let list = self.replica.tickets(&query).await.unwrap_or_default();
        let ticket = list.rows.first().map(|row| row.id);
        self.trials.begin(path, ticket);
        self.step(Happened::Test(path, ticket)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(trials: &Trials) -> Vec<(TestPath, Saw)> {
        trials.tried.iter().map(|tried| (tried.path, tried.saw)).collect()
    }

    #[test]
    fn a_click_is_proven_by_the_ticket_on_screen() {
        let (mut trials, now, ticket) = (Trials::default(), Time::default(), Uuid::from_u128(7));
        trials.begin(TestPath::Click, Some(ticket));
        trials.shown(None, now);
        assert!(matches!(seen(&trials)[..], [(TestPath::PopUp, Saw::Shown { .. }), (TestPath::Click, Saw::Waits)]));
        assert_eq!(trials.ended(Answer::Clicked, now), Some(ticket));
        trials.looks(Some(Uuid::from_u128(8)), now);
        assert_eq!(seen(&trials)[1].1, Saw::Waits, "another ticket proves nothing");
        trials.looks(Some(ticket), now);
        assert_eq!(seen(&trials)[1], (TestPath::Click, Saw::Opened));
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        let (mut trials, now) = (Trials::default(), Time::default());
        trials.begin(TestPath::Click, None);
        trials.not_shown(Saw::Missing, now);
        assert_eq!(seen(&trials), [(TestPath::PopUp, Saw::Missing), (TestPath::Click, Saw::Missing)]);
        trials.begin(TestPath::PopUp, None);
        trials.shown(Some(Saw::Hushed), now);
        assert_eq!(seen(&trials)[1], (TestPath::PopUp, Saw::Hushed));
        trials.begin(TestPath::Click, None);
        trials.shown(None, now);
        assert_eq!(trials.ended(Answer::Closed, now), None);
        assert_eq!(seen(&trials)[1], (TestPath::Click, Saw::NotClicked));
    }
}
