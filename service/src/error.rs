//! The one error of this room, and how it becomes a refusal. Texts of the database or the network never reach a client.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gemilang_locales::{Figures, Language, field_text, problem_text, problem_title};
use gemilang_protocol::{Code, Event, FieldError, Fields, Problem};

/// Why a request is not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A code without figures.
    #[error("{0}")]
    Refused(Code),
    /// Fields that break a rule.
    #[error("validation: {0:?}")]
    Validation(Fields),
    /// Email or password does not match.
    #[error("wrong credentials")]
    WrongCredentials {
        /// Tries left before the door is held shut.
        tries_left: u32,
    },
    /// Too many failed tries to sign in.
    #[error("throttled for {retry_after} s")]
    Throttled {
        /// Seconds.
        retry_after: u64,
    },
    /// Too many requests.
    #[error("rate limited for {retry_after} s")]
    RateLimited {
        /// Seconds.
        retry_after: u64,
    },
    /// Somebody was faster.
    #[error("lost race")]
    LostRace(Option<Box<Event>>),
    /// It went into another ticket, as this event says.
    #[error("merged")]
    Merged(Option<Box<Event>>),
    /// The database refused, or cannot be reached.
    #[error("database: {0}")]
    Database(#[source] sqlx::Error),
    /// What is stored cannot be understood: a fault of our own.
    #[error("stored data is not ours: {0}")]
    Stored(&'static str),
    /// A task of ours died.
    #[error("a task ended early")]
    Task,
}

/// What the functions of this room answer.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(code)
    }
}

impl From<Fields> for Error {
    fn from(fields: Fields) -> Self {
        Self::Validation(fields)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::Refused(Code::NotFound),
            error => Self::Database(error),
        }
    }
}

impl Error {
    /// One field that breaks one rule.
    pub fn field(field: &'static str, error: FieldError) -> Self {
        let mut fields = Fields::default();
        fields.put(field, error);
        Self::Validation(fields)
    }

    /// The code a client sees.
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(code) => *code,
            Self::Validation(_) => Code::Validation,
            Self::WrongCredentials { .. } => Code::WrongCredentials,
            Self::Throttled { .. } => Code::Throttled,
            Self::RateLimited { .. } => Code::RateLimited,
            Self::LostRace(_) => Code::LostRace,
            Self::Merged(_) => Code::Merged,
            Self::Database(error) => database_code(error),
            Self::Stored(_) | Self::Task => Code::Unknown,
        }
    }

    /// Whether a unique index refused a row: then the same thing was done a moment ago.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// The refusal as a client reads it. `reference` is the request's id, for faults of our own.
    pub fn problem(&self, language: Language, reference: Option<&str>) -> Problem {
        let code = self.code();
        let (mut retry_after, mut tries_left, mut errors) = (None, None, std::collections::BTreeMap::new());
        match self {
            Self::Validation(fields) => {
                errors = fields
                    .0
                    .iter()
                    .map(|(field, error)| ((*field).to_owned(), vec![field_text(language, field, error)]))
                    .collect();
            }
            Self::WrongCredentials { tries_left: tries } => tries_left = Some(*tries),
            Self::Throttled { retry_after: seconds } | Self::RateLimited { retry_after: seconds } => {
                retry_after = Some(*seconds);
            }
            _ => {}
        }
        let figures = Figures { tries_left, retry_after, fields: errors.len(), reference };
        Problem {
            kind: "about:blank".to_owned(),
            title: problem_title(language, code),
            status: code.status(),
            detail: problem_text(language, code, &figures),
            code,
            errors,
            retry_after,
            tries_left: tries_left.map(u64::from),
        }
    }
}

/// The states of Postgres that mean "not now", and the few by which it refuses what a client wrote.
fn database_code(error: &sqlx::Error) -> Code {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Code::Unavailable,
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some(state) if ["08", "53", "57"].iter().any(|class| state.starts_with(class)) => Code::Unavailable,
            // Shut or away while it is restored, and a standby that is not the first yet.
            Some("55000" | "3D000" | "25006") => Code::Unavailable,
            // A character or a number that cannot be stored, where no rule caught it before.
            Some("22021" | "22P05" | "22003") => Code::Malformed,
            _ => Code::Unknown,
        },
        _ => Code::Unknown,
    }
}

/// An error on its way out: [`crate::router`] writes it in the reader's language once the handler is done.
#[derive(Debug, Clone)]
pub struct Outgoing(pub std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Outgoing(std::sync::Arc::new(self)));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_is_gone_is_not_a_fault_of_ours() {
        assert_eq!(Error::from(sqlx::Error::PoolTimedOut).code(), Code::Unavailable);
        assert_eq!(Error::from(sqlx::Error::RowNotFound).code(), Code::NotFound);
    }

    #[test]
    fn a_refusal_names_its_fields_in_the_readers_language() {
        let error = Error::field("subject", FieldError::Empty);
        let problem = error.problem(Language::Id, None);
        assert_eq!(problem.status, 422);
        assert_eq!(problem.errors.len(), 1);
        assert_ne!(problem.detail, error.problem(Language::En, None).detail);
    }
}
