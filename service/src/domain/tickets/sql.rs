//! Statements that change a ticket, each one whole: head, message or note, and events. Lists are in `list/sql.rs`.

use gemilang_protocol::{EventBody, Internal, PersonRef, SenderType, TicketNumber, Time};
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::due::Due;
use super::file::{NewTicket, Standing};
use super::plan::{Head, Plan};
use super::told::Aside;
use super::write::{Landed, OpKey};
use crate::domain::Actor;
use crate::feed::Place;
use crate::{Error, Result};

/// All that one change writes.
pub(super) struct Written<'a> {
    pub(super) plan: &'a Plan,
    pub(super) actor: &'a Actor,
    pub(super) op: Option<&'a OpKey>,
    pub(super) written_at: Time,
    pub(super) now: Time,
    pub(super) generation: i32,
}

/// All that reading writes.
pub(super) struct Read<'a> {
    pub(super) ticket_id: Uuid,
    pub(super) n: i64,
    pub(super) actor: &'a Actor,
    pub(super) op: Option<&'a OpKey>,
    pub(super) up_to: i64,
    pub(super) now: Time,
    pub(super) generation: i32,
}

struct HeadRow {
    id: Uuid,
    last_n: i64,
    subject: String,
    category: String,
    priority: String,
    status: String,
    customer_id: Uuid,
    assigned_to: Option<Uuid>,
    assignee_name: Option<String>,
    order_id: Option<Uuid>,
    order_number: Option<String>,
    unread_staff: i32,
    unread_customer: i32,
    last_message_text: String,
    last_message_sender_type: String,
    last_message_sender_id: Option<Uuid>,
    last_message_at: Time,
    first_responded_at: Option<Time>,
    resolved_at: Option<Time>,
    closed_at: Option<Time>,
    number: i64,
    customer_name: String,
    created_at: Time,
    last_message_sender_name: Option<String>,
    follows_number: Option<i64>,
    internal: Option<Value>,
    latest_generation: Option<i32>,
    latest_xid: Option<i64>,
    latest_seq: Option<i64>,
    latest_at: Option<Time>,
}

impl TryFrom<HeadRow> for (Head, Aside) {
    type Error = Error;

    fn try_from(row: HeadRow) -> Result<Self> {
        let aside = Aside {
            number: row.number,
            customer_name: row.customer_name,
            created_at: row.created_at,
            last_message_sender: row
                .last_message_sender_id
                .zip(row.last_message_sender_name)
                .map(|(id, name)| PersonRef { id, name }),
            follows: row.follows_number,
            latest: match (row.latest_generation, row.latest_xid, row.latest_seq) {
                (Some(generation), Some(xid), Some(seq)) => Place { generation, xid, seq, created_at: row.latest_at },
                _ => Place::START,
            },
        };
        let head = Head {
            id: row.id,
            n: row.last_n,
            subject: row.subject,
            category: row.category.parse().map_err(|_| Error::Stored("category"))?,
            priority: row.priority.parse().map_err(|_| Error::Stored("priority"))?,
            status: row.status.parse().map_err(|_| Error::Stored("status"))?,
            customer_id: row.customer_id,
            assigned_to: row.assigned_to.zip(row.assignee_name).map(|(id, name)| PersonRef { id, name }),
            order: row.order_id.zip(row.order_number),
            unread_staff: row.unread_staff,
            unread_customer: row.unread_customer,
            last_message_text: row.last_message_text,
            last_message_sender_type: row.last_message_sender_type.parse().map_err(|_| Error::Stored("sender type"))?,
            last_message_sender_id: row.last_message_sender_id,
            last_message_at: row.last_message_at,
            first_responded_at: row.first_responded_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
            internal: internal(row.internal)?,
        };
        Ok((head, aside))
    }
}

