//! Opening hours: what admins set and customers are shown.

pub(crate) mod sql;

use gemilang_protocol::OpeningHours;
use uuid::Uuid;

use crate::{App, Result};

/// When the house is open, if anybody has said so.
///
/// # Errors
/// The database.
pub async fn find(app: &App) -> Result<Option<OpeningHours>> {
    sql::find(&app.db).await
}

/// Says when the house is open.
///
/// # Errors
/// `validation` with `week` or `exceptions`; the database.
pub async fn put(app: &App, hours: OpeningHours, by: Option<Uuid>) -> Result<OpeningHours> {
    let hours = hours.check()?;
    sql::put(&app.db, &hours, app.clock.now(), by).await?;
    Ok(hours)
}
