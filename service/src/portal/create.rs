//! A new ticket: the form, filled in and filled again, and filing it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{dates, field_text};
use gemilang_protocol::validate::{DESCRIPTION_LEAST, SUBJECT_MOST, TEXT_MOST};
use gemilang_protocol::{Category, Code, FieldError, Order, Priority, Ticket};
use uuid::Uuid;

use super::filled::Filled;
use super::frame::{Errors, Frame};
use super::hours::Opening;
use super::rules::rule;
use super::say::{Say, shown};
use super::tickets::json;
use super::views::Dday;
use super::visit::{Customer, Visit};
use super::{assets, paths, sign};
use crate::auth::Session;
use crate::domain::tickets::{self, Filed, TicketForm};
use crate::domain::{hours, orders};
use crate::{App, Error, Result};

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
pub(super) async fn show(State(app): State<App>, customer: Customer) -> Result<Response> {
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
