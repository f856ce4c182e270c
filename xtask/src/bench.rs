//! `bench`: figures beside their limits, measured by a program of its own against a database of its own.

use std::path::{Path, PathBuf};
use std::time::Instant;

use gemilang_postgres::{Binaries, Options};

use crate::failure::{Attempt, Result};
use crate::needs::{self, Work};
use crate::test::{self, Database};
use crate::{BenchArgs, command, say, ui, workspace};

/// The stories that measure: what they are called, what says how much they are to do, and how much that is.
const STORIES: [(&str, &str, &str); 2] = [
    ("latency::an_alert_is_with_the_daemon_within_a_second_of_its_change", "GEMILANG_E2E_ALERTS", "500"),
    ("feel::keys_are_painted_while_others_change_tickets", "GEMILANG_E2E_TICKETS", "20000"),
];

pub(crate) fn run(args: &BenchArgs) -> Result {
    // The real desk wants a screen and a page, so it is measured where it is named, and where there is time.
    let desk = args.areas.iter().any(|area| area == "desk") || (args.areas.is_empty() && !args.quick);
    needs::ensure(if desk { Work::Test } else { Work::Service }, args.yes)?;
    say::part("Building what is measured");
    let begun = Instant::now();
    let mut build = command::cargo(["build", "--profile", "measure"]);
    build.args(["--package", "gemilang-service", "--package", "gemilang-bench"]);
    if desk {
        ui::build()?;
        build.args(["--package", "gemilang-desk", "--package", "gemilang-bare", "--package", "gemilang-e2e", "--bins"]);
    }
    command::run(&mut build)?;
    say::found("built", format_args!("in {}", say::span(begun.elapsed())));

    let stories = if desk { Some(stories()?) } else { None };

    say::part("Measuring");
    let begun = Instant::now();
    // Durable, as a house would run it: a rate without its flush to disk is no rate.
    let options =
        Options::default().with("shared_buffers", "512MB").with("max_wal_size", "4GB").with("max_connections", "200");
    let database = Database::start_with("bench-postgres", &options)?;
    let target = workspace::target_dir()?;
    let program = target.join("measure").join(format!("gemilang-bench{}", std::env::consts::EXE_SUFFIX));
    // Ten thousand sockets are more files than a shell allows by itself.
    let mut bench = if cfg!(unix) {
        let mut shell = command::minded(Path::new("sh"));
        shell.args(["-c", "ulimit -n \"$(ulimit -Hn)\" 2>/dev/null; exec \"$0\" \"$@\""]).arg(&program);
        shell
    } else {
        command::minded(&program)
    };
    bench
        .arg("--out")
        .arg(target.join("bench"))
        .args(&args.areas)
        .env("DATABASE_URL", database.url())
        .env("GEMILANG_PGBENCH", Binaries::find(None)?.program("pgbench"));
    if args.quick {
        bench.arg("--quick");
    }
    if let Some(stories) = stories {
        bench.arg("--alerts").arg(stories.join("alert-latency.json"));
        bench.arg("--feel").arg(stories.join("desk-feel.json"));
        bench.arg("--starts").arg(stories.join("desk-starts.json"));
        bench.arg("--page").arg(workspace::root().join("ui/dist"));
    }
    command::run(&mut bench)?;
    say::found("measured", format_args!("in {}", say::span(begun.elapsed())));
    Ok(())
}

/// Lets the real desk play what is measured, and answers where it is written what came out.
fn stories() -> Result<PathBuf> {
    let page = ui::build_bare()?;
    say::part("The real desk");
    let target = workspace::target_dir()?;
    let (programs, out) = (target.join("measure"), target.join("bench"));
    std::fs::create_dir_all(&out).attempt(|| format!("creating {}", out.display()))?;
    let database = Database::start("bench-alerts-postgres")?;
    for (story, wants, amount) in STORIES {
        let mut story = test::story(story, &programs, &database);
        command::run(story.env(wants, amount).env("GEMILANG_E2E_OUT", &out))?;
    }
    let mut starts = std::process::Command::new(programs.join("starts"));
    starts
        .env("GEMILANG_TEST_DATABASE_URL", database.url())
        .env("GEMILANG_E2E_BIN_DIR", &programs)
        .env("GEMILANG_E2E_OUT", &out)
        .env("GEMILANG_E2E_BARE", &page);
    command::run(&mut starts)?;
    Ok(out)
}
