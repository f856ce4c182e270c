//! What can wait: search documents are written and the file's log is worked into it when nothing arrives, so that neither holds up a message.

use std::time::Duration;

use sqlx::{ConnectOptions, SqliteConnection, query};

use crate::error::Result;
use crate::file::Replica;

/// Nothing was stored for so long: the desk is idle.
const QUIET: Duration = Duration::from_millis(100);
/// It never is: then between two pages.
const PATIENCE: Duration = Duration::from_secs(2);
/// A log of so many bytes is worked in when there is time; a shorter one is no hindrance.
const LOG_LEAST: u64 = 1024 * 1024;

/// Does what can wait, for as long as it is polled.
pub(crate) async fn keep(replica: Replica) {
    let mut log = None;
    // What an earlier run left behind is done at once.
    loop {
        if let Err(error) = tidy(&replica, &mut log).await {
            tracing::error!(%error, "search could not be indexed, or the log not be worked in");
        }
        idle(&replica).await;
    }
}

/// Waits until something was stored, and then for a pause.
async fn idle(replica: &Replica) {
    replica.stored().await;
    let mut waited = Duration::ZERO;
    loop {
        let before = replica.stored_so_far();
        tokio::time::sleep(QUIET).await;
        waited += QUIET;
        if replica.stored_so_far() == before || waited >= PATIENCE {
            return;
        }
    }
}

/// A connection of its own works the log in: a page that comes meanwhile is written beside it.
async fn tidy(replica: &Replica, log: &mut Option<SqliteConnection>) -> Result<()> {
    while replica.index_some().await? {}
    let mut file = replica.path().as_os_str().to_owned();
    file.push("-wal");
    if std::fs::metadata(file).is_ok_and(|log| log.len() >= LOG_LEAST) {
        let connection = match log {
            Some(connection) => connection,
            None => log.insert(replica.options().connect().await?),
        };
        query("pragma wal_checkpoint(passive)").execute(connection).await?;
    }
    Ok(())
}
