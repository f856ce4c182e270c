//! Statements that read heads of tickets.

use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Category, Internal, PersonRef, Priority, SenderType, Stats, Status, Ticket, TicketNumber, Time,
};
use serde_json::Value;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::search::Words;
use super::{After, Eye, Filter, Holder};
use crate::Result;
use crate::domain::tickets::Landed;
use crate::domain::word::Word;

/// A head with the names beside it.
pub(crate) struct TicketRow {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) subject: String,
    pub(crate) category: Word<Category>,
    pub(crate) priority: Word<Priority>,
    pub(crate) status: Word<Status>,
    pub(crate) customer_id: Uuid,
    pub(crate) customer_name: String,
    pub(crate) assigned_to: Option<Uuid>,
    pub(crate) order_number: Option<String>,
    pub(crate) unread_staff: i32,
    pub(crate) unread_customer: i32,
    pub(crate) created_at: Time,
    pub(crate) updated_at: Time,
    pub(crate) last_message_at: Time,
    pub(crate) first_responded_at: Option<Time>,
    pub(crate) resolved_at: Option<Time>,
    pub(crate) closed_at: Option<Time>,
    pub(crate) last_n: i64,
    pub(crate) last_message_text: String,
    pub(crate) last_message_sender_type: Word<SenderType>,
    pub(crate) last_message_sender_id: Option<Uuid>,
    pub(crate) last_message_sender_name: Option<String>,
    pub(crate) follows_number: Option<i64>,
    pub(crate) internal: Option<Value>,
}

impl TicketRow {
    /// The head as one side sees it.
    pub(crate) fn ticket(self, eye: Eye) -> Ticket {
        Ticket {
            id: self.id,
            number: TicketNumber(self.number),
            subject: self.subject,
            category: self.category.0,
            priority: self.priority.0,
            status: self.status.0,
            customer: PersonRef { id: self.customer_id, name: self.customer_name },
            assigned_to: self.assigned_to,
            order: self.order_number,
            unread: match eye {
                Eye::Staff => self.unread_staff,
                Eye::Customer => self.unread_customer,
            },
            created_at: self.created_at,
            updated_at: self.updated_at,
            last_message_at: self.last_message_at,
            first_responded_at: self.first_responded_at,
            resolved_at: self.resolved_at,
            closed_at: self.closed_at,
            n: self.last_n,
            last_message: Excerpt {
                text: self.last_message_text,
                sender_type: self.last_message_sender_type.0,
                sender: self
                    .last_message_sender_id
                    .zip(self.last_message_sender_name)
                    .map(|(id, name)| PersonRef { id, name }),
            },
            follows: self.follows_number.map(TicketNumber),
            internal: match eye {
                // What only a newer service, on the same database, can write is nothing to us: the feed goes on.
                Eye::Staff => self.internal.and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default(),
                Eye::Customer => Internal::default(),
            },
        }
    }
}

macro_rules! tickets {
    ($tail:literal, $($args:tt)*) => {
        sqlx::query_as!(
            TicketRow,
            r#"select t.id, t.number, t.subject, t.category as "category: Word<Category>", t.priority as "priority: Word<Priority>",
                      t.status as "status: Word<Status>", t.customer_id, c.name as customer_name,
                      t.assigned_to, o.number as "order_number?", t.unread_staff, t.unread_customer,
                      t.created_at, t.updated_at, t.last_message_at, t.first_responded_at, t.resolved_at, t.closed_at, t.last_n,
                      t.last_message_text, t.last_message_sender_type as "last_message_sender_type: Word<SenderType>", t.last_message_sender_id,
                      s.name as "last_message_sender_name?", f.number as "follows_number?", t.internal
               from support_tickets t
               join users c on c.id = t.customer_id
               left join orders o on o.id = t.order_id
               left join users s on s.id = t.last_message_sender_id
               left join support_tickets f on f.id = t.follows_id "#
                + $tail,
            $($args)*
        )
    };
}

