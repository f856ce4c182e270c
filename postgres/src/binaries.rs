//! Programs: where this machine keeps `initdb` and `postgres`. The newest version wins, but existing data keeps its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;

/// The directory of one PostgreSQL's server programs.
#[derive(Debug, Clone)]
pub struct Binaries {
    dir: PathBuf,
}

impl Binaries {
    /// Finds server programs, of the given major version when existing data needs it.
    ///
    /// # Errors
    /// [`Error::NotInstalled`].
    pub fn find(version: Option<&str>) -> Result<Self, Error> {
        // Windows has neither the users nor the signals that minding a postmaster takes.
        let places = if cfg!(unix) { places() } else { Vec::new() };
        places
            .into_iter()
            .map(|dir| Self { dir })
            .filter(|binaries| binaries.program("initdb").exists() && binaries.program("postgres").exists())
            .find(|binaries| version.is_none_or(|version| binaries.version().as_deref() == Some(version)))
            .ok_or_else(|| Error::NotInstalled { version: version.map(ToOwned::to_owned) })
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The major version, such as `15`.
    pub fn version(&self) -> Option<String> {
        let output = Command::new(self.program("postgres")).arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = text.split_whitespace().nth(2)?;
        Some(version.split('.').next()?.to_owned())
    }
}

/// Where to look, best first: Debian and Homebrew keep versions apart, others use the path.
fn places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        places.extend(versions_in(Path::new(parent)));
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        places.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    if let Some(path) = std::env::var_os("PATH") {
        places.extend(std::env::split_paths(&path));
    }
    places
}

/// `15/bin` or `postgresql@15/bin` under a directory, newest version first.
fn versions_in(parent: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let name = name.to_str()?;
            let version = name.strip_prefix("postgresql@").unwrap_or(name);
            Some((version.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, dir)| dir).collect()
}
