//! Messages: what customer and staff write to each other. A note is not a message; see [`crate::note`].

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ticket::words;
use crate::{PersonRef, Time};

words! {
    /// Which side a message comes from.
    SenderType {
        /// The couple.
        Customer = "customer",
        /// Staff, whatever their role.
        Admin = "admin",
        /// The service itself.
        System = "system",
    }
}

/// One public message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Made by its author (UUIDv7), so that a retry is recognised.
    pub id: Uuid,
    /// Its place among the ticket's events; the only order.
    pub n: i64,
    /// At most 10 000 characters of plain text.
    pub message: String,
    /// Which side wrote it.
    pub sender_type: SenderType,
    /// Who wrote it; empty for the system.
    pub sender: Option<PersonRef>,
    /// Whether the other side has read it.
    pub is_read: bool,
    /// When the other side read it.
    #[serde(serialize_with = "crate::time::write_option")]
    pub read_at: Option<Time>,
    /// The author's clock; only shown.
    #[serde(serialize_with = "crate::time::write")]
    pub written_at: Time,
    /// The service's clock.
    #[serde(serialize_with = "crate::time::write")]
    pub created_at: Time,
}
