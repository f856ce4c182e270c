//! One conversation, whole: everything read at one moment, so that a message is never shown twice nor missing while its confirmation comes in.

use gemilang_protocol::desk::views::Thread;
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::{drafts, events, messages, notes, orders, outbox, people, sync, tickets};

impl Replica {
    /// One conversation.
    ///
    /// # Errors
    /// Not on this desk, or the file cannot be read.
    pub async fn thread(&self, ticket: Uuid) -> Result<Thread> {
        let mut tx = self.read().await?;
        let shown = tickets::find(&mut tx, ticket).await?;
        let key = shown.key;
        let mut ticket = shown.ticket;
        tickets::merge::lay_over_parts(&mut tx, &mut ticket).await?;
        let customer = ticket.customer.id;
        let (other_tickets, other_active) = others(&mut tx, customer, key).await?;
        let (first_unread, _) = if ticket.unread > 0 { messages::unread(&mut tx, key, 0).await? } else { (None, 0) };
        let links: Vec<Uuid> = ticket.internal.links.iter().map(|link| link.id).collect();
        Ok(Thread {
            parts: tickets::merge::parts(&mut tx, &ticket).await?,
            linked: self.rows_named(&mut tx, &links).await?,
            assignee: people::named(&mut tx, self, ticket.assigned_to).await?,
            customer: people::find(&mut tx, customer).await?,
            other_tickets,
            other_active,
            order: orders::find(&mut tx, ticket.order.as_deref()).await?,
            messages: messages::of_ticket(&mut tx, key).await?,
            notes: notes::of_ticket(&mut tx, key).await?,
            events: events::of_ticket(&mut tx, key).await?,
            partial: !events::has_first(&mut tx, key).await?,
            newer: sync::unknown_of(&mut tx, ticket.id).await?,
            unsent: outbox::of_ticket(&mut tx, ticket.id).await?,
            draft_reply: drafts::find(&mut tx, ticket.id, drafts::REPLY).await?,
            draft_note: drafts::find(&mut tx, ticket.id, drafts::NOTE).await?,
            read_up_to: first_unread.map(|n| n - 1).or(shown.read_line).unwrap_or(ticket.n),
            ticket,
        })
    }
}

/// The customer's other tickets: all of them, and the active ones.
async fn others(connection: &mut SqliteConnection, customer: Uuid, key: i64) -> Result<(u64, u64)> {
    let row = query(
        "select count(*) as tickets,
            ifnull(sum(status in ('open', 'in_progress', 'waiting_customer')), 0) as active
        from tickets where customer_id = ? and key <> ?",
    )
    .bind(customer)
    .bind(key)
    .fetch_one(connection)
    .await?;
    let tickets: i64 = row.try_get("tickets")?;
    let active: i64 = row.try_get("active")?;
    Ok((tickets.unsigned_abs(), active.unsigned_abs()))
}
