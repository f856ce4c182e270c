//! Filing a ticket: the form's rules, the customer's limits, and one statement that a retry recognises.

use chrono::TimeDelta;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Category, Code, EventBody, FieldError, Fields, Internal, PersonRef, Priority, SenderType, Status, Ticket,
    TicketNumber, Time, validate,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::write::OpKey;
use super::{sql, told};
use crate::{App, Error, Result};

/// Tickets a customer may file in an hour.
pub const HOUR_MOST: i64 = 10;
/// Urgent tickets of a customer that ring within a day; more are filed as high.
pub const URGENT_MOST: i64 = 3;

/// What a customer fills in, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct TicketForm {
    /// Made by the form or the client, so that a second press of the button is recognised.
    pub id: Option<String>,
    /// What it is called.
    pub subject: String,
    /// One of the categories.
    pub category: String,
    /// One of the priorities; nothing means medium.
    pub priority: String,
    /// The number of an own order, or nothing.
    pub order: Option<String>,
    /// The first message.
    pub description: String,
    /// The id of the closed ticket it follows up, or nothing.
    pub follows: Option<String>,
}

/// A ticket to be filed, every rule of the form checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket {
    /// The ticket's id, and its op's.
    pub id: Uuid,
    /// The first message's id.
    pub message_id: Uuid,
    /// Who files it.
    pub customer_id: Uuid,
    /// What it is called.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// The number of an own order.
    pub order: Option<String>,
    /// The ticket it follows up.
    pub follows: Option<Uuid>,
    /// The first message.
    pub description: String,
    /// The clock of the first message's author, if it is known.
    pub written_at: Option<Time>,
}

/// A ticket that is in the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// As it stands.
    pub ticket: Ticket,
    /// Whether it was filed as high although urgent was asked for: then say so.
    pub lowered: bool,
}

/// What is known about the customer and the things the ticket names.
pub(super) struct Standing {
    pub(super) op_hash: Option<Vec<u8>>,
    pub(super) exists: bool,
    pub(super) order_id: Option<Uuid>,
    pub(super) follows_number: Option<i64>,
    pub(super) in_hour: i64,
    pub(super) oldest_in_hour: Option<Time>,
    pub(super) urgent_in_day: i64,
}

impl TicketForm {
    /// Checks what was filled in. An id that is none is replaced by `fresh_id`.
    ///
    /// # Errors
    /// The fields that break a rule.
    pub fn check(&self, customer_id: Uuid, fresh_id: Uuid) -> Result<NewTicket, Fields> {
        let mut fields = Fields::default();
        let subject = fields.take("subject", validate::subject(&self.subject));
        let category = match self.category.trim() {
            "" => fields.take("category", Err(FieldError::Empty)),
            category => fields.take("category", validate::word::<Category>(category)),
        };
        let priority = match self.priority.trim() {
            "" => Some(Priority::Medium),
            priority => fields.take("priority", validate::word::<Priority>(priority)),
        };
        let description = fields.take("description", validate::description(&self.description));
        let order = self.order.as_deref().map(str::trim).filter(|order| !order.is_empty());
        if order.is_some_and(|order| order.contains('\0') || order.len() > 100) {
            fields.put("order", FieldError::NotYours);
        }
        let follows = self.follows.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let follows = match follows.map(str::parse) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => {
                fields.put("follows", FieldError::NotYours);
                None
            }
        };
        let id = self.id.as_deref().and_then(|id| id.trim().parse().ok());
        let id = id.filter(|id: &Uuid| !id.is_nil()).unwrap_or(fresh_id);
        match (subject, category, priority, description) {
            (Some(subject), Some(category), Some(priority), Some(description)) if fields.is_empty() => Ok(NewTicket {
                id,
                message_id: id,
                customer_id,
                subject,
                category,
                priority,
                order: order.map(str::to_owned),
                follows,
                description,
                written_at: None,
            }),
            _ => Err(fields),
        }
    }
}

