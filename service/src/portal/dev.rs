//! What the outbox holds, for developers: only where nobody from outside can reach it and the chore `run` asked for it.
//! Anywhere else these addresses are not there.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gemilang_locales::dates;
use gemilang_protocol::{Code, Zone};

use super::frame::{Frame, page};
use super::visit::Visit;
use super::{assets, paths};
use crate::outbox::sql::{Seen, seen};
use crate::{App, Result};

/// Letters shown.
const SHOWN: i64 = 100;

struct Line {
    seen: Seen,
    when: String,
    /// The first link in it, to click on.
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "dev_outbox.html")]
struct Outbox {
    frame: Frame,
    lines: Vec<Line>,
}

/// `GET /dev/outbox`
pub(super) async fn outbox(State(app): State<App>, visit: Visit) -> Result<Response> {
    if !app.config.shows_dev() {
        return Err(Code::NotFound.into());
    }
    let letters = seen(&app.db, None, SHOWN).await?;
    if visit.json {
        return Ok((StatusCode::OK, axum::Json(serde_json::json!({ "items": letters }))).into_response());
    }
    let zone = visit.session.as_ref().map_or(Zone::Wib, |session| session.person.zone);
    let lines = letters
        .into_iter()
        .map(|seen| Line {
            when: dates::clock_seconds(seen.created_at, zone),
            link: seen
                .text
                .as_deref()
                .and_then(|text| {
                    text.lines().find(|line| {
                        line.starts_with(&app.config.public_url) && line.len() > app.config.public_url.len() + 1
                    })
                })
                .map(str::to_owned),
            seen,
        })
        .collect();
    page(StatusCode::OK, &Outbox { frame: Frame::new(&visit, ""), lines })
}

/// `GET /dev/outbox/{id}`: the HTML part as a mail program shows it. `{id}.txt` is what goes over the wire.
pub(super) async fn mail(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    if !app.config.shows_dev() {
        return Err(Code::NotFound.into());
    }
    let (id, raw) = id.strip_suffix(".txt").map_or((id.as_str(), false), |id| (id, true));
    let id = id.parse().map_err(|_| Code::NotFound)?;
    let seen = seen(&app.db, Some(id), 1).await?.pop().ok_or(Code::NotFound)?;
    let body = if raw { seen.raw } else { seen.html }.ok_or(Code::NotFound)?;
    let kind = if raw { "text/plain; charset=utf-8" } else { "text/html; charset=utf-8" };
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    // A mail carries its own style, and nothing else.
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
