//! Heads of tickets. `head` is the service's word; the columns beside it are what this desk shows, own unsent changes laid over.

/// The few that are meant by a word or a number.
mod find;
/// Lists: inboxes, filters, search.
mod list;
/// Tickets that are read together.
pub(crate) mod merge;
/// Which tickets are let through.
mod narrow;
/// All of a customer, or about an order.
mod of;
/// How many there are, and where one stands.
mod place;
/// What they are filed under.
pub(crate) mod tags;

use std::collections::HashMap;

use gemilang_protocol::desk::views::{OpState, TicketRow};
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{Act, PersonRef, Status, Ticket, TicketNumber, TicketRef};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::{ReplicaError, Result};
use crate::file::Replica;
use crate::rows::Cell;
use crate::time::micros;
use crate::{messages, outbox, people};

/// What a row is made of; every query for rows begins with this and joins `tickets t`.
pub(crate) const ROW: &str = r#"select t.head, t.status, t.priority, t.category, t.assigned_to, t.unread, t.internal, t.subject, t.order_number,
    p.name as assignee, o.event_date, o."order" ->> '$.zone' as event_zone,
    (select max(case b.state when 'failed' then 3 when 'held' then 2 when 'sending' then 1 else 0 end)
        from outbox b where b.ticket_id = t.id and b.state <> 'sent' and b.kind <> 'read') as unsent,
    (select ifnull(b.edited_act, b.act) ->> '$.message' from outbox b
        where b.ticket_id = t.id and b.kind = 'reply' and not exists (select 1 from outbox h
            where h.ticket_id = t.id and h.kind = 'reply' and h.state in ('held', 'failed'))
        order by b.ord desc limit 1) as own_reply "#;
/// The tables beside `tickets t` that [`ROW`] names.
pub(crate) const ROW_JOINS: &str = " left join people p on p.id = t.assigned_to
    left join orders o on o.number = t.order_number ";

/// What this desk shows of a ticket, and where it is in the file.
pub(crate) struct Shown {
    pub(crate) key: i64,
    pub(crate) ticket: Ticket,
    pub(crate) read_line: Option<i64>,
}

impl Replica {
    /// One row, if the ticket is on this desk.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn ticket_row(&self, ticket: Uuid) -> Result<Option<TicketRow>> {
        let mut tx = self.read().await?;
        let row = QueryBuilder::<Sqlite>::new(ROW)
            .push("from tickets t")
            .push(ROW_JOINS)
            .push("where t.id = ")
            .push_bind(ticket)
            .build()
            .fetch_optional(&mut *tx)
            .await?;
        row.map(|row| self.ticket_row_of(&row)).transpose()
    }

    pub(crate) fn ticket_row_of(&self, row: &SqliteRow) -> Result<TicketRow> {
        let ticket = shown(row)?;
        let name: Option<String> = row.try_get("assignee")?;
        let event_date: Option<&str> = row.try_get("event_date")?;
        let event_zone: Option<&str> = row.try_get("event_zone")?;
        let unsent: Option<i64> = row.try_get("unsent")?;
        let own_reply: Option<&str> = row.try_get("own_reply")?;
        Ok(TicketRow {
            id: ticket.id,
            number: ticket.number,
            subject: ticket.subject,
            category: ticket.category,
            status: ticket.status,
            priority: ticket.priority,
            customer: ticket.customer,
            assignee: ticket
                .assigned_to
                .map(|id| PersonRef { id, name: name.unwrap_or_else(|| people::own_name(self, id)) }),
            unread: ticket.unread,
            last_message: ticket.last_message,
            last_message_at: ticket.last_message_at,
            created_at: ticket.created_at,
            event_date: event_date.and_then(|date| date.parse().ok()),
            event_zone: event_zone.and_then(|zone| zone.parse().ok()),
            unsent: unsent.map(|worst| match worst {
                3 => OpState::Failed,
                2 => OpState::Held,
                1 => OpState::Sending,
                _ => OpState::Queued,
            }),
            own_reply: own_reply.map(Excerpt::cut),
            snooze: ticket.internal.snooze_of(self.me().id).cloned(),
        })
    }
}

/// The head with what this desk shows instead of some of it.
fn shown(row: &SqliteRow) -> Result<Ticket> {
    let mut ticket: Ticket = serde_json::from_str(row.try_get("head")?)?;
    ticket.status = row.try_get::<&str, _>("status")?.parse().unwrap_or(ticket.status);
    ticket.priority = row.try_get::<&str, _>("priority")?.parse().unwrap_or(ticket.priority);
    ticket.category = row.try_get::<&str, _>("category")?.parse().unwrap_or(ticket.category);
    ticket.assigned_to = row.try_get("assigned_to")?;
    ticket.unread = row.try_get("unread")?;
    ticket.order = row.try_get("order_number")?;
    if let Some(subject) = row.try_get("subject")? {
        ticket.subject = subject;
    }
    if let Some(internal) = row.try_get::<Option<&str>, _>("internal")? {
        ticket.internal = serde_json::from_str(internal)?;
    }
    Ok(ticket)
}

