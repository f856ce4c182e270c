//! A request's SQL alone, under PostgreSQL's own pgbench with as many clients as the requests have.

use std::time::Duration;

use tokio::process::Command;

use crate::Failure;
use crate::figures::share;
use crate::load::{CLIENTS, Outcome};

/// Runs a script for some time; `variables` are its `:name`s.
pub(crate) async fn run(
    url: &str,
    seconds: u64,
    script: &str,
    variables: &[(&str, String)],
) -> Result<Outcome, Failure> {
    let dir = tempfile::tempdir()?;
    let file = dir.path().join("script.sql");
    std::fs::write(&file, script)?;
    let mut pgbench = Command::new(program());
    pgbench.current_dir(dir.path()).args(["-n", "-M", "prepared", "-j", "2", "--log"]);
    pgbench.args(["-c", &CLIENTS.to_string(), "-T", &seconds.to_string()]);
    for (name, value) in variables {
        pgbench.arg("-D").arg(format!("{name}={value}"));
    }
    let output = pgbench.arg("-f").arg(&file).arg(url).output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("pgbench: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let rate = said
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))
        .and_then(|line| line.split_whitespace().next())
        .ok_or("pgbench named no rate")?
        .parse()?;
    let mut times = Vec::new();
    for entry in std::fs::read_dir(dir.path())?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("pgbench_log") {
            for line in std::fs::read_to_string(entry.path())?.lines() {
                // client, transaction, time in microseconds, …
                let micros = line.split(' ').nth(2).ok_or("a log line of another kind")?;
                times.push(Duration::from_micros(micros.parse()?));
            }
        }
    }
    Ok(Outcome { rate, p99: share(&mut times, 0.99) })
}

/// Named by `cargo xtask bench`, which knows where PostgreSQL keeps its programs.
fn program() -> std::ffi::OsString {
    std::env::var_os("GEMILANG_PGBENCH").unwrap_or_else(|| "pgbench".into())
}
