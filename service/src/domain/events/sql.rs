//! Statements that read `ticket_events` as a timeline. Reading them as a feed is `feed/sql.rs`.

use std::collections::HashMap;

use gemilang_protocol::{Event, Note};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{EventRow, History, Timeline};
use crate::Result;
use crate::domain::messages::sql::MessageRow;

macro_rules! events {
    ($tail:literal, $($args:tt)*) => {
        sqlx::query_as!(
            EventRow,
            r#"select e.n, e.op_id, e.actor_id, u.name as "actor_name?", e.actor_type, e.kind, e.data, e.written_at, e.created_at
               from ticket_events e left join users u on u.id = e.actor_id "#
                + $tail,
            $($args)*
        )
    };
}

/// One statement for all that a ticket's events tell of: a message and a note bear the `n` of their event, and share its
/// times; a note its author as well. A message that was split off is its customer's, whoever did so.
pub(super) async fn timeline(db: &mut PgConnection, ticket_id: Uuid, n: i64) -> Result<Timeline> {
    let rows = sqlx::query!(
        r#"select e.n, e.op_id, e.actor_id, u.name as "actor_name?", e.actor_type, e.kind, e.data, e.written_at, e.created_at,
                  m.id as "message_id?", m.message as "message?", m.sender_type as "sender_type?", m.sender_id as "sender_id?",
                  w.name as "sender_name?", m.is_read as "is_read?", m.read_at,
                  i.id as "note_id?", i.note as "note?"
           from ticket_events e
           left join users u on u.id = e.actor_id
           left join chat_messages m on m.ticket_id = e.ticket_id and m.n = e.n and m.n > $2
           left join users w on w.id = m.sender_id
           left join internal_notes i on i.ticket_id = e.ticket_id and i.n = e.n
           where e.ticket_id = $1 order by e.n"#,
        ticket_id,
        n,
    )
    .fetch_all(db)
    .await?;
    let mut timeline = Timeline { events: Vec::with_capacity(rows.len()), ..Timeline::default() };
    for row in rows {
        // One of a kind that only a newer service knows is left out.
        let Ok(event) = Event::try_from(EventRow {
            n: row.n,
            op_id: row.op_id,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            actor_type: row.actor_type,
            kind: row.kind,
            data: row.data,
            written_at: row.written_at,
            created_at: row.created_at,
        }) else {
            continue;
        };
        if let (Some(id), Some(message), Some(sender_type), Some(is_read)) =
            (row.message_id, row.message, row.sender_type, row.is_read)
        {
            let message = MessageRow {
                id,
                n: event.n,
                message,
                sender_type,
                sender_id: row.sender_id,
                sender_name: row.sender_name,
                is_read,
                read_at: row.read_at,
                written_at: event.written_at,
                created_at: event.created_at,
            };
            timeline.messages.push(message.try_into()?);
        }
        if let (Some(id), Some(note), Some(author)) = (row.note_id, row.note, event.actor.clone()) {
            timeline.notes.push(Note {
                id,
                n: event.n,
                note,
                author,
                written_at: event.written_at,
                created_at: event.created_at,
            });
        }
        timeline.events.push(event);
    }
    Ok(timeline)
}

pub(super) async fn history(db: impl PgExecutor<'_>, ticket_id: Uuid, kinds: &[String]) -> Result<History> {
    let rows = sqlx::query!(
        r#"select e.n, e.op_id, e.actor_id, u.name as "actor_name?", e.actor_type, e.kind, e.data, e.written_at, e.created_at,
                  (select d.up_to from ticket_deliveries d where d.ticket_id = $1) as delivered,
                  (select a.name from support_tickets t join users a on a.id = t.assigned_to where t.id = $1) as assignee
           from ticket_events e left join users u on u.id = e.actor_id
           where e.ticket_id = $1 and e.kind = any ($2) order by e.n"#,
        ticket_id,
        kinds,
    )
    .fetch_all(db)
    .await?;
    let mut history = History { events: Vec::with_capacity(rows.len()), ..History::default() };
    for row in rows {
        history.delivered = row.delivered.unwrap_or_default();
        history.assignee = row.assignee;
        history.events.push(Event::try_from(EventRow {
            n: row.n,
            op_id: row.op_id,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            actor_type: row.actor_type,
            kind: row.kind,
            data: row.data,
            written_at: row.written_at,
            created_at: row.created_at,
        })?);
    }
    Ok(history)
}

pub(super) async fn latest_of(db: impl PgExecutor<'_>, ticket_id: Uuid, kind: &str) -> Result<Option<Event>> {
    events!("where e.ticket_id = $1 and e.kind = $2 order by e.n desc limit 1", ticket_id, kind,)
        .fetch_optional(db)
        .await?
        .map(Event::try_from)
        .transpose()
}

/// Every event of these tickets, in order. One of a kind that only a newer service knows is left out.
pub(super) async fn of_tickets(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Event>>> {
    let rows = sqlx::query!(
        r#"select e.ticket_id, e.n, e.op_id, e.actor_id, u.name as "actor_name?", e.actor_type, e.kind, e.data, e.written_at, e.created_at
           from ticket_events e left join users u on u.id = e.actor_id
           where e.ticket_id = any ($1) order by e.ticket_id, e.n"#,
        ids,
    )
    .fetch_all(db)
    .await?;
    let mut events: HashMap<Uuid, Vec<Event>> = HashMap::new();
    for row in rows {
        let event = EventRow {
            n: row.n,
            op_id: row.op_id,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            actor_type: row.actor_type,
            kind: row.kind,
            data: row.data,
            written_at: row.written_at,
            created_at: row.created_at,
        };
        if let Ok(event) = Event::try_from(event) {
            events.entry(row.ticket_id).or_default().push(event);
        }
    }
    Ok(events)
}

/// Which of an actor's ops have landed.
pub(super) async fn known_ops(db: impl PgExecutor<'_>, actor_id: Uuid, ops: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        r#"select op_id as "op_id!" from ticket_events where op_id = any ($1) and actor_id = $2 and kind <> 'voided'"#,
        ops,
        actor_id,
    )
    .fetch_all(db)
    .await?)
}
