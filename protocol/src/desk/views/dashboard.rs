//! The dashboard: counts, queues, the team's load, the next weddings and the last days.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TicketRow;
use crate::{Duty, PersonRef, Stats, Zone};

/// The dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The five counts of the original system, and the rest.
    pub stats: Stats,
    /// Open and nobody's.
    pub open_unassigned: u64,
    /// Urgent, active and nobody's.
    pub urgent_unassigned: u64,
    /// Filed since midnight, in the reader's zone.
    pub filed_today: u64,
    /// Resolved since midnight.
    pub resolved_today: u64,
    /// Closed since midnight.
    pub closed_today: u64,
    /// Active urgent ones first, then high ones nobody has; of each those that wait longest. At most five.
    pub urgent: Vec<TicketRow>,
    /// The newest tickets; at most eight.
    pub newest: Vec<TicketRow>,
    /// Active staff by name, each with what they have.
    pub load: Vec<Load>,
    /// The next weddings that are not called off, the nearest first; at most five.
    pub weddings: Vec<Wedding>,
    /// The last fourteen days in the reader's zone, the oldest first; the last one is today.
    pub days: Vec<Day>,
}

/// How much of the work somebody of the team has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Who.
    pub person: PersonRef,
    /// Whether what is urgent rings for them.
    pub duty: Duty,
    /// Their active tickets.
    pub tickets: u64,
}

/// A wedding that comes soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wedding {
    /// Its order.
    pub order: Uuid,
    /// The order's number.
    pub number: String,
    /// Whose it is.
    pub customer: String,
    /// The day, in the zone of the venue.
    pub event_date: NaiveDate,
    /// Where: `Pendopo Arumsari, Sleman`.
    pub venue: String,
    /// The venue's zone.
    pub zone: Zone,
    /// The active tickets about it, whoever filed them.
    pub active: u64,
}

/// What came in and what was done on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub day: NaiveDate,
    /// Tickets filed.
    pub filed: u32,
    /// Tickets resolved.
    pub resolved: u32,
}
