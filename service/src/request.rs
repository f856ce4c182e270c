//! Reading requests: whatever a client sends that cannot be read becomes a refusal, never a fault of ours.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use gemilang_protocol::Code;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{App, Error, Result};

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let bytes = body(request, app).await?;
        // Every body of ours is an object; serde would take a list for one, field by field.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(Code::Malformed.into());
        }
        // A body that nests too deep or is no UTF-8 is refused by the reader itself.
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Code::Malformed.into())
    }
}

/// The bytes of a body within the limit.
///
/// # Errors
/// `too_large`, or `malformed` when it broke off or took too long.
pub async fn body(request: Request, app: &App) -> Result<Bytes> {
    let read = tokio::time::timeout(app.config.request_time(), Bytes::from_request(request, app));
    match read.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(BytesRejection::FailedToBufferBody(it))) if it.status().as_u16() == 413 => Err(Code::TooLarge.into()),
        Ok(Err(_)) | Err(_) => Err(Code::Malformed.into()),
    }
}

/// The query of a URL.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        // Postgres cannot store a NUL, so nothing can be found by one.
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Code::Malformed.into());
        }
        Query::try_from_uri(&parts.uri).map(|Query(params)| Self(params)).map_err(|_| Code::Malformed.into())
    }
}

/// The id in a path. What is no id names nothing.
#[derive(Debug)]
pub struct Id(pub Uuid);

impl FromRequestParts<App> for Id {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Path(text) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Code::NotFound)?;
        text.parse().map(Self).map_err(|_| Code::NotFound.into())
    }
}

/// The other word in a path.
#[derive(Debug)]
pub struct Name(pub String);

impl FromRequestParts<App> for Name {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Path::<String>::from_request_parts(parts, app)
            .await
            .map(|Path(name)| Self(name))
            .map_err(|_| Code::Malformed.into())
    }
}

/// The address a request comes from: the peer's, or what a trusted proxy says it is.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        if app.config.trust_forwarded
            && let Some(address) = forwarded(&parts.headers)
        {
            return Ok(Self(address));
        }
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        Ok(Self(peer))
    }
}

/// The address that our own proxy saw: the last entry of the last line is the one it wrote, those before it anybody may have.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_chooses_the_address_that_a_proxy_saw() {
        let seen = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().expect("a value"));
            }
            forwarded(&headers).map(|address| address.to_string())
        };
        assert_eq!(seen(&["10.0.0.9, 203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(seen(&["10.0.0.9", "203.0.113.7"]).as_deref(), Some("203.0.113.7"), "a proxy may add a line");
        assert_eq!(seen(&["10.0.0.9", "garbage"]), None);
        assert_eq!(seen(&[]), None);
    }
}
