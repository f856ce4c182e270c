//! The chores: everything a person does with this workspace is one command here, listed on this screen.

/// `bench`: figures beside their limits.
mod bench;
/// `bundle`: installers.
mod bundle;
/// Asking a program of ours to run, and saying why it did not.
mod command;
/// `db prepare`: the data behind checked queries.
mod db;
/// Why a chore could not be done.
mod failure;
/// `lighthouse`: the customers' pages under Lighthouse.
mod lighthouse;
/// `lint`: format, clippy, docs, and the rules of the rooms.
mod lint;
/// What this machine must have, and installing it.
mod needs;
/// `run`: the whole product on this machine.
mod run;
/// What is printed.
mod say;
/// `seed`: load for a running service.
mod seed;
/// `sounds`: what alerts sound like.
mod sounds;
/// `storm`: lines break and parts are killed while people write.
mod storm;
/// `test`: every test of every room.
mod test;
/// `ui`: the desk's page as a bundle.
mod ui;
/// Where things are.
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::failure::Result;

/// The chores of Gemilang Desk.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing, build, start the database and the service, make demo data at the first start, and open the desk
    Run(RunArgs),
    /// Run every test of every crate, the browser and desk tests included
    Test(TestArgs),
    /// Check format, lints, docs, the rules of the rooms, licences and checked queries
    Lint(LintArgs),
    /// Measure service and sync, each figure beside its limit; writes target/bench/report.json
    Bench(BenchArgs),
    /// Break every line and kill every part while desks and customers write, then look whether anything is lost, doubled or out of order; writes target/storm/report.json
    Storm(StormArgs),
    /// Score the customers' pages as a phone sees them; writes target/lighthouse/report.json
    Lighthouse(Yes),
    /// Make the installer of this system in target/release/bundle
    Bundle(BundleArgs),
    /// Build the desk's page into ui/dist
    Ui(Yes),
    /// Write service/.sqlx, the data behind checked queries
    #[command(subcommand)]
    Db(Db),
    /// Add realistic tickets to the database of `run`
    Seed(SeedArgs),
    /// Make the sounds of alerts anew, in sounds/
    Sounds,
}

#[derive(Args)]
struct RunArgs {
    /// Service and portal only; also when there is no display
    #[arg(long)]
    headless: bool,
    /// Where the service listens on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where database, accounts and the desk's replica are kept
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Start what was built last
    #[arg(long)]
    no_build: bool,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct TestArgs {
    /// Only these crates
    crates: Vec<String>,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct LintArgs {
    /// Also type-check the desk for Windows and macOS
    #[arg(long)]
    platforms: bool,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct BenchArgs {
    /// Fewer tickets and shorter runs: ends within eight minutes
    #[arg(long)]
    quick: bool,
    /// `sync`, `service`, `portal` or `desk`; all when none is named, but `desk` with --quick
    areas: Vec<String>,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct StormArgs {
    /// How long it blows; a fraction is fine
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// What decides every choice; another one each time when nothing is said
    #[arg(long)]
    seed: Option<u64>,
    /// Switch one guard off, `dedupe`, `cursor` or `order`: then the storm must fail
    #[arg(long)]
    sabotage: Option<String>,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct BundleArgs {
    /// Also install it (a .deb), start the desk that came out of it, and let it play a story of the tests
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    yes: Yes,
}

#[derive(Args)]
struct SeedArgs {
    /// Tickets to add
    #[arg(long, default_value_t = 1_000)]
    tickets: u64,
    /// Messages to spread over them
    #[arg(long, default_value_t = 10_000)]
    messages: u64,
    /// The data directory of `run`
    #[arg(long)]
    data_dir: Option<PathBuf>,
}

#[derive(Args, Clone, Copy)]
struct Yes {
    /// Install what is missing without asking
    #[arg(long)]
    yes: bool,
}

#[derive(Subcommand)]
enum Db {
    /// Check every query of the service against a fresh database with all migrations
    Prepare(Yes),
}

fn main() -> ExitCode {
    match perform(Chores::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failed(&failure);
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: Chore) -> Result {
    match chore {
        Chore::Run(args) => run::run(&args),
        Chore::Test(args) => test::run(&args),
        Chore::Lint(args) => lint::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::Storm(args) => storm::run(&args),
        Chore::Lighthouse(yes) => lighthouse::run(yes),
        Chore::Bundle(args) => bundle::run(&args),
        Chore::Ui(yes) => ui::run(yes),
        Chore::Db(Db::Prepare(yes)) => db::prepare(yes),
        Chore::Seed(args) => seed::run(&args),
        Chore::Sounds => sounds::run(),
    }
}
