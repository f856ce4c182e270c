//! Presence: who looks at which ticket now, and who is writing in it. Told over live lines only, never stored: it is gone with the line.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::SenderType;

/// Somebody who has a ticket before them. Customers are never told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Present {
    /// Which ticket.
    pub ticket: Uuid,
    /// Who.
    pub person: Uuid,
    /// On which side: a customer who has the page open, or a member of the staff.
    pub side: SenderType,
}

impl Present {
    /// Seconds for which somebody counts as writing after it was said last.
    pub const TYPING_SECONDS: u64 = 6;
}

/// Who else is there, as a desk knows it while its line stands; nobody without one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Who has which ticket before them.
    pub here: Vec<Present>,
    /// Who is writing in which.
    pub typing: Vec<Present>,
}

impl Company {
    /// Whether a customer has this ticket's page open.
    pub fn has_customer(&self, ticket: Uuid) -> bool {
        self.here.iter().any(|it| it.ticket == ticket && it.side == SenderType::Customer)
    }
}
