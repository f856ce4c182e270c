//! Events: reading the timeline. They are written by the ticket's one door, with what they tell of.

mod sql;

use std::collections::HashMap;

use gemilang_protocol::{Event, Message, Note, PersonRef, SenderType, Time};
use uuid::Uuid;

use crate::{App, Error, Result};

/// An event as it is stored, whatever table it is joined from.
pub(crate) struct EventRow {
    pub(crate) n: i64,
    pub(crate) op_id: Option<Uuid>,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) actor_name: Option<String>,
    pub(crate) actor_type: String,
    pub(crate) kind: String,
    pub(crate) data: serde_json::Value,
    pub(crate) written_at: Time,
    pub(crate) created_at: Time,
}

impl TryFrom<EventRow> for Event {
    type Error = Error;

    fn try_from(row: EventRow) -> Result<Self> {
        let body = serde_json::json!({ "kind": row.kind, "data": row.data });
        Ok(Self {
            n: row.n,
            op_id: row.op_id,
            actor: row.actor_id.zip(row.actor_name).map(|(id, name)| PersonRef { id, name }),
            actor_type: row.actor_type.parse::<SenderType>().map_err(|_| Error::Stored("actor type"))?,
            body: serde_json::from_value(body).map_err(|_| Error::Stored("event"))?,
            written_at: row.written_at,
            created_at: row.created_at,
        })
    }
}

/// A ticket's events, with what they tell of.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// All of them, in order.
    pub(crate) events: Vec<Event>,
    /// The messages of those after some `n`.
    pub(crate) messages: Vec<Message>,
    /// The notes.
    pub(crate) notes: Vec<Note>,
}

/// All events of a ticket with their notes, and those messages that are above `n`.
pub(crate) async fn timeline(db: &mut sqlx::PgConnection, ticket_id: Uuid, n: i64) -> Result<Timeline> {
    sql::timeline(db, ticket_id, n).await
}

/// The kinds of events that a customer may read. Notes are not asked for.
const OPEN_KINDS: [&str; 10] =
    ["created", "status", "assigned", "priority", "category", "subject", "order", "shared", "unshared", "erased"];

/// What stands beside a conversation's messages.
#[derive(Debug, Default)]
pub struct History {
    /// What its customer may read of what happened, in order: who looks after it, where it stands, what it is about.
    pub events: Vec<Event>,
    /// The event up to which its customer's messages have reached a desk; 0 before the first.
    pub delivered: i64,
    /// Who looks after it.
    pub assignee: Option<String>,
}

/// What its customer may read of a ticket's history, in one statement.
///
/// # Errors
/// The database.
pub async fn history(app: &App, ticket_id: Uuid) -> Result<History> {
    let mut history = sql::history(&app.db, ticket_id, &OPEN_KINDS.map(str::to_owned)).await?;
    history.events.retain(|event| !event.body.is_silent());
    Ok(history)
}

/// Its events alone.
///
/// # Errors
/// The database.
pub async fn list_for_customer(app: &App, ticket_id: Uuid) -> Result<Vec<Event>> {
    Ok(history(app, ticket_id).await?.events)
}

/// The latest event of a kind.
pub(crate) async fn latest_of(db: &mut sqlx::PgConnection, ticket_id: Uuid, kind: &str) -> Result<Option<Event>> {
    sql::latest_of(db, ticket_id, kind).await
}

/// All events of these tickets, by ticket.
pub(crate) async fn of_tickets(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Event>>> {
    sql::of_tickets(&app.db, ids).await
}

/// Which of an actor's ops have landed.
///
/// # Errors
/// The database.
pub async fn known_ops(app: &App, actor_id: Uuid, ops: &[Uuid]) -> Result<Vec<Uuid>> {
    sql::known_ops(&app.db, actor_id, ops).await
}
