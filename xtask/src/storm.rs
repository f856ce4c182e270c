//! `storm`: lines break and parts are killed while desks and customers write, by a program of its own with a database of its own.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::failure::Result;
use crate::needs::{self, Work};
use crate::{StormArgs, command, say, workspace};

pub(crate) fn run(args: &StormArgs) -> Result {
    needs::ensure(Work::Service, args.yes)?;
    say::part("Building what the storm blows on");
    let begun = Instant::now();
    // As the tests build it: release builds have no guard that could be switched off.
    let mut build = command::cargo(["build", "--package", "gemilang-storm", "--package", "gemilang-service"]);
    command::run(&mut build)?;
    say::found("built", format_args!("in {}", say::span(begun.elapsed())));

    say::part("The storm");
    let seed = args.seed.unwrap_or_else(|| {
        // Any number will do that is not the last one's.
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs())
    });
    let mut storm = command::minded(&workspace::binary("gemilang-storm")?);
    storm
        .args(["--minutes", &args.minutes.to_string(), "--seed", &seed.to_string()])
        .arg("--out")
        .arg(workspace::target_dir()?.join("storm"))
        .arg("--programs")
        .arg(workspace::bin_dir()?);
    if let Some(guard) = &args.sabotage {
        storm.args(["--sabotage", guard]);
    }
    command::run(&mut storm)
}