macro_rules! head {
    ($tail:literal, $id:expr, $reader:expr) => {
        sqlx::query_as!(
            HeadRow,
            r#"select t.id, t.last_n, t.subject, t.category, t.priority, t.status, t.customer_id, t.assigned_to,
                      a.name as "assignee_name?", t.order_id, o.number as "order_number?",
                      t.unread_staff, t.unread_customer,
                      t.last_message_text, t.last_message_sender_type, t.last_message_sender_id, t.last_message_at,
                      t.first_responded_at, t.resolved_at, t.closed_at, t.number, c.name as customer_name, t.created_at,
                      s.name as "last_message_sender_name?", f.number as "follows_number?", t.internal,
                      l.generation as "latest_generation?", l.xid as "latest_xid?", l.seq as "latest_seq?",
                      l.created_at as "latest_at?"
               from support_tickets t
               join users c on c.id = t.customer_id
               left join ticket_events l on l.ticket_id = t.id and l.n = t.last_n
               left join users a on a.id = t.assigned_to
               left join orders o on o.id = t.order_id
               left join users s on s.id = t.last_message_sender_id
               left join support_tickets f on f.id = t.follows_id
               where t.id = $1
                 and ($2::uuid is null or exists (select from ticket_people p where p.ticket_id = t.id and p.user_id = $2))"#
                + $tail,
            $id,
            $reader,
        )
    };
}

/// How a ticket stands, for a reader who may see it; `hold` keeps everybody else from changing it.
pub(super) async fn head(
    db: &mut PgConnection,
    id: Uuid,
    reader: Option<Uuid>,
    hold: bool,
) -> Result<Option<(Head, Aside)>> {
    let row = if hold {
        head!(" for update of t", id, reader).fetch_optional(db).await?
    } else {
        head!("", id, reader).fetch_optional(db).await?
    };
    row.map(TryInto::try_into).transpose()
}

/// Keeps everybody else from changing these tickets, always in the same order.
pub(super) async fn hold(db: &mut PgConnection, ids: &[Uuid]) -> Result<()> {
    sqlx::query!("select id from support_tickets where id = any ($1) order by id for update", ids)
        .fetch_all(db)
        .await?;
    Ok(())
}

/// A ticket's number.
pub(super) async fn number(db: &mut PgConnection, id: Uuid) -> Result<Option<TicketNumber>> {
    let number = sqlx::query_scalar!("select number from support_tickets where id = $1", id).fetch_optional(db).await?;
    Ok(number.map(TicketNumber))
}

/// The event that bears an op's id.
pub(super) struct Borne {
    pub(super) hash: Option<Vec<u8>>,
    pub(super) actor_id: Option<Uuid>,
    /// Whether it only says that the op shall never land.
    pub(super) void: bool,
    pub(super) landed: Landed,
}

/// The event that bears an op's id.
pub(super) async fn find_op(db: &mut PgConnection, op_id: Uuid) -> Result<Option<Borne>> {
    let row = sqlx::query!(
        r#"select n, op_hash, actor_id, kind = 'voided' as "void!", created_at from ticket_events where op_id = $1"#,
        op_id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Borne {
        hash: row.op_hash,
        actor_id: row.actor_id,
        void: row.void,
        landed: Landed { n: row.n, created_at: row.created_at },
    }))
}

