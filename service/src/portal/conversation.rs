//! A ticket's conversation: the page, its messages, writing, closing, reading. Following it live is `live`'s.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{Texts, names};
use gemilang_protocol::{Category, Code, FieldError, Priority, Status, Ticket};
use serde::Serialize;
use uuid::Uuid;

use super::filled::Filled;
use super::frame::{Errors, Frame};
use super::history::{Step, trail};
use super::say::{Say, shown};
use super::tickets::{eyes, json};
use super::timeline::{Item, Thread, timeline};
use super::told::{self, Said};
use super::views::{Dday, TicketRow};
use super::visit::{Customer, Visit};
use super::{assets, paths, sign};
use crate::auth::Session;
use crate::domain::events::History;
use crate::domain::messages::{self, Conversation as Told, Ends};
use crate::domain::tickets::{self, Filter};
use crate::domain::{Paging, events, orders};
use crate::live::Pen;
use crate::{App, Error, Result};

/// Messages a conversation opens with.
const SHOWN: i64 = 50;
/// Tickets beside it on a wide screen.
const BESIDE: i64 = 15;

/// The ticket's own facts, as the page shows them.
struct Head {
    id: Uuid,
    /// Its latest event.
    n: i64,
    /// The tickets that went into it: their ids, for the script, and their numbers.
    part_ids: String,
    parts: String,
    /// Whether the reader filed it: then they may share it.
    mine: bool,
    url: String,
    number: String,
    subject: String,
    status: Status,
    priority: Priority,
    priority_text: String,
    category_text: String,
    order: Option<String>,
    assignee: Option<String>,
}

#[derive(Template)]
#[template(path = "conversation.html")]
struct Conversation {
    frame: Frame,
    head: Head,
    closed: bool,
    rows: Vec<TicketRow>,
    cursor: String,
    zone_hours: i32,
    words: String,
    banner: Option<String>,
    banner_kind: &'static str,
    older: Option<String>,
    newer: Option<String>,
    follows: Option<String>,
    items: Vec<Item>,
    trail: Vec<Step>,
    dday: Option<Dday>,
    errors: Errors,
    message: String,
    message_id: Uuid,
    close_id: Uuid,
    focus: bool,
    statuses: &'static [Status],
}

