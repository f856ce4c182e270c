//! A short storm, each guard missing in turn, and hundreds of kills of a desk's core.

mod crash;
mod storm;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One at a time: each takes the whole machine.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the service was built: `cargo xtask test` says so.
fn programs() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    let dir = std::env::var_os("GEMILANG_E2E_BIN_DIR").map_or_else(beside, PathBuf::from);
    let service = format!("gemilang-service{}", std::env::consts::EXE_SUFFIX);
    assert!(dir.join(&service).exists(), "{service} is not in {}: `cargo xtask test` builds it", dir.display());
    dir
}
