//! The hub as handlers see it: it is told of commits, and it tells everybody who watches. Reading the feed is `tasks`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::ws::Utf8Bytes;
use futures_util::Stream;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{Cursor, PersonRef, Role, Row, Stats, Time};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use super::arrivals::Arrival;
use super::complete::Samples;
use super::follow;
use super::peers::Peers;
use super::presence::Pen;
use crate::auth::Session;
use crate::feed::cursor::Position;
use crate::feed::{Horizon, Place};
use crate::{App, Result};

/// News waiting for one reader before it is sent to the database instead.
const LAG: usize = 512;

/// Rows that the hub read once, for all.
#[derive(Debug)]
pub struct Shared {
    /// The place these rows follow.
    pub from: Position,
    /// The place after them.
    pub to: Position,
    /// The rows for all staff.
    pub rows: Vec<Row>,
    /// Rows that are each told to one person alone.
    pub own: Vec<Row>,
    /// The tickets among them.
    pub tickets: BTreeSet<Uuid>,
    /// People among them, and what they are now: nothing when they may not come in any more.
    pub people: Vec<(Uuid, Option<Role>)>,
    /// Sessions that ended.
    pub ended: Vec<Uuid>,
    /// Everything before this time is among what was told.
    pub complete_to: Option<Time>,
    /// The frame as it goes to every socket that is at `from` and to which no row alone is told.
    pub text: Utf8Bytes,
    /// Sockets that have asked their desk whether these rows arrived.
    pub(super) asked: AtomicUsize,
}

/// What watchers hear.
#[derive(Debug, Clone)]
pub enum News {
    /// Rows of the feed.
    Rows(Arc<Shared>),
    /// Still here.
    Ping {
        /// Where the feed stands.
        at: Position,
        /// The service's clock.
        now: Time,
        /// Everything before this time is among what was told.
        complete_to: Option<Time>,
        /// The frame as it goes to every socket that is at `at`.
        text: Utf8Bytes,
    },
    /// A ticket's customer messages have reached a desk.
    Delivered {
        /// Which ticket.
        ticket: Uuid,
        /// Up to which event.
        up_to: i64,
    },
    /// Somebody is writing.
    Typing {
        /// In which ticket.
        ticket: Uuid,
        /// Who.
        person: PersonRef,
        /// What.
        pen: Pen,
    },
    /// Who came and left.
    Presence {
        /// The frame as it goes to every desk.
        text: Utf8Bytes,
    },
}

impl Shared {
    /// Whether whoever came in by this session may not stay: it ended, or they were deactivated, or they are no longer
    /// what this door is for.
    pub fn shows_out(&self, session: &Session, door: impl Fn(Role) -> bool) -> bool {
        let changed = self.people.iter().rfind(|(id, _)| *id == session.person.id);
        self.ended.contains(&session.id) || changed.is_some_and(|(_, role)| !role.is_some_and(door))
    }
}

/// One reader of the news; counted for as long as it lives.
#[derive(Debug)]
pub struct Watcher {
    /// The news.
    pub news: broadcast::Receiver<News>,
    hub: Hub,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.hub.0.watchers.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A statement that writes and is under way. While there are such, the news of several commits is told together.
#[derive(Debug)]
pub struct Writing<'a>(&'a Hub);

