//! The file: one writer, a pool of readers, and what is announced after a commit. What is in it belongs to the nouns.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::session::SessionUser;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Sqlite, Transaction};
use tokio::sync::{Mutex, MutexGuard, Notify, broadcast};
use uuid::Uuid;

use crate::apply::{Arrival, Ground};
use crate::batch::Batch;
use crate::error::{ReplicaError, Result};

/// The tables. What a newer app added is no reason to refuse the file: that is said by `file.oldest`.
static MIGRATIONS: LazyLock<sqlx::migrate::Migrator> = LazyLock::new(|| {
    let mut migrations = sqlx::migrate!("../migrations/replica");
    migrations.set_ignore_missing(true);
    migrations
});
/// The format of the file as this app knows it. A migration that older apps cannot live with raises it and `file.oldest` alike.
const FORMAT: i64 = 2;

/// Readers open at once: a list, a thread, counts and a search never wait for each other.
const READERS: u32 = 4;
/// Announcements kept for a slow listener.
const CHANGES_KEPT: usize = 1_024;
/// Arrivals kept for a slow listener: more than the largest catch-up that is still worth alerting about.
const ARRIVALS_KEPT: usize = 16_384;

/// A desk's memory. Clones share one file.
#[derive(Clone)]
pub struct Replica {
    inner: Arc<Inner>,
}

struct Inner {
    me: SessionUser,
    file: PathBuf,
    writer: Mutex<Writer>,
    readers: SqlitePool,
    changes: broadcast::Sender<Changed>,
    arrivals: broadcast::Sender<Arrival>,
    written: Notify,
    views_written: Notify,
    stored: Notify,
    stored_so_far: AtomicU64,
    /// Damage was seen: the next start looks at every page.
    suspect: AtomicBool,
}

/// Whether a commit must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// What a person wrote: on the disk before the screen says so.
    Kept,
    /// What the feed brought, its cursor included: after a power cut both are behind together, and the feed brings it again.
    Refetchable,
}

pub(crate) struct Writer {
    connection: SqliteConnection,
    /// What the connection is set to; nothing while it is being set, which whoever waits for it may break off.
    durability: Option<Durability>,
    /// A transaction of [`Self::open`] is under way, or was broken off.
    is_open: bool,
    /// What the page before left for the next; nothing once anything else was written.
    pub(crate) ground: Option<Ground>,
    /// To open the file again, see [`Writer::begin`].
    options: SqliteConnectOptions,
    most_pages: Option<u32>,
}

impl Writer {
    /// The connection outside of a transaction.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Begins the one kind of writing transaction there is.
    pub(crate) async fn begin(&mut self, durability: Durability) -> Result<Transaction<'_, Sqlite>> {
        self.ground = None;
        self.begin_beside(durability).await
    }

    /// The same for what no page lands on: what is remembered of the page before stays true.
    pub(crate) async fn begin_beside(&mut self, durability: Durability) -> Result<Transaction<'_, Sqlite>> {
        self.prepare(durability).await?;
        Ok(self.connection.begin_with("begin immediate").await?)
    }

    /// A transaction in one trip to the file's thread: either all of it is stored or nothing.
    pub(crate) async fn transact(&mut self, durability: Durability, batch: Batch) -> Result<Vec<SqliteRow>> {
        self.prepare(durability).await?;
        self.travel(batch.after("begin immediate"), true).await
    }

    /// Begins a transaction that needs no trip of its own for that. It ends by [`Self::close`]; one that is let go is
    /// undone before the next.
    pub(crate) async fn open(&mut self, durability: Durability, batch: Batch) -> Result<Vec<SqliteRow>> {
        self.prepare(durability).await?;
        self.travel(batch.after("begin immediate"), false).await
    }

    /// Goes on with what [`Self::open`] began.
    pub(crate) async fn go_on(&mut self, batch: Batch) -> Result<Vec<SqliteRow>> {
        self.travel(batch, false).await
    }

    /// Ends what [`Self::open`] began.
    pub(crate) async fn close(&mut self, batch: Batch) -> Result<Vec<SqliteRow>> {
        self.travel(batch, true).await
    }

    /// Takes back what [`Self::open`] began.
    pub(crate) async fn undo(&mut self) {
        if self.is_open {
            // It may have ended by itself, or just before it was broken off: then there is none, which is as good.
            let _ = sqlx::query("rollback").execute(&mut self.connection).await;
            self.is_open = false;
        }
    }

    async fn travel(&mut self, mut batch: Batch, is_last: bool) -> Result<Vec<SqliteRow>> {
        if is_last {
            batch.add("commit");
        }
        self.is_open = true;
        match batch.run(&mut self.connection).await {
            Ok(rows) => {
                self.is_open = !is_last;
                Ok(rows)
            }
            Err(error) => {
                self.undo().await;
                Err(error)
            }
        }
    }

    async fn prepare(&mut self, durability: Durability) -> Result<()> {
        self.undo().await;
        if self.connection.is_in_transaction() {
            // The end of the one before may be under way still.
            self.connection.ping().await?;
        }
        if self.connection.is_in_transaction() {
            // A full disk ends a transaction by itself, and the driver goes on counting it: a fresh connection is the way out.
            self.connection = self.options.connect().await?;
            self.durability = Some(Durability::Kept);
            self.limit_pages().await?;
        }
        if self.durability != Some(durability) {
            let pragma = match durability {
                Durability::Kept => "pragma synchronous = full",
                Durability::Refetchable => "pragma synchronous = normal",
            };
            self.durability = None;
            sqlx::query(pragma).execute(&mut self.connection).await?;
            self.durability = Some(durability);
        }
        Ok(())
    }

    async fn limit_pages(&mut self) -> Result<()> {
        if let Some(most) = self.most_pages {
            let pragma = format!("pragma max_page_count = {most}");
            sqlx::query(sqlx::AssertSqlSafe(pragma)).execute(&mut self.connection).await?;
        }
        Ok(())
    }
}

