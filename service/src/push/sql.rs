//! Statements for devices, the key, and what was announced.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::encrypt::Device;
use crate::Result;

/// A device that asked to be told.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) endpoint: String,
    pub(super) user_id: Uuid,
    pub(super) language: String,
    pub(super) device: Device,
}

/// The key that is kept: this one, or the one that was there first.
pub(super) async fn key(db: impl PgExecutor<'_>, fresh: &[u8]) -> Result<Vec<u8>> {
    Ok(sqlx::query_scalar!(
        r#"insert into push_key (pkcs8) values ($1)
           on conflict (only_one) do update set pkcs8 = push_key.pkcs8 returning pkcs8"#,
        fresh
    )
    .fetch_one(db)
    .await?)
}

/// False when the session has ended.
pub(super) async fn subscribe(
    db: impl PgExecutor<'_>,
    endpoint: &str,
    session: Uuid,
    person: Uuid,
    device: &Device,
    at: Time,
    most: i64,
) -> Result<bool> {
    let kept = sqlx::query!(
        "with too_many as (
             delete from push_subscriptions where endpoint in (
                 select endpoint from push_subscriptions where user_id = $3 and endpoint <> $1
                 order by created_at desc offset $7::bigint - 1))
         insert into push_subscriptions (endpoint, session_id, user_id, public_key, secret, created_at)
         select $1, s.id, s.user_id, $4, $5, $6 from sessions s where s.id = $2 and s.user_id = $3 for key share
         on conflict (endpoint) do update
         set session_id = excluded.session_id, user_id = excluded.user_id, public_key = excluded.public_key,
             secret = excluded.secret, created_at = excluded.created_at",
        endpoint,
        session,
        person,
        device.public_key,
        device.secret,
        at,
        most,
    )
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

pub(super) async fn unsubscribe(db: impl PgExecutor<'_>, person: Uuid, endpoint: &str) -> Result<()> {
    sqlx::query!("delete from push_subscriptions where user_id = $1 and endpoint = $2", person, endpoint)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn gone(db: impl PgExecutor<'_>, endpoint: &str) -> Result<()> {
    sqlx::query!("delete from push_subscriptions where endpoint = $1", endpoint).execute(db).await?;
    Ok(())
}

pub(super) async fn device(db: impl PgExecutor<'_>, person: Uuid, endpoint: &str) -> Result<Option<Found>> {
    let row = sqlx::query!(
        "select s.endpoint, s.user_id, u.language, s.public_key, s.secret
         from push_subscriptions s join users u on u.id = s.user_id
         where s.user_id = $1 and s.endpoint = $2",
        person,
        endpoint
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Found {
        endpoint: row.endpoint,
        user_id: row.user_id,
        language: row.language,
        device: Device { public_key: row.public_key, secret: row.secret },
    }))
}

/// The devices of a message's customers, while it is not read.
pub(super) async fn audience(db: impl PgExecutor<'_>, message: Uuid, now: Time) -> Result<Vec<Found>> {
    let rows = sqlx::query!(
        "select s.endpoint, s.user_id, u.language, s.public_key, s.secret
         from chat_messages m
         join ticket_people p on p.ticket_id = m.ticket_id
         join push_subscriptions s on s.user_id = p.user_id
         join users u on u.id = s.user_id and u.active
         join sessions e on e.id = s.session_id and e.expires_at > $2
         where m.id = $1 and not m.is_read",
        message,
        now
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Found {
            endpoint: row.endpoint,
            user_id: row.user_id,
            language: row.language,
            device: Device { public_key: row.public_key, secret: row.secret },
        })
        .collect())
}

/// Whether one of a message's devices may still be told: what was true when the first try left may have ended.
pub(super) async fn may_hear(db: impl PgExecutor<'_>, message: Uuid, endpoint: &str, now: Time) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from push_subscriptions s
             join users u on u.id = s.user_id and u.active
             join sessions e on e.id = s.session_id and e.expires_at > $3
             join chat_messages m on m.id = $1 and not m.is_read
             join ticket_people p on p.ticket_id = m.ticket_id and p.user_id = s.user_id
             where s.endpoint = $2) as "may!""#,
        message,
        endpoint,
        now,
    )
    .fetch_one(db)
    .await?)
}

/// Whether this process is the one to announce a message.
pub(super) async fn claim(db: impl PgExecutor<'_>, message: Uuid, at: Time) -> Result<bool> {
    let claimed =
        sqlx::query!("insert into push_announced (message_id, at) values ($1, $2) on conflict do nothing", message, at);
    Ok(claimed.execute(db).await?.rows_affected() == 1)
}

pub(super) async fn sweep(db: impl PgExecutor<'_>, before: Time) -> Result<()> {
    sqlx::query!("delete from push_announced where at < $1", before).execute(db).await?;
    Ok(())
}
