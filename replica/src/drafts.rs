//! Drafts: one per ticket and kind, saved at every pause, touched by nobody else's change.

use gemilang_protocol::Time;
use sqlx::{SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::time::micros;

pub(crate) const REPLY: &str = "reply";
pub(crate) const NOTE: &str = "note";

impl Replica {
    /// Keeps what is being written; empty text removes the draft.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn save_draft(&self, ticket: Uuid, note: bool, text: &str, now: Time) -> Result<()> {
        let kind = if note { NOTE } else { REPLY };
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        if text.is_empty() {
            remove(&mut tx, ticket, kind).await?;
        } else {
            query(
                "insert into drafts (ticket_id, kind, text, saved_at) values (?, ?, ?, ?)
                on conflict (ticket_id, kind) do update set text = excluded.text, saved_at = excluded.saved_at",
            )
            .bind(ticket)
            .bind(kind)
            .bind(text)
            .bind(micros(now))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        Ok(())
    }
}

pub(crate) async fn find(connection: &mut SqliteConnection, ticket: Uuid, kind: &str) -> Result<String> {
    let text: Option<String> = query_scalar("select text from drafts where ticket_id = ? and kind = ?")
        .bind(ticket)
        .bind(kind)
        .fetch_optional(connection)
        .await?;
    Ok(text.unwrap_or_default())
}

/// Words that come back, before what is being written already: that is not thrown away for them.
pub(crate) async fn put_back(
    connection: &mut SqliteConnection,
    ticket: Uuid,
    kind: &str,
    text: &str,
    now: Time,
) -> Result<()> {
    query(
        "insert into drafts (ticket_id, kind, text, saved_at) values (?, ?, ?, ?)
        on conflict (ticket_id, kind) do update set text = excluded.text || char(10, 10) || drafts.text,
            saved_at = excluded.saved_at",
    )
    .bind(ticket)
    .bind(kind)
    .bind(text)
    .bind(micros(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// A draft that was sent is one no more.
pub(crate) async fn remove(connection: &mut SqliteConnection, ticket: Uuid, kind: &str) -> Result<()> {
    query("delete from drafts where ticket_id = ? and kind = ?").bind(ticket).bind(kind).execute(connection).await?;
    Ok(())
}
