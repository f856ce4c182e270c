//! Telling the service what was done to saved views, one change after the other, as soon as there is a line. What it refuses waits for its author.

use std::time::Duration;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{Line, SyncStatus};
use gemilang_protocol::{Code, SavedView, SavedViewChange};
use sqlx::{query, query_scalar};
use tokio::sync::watch;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::link::{Link, LinkError};

/// How long to wait after a try that failed.
const PAUSE: Duration = Duration::from_secs(5);

/// Tells for as long as the engine runs.
pub(crate) async fn keep(replica: Replica, link: Link, mut status: watch::Receiver<SyncStatus>) {
    loop {
        if status.wait_for(|status| status.line == Line::Live).await.is_err() {
            return;
        }
        let told = match replica.next_view_change().await {
            Ok(None) => {
                replica.views_written().await;
                continue;
            }
            Ok(Some(change)) => told(&replica, &link, &change).await,
            Err(error) => Err(error),
        };
        match told {
            Ok(true) => continue,
            Ok(false) => {}
            // The file is full or damaged: the engine says so.
            Err(error) => tracing::error!(%error, "a saved view waits"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whether the service answered, in whatever way.
async fn told(replica: &Replica, link: &Link, change: &SavedViewChange) -> Result<bool> {
    match link.change_view(change).await {
        Ok(view) => replica.view_landed(change, &view).await?,
        Err(LinkError::Refused(problem)) if is_last_word(problem.code) => {
            tracing::warn!(detail = problem.detail, "a change of a saved view was refused");
            replica.view_refused(change, problem.code).await?;
        }
        Err(error) => {
            tracing::debug!(%error, "a saved view is told later");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether trying again would only be refused again.
const fn is_last_word(code: Code) -> bool {
    matches!(
        code,
        Code::Malformed | Code::Forbidden | Code::NotFound | Code::Validation | Code::IdTaken | Code::TooLarge
    )
}

impl Replica {
    /// The change that was made first of those that wait.
    async fn next_view_change(&self) -> Result<Option<SavedViewChange>> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Refetchable).await?;
        let change: Option<String> = query_scalar(
            "update saved_view_changes set sent = 1 where view = (
                select view from saved_view_changes where refused is null order by change ->> '$.op_id' limit 1)
            returning change",
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(change.map(|change| serde_json::from_str(&change)).transpose()?)
    }

    /// The service has it, and this is how the view stands now. A change that was made meanwhile waits on.
    async fn view_landed(&self, change: &SavedViewChange, view: &SavedView) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Kept).await?;
        let mut batch = Batch::default();
        super::put(&mut batch, &[view])?;
        batch.run(&mut tx).await?;
        query("delete from saved_view_changes where view = ? and change ->> '$.op_id' = ?")
            .bind(change.view)
            .bind(change.op_id.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.announce(Changed { views: true, ..Changed::default() });
        Ok(())
    }

    async fn view_refused(&self, change: &SavedViewChange, code: Code) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Kept).await?;
        query("update saved_view_changes set refused = ? where view = ? and change ->> '$.op_id' = ?")
            .bind(code.to_string())
            .bind(change.view)
            .bind(change.op_id.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        drop(writer);
        self.announce(Changed { views: true, ..Changed::default() });
        Ok(())
    }
}
