//! Filing: the form of a ticket for a customer is a draft, kept as those of replies are. There is one.

use gemilang_protocol::desk::views::FilingDraft;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::error::Result;
use crate::file::{Durability, Replica};

impl Replica {
    /// Keeps what is being filled in; nothing forgets it.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn keep_filing(&self, draft: Option<&FilingDraft>) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        match draft {
            None => forget(&mut tx).await?,
            Some(draft) => put(&mut tx, &serde_json::to_string(draft)?).await?,
        }
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        Ok(())
    }

    /// What was being filled in and is not filed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn filing(&self) -> Result<Option<FilingDraft>> {
        let mut tx = self.read().await?;
        let draft = find(&mut tx).await?;
        Ok(draft.map(|draft| serde_json::from_str(&draft)).transpose()?)
    }
}

/// As it is kept.
pub(crate) async fn find(connection: &mut SqliteConnection) -> Result<Option<String>> {
    Ok(query_scalar("select draft from filing").fetch_optional(connection).await?)
}

pub(crate) async fn put(connection: &mut SqliteConnection, draft: &str) -> Result<()> {
    query("insert into filing (id, draft) values (1, ?) on conflict do update set draft = excluded.draft")
        .bind(draft)
        .execute(connection)
        .await?;
    Ok(())
}

/// What was filed is a draft no more.
pub(crate) async fn forget(connection: &mut SqliteConnection) -> Result<()> {
    query("delete from filing").execute(connection).await?;
    Ok(())
}