impl Replica {
    /// The file of one person at one server, inside `dir`.
    pub fn file_for(dir: &Path, server: &str, user: Uuid) -> PathBuf {
        let host: String = server
            .split_once("://")
            .map_or(server, |(_, host)| host)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '_' })
            .collect();
        dir.join(format!("{host}-{}.db", user.simple()))
    }

    /// Opens the file, or makes it. A file that was not closed well is checked first.
    ///
    /// # Errors
    /// The disk is full, the file is damaged, or a newer app wrote it.
    pub async fn open(file: &Path, me: SessionUser) -> Result<Self> {
        if let Some(dir) = file.parent() {
            std::fs::create_dir_all(dir).map_err(sqlx::Error::Io)?;
        }
        let options = options(file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let mut connection = options.connect().await?;
        check_age(&mut connection).await?;
        // `run` would make this future one that no runtime can move between its threads.
        MIGRATIONS.run_direct(None, &mut connection, false).await?;
        check(&mut connection).await?;
        crate::outbox::thaw(&mut connection).await?;
        let mut tx = connection.begin().await?;
        crate::apply::catch_up_on_unknown(&mut tx).await?;
        tx.commit().await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_with(options.clone().create_if_missing(false).read_only(true))
            .await?;
        let replica = Self {
            inner: Arc::new(Inner {
                me,
                file: file.to_owned(),
                writer: Mutex::new(Writer {
                    connection,
                    durability: Some(Durability::Kept),
                    is_open: false,
                    ground: None,
                    options: options.clone(),
                    most_pages: None,
                }),
                readers,
                changes: broadcast::channel(CHANGES_KEPT).0,
                arrivals: broadcast::channel(ARRIVALS_KEPT).0,
                written: Notify::new(),
                views_written: Notify::new(),
                stored: Notify::new(),
                stored_so_far: AtomicU64::new(0),
                suspect: AtomicBool::new(false),
            }),
        };
        Ok(replica)
    }

    /// Closes the file well: everything is in it, and the next start need not check it. Other clones answer with errors from here on.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn close(&self) -> Result<()> {
        self.inner.readers.close().await;
        let mut writer = self.inner.writer.lock().await;
        writer.undo().await;
        if !self.inner.suspect.load(Ordering::Relaxed) {
            sqlx::query("update sync set closed_well = 1").execute(&mut writer.connection).await?;
        }
        sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut writer.connection).await?;
        Ok(())
    }

    /// Opens a file for reading what can be read, without looking at the rest.
    pub(crate) async fn connect_as_is(file: &Path) -> Result<SqliteConnection> {
        Ok(options(file).connect().await?)
    }

    /// Damage was seen while the file was open: the next start looks at every page, however it is closed.
    pub(crate) fn suspect(&self) {
        self.inner.suspect.store(true, Ordering::Relaxed);
    }

    /// The file takes this many pages at most from here on; with fewer than it has, the disk is as good as full.
    ///
    /// # Errors
    /// The file cannot be asked.
    pub async fn limit_pages(&self, most: u32) -> Result<()> {
        let mut writer = self.inner.writer.lock().await;
        writer.most_pages = Some(most);
        writer.limit_pages().await
    }

    /// Whose file it is.
    pub fn me(&self) -> &SessionUser {
        &self.inner.me
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.inner.file
    }

    /// One message for each transaction that changed something a screen shows. A listener that lags behind reads everything again.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.inner.changes.subscribe()
    }

    /// Changes of tickets that came from the service for the first time, right after their commit.
    pub fn arrivals(&self) -> broadcast::Receiver<Arrival> {
        self.inner.arrivals.subscribe()
    }

    pub(crate) async fn writer(&self) -> MutexGuard<'_, Writer> {
        self.inner.writer.lock().await
    }

    /// The writer, unless somebody has it.
    pub(crate) fn idle_writer(&self) -> Option<MutexGuard<'_, Writer>> {
        self.inner.writer.try_lock().ok()
    }

    /// Begins the log anew once all of it was worked in, unless somebody writes: whoever writes first afterwards would
    /// wait for the disk.
    pub(crate) async fn begin_log_if_idle(&self) -> Result<()> {
        if let Some(mut writer) = self.idle_writer() {
            let mut batch = Batch::default();
            batch.add("update sync set closed_well = closed_well");
            writer.transact(Durability::Refetchable, batch).await?;
        }
        Ok(())
    }

    /// A reader's transaction: every query in it sees the same moment.
    pub(crate) async fn read(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.inner.readers.begin().await?)
    }

    /// Tells listeners what to read again. Nobody listening is fine.
    pub(crate) fn announce(&self, changed: Changed) {
        let _ = self.inner.changes.send(changed);
    }

    pub(crate) fn arrive(&self, arrival: Arrival) {
        let _ = self.inner.arrivals.send(arrival);
    }

    /// Says that rows were stored: what can wait until nothing arrives is wanted. See [`crate::upkeep`].
    pub(crate) fn has_stored(&self) {
        self.inner.stored_so_far.fetch_add(1, Ordering::Relaxed);
        self.inner.stored.notify_one();
    }

    /// Waits until rows were stored since the last call.
    pub(crate) async fn stored(&self) {
        self.inner.stored.notified().await;
    }

    /// How often rows were stored.
    pub(crate) fn stored_so_far(&self) -> u64 {
        self.inner.stored_so_far.load(Ordering::Relaxed)
    }

    /// How this file is opened once more.
    pub(crate) fn options(&self) -> SqliteConnectOptions {
        options(&self.inner.file)
    }

    /// Wakes whoever waits in [`Self::written`].
    pub(crate) fn wake(&self) {
        self.inner.written.notify_one();
    }

    /// Wakes whoever waits in [`Self::views_written`].
    pub(crate) fn wake_views(&self) {
        self.inner.views_written.notify_one();
    }

    /// Waits until a saved view was changed here since the last call.
    pub(crate) async fn views_written(&self) {
        self.inner.views_written.notified().await;
    }

    /// Waits until something was put into the outbox since the last call.
    pub(crate) async fn written(&self) {
        self.inner.written.notified().await;
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000")
        // The log is worked in when there is time (see `upkeep`); in a rush it may grow to 32 MiB, and is cut afterwards.
        .pragma("wal_autocheckpoint", "8192")
        .pragma("journal_size_limit", "1048576")
        .disable_statement_logging()
}

