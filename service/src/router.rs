//! All routes on one screen, and the envelope around every answer: request id, readiness, refusals in the reader's language, headers.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post, put};
use gemilang_protocol::{Code, Problem, validate::BODY_MOST};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;
use uuid::Uuid;

use crate::error::Outgoing;
use crate::{App, Error, api, portal, sync};

/// The header that names a request, in its answer and in the logs.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a page of ours may do: nothing from elsewhere, no script or style in the page itself.
const CSP_PAGES: &str =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
/// What an answer that is no page may do: nothing.
const CSP_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// All doors.
pub fn router(app: App) -> Router {
    let staff = Router::new()
        .route("/admin/session", post(api::session::create).delete(api::session::end))
        .route("/admin/session/password", post(api::session::password))
        .route("/admin/sessions", get(api::session::list).delete(api::session::end_others))
        .route("/admin/sessions/{id}", delete(api::session::end_one))
        .route("/admin/support/tickets", get(api::tickets::list))
        .route("/admin/support/recent-tickets", get(api::tickets::recent))
        .route("/admin/support/tickets/{id}", get(api::tickets::show).patch(api::tickets::edit))
        .route("/admin/support/tickets/{id}/assign", patch(api::tickets::assign))
        .route("/admin/support/tickets/{id}/status", patch(api::tickets::status))
        .route("/admin/support/tickets/{id}/notes", patch(api::notes::append))
        .route("/admin/support/tickets/{id}/messages", get(api::messages::list).post(api::messages::send))
        .route("/admin/support/tickets/{id}/read", post(api::messages::read))
        .route("/admin/people", get(api::people::list).post(api::team::invite))
        .route("/admin/people/{id}", patch(api::team::change))
        .route("/admin/people/{id}/blocked", put(api::people::block))
        .route("/admin/people/{id}/sessions", delete(api::team::end_sessions))
        .route("/admin/team", get(api::team::show))
        .route("/admin/invitations/{id}", post(api::team::resend).delete(api::team::withdraw))
        .route("/admin/opening-hours", get(api::hours::show).put(api::hours::put))
        .route("/admin/orders", get(api::orders::list))
        .route("/admin/orders/{number}", put(api::orders::upsert));
    let desk = Router::new()
        .route("/sync/v1/bootstrap", get(sync::bootstrap::bootstrap))
        .route("/sync/v1/thread/{id}", get(sync::bootstrap::thread))
        .route("/sync/v1/pull", get(sync::pull::pull))
        .route("/sync/v1/size", get(sync::pull::size))
        .route("/sync/v1/push", post(sync::push::push))
        .route("/sync/v1/void", post(sync::void::void))
        .route("/sync/v1/known", post(sync::void::known))
        .route("/sync/v1/duty", put(sync::duty::put))
        .route("/sync/v1/alerts", put(sync::alerts::put))
        .route("/sync/v1/saved-views", post(sync::saved_views::change))
        .route("/sync/v1/live", get(sync::live::live));
    let operators = Router::new()
        .route("/healthz", get(api::operators::health))
        .route("/readyz", get(api::operators::ready))
        .route("/metrics", get(api::operators::metrics));
    Router::new()
        .merge(staff)
        .merge(desk)
        .merge(portal::router())
        .layer(from_fn_with_state(app.clone(), readiness))
        .layer(from_fn_with_state(app.clone(), portal::keep_typed))
        .merge(operators)
        .merge(portal::files())
        .fallback(async || Error::from(Code::NotFound))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Error::Task.into_response()))
        .layer(DefaultBodyLimit::max(BODY_MOST))
        .layer(from_fn_with_state(app.clone(), envelope))
        .with_state(app)
}

/// While the database has not answered yet nothing else is tried.
async fn readiness(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.is_ready() { next.run(request).await } else { Error::from(Code::Unavailable).into_response() }
}

/// What every answer carries, and how a refusal is written.
async fn envelope(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    // The path holds ids and no words of people; the query may, and stays out.
    let span = tracing::info_span!("request", id, method = %request.method(), path = portal::without_token(&path));
    async {
        let started = std::time::Instant::now();
        let mut response = next.run(request).await;
        if let Some(problem) = refusal(&response, &headers, &id) {
            response = write(&problem, &response, &path, &headers);
        }
        dress(&mut response, &path, &id);
        app.metrics.answered(response.status().as_u16());
        tracing::debug!(status = response.status().as_u16(), took = ?started.elapsed(), "answered");
        response
    }
    .instrument(span)
    .await
}

/// The refusal that an answer stands for, if it does.
fn refusal(response: &Response, headers: &HeaderMap, id: &str) -> Option<Problem> {
    let language = portal::language(headers);
    if let Some(Outgoing(error)) = response.extensions().get::<Outgoing>() {
        match error.code() {
            Code::Unknown => tracing::error!(%error, "a fault of our own"),
            Code::Unavailable => tracing::warn!(%error, "unavailable"),
            _ => {}
        }
        return Some(error.problem(language, Some(id)));
    }
    // What the framework refuses by itself: a method, a body, a header that is not as it must be.
    let status = response.status();
    let plain = response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !plain || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let code = match status.as_u16() {
        404 => Code::NotFound,
        413 => Code::TooLarge,
        503 => Code::Unavailable,
        400..500 => Code::Malformed,
        _ => Code::Unknown,
    };
    let mut problem = Error::from(code).problem(language, Some(id));
    problem.status = status.as_u16();
    Some(problem)
}

/// Whether a path is one of the customers' pages.
fn is_page(path: &str) -> bool {
    !["/admin/", "/sync/", "/healthz", "/readyz", "/metrics"].iter().any(|it| path.starts_with(it))
}

/// A refusal as a page for who asked for one, else as JSON.
fn write(problem: &Problem, before: &Response, path: &str, headers: &HeaderMap) -> Response {
    let wants_page = is_page(path)
        && headers.get(ACCEPT).is_some_and(|accept| String::from_utf8_lossy(accept.as_bytes()).contains("text/html"));
    let page = wants_page.then(|| portal::error_page(headers, problem)).flatten();
    let mut response = page.unwrap_or_else(|| {
        let body = serde_json::to_vec(problem).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = body.into_response();
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    });
    *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    // Cookies and the methods that are allowed were set before the refusal was written.
    for (name, value) in before.headers() {
        if name == axum::http::header::SET_COOKIE || name == axum::http::header::ALLOW {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// The headers that every answer carries.
fn dress(response: &mut Response, path: &str, id: &str) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    let csp = if is_page(path) { CSP_PAGES } else { CSP_DATA };
    for (name, value) in [
        ("content-security-policy", csp),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    // Only files say that they may be kept; refusals and redirects are for who asked.
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-store"));
}
