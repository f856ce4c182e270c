//! Being told of replies on a device: turning it on and off, and testing it. What is sent and how is `push`'s.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gemilang_locales::Texts;
use gemilang_protocol::Code;

use super::filled::Filled;
use super::paths;
use super::visit::Visit;
use crate::auth::{Session, throttle};
use crate::push::{self, Subscription};
use crate::request::ClientAddress;
use crate::{App, Result};

/// Who is signed in, with a form of this visitor's own.
fn own<'a>(visit: &'a Visit, filled: &Filled) -> Result<&'a Session> {
    let session = visit.session.as_ref().ok_or(Code::SessionExpired)?;
    filled.must_be_of(visit)?;
    Ok(session)
}

/// `POST /customer/push {endpoint, p256dh, auth}`
pub(super) async fn subscribe(State(app): State<App>, visit: Visit, filled: Filled) -> Result<Response> {
    let session = own(&visit, &filled)?;
    let subscription =
        Subscription { endpoint: filled.get("endpoint"), p256dh: filled.get("p256dh"), auth: filled.get("auth") };
    push::subscribe(&app, session, &subscription).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /customer/push/end {endpoint}`
pub(super) async fn unsubscribe(State(app): State<App>, visit: Visit, filled: Filled) -> Result<Response> {
    let session = own(&visit, &filled)?;
    push::unsubscribe(&app, session.person.id, filled.get("endpoint")).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /customer/push/test {endpoint}`
pub(super) async fn test(
    State(app): State<App>,
    address: ClientAddress,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let session = own(&visit, &filled)?;
    throttle::ask(&app, "push", &session.person.email, address.0).await?;
    let texts = Texts::of(visit.language);
    let news = serde_json::json!({
        "person": session.person.id,
        "title": texts.get("push-test-title"),
        "body": texts.get("push-test-text"),
        "url": paths::LIST,
        "tag": "test",
        "language": visit.language.tag(),
        "test": true,
    });
    push::test(&app, session, filled.get("endpoint"), &news).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
