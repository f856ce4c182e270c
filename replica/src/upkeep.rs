//! What can wait: search documents are written and the file's log is worked into it when nothing arrives, so that neither holds up a message.

use std::time::Duration;

use sqlx::{ConnectOptions, Row, SqliteConnection, query};

use crate::error::Result;
use crate::file::Replica;

/// Nothing was stored for so long: the desk is idle.
const QUIET: Duration = Duration::from_millis(50);
/// It never is: then between two pages.
const PATIENCE: Duration = Duration::from_secs(2);
/// A log of so many bytes is worked in when there is time; a shorter one is no hindrance.
const LOG_LEAST: u64 = 1024 * 1024;
/// One of so many even when there is none.
const LOG_MUCH: u64 = 8 * 1024 * 1024;

/// Does what can wait, for as long as it is polled.
pub(crate) async fn keep(replica: Replica) {
    let mut log = None;
    // What an earlier run left behind is done at once.
    loop {
        if let Err(error) = tidy(&replica, &mut log).await {
            tracing::error!(%error, "search could not be indexed, or the log not be worked in");
        }
        if let Err(error) = idle(&replica, &mut log).await {
            tracing::error!(%error, "the log could not be worked in");
        }
    }
}

/// Waits until something was stored, and then for a pause.
async fn idle(replica: &Replica, log: &mut Option<SqliteConnection>) -> Result<()> {
    replica.stored().await;
    let mut waited = Duration::ZERO;
    loop {
        let before = replica.stored_so_far();
        tokio::time::sleep(QUIET).await;
        waited += QUIET;
        if replica.stored_so_far() == before || waited >= PATIENCE {
            return Ok(());
        }
        work_in(replica, log, LOG_MUCH).await?;
    }
}

async fn tidy(replica: &Replica, log: &mut Option<SqliteConnection>) -> Result<()> {
    let before = replica.stored_so_far();
    let mut is_behind = replica.is_index_behind().await?;
    while is_behind {
        is_behind = replica.index_some().await?;
        if replica.stored_so_far() != before {
            // Something arrives again: the rest is for the next pause.
            return Ok(());
        }
    }
    if work_in(replica, log, LOG_LEAST).await? {
        replica.begin_log_if_idle().await?;
    }
    Ok(())
}

/// Works the log in if it is that long, and answers whether all of it is. A connection of its own does: a page that comes
/// meanwhile is written beside it.
async fn work_in(replica: &Replica, log: &mut Option<SqliteConnection>, least: u64) -> Result<bool> {
    let mut file = replica.path().as_os_str().to_owned();
    file.push("-wal");
    if std::fs::metadata(file).map_or(0, |log| log.len()) <= least {
        return Ok(false);
    }
    let connection = match log {
        Some(connection) => connection,
        None => log.insert(replica.options().connect().await?),
    };
    let row = query("pragma wal_checkpoint(passive)").fetch_one(connection).await?;
    let (busy, pages, worked_in): (i64, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(busy == 0 && pages == worked_in)
}
