//! Own tickets: the list, the form for a new one, filing it. The conversation is `conversation`'s.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{dates, field_text};
use gemilang_protocol::validate::{DESCRIPTION_LEAST, SUBJECT_MOST, TEXT_MOST};
use gemilang_protocol::{Category, Code, FieldError, Order, Priority, Status, Ticket};
use uuid::Uuid;

use super::filled::{Filled, TOKEN_HEADER};
use super::frame::{Errors, Frame, page};
use super::hours::Opening;
use super::rules::rule;
use super::say::{Say, shown};
use super::views::{Dday, Eyes, TicketRow};
use super::visit::{Customer, Visit};
use super::{assets, paths, sign};
use crate::auth::Session;
use crate::domain::tickets::list::place as place_of;
use crate::domain::tickets::{self, Filed, Filter, TicketForm};
use crate::domain::{Paging, hours, orders, people};
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

struct Choice {
    word: &'static str,
    icon: &'static str,
    text: String,
    hint: String,
}

struct OrderOption {
    number: String,
    package: String,
    date: String,
    days: String,
}

struct Follows {
    id: Uuid,
    number: String,
    subject: String,
    url: String,
}

/// The form as it is shown: texts as typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    id: Uuid,
    order: String,
    category: String,
    subject: String,
    description: String,
    priority: String,
    subject_most: usize,
    /// Whether nothing was typed yet.
    fresh: bool,
}

#[derive(Template)]
#[template(path = "create.html")]
struct Create {
    frame: Frame,
    banner: Option<String>,
    banner_kind: &'static str,
    errors: Errors,
    fresh: bool,
    form: Typed,
    follows: Option<Follows>,
    orders: Vec<OrderOption>,
    order_date: String,
    order_days: String,
    categories: Vec<Choice>,
    priorities: Vec<Choice>,
    opening: Option<Opening>,
    subject_rule: String,
    description_rule: String,
    required: String,
}
/// `GET /customer/support/tickets/create`
pub(super) async fn create_page(State(app): State<App>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let follows = follows(&app, &session, &visit.asked("follows").unwrap_or_default()).await?;
    let orders = orders::of_customer(&app, session.person.id).await?;
    let mut typed = Typed { id: Uuid::now_v7(), priority: Priority::Medium.to_string(), ..Typed::default() };
    match &follows {
        Some(ticket) => {
            typed.subject.clone_from(&ticket.subject);
            typed.category = ticket.category.to_string();
            typed.order = ticket.order.clone().unwrap_or_default();
        }
        None => {
            typed.order = Dday::next(&orders, app.clock.now()).map(|order| order.number.clone()).unwrap_or_default();
        }
    }
    typed.fresh = true;
    form(&app, &visit, &orders, typed, follows.as_ref(), Say::default()).await
}

