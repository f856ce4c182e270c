//! Hundreds of kills of a desk's core, while it opens its file, fetches and writes.

use std::path::PathBuf;

use gemilang_storm::crash::{Wanted, blow};
use gemilang_storm::house::Places;

use crate::{programs, turn};

const SEED: u64 = 20_261_122;
const KILLS: usize = 240;

#[test]
fn a_killed_core_loses_nothing_it_has_acknowledged() {
    let _turn = turn();
    // Postgres' own user must get there.
    let dir = tempfile::Builder::new().prefix("gemilang-crash-").tempdir_in("/var/tmp").unwrap();
    let places = Places {
        service: programs().join(format!("gemilang-service{}", std::env::consts::EXE_SUFFIX)),
        desk: PathBuf::from(env!("CARGO_BIN_EXE_gemilang-storm-desk")),
        dir: dir.path().to_owned(),
        sabotage: None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (tally, findings) = runtime.block_on(blow(&Wanted { kills: KILLS, seed: SEED, places })).unwrap();
    println!("seed {SEED}: {:?}, {:#?}", tally.under(""), findings.checks());
    assert!(!findings.is_broken(), "{:#?}", findings.list());
    assert_eq!(tally.sum("kill."), KILLS as u64);
    for moment in ["kill.opening", "kill.fetching", "kill.writing"] {
        assert!(tally.sum(moment) >= 20, "{moment}: {:?}", tally.under("kill."));
    }
    assert!(tally.sum("kept") >= 300, "{:?}", tally.under(""));
}
