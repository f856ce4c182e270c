//! Own data: taking it along, and having it erased.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::dates;
use gemilang_protocol::{FieldError, Fields};

use super::cookies::signed_out;
use super::devices::{is_own, refused};
use super::filled::Filled;
use super::frame::{Errors, Frame, page};
use super::history::sentence;
use super::say::{Say, shown};
use super::views::Eyes;
use super::visit::{Customer, Visit};
use super::{assets, paths};
use crate::auth::{Session, throttle};
use crate::domain::{erasure, export};
use crate::request::ClientAddress;
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "data.html")]
struct Page<'a> {
    frame: Frame,
    notice: Option<String>,
    errors: Errors,
    email: &'a str,
    open: bool,
}

/// A ticket as it is read in the file.
struct Conversation {
    title: String,
    meta: String,
    lines: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "export.html")]
struct File {
    frame: Frame,
    made: String,
    facts: Vec<(String, String)>,
    conversations: Vec<Conversation>,
}

/// `GET /customer/preferences/data`
pub(super) async fn show(customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    write(&visit, &session, Say::default(), false)
}

fn write(visit: &Visit, session: &Session, say: Say, open: bool) -> Result<Response> {
    let mut frame = Frame::new(visit, "preferences");
    if open {
        frame.no_languages();
    }
    let how = (say.status, say.retry_after);
    shown(visit, how, &Page { frame, notice: say.text, errors: say.errors, email: &session.person.email, open })
}

/// `GET /customer/preferences/data/gemilang.json`
pub(super) async fn json(State(app): State<App>, address: ClientAddress, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    throttle::ask(&app, "export", &session.person.email, address.0).await?;
    let export = export::of_customer(&app, &session).await?;
    Ok(attached(&visit, axum::Json(export).into_response(), "gemilang.json"))
}

/// `GET /customer/preferences/data/gemilang.html`
pub(super) async fn html(State(app): State<App>, address: ClientAddress, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    throttle::ask(&app, "export", &session.person.email, address.0).await?;
    let export = export::of_customer(&app, &session).await?;
    let eyes = super::tickets::eyes(&app, &visit, &session);
    let frame = Frame::new(&visit, "");
    let mut facts = vec![
        (frame.t("pref-name"), export.person.name.clone()),
        (frame.t("label-email"), export.person.email.clone()),
        (frame.t("pref-phone"), export.person.phone.clone().unwrap_or_else(|| frame.t("pref-no-phone"))),
        (frame.t("data-since"), dates::full(export.person.created_at, eyes.zone, eyes.language)),
    ];
    facts.extend(export.orders.iter().map(|order| {
        let day = dates::date_long(order.event_date, eyes.language);
        (frame.t("fact-order"), format!("{} · {} · {day} · {}", order.number, order.package, order.venue))
    }));
    let conversations = export.tickets.iter().map(|it| conversation(it, &frame, &eyes)).collect();
    let file = File { made: dates::full(export.made_at, eyes.zone, eyes.language), facts, conversations, frame };
    Ok(attached(&visit, page(StatusCode::OK, &file)?, "gemilang.html"))
}

fn conversation(it: &export::Conversation, frame: &Frame, eyes: &Eyes) -> Conversation {
    let when = |time| dates::full(time, eyes.zone, eyes.language);
    let mut lines: Vec<_> = it
        .messages
        .iter()
        .map(|message| {
            let name = message.sender.as_ref().map_or_else(|| frame.t("sender-system-customer"), |it| it.name.clone());
            let text = if message.message.is_empty() { frame.t("erased") } else { message.message.clone() };
            (message.n, when(message.created_at), name, text)
        })
        .chain(
            it.events
                .iter()
                .filter_map(|event| Some((event.n, when(event.created_at), String::new(), sentence(event, eyes)?))),
        )
        .collect();
    lines.sort_by_key(|line| line.0);
    let ticket = &it.ticket;
    Conversation {
        title: format!("{} · {}", ticket.number, ticket.subject),
        meta: format!("{} · {}", frame.status(ticket.status), when(ticket.created_at)),
        lines: lines.into_iter().map(|(_, when, name, text)| (when, name, text)).collect(),
    }
}

/// A file to keep.
fn attached(visit: &Visit, mut response: Response, name: &'static str) -> Response {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    visit.keep(response)
}

/// `POST /customer/preferences/data/erase {password}`
pub(super) async fn erase(
    State(app): State<App>,
    address: ClientAddress,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    let erased = async {
        let password = filled.get("current_password");
        if password.is_empty() {
            let mut fields = Fields::default();
            fields.put("current_password", FieldError::Empty);
            return Err(Error::Validation(fields));
        }
        is_own(&app, &session, password, address).await?;
        erasure::erase(&app, &session).await
    };
    match erased.await {
        Ok(()) => {
            let response = if visit.json {
                StatusCode::NO_CONTENT.into_response()
            } else {
                Redirect::to(&format!("{}?erased=1", paths::LOGIN)).into_response()
            };
            let mut response = visit.keep(response);
            let out = signed_out(app.config.is_https());
            response.headers_mut().extend(out.map(|cookie| (header::SET_COOKIE, cookie)));
            Ok(response)
        }
        Err(error) => write(&visit, &session, refused(error, &visit, "current_password")?, true),
    }
}

/// `GET` of the address that only takes the form.
pub(super) async fn back(visit: Visit) -> Response {
    visit.keep(Redirect::to(paths::DATA).into_response())
}
