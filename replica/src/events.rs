//! Events of tickets: the timeline, and by `op_id` the proof that an own op has landed.

use gemilang_protocol::Event;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::rows::Cell;
use crate::time::micros;

/// An event of a ticket's key, as [`put`] takes it.
pub(crate) fn row(key: i64, event: &Event) -> Result<[Cell<'_>; 7]> {
    Ok([
        key.into(),
        event.n.into(),
        event.op_id.into(),
        event.body.kind().into(),
        event.body.is_silent().into(),
        micros(event.created_at).into(),
        serde_json::to_string(event)?.into(),
    ])
}

/// Stores events, and returns of each that was not here yet the (ticket's key, n).
pub(crate) fn put(batch: &mut Batch, rows: &[[Cell<'_>; 7]]) -> Result<()> {
    let into = "insert into events (ticket_key, n, op_id, kind, silent, created_at, event)";
    if let [[key, n, ..]] = rows {
        // To gather what it returns SQLite makes a table in memory, which takes as long as the rest.
        batch.put(into, rows, "on conflict do nothing")?;
        batch.add("select ?, ? where changes() = 1").bind_cell(key)?.bind_cell(n)?;
        return Ok(());
    }
    batch.put(into, rows, "on conflict do nothing returning ticket_key, n")
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
