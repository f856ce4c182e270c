//! Devices: where a customer is signed in, as they see it, and ending what is not theirs. What a session is, is `auth`'s.

mod sql;

use gemilang_protocol::{Code, Time};
use uuid::Uuid;

use crate::auth::sessions;
use crate::{App, Result};

/// A place where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Device {
    /// The session.
    pub id: Uuid,
    /// As `Chrome, Android`; may be empty.
    pub name: String,
    /// Since when.
    pub created_at: Time,
    /// When it was last used, to the hour.
    pub last_seen_at: Time,
}

/// Where a customer is signed in, the last used first.
///
/// # Errors
/// The database.
pub async fn of_customer(app: &App, user_id: Uuid) -> Result<Vec<Device>> {
    sql::list(&app.db, user_id, app.clock.now()).await
}

/// Ends one of a customer's own sessions.
///
/// # Errors
/// `not_found` when it is not theirs; the database.
pub async fn end(app: &App, user_id: Uuid, id: Uuid) -> Result<()> {
    if !sql::is_own(&app.db, user_id, id).await? {
        return Err(Code::NotFound.into());
    }
    sessions::end(app, id).await
}
