//! Internal notes: for staff only. No customer's door calls anything here.

mod sql;

use std::collections::HashMap;

use gemilang_protocol::mention::mentioned;
use gemilang_protocol::{Note, Time, validate};
use uuid::Uuid;

use crate::domain::tickets::{self, Done, Intent, Landed, OpKey, Request};
use crate::domain::{Actor, people};
use crate::{App, Error, Result};

/// Appends a note. Its id is its op's, or fresh without one.
///
/// # Errors
/// `validation` with `notes`, `not_found`, `id_taken`; the database.
pub async fn append(
    app: &App,
    actor: &Actor,
    ticket_id: Uuid,
    op: Option<OpKey>,
    text: &str,
    written_at: Time,
) -> Result<Landed> {
    let text = validate::message(text).map_err(|error| Error::field("notes", error))?;
    let id = op.as_ref().map_or_else(Uuid::now_v7, |op| op.id);
    let mentions = if text.contains('@') { mentioned(&text, &people::names_of_staff(app).await?) } else { Vec::new() };
    let intent = Intent::Note { id, text, mentions };
    let request = Request { ticket_id, actor, op, written_at, intent, seen: None };
    match tickets::change(app, request).await? {
        Done::Landed(landed) => Ok(landed),
        Done::Held(_) => Err(Error::Stored("a note was held")),
    }
}

/// All notes of a ticket, oldest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, ticket_id: Uuid) -> Result<Vec<Note>> {
    sql::list(&app.db, ticket_id).await
}

/// All notes of these tickets, by ticket.
pub(crate) async fn of_tickets(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Note>>> {
    sql::of_tickets(&app.db, ids).await
}
