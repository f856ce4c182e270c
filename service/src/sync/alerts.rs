//! `PUT /sync/v1/alerts`: a person says what they want of alerts, on every desk of theirs.

use axum::extract::State;
use gemilang_protocol::Person;
use gemilang_protocol::alert::AlertChoices;

use super::Desk;
use crate::domain::duty;
use crate::request::Json;
use crate::{App, Result};

/// Keeps it, and answers its person as everybody sees them now.
pub async fn put(
    State(app): State<App>,
    Desk(session): Desk,
    Json(wanted): Json<AlertChoices>,
) -> Result<axum::Json<Person>> {
    Ok(axum::Json(duty::choose(&app, session.person.id, wanted).await?))
}
