//! The client of one service: HTTP for pull and push, a websocket for live. It knows routes, time limits and what a refusal means, and nothing of the file.

/// Addresses as people type them.
mod address;
/// The live socket.
mod live;
/// Requests before and around a session: is it ours, sign in, sign out.
mod session;
/// Bootstrap, pull, push and void.
mod sync;
/// The team, and when the house is open.
mod team;

use std::sync::Arc;
use std::time::Duration;

use gemilang_protocol::{Code, Cursor, PROTOCOL_HEADER, PROTOCOL_VERSION, Problem};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

pub use address::normalise_server;
pub use live::Socket;
pub use session::{check_server, sign_in, sign_in_on};

/// A connection is up within this time, or the network is as good as down.
const CONNECT: Duration = Duration::from_secs(5);
/// Silence in the middle of an answer.
const SILENCE: Duration = Duration::from_secs(15);
/// The longest whole request.
const WHOLE: Duration = Duration::from_secs(60);

/// Why the service could not be asked, or what it said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not an address.
    #[error("not an address")]
    BadAddress,
    /// Nothing answers there, or the line broke.
    #[error("no answer: {0}")]
    Silent(String),
    /// The network is there and so is the machine, but nothing listens at its door.
    #[error("nothing listens there: {0}")]
    Shut(String),
    /// Something answers that is not a service of ours, a hotel's sign-in page for example.
    #[error("not a Gemilang service: {0}")]
    NotOurs(String),
    /// The service needs a newer app.
    #[error("the app is too old for the service")]
    TooOld,
    /// The service refused, with its reason.
    #[error("refused: {} {}", .0.status, .0.detail)]
    Refused(Box<Problem>),
}

impl LinkError {
    /// The service's own code, if it gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::TooOld => Some(Code::DeskTooOld),
            Self::BadAddress | Self::Silent(_) | Self::Shut(_) | Self::NotOurs(_) => None,
        }
    }
}

/// One person's session at one service. Clones share connections.
#[derive(Clone)]
pub struct Link {
    http: reqwest::Client,
    server: Arc<str>,
    token: Arc<str>,
}

impl Link {
    /// A link with the token of a session; nothing is sent yet.
    ///
    /// # Errors
    /// The address is none.
    pub fn new(server: &str, token: &str) -> Result<Self, LinkError> {
        Ok(Self { http: client()?, server: normalise_server(server)?.into(), token: token.into() })
    }

    /// The normalised address: `https://desk.gemilangwo.id`.
    pub fn server(&self) -> &str {
        &self.server
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// An address of the sync door, with the cursor where there is one.
    fn door(&self, path: &str, cursor: Option<&Cursor>) -> Result<reqwest::Url, LinkError> {
        let mut url = reqwest::Url::parse(&self.url(path)).map_err(|_| LinkError::BadAddress)?;
        if let Some(Cursor(cursor)) = cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        Ok(url)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path)).bearer_auth(&self.token)
    }
}

/// The client every request goes through.
fn client() -> Result<reqwest::Client, LinkError> {
    let mut headers = HeaderMap::new();
    headers.insert(HeaderName::from_static(PROTOCOL_HEADER), HeaderValue::from(PROTOCOL_VERSION));
    reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .timeout(WHOLE)
        .default_headers(headers)
        .user_agent(concat!("gemilang-desk/", env!("CARGO_PKG_VERSION")))
        // A redirect is somebody else's page: our routes have none.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| LinkError::Silent(error.to_string()))
}

/// Sends a request and hands over the body of a good answer.
async fn text(request: RequestBuilder) -> Result<String, LinkError> {
    let answer = request.send().await.map_err(|error| silent(&error))?;
    let status = answer.status();
    let body = answer.text().await.map_err(|error| silent(&error))?;
    if status.is_success() { Ok(body) } else { Err(refusal(status, &body)) }
}

/// The same, read as JSON. A good status with another body is no service of ours.
async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, LinkError> {
    let body = text(request).await?;
    serde_json::from_str(&body).map_err(|error| LinkError::NotOurs(error.to_string()))
}

/// What a refusing answer means. A proxy's own words are nobody's words of ours.
fn refusal(status: StatusCode, body: &str) -> LinkError {
    match serde_json::from_str::<Problem>(body) {
        Ok(problem) if problem.code == Code::DeskTooOld => LinkError::TooOld,
        Ok(problem) => LinkError::Refused(Box::new(problem)),
        Err(_) => bare_refusal(status),
    }
}

/// A refusal without a body of ours: from a proxy, or as the last word of a socket.
fn bare_refusal(status: StatusCode) -> LinkError {
    let code = match status.as_u16() {
        // What stands before a newer service may word it its own way.
        426 => return LinkError::TooOld,
        401 => Code::SessionExpired,
        502..=504 => Code::Unavailable,
        _ => return LinkError::NotOurs(format!("status {status}")),
    };
    LinkError::Refused(Box::new(Problem {
        kind: String::from("about:blank"),
        title: String::new(),
        status: status.as_u16(),
        detail: String::from("no reason given"),
        code,
        errors: std::collections::BTreeMap::new(),
        retry_after: None,
        tries_left: None,
    }))
}

fn silent(error: &reqwest::Error) -> LinkError {
    use std::error::Error as _;
    let mut text = error.to_string();
    let mut shut = false;
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        shut |= error.downcast_ref::<std::io::Error>().is_some_and(is_shut);
        cause = error.source();
    }
    if shut { LinkError::Shut(text) } else { LinkError::Silent(text) }
}

/// Whether a machine answered that nothing listens there.
fn is_shut(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::ConnectionRefused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_that_is_too_old_is_told_with_or_without_a_body() {
        let ours = r#"{"type":"about:blank","title":"","status":426,"detail":"","code":"desk_too_old"}"#;
        for body in [ours, "", "<h1>426 Upgrade Required</h1>"] {
            assert_eq!(refusal(StatusCode::UPGRADE_REQUIRED, body), LinkError::TooOld, "{body}");
        }
        assert_ne!(refusal(StatusCode::BAD_REQUEST, ""), LinkError::TooOld);
    }
}
