//! `PUT /sync/v1/duty`: a person says whether what is urgent rings for them.

use axum::extract::State;
use gemilang_protocol::{Duty, Person};

use super::Desk;
use crate::domain::duty;
use crate::request::Json;
use crate::{App, Result};

/// Sets it, and answers its person as everybody sees them now.
pub async fn put(State(app): State<App>, Desk(session): Desk, Json(wanted): Json<Duty>) -> Result<axum::Json<Person>> {
    Ok(axum::Json(duty::set(&app, session.person.id, wanted).await?))
}
