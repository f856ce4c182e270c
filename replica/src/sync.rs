//! How far the feed was read: one row, written in the transaction that applied the rows it speaks of.

use gemilang_protocol::{Cursor, Time};
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::page::IncomingRow;
use crate::tickets;
use crate::time::{from_micros, micros};

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
}

impl Standing {
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
        query("update sync set cursor = null, complete_to = null, bootstrap = null, bootstrapped = 0, first_sync_done = 0, restored = 1")
            .execute(&mut *tx)
            .await?;
        // What has landed and is not confirmed yet may be gone: sent again under its id it lands once.
        query("update outbox set state = 'queued', landed_n = null where state = 'sent'").execute(&mut *tx).await?;
        query("update tickets set n = 0, read_line = null").execute(&mut *tx).await?;
        for table in ["events", "messages", "notes"] {
            query(sqlx::AssertSqlSafe(format!("delete from {table}"))).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Standing> {
    let row = query(
        "select cursor, complete_to, first_sync_done, bootstrap, bootstrapped, (select count(*) from unknown_rows) as newer,
            not first_sync_done and (select rebuilt_at from file) is not null as rebuilding
        from sync",
    )
    .fetch_one(connection)
    .await?;
    let newer: i64 = row.try_get("newer")?;
    Ok(Standing {
        cursor: row.try_get::<Option<String>, _>("cursor")?.map(Cursor),
        complete_to: row.try_get::<Option<i64>, _>("complete_to")?.map(from_micros),
        first_sync_done: row.try_get("first_sync_done")?,
        bootstrap: row.try_get::<Option<String>, _>("bootstrap")?.map(Cursor),
        bootstrapped: row.try_get("bootstrapped")?,
        newer: newer.unsigned_abs(),
        rebuilding: row.try_get("rebuilding")?,
    })
}

pub(crate) async fn advance(
    connection: &mut SqliteConnection,
    to: &Cursor,
    complete_to: Option<Time>,
    all_here: bool,
) -> Result<()> {
    query(
        "update sync set bootstrapped = bootstrapped or cursor is null, cursor = ?, complete_to = ifnull(?, complete_to),
            first_sync_done = first_sync_done or (? and (bootstrapped or cursor is null))",
    )
    .bind(&to.0)
    .bind(complete_to.map(micros))
    .bind(all_here)
    .execute(connection)
    .await?;
    Ok(())
}

/// A part was stored: the next begins at `to`, and with the first the place in the feed is taken.
pub(crate) async fn parted(connection: &mut SqliteConnection, to: Option<&Cursor>, feed: &Cursor) -> Result<()> {
    query(
        "update sync set cursor = ifnull(cursor, ?1), bootstrap = ?2, bootstrapped = ?2 is null,
            first_sync_done = first_sync_done or ?2 is null",
    )
    .bind(&feed.0)
    .bind(to.map(|to| &to.0))
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a row that only a newer app knows.
pub(crate) async fn keep_unknown(connection: &mut SqliteConnection, raw: &str) -> Result<()> {
    query(
        r#"insert into unknown_rows ("row", ticket_id, n)
        values (?1, unhex(replace(?1 ->> '$.ticket.id', '-', '')), ?1 ->> '$.event.n') on conflict do nothing"#,
    )
    .bind(raw)
    .execute(connection)
    .await?;
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
