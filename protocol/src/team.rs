//! The team, as admins see and change it: who is there, who was asked to join, and what becomes of whoever leaves.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Duty, Person, PersonRef, Role, TicketNumber, Time};

/// Days an invitation holds.
pub const INVITATION_DAYS: i64 = 7;

/// Everybody of the staff, the active first, and who was asked to join: `GET /admin/team`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The staff, the deactivated last.
    pub people: Vec<Member>,
    /// Who was asked and has not answered, the newest first; those that hold no more too.
    pub invitations: Vec<Invitation>,
}

/// One of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// When they were last at a desk, to the minute while it is live; never for who has not signed in.
    #[serde(default, serialize_with = "crate::time::write_option")]
    pub last_seen_at: Option<Time>,
    /// Where they are signed in.
    pub sessions: u32,
    /// Active tickets that are theirs.
    pub tickets: u32,
}

/// Somebody who was asked to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: Uuid,
    /// Whom.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Who asked them.
    pub by: PersonRef,
    /// Until when its link holds.
    #[serde(serialize_with = "crate::time::write")]
    pub expires_at: Time,
}

/// `POST /admin/people`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// As typed.
    pub email: String,
    /// Agent or admin.
    pub role: Role,
}

/// `PATCH /admin/people/{id}`: only what is given changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChange {
    /// Agent or admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether they may come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Only off: whoever is there says so themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Duty>,
}

/// A ticket that is nobody's because its person was deactivated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which.
    pub id: Uuid,
    /// As people call it.
    pub number: TicketNumber,
    /// What it is about.
    pub subject: String,
}

/// What a change came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamChanged {
    /// Everybody as they are now.
    pub team: Team,
    /// Active tickets that are nobody's now, by number.
    pub released: Vec<Released>,
}
