//! Internal notes: in a table of their own, as in the words and at the service.

use gemilang_protocol::{Note, PersonRef};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::rows::Cell;
use crate::time::{from_micros, micros};

/// A note of a ticket's key, as [`put`] takes it.
pub(crate) fn row(key: i64, note: &Note) -> [Cell<'_>; 8] {
    [
        key.into(),
        note.n.into(),
        note.id.into(),
        note.author.id.into(),
        (&note.author.name).into(),
        (&note.note).into(),
        micros(note.written_at).into(),
        micros(note.created_at).into(),
    ]
}

/// Stores notes.
pub(crate) fn put(batch: &mut Batch, rows: &[[Cell<'_>; 8]]) -> Result<()> {
    batch.put(
        "insert into notes (ticket_key, n, id, author_id, author_name, note, written_at, created_at)",
        rows,
        "on conflict do nothing",
    )
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
