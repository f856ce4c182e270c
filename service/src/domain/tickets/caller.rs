//! Filing for a customer who called: staff write the first message, so it is answered from the beginning. An op as any other.

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{Code, EventBody, FieldError, FileForm, Priority, Role, Status, Time, validate};
use uuid::Uuid;

use super::file::NewTicket;
use super::link::{link_within, named};
use super::plan::Intent;
use super::sql;
use super::write::{Landed, OpKey, Request, asked_within, stored};
use crate::domain::{Actor, orders, people};
use crate::{App, Error, Result};

/// Files a ticket under this id. The same op again gets the same answer again.
///
/// # Errors
/// `validation` for a text, for somebody who is no customer, and for an order that is not theirs; `not_found` for a
/// ticket to link to; `id_taken`; the database.
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
    let description = validate::message(&form.message).map_err(broken("message"))?;
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
        Some(to) => Some(named(app, to).await?),
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
        written_at: Some(written_at),
    };
    let now = app.clock.now();
    let created = EventBody::Created { message: ticket.message_id, follows: None };
    let filing = sql::Filing {
        ticket: &ticket,
        by: (actor.side, actor.person.id),
        op,
        order_id,
        created: &created,
        excerpt: &Excerpt::cut(&ticket.description),
        urgent: i16::from(ticket.priority == Priority::Urgent),
        now,
        generation: app.generation(),
    };
    let mut transaction = app.db.begin().await?;
    match sql::insert(&mut *transaction, &filing).await {
        Ok(_) => {}
        Err(error) if error.is_unique_violation() => {
            drop(transaction);
            // The same op, a moment faster on another line; or its id, or the ticket's, names something else.
            return stored(&mut *app.db.acquire().await?, op).await?.ok_or_else(|| Code::IdTaken.into());
        }
        Err(error) => return Err(error),
    }
    let ask = |intent| Request { ticket_id: id, actor, op: None, written_at: now, intent, seen: None };
    if form.take {
        asked_within(&mut transaction, app, &ask(Intent::Assign { to: Some(actor.person.clone()) })).await?;
    }
    // Their words are the first answer.
    let answered = Intent::Status { to: Status::InProgress, reason: Some(StatusReason::FirstReply) };
    asked_within(&mut transaction, app, &ask(answered)).await?;
    if let Some(to) = linked {
        link_within(&mut transaction, app, &ask(Intent::Link { to, on: true })).await?;
    }
    transaction.commit().await?;
    app.committed();
    Ok(Landed { n: 1, created_at: now })
}
