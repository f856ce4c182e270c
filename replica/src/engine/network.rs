//! Whether the machine's addresses change: told by the system, so that a network that is back is tried at once. Where the system does not tell, the waits between tries do.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Calls;

/// Addresses come one after the other; together they are one change.
const QUIET: Duration = Duration::from_millis(250);

/// Watches until it is dropped.
pub(super) struct Network {
    _system: Option<netwatcher::WatchHandle>,
    gathering: JoinHandle<()>,
}

impl Network {
    /// Calls the engine after each change.
    pub(super) fn watch(calls: Arc<Calls>) -> Self {
        let changed = Arc::new(Notify::new());
        let tell = Arc::clone(&changed);
        let system = netwatcher::watch_interfaces_with_callback(move |update| {
            let addresses = update.addrs_added().next().is_some() || update.addrs_removed().next().is_some();
            if addresses && !update.is_initial {
                tell.notify_one();
            }
        });
        if let Err(error) = &system {
            tracing::warn!(%error, "the network cannot be watched");
        }
        Self { _system: system.ok(), gathering: tokio::spawn(gather(changed, calls)) }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.gathering.abort();
    }
}

async fn gather(changed: Arc<Notify>, calls: Arc<Calls>) {
    loop {
        changed.notified().await;
        // The first change may be all there is; those behind it are told once more.
        calls.network.notify_one();
        let mut more = false;
        while timeout(QUIET, changed.notified()).await.is_ok() {
            more = true;
        }
        if more {
            tracing::debug!("the network changed");
            calls.network.notify_one();
        }
    }
}
