//! `/admin/support/tickets`: lists, one ticket whole, and what staff change about it.

use axum::extract::State;
use gemilang_protocol::{FieldError, Fields, Stats, Status, Ticket, validate};
use serde_json::Value;
use uuid::Uuid;

use crate::auth::Staff;
use crate::domain::Paging;
use crate::domain::shares;
use crate::domain::tickets::list::Holder;
use crate::domain::tickets::{self, Edit, Filter, Intent, Whole};
use crate::request::{Id, Json, Params};
use crate::{App, Error, Result, answer};

/// Events whose messages are shown with a ticket at once; older ones have their own door.
const RECENT_EVENTS: i64 = 500;
/// Tickets in the widget.
const RECENT: i64 = 8;

/// Which tickets.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Query {
    status: Option<String>,
    priority: Option<String>,
    category: Option<String>,
    assigned_to: Option<String>,
    q: Option<String>,
    unread: Option<String>,
    after: Option<String>,
    limit: Option<i64>,
}

/// A page of tickets, with the counts.
#[derive(Debug, serde::Serialize)]
pub struct Tickets {
    items: Vec<Ticket>,
    next: Option<String>,
    stats: Stats,
}

impl Query {
    fn filter(&self) -> Result<Filter, Fields> {
        let mut fields = Fields::default();
        let word = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(str::to_owned);
        let filter = Filter {
            status: word(&self.status).and_then(|text| fields.take("status", validate::word(&text))),
            priority: word(&self.priority).and_then(|text| fields.take("priority", validate::word(&text))),
            category: word(&self.category).and_then(|text| fields.take("category", validate::word(&text))),
            assigned_to: word(&self.assigned_to).and_then(|text| match text.as_str() {
                "none" => Some(Holder::Nobody),
                id => fields.take("assigned_to", id.parse().map_err(|_| FieldError::NotAPerson)).map(Holder::Person),
            }),
            unread: matches!(self.unread.as_deref(), Some("1" | "true")),
            q: self.q.clone(),
        };
        if fields.is_empty() { Ok(filter) } else { Err(fields) }
    }
}

/// A page of tickets.
pub async fn list(State(app): State<App>, _: Staff, Params(query): Params<Query>) -> Result<answer::Json<Tickets>> {
    let paging = Paging { after: query.after.clone(), limit: query.limit.unwrap_or(50) };
    let listing = tickets::list_for_staff(&app, &query.filter()?, &paging).await?;
    Ok(answer::Json(Tickets { items: listing.items, next: listing.next, stats: app.hub.stats() }))
}

/// The newest tickets and the counts, for a dashboard.
pub async fn recent(State(app): State<App>, _: Staff) -> Result<answer::Json<Tickets>> {
    let paging = Paging { after: None, limit: RECENT };
    let listing = tickets::list_for_staff(&app, &Filter::default(), &paging).await?;
    Ok(answer::Json(Tickets { items: listing.items, next: None, stats: app.hub.stats() }))
}

/// A ticket whole.
pub async fn show(State(app): State<App>, _: Staff, Id(id): Id) -> Result<answer::Json<Whole>> {
    Ok(answer::Json(tickets::whole(&app, id, RECENT_EVENTS).await?))
}

/// Gives a ticket to somebody, or lets it go.
pub async fn assign(
    State(app): State<App>,
    Staff(session): Staff,
    Id(id): Id,
    Json(body): Json<Value>,
) -> Result<answer::Json<Ticket>> {
    let whom = match body.get("assigned_to") {
        Some(Value::Null) => None,
        Some(Value::String(text)) => {
            Some(text.parse::<Uuid>().map_err(|_| Error::field("assigned_to", FieldError::NotAPerson))?)
        }
        Some(_) => return Err(Error::field("assigned_to", FieldError::NotAPerson)),
        None => return Err(Error::field("assigned_to", FieldError::Empty)),
    };
    let to = tickets::assignee(&app, whom).await?;
    tickets::act(&app, id, &session.actor(), Intent::Assign { to }).await?;
    Ok(answer::Json(tickets::find_for_staff(&app, id).await?))
}

/// A status to be set.
#[derive(Debug, serde::Deserialize)]
pub struct StatusBody {
    status: String,
}

/// Changes where a ticket stands.
pub async fn status(
    State(app): State<App>,
    Staff(session): Staff,
    Id(id): Id,
    Json(body): Json<StatusBody>,
) -> Result<answer::Json<Ticket>> {
    let to: Status = validate::word(&body.status).map_err(|error| Error::field("status", error))?;
    tickets::act(&app, id, &session.actor(), Intent::Status { to, reason: None }).await?;
    Ok(answer::Json(tickets::find_for_staff(&app, id).await?))
}

/// What shall be different; whatever is not named stays.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct EditBody {
    subject: Option<String>,
    category: Option<String>,
    priority: Option<String>,
    /// A number, or null or nothing written for none.
    #[serde(deserialize_with = "present")]
    order: Option<Option<String>>,
}

/// Tells `null` from a field that is not there.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    serde::Deserialize::deserialize(from).map(Some)
}

/// Changes what a ticket is.
pub async fn edit(
    State(app): State<App>,
    Staff(session): Staff,
    Id(id): Id,
    Json(body): Json<EditBody>,
) -> Result<answer::Json<Ticket>> {
    let mut fields = Fields::default();
    let mut edit = Edit {
        subject: body.subject.and_then(|text| fields.take("subject", validate::subject(&text))),
        category: body.category.and_then(|text| fields.take("category", validate::word(&text))),
        priority: body.priority.and_then(|text| fields.take("priority", validate::word(&text))),
        order: None,
    };
    if !fields.is_empty() {
        return Err(fields.into());
    }
    edit.order = match body.order.map(|number| number.filter(|it| !it.trim().is_empty())) {
        None => None,
        Some(None) => Some(None),
        Some(Some(number)) => Some(Some(tickets::own_order(&app, id, number.trim()).await?)),
    };
    let moved = edit.order.is_some();
    tickets::act(&app, id, &session.actor(), Intent::Edit(edit)).await?;
    if moved {
        shares::follow_order(&app, id, &session.actor()).await?;
    }
    Ok(answer::Json(tickets::find_for_staff(&app, id).await?))
}
