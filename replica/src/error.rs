//! What can go wrong with the file. A variant exists only where somebody acts on it; the database's own words are for logs.

use gemilang_protocol::{Code, FieldError};

/// Why the replica did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// The disk is full: nothing was stored, nothing was lost.
    #[error("the disk is full")]
    DiskFull,
    /// The file is damaged, or not a replica at all.
    #[error("the replica file is damaged: {0}")]
    Damaged(String),
    /// A newer app wrote the file.
    #[error("a newer app wrote the replica file")]
    NewerFile,
    /// Not on this desk.
    #[error("not on this desk")]
    NotFound,
    /// A text breaks a rule.
    #[error("{field} breaks a rule: {rule:?}")]
    Invalid {
        /// Which field: `message` or `note`.
        field: &'static str,
        /// Which rule.
        rule: FieldError,
    },
    /// The op has been on the wire: it may have landed, so it can be neither changed nor withdrawn here.
    #[error("the op has been on the wire")]
    Frozen,
    /// The service would refuse it, with this code.
    #[error("it would be refused: {0}")]
    Refused(Code),
    /// The id belongs to another op already.
    #[error("the op's id is taken")]
    IdTaken,
    /// The file cannot be opened, read or written for another reason.
    #[error("storage: {0}")]
    Storage(#[source] sqlx::Error),
    /// A stored row cannot be read back: a fault of our own.
    #[error("a stored row cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// What the rooms of this crate answer with.
pub type Result<T, E = ReplicaError> = std::result::Result<T, E>;

/// SQLite's result codes that a person can do something about (its primary codes: the low byte).
const SQLITE_CORRUPT: i64 = 11;
const SQLITE_FULL: i64 = 13;
const SQLITE_NOTADB: i64 = 26;
/// The file ends in the middle of a page (`SQLITE_IOERR_SHORT_READ`, an extended code).
const SHORT_READ: i64 = 522;

impl From<sqlx::Error> for ReplicaError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .and_then(|code| code.parse::<i64>().ok());
        match (code.map(|code| code & 0xff), &error) {
            _ if code == Some(SHORT_READ) => Self::Damaged(error.to_string()),
            (Some(SQLITE_FULL), _) => Self::DiskFull,
            (Some(SQLITE_CORRUPT | SQLITE_NOTADB), _) => Self::Damaged(error.to_string()),
            (_, sqlx::Error::Io(io)) if io.kind() == std::io::ErrorKind::StorageFull => Self::DiskFull,
            (_, sqlx::Error::RowNotFound) => Self::NotFound,
            _ => Self::Storage(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for ReplicaError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError as M;
        match error {
            M::Execute(error) | M::ExecuteMigration(error, _) => error.into(),
            M::VersionMissing(_) | M::VersionTooNew(..) => Self::NewerFile,
            other => Self::Damaged(other.to_string()),
        }
    }
}
