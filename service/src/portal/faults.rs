//! Refusals as pages: not there, not allowed, too large, too often, away, broken. Asks nothing of the database, which may be the fault.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use gemilang_locales::Language;
use gemilang_protocol::{Code, Problem};

use super::frame::{Frame, page};
use super::visit::language;
use super::{assets, paths};
use crate::Result;

#[derive(Template)]
#[template(path = "fault.html")]
struct Fault<'a> {
    frame: Frame,
    title: &'a str,
    text: &'a str,
    icon: &'static str,
    retry: bool,
}

/// `GET /offline/{language}`: what a device shows without a line in place of a page it never saw. It is kept beforehand.
pub(super) async fn offline(Path(language): Path<String>) -> Result<Response> {
    let language = Language::from_tag(&language).ok_or(Code::NotFound)?;
    let frame = Frame::bare(language, "auto");
    let (title, text) = (frame.t("offline-title"), frame.t("offline-text"));
    page(StatusCode::OK, &Fault { frame, title: &title, text: &text, icon: "cloudoff", retry: true })
}

/// A refusal as a page, for a browser that asked for HTML; nothing for everybody else.
pub fn error_page(headers: &HeaderMap, problem: &Problem) -> Option<Response> {
    let accept = headers.get(header::ACCEPT)?.to_str().ok()?;
    if !accept.contains("text/html") {
        return None;
    }
    let language = language(headers);
    let mut frame = Frame::bare(language, super::visit::theme_of(headers));
    frame.private = true;
    let icon = match problem.code {
        Code::NotFound => "search",
        Code::Unavailable => "cloudoff",
        Code::Throttled | Code::RateLimited | Code::TooManyLines => "clock",
        Code::Forbidden | Code::ForeignForm => "lock",
        _ => "warn",
    };
    let retry = matches!(problem.code, Code::Unavailable | Code::Unknown | Code::RateLimited | Code::TooManyLines);
    // Who is not of the staff reads no sentence about admins.
    let text = if problem.code == Code::Forbidden { frame.t("error-not_found") } else { problem.detail.clone() };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    page(status, &Fault { frame, title: &problem.title, text: &text, icon, retry }).ok()
}
