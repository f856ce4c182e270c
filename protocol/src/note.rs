//! Internal notes: for staff only. A type of their own, so that no customer's door can carry one by mistake.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{PersonRef, Time};

/// One internal note on a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Made by its author (UUIDv7).
    pub id: Uuid,
    /// Its place among the ticket's events.
    pub n: i64,
    /// At most 10 000 characters of plain text.
    pub note: String,
    /// The staff member who wrote it.
    pub author: PersonRef,
    /// The author's clock; only shown.
    #[serde(serialize_with = "crate::time::write")]
    pub written_at: Time,
    /// The service's clock.
    #[serde(serialize_with = "crate::time::write")]
    pub created_at: Time,
}
