//! Delivers alerts: one task per alert on screen, which keeps its handle until it is clicked, closed or taken back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;
use uuid::Uuid;

use super::words::Words;
use crate::platform::{self, Answer, NotShown};

/// What is on screen now. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Ringing {
    on_screen: Arc<Mutex<HashMap<Uuid, oneshot::Sender<()>>>>,
}

/// What happens to an alert, for whoever shows the window and the truth about alerts.
pub(crate) trait Listener: Send + 'static {
    /// It is on screen.
    fn shown(&self);
    /// It was clicked: bring its ticket up.
    fn clicked(&self, ticket: Uuid);
    /// The computer could not show it.
    fn not_shown(&self, error: &NotShown);
}

impl Ringing {
    /// Rings for a ticket. An alert that still rings for it is replaced.
    pub(crate) fn ring(&self, ticket: Uuid, words: Words, listener: impl Listener + Sync) {
        let (withdraw, withdrawn) = oneshot::channel();
        self.with(|on_screen| on_screen.insert(ticket, withdraw));
        let ringing = self.clone();
        tauri::async_runtime::spawn(async move {
            let outcome = platform::ring(words, withdrawn, || listener.shown()).await;
            match &outcome {
                Ok(Answer::Clicked) => listener.clicked(ticket),
                Ok(Answer::Closed | Answer::Withdrawn) => {}
                Err(error) => listener.not_shown(error),
            }
            tracing::info!(%ticket, ?outcome, "alert ended");
            // Where it was withdrawn, another one may ring for the same ticket already.
            if outcome != Ok(Answer::Withdrawn) {
                ringing.with(|on_screen| on_screen.remove(&ticket));
            }
        });
    }

    /// Takes back what rings for a ticket, if anything does.
    pub(crate) fn withdraw(&self, ticket: Uuid) {
        if let Some(withdraw) = self.with(|on_screen| on_screen.remove(&ticket)) {
            let _ = withdraw.send(());
        }
    }

    /// Takes everything back: whoever signs out or quits leaves no dead pop-up behind.
    pub(crate) fn withdraw_all(&self) {
        for (_, withdraw) in self.with(std::mem::take) {
            let _ = withdraw.send(());
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<Uuid, oneshot::Sender<()>>) -> T) -> T {
        act(&mut self.on_screen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