/// The words the script needs.
#[derive(Serialize)]
struct Words {
    live: String,
    again: String,
    none: String,
    polling: String,
    ended: String,
    today: String,
    system: String,
    nobody: String,
    /// Where the conversation goes on in this ticket, after what is from another.
    from: String,
    erased: String,
    sign_in: String,
    new_one: String,
    new_many: String,
    /// What is no name by itself.
    beginnings: [&'static str; 12],
}

/// The form for a message, as it was typed.
struct Typed {
    message: String,
    id: Uuid,
}

impl Typed {
    fn nothing() -> Self {
        Self { message: String::new(), id: Uuid::now_v7() }
    }
}

/// `GET /customer/support/tickets/{id}`
pub(super) async fn show(State(app): State<App>, Path(id): Path<String>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let id = ticket_id(&id)?;
    if let Some(before) = visit.asked("before").filter(|_| !visit.json) {
        return earlier(&app, &visit, &session, id, &before).await;
    }
    if visit.json {
        let found = messages::conversation(&app, session.person.id, id, SHOWN).await?;
        if let Some(on) = found.goes_on {
            return Ok(visit.keep(Redirect::to(&paths::conversation(on)).into_response()));
        }
        return Ok(json(&visit, StatusCode::OK, &told::body(&found)));
    }
    write(&app, &visit, &session, id, Say::of("success", None), Typed::nothing()).await
}

/// The page, with what else there is to say.
async fn write(app: &App, visit: &Visit, session: &Session, id: Uuid, mut say: Say, typed: Typed) -> Result<Response> {
    let mut found = messages::conversation(app, session.person.id, id, SHOWN).await?;
    if let Some(on) = found.goes_on {
        if say.status == StatusCode::OK && typed.message.is_empty() {
            return Ok(visit.keep(Redirect::to(&paths::conversation(on)).into_response()));
        }
        // What was typed stands where it can be sent.
        found = messages::conversation(app, session.person.id, on, SHOWN).await?;
    }
    let texts = Texts::of(visit.language);
    if say.text.is_none() {
        let key = match visit.asked("filed").as_deref() {
            Some("high") => Some("created-high"),
            Some(_) => Some("created"),
            None => None,
        };
        say.text = key.map(|key| texts.with(key, &[("number", found.ticket.number.to_string().into())]));
    }
    let unread: Vec<(Uuid, i64)> = std::iter::once(&found.ticket)
        .chain(&found.parts)
        .filter(|ticket| ticket.unread > 0)
        .map(|ticket| (ticket.id, ticket.n))
        .collect();
    let older = found.messages.first().filter(|_| found.more);
    let older = older.map(|(_, first)| format!("{}?before={}", paths::conversation(found.ticket.id), first.id));
    let cursor = serde_json::to_value(&found.cursor).ok();
    let cursor = cursor.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let response = render(app, visit, session, Shown { found, older, newer: None, cursor }, (say, typed)).await?;
    // Shown is read; a page fetched ahead of time is not shown.
    if !visit.prefetch {
        for (id, up_to) in unread {
            tickets::read(app, id, &session.actor(), None, up_to).await?;
        }
    }
    Ok(response)
}

/// Earlier messages, as a page of their own for who has no script.
async fn earlier(app: &App, visit: &Visit, session: &Session, id: Uuid, before: &str) -> Result<Response> {
    let asked = before.parse().map_err(|_| Code::NotFound)?;
    let ends = Ends { before: Some(asked), ..Ends::default() };
    let found = messages::between(app, session.person.id, id, ends, SHOWN).await?;
    let address = paths::conversation(id);
    if let Some(on) = found.goes_on {
        return Ok(visit.keep(Redirect::to(&format!("{}?before={asked}", paths::conversation(on))).into_response()));
    }
    let older = found.messages.first().filter(|_| found.more);
    let older = older.map(|(_, first)| format!("{address}?before={}", first.id));
    let part = Shown { found, older, newer: Some(address), cursor: String::new() };
    render(app, visit, session, part, (Say::default(), Typed::nothing())).await
}

/// The messages of a page and the ways on from it.
struct Shown {
    found: Told,
    older: Option<String>,
    newer: Option<String>,
    cursor: String,
}

async fn render(
    app: &App,
    visit: &Visit,
    session: &Session,
    part: Shown,
    (say, typed): (Say, Typed),
) -> Result<Response> {
    let Told { ticket, parts, messages, .. } = part.found;
    let eyes = eyes(app, visit, session);
    let frame = Frame::new(visit, "");
    let texts = Texts::of(visit.language);
    let paging = Paging { after: None, limit: BESIDE };
    let beside = tickets::list_for_customer(app, session.person.id, &Filter::default(), &paging).await?;
    let orders = orders::of_customer(app, session.person.id).await?;
    let History { events, delivered, assignee } = events::history(app, ticket.id).await?;
    let trail = trail(&events, &eyes);
    let mut threads = vec![Thread { number: ticket.number, events, delivered }];
    for it in &parts {
        let History { events, delivered, .. } = events::history(app, it.id).await?;
        threads.push(Thread { number: it.number, events, delivered });
    }
    let unread = std::iter::once(&ticket).chain(&parts).map(|it| it.unread).sum();
    let items = timeline(&messages, &threads, unread, part.newer.is_some(), &eyes);
    let own = ticket.order.as_deref().and_then(|number| orders.iter().find(|order| order.number == number));
    let order = own.or_else(|| Dday::next(&orders, eyes.now));
    shown(
        visit,
        (say.status, say.retry_after),
        &Conversation {
            rows: beside
                .items
                .iter()
                .map(|it| {
                    let mut row = TicketRow::new(it, &eyes);
                    row.on = it.id == ticket.id;
                    row
                })
                .collect(),
            closed: ticket.status == Status::Closed,
            cursor: part.cursor,
            zone_hours: eyes.zone.hours(),
            words: words(texts, &ticket),
            banner: say.text,
            banner_kind: say.kind,
            older: part.older,
            newer: part.newer,
            follows: ticket.follows.map(|number| frame.with("follows", "number", &number.to_string())),
            items,
            trail,
            dday: order.map(|order| Dday::new(order, eyes.now, eyes.language)),
            focus: !typed.message.is_empty(),
            errors: say.errors,
            message: typed.message,
            message_id: typed.id,
            close_id: Uuid::now_v7(),
            statuses: Status::ALL,
            head: head(&frame, ticket, &parts, assignee),
            frame,
        },
    )
}

fn head(frame: &Frame, ticket: Ticket, parts: &[Ticket], assignee: Option<String>) -> Head {
    let listed = |each: &dyn Fn(&Ticket) -> String, between| parts.iter().map(each).collect::<Vec<_>>().join(between);
    let text = |list: &str, word: &str| frame.t(&format!("{list}-{word}"));
    Head {
        id: ticket.id,
        n: ticket.n,
        part_ids: listed(&|part| part.id.to_string(), " "),
        parts: listed(&|part| part.number.to_string(), ", "),
        mine: frame.me.as_ref().is_some_and(|me| me.id == ticket.customer.id),
        url: paths::conversation(ticket.id),
        number: ticket.number.to_string(),
        priority_text: text("priority", Priority::as_str(ticket.priority)),
        category_text: text("category", Category::as_str(ticket.category)),
        subject: ticket.subject,
        status: ticket.status,
        priority: ticket.priority,
        order: ticket.order,
        assignee,
    }
}

fn words(texts: &Texts, ticket: &Ticket) -> String {
    let many = texts.with("new-replies", &[("n", 2.into())]).replacen('2', "{n}", 1);
    let words = Words {
        live: texts.get("link-live"),
        again: texts.get("link-again"),
        none: texts.get("link-none"),
        polling: texts.get("link-polling"),
        ended: texts.get("signed-out-while-writing"),
        today: texts.get("today"),
        system: texts.get("sender-system-customer"),
        nobody: texts.get("fact-nobody"),
        from: texts.with("from-ticket", &[("number", ticket.number.to_string().into())]),
        erased: texts.get("erased"),
        sign_in: texts.get("sign-in"),
        new_one: texts.with("new-replies", &[("n", 1.into())]),
        new_many: many,
        beginnings: names::BEGINNINGS,
    };
    serde_json::to_string(&words).unwrap_or_default()
}

pub(super) fn ticket_id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Code::NotFound.into())
}