/// A file that a newer app wrote says whether this one may still open it.
async fn check_age(connection: &mut SqliteConnection) -> Result<()> {
    let says: i64 = sqlx::query_scalar("select count(*) from sqlite_master where name = 'file'")
        .fetch_one(&mut *connection)
        .await?;
    if says == 0 {
        return Ok(());
    }
    let oldest: i64 = sqlx::query_scalar("select oldest from file").fetch_one(connection).await?;
    if oldest > FORMAT { Err(ReplicaError::NewerFile) } else { Ok(()) }
}

/// After a crash every page of the file is looked at; otherwise that would only make a start slow.
async fn check(connection: &mut SqliteConnection) -> Result<()> {
    let well: bool = sqlx::query_scalar("select closed_well from sync").fetch_one(&mut *connection).await?;
    if !well {
        let found: String = sqlx::query_scalar("pragma quick_check(1)").fetch_one(&mut *connection).await?;
        if found != "ok" {
            return Err(ReplicaError::Damaged(found));
        }
    }
    sqlx::query("update sync set closed_well = 0").execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_can_be_fetched_again_does_not_wait_for_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let me = SessionUser {
            id: Uuid::nil(),
            name: String::new(),
            email: String::new(),
            role: gemilang_protocol::Role::Agent,
        };
        let replica = Replica::open(&dir.path().join("replica.db"), me).await.unwrap();
        // As SQLite numbers them: 1 is normal, 2 is full.
        for (durability, wanted) in
            [(Durability::Kept, 2), (Durability::Refetchable, 1), (Durability::Refetchable, 1), (Durability::Kept, 2)]
        {
            let mut writer = replica.writer().await;
            writer.begin(durability).await.unwrap().rollback().await.unwrap();
            let says: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(writer.connection()).await.unwrap();
            assert_eq!(says, wanted, "{durability:?}");
        }
    }
}