/// Writes a change, if the ticket still stands as it was planned upon, and answers the places of its events.
pub(super) async fn apply(db: &mut PgConnection, written: &Written<'_>) -> Result<Option<Vec<Place>>> {
    let Written { plan, actor, op, .. } = written;
    let head = &plan.head;
    let kinds: Vec<String> = plan.events.iter().map(|event| event.body.kind().to_owned()).collect();
    let data = plan.events.iter().map(|event| data(&event.body)).collect::<Result<Vec<_>>>()?;
    let urgent: Vec<i16> = plan.events.iter().map(|event| event.urgent).collect();
    let (message_id, message) = plan.message.clone().unzip();
    let (note_id, note) = plan.note.clone().unzip();
    let row = sqlx::query!(
        r#"with head as (
               update support_tickets
               set last_n = last_n + cardinality($3::text[]), subject = $9, category = $10, priority = $11, status = $12,
                   assigned_to = $13, order_id = $14, unread_staff = $15, unread_customer = $16,
                   last_message_text = $17, last_message_sender_type = $18, last_message_sender_id = $19,
                   last_message_at = $20, first_responded_at = $21, resolved_at = $22, closed_at = $23, updated_at = $24, internal = $32, due_at = $33
               where id = $1 and last_n = $2
               returning id
           ), message as (
               insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, written_at, created_at)
               select $25, id, $2 + 1, $7, $6, $26, $8, $24 from head where $25::uuid is not null
           ), note as (
               insert into internal_notes (id, ticket_id, n, author_id, note, written_at, created_at)
               select $27, id, $2 + 1, $6, $28, $8, $24 from head where $27::uuid is not null
           ), event as (
               insert into ticket_events (ticket_id, n, op_id, op_hash, actor_id, actor_type, kind, data, urgent, written_at, created_at, generation)
               select head.id, $2 + e.place, case when e.place = 1 then $29::uuid end, case when e.place = 1 then $30::bytea end,
                      $6, $7, e.kind, e.data, e.urgent, $8, $24, $31
               from head, unnest($3::text[], $4::jsonb[], $5::smallint[]) with ordinality as e (kind, data, urgent, place)
               returning n, xid, seq
           )
           select max(xid) as xid, array_agg(seq order by n) as seqs from event"#,
        head.id,
        head.n,
        &kinds,
        &data,
        &urgent,
        actor.person.id,
        actor.side.as_str(),
        written.written_at,
        head.subject,
        head.category.as_str(),
        head.priority.as_str(),
        head.status.as_str(),
        head.assigned_to.as_ref().map(|person| person.id),
        head.order.as_ref().map(|(id, _)| *id),
        head.unread_staff,
        head.unread_customer,
        head.last_message_text,
        head.last_message_sender_type.as_str(),
        head.last_message_sender_id,
        head.last_message_at,
        head.first_responded_at,
        head.resolved_at,
        head.closed_at,
        written.now,
        message_id,
        message,
        note_id,
        note,
        op.map(|op| op.id),
        op.map(|op| op.hash.as_slice()),
        written.generation,
        kept(&head.internal)?,
        head.internal.due_at(),
    )
    .fetch_one(db)
    .await?;
    let (generation, created_at) = (written.generation, Some(written.now));
    let at = |xid| move |seq| Place { generation, xid, seq, created_at };
    Ok(row.xid.zip(row.seqs).map(|(xid, seqs)| seqs.into_iter().map(at(xid)).collect()))
}

/// Whether the other side wrote something up to `up_to` that is not read.
pub(super) async fn has_unread(db: &mut PgConnection, ticket_id: Uuid, reader: SenderType, up_to: i64) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from chat_messages
                          where ticket_id = $1 and n <= $3 and not is_read
                            and (sender_type = 'customer') = ($2 = 'admin')) as "unread!""#,
        ticket_id,
        reader.as_str(),
        up_to,
    )
    .fetch_one(db)
    .await?)
}

