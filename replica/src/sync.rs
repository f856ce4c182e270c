//! How far the feed was read: one row, written in the transaction that applied the rows it speaks of.

use gemilang_protocol::{Cursor, Time};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::page::IncomingRow;
use crate::time::{from_micros, micros};
use crate::{saved_views, search, tickets};

/// Where sync stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The place in the feed.
    pub cursor: Option<Cursor>,
    /// Everything committed before this time is in the file.
    pub complete_to: Option<Time>,
    /// Whether the file once held everything there was.
    pub first_sync_done: bool,
    /// Where the next part of the bootstrap begins.
    pub bootstrap: Option<Cursor>,
    /// Whether there is no further part.
    pub bootstrapped: bool,
    /// Rows that only a newer app knows.
    pub newer: u64,
    /// Whether it was made anew because the one before was damaged, and does not hold everything yet.
    pub rebuilding: bool,
    /// Whether there is anything in the outbox that rows could confirm or be overlaid with.
    pub(crate) writes: bool,
}

impl Standing {
    /// Reads the row of [`STANDING`].
    pub(crate) fn of(row: &SqliteRow) -> Result<Self> {
        let newer: i64 = row.try_get("newer")?;
        Ok(Self {
            cursor: row.try_get::<Option<String>, _>("cursor")?.map(Cursor),
            complete_to: row.try_get::<Option<i64>, _>("complete_to")?.map(from_micros),
            first_sync_done: row.try_get("first_sync_done")?,
            bootstrap: row.try_get::<Option<String>, _>("bootstrap")?.map(Cursor),
            bootstrapped: row.try_get("bootstrapped")?,
            newer: newer.unsigned_abs(),
            rebuilding: row.try_get("rebuilding")?,
            writes: row.try_get("writes")?,
        })
    }

    /// What it is once a page was stored by [`advance`], when nothing else changed.
    pub(crate) fn advanced(self, to: &Cursor, complete_to: Option<Time>, all_here: bool) -> Self {
        let bootstrapped = self.bootstrapped || self.cursor.is_none();
        let first_sync_done = self.first_sync_done || all_here && bootstrapped;
        Self {
            cursor: Some(to.clone()),
            complete_to: complete_to.or(self.complete_to),
            first_sync_done,
            bootstrapped,
            rebuilding: self.rebuilding && !first_sync_done,
            ..self
        }
    }

    /// The feed is being read from its beginning, without a bootstrap before.
    pub(crate) fn is_replay(&self) -> bool {
        !self.first_sync_done && self.bootstrap.is_none()
    }
}

impl Replica {
    /// Where sync stands.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn standing(&self) -> Result<Standing> {
        read(&mut *self.read().await?).await
    }

    /// How many tickets are here.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn tickets_here(&self) -> Result<u64> {
        tickets::total(&mut *self.read().await?).await
    }

    /// Keeps a later "complete up to" that came without rows.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub(crate) async fn complete(&self, to: Time) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        query("update sync set complete_to = ?").bind(micros(to)).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the place in the feed: the service does not know it any more, most likely because its database was restored. Everything is fetched
    /// again. Heads stay on screen until the new ones come, whatever their `n`; conversations may have been told differently and are dropped.
    /// Own words stay, and those that were sent lately are held against what the service still has.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub(crate) async fn forget_cursor(&self) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let mut batch = Batch::default();
        batch
            .add(
                "update sync set cursor = null, complete_to = null, bootstrap = null, bootstrapped = 0,
                    first_sync_done = 0, restored = 1",
            )
            // What has landed and is not confirmed yet may be gone: sent again under its id it lands once.
            .add("update outbox set state = 'queued', landed_n = null where state = 'sent'")
            .add("update tickets set n = 0, read_line = null")
            .add("update people set told = 0 where told")
            .add("update orders set told = 0 where told")
            .add("delete from events")
            .add("delete from messages")
            .add("delete from notes");
        saved_views::forget(&mut batch);
        search::forget_chunks(&mut batch);
        batch.run(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// One row that [`Standing::of`] reads.
pub(crate) const STANDING: &str = "select cursor, complete_to, first_sync_done, bootstrap, bootstrapped,
        (select count(*) from unknown_rows) as newer, exists (select 1 from outbox) as writes,
        not first_sync_done and (select rebuilt_at from file) is not null as rebuilding
    from sync";

pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Standing> {
    Standing::of(&query(STANDING).fetch_one(connection).await?)
}

/// A page was stored: the next one follows `to`.
pub(crate) fn advance(batch: &mut Batch, to: &Cursor, complete_to: Option<Time>, all_here: bool) -> Result<()> {
    batch
        .add(
            "update sync set bootstrapped = bootstrapped or cursor is null, cursor = ?,
                complete_to = ifnull(?, complete_to),
                first_sync_done = first_sync_done or (? and (bootstrapped or cursor is null))",
        )
        .bind(to.0.clone())?
        .bind(complete_to.map(micros))?
        .bind(all_here)?;
    Ok(())
}

/// A part was stored: the next begins at `to`, and with the first the place in the feed is taken.
pub(crate) fn parted(batch: &mut Batch, to: Option<&Cursor>, feed: &Cursor) -> Result<()> {
    batch
        .add(
            "update sync set cursor = ifnull(cursor, ?), bootstrap = ?, bootstrapped = ?, first_sync_done = first_sync_done or ?",
        )
        .bind(feed.0.clone())?
        .bind(to.map(|to| to.0.clone()))?
        .bind(to.is_none())?
        .bind(to.is_none())?;
    Ok(())
}

/// Keeps rows that only a newer app knows.
pub(crate) fn keep_unknown(batch: &mut Batch, raw: &[&str]) -> Result<()> {
    if raw.is_empty() {
        return Ok(());
    }
    batch
        .add(
            r#"insert into unknown_rows ("row", ticket_id, n)
            select value, unhex(replace(value ->> '$.ticket.id', '-', '')), value ->> '$.event.n' from json_each(?) where true
            on conflict do nothing"#,
        )
        .rows(raw)?;
    Ok(())
}

/// How many changes of a ticket only a newer app can show.
pub(crate) async fn unknown_of(connection: &mut SqliteConnection, ticket: Uuid) -> Result<u64> {
    let unknown: i64 = query_scalar("select count(*) from unknown_rows where ticket_id = ?")
        .bind(ticket)
        .fetch_one(connection)
        .await?;
    Ok(unknown.unsigned_abs())
}

/// Takes out the kept rows that this app can read: an older one left them.
pub(crate) async fn take_known(connection: &mut SqliteConnection) -> Result<Vec<IncomingRow>> {
    let rows = query(r#"select id, "row" from unknown_rows order by id"#).fetch_all(&mut *connection).await?;
    let mut known = Vec::new();
    for row in &rows {
        let read = IncomingRow::read(row.try_get("row")?);
        if !matches!(read, IncomingRow::Unknown(..)) {
            query("delete from unknown_rows where id = ?")
                .bind(row.try_get::<i64, _>("id")?)
                .execute(&mut *connection)
                .await?;
            known.push(read);
        }
    }
    Ok(known)
}
