//! `db prepare`: the data behind checked queries, written by the compiler itself against a fresh database with all migrations.

use std::path::{Path, PathBuf};
use std::process::Command;

use gemilang_postgres::Binaries;

use crate::failure::{Attempt, Result};
use crate::needs::{self, Work};
use crate::test::Database;
use crate::{Yes, command, say, workspace};

pub(crate) fn prepare(yes: Yes) -> Result {
    needs::ensure(Work::Service, yes)?;
    say::part("Checking every query against a fresh database");
    let database = migrated("prepare-postgres")?;
    // Beside its place first: a query that is wrong leaves what is there as it was.
    let fresh = workspace::target_dir()?.join("prepare-sqlx");
    empty(&fresh)?;
    let mut check = command::cargo(["check", "--package", "gemilang-service", "--all-targets"]);
    online(&mut check, &database, &fresh)?;
    command::run(&mut check)?;
    let count = replace(&workspace::root().join("service/.sqlx"), &fresh)?;
    say::found("service/.sqlx", format_args!("{count} queries"));
    Ok(())
}

/// Makes `dir` hold what `fresh` holds, and counts it.
fn replace(dir: &Path, fresh: &Path) -> Result<usize> {
    std::fs::create_dir_all(dir).attempt(|| format!("creating {}", dir.display()))?;
    for old in sorted(dir)? {
        if old.file_name().is_none_or(|name| !fresh.join(name).exists()) {
            std::fs::remove_file(&old).attempt(|| format!("removing {}", old.display()))?;
        }
    }
    let new = sorted(fresh)?;
    for file in &new {
        if let Some(name) = file.file_name() {
            std::fs::copy(file, dir.join(name)).attempt(|| format!("writing {}", dir.join(name).display()))?;
        }
    }
    Ok(new.len())
}

/// A fresh database with all migrations of the service. The service cannot apply them
/// itself here: it may not compile before its queries are checked.
pub(crate) fn migrated(name: &str) -> Result<Database> {
    let database = Database::start(name)?;
    let psql = Binaries::find(None)?.program("psql");
    let dir = workspace::root().join("migrations/service");
    for migration in sorted(&dir)? {
        let mut apply = Command::new(&psql);
        apply
            .args(["-qX1", "-v", "ON_ERROR_STOP=1", "-d", database.url(), "-f"])
            .arg(&migration)
            .env("PGOPTIONS", "--client-min-messages=warning");
        command::run(&mut apply)?;
    }
    Ok(database)
}

/// Lets a cargo command ask the database, and write what it learns into `dir`.
pub(crate) fn online(cargo: &mut Command, database: &Database, dir: &Path) -> Result {
    // Queries are only looked at when the crate is compiled.
    let source = workspace::root().join("service/src/lib.rs");
    std::fs::File::options()
        .append(true)
        .open(&source)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .attempt(|| format!("touching {}", source.display()))?;
    cargo
        .args(["--config", "env.SQLX_OFFLINE.value=\"false\""])
        .env("DATABASE_URL", database.url())
        .env("SQLX_OFFLINE_DIR", dir);
    Ok(())
}

/// The directory, without the files that were in it.
pub(crate) fn empty(dir: &Path) -> Result {
    std::fs::create_dir_all(dir).attempt(|| format!("creating {}", dir.display()))?;
    for file in sorted(dir)? {
        std::fs::remove_file(&file).attempt(|| format!("removing {}", file.display()))?;
    }
    Ok(())
}

/// The files of a directory by name.
pub(crate) fn sorted(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = std::fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>())
        .attempt(|| format!("reading {}", dir.display()))?;
    files.sort();
    Ok(files)
}
