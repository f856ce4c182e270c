//! Signing in at the staff door. The customers' door is a form; see the service's portal.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ticket::words;
use crate::{Role, Time};

/// `POST /admin/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Any letter case.
    pub email: String,
    /// As typed.
    pub password: String,
    /// Where, as its person will know it again: `laptop-rina · Gemilang Desk 0.1.0, Linux`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// Where a member of the staff is signed in: an item of `GET /admin/sessions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The session.
    pub id: Uuid,
    /// As it told at the sign-in; may be empty.
    pub name: String,
    /// Which door it came in by.
    pub kind: DeviceKind,
    /// Whether it is the one that asks.
    pub here: bool,
    /// Since when.
    #[serde(serialize_with = "crate::time::write")]
    pub created_at: Time,
    /// When it was last used, to the hour.
    #[serde(serialize_with = "crate::time::write")]
    pub last_seen_at: Time,
}

words! {
    /// What somebody is signed in with.
    DeviceKind {
        /// A desk.
        Desk = "desk",
        /// A browser, at the portal.
        Browser = "browser",
    }
}

/// `POST /admin/session/password`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// The one until now, as typed.
    pub current_password: String,
    /// The one from now on, as typed.
    pub password: String,
}

/// The answer to a sign-in: the token goes into `Authorization: Bearer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Shown once; the service keeps only its hash.
    pub token: String,
    /// Who signed in.
    pub user: SessionUser,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionUser {
    /// Who.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// `GET /healthz`: how a desk recognises a service of its own kind before anybody types a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Always [`ServerInfo::PRODUCT`].
    pub product: String,
    /// The service's own version.
    pub version: String,
    /// The [`crate::PROTOCOL_VERSION`] it speaks.
    pub protocol: u32,
}

impl ServerInfo {
    /// The name by which a service says that it is one.
    pub const PRODUCT: &'static str = "gemilang-service";
}
