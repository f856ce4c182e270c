//! `test`: every test of every room, against a database and programs of its own. Nothing is skipped because a tool is missing.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use gemilang_postgres::{Options, Postgres};

use crate::failure::{Attempt, Result};
use crate::needs::{self, Work};
use crate::{TestArgs, command, say, ui, workspace};

/// Crates whose tests need neither the desk's page nor a display.
const PLAIN: [&str; 8] = [
    "gemilang-protocol",
    "gemilang-locales",
    "gemilang-postgres",
    "gemilang-replica",
    "gemilang-service",
    "gemilang-storm",
    "gemilang-ui",
    "xtask",
];

pub(crate) fn run(args: &TestArgs) -> Result {
    let begun = Instant::now();
    let crates: Vec<String> = args.crates.iter().map(|name| full_name(name)).collect();
    let plain = !crates.is_empty() && crates.iter().all(|name| PLAIN.contains(&name.as_str()));
    // The replica's tests put a proxy of operators in front of real services.
    let modest = plain && !crates.iter().any(|name| name == "gemilang-replica");
    needs::ensure(if modest { Work::Service } else { Work::Test }, args.yes)?;
    if !plain {
        ui::build()?;
    }

    let mut selection: Vec<&str> = Vec::new();
    for name in &crates {
        selection.extend(["--package", name]);
    }
    if crates.is_empty() {
        selection.push("--workspace");
    }
    say::part("Building everything that is tested");
    // With --all-targets the binaries that the browser tests start come from the same build as the
    // tests: a `cargo build` of their own would compile many dependencies twice, with other features.
    let mut build = command::cargo(["build", "--all-targets"]);
    build.args(&selection);
    if crates.iter().any(|name| name == "gemilang-e2e") {
        build.args(["--package", "gemilang-service", "--package", "gemilang-desk"]);
    } else if crates.iter().any(|name| ["gemilang-storm", "gemilang-replica"].contains(&name.as_str())) {
        build.args(["--package", "gemilang-service"]);
    }
    command::run(&mut build)?;
    say::found("built", format_args!("after {}", say::span(begun.elapsed())));

    say::part("Testing");
    // A Ctrl-C ends cargo, and with it the wait below; the database is stopped before we go.
    ctrlc::set_handler(|| {}).map_err(std::io::Error::other).attempt(|| "listening for Ctrl-C".to_owned())?;
    let database = Database::start("test-postgres")?;
    let mut tests = command::cargo(["test", "--no-fail-fast"]);
    tests
        .args(&selection)
        .env("GEMILANG_TEST_DATABASE_URL", database.url())
        .env("GEMILANG_E2E_BIN_DIR", workspace::bin_dir()?);
    let outcome = command::run(&mut tests);
    drop(database);
    outcome?;
    say::found("tests", format_args!("passed after {}", say::span(begun.elapsed())));
    Ok(())
}

/// One story of `e2e/`, to be played with these programs and this database.
pub(crate) fn story(name: &str, programs: &Path, database: &Database) -> Command {
    let mut story = command::cargo(["test", "--package", "gemilang-e2e", "--test", "it", "--", "--exact", name]);
    story.env("GEMILANG_TEST_DATABASE_URL", database.url()).env("GEMILANG_E2E_BIN_DIR", programs);
    story
}

/// `service` and `gemilang-service` are the same crate.
fn full_name(name: &str) -> String {
    if name.starts_with("gemilang-") || name.starts_with("xtask") {
        name.to_owned()
    } else {
        format!("gemilang-{name}")
    }
}

/// A PostgreSQL that is lost when this ends; its directory as well.
pub(crate) struct Database {
    postgres: Option<Postgres>,
    dir: std::path::PathBuf,
}

impl Database {
    /// Starts it under the target directory, or where PostgreSQL's own user gets to when this is root.
    pub(crate) fn start(name: &str) -> Result<Self> {
        Self::start_with(name, &Options::throwaway())
    }

    /// The same with other settings.
    pub(crate) fn start_with(name: &str, options: &Options) -> Result<Self> {
        let options = Options { fresh: true, ..options.clone() };
        let mut dir = workspace::target_dir()?.join(name);
        let started = match Postgres::start(&dir, options.clone()) {
            Err(gemilang_postgres::Error::OutOfReach { .. }) => {
                dir = std::env::temp_dir().join(format!("gemilang-{name}"));
                Postgres::start(&dir, options.clone())
            }
            started => started,
        };
        Ok(Self { postgres: Some(started?), dir })
    }

    pub(crate) fn url(&self) -> &str {
        self.postgres.as_ref().map_or("", Postgres::url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.postgres.take());
        // What stays behind is removed by the next run.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
