//! Statements that read `chat_messages`; they are written with their event, by the ticket's one door.

use std::collections::HashMap;

use gemilang_protocol::{Message, PersonRef, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{Error, Result};

pub(crate) struct MessageRow {
    pub(crate) id: Uuid,
    pub(crate) n: i64,
    pub(crate) message: String,
    pub(crate) sender_type: String,
    pub(crate) sender_id: Option<Uuid>,
    pub(crate) sender_name: Option<String>,
    pub(crate) is_read: bool,
    pub(crate) read_at: Option<Time>,
    pub(crate) written_at: Time,
    pub(crate) created_at: Time,
}

impl TryFrom<MessageRow> for Message {
    type Error = Error;

    fn try_from(row: MessageRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            n: row.n,
            message: row.message,
            sender_type: row.sender_type.parse().map_err(|_| Error::Stored("sender type"))?,
            sender: row.sender_id.zip(row.sender_name).map(|(id, name)| PersonRef { id, name }),
            is_read: row.is_read,
            read_at: row.read_at,
            written_at: row.written_at,
            created_at: row.created_at,
        })
    }
}

macro_rules! messages {
    ($tail:literal, $($args:tt)*) => {
        sqlx::query_as!(
            MessageRow,
            r#"select m.id, m.n, m.message, m.sender_type, m.sender_id, u.name as "sender_name?",
                      m.is_read, m.read_at, m.written_at, m.created_at
               from chat_messages m left join users u on u.id = m.sender_id "#
                + $tail,
            $($args)*
        )
    };
}

fn all(rows: Vec<MessageRow>) -> Result<Vec<Message>> {
    rows.into_iter().map(Message::try_from).collect()
}

pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Message>> {
    messages!("where m.id = $1", id).fetch_optional(db).await?.map(Message::try_from).transpose()
}

/// A message of this ticket.
pub(crate) async fn of_ticket(db: impl PgExecutor<'_>, ticket_id: Uuid, id: Uuid) -> Result<Option<Message>> {
    messages!("where m.id = $1 and m.ticket_id = $2", id, ticket_id)
        .fetch_optional(db)
        .await?
        .map(Message::try_from)
        .transpose()
}

/// Oldest first.
pub(super) async fn after(
    db: impl PgExecutor<'_>,
    ticket_id: Uuid,
    after: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Message>> {
    let rows = messages!(
        "where m.ticket_id = $1 and m.n > $2 and m.n < coalesce($3::bigint, 9223372036854775807) order by m.n limit $4",
        ticket_id,
        after,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    all(rows)
}

/// Newest first.
pub(super) async fn before(
    db: impl PgExecutor<'_>,
    ticket_id: Uuid,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Message>> {
    let rows = messages!(
        "where m.ticket_id = $1 and m.n < coalesce($2::bigint, 9223372036854775807) order by m.n desc limit $3",
        ticket_id,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    all(rows)
}

/// The first public message above `n` that somebody else wrote: a colleague's, or when the reply `waited` a customer's too.
pub(crate) async fn first_unseen(
    db: impl PgExecutor<'_>,
    ticket_id: Uuid,
    n: i64,
    me: Uuid,
    waited: bool,
) -> Result<Option<Message>> {
    messages!(
        "where m.ticket_id = $1 and m.n > $2
           and (m.sender_type = 'admin' and m.sender_id <> $3 or m.sender_type = 'customer' and $4)
         order by m.n limit 1",
        ticket_id,
        n,
        me,
        waited,
    )
    .fetch_optional(db)
    .await?
    .map(Message::try_from)
    .transpose()
}

pub(super) async fn place(db: impl PgExecutor<'_>, ticket_id: Uuid, id: Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar!("select n from chat_messages where ticket_id = $1 and id = $2", ticket_id, id,)
        .fetch_one(db)
        .await?)
}

/// A customer's messages since a time, the oldest of them; none when `id` is a retry.
pub(super) async fn pace(
    db: impl PgExecutor<'_>,
    customer_id: Uuid,
    since: Time,
    id: Uuid,
) -> Result<(i64, Option<Time>)> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(created_at) as oldest from chat_messages
           where sender_id = $1 and sender_type = 'customer' and created_at > $2
             and not exists (select from ticket_events where op_id = $3)"#,
        customer_id,
        since,
        id,
    )
    .fetch_one(db)
    .await?;
    Ok((row.count, row.oldest))
}

/// Every message of these tickets, in order.
pub(super) async fn of_tickets(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Message>>> {
    let rows = sqlx::query!(
        r#"select m.ticket_id, m.id, m.n, m.message, m.sender_type, m.sender_id, u.name as "sender_name?",
                  m.is_read, m.read_at, m.written_at, m.created_at
           from chat_messages m left join users u on u.id = m.sender_id
           where m.ticket_id = any ($1) order by m.ticket_id, m.n"#,
        ids,
    )
    .fetch_all(db)
    .await?;
    let mut messages: HashMap<Uuid, Vec<Message>> = HashMap::new();
    for row in rows {
        let message = Message::try_from(MessageRow {
            id: row.id,
            n: row.n,
            message: row.message,
            sender_type: row.sender_type,
            sender_id: row.sender_id,
            sender_name: row.sender_name,
            is_read: row.is_read,
            read_at: row.read_at,
            written_at: row.written_at,
            created_at: row.created_at,
        })?;
        messages.entry(row.ticket_id).or_default().push(message);
    }
    Ok(messages)
}

pub(super) async fn arrived(db: impl PgExecutor<'_>, arrivals: &[(Uuid, i64)]) -> Result<Vec<(Uuid, i64)>> {
    let (tickets, ns): (Vec<Uuid>, Vec<i64>) = arrivals.iter().copied().unzip();
    // Several desks say the same at once: in one order, so that none waits for another in a circle.
    let rows = sqlx::query!(
        r#"insert into ticket_deliveries (ticket_id, up_to)
           select a.ticket_id, max(a.up_to)
           from unnest($1::uuid[], $2::bigint[]) as a (ticket_id, up_to)
           join support_tickets t on t.id = a.ticket_id
           group by a.ticket_id order by a.ticket_id
           on conflict (ticket_id) do update set up_to = excluded.up_to where ticket_deliveries.up_to < excluded.up_to
           returning ticket_id, up_to"#,
        &tickets,
        &ns,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.ticket_id, row.up_to)).collect())
}
