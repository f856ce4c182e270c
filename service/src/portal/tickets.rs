//! Own tickets: the list, the form for a new one, filing it. The conversation is `conversation`'s.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_protocol::{FieldError, Status, Ticket};

use super::filled::TOKEN_HEADER;
use super::frame::{Frame, page};
use super::views::{Dday, Eyes, TicketRow};
use super::visit::{Customer, Visit};
use super::{assets, paths};
use crate::auth::Session;
use crate::domain::tickets::list::place as place_of;
use crate::domain::tickets::{self, Filter};
use crate::domain::{Paging, orders, people};
use crate::{App, Error, Result, answer, push};

/// Tickets in a page of the list.
const PAGE: i64 = 15;
/// Tickets that are found at a glance need no search.
const SEARCHED_FROM: usize = 6;

struct Chip {
    text: String,
    url: String,
    on: bool,
    count: usize,
}

#[derive(Template)]
#[template(path = "list.html")]
struct List {
    frame: Frame,
    dday: Option<Dday>,
    nothing_yet: bool,
    /// Their address, while it is not known to be theirs; asked only of who is new here.
    unconfirmed: Option<String>,
    searchable: bool,
    chips: Vec<Chip>,
    status: Option<Status>,
    unread: bool,
    q: String,
    rows: Vec<TicketRow>,
    push_key: String,
    newer: Option<String>,
    older: Option<String>,
}

/// Through whose eyes a page is written.
pub(super) fn eyes(app: &App, visit: &Visit, session: &Session) -> Eyes {
    Eyes { me: session.person.id, now: app.clock.now(), zone: session.person.zone, language: visit.language }
}

/// Answers JSON, with the form's token for who has no form.
pub(super) fn json(visit: &Visit, status: StatusCode, body: &impl serde::Serialize) -> Response {
    let mut response = (status, answer::Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(token) = HeaderValue::from_str(&visit.form_token()) {
        headers.insert(TOKEN_HEADER, token);
    }
    visit.keep(response)
}

/// `GET /customer/support/tickets`
pub(super) async fn list(State(app): State<App>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let word = visit.asked("status").filter(|word| !word.is_empty());
    let status: Option<Status> = word.as_deref().and_then(|word| word.parse().ok());
    if visit.json && word.is_some() && status.is_none() {
        return Err(Error::field("status", FieldError::NotInList));
    }
    let q = visit.asked("q").map(|q| q.trim().chars().take(200).collect::<String>()).unwrap_or_default();
    let unread = visit.asked("unread").is_some_and(|value| !["0", "false"].contains(&value.as_str()));
    let place = |name: &str| visit.asked(name).filter(|place| !place.is_empty());
    let (after, before) = (place("after"), place("before"));
    let filter = Filter { status, unread, q: (!q.is_empty()).then(|| q.clone()), ..Filter::default() };
    let paging = Paging { after: after.clone(), limit: PAGE };
    let me = session.person.id;
    let mut found = match &before {
        Some(before) => tickets::newer_for_customer(&app, me, &filter, before, PAGE).await?,
        None => tickets::list_for_customer(&app, me, &filter, &paging).await?,
    };
    if visit.json {
        return Ok(json(&visit, StatusCode::OK, &found));
    }
    let orders = orders::of_customer(&app, session.person.id).await?;
    let eyes = eyes(&app, &visit, &session);
    let all = filter == Filter::default();
    let url = |status: Option<Status>, unread: bool, place: Option<(&str, &str)>| {
        let mut pairs = Vec::new();
        pairs.extend(status.map(|status| format!("status={status}")));
        pairs.extend(unread.then(|| "unread=1".to_owned()));
        pairs.extend((!q.is_empty()).then(|| format!("q={}", paths::encoded(&q))));
        pairs.extend(place.map(|(way, place)| format!("{way}={}", paths::encoded(place))));
        if pairs.is_empty() { paths::LIST.to_owned() } else { format!("{}?{}", paths::LIST, pairs.join("&")) }
    };
    if before.is_some() && found.next.is_none() {
        // The newest tickets are the first page, whole again.
        return Ok(visit.keep(Redirect::to(&url(status, unread, None)).into_response()));
    }
    let first = after.is_none() && before.is_none();
    // A place in the list is a ticket's, not a figure: however many arrive, a link shows what it showed.
    let link = |way, place: Option<String>| place.map(|place| url(status, unread, Some((way, &place))));
    let newer = link("before", found.items.first().filter(|_| !first).map(place_of));
    if before.is_some() {
        found.next = found.items.last().map(place_of);
    }
    let nothing_yet = filter == Filter::default() && first && found.items.is_empty();
    let unconfirmed = nothing_yet && !people::is_confirmed(&app, session.person.id).await?;
    let frame = Frame::new(&visit, "list");
    // A count is shown only where this page knows it whole.
    let whole = all && first && found.next.is_none();
    let count = |of: &dyn Fn(&Ticket) -> bool| if whole { found.items.iter().filter(|it| of(it)).count() } else { 0 };
    let mut chips = vec![Chip {
        text: frame.t("filter-all"),
        url: url(None, false, None),
        on: status.is_none() && !unread,
        count: 0,
    }];
    let any_unread = unread || found.items.iter().any(|ticket| ticket.unread > 0);
    if any_unread {
        let count = count(&|ticket| ticket.unread > 0);
        chips.push(Chip { text: frame.t("filter-unread"), url: url(None, true, None), on: unread, count });
    }
    for it in [Status::WaitingCustomer, Status::Open, Status::InProgress, Status::Resolved, Status::Closed] {
        let count = if it == Status::WaitingCustomer { count(&|ticket| ticket.status == it) } else { 0 };
        chips.push(Chip { text: frame.status(it), url: url(Some(it), false, None), on: status == Some(it), count });
    }
    let response = page(
        StatusCode::OK,
        &List {
            frame,
            dday: Dday::next(&orders, eyes.now).map(|order| Dday::new(order, eyes.now, eyes.language)),
            nothing_yet,
            unconfirmed: unconfirmed.then(|| session.person.email.clone()),
            searchable: !q.is_empty() || !first || found.next.is_some() || found.items.len() >= SEARCHED_FROM,
            chips,
            status,
            unread,
            rows: found.items.iter().map(|ticket| TicketRow::new(ticket, &eyes)).collect(),
            push_key: push::public_key(&app).await?,
            newer,
            older: link("after", found.next),
            q: q.clone(),
        },
    )?;
    Ok(visit.keep(response))
}