/// Files a ticket. The same ticket again answers the one that is there.
///
/// # Errors
/// `validation` for an order or a ticket that is not theirs, `rate_limited`, `id_taken`; the database.
pub async fn file(app: &App, mut ticket: NewTicket) -> Result<Filed> {
    let now = app.clock.now();
    let asked = ticket.priority;
    let op = OpKey::new(
        ticket.id,
        ticket.id,
        ticket.customer_id,
        &(&ticket.subject, ticket.category, asked, &ticket.order, &ticket.description, ticket.follows),
    );
    // The limits hold for a rush of requests as well.
    let _turn = app.customer_turns.take(ticket.customer_id).await;
    let mut connection = app.db.acquire().await?;
    let standing =
        sql::standing(&mut *connection, &ticket, now - TimeDelta::hours(1), now - TimeDelta::days(1)).await?;
    if let Some(hash) = &standing.op_hash {
        return again(&mut connection, &ticket, asked, &op, Some(hash.as_slice())).await;
    }
    if standing.exists {
        return Err(Code::IdTaken.into());
    }
    check(&ticket, &standing, now)?;
    if asked == Priority::Urgent && standing.urgent_in_day >= URGENT_MOST {
        ticket.priority = Priority::High;
    }
    let created = EventBody::Created { message: ticket.message_id, follows: standing.follows_number.map(TicketNumber) };
    let filing = sql::Filing {
        ticket: &ticket,
        by: (SenderType::Customer, ticket.customer_id),
        author: (SenderType::Customer, ticket.customer_id),
        alone: false,
        op: &op,
        order_id: standing.order_id,
        created: &created,
        excerpt: &Excerpt::cut(&ticket.description),
        urgent: i16::from(ticket.priority == Priority::Urgent),
        now,
        generation: app.generation(),
    };
    let writing = app.writing();
    let (number, name, place) = match sql::insert(&mut *connection, &filing).await {
        Ok(filed) => filed,
        // The same press of the button, a moment faster on another line.
        Err(error) if error.is_unique_violation() => {
            return again(&mut connection, &ticket, asked, &op, None).await;
        }
        Err(error) => return Err(error),
    };
    let lowered = ticket.priority != asked;
    let filed = filed(&filing, &standing, TicketNumber(number), name);
    app.committed_rows(writing, None, || vec![told::filed(&filing, &filed, place)]);
    Ok(Filed { ticket: filed, lowered })
}

/// The ticket as it was just filed, without asking the database again.
fn filed(filing: &sql::Filing<'_>, standing: &Standing, number: TicketNumber, name: String) -> Ticket {
    let sql::Filing { ticket, now, excerpt, .. } = filing;
    let customer = PersonRef { id: ticket.customer_id, name };
    Ticket {
        id: ticket.id,
        number,
        subject: ticket.subject.clone(),
        category: ticket.category,
        priority: ticket.priority,
        status: Status::Open,
        customer: customer.clone(),
        assigned_to: None,
        order: ticket.order.clone(),
        unread: 0,
        created_at: *now,
        updated_at: *now,
        last_message_at: *now,
        first_responded_at: None,
        resolved_at: None,
        closed_at: None,
        n: 1,
        last_message: Excerpt {
            text: (*excerpt).to_owned(),
            sender_type: SenderType::Customer,
            sender: Some(customer),
        },
        follows: standing.follows_number.map(TicketNumber),
        internal: Internal::default(),
    }
}

/// The rules that need the database.
fn check(ticket: &NewTicket, standing: &Standing, now: Time) -> Result<()> {
    let mut fields = Fields::default();
    if ticket.order.is_some() && standing.order_id.is_none() {
        fields.put("order", FieldError::NotYours);
    }
    if ticket.follows.is_some() && standing.follows_number.is_none() {
        fields.put("follows", FieldError::NotYours);
    }
    if !fields.is_empty() {
        return Err(fields.into());
    }
    if standing.in_hour >= HOUR_MOST {
        let until = standing.oldest_in_hour.unwrap_or(now) + TimeDelta::hours(1);
        return Err(Error::RateLimited { retry_after: (until - now).num_seconds().max(1).unsigned_abs() });
    }
    Ok(())
}

/// The answer to a ticket that was filed before under this id.
async fn again(
    db: &mut PgConnection,
    ticket: &NewTicket,
    asked: Priority,
    op: &OpKey,
    hash: Option<&[u8]>,
) -> Result<Filed> {
    if hash.is_some_and(|hash| hash != op.hash) {
        return Err(Code::IdTaken.into());
    }
    if hash.is_none() && super::write::stored(db, op).await?.is_none() {
        return Err(Code::IdTaken.into());
    }
    let found = super::list::sql::find(db, ticket.id, Some(ticket.customer_id)).await?.ok_or(Code::NotFound)?;
    let found = found.ticket(super::list::Eye::Customer);
    let lowered = asked == Priority::Urgent && found.priority == Priority::High;
    Ok(Filed { ticket: found, lowered })
}
