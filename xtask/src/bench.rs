//! `bench`: figures beside their limits, measured by a program of its own against a database of its own.

use std::path::Path;
use std::time::Instant;

use gemilang_postgres::{Binaries, Options};

use crate::failure::Result;
use crate::needs::{self, Work};
use crate::test::Database;
use crate::{BenchArgs, command, say, workspace};

pub(crate) fn run(args: &BenchArgs) -> Result {
    needs::ensure(Work::Service, args.yes)?;
    say::part("Building what is measured");
    let begun = Instant::now();
    let mut build = command::cargo(["build", "--profile", "measure"]);
    build.args(["--package", "gemilang-service", "--package", "gemilang-bench"]);
    command::run(&mut build)?;
    say::found("built", format_args!("in {}", say::span(begun.elapsed())));

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
    command::run(&mut bench)?;
    say::found("measured", format_args!("in {}", say::span(begun.elapsed())));
    Ok(())
}
