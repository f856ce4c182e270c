//! Signing in at the staff door. The customers' door is a form; see the service's portal.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Role;

/// `POST /admin/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Any letter case.
    pub email: String,
    /// As typed.
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
