//! `/admin/opening-hours`: every member of the staff reads them, admins set them.

use axum::extract::State;
use gemilang_protocol::OpeningHours;

use crate::auth::{Admin, Staff};
use crate::domain::hours;
use crate::request::Json;
use crate::{App, Result};

/// When the house is open; `null` before anybody said so.
pub async fn show(State(app): State<App>, _: Staff) -> Result<axum::Json<Option<OpeningHours>>> {
    Ok(axum::Json(hours::find(&app).await?))
}

/// Sets them, all at once.
pub async fn put(
    State(app): State<App>,
    Admin(session): Admin,
    Json(table): Json<OpeningHours>,
) -> Result<axum::Json<OpeningHours>> {
    Ok(axum::Json(hours::put(&app, table, Some(session.person.id)).await?))
}
