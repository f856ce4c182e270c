//! The engine: keeps one replica and one service the same for as long as it runs. What to do is decided in `plan`, as pure data; it is done in `perform`.

/// What the service answered.
mod answer;
/// How long to wait before the next try.
mod backoff;
/// What the push lane carries.
mod carry;
/// Who else is there.
mod company;
/// What can happen, and what can be done.
mod event;
/// What the service tells.
mod incoming;
/// The plan against a simulated world.
#[cfg(test)]
mod model;
/// Whether the machine's addresses change.
mod network;
/// Doing what was planned.
mod perform;
/// Deciding what to do.
mod plan;
/// What the engine says of itself.
mod tell;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::Utc;
use gemilang_protocol::desk::views::SyncStatus;
use gemilang_protocol::{Company, Time};
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::file::Replica;
use crate::link::Link;

/// Where the engine's time comes from: the wall clock, which may jump, and one that never does.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> Time + Send + Sync>,
    start: Instant,
}

/// One moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Now {
    pub(crate) wall: Time,
    /// Since the engine's clock began; stands still while the machine sleeps on most systems.
    pub(crate) steady: Duration,
}

impl Clock {
    /// The machine's own.
    pub fn system() -> Self {
        Self::wall(Utc::now)
    }

    /// Another wall clock, for tests that make it jump.
    pub fn wall(wall: impl Fn() -> Time + Send + Sync + 'static) -> Self {
        Self { wall: Arc::new(wall), start: Instant::now() }
    }

    pub(crate) fn now(&self) -> Now {
        Now { wall: (self.wall)(), steady: self.start.elapsed() }
    }
}

/// What the engine is called for from outside.
#[derive(Default)]
pub(crate) struct Calls {
    pub(crate) nudge: Notify,
    pub(crate) network: Notify,
    /// There is something to say that is of use only now.
    pub(crate) saying: Notify,
    /// In which ticket somebody types, and whether a note: the latest word of it is the only one worth saying.
    typing_in: Mutex<Option<(Uuid, bool)>>,
    /// What its person has before them.
    looking_at: Mutex<Option<Uuid>>,
}

impl Calls {
    /// The ticket in which somebody types; asked once it was called.
    pub(crate) fn typing_in(&self) -> Option<(Uuid, bool)> {
        self.typing_in.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What its person has before them.
    pub(crate) fn looking_at(&self) -> Option<Uuid> {
        *self.looking_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running engine. Dropping it ends it at once; nothing is lost either way.
pub struct Engine {
    status: watch::Receiver<SyncStatus>,
    company: watch::Receiver<Company>,
    calls: Arc<Calls>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Engine {
    /// Starts to sync. `seed` is for the jitter of its waits, so that desks that lost the same service do not come back in step.
    pub fn start(replica: Replica, link: Link, clock: Clock, seed: u64) -> Self {
        let (stop, stopped) = oneshot::channel();
        let calls = Arc::<Calls>::default();
        let (status, company, task) = perform::spawn(replica, link, clock, seed, Arc::clone(&calls), stopped);
        Self { status, company, calls, stop: Some(stop), task }
    }

    /// Where sync stands, now and whenever it changes.
    pub fn status(&self) -> watch::Receiver<SyncStatus> {
        self.status.clone()
    }

    /// Try now instead of at the next planned try.
    pub fn nudge(&self) {
        self.calls.nudge.notify_one();
    }

    /// Who else is there, now and whenever it changes.
    pub fn company(&self) -> watch::Receiver<Company> {
        self.company.clone()
    }

    /// Somebody types in this ticket, a reply or a note. Said at once or never: without a line nobody hears of it.
    pub fn typing(&self, ticket: Uuid, note: bool) {
        *self.calls.typing_in.lock().unwrap_or_else(PoisonError::into_inner) = Some((ticket, note));
        self.calls.saying.notify_one();
    }

    /// Its person has this ticket before them, or none; said again with every new line.
    pub fn looking(&self, ticket: Option<Uuid>) {
        *self.calls.looking_at.lock().unwrap_or_else(PoisonError::into_inner) = ticket;
        self.calls.saying.notify_one();
    }

    /// Ends the engine. An op that is on the wire goes back into the queue under its id, so that it is never sent twice nor forgotten.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the engine did not end well");
        }
    }
}
