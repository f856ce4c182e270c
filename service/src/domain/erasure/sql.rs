//! Statements that empty what a customer asked to have erased.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::Result;

pub(super) async fn ask(db: impl PgExecutor<'_>, user_id: Uuid, now: Time) -> Result<()> {
    sqlx::query!("insert into erasures (user_id, asked_at) values ($1, $2) on conflict do nothing", user_id, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Leaves of a person only that there was somebody. The address is free for a new account. Desks keep a name with each
/// order, so that they are told of these too.
pub(super) async fn empty_account(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    nobody: &str,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set name = $2, email = 'erased-' || id || '@invalid', phone = null, password_hash = null,
                 active = false, email_confirmed_at = null, updated_at = $3
             where id = $1 returning id
         )
         insert into record_events (kind, record_id, generation)
         select 'person', id, $4::integer from person
         union all select 'order', o.id, $4 from orders o, person p where o.customer_id = p.id",
        user_id,
        nobody,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was kept beside the account: letters, links, choices, browsers, invitations.
pub(super) async fn forget(db: impl PgExecutor<'_>, user_id: Uuid, email: &str) -> Result<()> {
    sqlx::query!(
        "with o as (delete from message_outbox where recipient = $2),
              l as (delete from links where user_id = $1),
              p as (delete from user_preferences where user_id = $1),
              b as (delete from known_browsers where user_id = $1)
         delete from shares where owner_id = $1 or person_id = $1 or email = $2",
        user_id,
        email,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn open(db: impl PgExecutor<'_>) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("select user_id from erasures where done_at is null order by asked_at")
        .fetch_all(db)
        .await?)
}

/// The tickets that still hold words or the name of theirs, and whether they are their own. Who may see another's ticket,
/// or once might, was let in by an event that names them.
pub(super) async fn tickets(db: impl PgExecutor<'_>, user_id: Uuid) -> Result<Vec<(Uuid, bool)>> {
    let rows = sqlx::query!(
        r#"select t.id, t.customer_id = $1 as "own!" from support_tickets t
           where t.id in (select x.id from support_tickets x where x.customer_id = $1
                          union select p.ticket_id from ticket_people p where p.user_id = $1
                          union select s.ticket_id from ticket_events s
                                where s.kind in ('shared', 'unshared') and s.data->'with'->>'id' = $1::uuid::text)
             and not exists (select from ticket_events e where e.ticket_id = t.id and e.kind = 'erased' and e.actor_id = $1)
           order by t.id"#,
        user_id,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.own)).collect())
}

/// Empties what was said in a ticket, or what one person said in it, and their name wherever it was shared with them.
/// Search follows by itself.
pub(super) async fn empty_words(
    db: impl PgExecutor<'_>,
    ticket_id: Uuid,
    whose: Option<Uuid>,
    user_id: Uuid,
) -> Result<()> {
    sqlx::query!(
        r#"with m as (update chat_messages set message = '' where ticket_id = $1 and ($2::uuid is null or sender_id = $2)),
                n as (update internal_notes set note = '' where ticket_id = $1 and $2 is null)
           update ticket_events
           set data = case kind when 'subject' then '{"from":"","to":""}' when 'tags' then '{"from":[],"to":[]}' else jsonb_set(data, '{with,name}', '""') end
           where ticket_id = $1 and ((kind in ('subject', 'tags') and $2 is null)
                 or (kind in ('shared', 'unshared') and (data->'with'->>'id')::uuid = $3))"#,
        ticket_id,
        whose,
        user_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A partner leaves the ticket; who filed it stays, because it is theirs.
pub(super) async fn leave(db: impl PgExecutor<'_>, ticket_id: Uuid, user_id: Uuid, own: bool) -> Result<()> {
    sqlx::query!("delete from ticket_people where ticket_id = $1 and user_id = $2 and not $3", ticket_id, user_id, own)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn done(db: impl PgExecutor<'_>, user_id: Uuid, now: Time) -> Result<()> {
    sqlx::query!("update erasures set done_at = $2 where user_id = $1", user_id, now).execute(db).await?;
    Ok(())
}
