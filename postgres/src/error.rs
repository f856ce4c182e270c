//! Error: what can keep a cluster from starting, with what to do about it.

use std::io;
use std::path::PathBuf;

/// Why there is no PostgreSQL.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No server programs were found.
    #[error(
        "no PostgreSQL server programs were found{}. Install PostgreSQL 14 or later, or set DATABASE_URL to a database of your own",
        version.as_ref().map(|v| format!(" for the existing data (version {v})")).unwrap_or_default()
    )]
    NotInstalled {
        /// The major version that existing data needs.
        version: Option<String>,
    },
    /// Another process minds this directory.
    #[error("{} is in use by another running Gemilang Desk", .0.display())]
    InUse(PathBuf),
    /// The user that PostgreSQL must run as cannot enter the directory.
    #[error("PostgreSQL must not run as root, and the user `{user}` cannot enter {}: choose a data directory outside root's home", dir.display())]
    OutOfReach {
        /// The directory.
        dir: PathBuf,
        /// The user.
        user: String,
    },
    /// Root, but nobody to become.
    #[error("PostgreSQL must not run as root, and neither a user `postgres` nor `nobody` exists")]
    NoUser,
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Failed {
        /// Which program.
        program: &'static str,
        /// What it said.
        output: String,
    },
    /// It did not come up in time, or went down at once.
    #[error("PostgreSQL did not start; the end of its log:\n{log}")]
    DidNotStart {
        /// The end of its log.
        log: String,
    },
    /// The system refused something.
    #[error("{what}: {source}")]
    Io {
        /// What was attempted.
        what: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Names what was attempted when the system refuses.
pub(crate) trait Attempt<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T, Error>;
}

impl<T> Attempt<T> for io::Result<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T, Error> {
        self.map_err(|source| Error::Io { what: what(), source })
    }
}
