//! Places: where the desk keeps its files. `GEMILANG_DATA_DIR` moves all of them, for tests and for two desks on one computer.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};

/// The folder the environment names, if it does.
pub(crate) fn named() -> Option<PathBuf> {
    std::env::var_os("GEMILANG_DATA_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from)
}

/// The folder of replicas, settings and log.
///
/// # Errors
/// The system has no place for an app's data.
pub(crate) fn data_dir(app: &AppHandle) -> tauri::Result<PathBuf> {
    named().map_or_else(|| app.path().app_data_dir(), Ok)
}

/// The server address the environment offers for a first sign-in.
pub(crate) fn named_server() -> Option<String> {
    std::env::var("GEMILANG_SERVER").ok().filter(|server| !server.trim().is_empty())
}

/// The name by which a second start finds the first: one desk per data folder.
pub(crate) fn instance_name(identifier: &str) -> String {
    match named() {
        // FNV-1a: the same folder must give the same name in every version of the app.
        Some(dir) => {
            let hash =
                dir.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
                });
            format!("{identifier}.at{hash:016x}")
        }
        None => identifier.to_owned(),
    }
}
