//! Statements on `message_outbox` and `captured_mails`.

use gemilang_protocol::Time;
use serde_json::Value;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Dead;
use super::compose::Mail;
use crate::Result;

/// A letter that a worker has for a while.
pub(super) struct Leased {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) recipient: String,
    pub(super) data: Value,
    pub(super) attempts: i32,
    pub(super) created_at: Time,
}

/// Whom a mail is for.
pub(super) struct Reader {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) language: String,
    pub(super) zone: String,
    pub(super) confirmed: bool,
}

pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    id: Uuid,
    kind: &str,
    recipient: &str,
    data: &Value,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "insert into message_outbox (id, kind, recipient, data, due_at, created_at) values ($1, $2, $3, $4, $5, $5)",
        id,
        kind,
        recipient,
        data,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes letters that are due, for one worker alone until the lease ends. What another worker holds locked is passed over.
pub(super) async fn lease(
    db: impl PgExecutor<'_>,
    lease: Uuid,
    now: Time,
    until: Time,
    most: i64,
) -> Result<Vec<Leased>> {
    Ok(sqlx::query_as!(
        Leased,
        "update message_outbox set lease = $1, due_at = $3, attempts = attempts + 1
         where id in (select id from message_outbox where state = 'waiting' and due_at <= $2
                      order by due_at, id limit $4 for update skip locked)
         returning id, kind, recipient, data, attempts, created_at",
        lease,
        now,
        until,
        most,
    )
    .fetch_all(db)
    .await?)
}

/// Writes what became of a letter; nothing when its lease has passed to somebody else.
pub(super) async fn settle(
    db: impl PgExecutor<'_>,
    id: Uuid,
    lease: Uuid,
    state: &str,
    due_at: Time,
    fault: Option<&str>,
    done_at: Option<Time>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update message_outbox set state = $3, due_at = $4, fault = $5, done_at = $6, lease = null
         where id = $1 and lease = $2 and state = 'waiting'",
        id,
        lease,
        state,
        due_at,
        fault,
        done_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The customer who has an address, unless they may not come in.
pub(super) async fn reader(db: impl PgExecutor<'_>, email: &str) -> Result<Option<Reader>> {
    Ok(sqlx::query_as!(
        Reader,
        r#"select id, name, language, zone, email_confirmed_at is not null as "confirmed!"
           from users where lower(email) = $1 and active and role = 'customer'"#,
        email,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn insert_captured(
    db: impl PgExecutor<'_>,
    id: Uuid,
    mail: &Mail,
    raw: &str,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "insert into captured_mails (outbox_id, subject, body_text, body_html, raw, captured_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (outbox_id) do nothing",
        id,
        mail.subject,
        mail.text,
        mail.html,
        raw,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A letter and, once it was captured, the mail; as `/dev/outbox` shows them.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Seen {
    /// Which.
    pub id: Uuid,
    /// What it tells.
    pub kind: String,
    /// Whom.
    pub recipient: String,
    /// `waiting`, `sent`, `dropped` or `dead`.
    pub state: String,
    /// Tries made.
    pub attempts: i32,
    /// What the last try met.
    pub fault: Option<String>,
    /// When it was put into the outbox.
    pub created_at: Time,
    /// Its subject.
    pub subject: Option<String>,
    /// The text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// Headers and all, as it would have gone over the wire.
    pub raw: Option<String>,
}

pub(crate) async fn seen(db: impl PgExecutor<'_>, id: Option<Uuid>, limit: i64) -> Result<Vec<Seen>> {
    Ok(sqlx::query_as!(
        Seen,
        r#"select o.id, o.kind, o.recipient, o.state, o.attempts, o.fault, o.created_at,
                  c.subject as "subject?", c.body_text as "text?", c.body_html as "html?", c.raw as "raw?"
           from message_outbox o left join captured_mails c on c.outbox_id = o.id
           where $1::uuid is null or o.id = $1
           order by o.created_at desc, o.id desc limit $2"#,
        id,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Letters that were given up.
pub(super) async fn dead(db: impl PgExecutor<'_>) -> Result<Vec<Dead>> {
    Ok(sqlx::query_as!(
        Dead,
        r#"select id, kind, recipient, attempts, coalesce(fault, '') as "fault!", created_at
           from message_outbox where state = 'dead' order by done_at desc, id desc limit 200"#,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn revive(db: impl PgExecutor<'_>, now: Time) -> Result<u64> {
    let revived = sqlx::query!(
        "update message_outbox set state = 'waiting', due_at = $1, created_at = $1, attempts = 0, done_at = null where state = 'dead'",
        now,
    )
    .execute(db)
    .await?;
    Ok(revived.rows_affected())
}

/// How many wait, and how many were given up.
pub(super) async fn standing(db: impl PgExecutor<'_>) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from message_outbox where state = 'waiting') as "waiting!",
                  (select count(*) from message_outbox where state = 'dead') as "dead!""#,
    )
    .fetch_one(db)
    .await?;
    Ok((row.waiting, row.dead))
}

pub(super) async fn prune(db: impl PgExecutor<'_>, before: Time) -> Result<()> {
    sqlx::query!("delete from message_outbox where state <> 'waiting' and done_at < $1", before).execute(db).await?;
    Ok(())
}
