//! Where things are: the sources, what was built, and a person's data.

use std::path::{Path, PathBuf};

use crate::failure::{Attempt, Failure, Result};

/// The directory of the workspace.
pub(crate) fn root() -> PathBuf {
    // Cargo says where it is run from; the built-in path is for a binary started by hand.
    let own =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or(own.clone(), Path::to_owned)
}

/// Where cargo puts debug binaries: beside this one, whatever the target directory is.
pub(crate) fn bin_dir() -> Result<PathBuf> {
    let own = std::env::current_exe().attempt(|| "finding this program".to_owned())?;
    own.parent().map(Path::to_owned).ok_or_else(|| Failure::Refused("this program has no directory".to_owned()))
}

/// Cargo's target directory.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let bin = bin_dir()?;
    Ok(bin.parent().map_or(bin.clone(), Path::to_owned))
}

/// The path of one of our own binaries, as built for debugging.
pub(crate) fn binary(name: &str) -> Result<PathBuf> {
    Ok(bin_dir()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Whether this is root, whose home no other user can enter.
pub(crate) fn is_root() -> bool {
    cfg!(unix) && crate::command::output("id", &["-u"]).is_some_and(|id| id == "0")
}

/// Where data is kept when nothing is said: for root a place that PostgreSQL's own user can enter.
pub(crate) fn default_data_dir() -> Result<PathBuf> {
    const NAME: &str = "gemilang-desk";
    if is_root() {
        return Ok(Path::new("/var/lib").join(NAME));
    }
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let data = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|dir| dir.join(NAME))
        .ok_or_else(|| Failure::Refused("there is no home directory: name one with --data-dir".to_owned()))
}

/// Makes the data directory, closed to others as far as PostgreSQL's own user allows.
pub(crate) fn open_data_dir(named: Option<&Path>) -> Result<PathBuf> {
    let dir = named.map_or_else(default_data_dir, |dir| Ok(dir.to_owned()))?;
    if !dir.exists() {
        std::fs::create_dir_all(&dir).attempt(|| format!("creating {}", dir.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Root's database runs as another user, which must get through but need not look around.
            let mode = if is_root() { 0o711 } else { 0o700 };
            std::fs::set_permissions(&dir, PermissionsExt::from_mode(mode))
                .attempt(|| format!("closing {}", dir.display()))?;
        }
    }
    dir.canonicalize().attempt(|| format!("opening {}", dir.display()))
}
