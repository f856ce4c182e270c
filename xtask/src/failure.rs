//! Why a chore could not be done, in words for the person at the terminal.

use std::io;
use std::process::ExitStatus;

/// What chores return.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Something is missing or in the way; the text says what to do about it.
    #[error("{0}")]
    Refused(String),
    /// A program ended badly; what it printed stands above.
    #[error("`{line}` failed ({status})")]
    Command { line: String, status: ExitStatus },
    /// The system refused something.
    #[error("{what}: {source}")]
    Io { what: String, source: io::Error },
    /// The database did not start.
    #[error(transparent)]
    Postgres(#[from] gemilang_postgres::Error),
    /// Another program's JSON was not as expected.
    #[error("{what}: {source}")]
    Json { what: String, source: serde_json::Error },
}

/// Names what was attempted when the system refuses.
pub(crate) trait Attempt<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T> Attempt<T> for io::Result<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|source| Failure::Io { what: what(), source })
    }
}

impl<T> Attempt<T> for serde_json::Result<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|source| Failure::Json { what: what(), source })
    }
}