/// `POST /customer/support/tickets/{id}/messages`
pub(super) async fn send(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let id = ticket_id(&id)?;
    let Some(session) = visit.session.clone() else {
        return if visit.json { Err(Code::SessionExpired.into()) } else { sign::keep_typed(&visit, &filled) };
    };
    filled.must_be_of(&visit)?;
    let message_id = filled.get("id").parse().ok().filter(|id: &Uuid| !id.is_nil()).unwrap_or_else(Uuid::now_v7);
    match messages::send(&app, &session.actor(), id, message_id, filled.get("message")).await {
        // One that was said in another ticket says in which: there the page goes on.
        Ok(sent) if visit.json && sent.ticket_id != id => {
            let body = Said::in_another(&sent);
            Ok(json(&visit, StatusCode::CREATED, &body))
        }
        Ok(sent) if visit.json => Ok(json(&visit, StatusCode::CREATED, &sent.message)),
        Ok(_) => Ok(visit.keep(Redirect::to(&paths::conversation(id)).into_response())),
        Err(error) if error.code() == Code::NotFound => Err(error),
        Err(error) => {
            let next_id = if error.code() == Code::IdTaken { Uuid::now_v7() } else { message_id };
            let typed = Typed { message: filled.get("message").to_owned(), id: next_id };
            write(&app, &visit, &session, id, Say::refused(error, &visit)?.brief(), typed).await
        }
    }
}

