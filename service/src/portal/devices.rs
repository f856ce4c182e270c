//! Password and devices: choosing a new password, seeing where one is signed in, ending what is not one's own.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{Texts, dates};
use gemilang_protocol::{Code, FieldError, Fields};
use uuid::Uuid;

use super::filled::Filled;
use super::frame::{Errors, Frame};
use super::say::{Say, shown};
use super::tickets::json;
use super::visit::{Customer, Visit};
use super::{assets, paths};
use crate::auth::{Session, sessions, throttle};
use crate::domain::{devices, people};
use crate::request::ClientAddress;
use crate::{App, Error, Result};

struct Line {
    id: Uuid,
    name: String,
    here: bool,
    since: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "devices.html")]
struct Page<'a> {
    frame: Frame,
    notice: Option<String>,
    notice_kind: &'static str,
    errors: Errors,
    email: &'a str,
    lines: Vec<Line>,
}

/// `GET /customer/preferences/devices`
pub(super) async fn show(State(app): State<App>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    if visit.json {
        let items: Vec<_> = devices::of_customer(&app, session.person.id)
            .await?
            .into_iter()
            .map(|device| {
                serde_json::json!({
                    "id": device.id, "name": device.name, "here": device.id == session.id,
                    "created_at": device.created_at, "last_seen_at": device.last_seen_at,
                })
            })
            .collect();
        return Ok(json(&visit, StatusCode::OK, &serde_json::json!({ "items": items })));
    }
    let texts = Texts::of(visit.language);
    let text = match visit.asked("done").as_deref() {
        Some("password") => Some(texts.get("password-changed")),
        Some("ended") => Some(texts.get("device-ended")),
        _ => None,
    };
    write(&app, &visit, &session, Say::of("success", text)).await
}

async fn write(app: &App, visit: &Visit, session: &Session, say: Say) -> Result<Response> {
    let mut frame = Frame::new(visit, "preferences");
    if visit.path != paths::DEVICES {
        frame.no_languages();
    }
    let (now, zone, language) = (app.clock.now(), session.person.zone, visit.language);
    let lines = devices::of_customer(app, session.person.id).await?.into_iter().map(|device| Line {
        id: device.id,
        here: device.id == session.id,
        name: if device.name.is_empty() { frame.t("device-unknown") } else { device.name },
        since: frame.with("device-since", "when", &dates::day_and_clock(now, device.created_at, zone, language)),
        seen: frame.with("device-seen", "when", &dates::day_and_clock(now, device.last_seen_at, zone, language)),
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by_key(|line| !line.here);
    let email = &session.person.email;
    let how = (say.status, say.retry_after);
    shown(visit, how, &Page { frame, notice: say.text, notice_kind: say.kind, errors: say.errors, email, lines })
}

/// `POST /customer/preferences/password {current_password, password, password_confirmation}`
pub(super) async fn password(
    State(app): State<App>,
    address: ClientAddress,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    let changed = async {
        let mut fields = Fields::default();
        if filled.get("current_password").is_empty() {
            fields.put("current_password", FieldError::Empty);
        }
        let new = match people::new_password(filled.get("password"), filled.get("password_confirmation")) {
            Ok(new) if fields.is_empty() => new,
            Ok(_) => return Err(Error::Validation(fields)),
            Err(more) => {
                fields.0.extend(more.0);
                return Err(Error::Validation(fields));
            }
        };
        is_own(&app, &session, filled.get("current_password"), address).await?;
        people::change_password(&app, session.person.id, new, session.id).await
    };
    match changed.await {
        Ok(()) if visit.json => Ok(visit.keep(StatusCode::NO_CONTENT.into_response())),
        Ok(()) => Ok(visit.keep(Redirect::to(&format!("{}?done=password", paths::DEVICES)).into_response())),
        Err(error) => {
            let say = refused(error, &visit, "current_password")?;
            write(&app, &visit, &session, say).await
        }
    }
}

/// Checks that who is signed in knows the password, with the same limits as at the door.
///
/// # Errors
/// `wrong_credentials`, `throttled`; the database.
pub(super) async fn is_own(app: &App, session: &Session, password: &str, address: ClientAddress) -> Result<()> {
    throttle::sign_in(app, &session.person.email, password.to_owned(), address.0).await.map(drop)
}

/// What is said about a form that asks for the password: a wrong one is told beside its field.
///
/// # Errors
/// As [`Say::refused`].
pub(super) fn refused(error: Error, visit: &Visit, field: &'static str) -> Result<Say> {
    let Error::WrongCredentials { tries_left } = error else {
        return Ok(Say::refused(error, visit)?.brief());
    };
    let mut say = Say::refused(error, visit)?;
    say.errors.put(field, Texts::of(visit.language).with("wrong-password", &[("n", tries_left.into())]));
    // 401 would say that nobody is signed in.
    say.status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(say.brief())
}

/// `POST /customer/preferences/devices/{id}/end`; `others` instead of an id ends all but this one.
pub(super) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    if id == "others" {
        sessions::end_all(&app, session.person.id, Some(session.id)).await?;
    } else {
        devices::end(&app, session.person.id, id.parse().map_err(|_| Code::NotFound)?).await?;
    }
    if visit.json {
        return Ok(visit.keep(StatusCode::NO_CONTENT.into_response()));
    }
    Ok(visit.keep(Redirect::to(&format!("{}?done=ended", paths::DEVICES)).into_response()))
}

/// `GET` of an address that only takes forms.
pub(super) async fn back(visit: Visit) -> Response {
    visit.keep(Redirect::to(paths::DEVICES).into_response())
}
