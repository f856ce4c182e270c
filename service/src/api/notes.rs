//! `…/notes`: internal notes.

use axum::extract::State;
use gemilang_protocol::Note;

use crate::auth::Staff;
use crate::domain::{Listing, notes};
use crate::request::{Id, Json};
use crate::{App, Result};

/// One note to append.
#[derive(Debug, serde::Deserialize)]
pub struct Body {
    notes: String,
}

/// Appends one note, and answers all of them.
pub async fn append(
    State(app): State<App>,
    Staff(session): Staff,
    Id(ticket): Id,
    Json(body): Json<Body>,
) -> Result<axum::Json<Listing<Note>>> {
    let now = app.clock.now();
    notes::append(&app, &session.actor(), ticket, None, &body.notes, now).await?;
    Ok(axum::Json(Listing { items: notes::list(&app, ticket).await?, next: None }))
}
