//! Changes the core announces to its page: what to read again, never the data itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::views::SyncStatus;
use crate::TicketNumber;

/// The name of the event that carries [`Changed`].
pub const CHANGED: &str = "changed";
/// The name of the event that carries [`SyncStatus`].
pub const SYNC_STATUS: &str = "sync_status";
/// The name of the event that carries [`super::views::Alerts`].
pub const ALERTS: &str = "alerts";
/// The name of the event that carries [`crate::Company`].
pub const COMPANY: &str = "company";
/// The name of the event that carries [`OpenTicket`].
pub const OPEN_TICKET: &str = "open_ticket";
/// The name of the event that asks for the list of all tickets; it carries nothing.
pub const OPEN_LIST: &str = "open_list";
/// The name of the event that asks the page to keep what is being written and then to say [`super::commands::Quit`]; it carries nothing.
pub const QUIT: &str = "quit";
/// The name of the event that asks for the page of alerts.
pub const OPEN_ALERTS: &str = "open_alerts";
/// The name of the event that carries [`Snack`].
pub const SNACK: &str = "snack";

/// What changed in the replica since the last announcement (batched to one a frame).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Tickets whose head or thread changed.
    pub tickets: Vec<Uuid>,
    /// Whether people or orders changed.
    pub records: bool,
    /// Whether saved views changed.
    #[serde(default)]
    pub views: bool,
    /// Whether the outbox changed.
    pub outbox: bool,
    /// Whether a whole sync was applied: read everything again.
    pub all: bool,
    /// Of which tickets something was to be withdrawn and turned out to have been sent: the author is told.
    pub sent_anyway: Vec<TicketNumber>,
}

/// An alert was clicked, or a link named a ticket: show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicket {
    /// Which ticket.
    pub ticket: Uuid,
}

/// Something the person should know, for ten seconds at the foot of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snack {
    /// A key of `locales/`.
    pub key: String,
    /// Its arguments.
    pub args: Vec<(String, String)>,
}

/// Sent with [`SYNC_STATUS`].
pub type Status = SyncStatus;
