//! What can happen to the engine, and what it can do about it: the words between `plan` and `perform`.

use std::time::Duration;

use gemilang_protocol::{Cursor, Time};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// A second has passed.
    Tick,
    /// A person asks to try now.
    Nudge,
    /// An address of this machine came or went.
    Network,
    /// Something was put into the outbox.
    Written,
    /// The live socket is open.
    Opened,
    /// The live socket could not be opened, or broke.
    Closed(Fault),
    /// A page was applied.
    Paged {
        /// How it came.
        way: Way,
        /// Its rows.
        rows: u64,
        /// Whether there are more already.
        more: bool,
        /// Everything before this time is here.
        complete_to: Option<Time>,
        /// Tickets here, during the first sync.
        tickets: u64,
    },
    /// A live page does not follow what is here.
    Gap,
    /// The service is still there.
    Ping {
        /// Where the feed stands.
        cursor: Cursor,
        /// Whether that is where this desk stands.
        here: bool,
        /// What a reader at the cursor holds.
        complete_to: Option<Time>,
    },
    /// A live page was applied while a pull was under way: its answer was out of date.
    Overtaken,
    /// A pull failed.
    PullFailed(Fault),
    /// A push was answered; with no ops there was nothing to send.
    Pushed {
        /// Ops sent.
        ops: usize,
        /// Whether some must be tried again later.
        again: bool,
    },
    /// A push failed; its ops are queued again.
    PushFailed(Fault),
    /// A part of the bootstrap was stored.
    Parted {
        /// Tickets here.
        done: u64,
        /// Tickets there.
        of: u64,
        /// Whether there is a further part.
        more: bool,
    },
    /// A part of the bootstrap could not be had.
    PartFailed(Fault),
}

/// How a page came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Over the socket, which begins with all that is after the desk's cursor.
    Live,
    /// It was asked for, to close a gap.
    Pull,
}

/// Why something failed, as far as it makes a difference to what is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No way to the service.
    Silent,
    /// The service answers but cannot serve.
    Away,
    /// Too many requests; not before this time has passed.
    Busy(Duration),
    /// The session ended.
    Ended,
    /// The service needs a newer app.
    TooOld,
    /// The service does not know this desk's place in the feed.
    Lost,
    /// The replica could not store what came.
    Storage,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Open the live socket.
    Connect,
    /// Drop the socket and everything that is under way.
    Disconnect,
    /// Pull a page.
    Pull,
    /// Push what may leave.
    Push,
    /// Fetch the next part of the bootstrap.
    Bootstrap,
    /// Forget the place in the feed; everything is fetched again.
    ForgetCursor,
}
