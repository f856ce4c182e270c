//! Public messages, and who has read them.

use gemilang_protocol::{Message, PersonRef, SenderType, Time};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::rows::Cell;
use crate::time::{from_micros, micros};

/// A message of a ticket's key, as [`put`] takes it.
pub(crate) fn row(key: i64, message: &Message) -> [Cell<'_>; 11] {
    let sender = message.sender.as_ref();
    [
        key.into(),
        message.n.into(),
        message.id.into(),
        message.sender_type.as_str().into(),
        sender.map(|sender| sender.id).into(),
        sender.map(|sender| &sender.name).into(),
        (&message.message).into(),
        message.is_read.into(),
        message.read_at.map(micros).into(),
        micros(message.written_at).into(),
        micros(message.created_at).into(),
    ]
}

/// Stores messages; one that is here already only ever becomes read.
pub(crate) fn put(batch: &mut Batch, rows: &[[Cell<'_>; 11]]) -> Result<()> {
    batch.put(
        "insert into messages (ticket_key, n, id, sender_type, sender_id, sender_name, message,
            is_read, read_at, written_at, created_at)",
        rows,
        "on conflict do update set is_read = 1, read_at = excluded.read_at
        where excluded.is_read and not messages.is_read",
    )
}

/// One side has read the other's messages up to `up_to`, as [`read_by`] takes it.
pub(crate) fn read_row(key: i64, by: SenderType, up_to: i64, at: Time) -> impl Serialize {
    (key, by == SenderType::Customer, up_to, micros(at))
}

/// Messages become read, each at the first time that somebody read so far.
pub(crate) fn read_by(batch: &mut Batch, rows: &[impl Serialize]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    batch
        .add(
            "update messages set is_read = 1, read_at = r.at
            from (select m.ticket_key, m.n, min(j.value ->> 3) as at
                from jsonb_each(?) j cross join messages m on m.ticket_key = j.value ->> 0 and m.n <= j.value ->> 2
                where m.is_read = 0 and (m.sender_type = 'customer') <> (j.value ->> 1)
                group by m.ticket_key, m.n) r
            where messages.ticket_key = r.ticket_key and messages.n = r.n",
        )
        .rows(rows)?;
    Ok(())
}

/// Conversations that came whole, each with the `n` it was read at: what was read after that was told before they came.
pub(crate) fn read_since(batch: &mut Batch, rows: &[(i64, i64)]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    batch
        .add(
            "update messages set is_read = 1, read_at = r.at
            from (select m.ticket_key, m.n, min(e.created_at) as at
                from jsonb_each(?) j
                cross join events e on e.ticket_key = j.value ->> 0 and e.n > j.value ->> 1 and e.kind = 'read'
                cross join messages m on m.ticket_key = e.ticket_key and m.n <= e.event ->> '$.data.up_to'
                where m.is_read = 0 and (m.sender_type = 'customer') <> (e.event ->> '$.data.by' = 'customer')
                group by m.ticket_key, m.n) r
            where messages.ticket_key = r.ticket_key and messages.n = r.n",
        )
        .rows(rows)?;
    Ok(())
}

/// The customer's messages above `above` that nobody of staff has read: the lowest `n`, and how many.
pub(crate) async fn unread(connection: &mut SqliteConnection, key: i64, above: i64) -> Result<(Option<i64>, i64)> {
    let row = query(
        "select min(n) as first, count(*) as unread from messages
        where ticket_key = ? and n > ? and is_read = 0 and sender_type = 'customer'",
    )
    .bind(key)
    .bind(above)
    .fetch_one(connection)
    .await?;
    Ok((row.try_get("first")?, row.try_get("unread")?))
}

pub(crate) async fn of_ticket(connection: &mut SqliteConnection, key: i64) -> Result<Vec<Message>> {
    let rows = query(
        "select n, id, sender_type, sender_id, sender_name, message, is_read, read_at, written_at, created_at
        from messages where ticket_key = ? order by n",
    )
    .bind(key)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Message> {
    let sender: Option<Uuid> = row.try_get("sender_id")?;
    let name: Option<String> = row.try_get("sender_name")?;
    Ok(Message {
        id: row.try_get("id")?,
        n: row.try_get("n")?,
        message: row.try_get("message")?,
        sender_type: row.try_get::<&str, _>("sender_type")?.parse().unwrap_or(SenderType::System),
        sender: sender.map(|id| PersonRef { id, name: name.unwrap_or_default() }),
        is_read: row.try_get("is_read")?,
        read_at: row.try_get::<Option<i64>, _>("read_at")?.map(from_micros),
        written_at: from_micros(row.try_get("written_at")?),
        created_at: from_micros(row.try_get("created_at")?),
    })
}