/// A ticket as this desk shows it.
///
/// # Errors
/// Not on this desk.
pub(crate) async fn find(connection: &mut SqliteConnection, id: Uuid) -> Result<Shown> {
    let row =
        query("select key, head, status, priority, category, assigned_to, unread, internal, subject, order_number, read_line from tickets where id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?
            .ok_or(ReplicaError::NotFound)?;
    Ok(Shown { key: row.try_get("key")?, read_line: row.try_get("read_line")?, ticket: shown(&row)? })
}

/// Stores heads under their keys; one with a lower `n` never replaces one with a higher. What never changes is not set
/// anew: every index over a column that is set would be written, whether its value changes or not. Own unsent changes are
/// laid over by [`overlay`] afterwards.
pub(crate) fn put(batch: &mut Batch, heads: &[(i64, &Ticket)]) -> Result<()> {
    let rows: Vec<[Cell<'_>; 16]> = heads
        .iter()
        .map(|(key, ticket)| {
            Ok([
                (*key).into(),
                ticket.id.into(),
                ticket.number.0.into(),
                ticket.n.into(),
                ticket.status.as_str().into(),
                ticket.priority.as_str().into(),
                ticket.category.as_str().into(),
                ticket.assigned_to.into(),
                ticket.customer.id.into(),
                ticket.order.as_ref().into(),
                i64::from(ticket.unread).into(),
                micros(ticket.created_at).into(),
                micros(ticket.last_message_at).into(),
                ticket.resolved_at.map(micros).into(),
                ticket.closed_at.map(micros).into(),
                serde_json::to_string(ticket)?.into(),
            ])
        })
        .collect::<Result<_>>()?;
    batch.put(
        "insert into tickets (key, id, number, n, status, priority, category, assigned_to, customer_id,
            order_number, unread, created_at, last_message_at, resolved_at, closed_at, head)",
        &rows,
        "on conflict do update set n = excluded.n, status = excluded.status, priority = excluded.priority,
            category = excluded.category, assigned_to = excluded.assigned_to, order_number = excluded.order_number,
            unread = excluded.unread, last_message_at = excluded.last_message_at, resolved_at = excluded.resolved_at,
            closed_at = excluded.closed_at, head = excluded.head
        where excluded.n >= tickets.n",
    )
}

/// Asks for one row that [`keys`] reads: where tickets are in the file.
pub(crate) fn ask_keys(batch: &mut Batch, ids: impl Iterator<Item = Uuid>) -> Result<()> {
    let ids: Vec<_> = ids.map(Hex).collect();
    batch
        .add(
            "select ifnull((select max(key) from tickets), 0) as last,
                (select json_group_array(json_array(hex(id), key, n = 0)) from tickets
                    where id in (select unhex(value) from json_each(?))) as here",
        )
        .rows(&ids)?;
    Ok(())
}

/// Where tickets are in the file; one that is not here yet gets the next place. Beside them those places whose head is from
/// before a restore of the service.
pub(crate) fn keys(row: &SqliteRow, ids: impl Iterator<Item = Uuid>) -> Result<(HashMap<Uuid, i64>, Vec<i64>)> {
    let here: Vec<(Uuid, i64, u8)> = serde_json::from_str(row.try_get("here")?)?;
    let mut last: i64 = row.try_get("last")?;
    let old = here.iter().filter(|(_, _, is_old)| *is_old == 1).map(|(_, key, _)| *key).collect();
    let mut keys: HashMap<Uuid, i64> = here.into_iter().map(|(id, key, _)| (id, key)).collect();
    for id in ids {
        keys.entry(id).or_insert_with(|| {
            last += 1;
            last
        });
    }
    Ok((keys, old))
}

/// Makes way for heads that come after a restore of the service: even what never changes may be another then.
pub(crate) fn make_way(batch: &mut Batch, old: &[i64]) -> Result<()> {
    if !old.is_empty() {
        batch.add("delete from tickets where n = 0 and key in (select value from json_each(?))").rows(old)?;
    }
    Ok(())
}

/// Lays own unsent changes over the head again: after either of them changed.
pub(crate) async fn overlay(connection: &mut SqliteConnection, id: Uuid) -> Result<()> {
    let found = query("select key, head from tickets where id = ?").bind(id).fetch_optional(&mut *connection).await?;
    let Some(row) = found else { return Ok(()) };
    let key: i64 = row.try_get("key")?;
    let mut ticket: Ticket = serde_json::from_str(row.try_get("head")?)?;
    let mut read_up_to = 0;
    let told = ticket.internal.clone();
    let called = ticket.subject.clone();
    for act in outbox::unsent_acts(connection, id, ticket.n).await? {
        match act {
            Act::Snooze { until } => ticket.internal.snooze(own(connection).await?, until),
            Act::Wake {} => {
                ticket.internal.wake(own(connection).await?.id);
            }
            Act::CallOff { id, .. } => {
                ticket.internal.take_later(id);
            }
            Act::Tag { tag, on } => ticket.internal.tag(&tag, on),
            Act::Link { to, on } => {
                if let Some(number) = number(connection, to).await? {
                    ticket.internal.link(TicketRef { id: to, number }, on);
                }
            }
            Act::Merge { into, on } => {
                if let Some(number) = number(connection, into).await? {
                    merge::lay_over(&mut ticket, TicketRef { id: into, number }, on);
                }
            }
            Act::Assign { to, .. } => ticket.assigned_to = to,
            Act::Status { to, .. } => ticket.status = to,
            Act::Priority { to, .. } => ticket.priority = to,
            Act::Category { to, .. } => ticket.category = to,
            Act::Subject { to, .. } => ticket.subject = to,
            Act::Order { to, .. } => ticket.order = to,
            Act::Read { up_to } => read_up_to = read_up_to.max(up_to),
            // The service does so with the first public answer; later changes are written from there.
            Act::Reply { .. } if ticket.first_responded_at.is_none() => {
                ticket.first_responded_at = Some(ticket.updated_at);
                if ticket.status == Status::Open {
                    ticket.status = Status::InProgress;
                }
            }
            Act::Reply { .. } | Act::Note { .. } | Act::SendLater { .. } | Act::File { .. } => {}
        }
    }
    if read_up_to > 0 {
        let (_, unread) = messages::unread(connection, key, read_up_to).await?;
        ticket.unread = ticket.unread.min(i32::try_from(unread).unwrap_or(i32::MAX));
    }
    let tagged = !told.tags.is_empty() || !ticket.internal.tags.is_empty();
    let tags = tagged.then(|| ticket.internal.tags.clone());
    let internal = (ticket.internal != told).then(|| serde_json::to_string(&ticket.internal)).transpose()?;
    // Set only where it differs: a trigger follows it.
    query("update tickets set internal = ?1 where key = ?2 and internal is not ?1")
        .bind(internal)
        .bind(key)
        .execute(&mut *connection)
        .await?;
    if let Some(tags) = tags {
        tags::lay_over(connection, key, &tags).await?;
    }
    let subject = (ticket.subject != called).then_some(ticket.subject);
    query(
        "update tickets set status = ?, priority = ?, category = ?, assigned_to = ?, unread = ?, order_number = ?,
            subject = ? where key = ?",
    )
    .bind(ticket.status.as_str())
    .bind(ticket.priority.as_str())
    .bind(ticket.category.as_str())
    .bind(ticket.assigned_to)
    .bind(ticket.unread)
    .bind(ticket.order)
    .bind(subject)
    .bind(key)
    .execute(connection)
    .await?;
    Ok(())
}

/// A ticket's number, if it is here.
pub(crate) async fn number(connection: &mut SqliteConnection, id: Uuid) -> Result<Option<TicketNumber>> {
    let number: Option<i64> =
        query_scalar("select number from tickets where id = ?").bind(id).fetch_optional(connection).await?;
    Ok(number.map(TicketNumber))
}

/// Notes whose file it is: what they put off is theirs.
pub(crate) async fn note_own(connection: &mut SqliteConnection, me: &PersonRef) -> Result<()> {
    query("insert into own (id, person) values (1, ?) on conflict do update set person = excluded.person")
        .bind(serde_json::to_string(me)?)
        .execute(connection)
        .await?;
    Ok(())
}

async fn own(connection: &mut SqliteConnection) -> Result<PersonRef> {
    let own: String = query_scalar("select person from own").fetch_one(connection).await?;
    Ok(serde_json::from_str(&own)?)
}

/// How many tickets are here.
pub(crate) async fn total(connection: &mut SqliteConnection) -> Result<u64> {
    let total: i64 = query_scalar("select ifnull(sum(tickets), 0) from ticket_counts").fetch_one(connection).await?;
    Ok(u64::try_from(total).unwrap_or(0))
}