pub(super) use tickets;

/// A head, for a reader who may see it.
pub(crate) async fn find(db: impl PgExecutor<'_>, id: Uuid, reader: Option<Uuid>) -> Result<Option<TicketRow>> {
    Ok(tickets!(
        "where t.id = $1
           and ($2::uuid is null or exists (select from ticket_people p where p.ticket_id = t.id and p.user_id = $2))",
        id,
        reader,
    )
    .fetch_optional(db)
    .await?)
}

/// Heads of these tickets, those alone that the reader may see, in the order they were named.
pub(crate) async fn among(db: impl PgExecutor<'_>, ids: &[Uuid], reader: Uuid) -> Result<Vec<TicketRow>> {
    Ok(tickets!(
        "join ticket_people p on p.ticket_id = t.id and p.user_id = $2
         where t.id = any ($1) order by array_position($1, t.id)",
        ids,
        reader,
    )
    .fetch_all(db)
    .await?)
}

/// The ticket that a conversation goes on in; nothing for one that went into none.
pub(crate) async fn goes_on(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Uuid>> {
    let last = sqlx::query_scalar!(
        r#"with recursive way (id, step) as (
               select $1::uuid, 0
               union all
               select (t.internal->'merged'->'into'->>'id')::uuid, way.step + 1
               from way join support_tickets t on t.id = way.id
               where t.internal->'merged' is not null and way.step < 100
           )
           select id as "id!" from way where step > 0 order by step desc limit 1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(last)
}

/// An op that landed in another ticket than the one it is asked for in, where one of the two has ever gone into another.
pub(crate) struct Beside {
    pub(crate) ticket_id: Uuid,
    pub(crate) hash: Vec<u8>,
    pub(crate) landed: Landed,
}

pub(crate) async fn beside(db: impl PgExecutor<'_>, op: Uuid, asked: Uuid) -> Result<Option<Beside>> {
    let row = sqlx::query!(
        r#"select e.ticket_id, e.n, e.op_hash as "hash!", e.created_at from ticket_events e
           where e.op_id = $1 and e.op_hash is not null
             and exists (select from ticket_events m where m.ticket_id in (e.ticket_id, $2) and m.kind = 'merged')"#,
        op,
        asked,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Beside {
        ticket_id: row.ticket_id,
        hash: row.hash,
        landed: Landed { n: row.n, created_at: row.created_at },
    }))
}

