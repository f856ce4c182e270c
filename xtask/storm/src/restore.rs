//! A restore of the service's database, as an operator does it: the services stop, a dump from a while ago takes the place of what is there, the services start. What was written in between is gone; desks offer it to be sent again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use gemilang_postgres::Binaries;
use sqlx::{AssertSqlSafe, Connection, PgConnection, query};
use tokio::process::Command;
use tokio::sync::{Mutex, MutexGuard};

use crate::Failure;
use crate::findings::Findings;
use crate::house::{House, until};
use crate::ledger::{Ledger, Mark};
use crate::truth::Truth;

/// What a restore takes is offered by the desk that wrote it.
pub const OFFERED: &str = "a restore loses staff's words, and their desks offer them";

/// From this span on a storm holds a restore.
pub const LEAST: Duration = Duration::from_secs(180);
/// When the dump is made at the earliest, and how long it ages.
pub const DUMPED: Duration = Duration::from_secs(40);
/// See [`DUMPED`].
pub const AGES: Duration = Duration::from_secs(25);
/// How long a dump may take to succeed: the database is killed meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the database was restored, and whose turn it is to look into it: nobody looks while one takes the place of the other.
#[derive(Debug, Clone, Default)]
pub struct Restores {
    count: Arc<AtomicU64>,
    turn: Arc<Mutex<()>>,
}

impl Restores {
    /// How often so far.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// Waits for a restore to be over, and keeps the next away for so long.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }
}

/// Makes a dump, however often it takes.
///
/// # Errors
/// It never succeeds.
pub async fn dump(house: &House) -> Result<PathBuf, Failure> {
    let file = house.places.dir.join("backup.dump");
    until("a dump of the database", PATIENCE, async || {
        run("pg_dump", &["--format=custom"], "--file", &file, &house.database).await.is_ok()
    })
    .await?;
    Ok(file)
}

/// Puts the dump in the place of the database. Nobody of the storm's may look or kill meanwhile. Answers how many messages are gone.
///
/// # Errors
/// The database does not do what an operator asks of it, or a service does not come back.
pub async fn restore(
    house: &Arc<House>,
    file: &Path,
    restores: &Restores,
    ledger: &Ledger,
    findings: &Findings,
) -> Result<u64, Failure> {
    let _turn = restores.turn().await;
    for service in &house.services {
        service.kill().await;
    }
    let before = marks(&house.database).await?;
    let (others, name) = house.database.rsplit_once('/').ok_or("a database without a name")?;
    let mut operator = PgConnection::connect(&format!("{others}/template1")).await?;
    query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1")
        .bind(name)
        .execute(&mut operator)
        .await?;
    let lost = format!("{name}_{}", restores.count());
    for statement in [format!("alter database {name} rename to {lost}"), format!("create database {name}")] {
        // A name of ours.
        query(AssertSqlSafe(statement)).execute(&mut operator).await?;
    }
    run("pg_restore", &["--exit-on-error"], "--dbname", Path::new(&house.database), &file.to_string_lossy()).await?;
    let after = marks(&house.database).await?;
    let gone: BTreeSet<Mark> = before.difference(&after).cloned().collect();
    let mut messages = 0;
    for mark in &gone {
        ledger.learn(mark, |said| {
            said.lost = true;
            messages += u64::from(!said.note);
        });
    }
    findings.looked(OFFERED, gone.iter().filter(|mark| mark.is_staffs()).count());
    restores.count.fetch_add(1, Ordering::SeqCst);
    for service in &house.services {
        service.start(house).await?;
    }
    house.ready().await?;
    Ok(messages)
}

/// Everything that stands in the tables.
async fn marks(database: &str) -> Result<BTreeSet<Mark>, Failure> {
    let texts = Truth::open(database).await?.texts_since(gemilang_protocol::Time::UNIX_EPOCH).await?;
    Ok(texts.iter().filter_map(|text| Mark::of(&text.text)).collect())
}

async fn run(program: &str, how: &[&str], option: &str, value: &Path, last: &str) -> Result<(), Failure> {
    let mut command = Command::new(Binaries::find(None)?.program(program));
    command.args(how).arg(option).arg(value).arg(last).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