/// Marks the other side's messages as read, if the ticket still stands at `n`.
pub(super) async fn read(db: &mut PgConnection, read: &Read<'_>) -> Result<bool> {
    let body = data(&EventBody::Read { by: read.actor.side, up_to: read.up_to })?;
    let took_hold = sqlx::query_scalar!(
        r#"with head as (
               update support_tickets t
               set last_n = last_n + 1, updated_at = $5,
                   unread_staff = case when $4 = 'admin' then
                       (select count(*) from chat_messages m where m.ticket_id = t.id and m.n > $3 and not m.is_read and m.sender_type = 'customer')
                       else t.unread_staff end,
                   unread_customer = case when $4 = 'customer' then
                       (select count(*) from chat_messages m where m.ticket_id = t.id and m.n > $3 and not m.is_read and m.sender_type <> 'customer')
                       else t.unread_customer end
               where t.id = $1 and t.last_n = $2
               returning t.id
           ), message as (
               update chat_messages m set is_read = true, read_at = $5
               from head
               where m.ticket_id = head.id and m.n <= $3 and not m.is_read
                 and (m.sender_type = 'customer') = ($4 = 'admin')
           ), event as (
               insert into ticket_events (ticket_id, n, op_id, op_hash, actor_id, actor_type, kind, data, written_at, created_at, generation)
               select id, $2 + 1, $7, $8, $6, $4, 'read', $9, $5, $5, $10 from head
           )
           select exists (select from head) as "took_hold!""#,
        read.ticket_id,
        read.n,
        read.up_to,
        read.actor.side.as_str(),
        read.now,
        read.actor.person.id,
        read.op.map(|op| op.id),
        read.op.map(|op| op.hash.as_slice()),
        body,
        read.generation,
    )
    .fetch_one(db)
    .await?;
    Ok(took_hold)
}

/// What filing must know of the customer and of the things the ticket names. What staff filed for them is not held against them.
pub(super) async fn standing(
    db: impl PgExecutor<'_>,
    ticket: &NewTicket,
    hour_ago: Time,
    day_ago: Time,
) -> Result<Standing> {
    let row = sqlx::query!(
        r#"select (select op_hash from ticket_events where op_id = $2) as op_hash,
                  exists (select from support_tickets where id = $2) as "exists!",
                  (select o.id from orders o join users u on u.id = o.customer_id
                   where o.number = $3 and o.customer_id = $1 and u.email_confirmed_at is not null) as order_id,
                  (select t.number from support_tickets t join ticket_people p on p.ticket_id = t.id
                   where t.id = $4 and p.user_id = $1) as follows_number,
                  (select count(*) from support_tickets t join ticket_events e on e.ticket_id = t.id and e.n = 1
                   where t.customer_id = $1 and t.created_at > $5 and e.actor_type = 'customer') as "in_hour!",
                  (select min(t.created_at) from support_tickets t join ticket_events e on e.ticket_id = t.id and e.n = 1
                   where t.customer_id = $1 and t.created_at > $5 and e.actor_type = 'customer') as oldest_in_hour,
                  (select count(*) from support_tickets t join ticket_events e on e.ticket_id = t.id and e.n = 1
                   where t.customer_id = $1 and t.created_at > $6 and t.priority = 'urgent'
                         and e.actor_type = 'customer') as "urgent_in_day!""#,
        ticket.customer_id,
        ticket.id,
        ticket.order,
        ticket.follows,
        hour_ago,
        day_ago,
    )
    .fetch_one(db)
    .await?;
    Ok(Standing {
        op_hash: row.op_hash,
        exists: row.exists,
        order_id: row.order_id,
        follows_number: row.follows_number,
        in_hour: row.in_hour,
        oldest_in_hour: row.oldest_in_hour,
        urgent_in_day: row.urgent_in_day,
    })
}

/// All that filing writes.
pub(super) struct Filing<'a> {
    pub(super) ticket: &'a NewTicket,
    /// Who files it, and on which side they are.
    pub(super) by: (SenderType, Uuid),
    /// Who wrote its first message, and on which side they are.
    pub(super) author: (SenderType, Uuid),
    /// Whether its customer alone sees it, whoever they share the order with.
    pub(super) alone: bool,
    pub(super) op: &'a OpKey,
    pub(super) order_id: Option<Uuid>,
    pub(super) created: &'a EventBody,
    pub(super) excerpt: &'a str,
    pub(super) urgent: i16,
    pub(super) now: Time,
    pub(super) generation: i32,
}

