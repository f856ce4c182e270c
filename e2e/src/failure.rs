//! Failure: why a step of a test could not be done. Tests only show it, so it carries sentences.

/// What every step answers.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a step could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A program could not be started, or ended early.
    #[error("{program}: {why} (see {log})")]
    Program {
        /// Which one.
        program: String,
        /// What happened.
        why: String,
        /// Where its output is.
        log: String,
    },
    /// A driver refused a command, with WebDriver's own word for it.
    #[error("webdriver: {error}: {message}")]
    Driver {
        /// WebDriver's error code, such as `no such element`.
        error: String,
        /// Its sentence.
        message: String,
    },
    /// Something did not come to pass in time.
    #[error("waited {seconds} s for {what}; last seen: {last}")]
    Late {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
        /// What was there instead.
        last: String,
    },
    /// Files and processes.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// HTTP.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The bus of a desktop.
    #[error(transparent)]
    Bus(#[from] zbus::Error),
    /// An answer that is not what its protocol says.
    #[error("unexpected answer: {0}")]
    Answer(String),
}

impl Failure {
    /// Whether the page merely is not there yet: worth looking again.
    pub(crate) fn is_not_yet(&self) -> bool {
        match self {
            Self::Driver { error, .. } => matches!(
                error.as_str(),
                "no such element"
                    | "stale element reference"
                    | "element not interactable"
                    | "element click intercepted"
            ),
            _ => false,
        }
    }
}
