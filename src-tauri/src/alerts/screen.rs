//! The screen: whether the computer shows alerts, putting them there, and what their person does with them.

use gemilang_protocol::Act;
use gemilang_protocol::alert::{Level, Sound, Why};
use gemilang_protocol::desk::changes::{OPEN_ALERTS, OPEN_TICKET, OpenTicket, SNACK, Snack};
use gemilang_protocol::desk::views::{Alerts, PopUps};
use gemilang_protocol::self_test::Saw;
use gemilang_replica::alerts::{Happened, Key, What};
use tauri::{AppHandle, Manager};
use tokio::time::Instant;
use uuid::Uuid;

use super::deliver::{Heard, Told};
use super::{Asked, BACK, Ear, words};
use crate::desk::Desk;
use crate::platform::{self, Able, Answer};
use crate::{clock, events, sound, window};

impl Ear {
    /// Asks whether the computer shows alerts. The answer may take its time, and nothing waits for it.
    pub(super) fn probe(&self) {
        let asked = self.asked.clone();
        tauri::async_runtime::spawn(async move {
            let able = platform::probe_alerts().await;
            let _ = asked.send(Asked::Able(able));
        });
    }

    pub(super) async fn able(&mut self, able: Able) {
        if let Able::Not(error) = &able {
            tracing::warn!(%error, "no notification daemon");
        }
        self.shown_by(match &able {
            Able::Shows => PopUps::Shown,
            Able::Hushes => PopUps::Hushed,
            Able::Denies => PopUps::Denied,
            Able::Not(error) => error.pop_ups(),
        });
        if able == Able::Shows && self.bell.is_lost() {
            let rest = self.back.map(|back| BACK.saturating_sub(back.elapsed())).unwrap_or_default();
            if rest.is_zero() {
                self.back = Some(Instant::now());
                self.step(Happened::DaemonBack).await;
            } else {
                let asked = self.asked.clone();
                tauri::async_runtime::spawn(async move {
                    tokio::time::sleep(rest).await;
                    let _ = asked.send(Asked::Daemon);
                });
            }
        }
    }

    /// Keeps whether the computer shows alerts, for the page.
    fn shown_by(&mut self, pop_ups: PopUps) {
        let desk = self.app.state::<Desk>();
        if desk.alerts().pop_ups != pop_ups {
            desk.keep_alerts(Alerts { pop_ups, ..desk.alerts() });
            self.tell_page(false);
        }
    }

    pub(super) async fn hear(&mut self, (key, ticket, heard): Told) {
        let now = clock::now();
        let kept = why_kept(self.app.state::<Desk>().alerts().pop_ups);
        match heard {
            Heard::Shown => {
                if key == Key::Test {
                    self.trials.shown(kept.as_ref().map(|(saw, _)| *saw), now);
                }
                match kept {
                    Some((_, why)) => self.step(Happened::Hushed(key, why)).await,
                    None => self.shown_by(PopUps::Shown),
                }
                // Not every system tells when its person changed their mind.
                self.probe();
            }
            Heard::NotShown(error) => {
                tracing::warn!(%error, "alert not shown");
                let pop_ups = error.pop_ups();
                self.shown_by(pop_ups);
                let (saw, why) = why_kept(pop_ups).unwrap_or((Saw::Missing, Why::NoDaemon));
                if key == Key::Test {
                    self.trials.not_shown(saw, now);
                }
                ticket.into_iter().for_each(|ticket| self.say_in_the_window(ticket));
                self.step(Happened::NotShown(key, why)).await;
                // One that ended may have come back before this was heard.
                if error.gone {
                    self.probe();
                }
            }
            Heard::Ended(answer) if key == Key::Test => {
                let ticket = self.trials.ended(answer, now);
                if matches!(answer, Answer::Clicked | Answer::Took) {
                    show(&self.app, ticket);
                    self.step(Happened::Clicked(key)).await;
                } else {
                    self.step(Happened::Closed(key)).await;
                }
            }
            Heard::Ended(Answer::Clicked) => {
                show(&self.app, ticket);
                self.step(Happened::Clicked(key)).await;
            }
            Heard::Ended(Answer::Took) => {
                self.step(Happened::Clicked(key)).await;
                let take = Act::Assign { from: None, to: Some(self.replica.me().id) };
                if let Some(ticket) = ticket
                    && let Err(error) = self.replica.write(Uuid::now_v7(), ticket, take, now).await
                {
                    tracing::error!(%error, %ticket, "not taken from its alert");
                }
                show(&self.app, ticket);
            }
            Heard::Ended(Answer::Snoozed) => self.step(Happened::Snoozed(key)).await,
            Heard::Ended(Answer::Closed) => self.step(Happened::Closed(key)).await,
            Heard::Ended(Answer::Withdrawn) => {}
        }
        self.tell_page(false);
    }

    /// Where the computer shows no alert, the window at least says what is urgent.
    fn say_in_the_window(&self, ticket: Uuid) {
        if let Some(ring) = self.shown.ringing.iter().find(|ring| ring.ticket == ticket) {
            let args =
                vec![("subject".to_owned(), ring.subject.clone()), ("customer".to_owned(), ring.customer.clone())];
            events::emit(&self.app, SNACK, Snack { key: "alert-not-shown".to_owned(), args });
        }
    }

    pub(super) async fn show(&self, key: Key, ticket: Option<Uuid>, what: &What, (level, sound): (Level, Sound)) {
        // Without its order an alert only lacks the days to the wedding.
        let order = match (what, ticket) {
            (What::Ring { round: 1, .. }, Some(ticket)) => {
                self.replica.thread(ticket).await.ok().and_then(|thread| thread.order)
            }
            _ => None,
        };
        let desk = self.app.state::<Desk>();
        let words = words::words(desk.settings.language(), what, level, order.as_ref(), clock::now());
        desk.on_screen.show(key, ticket, words, self.tell.clone());
        // Whoever asked the system for peace is not called by ear.
        if desk.alerts().pop_ups != PopUps::Hushed {
            tauri::async_runtime::spawn(async move {
                if let Err(missing) = sound::play(sound).await {
                    tracing::info!(%missing, "nothing was heard");
                }
            });
        }
    }
}

/// What a system that takes an alert and shows none is said to do.
fn why_kept(pop_ups: PopUps) -> Option<(Saw, Why)> {
    match pop_ups {
        PopUps::Hushed => Some((Saw::Hushed, Why::FocusMode)),
        PopUps::Denied => Some((Saw::Denied, Why::Denied)),
        PopUps::Shown | PopUps::Missing => None,
    }
}

/// Brings a ticket before its person; without one, what became of alerts.
fn show(app: &AppHandle, ticket: Option<Uuid>) {
    match ticket {
        Some(ticket) => open(app, ticket),
        None => {
            window::raise(app);
            events::emit(app, OPEN_ALERTS, ());
        }
    }
}

/// Brings a ticket before its person.
pub(crate) fn open(app: &AppHandle, ticket: Uuid) {
    window::raise(app);
    app.state::<Desk>().open_at_boot(ticket);
    events::emit(app, OPEN_TICKET, OpenTicket { ticket });
}
