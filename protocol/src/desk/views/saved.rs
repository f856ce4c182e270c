//! Saved views as the navigation shows them, own unsent changes included.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TicketQuery;
use crate::{Code, PersonRef};

/// One saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedViewRow {
    /// Which.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Whether all staff have it; else it is its reader's alone.
    pub shared: bool,
    /// Who made it.
    pub owner: PersonRef,
    /// Whether its reader may change and delete it.
    pub may_change: bool,
    /// What it shows; nothing where only a newer app can read that.
    pub query: Option<TicketQuery>,
    /// Whether a change of it waits to be sent.
    pub unsent: bool,
    /// Why the service refused that change, which waits for a decision.
    pub refused: Option<Code>,
    /// Whether the refused change was to delete it.
    #[serde(default)]
    pub deleting: bool,
}

/// How many tickets a saved view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedViewCount {
    /// Which view.
    pub id: Uuid,
    /// How many, as [`super::TicketList`] tells it.
    pub total: u64,
    /// Whether there are more than were counted.
    pub more: bool,
}
