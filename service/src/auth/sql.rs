//! Statements on `sessions` and `sign_in_failures`.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::Result;
use crate::domain::people::sql::PersonRow;

/// A session with the person it belongs to.
pub(super) struct SessionRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) scopes: Vec<String>,
    pub(super) last_seen_at: Time,
    pub(super) expires_at: Time,
    pub(super) person: PersonRow,
}

/// False when the person may not come in. Whoever shuts them out at this moment is waited for, or waits and then finds
/// the session.
pub(super) async fn insert_session(db: impl PgExecutor<'_>, session: &super::sessions::NewSession<'_>) -> Result<bool> {
    let inserted = sqlx::query!(
        "insert into sessions (id, token_hash, user_id, kind, scopes, name, created_at, last_seen_at, expires_at)
         select $1, $2, u.id, $4, $5, $6, $7, $7, $8 from users u
         where u.id = $3 and u.active and ($9::text is null or u.password_hash = $9) for share of u",
        session.id,
        session.token_hash.as_slice(),
        session.user_id,
        session.kind,
        session.scopes,
        session.name,
        session.created_at,
        session.expires_at,
        session.password_hash,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

pub(super) async fn find_session(db: impl PgExecutor<'_>, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    let row = sqlx::query!(
        "select s.id, s.kind, s.scopes, s.last_seen_at, s.expires_at, u.id as user_id, u.name, u.email, u.phone,
                u.role, u.language, u.zone, u.active, u.duty, u.duty_until, u.created_at
         from sessions s join users u on u.id = s.user_id
         where s.token_hash = $1",
        token_hash,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| SessionRow {
        id: row.id,
        kind: row.kind,
        scopes: row.scopes,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
        person: PersonRow {
            id: row.user_id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            role: row.role,
            language: row.language,
            zone: row.zone,
            active: row.active,
            duty: row.duty,
            duty_until: row.duty_until,
            // No door that asks who is there needs them.
            alerts: None,
            created_at: row.created_at,
        },
    }))
}

/// Whether the session still stands: there, not expired, its person active.
pub(super) async fn session_stands(db: impl PgExecutor<'_>, id: Uuid, now: Time) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sessions s join users u on u.id = s.user_id
                          where s.id = $1 and s.expires_at > $2 and u.active) as "stands!""#,
        id,
        now,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn slide_session(db: impl PgExecutor<'_>, id: Uuid, now: Time, expires_at: Time) -> Result<()> {
    sqlx::query!("update sessions set last_seen_at = $2, expires_at = $3 where id = $1", id, now, expires_at,)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_session(db: impl PgExecutor<'_>, id: Uuid, generation: i32) -> Result<()> {
    sqlx::query!(
        "with ended as (delete from sessions where id = $1 returning id)
         insert into record_events (kind, record_id, generation) select 'session', id, $2 from ended",
        id,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// All of a person's; or all but one, and then the machines' that ask in their name stay too: an operator gave them.
pub(super) async fn delete_sessions(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    but: Option<Uuid>,
    generation: i32,
) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "with ended as (
             delete from sessions where user_id = $1 and ($2::uuid is null or id <> $2 and kind <> 'machine') returning id
         )
         insert into record_events (kind, record_id, generation) select 'session', id, $3 from ended
         returning record_id",
        user_id,
        but,
        generation,
    )
    .fetch_all(db)
    .await?)
}

/// An account by its address, with what its password must match.
pub(super) async fn find_account(db: impl PgExecutor<'_>, email: &str) -> Result<Option<(PersonRow, Option<String>)>> {
    let row = sqlx::query!(
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, created_at, password_hash
         from users where lower(email) = $1",
        email,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let person = PersonRow {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            role: row.role,
            language: row.language,
            zone: row.zone,
            active: row.active,
            duty: row.duty,
            duty_until: row.duty_until,
            // No door that asks who is there needs them.
            alerts: None,
            created_at: row.created_at,
        };
        (person, row.password_hash)
    }))
}

/// Failures of a key since a time, and the oldest of them.
pub(super) async fn failures(db: impl PgExecutor<'_>, key: &str, since: Time) -> Result<(i64, Option<Time>)> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(at) as oldest from sign_in_failures where key = $1 and at > $2"#,
        key,
        since,
    )
    .fetch_one(db)
    .await?;
    Ok((row.count, row.oldest))
}

/// Notes a failure under each key, and sweeps what no longer counts, whoever's it was.
pub(super) async fn insert_failures(db: impl PgExecutor<'_>, keys: &[String], at: Time, since: Time) -> Result<()> {
    sqlx::query!(
        "with swept as (
             delete from sign_in_failures where ctid = any (array(
                 select ctid from sign_in_failures where at <= $3 limit 100 for update skip locked))
         )
         insert into sign_in_failures (key, at) select key, $2 from unnest($1::text[]) as key",
        keys,
        at,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_failures(db: impl PgExecutor<'_>, key: &str) -> Result<()> {
    sqlx::query!("delete from sign_in_failures where key = $1", key).execute(db).await?;
    Ok(())
}

/// Forgets what has run out. A session's end is kept for a day, so that its owner is told that it ended.
pub(super) async fn prune(db: impl PgExecutor<'_>, now: Time, failures: Time, browsers: Time) -> Result<()> {
    sqlx::query!(
        "with s as (delete from sessions where expires_at < $1::timestamptz - interval '1 day'),
              l as (delete from links where expires_at < $1),
              b as (delete from known_browsers where seen_at < $3)
         delete from sign_in_failures where at <= $2",
        now,
        failures,
        browsers,
    )
    .execute(db)
    .await?;
    Ok(())
}
