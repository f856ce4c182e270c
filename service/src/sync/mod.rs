//! The desk's door: pages of the feed, ops and their answers, the live socket. The feed itself is `feed/`, the hub `live/`.

/// What a person wants of alerts.
pub mod alerts;
/// Everything a new desk needs, part by part.
pub mod bootstrap;
/// Whom what is urgent rings for.
pub mod duty;
/// The live socket.
pub mod live;
/// Pages of the feed.
pub mod pull;
/// Ops and their answers.
pub mod push;
/// Lists that staff keep under a name.
pub mod saved_views;
/// Ops that shall never land.
pub mod void;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use gemilang_protocol::{Code, PROTOCOL_HEADER};

use crate::auth::{Session, Staff};
use crate::{App, Error, Result};

/// The oldest version of the words that this service still answers in.
const OLDEST: u32 = 1;

/// A desk of this service's age with a signed-in member of the staff.
#[derive(Debug, Clone)]
pub struct Desk(pub Session);

impl FromRequestParts<App> for Desk {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let speaks: Option<u32> = parts
            .headers
            .get(PROTOCOL_HEADER)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.parse().ok());
        // A newer desk knows our words too: they are only ever added to.
        if speaks.is_none_or(|speaks| speaks < OLDEST) {
            return Err(Code::DeskTooOld.into());
        }
        let Staff(session) = Staff::from_request_parts(parts, app).await?;
        Ok(Self(session))
    }
}
