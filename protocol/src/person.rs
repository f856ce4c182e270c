//! People: customers and staff, as the other rooms may know them. Passwords and sessions never leave the service.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::alert::AlertChoices;
use crate::ticket::words;
use crate::{Duty, Time, Zone};

words! {
    /// What a person may do. Staff is agent or admin.
    Role {
        /// Files and follows tickets in the portal.
        Customer = "customer",
        /// Answers tickets.
        Agent = "agent",
        /// Answers tickets, and manages people and settings.
        Admin = "admin",
    }
}

impl Role {
    /// Agent or admin.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::Admin)
    }
}

/// A person's name beside what they did.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonRef {
    /// Who.
    pub id: Uuid,
    /// Their name as they wrote it.
    pub name: String,
}

/// `PUT /admin/people/{id}/blocked`: whether a customer is shut out of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// From now on.
    pub blocked: bool,
}

/// A person as staff see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: Uuid,
    /// Their full name, which may be one word or eight.
    pub name: String,
    /// Lower case.
    pub email: String,
    /// E.164 (`+6281234560198`), if given.
    pub phone: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The language they read: `id` or `en`.
    pub language: String,
    /// Their own zone.
    pub zone: Zone,
    /// False once deactivated or blocked.
    pub active: bool,
    /// Whether what is urgent rings for them.
    #[serde(default, skip_serializing_if = "Duty::is_off")]
    pub duty: Duty,
    /// What they want of alerts, once they chose anything: their colleagues' desks must know who is not called at night.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alerts: Option<AlertChoices>,
    /// Since when they have an account.
    pub created_at: Time,
}
