//! What the engine says of itself: the status, told whenever it changes.

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::SyncStatus;
use tokio::sync::broadcast::error::RecvError;

use super::perform::Performer;

impl Performer {
    pub(super) async fn recount(&mut self, change: Result<Changed, RecvError>) {
        let outbox = match change {
            Ok(change) => change.outbox || change.all,
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => false,
        };
        if outbox {
            match self.replica.navigation().await {
                Ok(navigation) => self.unsent = navigation.unsent,
                Err(error) => tracing::error!(%error, "the outbox cannot be counted"),
            }
        }
    }

    pub(super) fn tell(&self) {
        let status = SyncStatus {
            line: self.plan.line(),
            complete_to: self.plan.complete_to(),
            unsent: self.unsent,
            newer: self.newer,
            storage: self.storage,
            next_try: self.plan.next_try(),
        };
        self.status.send_if_modified(|told| {
            let changed = *told != status;
            if changed {
                *told = status;
            }
            changed
        });
    }
}
