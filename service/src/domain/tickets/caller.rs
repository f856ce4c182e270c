//! Filing for a customer: one who called, where staff write the first message, so that it is answered from the beginning; or
//! one whose message is split off, which is copied and waits for an answer. An op as any other.

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Code, EventBody, FieldError, FileForm, Message, Priority, Role, SenderType, Status, TicketNumber, TicketRef, Time,
    validate,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::file::NewTicket;
use super::link::link_within;
use super::plan::Intent;
use super::write::{Landed, OpKey, Request, asked_within, stored};
use super::{find_for_staff, sql};
use crate::domain::{Actor, messages, orders, people};
use crate::{App, Error, Result};

/// Files a ticket under this id. The same op again gets the same answer again.
///
/// # Errors
/// `validation` for a text, for somebody who is no customer, and for an order that is not theirs; `not_found` for a
/// ticket to link to, and for a message that is not theirs or was erased; `id_taken`; the database.
pub async fn file_for(
    app: &App,
    actor: &Actor,
    id: Uuid,
    op: &OpKey,
    form: &FileForm,
    written_at: Time,
) -> Result<Landed> {
    if let Some(landed) = stored(&mut *app.db.acquire().await?, op).await? {
        return Ok(landed);
    }
    let broken = |field| move |rule: FieldError| Error::field(field, rule);
    let subject = validate::subject(&form.subject).map_err(broken("subject"))?;
    let customer = match people::find(app, form.customer.id).await {
        Ok(person) if person.role == Role::Customer => person,
        Ok(_) | Err(Error::Refused(Code::NotFound)) => return Err(Error::field("customer", FieldError::NotAPerson)),
        Err(error) => return Err(error),
    };
    let order_id = match &form.order {
        None => None,
        Some(number) => {
            let own = orders::known_of(app, customer.id).await?;
            let order = own.iter().find(|order| order.number == *number);
            Some(order.ok_or_else(|| Error::field("order", FieldError::NotYours))?.id)
        }
    };
    let linked = match form.link {
        None => None,
        Some(to) => {
            let ticket = find_for_staff(app, to).await?;
            let here = TicketRef { id: to, number: ticket.number };
            // One that went into another is linked to where it goes on.
            Some((here, ticket.internal.merged.map_or(here, |merged| merged.into)))
        }
    };
    let mut transaction = app.db.begin().await?;
    let original = match (form.splits, linked) {
        (None, _) => None,
        (Some(message), Some((from, _))) => Some((original(&mut transaction, customer.id, message, from).await?, from)),
        (Some(_), None) => return Err(Code::Malformed.into()),
    };
    let (description, said_at, author) = match &original {
        Some((message, _)) => (message.message.clone(), message.written_at, (SenderType::Customer, customer.id)),
        None => {
            let message = validate::message(&form.message).map_err(broken("message"))?;
            (message, written_at, (actor.side, actor.person.id))
        }
    };
    let ticket = NewTicket {
        id,
        message_id: op.id,
        customer_id: customer.id,
        subject,
        category: form.category,
        priority: form.priority,
        order: form.order.clone(),
        follows: None,
        description,
        written_at: Some(said_at),
    };
    let now = app.clock.now();
    let created = EventBody::Created { message: ticket.message_id, follows: None };
    let filing = sql::Filing {
        ticket: &ticket,
        by: (actor.side, actor.person.id),
        author,
        // Nobody reads words in a new place who may not have read them in the old one.
        alone: original.is_some(),
        op,
        order_id,
        created: &created,
        excerpt: &Excerpt::cut(&ticket.description),
        urgent: i16::from(ticket.priority == Priority::Urgent),
        now,
        generation: app.generation(),
    };
    let number = match sql::insert(&mut *transaction, &filing).await {
        Ok((number, ..)) => TicketNumber(number),
        Err(error) if error.is_unique_violation() => {
            drop(transaction);
            // The same op, a moment faster on another line; or its id, or the ticket's, names something else.
            return stored(&mut *app.db.acquire().await?, op).await?.ok_or_else(|| Code::IdTaken.into());
        }
        Err(error) => return Err(error),
    };
    let ask = |intent| Request { ticket_id: id, actor, op: None, written_at: now, intent, seen: None };
    if let Some((message, from)) = &original {
        asked_within(&mut transaction, app, &ask(Intent::SplitFrom { ticket: *from })).await?;
        let told = Intent::Split { message: message.id, to: TicketRef { id, number } };
        asked_within(&mut transaction, app, &Request { ticket_id: from.id, ..ask(told) }).await?;
    }
    if form.take {
        asked_within(&mut transaction, app, &ask(Intent::Assign { to: Some(actor.person.clone()) })).await?;
    }
    if original.is_none() {
        // Their words are the first answer.
        let answered = Intent::Status { to: Status::InProgress, reason: Some(StatusReason::FirstReply) };
        asked_within(&mut transaction, app, &ask(answered)).await?;
    }
    if let Some((_, to)) = linked {
        link_within(&mut transaction, app, &ask(Intent::Link { to, on: true })).await?;
    }
    transaction.commit().await?;
    app.committed();
    Ok(Landed { n: 1, created_at: now })
}

/// The message that is split off: a public one that this customer wrote in that ticket, whose row is held from here on, so
/// that nobody erases it before the copy is there to be erased too.
async fn original(db: &mut PgConnection, customer: Uuid, message: Uuid, from: TicketRef) -> Result<Message> {
    sql::hold(db, &[from.id]).await?;
    let found = messages::sql::of_ticket(db, from.id, message).await?;
    found
        .filter(|it| it.sender.as_ref().is_some_and(|sender| sender.id == customer))
        .filter(|it| it.sender_type == SenderType::Customer && !it.message.is_empty())
        .ok_or_else(|| Code::NotFound.into())
}
