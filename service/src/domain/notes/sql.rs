//! Statements that read `internal_notes`; they are written with their event, by the ticket's one door.

use std::collections::HashMap;

use gemilang_protocol::{Note, PersonRef};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::Result;

pub(super) async fn list(db: impl PgExecutor<'_>, ticket_id: Uuid) -> Result<Vec<Note>> {
    let rows = sqlx::query!(
        "select i.id, i.n, i.note, i.author_id, u.name as author_name, i.written_at, i.created_at
         from internal_notes i join users u on u.id = i.author_id
         where i.ticket_id = $1 order by i.n",
        ticket_id,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Note {
            id: row.id,
            n: row.n,
            note: row.note,
            author: PersonRef { id: row.author_id, name: row.author_name },
            written_at: row.written_at,
            created_at: row.created_at,
        })
        .collect())
}

/// Every note of these tickets, in order.
pub(super) async fn of_tickets(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Note>>> {
    let rows = sqlx::query!(
        "select i.ticket_id, i.id, i.n, i.note, i.author_id, u.name as author_name, i.written_at, i.created_at
         from internal_notes i join users u on u.id = i.author_id
         where i.ticket_id = any ($1) order by i.ticket_id, i.n",
        ids,
    )
    .fetch_all(db)
    .await?;
    let mut notes: HashMap<Uuid, Vec<Note>> = HashMap::new();
    for row in rows {
        notes.entry(row.ticket_id).or_default().push(Note {
            id: row.id,
            n: row.n,
            note: row.note,
            author: PersonRef { id: row.author_id, name: row.author_name },
            written_at: row.written_at,
            created_at: row.created_at,
        });
    }
    Ok(notes)
}
