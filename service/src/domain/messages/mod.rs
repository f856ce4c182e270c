//! Messages: writing one for either side, and reading a conversation in pages. Order is `n`, never a clock.

pub(crate) mod sql;
/// A conversation as its customer reads it.
mod told;

use std::collections::HashMap;

use chrono::TimeDelta;
use gemilang_protocol::{Act, Code, Message, SenderType, Time, validate};
use uuid::Uuid;

pub use told::{Conversation, Ends, between, conversation};

use crate::domain::Actor;
use crate::domain::tickets::{self, Done, Intent, Landed, OpKey, Request, Seen};
use crate::{App, Error, Result};

/// Messages a customer may write in a minute.
pub const MINUTE_MOST: i64 = 30;
/// Messages in a page.
pub const PAGE: i64 = 100;

/// A message that is in the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// As it stands.
    pub message: Message,
    /// The ticket it is said in: another one where that had gone into it.
    pub ticket_id: Uuid,
    /// Its event.
    pub landed: Landed,
}

/// Which part of a conversation: both ends name a message's `n` or nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// Only after this `n`, oldest first.
    pub after: Option<i64>,
    /// Only before this `n`: the latest of them.
    pub before: Option<i64>,
    /// At most this many; 0 means [`PAGE`].
    pub limit: i64,
}

/// Writes a message for the actor's side. `id` is made by its author, and is its op's: writing it twice answers the same.
///
/// # Errors
/// `validation` with `message`, `not_found`, `ticket_closed`, `id_taken`, `rate_limited`; the database.
pub async fn send(app: &App, actor: &Actor, ticket_id: Uuid, id: Uuid, text: &str) -> Result<Sent> {
    let text = validate::message(text).map_err(|error| Error::field("message", error))?;
    let act = Act::Reply { message: text.clone() };
    let op = OpKey::new(id, ticket_id, actor.person.id, &act);
    let id = op.id;
    let by_customer = actor.side == SenderType::Customer;
    let mut turn = None;
    if by_customer {
        // The limit holds for a rush of requests as well.
        turn = Some(app.customer_turns.take(actor.person.id).await);
        pace(app, actor.person.id, &op).await?;
    }
    let mut to = (ticket_id, op);
    let done = loop {
        let request = Request {
            ticket_id: to.0,
            actor,
            op: Some(to.1.clone()),
            written_at: app.clock.now(),
            intent: Intent::Message { id, text: text.clone() },
            seen: None,
        };
        match tickets::change(app, request).await {
            // What a customer writes in a page of before is said where the conversation goes on.
            Err(Error::Merged(_)) if by_customer => {
                let next = tickets::goes_on(app, actor.person.id, to.0).await?.ok_or(Code::TicketClosed)?.id;
                to = (next, OpKey { id, ..OpKey::new(id, next, actor.person.id, &act) });
            }
            Err(Error::Refused(Code::IdTaken)) if by_customer => {
                let landed = tickets::landed_beside(app, id, ticket_id, actor.person.id, &act).await?;
                let (ticket, landed) = landed.ok_or(Code::IdTaken)?;
                to.0 = ticket;
                break Done::Landed(landed);
            }
            done => break done?,
        }
    };
    drop(turn);
    match done {
        Done::Landed(landed) => {
            let message = sql::find(&app.db, id).await?.ok_or(Code::IdTaken)?;
            Ok(Sent { message, ticket_id: to.0, landed })
        }
        Done::Held(_) => Err(Error::Stored("a message that saw nothing was held")),
    }
}

/// Sends a desk's reply: the same, but it may be held.
///
/// # Errors
/// As [`send`], and a lost race.
pub async fn reply(
    app: &App,
    actor: &Actor,
    ticket_id: Uuid,
    op: OpKey,
    text: &str,
    written_at: Time,
    seen: Seen,
) -> Result<Done> {
    let text = validate::message(text).map_err(|error| Error::field("message", error))?;
    let request = Request {
        ticket_id,
        actor,
        written_at,
        intent: Intent::Message { id: op.id, text },
        op: Some(op),
        seen: Some(seen),
    };
    tickets::change(app, request).await
}

/// Refuses a customer who writes too fast; a retry of what was sent is no new message.
async fn pace(app: &App, customer_id: Uuid, op: &OpKey) -> Result<()> {
    let now = app.clock.now();
    let (count, oldest) = sql::pace(&app.db, customer_id, now - TimeDelta::minutes(1), op.id).await?;
    if count < MINUTE_MOST {
        return Ok(());
    }
    let until = oldest.unwrap_or(now) + TimeDelta::minutes(1);
    Err(Error::RateLimited { retry_after: (until - now).num_seconds().max(1).unsigned_abs() })
}

/// A part of a conversation. Who may see the ticket is asked first: `reader` is a customer, nothing is staff.
///
/// # Errors
/// `not_found`; the database.
pub async fn list(app: &App, ticket_id: Uuid, reader: Option<Uuid>, part: Part) -> Result<Vec<Message>> {
    match reader {
        None => tickets::find_for_staff(app, ticket_id).await?,
        Some(customer) => tickets::find_for_customer(app, customer, ticket_id).await?,
    };
    page(app, ticket_id, part).await
}

pub(crate) async fn page(app: &App, ticket_id: Uuid, part: Part) -> Result<Vec<Message>> {
    let limit = match part.limit {
        0 => PAGE,
        limit => limit.clamp(1, 500),
    };
    match part.after {
        Some(after) => sql::after(&app.db, ticket_id, after, part.before, limit).await,
        None => {
            let mut messages = sql::before(&app.db, ticket_id, part.before, limit).await?;
            messages.reverse();
            Ok(messages)
        }
    }
}

/// Writes down what has reached a desk, and answers what was not known yet.
///
/// # Errors
/// The database.
pub async fn arrived(app: &App, arrivals: &[(Uuid, i64)]) -> Result<Vec<(Uuid, i64)>> {
    sql::arrived(&app.db, arrivals).await
}

/// The `n` of a message of this ticket, for `?after=` and `?before=`.
///
/// # Errors
/// `not_found` when the ticket has no such message; the database.
pub async fn place(app: &App, ticket_id: Uuid, message_id: Uuid) -> Result<i64> {
    sql::place(&app.db, ticket_id, message_id).await
}

/// All messages of these tickets, by ticket.
pub(crate) async fn of_tickets(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Message>>> {
    sql::of_tickets(&app.db, ids).await
}