/// Files a ticket: its row, its people, its first message and its first event; no share by which somebody is among them
/// ends before it is filed. Answers its number, its customer's name, and the place of its event.
pub(super) async fn insert(db: impl PgExecutor<'_>, filing: &Filing<'_>) -> Result<(i64, String, Place)> {
    let Filing { ticket, by, author, .. } = filing;
    let by_customer = author.0 == SenderType::Customer;
    let row = sqlx::query!(
        r#"with ticket as (
               insert into support_tickets (id, subject, category, priority, customer_id, order_id, follows_id, last_n, unread_staff,
                   last_message_text, last_message_sender_type, last_message_sender_id, created_at, updated_at, last_message_at,
                   unread_customer, first_responded_at)
               values ($1, $2, $3, $4, $5, $6, $7, 1, $18, $8, $19, $20, $9, $9, $9, 1 - $18::integer, $21)
               returning id, number
           ), partner as (
               select s.person_id from shares s
               where s.order_id = $6 and s.owner_id = $5 and s.accepted_at is not null and not $24::boolean for share
           ), person as (
               insert into ticket_people (ticket_id, user_id, added_at)
               select id, $5::uuid, $9::timestamptz from ticket
               union select t.id, p.person_id, $9 from ticket t, partner p
           ), message as (
               insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, written_at, created_at)
               select $10, id, 1, $19, $20, $11, $12, $9 from ticket
           ), event as (
               insert into ticket_events (ticket_id, n, op_id, op_hash, actor_id, actor_type, kind, data, urgent, written_at, created_at, generation)
               select id, 1, $13, $14, $23, $22, 'created', $15, $16, $12, $9, $17 from ticket
               returning xid, seq
           )
           select t.number, u.name, e.xid, e.seq from ticket t, event e, users u where u.id = $5"#,
        ticket.id,
        ticket.subject,
        ticket.category.as_str(),
        ticket.priority.as_str(),
        ticket.customer_id,
        filing.order_id,
        ticket.follows,
        filing.excerpt,
        filing.now,
        ticket.message_id,
        ticket.description,
        ticket.written_at.unwrap_or(filing.now),
        filing.op.id,
        filing.op.hash.as_slice(),
        data(filing.created)?,
        filing.urgent,
        filing.generation,
        i32::from(by_customer),
        author.0.as_str(),
        author.1,
        // Staff who wrote its first message have answered.
        (!by_customer).then_some(filing.now),
        by.0.as_str(),
        by.1,
        filing.alone,
    )
    .fetch_one(db)
    .await?;
    let place = Place { generation: filing.generation, xid: row.xid, seq: row.seq, created_at: Some(filing.now) };
    Ok((row.number, row.name, place))
}

/// Tickets in which something is due, what has waited longest first.
pub(super) async fn due(db: impl PgExecutor<'_>, now: Time) -> Result<Vec<Due>> {
    let rows =
        sqlx::query!("select id, internal from support_tickets where due_at <= $1 order by due_at limit 100", now,)
            .fetch_all(db)
            .await?;
    rows.into_iter().map(|row| Ok(Due { ticket_id: row.id, internal: internal(row.internal)? })).collect()
}

/// The `internal` column.
fn internal(column: Option<Value>) -> Result<Internal> {
    match column {
        None => Ok(Internal::default()),
        Some(value) => serde_json::from_value(value).map_err(|_| Error::Stored("internal")),
    }
}

/// The same to be written: nothing while there is nothing.
fn kept(internal: &Internal) -> Result<Option<Value>> {
    if internal.is_empty() {
        return Ok(None);
    }
    serde_json::to_value(internal).map(Some).map_err(|_| Error::Stored("internal"))
}

/// The `data` column of an event.
fn data(body: &EventBody) -> Result<Value> {
    let mut whole = serde_json::to_value(body).map_err(|_| Error::Stored("event"))?;
    Ok(whole.get_mut("data").map(Value::take).unwrap_or_default())
}