/// Heads for a bootstrap, newest first: active ones only, or all.
pub(crate) async fn bootstrap(
    db: impl PgExecutor<'_>,
    active: bool,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let After { created_at: time, id } = after.unwrap_or_else(After::newest);
    let rows = if active {
        tickets!(
            "where t.status in ('open', 'in_progress', 'waiting_customer')
               and (t.created_at, t.id) < ($1, $2)
             order by t.created_at desc, t.id desc limit $3",
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    } else {
        tickets!(
            "where (t.created_at, t.id) < ($1, $2)
             order by t.created_at desc, t.id desc limit $3",
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows)
}

/// A page of heads, newest first. One statement for each way in, so that each walks its own index by the one plan it has.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    after: Option<After>,
    reader: Option<Uuid>,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let status = filter.status.map(Status::as_str);
    let priority = filter.priority.map(Priority::as_str);
    let category = filter.category.map(Category::as_str);
    let (nobody, holder) = match filter.assigned_to {
        None => (false, None),
        Some(Holder::Nobody) => (true, None),
        Some(Holder::Person(id)) => (false, Some(id)),
    };
    let After { created_at: time, id } = after.unwrap_or_else(After::newest);
    let rows = if let Some(reader) = reader {
        tickets!(
            "join ticket_people p on p.ticket_id = t.id and p.user_id = $1
             where ($2::text is null or t.status = $2)
               and (not $3 or t.unread_customer > 0)
               and (t.created_at, t.id) < ($4, $5)
             order by t.created_at desc, t.id desc limit $6",
            reader,
            status,
            filter.unread,
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    } else if let Some(holder) = holder {
        tickets!(
            "where t.assigned_to = $1
               and ($2::text is null or t.status = $2)
               and ($3::text is null or t.priority = $3)
               and ($4::text is null or t.category = $4)
               and (not $5 or t.unread_staff > 0)
               and (t.created_at, t.id) < ($6, $7)
             order by t.created_at desc, t.id desc limit $8",
            holder,
            status,
            priority,
            category,
            filter.unread,
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    } else if nobody {
        tickets!(
            "where t.assigned_to is null
               and ($1::text is null or t.status = $1)
               and ($2::text is null or t.priority = $2)
               and ($3::text is null or t.category = $3)
               and (not $4 or t.unread_staff > 0)
               and (t.created_at, t.id) < ($5, $6)
             order by t.created_at desc, t.id desc limit $7",
            status,
            priority,
            category,
            filter.unread,
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    } else if let Some(status) = status {
        tickets!(
            "where t.status = $1
               and ($2::text is null or t.priority = $2)
               and ($3::text is null or t.category = $3)
               and (not $4 or t.unread_staff > 0)
               and (t.created_at, t.id) < ($5, $6)
             order by t.created_at desc, t.id desc limit $7",
            status,
            priority,
            category,
            filter.unread,
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    } else {
        tickets!(
            "where ($1::text is null or t.priority = $1)
               and ($2::text is null or t.category = $2)
               and (not $3 or t.unread_staff > 0)
               and (t.created_at, t.id) < ($4, $5)
             order by t.created_at desc, t.id desc limit $6",
            priority,
            category,
            filter.unread,
            time,
            id,
            limit,
        )
        .fetch_all(db)
        .await?
    };
    Ok(rows)
}

/// A customer's own heads that are newer than a place, the nearest first; with words, only hits.
pub(super) async fn newer(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    words: Option<&Words>,
    before: After,
    reader: Uuid,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    Ok(tickets!(
        "join ticket_people p on p.ticket_id = t.id and p.user_id = $1
         where (t.created_at, t.id) > ($2, $3::uuid)
           and ($4::text is null or t.status = $4)
           and (not $5 or t.unread_customer > 0)
           and ($6::text is null
                or ($6 <> '' and (
                   to_tsvector('simple', t.subject) @@ to_tsquery('simple', $6)
                   or to_tsvector('simple', c.name) @@ to_tsquery('simple', $6)
                   or (select bool_or(to_tsvector('simple', m.message) @@ to_tsquery('simple', $6))
                       from chat_messages m where m.ticket_id = t.id)))
                or t.number = $7
                or o.number = $8)
         order by t.created_at, t.id limit $9",
        reader,
        before.created_at,
        before.id,
        filter.status.map(Status::as_str),
        filter.unread,
        words.map(|words| words.query.as_str()),
        words.and_then(|words| words.number),
        words.map(|words| words.order.as_str()),
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// All counts, once: for the start of a process, which then folds the feed.
pub(crate) async fn count(db: impl PgExecutor<'_>) -> Result<Stats> {
    let row = sqlx::query!(
        r#"select count(*) filter (where status = 'open') as "open!",
                  count(*) filter (where status = 'in_progress') as "in_progress!",
                  count(*) filter (where status = 'waiting_customer') as "waiting_customer!",
                  count(*) filter (where status = 'resolved') as "resolved!",
                  count(*) filter (where status = 'closed') as "closed!",
                  count(*) filter (where priority = 'urgent' and status not in ('resolved', 'closed')) as "urgent!",
                  count(*) as "total!"
           from support_tickets"#
    )
    .fetch_one(db)
    .await?;
    Ok(Stats {
        open: row.open,
        in_progress: row.in_progress,
        waiting_customer: row.waiting_customer,
        resolved: row.resolved,
        closed: row.closed,
        urgent: row.urgent,
        total: row.total,
    })
}
