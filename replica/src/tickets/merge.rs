//! Merging on this desk: what may become one, what is to be chosen from, and which tickets are read together, own unsent merges included.

use gemilang_protocol::desk::views::{MergeChoice, MergeChoices, ThreadPart};
use gemilang_protocol::{Act, Code, Internal, Status, Ticket, TicketNumber, TicketRef};
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use super::find::holding_or_numbered;
use super::{Shown, find};
use crate::error::{ReplicaError, Result};
use crate::file::Replica;
use crate::words::{begin, words};
use crate::{events, messages, notes};

/// Tickets offered at once.
const MOST: usize = 8;

impl Replica {
    /// The tickets that may be merged with this one: its customer's others, or of all those that are meant by the words.
    ///
    /// # Errors
    /// The ticket is not on this desk, or the file cannot be read.
    pub async fn find_to_merge(&self, ticket: Uuid, q: &str) -> Result<MergeChoices> {
        let words = words(q);
        let others = if words.is_empty() { Vec::new() } else { self.meant(q, &words).await? };
        let mut tx = self.read().await?;
        let own = find(&mut tx, ticket).await?;
        let mut keys = customers_others(&mut tx, &own, &words).await?;
        for key in others {
            if keys.len() < MOST && key != own.key && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys.insert(0, own.key);
        let mut choices = Vec::with_capacity(keys.len());
        for row in self.rows_of(&mut tx, &keys).await? {
            let Shown { key, ticket, .. } = find(&mut tx, row.id).await?;
            let is_here = events::has_first(&mut tx, key).await?;
            let messages: i64 = query_scalar("select count(*) from messages where ticket_key = ?")
                .bind(key)
                .fetch_one(&mut *tx)
                .await?;
            choices.push(MergeChoice {
                row,
                messages: is_here.then_some(messages.unsigned_abs()),
                merged: ticket.internal.merged.map(|merged| merged.into),
                later: !ticket.internal.later.is_empty(),
            });
        }
        let at = choices.iter().position(|choice| choice.row.id == ticket).ok_or(ReplicaError::NotFound)?;
        let ticket = choices.remove(at);
        Ok(MergeChoices { ticket, others: choices })
    }

    /// Tickets of whomever, whose heads hold the words.
    async fn meant(&self, q: &str, words: &[String]) -> Result<Vec<i64>> {
        self.index_if_idle().await?;
        let mut tx = self.read().await?;
        Ok(holding_or_numbered(&mut tx, q, words).await?.0)
    }
}

/// The other tickets of a ticket's customer whose heads hold the words, latest activity first.
async fn customers_others(tx: &mut SqliteConnection, own: &Shown, words: &[String]) -> Result<Vec<i64>> {
    let rows = query(
        "select key, number, order_number, ifnull(subject, head ->> '$.subject') as subject, head ->> '$.customer.name' as customer
        from tickets where customer_id = ? and key <> ? order by last_message_at desc, key desc limit 500",
    )
    .bind(own.ticket.customer.id)
    .bind(own.key)
    .fetch_all(tx)
    .await?;
    let mut keys = Vec::new();
    for row in &rows {
        let number = format!("gw {}", row.try_get::<i64, _>("number")?);
        let order: Option<&str> = row.try_get("order_number")?;
        let texts = [row.try_get("subject")?, row.try_get("customer")?, number.as_str(), order.unwrap_or_default()];
        if keys.len() < MOST && begin(words, &texts) {
            keys.push(row.try_get("key")?);
        }
    }
    Ok(keys)
}

/// Whether a ticket may go into another one, as far as this desk knows; the service looks again.
///
/// # Errors
/// `NotFound` for the other one; `Refused` with the service's own code.
pub(crate) async fn may(tx: &mut SqliteConnection, ticket: &Ticket, into: Uuid) -> Result<()> {
    let mut other = find(tx, into).await?.ticket;
    let mut ticket = ticket.clone();
    lay_over_parts(tx, &mut other).await?;
    lay_over_parts(tx, &mut ticket).await?;
    let refused = |code| Err(ReplicaError::Refused(code));
    if other.id == ticket.id {
        return refused(Code::SameTicket);
    }
    if ticket.internal.merged.is_some() || other.internal.merged.is_some() {
        return refused(Code::Merged);
    }
    if other.customer.id != ticket.customer.id {
        return refused(Code::OtherCustomer);
    }
    if !ticket.internal.later.is_empty() {
        return refused(Code::RepliesLater);
    }
    if other.internal.parts.len() + 1 + ticket.internal.parts.len() > Internal::PARTS_MOST {
        return refused(Code::TooMany);
    }
    Ok(())
}

/// Whether this can be done in a ticket, which may have gone into another; the service looks again.
///
/// # Errors
/// `Refused` as `merged`.
pub(crate) fn is_free(ticket: &Ticket, act: &Act) -> Result<()> {
    let is_free = matches!(act, Act::Merge { on: false, .. } | Act::Wake {} | Act::Read { .. });
    if ticket.internal.merged.is_none() || is_free { Ok(()) } else { Err(ReplicaError::Refused(Code::Merged)) }
}

/// Lays a ticket's own unsent merge over its head.
pub(super) fn lay_over(ticket: &mut Ticket, into: TicketRef, on: bool) {
    if on && ticket.internal.merged.is_none() {
        ticket.internal.merged = Some(gemilang_protocol::Merged { into, was: ticket.status });
        ticket.status = Status::Closed;
    } else if !on && let Some(merged) = ticket.internal.merged.take() {
        ticket.status = merged.was;
    }
}

/// Lays unsent merges of others with this one over its head. Done whenever it is read: those are changes of the others.
pub(crate) async fn lay_over_parts(tx: &mut SqliteConnection, ticket: &mut Ticket) -> Result<()> {
    let rows = query(
        "select t.id, t.number, b.act ->> '$.on' as \"on\", coalesce(t.internal ->> '$.parts', t.head ->> '$.internal.parts') as parts
        from outbox b join tickets t on t.id = b.ticket_id
        where b.kind = 'merge' and unhex(replace(b.act ->> '$.into', '-', '')) = ?
            and (b.state in ('queued', 'sending') and b.wish is null or (b.state = 'sent' and b.landed_n > t.n))
        order by b.ord",
    )
    .bind(ticket.id)
    .fetch_all(tx)
    .await?;
    for row in rows {
        let part = TicketRef { id: row.try_get("id")?, number: TicketNumber(row.try_get("number")?) };
        let parts: Option<&str> = row.try_get("parts")?;
        let parts: Vec<TicketRef> = parts.map(serde_json::from_str).transpose()?.unwrap_or_default();
        if row.try_get("on")? {
            ticket.internal.absorb(part, &parts);
        } else {
            ticket.internal.release(part, &parts);
        }
    }
    Ok(())
}

/// The tickets that went into one, as far as they are on this desk.
pub(crate) async fn parts(tx: &mut SqliteConnection, of: &Ticket) -> Result<Vec<ThreadPart>> {
    let mut parts = Vec::with_capacity(of.internal.parts.len());
    for part in &of.internal.parts {
        let Shown { key, ticket, .. } = match find(tx, part.id).await {
            Err(ReplicaError::NotFound) => continue,
            found => found?,
        };
        parts.push(ThreadPart {
            ticket,
            messages: messages::of_ticket(tx, key).await?,
            notes: notes::of_ticket(tx, key).await?,
            events: events::of_ticket(tx, key).await?,
            partial: !events::has_first(tx, key).await?,
        });
    }
    Ok(parts)
}
