//! Statements that read `ticket_events` as a timeline. Reading them as a feed is `feed/sql.rs`.

use std::collections::HashMap;

use gemilang_protocol::Event;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::EventRow;
use crate::Result;

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

pub(super) async fn list(db: impl PgExecutor<'_>, ticket_id: Uuid) -> Result<Vec<Event>> {
    let rows = events!("where e.ticket_id = $1 order by e.n", ticket_id).fetch_all(db).await?;
    rows.into_iter().map(Event::try_from).collect()
}

pub(super) async fn list_of(db: impl PgExecutor<'_>, ticket_id: Uuid, kinds: &[String]) -> Result<Vec<Event>> {
    let rows =
        events!("where e.ticket_id = $1 and e.kind = any ($2) order by e.n", ticket_id, kinds,).fetch_all(db).await?;
    rows.into_iter().map(Event::try_from).collect()
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
