//! Statements that find tickets by words.

use gemilang_protocol::{Category, Priority, SenderType, Status};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::super::sql::{TicketRow, tickets};
use super::super::{After, Filter, Holder};
use super::Words;
use crate::Result;
use crate::domain::word::Word;

/// In which share of the messages the rarest of the words is, as far as Postgres' statistics tell: 0 for a word that is
/// not among the commonest.
pub(super) async fn share(db: impl PgExecutor<'_>, words: &[String]) -> Result<f32> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(min(share), 0)::real as "share!"
           from unnest($1::text[]) as asked
           cross join lateral (
               select coalesce(sum(e.share), 0) as share
               from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e (word, share)
               where s.schemaname = any (current_schemas(false)) and s.tablename = 'chat_messages_search'
                 and starts_with(e.word, asked)
           ) as common"#,
        words,
    )
    .fetch_one(db)
    .await?)
}

/// Hits, newest first: each way to find a ticket asks its own index. Names and orders are fetched for those that are told.
pub(super) async fn hits(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    words: &Words,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let (nobody, holder) = holder(filter);
    let After { created_at: time, id } = after.unwrap_or_else(After::newest);
    Ok(tickets!(
        "where t.id in (
             select h.id from support_tickets h
             where h.id in (
                 select id from support_tickets where $1 <> '' and to_tsvector('simple', subject) @@ to_tsquery('simple', $1)
                 union
                 select ticket_id from chat_messages where $1 <> '' and to_tsvector('simple', message) @@ to_tsquery('simple', $1)
                 union
                 select x.id from support_tickets x join users u on u.id = x.customer_id
                 where $1 <> '' and to_tsvector('simple', u.name) @@ to_tsquery('simple', $1)
                 union
                 select id from support_tickets where number = $2
                 union
                 select x.id from support_tickets x join orders b on b.id = x.order_id where b.number = $3
             )
               and ($4::text is null or h.status = $4)
               and ($5::text is null or h.priority = $5)
               and ($6::text is null or h.category = $6)
               and (not $7 or h.assigned_to is null)
               and ($8::uuid is null or h.assigned_to = $8)
               and (not $9 or h.unread_staff > 0)
               and (h.created_at, h.id) < ($10, $11)
             order by h.created_at desc, h.id desc limit $12
         )
         order by t.created_at desc, t.id desc",
        words.query,
        words.number,
        words.order,
        filter.status.map(Status::as_str),
        filter.priority.map(Priority::as_str),
        filter.category.map(Category::as_str),
        nobody,
        holder,
        filter.unread,
        time,
        id,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Hits among the newest tickets, newest first: each is looked at until there are enough. The aggregate keeps the planner
/// from asking the index of everybody's words.
pub(super) async fn hits_among_newest(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    words: &Words,
    after: Option<After>,
    newest: i64,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let (nobody, holder) = holder(filter);
    let After { created_at: time, id } = after.unwrap_or_else(After::newest);
    Ok(tickets!(
        "where t.id in (
             select h.id from (
                 select * from support_tickets
                 where ($4::text is null or status = $4)
                   and ($5::text is null or priority = $5)
                   and ($6::text is null or category = $6)
                   and (not $7 or assigned_to is null)
                   and ($8::uuid is null or assigned_to = $8)
                   and (not $9 or unread_staff > 0)
                   and (created_at, id) < ($10, $11)
                 order by created_at desc, id desc limit $13
             ) h
             where to_tsvector('simple', h.subject) @@ to_tsquery('simple', $1)
                or (select bool_or(to_tsvector('simple', m.message) @@ to_tsquery('simple', $1))
                    from chat_messages m where m.ticket_id = h.id)
                or (select to_tsvector('simple', u.name) @@ to_tsquery('simple', $1) from users u where u.id = h.customer_id)
                or h.number = $2
                or (select b.number = $3 from orders b where b.id = h.order_id)
             order by h.created_at desc, h.id desc limit $12
         )
         order by t.created_at desc, t.id desc",
        words.query,
        words.number,
        words.order,
        filter.status.map(Status::as_str),
        filter.priority.map(Priority::as_str),
        filter.category.map(Category::as_str),
        nobody,
        holder,
        filter.unread,
        time,
        id,
        limit,
        newest,
    )
    .fetch_all(db)
    .await?)
}

fn holder(filter: &Filter) -> (bool, Option<Uuid>) {
    match filter.assigned_to {
        None => (false, None),
        Some(Holder::Nobody) => (true, None),
        Some(Holder::Person(id)) => (false, Some(id)),
    }
}

/// Hits among a customer's own tickets, which are few: nobody else's messages are looked at, so that it costs the same
/// in a house of any size. The aggregate keeps the planner from asking the index of everybody's words.
pub(super) async fn own(
    db: impl PgExecutor<'_>,
    filter: &Filter,
    words: &Words,
    after: Option<After>,
    reader: Uuid,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let After { created_at: time, id } = after.unwrap_or_else(After::newest);
    Ok(tickets!(
        "join ticket_people p on p.ticket_id = t.id and p.user_id = $1
         where ($2 <> '' and (
                   to_tsvector('simple', t.subject) @@ to_tsquery('simple', $2)
                   or to_tsvector('simple', c.name) @@ to_tsquery('simple', $2)
                   or (select bool_or(to_tsvector('simple', m.message) @@ to_tsquery('simple', $2))
                       from chat_messages m where m.ticket_id = t.id))
                or t.number = $3
                or o.number = $4)
           and ($5::text is null or t.status = $5)
           and (not $6 or t.unread_customer > 0)
           and (t.created_at, t.id) < ($7, $8)
         order by t.created_at desc, t.id desc limit $9",
        reader,
        words.query,
        words.number,
        words.order,
        filter.status.map(Status::as_str),
        filter.unread,
        time,
        id,
        limit,
    )
    .fetch_all(db)
    .await?)
}
