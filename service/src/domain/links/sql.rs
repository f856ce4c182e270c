//! Statements on `links`. Making one is the outbox's.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::Result;

pub(super) async fn look(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    purpose: &str,
    now: Time,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select l.email from links l join users u on u.id = l.user_id
         where l.token_hash = $1 and l.purpose = $2 and l.expires_at > $3 and u.active and lower(u.email) = l.email",
        token_hash,
        purpose,
        now,
    )
    .fetch_optional(db)
    .await?)
}

/// Takes the link away and confirms its address: of two who come at once one finds it.
pub(super) async fn spend(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    purpose: &str,
    now: Time,
    generation: i32,
) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!(
        "with link as (
             delete from links where token_hash = $1 and purpose = $2 and expires_at > $3 returning user_id, email
         ), person as (
             update users u set email_confirmed_at = coalesce(u.email_confirmed_at, $3), updated_at = $3
             from link where u.id = link.user_id and u.active and lower(u.email) = link.email
             returning u.id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $4 from person returning record_id",
        token_hash,
        purpose,
        now,
        generation,
    )
    .fetch_optional(db)
    .await?)
}

/// A new password makes every other way in by mail void.
pub(super) async fn forget(db: impl PgExecutor<'_>, user_id: Uuid) -> Result<()> {
    sqlx::query!("delete from links where user_id = $1 and purpose <> 'confirm'", user_id).execute(db).await?;
    Ok(())
}
