//! `seed`: load for the database of `run`, which must be running or named by DATABASE_URL.

use std::process::Command;

use crate::failure::{Attempt, Failure, Result};
use crate::{SeedArgs, command, workspace};

pub(crate) fn run(args: &SeedArgs) -> Result {
    let mut service = Command::new(workspace::binary("gemilang-service")?);
    service
        .arg("seed")
        .args(["--tickets", &args.tickets.to_string()])
        .args(["--messages", &args.messages.to_string()])
        .env("DATABASE_URL", database(args)?);
    command::run(&mut service)
}

/// The database of a run that is under way.
fn database(args: &SeedArgs) -> Result<String> {
    if let Ok(url) = std::env::var("DATABASE_URL") {
        return Ok(url);
    }
    let data = args.data_dir.clone().map_or_else(workspace::default_data_dir, Ok)?;
    if !data.join("postgres/cluster/postmaster.pid").exists() {
        return Err(Failure::Refused(format!(
            "no database runs in {}: start `cargo xtask run` first, or set DATABASE_URL",
            data.display()
        )));
    }
    gemilang_postgres::url_in(&data.join("postgres"))
        .attempt(|| format!("reading the database's address in {}", data.display()))
}
