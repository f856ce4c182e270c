//! The rules, noun by noun. Each noun's statements stand in its `sql.rs`; nothing here knows HTTP.

/// Devices: where a customer is signed in.
pub mod devices;
/// Duty: whom what is urgent rings for.
pub mod duty;
/// Erasure: a customer's account and words go for good.
pub mod erasure;
/// Events: reading the timeline.
pub mod events;
/// Export: all of a customer's data in one piece.
pub mod export;
/// Opening hours.
pub mod hours;
/// Links that were sent by mail, and spending them.
pub mod links;
/// Messages: what customer and staff write to each other.
pub mod messages;
/// Internal notes.
pub mod notes;
/// Orders, as the main platform sold them.
pub mod orders;
/// People.
pub mod people;
/// Preferences: what a customer is told of, and how.
pub mod preferences;
/// Saved views: lists that staff keep under a name.
pub mod saved_views;
/// Shares: a couple looks at the same tickets.
pub mod shares;
/// The team: joining, roles, leaving.
pub mod team;
/// Tickets: filing, listing, and the one door by which they change.
pub mod tickets;
/// Words in columns.
pub(crate) mod word;

use gemilang_protocol::{PersonRef, SenderType};

/// Who does something, and for which side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonRef,
    /// For the customer's side or the staff's.
    pub side: SenderType,
}

/// Where a page of a list starts and how long it is.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Rows at most.
    pub limit: i64,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listing<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts, if there is one.
    pub next: Option<String>,
}
