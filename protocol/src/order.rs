//! Orders: a couple's wedding as the main platform sold it. The service only keeps a copy.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ticket::words;
use crate::{PersonRef, Zone};

words! {
    /// Where an order stands.
    OrderStatus {
        /// Asked for, not yet paid in part.
        Draft = "draft",
        /// Booked.
        Confirmed = "confirmed",
        /// The wedding is over.
        Done = "done",
        /// Called off.
        Cancelled = "cancelled",
    }
}

/// A couple's wedding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Who it is, inside.
    pub id: Uuid,
    /// Who it is, for people: `GO-2291`.
    pub number: String,
    /// Whose it is.
    pub customer: PersonRef,
    /// What was bought: `Paket Kencana, 500 tamu`.
    pub package: String,
    /// The wedding day, in the zone of the venue.
    pub event_date: NaiveDate,
    /// Where: `Pendopo Arumsari, Sleman`.
    pub venue: String,
    /// The venue's zone.
    pub zone: Zone,
    /// Where the order stands.
    pub status: OrderStatus,
}