impl Writing<'_> {
    /// It committed: live readers hear of it, here and in other processes. Never waits.
    pub fn committed(self) {
        let hub = self.0;
        drop(self);
        hub.committed();
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.0.writing.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the hub knows; folded from the feed by its one task.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) is_started: bool,
    /// Every row up to here was told.
    pub(super) place: Place,
    /// Rows above it that were told already.
    pub(super) told: BTreeSet<Place>,
    /// The last of them when readers were last told where they are.
    pub(super) told_to: Option<Place>,
    pub(super) stats: Stats,
    pub(super) samples: Samples,
    pub(super) complete_to: Option<Time>,
    /// When the last reading of the feed that reached its end began.
    pub(super) heard: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Inner {
    /// Tells its own notifications from those of other processes.
    pub(super) id: Uuid,
    /// Something may be there to read.
    pub(super) wake: Notify,
    /// What is there was told at once: to read it only moves the place on, which can wait.
    pub(super) settle: Notify,
    /// Something was committed here: the other processes must hear of it.
    pub(super) notify: Notify,
    /// Whether there are any.
    pub(super) peers: Peers,
    pub(super) news: broadcast::Sender<News>,
    /// Statements that write and are under way here.
    writing: AtomicUsize,
    known: Mutex<Known>,
    watchers: AtomicUsize,
    /// Arrivals that are to be written down.
    pub(super) arrived: Mutex<Vec<Arrival>>,
}

/// The hub of this process.
#[derive(Debug, Clone)]
pub struct Hub(pub(super) Arc<Inner>);

impl Default for Hub {
    fn default() -> Self {
        Self(Arc::new(Inner {
            id: Uuid::new_v4(),
            wake: Notify::new(),
            settle: Notify::new(),
            notify: Notify::new(),
            peers: Peers::default(),
            news: broadcast::Sender::new(LAG),
            writing: AtomicUsize::new(0),
            known: Mutex::default(),
            watchers: AtomicUsize::new(0),
            arrived: Mutex::default(),
        }))
    }
}

impl Hub {
    /// Marks a statement that writes as under way.
    pub fn writing(&self) -> Writing<'_> {
        self.0.writing.fetch_add(1, Ordering::Relaxed);
        Writing(self)
    }

    /// Whether nobody is writing here.
    pub(crate) fn is_quiet(&self) -> bool {
        self.0.writing.load(Ordering::Relaxed) == 0
    }

    /// Says that something was committed: it is read here at once, and other processes are told. Never waits.
    pub fn committed(&self) {
        self.0.wake.notify_one();
        self.0.notify.notify_one();
    }

    /// Says that what was committed here was told here already. Never waits.
    pub(crate) fn committed_and_told(&self) {
        self.0.settle.notify_one();
        self.0.notify.notify_one();
    }

    /// Starts to listen. Register first, read the database second: then nothing falls in between.
    pub fn watch(&self) -> Watcher {
        self.0.watchers.fetch_add(1, Ordering::Relaxed);
        Watcher { news: self.0.news.subscribe(), hub: self.clone() }
    }

    /// Starts to listen without being counted as a reader: for tasks of our own.
    pub fn watch_unseen(&self) -> broadcast::Receiver<News> {
        self.0.news.subscribe()
    }

    /// How many are connected.
    pub fn watchers(&self) -> usize {
        self.0.watchers.load(Ordering::Relaxed)
    }

    /// How many tickets stand where.
    pub fn stats(&self) -> Stats {
        self.known().stats
    }

    /// Where the feed stands, and the time before which everything was told.
    pub fn standing(&self) -> (Position, Option<Time>) {
        let known = self.known();
        (known.position(), known.complete_to)
    }

    /// All that was committed before this has been told here.
    pub fn heard(&self) -> Option<Instant> {
        self.known().heard
    }

    /// The time before which a reader in a snapshot of this horizon, taken at or after `at`, holds everything.
    pub fn complete_to(&self, horizon: Horizon, at: Time) -> Option<Time> {
        self.known().samples.complete_to(horizon, at)
    }

    /// A ticket's changes after a place, then as they come; nothing is skipped. For its customer: notes are never among them.
    /// Who may see the ticket is asked before. It ends when the service does or the database goes away; resume with the last cursor.
    ///
    /// # Errors
    /// `malformed` for a cursor that is no conversation's.
    pub fn follow_ticket(
        &self,
        app: &App,
        ticket_id: Uuid,
        after: Option<&Cursor>,
    ) -> Result<impl Stream<Item = (Cursor, TicketChange)> + Send + use<>> {
        follow::follow(self, app, ticket_id, after)
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
