//! Delivers alerts: one task for each on screen, which keeps its handle until it is clicked, closed or taken back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use gemilang_replica::alerts::Key;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::words::Words;
use crate::platform::{self, Answer, NotShown};

/// What is on screen now. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct OnScreen {
    alerts: Arc<Mutex<HashMap<Key, oneshot::Sender<()>>>>,
}

/// What happened to an alert.
pub(crate) enum Heard {
    /// It is on screen.
    Shown,
    /// It is not any more.
    Ended(Answer),
    /// It could not be shown.
    NotShown(NotShown),
}

/// Which alert, about which ticket, and what happened to it.
pub(crate) type Told = (Key, Uuid, Heard);

impl OnScreen {
    /// Puts an alert on screen, in the place of what stands there under its key.
    pub(crate) fn show(&self, key: Key, ticket: Uuid, words: Words, tell: mpsc::UnboundedSender<Told>) {
        let (withdraw, withdrawn) = oneshot::channel();
        // The one before hears that its sender is gone, and goes.
        self.with(|alerts| alerts.insert(key, withdraw));
        let on_screen = self.clone();
        tauri::async_runtime::spawn(async move {
            let is_shown = || drop(tell.send((key, ticket, Heard::Shown)));
            let outcome = platform::ring(words, withdrawn, is_shown).await;
            tracing::info!(%ticket, ?outcome, "alert ended");
            // Where it was withdrawn, another one may stand in its place already.
            if outcome != Ok(Answer::Withdrawn) {
                on_screen.with(|alerts| alerts.remove(&key));
            }
            let heard = outcome.map_or_else(Heard::NotShown, Heard::Ended);
            // Nobody listens any more after a sign-out, and nothing is to be done then.
            let _ = tell.send((key, ticket, heard));
        });
    }

    /// Takes an alert back, if it is there.
    pub(crate) fn withdraw(&self, key: Key) {
        if let Some(withdraw) = self.with(|alerts| alerts.remove(&key)) {
            let _ = withdraw.send(());
        }
    }

    /// Takes everything back: whoever signs out or quits leaves no dead pop-up behind.
    pub(crate) fn withdraw_all(&self) {
        for (_, withdraw) in self.with(std::mem::take) {
            let _ = withdraw.send(());
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<Key, oneshot::Sender<()>>) -> T) -> T {
        act(&mut self.alerts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
