//! Artefacts: what a run leaves behind for people, in `target/e2e`: pictures and the programs' logs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Result;

/// `target/e2e` of this workspace, or what `GEMILANG_E2E_OUT` says.
///
/// # Errors
/// It cannot be made.
pub fn dir() -> Result<PathBuf> {
    let dir = match std::env::var_os("GEMILANG_E2E_OUT") {
        Some(dir) => PathBuf::from(dir),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e"),
    };
    fs::create_dir_all(&dir)?;
    Ok(dir)
}

/// The log of one program; the name of the running test keeps tests apart.
///
/// # Errors
/// The folder cannot be made.
pub fn log(name: &str) -> Result<PathBuf> {
    let dir = dir()?.join("logs");
    fs::create_dir_all(&dir)?;
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    Ok(dir.join(format!("{test}-{name}.log")))
}

/// Keeps a picture as `target/e2e/<name>.png`.
///
/// # Errors
/// It cannot be written.
pub fn picture(name: &str, png: &[u8]) -> Result<PathBuf> {
    let path = dir()?.join(format!("{name}.png"));
    fs::write(&path, png)?;
    Ok(path)
}
