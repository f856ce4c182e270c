//! Tickets: filing, finding and listing them, and what staff and customers may do with one. Writing is `write`'s, planning `plan`'s.

/// Filing for a customer who called.
mod caller;
/// What is due by itself.
pub mod due;
/// Filing a ticket.
pub mod file;
/// Two tickets that have to do with each other.
mod link;
/// Lists, filters, search and counts.
pub mod list;
/// One ticket that goes into another.
mod merge;
/// From what somebody wants to what is written; pure.
pub mod plan;
pub(crate) mod sql;
/// What was just written, as the feed tells it.
mod told;
/// The one door by which a ticket changes.
pub mod write;

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{Code, Event, FieldError, Message, Note, PersonRef, Status, Ticket};
use uuid::Uuid;

pub use caller::file_for;
pub use file::{Filed, NewTicket, TicketForm, file};
pub use link::{link, named};
pub use list::{Filter, list_for_customer, list_for_staff, newer_for_customer};
pub use merge::{Opened, goes_on, landed_beside, merge, open_for_customer, parts_for};
pub use plan::{Edit, Intent};
pub use write::{Done, Landed, OpKey, Request, Seen, change, read, void};

use crate::domain::{Actor, events, orders, people};
use crate::{App, Error, Result};

/// A ticket as staff see it.
///
/// # Errors
/// `not_found`; the database.
pub async fn find_for_staff(app: &App, id: Uuid) -> Result<Ticket> {
    Ok(list::sql::find(&app.db, id, None).await?.ok_or(Code::NotFound)?.ticket(list::Eye::Staff))
}

/// A ticket with its history, as staff see it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Whole {
    /// The head.
    pub ticket: Ticket,
    /// Its latest messages, oldest first.
    pub messages: Vec<Message>,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
    /// Its events, oldest first.
    pub events: Vec<Event>,
}

/// A ticket with all its events and notes, and those messages that are among its last `recent` events.
///
/// # Errors
/// `not_found`; the database.
pub async fn whole(app: &App, id: Uuid, recent: i64) -> Result<Whole> {
    let mut connection = app.db.acquire().await?;
    let ticket = list::sql::find(&mut *connection, id, None).await?.ok_or(Code::NotFound)?.ticket(list::Eye::Staff);
    let events::Timeline { events, messages, notes } = events::timeline(&mut connection, id, ticket.n - recent).await?;
    Ok(Whole { ticket, messages, notes, events })
}

/// A ticket as a customer sees it; somebody else's is not there.
///
/// # Errors
/// `not_found`; the database.
pub async fn find_for_customer(app: &App, customer_id: Uuid, id: Uuid) -> Result<Ticket> {
    Ok(list::sql::find(&app.db, id, Some(customer_id)).await?.ok_or(Code::NotFound)?.ticket(list::Eye::Customer))
}

/// Does what somebody asks for directly, by no op, acting on what is there now.
///
/// # Errors
/// As [`change`].
pub async fn act(app: &App, ticket_id: Uuid, actor: &Actor, intent: Intent) -> Result<Landed> {
    let request = Request { ticket_id, actor, op: None, written_at: app.clock.now(), intent, seen: None };
    match change(app, request).await? {
        Done::Landed(landed) => Ok(landed),
        Done::Held(_) => Err(Error::Stored("a request that saw nothing was held")),
    }
}

/// Closes a customer's own ticket; one that is closed stays as it is.
///
/// # Errors
/// `not_found`; the database.
pub async fn close_as_customer(app: &App, actor: &Actor, id: Uuid) -> Result<Ticket> {
    let ticket = find_for_customer(app, actor.person.id, id).await?;
    if ticket.status == Status::Closed {
        return Ok(ticket);
    }
    let intent = Intent::Status { to: Status::Closed, reason: Some(StatusReason::CustomerClosed) };
    act(app, id, actor, intent).await?;
    find_for_customer(app, actor.person.id, id).await
}

/// Whom a ticket shall be given to: an active member of the staff.
///
/// # Errors
/// `validation` with `assigned_to` for anybody else; the database.
pub async fn assignee(app: &App, id: Option<Uuid>) -> Result<Option<PersonRef>> {
    let Some(id) = id else {
        return Ok(None);
    };
    match people::find(app, id).await {
        Ok(person) if person.role.is_staff() && person.active => {
            Ok(Some(PersonRef { id: person.id, name: person.name }))
        }
        Ok(_) | Err(Error::Refused(Code::NotFound)) => Err(Error::field("assigned_to", FieldError::NotAPerson)),
        Err(error) => Err(error),
    }
}

/// The order of this number, if it is the ticket's customer's own.
///
/// # Errors
/// `not_found` for the ticket, `validation` with `order`; the database.
pub async fn own_order(app: &App, ticket_id: Uuid, number: &str) -> Result<(Uuid, String)> {
    let ticket = find_for_staff(app, ticket_id).await?;
    orders::known_of(app, ticket.customer.id)
        .await?
        .into_iter()
        .find(|order| order.number == number)
        .map(|order| (order.id, order.number))
        .ok_or_else(|| Error::field("order", FieldError::NotYours))
}