/// The conversation with the message that was typed before its author had to sign in again.
///
/// # Errors
/// `not_found`; the database.
pub(super) async fn form_again(
    app: &App,
    visit: &Visit,
    session: &Session,
    id: Uuid,
    filled: &Filled,
) -> Result<Response> {
    let say = Say::of("success", Some(Texts::of(visit.language).get("kept-back")));
    write(app, visit, session, id, say, Typed { message: filled.get("message").to_owned(), ..Typed::nothing() }).await
}

/// `GET /customer/support/tickets/{id}/messages`
pub(super) async fn list(State(app): State<App>, Path(id): Path<String>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let id = ticket_id(&id)?;
    if !visit.json {
        // A browser that reloads after a refused message: the conversation is the page.
        return Ok(visit.keep(Redirect::to(&paths::conversation(id)).into_response()));
    }
    let mut ends = Ends::default();
    for (name, end) in [("after", &mut ends.after), ("before", &mut ends.before)] {
        if let Some(text) = visit.asked(name).filter(|text| !text.is_empty()) {
            *end = Some(text.parse().map_err(|_| Code::NotFound)?);
        }
    }
    let found = messages::between(&app, session.person.id, id, ends, SHOWN).await?;
    if let Some(on) = found.goes_on {
        let named = [("after", ends.after), ("before", ends.before)];
        let named: Vec<_> = named.iter().filter_map(|(name, end)| Some(format!("{name}={}", end.as_ref()?))).collect();
        let address = format!("{}/messages?{}", paths::conversation(on), named.join("&"));
        return Ok(visit.keep(Redirect::to(&address).into_response()));
    }
    // `next` goes on in the direction asked for: forward after a message, else backward.
    let next = if ends.after.is_some() { found.messages.last() } else { found.messages.first() };
    let next = next.filter(|_| found.more).map(|(_, message)| message.id);
    let body = serde_json::json!({ "items": told::items(&found), "next": next, "ticket": found.ticket });
    Ok(json(&visit, StatusCode::OK, &body))
}

/// `POST /customer/support/tickets/{id}/close`
pub(super) async fn close(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let id = ticket_id(&id)?;
    let Some(session) = visit.session.clone() else {
        return Ok(visit.to_sign_in(&paths::conversation(id)));
    };
    filled.must_be_of(&visit)?;
    let ticket = tickets::close_as_customer(&app, &session.actor(), id).await?;
    if visit.json {
        return Ok(json(&visit, StatusCode::OK, &ticket));
    }
    Ok(visit.keep(Redirect::to(&paths::conversation(id)).into_response()))
}

/// `POST /customer/support/tickets/{id}/read`
pub(super) async fn read(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let id = ticket_id(&id)?;
    let Some(session) = visit.session.clone() else {
        return Ok(visit.to_sign_in(&paths::conversation(id)));
    };
    filled.must_be_of(&visit)?;
    let up_to: i64 = filled.get("up_to").trim().parse().map_err(|_| Error::field("up_to", FieldError::NotInList))?;
    tickets::read(&app, id, &session.actor(), None, up_to).await?;
    if visit.json {
        let ticket = tickets::find_for_customer(&app, session.person.id, id).await?;
        return Ok(json(&visit, StatusCode::OK, &ticket));
    }
    Ok(visit.keep(Redirect::to(&paths::conversation(id)).into_response()))
}

/// `POST /customer/support/tickets/{id}/typing`: the page says it every few seconds while somebody writes.
pub(super) async fn typing(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let id = ticket_id(&id)?;
    let session = visit.session.clone().ok_or(Code::SessionExpired)?;
    filled.must_be_of(&visit)?;
    tickets::find_for_customer(&app, session.person.id, id).await?;
    app.hub.typing(&app, id, &session.actor().person, Pen::Customer);
    Ok(visit.keep(StatusCode::NO_CONTENT.into_response()))
}

/// `GET …/close` and `GET …/read`: a reload after a refusal leads back.
pub(super) async fn back(Path(id): Path<String>) -> Result<Response> {
    Ok(Redirect::to(&paths::conversation(ticket_id(&id)?)).into_response())
}
