//! `lint`: format, clippy, docs, and the rules of the rooms. Everything is looked at before it says what is wrong.

/// Licences and duplicates of what we depend on.
mod dependencies;
/// Who may know whom, and what may stand where.
mod rooms;

use std::time::Instant;

use crate::failure::{Attempt, Failure, Result};
use crate::needs::{self, Work};
use crate::{LintArgs, command, db, say, workspace};

pub(crate) fn run(args: &LintArgs) -> Result {
    let begun = Instant::now();
    let ensure = if args.platforms { needs::ensure_across } else { needs::ensure };
    ensure(Work::Desk, args.yes)?;
    let mut wrong = Vec::new();

    say::part("Rules");
    let metadata = command::read(&mut command::cargo(["metadata", "--format-version", "1"]))?;
    let metadata = serde_json::from_slice(&metadata).attempt(|| "cargo metadata".to_owned())?;
    wrong.extend(rooms::check(&metadata)?);
    wrong.extend(dependencies::check(&metadata));
    for finding in &wrong {
        say::note(finding);
    }
    say::found("rooms, licences", format_args!("{} findings", wrong.len()));

    say::part("Format");
    keep(&mut wrong, command::run(&mut command::cargo(["fmt", "--all", "--check"])));

    say::part("Clippy, and every query against a fresh database");
    let database = db::migrated("lint-postgres")?;
    let queries = workspace::target_dir()?.join("lint-sqlx");
    db::empty(&queries)?;
    let mut clippy = command::cargo(["clippy", "--workspace", "--all-targets"]);
    db::online(&mut clippy, &database, &queries)?;
    clippy.args(["--", "-D", "warnings"]);
    let clippy = command::run(&mut clippy);
    drop(database);
    if clippy.is_ok() {
        wrong.extend(stale_queries(&queries)?);
    }
    keep(&mut wrong, clippy);

    say::part("Docs");
    let mut docs = command::cargo(["doc", "--workspace", "--no-deps", "--quiet"]);
    docs.env("RUSTDOCFLAGS", "-D warnings");
    keep(&mut wrong, command::run(&mut docs));

    if args.platforms {
        platforms(&mut wrong)?;
    }
    if wrong.is_empty() {
        say::found("lint", format_args!("clean after {}", say::span(begun.elapsed())));
        return Ok(());
    }
    let list = wrong.join("\n  ");
    Err(Failure::Refused(format!("{} findings:\n  {list}", wrong.len())))
}

/// The other platforms, type-checked from here: neither links, so a stub compiler does for macOS.
fn platforms(wrong: &mut Vec<String>) -> Result {
    say::part("Windows and macOS");
    for (target, stub) in [("x86_64-pc-windows-gnu", false), ("aarch64-apple-darwin", true)] {
        needs::target(target)?;
        let mut check = command::cargo(["clippy", "--target", target]);
        check.args(["--package", "gemilang-desk", "--package", "xtask"]);
        if stub {
            check.env("CC_aarch64_apple_darwin", "/bin/true").env("AR_aarch64_apple_darwin", "/bin/true");
        }
        check.args(["--", "-D", "warnings"]);
        keep(wrong, command::run(&mut check));
    }
    Ok(())
}

/// What the compiler just asked must be what is committed.
fn stale_queries(fresh: &std::path::Path) -> Result<Vec<String>> {
    let committed = workspace::root().join("service/.sqlx");
    let names = |dir: &std::path::Path| -> Result<Vec<_>> {
        if !dir.exists() {
            return Ok(Vec::new());
        }
        Ok(db::sorted(dir)?.iter().filter_map(|path| path.file_name().map(ToOwned::to_owned)).collect())
    };
    let same =
        |name: &std::ffi::OsString| std::fs::read(fresh.join(name)).ok() == std::fs::read(committed.join(name)).ok();
    let (new, old) = (names(fresh)?, names(&committed)?);
    if new == old && new.iter().all(same) {
        say::found("service/.sqlx", format_args!("{} queries, up to date", new.len()));
        return Ok(Vec::new());
    }
    Ok(vec!["service/.sqlx is stale: run `cargo xtask db prepare`".to_owned()])
}

/// Notes a failed command and goes on.
fn keep(wrong: &mut Vec<String>, outcome: Result) {
    if let Err(failure) = outcome {
        wrong.push(failure.to_string());
    }
}
