//! Statements on `shares`, and on `ticket_people` as far as a share puts somebody there.

use gemilang_protocol::{PersonRef, TicketNumber, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{Share, What};
use crate::{Error, Result};

struct ShareRow {
    id: Uuid,
    owner_id: Uuid,
    owner_name: String,
    email: String,
    person_id: Option<Uuid>,
    person_name: Option<String>,
    ticket_id: Option<Uuid>,
    ticket_number: Option<i64>,
    subject: Option<String>,
    order_id: Option<Uuid>,
    order_number: Option<String>,
    package: Option<String>,
    created_at: Time,
    expires_at: Time,
}

impl TryFrom<ShareRow> for Share {
    type Error = Error;

    fn try_from(row: ShareRow) -> Result<Self> {
        let (what, title, number) = match (row.ticket_id, row.order_id) {
            (Some(id), None) => {
                (What::Ticket(id), row.subject, row.ticket_number.map(|number| TicketNumber(number).to_string()))
            }
            (None, Some(id)) => (What::Order(id), row.package, row.order_number),
            _ => return Err(Error::Stored("share")),
        };
        Ok(Self {
            id: row.id,
            owner: PersonRef { id: row.owner_id, name: row.owner_name },
            email: row.email,
            person: row.person_id.zip(row.person_name).map(|(id, name)| PersonRef { id, name }),
            what,
            title: title.unwrap_or_default(),
            number: number.unwrap_or_default(),
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}

macro_rules! shares {
    ($tail:literal, $($args:tt)*) => {
        sqlx::query_as!(
            ShareRow,
            r#"select s.id, s.owner_id, u.name as owner_name, s.email, s.person_id, p.name as "person_name?",
                      s.ticket_id, t.number as "ticket_number?", t.subject as "subject?",
                      s.order_id, o.number as "order_number?", o.package as "package?", s.created_at, s.expires_at
               from shares s join users u on u.id = s.owner_id
               left join users p on p.id = s.person_id
               left join support_tickets t on t.id = s.ticket_id
               left join orders o on o.id = s.order_id "#
                + $tail,
            $($args)*
        )
    };
}

fn all(rows: Vec<ShareRow>) -> Result<Vec<Share>> {
    rows.into_iter().map(Share::try_from).collect()
}

pub(super) async fn of_owner(db: impl PgExecutor<'_>, owner_id: Uuid) -> Result<Vec<Share>> {
    all(shares!("where s.owner_id = $1 order by s.created_at desc, s.id desc", owner_id).fetch_all(db).await?)
}

pub(super) async fn with_person(
    db: impl PgExecutor<'_>,
    person_id: Uuid,
    email: &str,
    now: Time,
) -> Result<Vec<Share>> {
    let rows = shares!(
        "where s.person_id = $1 or (s.email = $2 and s.accepted_at is null and s.expires_at > $3
             and exists (select from users me where me.id = $1 and me.email_confirmed_at is not null))
         order by s.created_at desc, s.id desc",
        person_id,
        email,
        now,
    )
    .fetch_all(db)
    .await?;
    all(rows)
}

pub(super) async fn look(db: impl PgExecutor<'_>, token_hash: &[u8], now: Time) -> Result<Option<Share>> {
    shares!(
        "join share_links l on l.share_id = s.id
         where l.token_hash = $1 and s.accepted_at is null and s.expires_at > $2",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?
    .map(Share::try_from)
    .transpose()
}

/// An invitation that this address may accept.
pub(super) async fn open(db: impl PgExecutor<'_>, id: Uuid, email: &str, now: Time) -> Result<Option<Share>> {
    shares!("where s.id = $1 and s.email = $2 and s.accepted_at is null and s.expires_at > $3", id, email, now)
        .fetch_optional(db)
        .await?
        .map(Share::try_from)
        .transpose()
}

/// A share that this person may end.
pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid, actor: Uuid, email: &str) -> Result<Option<Share>> {
    shares!(
        "where s.id = $1 and (s.owner_id = $2 or s.person_id = $2 or (s.email = $3 and s.person_id is null))",
        id,
        actor,
        email,
    )
    .fetch_optional(db)
    .await?
    .map(Share::try_from)
    .transpose()
}

pub(super) async fn is_own(db: impl PgExecutor<'_>, owner_id: Uuid, what: What) -> Result<bool> {
    let (ticket, order) = ids(what);
    Ok(sqlx::query_scalar!(
        r#"select exists (select from support_tickets where id = $2 and customer_id = $1)
               or exists (select from orders where id = $3 and customer_id = $1) as "own!""#,
        owner_id,
        ticket,
        order,
    )
    .fetch_one(db)
    .await?)
}

const fn ids(what: What) -> (Option<Uuid>, Option<Uuid>) {
    match what {
        What::Ticket(id) => (Some(id), None),
        What::Order(id) => (None, Some(id)),
    }
}

/// Writes an invitation, or gives the one that is there more time. None when it was accepted already.
pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    id: Uuid,
    owner_id: Uuid,
    email: &str,
    what: What,
    now: Time,
    expires_at: Time,
) -> Result<Option<Uuid>> {
    let (ticket, order) = ids(what);
    Ok(sqlx::query_scalar!(
        "insert into shares (id, owner_id, email, ticket_id, order_id, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (owner_id, email, ticket_id, order_id) do update
         set created_at = excluded.created_at, expires_at = excluded.expires_at where shares.accepted_at is null
         returning id",
        id,
        owner_id,
        email,
        ticket,
        order,
        now,
        expires_at,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn accept(db: impl PgExecutor<'_>, id: Uuid, person_id: Uuid, now: Time) -> Result<bool> {
    let accepted = sqlx::query!(
        "with spent as (delete from share_links where share_id = $1)
         update shares set person_id = $2, accepted_at = $3
         where id = $1 and accepted_at is null and expires_at > $3",
        id,
        person_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(accepted.rows_affected() == 1)
}

/// Ends a share and forgets its letter, which names its owner. Answers who had accepted it.
pub(super) async fn delete(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<PersonRef>> {
    Ok(sqlx::query_as!(
        PersonRef,
        "with gone as (delete from shares where id = $1 returning id, email, person_id),
              letter as (delete from message_outbox o using gone
                         where o.recipient = gone.email and o.kind = 'invitation' and o.data->>'share' = gone.id::text)
         select u.id, u.name from gone join users u on u.id = gone.person_id",
        id,
    )
    .fetch_optional(db)
    .await?)
}

/// Whether somebody shall see a ticket by a share; none of these shares ends before the transaction does.
pub(super) async fn holds(db: impl PgExecutor<'_>, ticket_id: Uuid, person_id: Uuid) -> Result<bool> {
    let shares = sqlx::query_scalar!(
        "select s.id from shares s join support_tickets t on t.customer_id = s.owner_id
         where t.id = $1 and s.person_id = $2 and (s.ticket_id = t.id or s.order_id = t.order_id)
         for share of s",
        ticket_id,
        person_id,
    )
    .fetch_all(db)
    .await?;
    Ok(!shares.is_empty())
}

/// The owner's tickets that are shared by this.
pub(super) async fn tickets(db: impl PgExecutor<'_>, owner_id: Uuid, what: What) -> Result<Vec<Uuid>> {
    let (ticket, order) = ids(what);
    Ok(sqlx::query_scalar!(
        "select id from support_tickets where customer_id = $1 and (id = $2 or order_id = $3) order by id",
        owner_id,
        ticket,
        order,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn attach(db: impl PgExecutor<'_>, ticket_id: Uuid, person_id: Uuid, now: Time) -> Result<()> {
    sqlx::query!(
        "insert into ticket_people (ticket_id, user_id, added_at) values ($1, $2, $3) on conflict do nothing",
        ticket_id,
        person_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn detach(db: impl PgExecutor<'_>, ticket_id: Uuid, person_id: Uuid) -> Result<()> {
    sqlx::query!(
        "delete from ticket_people p using support_tickets t
         where p.ticket_id = $1 and p.user_id = $2 and t.id = p.ticket_id and t.customer_id <> p.user_id",
        ticket_id,
        person_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The owner's tickets that somebody still sees although no share of theirs says so.
pub(super) async fn left_over(db: impl PgExecutor<'_>, owner_id: Uuid, person_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select t.id from ticket_people p join support_tickets t on t.id = p.ticket_id
         where p.user_id = $2 and t.customer_id = $1
           and not exists (select from shares s where s.person_id = $2 and s.owner_id = $1
                           and (s.ticket_id = t.id or s.order_id = t.order_id))
         order by t.id",
        owner_id,
        person_id,
    )
    .fetch_all(db)
    .await?)
}

/// Who shall see a ticket by its order and does not yet.
pub(super) async fn joining(db: impl PgExecutor<'_>, ticket_id: Uuid) -> Result<Vec<PersonRef>> {
    Ok(sqlx::query_as!(
        PersonRef,
        "select u.id, u.name from support_tickets t
         join shares s on s.order_id = t.order_id and s.owner_id = t.customer_id and s.accepted_at is not null
         join users u on u.id = s.person_id
         where t.id = $1 and not exists (select from ticket_people p where p.ticket_id = t.id and p.user_id = u.id)",
        ticket_id,
    )
    .fetch_all(db)
    .await?)
}

/// Who sees a ticket by an order it is not about any more.
pub(super) async fn leaving(db: impl PgExecutor<'_>, ticket_id: Uuid) -> Result<Vec<PersonRef>> {
    Ok(sqlx::query_as!(
        PersonRef,
        "select u.id, u.name from support_tickets t join ticket_people p on p.ticket_id = t.id
         join users u on u.id = p.user_id
         where t.id = $1
           and exists (select from shares s where s.person_id = u.id and s.owner_id = t.customer_id)
           and not exists (select from shares s where s.person_id = u.id and s.owner_id = t.customer_id
                           and (s.ticket_id = t.id or s.order_id = t.order_id))",
        ticket_id,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn insert_link(db: impl PgExecutor<'_>, id: Uuid, token_hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into share_links (token_hash, share_id) select $2, id from shares where id = $1 and accepted_at is null",
        id,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}
