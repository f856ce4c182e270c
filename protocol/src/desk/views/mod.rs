//! Views: what a screen of the desk shows. Made by the replica from local data, rendered by the UI as they are.

/// Duty, wishes and the ledger.
mod alerts;
/// What the dashboard shows.
mod dashboard;
/// What was written here.
mod outbox;
/// Customers and orders.
mod people;
/// Lists that people keep.
mod saved;
/// Lists and conversations.
mod tickets;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::alerts::{Alerts, Ledger, PopUps};
pub use self::dashboard::{Dashboard, Day, Load, Wedding};
pub use self::outbox::{OpState, OutboxItem, TakenBack, Undone, Wish, Written};
pub use self::people::{Caller, CustomerRow, CustomerView, Customers, FilingDraft, OrderView, Orders};
pub use self::saved::{SavedViewCount, SavedViewRow};
pub use self::tickets::{
    Found, Hit, Inbox, MergeChoice, MergeChoices, Property, PropertyChange, Said, Sort, Thread, ThreadPart, TicketList,
    TicketQuery, TicketRow,
};
use crate::Time;
use crate::session::SessionUser;

/// What the first frame needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The app's own version.
    pub version: String,
    /// What was chosen before.
    pub settings: Settings,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// A ticket the app was started for.
    pub open: Option<Uuid>,
    /// What the first page shows, where somebody is signed in and no ticket is meant.
    pub first: Option<Box<First>>,
}

/// What the first page shows, so that its first frame is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct First {
    /// The counts beside the inbox views.
    pub navigation: Navigation,
    /// The dashboard.
    pub dashboard: Dashboard,
}

/// What is remembered between runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The last server address, for the sign-in form.
    pub server: String,
    /// The last email, for the sign-in form.
    pub email: String,
    /// `id` or `en`.
    pub language: String,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// Whether the system starts the app, hidden, when its person signs in to the computer.
    pub start_at_login: bool,
    /// Whether the app goes on when its window is closed.
    pub keep_running: bool,
    /// Seconds for which a reply is held back so that its author can take it back; one of [`UNDO_SECONDS`].
    #[serde(default)]
    pub undo_seconds: u32,
    /// Whether lines and texts are stronger than the system asks for.
    pub contrast: bool,
    /// Whether less moves than the system asks for.
    pub reduce_motion: bool,
    /// The size of everything in percent, one of [`TEXT_SIZES`].
    pub text_size: u16,
}

/// The sizes there are, in percent.
pub const TEXT_SIZES: [u16; 5] = [90, 100, 110, 125, 150];

/// What this desk is and keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Tickets kept on this computer.
    pub tickets: u64,
    /// What they take on its disk, in bytes.
    pub bytes: u64,
    /// For whoever has to find out what is wrong: names and values for a machine's reader. No name, address or word of a person is among them.
    pub facts: Vec<(String, String)>,
}

/// For how many seconds a reply can be held back so that its author can take it back.
pub const UNDO_SECONDS: [u32; 4] = [0, 5, 10, 30];

/// Who is signed in and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who.
    pub user: SessionUser,
    /// Where.
    pub server: String,
    /// False where no keychain exists: signed in until the app closes, and the screen says so.
    pub keychain: bool,
}

/// Counts beside the inbox views; the same query feeds list and badge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Navigation {
    /// Active and mine.
    pub mine: u64,
    /// Active and nobody's.
    pub unassigned: u64,
    /// Active and urgent.
    pub urgent: u64,
    /// Waiting for the customer.
    pub waiting: u64,
    /// All active.
    pub active: u64,
    /// Put off by its reader.
    #[serde(default)]
    pub snoozed: u64,
    /// Own words not sent yet.
    pub unsent: u64,
}

/// Where sync stands: what the status line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncStatus {
    /// The line.
    pub line: Line,
    /// Everything the service committed before this time is here.
    pub complete_to: Option<Time>,
    /// Own words not sent yet.
    pub unsent: u64,
    /// Rows that only a newer app can show; they are kept as they came.
    pub newer: u64,
    /// What is wrong with the local data, if anything.
    pub storage: Option<Storage>,
    /// When the service is tried next, by this machine's clock; nothing while a try is under way or all is well.
    pub next_try: Option<Time>,
}

/// What is wrong with the local data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// No space left: nothing that comes can be stored. Nothing is lost.
    Full,
    /// It is damaged; at the next start it is made anew.
    Damaged,
    /// It was damaged and is being fetched anew; own words were carried over.
    Rebuilding,
}

/// The state of the line to the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// Nobody is signed in.
    SignedOut,
    /// Trying for the first time since the start.
    Connecting,
    /// The first sync of this replica runs.
    FirstSync {
        /// Tickets here.
        done: u64,
        /// Tickets there.
        of: u64,
    },
    /// Rows are being fetched.
    CatchingUp {
        /// Rows applied.
        done: u64,
        /// Rows there were, as far as is known.
        of: u64,
    },
    /// Every change arrives as it happens.
    Live,
    /// No way to the service.
    Offline {
        /// Since when.
        since: Time,
    },
    /// The network is there, but nothing serves: no service at its address, or one without its database.
    ServiceAway {
        /// Since when.
        since: Time,
    },
    /// The session ended; the outbox waits for a new one.
    SessionEnded,
    /// The service needs a newer app; the outbox is kept.
    AppTooOld,
}
