//! The storm as a program: `cargo xtask storm` builds and starts it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use gemilang_storm::house::Places;
use gemilang_storm::report::Report;
use gemilang_storm::storm::{Wanted, blow};
use gemilang_storm::{Failure, audit, equal};

/// How hard and how long.
#[derive(Debug, Parser)]
struct Plan {
    /// How long it blows; a fraction is fine.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// What decides every choice.
    #[arg(long)]
    seed: u64,
    /// Switch one guard off: then the storm must fail.
    #[arg(long)]
    sabotage: Option<Guard>,
    /// Where report, logs and files go.
    #[arg(long)]
    out: PathBuf,
    /// Where the programs are.
    #[arg(long)]
    programs: PathBuf,
}

/// A guard that can be switched off.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Guard {
    /// What was seen before is known again by its id.
    Dedupe,
    /// A reader's cursor stops where an open transaction could still put a row.
    Cursor,
    /// Ops leave in the order they were written in.
    Order,
}

impl Guard {
    fn name(self) -> &'static str {
        match self {
            Self::Dedupe => "dedupe",
            Self::Cursor => "cursor",
            Self::Order => "order",
        }
    }

    /// The rule that breaks without it.
    fn keeps(self) -> &'static str {
        match self {
            Self::Dedupe => audit::ONCE,
            Self::Cursor => equal::EQUAL,
            Self::Order => audit::ORDER,
        }
    }
}

fn main() -> ExitCode {
    let plan = Plan::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let report = runtime.map_err(Failure::from).and_then(|runtime| runtime.block_on(run(&plan)));
    match report {
        Ok(report) => {
            println!("{}", report.summary());
            if report.holds {
                return ExitCode::SUCCESS;
            }
            let logs = plan.out.join("run");
            println!(
                "the report is in {}, logs and files are in {}",
                plan.out.join("report.json").display(),
                logs.display()
            );
        }
        Err(error) => eprintln!("storm: {error}"),
    }
    ExitCode::FAILURE
}

async fn run(plan: &Plan) -> Result<Report, Failure> {
    let program = |name: &str| plan.programs.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let dir = plan.out.join("run");
    // What an earlier run left.
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    let places = Places {
        service: program("gemilang-service"),
        desk: program("gemilang-storm-desk"),
        dir,
        sabotage: plan.sabotage.map(Guard::name),
    };
    let wanted = Wanted {
        span: Duration::from_secs_f64(plan.minutes * 60.0),
        seed: plan.seed,
        until_broken: plan.sabotage.map(Guard::keeps),
        places,
    };
    let report = blow(&wanted).await?;
    report.write(&plan.out)?;
    Ok(report)
}
