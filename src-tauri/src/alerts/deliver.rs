//! Delivers alerts: one task for each on screen, which stays until it is clicked, closed or taken back, and changes in place meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use gemilang_replica::alerts::Key;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::words::Words;
use crate::platform::{self, Answer, NotShown};

/// What is on screen now. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct OnScreen {
    alerts: Arc<Mutex<HashMap<Key, Standing>>>,
}

/// An alert on screen. Dropping it takes it back.
struct Standing {
    /// What it is about now.
    ticket: Option<Uuid>,
    orders: mpsc::UnboundedSender<Words>,
}

/// What happened to an alert.
pub(crate) enum Heard {
    /// It is on screen.
    Shown,
    /// It is not any more.
    Ended(Answer),
    /// It could not be shown, or not any longer.
    NotShown(NotShown),
}

/// Which alert, about which ticket, and what happened to it.
pub(crate) type Told = (Key, Option<Uuid>, Heard);

impl OnScreen {
    /// Puts an alert on screen, in the place of what stands there under its key.
    pub(crate) fn show(&self, key: Key, ticket: Option<Uuid>, words: Words, tell: mpsc::UnboundedSender<Told>) {
        let mut alerts = self.lock();
        let words = match alerts.get_mut(&key) {
            Some(standing) => match standing.orders.send(words) {
                Ok(()) => {
                    standing.ticket = ticket;
                    return;
                }
                // It has just ended.
                Err(unsent) => unsent.0,
            },
            None => words,
        };
        let (orders, to_show) = mpsc::unbounded_channel();
        let _ = orders.send(words);
        alerts.insert(key, Standing { ticket, orders });
        tauri::async_runtime::spawn(self.clone().stand(key, ticket, to_show, tell));
    }

    /// Takes an alert back, if it is there.
    pub(crate) fn withdraw(&self, key: Key) {
        self.lock().remove(&key);
    }

    /// Takes everything back: whoever signs out or quits leaves no dead pop-up behind.
    pub(crate) fn withdraw_all(&self) {
        self.lock().clear();
    }

    async fn stand(
        self,
        key: Key,
        first: Option<Uuid>,
        mut to_show: mpsc::UnboundedReceiver<Words>,
        tell: mpsc::UnboundedSender<Told>,
    ) {
        // Nobody listens any more after a sign-out, and nothing is to be done then.
        let say = |ticket, heard| drop(tell.send((key, ticket, heard)));
        loop {
            let outcome = platform::ring(&mut to_show, || say(first, Heard::Shown)).await;
            tracing::info!(?key, ?outcome, "alert ended");
            let withdrawn = outcome == Ok(Answer::Withdrawn);
            let heard = outcome.map_or_else(Heard::NotShown, Heard::Ended);
            let mut alerts = self.lock();
            // Where it was withdrawn, another one may stand in its place already.
            let about = if withdrawn { first } else { alerts.get(&key).map_or(first, |standing| standing.ticket) };
            // What was to be shown while this one ended comes anew.
            let again = !withdrawn && !to_show.is_empty();
            if !withdrawn && !again {
                alerts.remove(&key);
            }
            drop(alerts);
            say(about, heard);
            if !again {
                return;
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Standing>> {
        self.alerts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
