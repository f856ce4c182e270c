//! What somebody typed while nobody could take it: without script a form that meets a service away comes back as it was
//! typed, with a button that sends it again. Asks nothing of the database, which is what is away.

use std::collections::BTreeMap;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gemilang_locales::problem_title;
use gemilang_protocol::Code;

use super::filled::{form, is_own};
use super::frame::{Frame, page};
use super::visit::{language, theme_of};
use super::{assets, paths};
use crate::App;
use crate::error::Outgoing;

/// Seconds after which trying again makes sense.
const RETRY_AFTER: u32 = 5;

#[derive(Template)]
#[template(path = "again.html")]
struct Again<'a> {
    frame: Frame,
    title: String,
    action: &'a str,
    hidden: Vec<(&'a str, &'a str)>,
    subject: Option<&'a str>,
    /// The long text: its field and the key of its label.
    field: &'static str,
    label: &'static str,
    text: &'a str,
}

/// Around every form that holds words: an answer that says that the service is away becomes the form itself.
pub async fn keep_typed(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let Some((field, label)) = (request.method() == Method::POST).then(|| words_of(path)).flatten() else {
        return next.run(request).await;
    };
    let path = path.to_owned();
    if !is_form(request.headers(), &app) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = match crate::request::body(Request::from_parts(parts.clone(), body), &app).await {
        Ok(body) => body,
        Err(error) => return error.into_response(),
    };
    let headers = parts.headers.clone();
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let away = response.status().is_server_error() && response.extensions().get::<Outgoing>().is_some();
    if !away {
        return response;
    }
    let Ok(fields) = form(body).await else {
        return response;
    };
    let language = language(&headers);
    let code = if response.status() == StatusCode::SERVICE_UNAVAILABLE { Code::Unavailable } else { Code::Unknown };
    let mut frame = Frame::bare(language, theme_of(&headers));
    frame.private = true;
    let again = Again {
        frame,
        title: problem_title(language, code),
        action: &path,
        hidden: hidden(&fields, field),
        subject: fields.get("subject").map(String::as_str),
        field,
        label,
        text: fields.get(field).map(String::as_str).unwrap_or_default(),
    };
    match page(response.status(), &again) {
        Ok(mut page) => {
            page.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER.into());
            page
        }
        Err(_) => response,
    }
}

/// Whether a browser of our own pages sent a form and waits for a page.
fn is_form(headers: &HeaderMap, app: &App) -> bool {
    let says = |name: header::HeaderName, what: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(what))
    };
    says(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        && says(header::ACCEPT, "text/html")
        && is_own(headers, &app.config.public_url)
}

/// The field that holds the words of a form at this address, and the key of its label.
fn words_of(path: &str) -> Option<(&'static str, &'static str)> {
    let rest = path.strip_prefix(paths::LIST)?;
    if rest.is_empty() {
        return Some(("description", "label-description"));
    }
    let id = rest.strip_prefix('/')?.strip_suffix("/messages")?;
    (!id.contains('/')).then_some(("message", "label-message"))
}

fn hidden<'a>(fields: &'a BTreeMap<String, String>, shown: &str) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .filter(|(name, _)| *name != shown && *name != "subject")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
