//! Statements on `links`, and on accounts as far as a link changes them.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Looked;
use crate::Result;

pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    purpose: &str,
    user_id: Uuid,
    email: &str,
    now: Time,
    expires_at: Time,
) -> Result<()> {
    sqlx::query!(
        "insert into links (token_hash, purpose, user_id, email, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        token_hash,
        purpose,
        user_id,
        email,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn look(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    purpose: &str,
    now: Time,
) -> Result<Option<Looked>> {
    Ok(sqlx::query_as!(
        Looked,
        r#"select l.email, l.user_id, u.name, u.created_at as registered_at,
                  u.email_confirmed_at is not null as "confirmed!"
           from links l join users u on u.id = l.user_id
           where l.token_hash = $1 and l.purpose = $2 and l.expires_at > $3 and u.active and lower(u.email) = l.email"#,
        token_hash,
        purpose,
        now,
    )
    .fetch_optional(db)
    .await?)
}

/// A link that was spent.
pub(super) struct SpentRow {
    pub(super) user_id: Uuid,
    pub(super) email: String,
    /// Whether nobody had shown before that the address is theirs, while the account had a password.
    pub(super) first: bool,
}

/// Takes the link away and confirms its address: of two who come at once one finds it.
pub(super) async fn spend(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    purpose: &str,
    now: Time,
    generation: i32,
) -> Result<Option<SpentRow>> {
    Ok(sqlx::query_as!(
        SpentRow,
        r#"with link as (
             delete from links where token_hash = $1 and purpose = $2 and expires_at > $3 returning user_id, email
         ), before as (
             select u.id, u.email_confirmed_at is null and u.password_hash is not null as first
             from users u join link on link.user_id = u.id
             where u.active and lower(u.email) = link.email for update of u
         ), person as (
             update users u set email_confirmed_at = coalesce(u.email_confirmed_at, $3), updated_at = $3
             from before where u.id = before.id returning u.id
         ), told as (
             insert into record_events (kind, record_id, generation) select 'person', id, $4 from person
             returning record_id
         )
         select link.user_id, link.email, before.first as "first!"
         from told join before on before.id = told.record_id join link on link.user_id = before.id"#,
        token_hash,
        purpose,
        now,
        generation,
    )
    .fetch_optional(db)
    .await?)
}

/// Takes an address from an account that never confirmed it, and the link with it.
pub(super) async fn disown(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    now: Time,
    generation: i32,
) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!(
        "with link as (
             delete from links where token_hash = $1 and purpose = 'confirm' and expires_at > $2 returning user_id, email
         ), person as (
             update users u set email = 'disowned-' || u.id || '@invalid', updated_at = $2
             from link where u.id = link.user_id and lower(u.email) = link.email and u.email_confirmed_at is null
             returning u.id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $3 from person returning record_id",
        token_hash,
        now,
        generation,
    )
    .fetch_optional(db)
    .await?)
}

/// Forgets a password and all that was set up with it.
pub(super) async fn claim(db: impl PgExecutor<'_>, user_id: Uuid, keeps_phone: bool) -> Result<()> {
    sqlx::query!(
        "with l as (delete from links where user_id = $1),
              p as (delete from user_preferences where user_id = $1),
              b as (delete from known_browsers where user_id = $1)
         update users set password_hash = null, phone = case when $2 then phone end where id = $1",
        user_id,
        keeps_phone,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new password makes every other way in by mail void.
pub(super) async fn forget(db: impl PgExecutor<'_>, user_id: Uuid) -> Result<()> {
    sqlx::query!("delete from links where user_id = $1 and purpose <> 'confirm'", user_id).execute(db).await?;
    Ok(())
}
