//! The staff door's extractors: a person of the staff, or a machine with a scope.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use gemilang_protocol::{Code, Role};

use super::sessions::{self, Kind, Session};
use crate::{App, Error, Result};

/// A signed-in member of the staff.
#[derive(Debug, Clone)]
pub struct Staff(pub Session);

/// A signed-in admin; a machine is none, whosever name it asks in.
#[derive(Debug, Clone)]
pub struct Admin(pub Session);

/// Whoever may work with orders from outside: an admin, or a machine with the scope.
#[derive(Debug, Clone)]
pub struct Machine(pub Session);

impl Machine {
    /// Refuses who is neither an admin nor has the scope.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn must_have(&self, scope: &str) -> Result<()> {
        let admin = self.0.person.role == Role::Admin && self.0.scopes.is_empty();
        if admin || self.0.scopes.iter().any(|it| it == scope) { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
}

/// The token of the `Authorization` header.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn session(parts: &Parts, app: &App, kinds: &[Kind]) -> Result<Session> {
    let token = bearer(parts).ok_or(Code::SessionExpired)?;
    sessions::find(app, token, kinds).await
}

impl FromRequestParts<App> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let session = session(parts, app, &[Kind::Staff, Kind::Machine]).await?;
        // A machine's token opens only the doors that name its scopes, and a person who left the staff none.
        if !session.scopes.is_empty() || !session.person.role.is_staff() {
            return Err(Code::Forbidden.into());
        }
        Ok(Self(session))
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Staff(session) = Staff::from_request_parts(parts, app).await?;
        if session.person.role == Role::Admin { Ok(Self(session)) } else { Err(Code::Forbidden.into()) }
    }
}

impl FromRequestParts<App> for Machine {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let session = session(parts, app, &[Kind::Staff, Kind::Machine]).await?;
        if !session.person.role.is_staff() {
            return Err(Code::Forbidden.into());
        }
        Ok(Self(session))
    }
}
