//! How far the feed was read: one row, written in the transaction that applied the rows it speaks of.

use gemilang_protocol::{Cursor, Time};
use sqlx::{Row, SqliteConnection, query};

use crate::error::Result;
use crate::file::{Durability, Replica};
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

    /// Forgets the place in the feed: the service does not know it any more. Applying everything again changes nothing that is right.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub(crate) async fn forget_cursor(&self) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        query("update sync set cursor = null, complete_to = null").execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Standing> {
    let row = query("select cursor, complete_to, first_sync_done from sync").fetch_one(connection).await?;
    Ok(Standing {
        cursor: row.try_get::<Option<String>, _>("cursor")?.map(Cursor),
        complete_to: row.try_get::<Option<i64>, _>("complete_to")?.map(from_micros),
        first_sync_done: row.try_get("first_sync_done")?,
    })
}

pub(crate) async fn advance(
    connection: &mut SqliteConnection,
    to: &Cursor,
    complete_to: Option<Time>,
    all_here: bool,
) -> Result<()> {
    query(
        "update sync set cursor = ?, complete_to = ifnull(?, complete_to),
            first_sync_done = first_sync_done or ?",
    )
    .bind(&to.0)
    .bind(complete_to.map(micros))
    .bind(all_here)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a row that only a newer app knows.
pub(crate) async fn keep_unknown(connection: &mut SqliteConnection, raw: &str) -> Result<()> {
    query(r#"insert into unknown_rows ("row") values (?) on conflict do nothing"#)
        .bind(raw)
        .execute(connection)
        .await?;
    Ok(())
}
