//! How a mail leaves: over SMTP, or not at all. Capture keeps what would have been sent; it is the default, so that a
//! service that nobody has told its mail server sends nothing to anybody.

use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::plan::TRY;
use crate::Config;

/// Connections to the mail server held at most: as many as mails are in flight.
pub(super) const IN_FLIGHT: u32 = 32;

/// How a try ended. Every failure says whether another one may help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it.
    Accepted,
    /// Nobody with an account has the address: there is nobody to tell.
    Nobody,
    /// Another try may help: no line, or a server that is busy (4xx).
    Later(String),
    /// No other try will help: the server refuses it (5xx), or it cannot be written.
    Never(String),
}

/// Why there is no carrier. Read by the operator.
#[derive(Debug, thiserror::Error)]
pub enum CarrierError {
    /// `GEMILANG_SMTP_URL` is not one.
    #[error("GEMILANG_SMTP_URL: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
}

/// How mails leave.
#[derive(Debug, Clone)]
pub enum Carrier {
    /// They are kept and not sent.
    Capture,
    /// By SMTP.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Carrier {
    /// The carrier that the operator chose.
    ///
    /// # Errors
    /// A URL that is none.
    pub fn new(config: &Config) -> Result<Self, CarrierError> {
        if config.smtp_url.is_empty() {
            return Ok(Self::Capture);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp_url)?
            .timeout(Some(TRY / 3))
            .pool_config(PoolConfig::new().max_size(IN_FLIGHT))
            .build();
        Ok(Self::Smtp(transport))
    }

    /// Takes a mail. For capture there is nothing to do here: the mail is kept as the letter is settled.
    pub(super) async fn carry(&self, message: Message) -> Outcome {
        let Self::Smtp(transport) = self else {
            return Outcome::Accepted;
        };
        match tokio::time::timeout(TRY, transport.send(message)).await {
            Ok(Ok(_)) => Outcome::Accepted,
            Ok(Err(error)) if error.is_permanent() || error.is_client() => Outcome::Never(say(&error)),
            Ok(Err(error)) => Outcome::Later(say(&error)),
            Err(_) => Outcome::Later(format!("no answer within {} s", TRY.as_secs())),
        }
    }
}

/// What the other side said, for the operator: the error with its causes, on one line.
fn say(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        cause = error.source();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}
