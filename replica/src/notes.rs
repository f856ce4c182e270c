//! Internal notes: in a table of their own, as in the words and at the service.

use gemilang_protocol::{Note, PersonRef};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;
use crate::time::{from_micros, micros};

/// A note of a ticket's key, as [`put`] takes it.
pub(crate) fn row(key: i64, note: &Note) -> impl Serialize {
    (
        key,
        note.n,
        Hex(note.id),
        Hex(note.author.id),
        &note.author.name,
        &note.note,
        micros(note.written_at),
        micros(note.created_at),
    )
}

/// Stores notes.
pub(crate) fn put(batch: &mut Batch, rows: &[impl Serialize]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    batch
        .add(
            "insert into notes (ticket_key, n, id, author_id, author_name, note, written_at, created_at)
            select value ->> 0, value ->> 1, unhex(value ->> 2), unhex(value ->> 3), value ->> 4,
                value ->> 5, value ->> 6, value ->> 7
            from jsonb_each(?) where true
            on conflict do nothing",
        )
        .rows(rows)?;
    Ok(())
}

pub(crate) async fn of_ticket(connection: &mut SqliteConnection, key: i64) -> Result<Vec<Note>> {
    let rows = query(
        "select n, id, author_id, author_name, note, written_at, created_at
        from notes where ticket_key = ? order by n",
    )
    .bind(key)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Note> {
    Ok(Note {
        id: row.try_get::<Uuid, _>("id")?,
        n: row.try_get("n")?,
        note: row.try_get("note")?,
        author: PersonRef { id: row.try_get("author_id")?, name: row.try_get("author_name")? },
        written_at: from_micros(row.try_get("written_at")?),
        created_at: from_micros(row.try_get("created_at")?),
    })
}