/// The ticket a new one follows up; none that is not theirs.
async fn follows(app: &App, session: &Session, id: &str) -> Result<Option<Ticket>> {
    let Ok(id) = id.parse() else {
        return Ok(None);
    };
    match tickets::find_for_customer(app, session.person.id, id).await {
        Ok(ticket) => Ok(Some(ticket)),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// `POST /customer/support/tickets`
pub(super) async fn file(State(app): State<App>, visit: Visit, filled: Filled) -> Result<Response> {
    let Some(session) = visit.session.clone() else {
        return if visit.json { Err(Code::SessionExpired.into()) } else { sign::keep_typed(&visit, &filled) };
    };
    filled.must_be_of(&visit)?;
    let some = |name: &str| Some(filled.get(name).to_owned()).filter(|text| !text.is_empty());
    let form = TicketForm {
        id: some("id"),
        subject: filled.get("subject").to_owned(),
        category: filled.get("category").to_owned(),
        priority: filled.get("priority").to_owned(),
        order: some("order"),
        description: filled.get("description").to_owned(),
        follows: some("follows"),
    };
    let filed = match form.check(session.person.id, Uuid::now_v7()) {
        Ok(ticket) => tickets::file(&app, ticket).await,
        Err(fields) => Err(fields.into()),
    };
    match filed {
        Ok(Filed { ticket, .. }) if visit.json => Ok(json(&visit, StatusCode::CREATED, &ticket)),
        Ok(Filed { ticket, lowered }) => {
            let how = if lowered { "high" } else { "yes" };
            let to = format!("{}?filed={how}", paths::conversation(ticket.id));
            Ok(visit.keep(Redirect::to(&to).into_response()))
        }
        Err(error) => refused(&app, &visit, &session, &filled, error).await,
    }
}

/// The form again, filled as typed, with what is wrong beside the fields.
async fn refused(app: &App, visit: &Visit, session: &Session, filled: &Filled, error: Error) -> Result<Response> {
    let mut typed = typed(filled);
    if error.code() == Code::IdTaken {
        // Its id means something else by now: the next try is a new ticket.
        typed.id = Uuid::now_v7();
    }
    let say = Say::refused(error, visit)?;
    let follows = follows(app, session, filled.get("follows")).await?;
    let orders = orders::of_customer(app, session.person.id).await?;
    form(app, visit, &orders, typed, follows.as_ref(), say).await
}

/// The form as it was typed before its author had to sign in again.
///
/// # Errors
/// The database.
pub(super) async fn form_again(app: &App, mut visit: Visit, session: &Session, filled: &Filled) -> Result<Response> {
    visit.path = paths::CREATE.to_owned();
    visit.query.clear();
    let follows = follows(app, session, filled.get("follows")).await?;
    let orders = orders::of_customer(app, session.person.id).await?;
    let text = gemilang_locales::Texts::of(visit.language).get("kept-back");
    let say = Say::of("success", Some(text));
    form(app, &visit, &orders, typed(filled), follows.as_ref(), say).await
}

fn typed(filled: &Filled) -> Typed {
    let text = |name: &str| filled.get(name).to_owned();
    Typed {
        id: filled.get("id").parse().unwrap_or_else(|_| Uuid::now_v7()),
        order: text("order"),
        category: text("category"),
        subject: text("subject"),
        description: text("description"),
        priority: Some(text("priority")).filter(|it| !it.is_empty()).unwrap_or_else(|| Priority::Medium.to_string()),
        subject_most: 0,
        fresh: false,
    }
}

async fn form(
    app: &App,
    visit: &Visit,
    orders: &[Order],
    mut typed: Typed,
    follows: Option<&Ticket>,
    say: Say,
) -> Result<Response> {
    let (now, language) = (app.clock.now(), visit.language);
    let mut frame = Frame::new(visit, "create");
    frame.own_path = (say.kind == "success").then(|| paths::CREATE.to_owned());
    // A limit beyond the rule, so that a long subject is refused with a sentence and not cut in silence.
    typed.subject_most = SUBJECT_MOST * 4;
    let options: Vec<OrderOption> = orders
        .iter()
        .map(|order| OrderOption {
            number: order.number.clone(),
            package: order.package.clone(),
            date: dates::date_long(order.event_date, language),
            days: dates::days_to(order.zone.day(now), order.event_date, language),
        })
        .collect();
    let chosen = options.iter().find(|order| order.number == typed.order);
    let (order_date, order_days) = chosen.map_or_else(
        || (frame.t("create-no-order-hint"), String::new()),
        |order| (order.date.clone(), order.days.clone()),
    );
    let categories = CATEGORIES
        .iter()
        .map(|(word, icon)| Choice {
            word: word.as_str(),
            icon,
            text: frame.t(&format!("category-{word}")),
            hint: lowered(&frame.t(&format!("category-hint-{word}"))),
        })
        .collect();
    let priorities = Priority::ALL
        .iter()
        .map(|word| Choice {
            word: word.as_str(),
            icon: "",
            text: frame.t(&format!("priority-{word}")),
            hint: lowered(&frame.t(&format!("priority-hint-{word}"))),
        })
        .collect();
    let opening = hours::find(app).await?.map(|table| Opening::new(&table, now, language));
    shown(
        visit,
        (say.status, say.retry_after),
        &Create {
            subject_rule: rule(language, "subject", 1, SUBJECT_MOST),
            description_rule: rule(language, "description", DESCRIPTION_LEAST, TEXT_MOST),
            required: field_text(language, "category", &FieldError::NotInList),
            opening,
            frame,
            banner: say.text,
            banner_kind: say.kind,
            errors: say.errors,
            fresh: typed.fresh,
            form: typed,
            follows: follows.map(|ticket| Follows {
                id: ticket.id,
                number: ticket.number.to_string(),
                subject: ticket.subject.clone(),
                url: paths::conversation(ticket.id),
            }),
            orders: options,
            order_date,
            order_days,
            categories,
            priorities,
        },
    )
}

/// The categories in the order a couple asks about them, each with its picture.
const CATEGORIES: [(Category, &str); 8] = [
    (Category::Schedule, "cal"),
    (Category::Payment, "card"),
    (Category::Vendor, "shop"),
    (Category::Order, "rings"),
    (Category::General, "chat"),
    (Category::Complaint, "alertchat"),
    (Category::Technical, "wrench"),
    (Category::Other, "more"),
];

/// A sentence that goes on after a colon.
fn lowered(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
