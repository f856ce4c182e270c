//! Devices: where a person is signed in, as they see it, and ending what is not theirs. What a session is, is `auth`'s.

mod sql;

use gemilang_protocol::{Code, Time};
use uuid::Uuid;

use crate::auth::sessions::{self, Kind};
use crate::{App, Result};

/// What a customer sees of their sessions.
const CUSTOMERS: [&str; 1] = [Kind::Portal.as_str()];
/// What a member of the staff sees of theirs.
const STAFFS: [&str; 2] = [Kind::Staff.as_str(), Kind::Portal.as_str()];

/// A place where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Device {
    /// The session.
    pub id: Uuid,
    /// The word of its [`Kind`].
    #[serde(skip)]
    pub kind: String,
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
    sql::list(&app.db, user_id, &CUSTOMERS, app.clock.now()).await
}

/// Where a member of the staff is signed in, the last used first: their desks, and browsers at the portal. Machines that
/// ask in their name are the operator's.
///
/// # Errors
/// The database.
pub async fn of_staff(app: &App, user_id: Uuid) -> Result<Vec<Device>> {
    sql::list(&app.db, user_id, &STAFFS, app.clock.now()).await
}

/// Ends one of a customer's own sessions.
///
/// # Errors
/// `not_found` when it is not theirs; the database.
pub async fn end(app: &App, user_id: Uuid, id: Uuid) -> Result<()> {
    end_of(app, user_id, id, &CUSTOMERS).await
}

/// Ends one of a member of the staff's own sessions.
///
/// # Errors
/// As [`end`].
pub async fn end_of_staff(app: &App, user_id: Uuid, id: Uuid) -> Result<()> {
    end_of(app, user_id, id, &STAFFS).await
}

async fn end_of(app: &App, user_id: Uuid, id: Uuid, kinds: &[&str]) -> Result<()> {
    if !sql::is_own(&app.db, user_id, id, kinds).await? {
        return Err(Code::NotFound.into());
    }
    sessions::end(app, id).await
}
