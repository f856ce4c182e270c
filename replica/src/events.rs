//! Events of tickets: the timeline, and by `op_id` the proof that an own op has landed.

use gemilang_protocol::Event;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;
use crate::time::micros;

/// An event of a ticket's key, as [`put`] takes it.
pub(crate) fn row(key: i64, event: &Event) -> Result<impl Serialize> {
    Ok((
        key,
        event.n,
        event.op_id.map(Hex),
        event.body.kind(),
        event.body.is_silent(),
        micros(event.created_at),
        serde_json::to_string(event)?,
    ))
}

/// Stores events, and returns of each that was not here yet the (ticket's key, n).
pub(crate) fn put(batch: &mut Batch, rows: &[impl Serialize]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    batch
        .add(
            "insert into events (ticket_key, n, op_id, kind, silent, created_at, event)
            select value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3, value ->> 4, value ->> 5, value ->> 6
            from jsonb_each(?) where true
            on conflict do nothing
            returning ticket_key, n",
        )
        .rows(rows)?;
    Ok(())
}

/// A row that [`put`] returned.
pub(crate) fn key(row: &SqliteRow) -> Result<(i64, i64)> {
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// The timeline: silent events are left out, and so are those only a newer app can read.
pub(crate) async fn of_ticket(connection: &mut SqliteConnection, key: i64) -> Result<Vec<Event>> {
    let rows: Vec<String> = query_scalar("select event from events where ticket_key = ? and not silent order by n")
        .bind(key)
        .fetch_all(connection)
        .await?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(row).ok()).collect())
}

/// Whether the first event of a ticket is here. A conversation comes whole or by its head alone, and from then on the feed adds to it.
pub(crate) async fn has_first(connection: &mut SqliteConnection, key: i64) -> Result<bool> {
    let found: i64 = query_scalar("select exists (select 1 from events where ticket_key = ? and n = 1)")
        .bind(key)
        .fetch_one(connection)
        .await?;
    Ok(found == 1)
}

/// Whether an op has landed and its event is here.
pub(crate) async fn has_op(connection: &mut SqliteConnection, op: Uuid) -> Result<bool> {
    let found: i64 =
        query_scalar("select exists (select 1 from events where op_id = ?)").bind(op).fetch_one(connection).await?;
    Ok(found == 1)
}
