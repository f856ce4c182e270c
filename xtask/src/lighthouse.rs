//! `lighthouse`: the customers' pages under Lighthouse, on a demo of its own; writes target/lighthouse/report.json.

use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use crate::failure::{Attempt, Failure, Result};
use crate::needs::{self, Work};
use crate::run::service::Service;
use crate::test::Database;
use crate::{Yes, command, say, workspace};

pub(crate) fn run(yes: Yes) -> Result {
    needs::ensure(Work::Test, yes)?;
    let dir = workspace::root().join("xtask/lighthouse");
    needs::npm(&dir)?;
    say::part("Building what is measured");
    // As it is run: an unoptimised service would make every page wait.
    command::run(command::cargo(["build", "--profile", "measure"]).args(["--package", "gemilang-service"]))?;

    say::part("Measuring");
    let database = Database::start("lighthouse-postgres")?;
    let target = workspace::target_dir()?;
    let out = target.join("lighthouse");
    std::fs::create_dir_all(&out).attempt(|| format!("creating {}", out.display()))?;
    let port = free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    let binary = target.join("measure").join(format!("gemilang-service{}", std::env::consts::EXE_SUFFIX));
    let service = Service::new(&out, port, &url, database.url()).of(binary);
    let accounts = out.join("demo.json");
    service.perform(&["demo", "--out", &accounts.display().to_string()])?;
    let mut service = service.serve()?;
    // Nobody asks this to stop; it ends with its terminal.
    let (_keep, stop) = channel();
    service.wait_until_ready(&stop)?;
    let (email, password) = customer(&accounts)?;
    let report = out.join("report.json");
    let measured = command::run(
        Command::new("node")
            .arg(dir.join("measure.js"))
            .args([&url, &email, &password])
            .arg(&report)
            .current_dir(&dir)
            .env("CHROME_PATH", "/usr/bin/chromium")
            .stdin(Stdio::null()),
    );
    service.stop();
    drop(database);
    measured?;
    say::found("lighthouse", format_args!("written to {}", report.display()));
    Ok(())
}

/// The demo's customer.
fn customer(accounts: &std::path::Path) -> Result<(String, String)> {
    let text = std::fs::read_to_string(accounts).attempt(|| format!("reading {}", accounts.display()))?;
    let accounts: serde_json::Value = serde_json::from_str(&text).attempt(|| accounts.display().to_string())?;
    let customer = accounts["accounts"].as_array().into_iter().flatten().find(|account| account["role"] == "customer");
    let word = |key: &str| customer.and_then(|customer| customer[key].as_str()).map(str::to_owned);
    word("email").zip(word("password")).ok_or_else(|| Failure::Refused("the demo has no customer".to_owned()))
}

fn free_port() -> Result<u16> {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    Ok(port.attempt(|| "finding a free port".to_owned())?.port())
}
