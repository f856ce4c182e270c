//! Statements on `sessions`, as their owner sees them.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Device;
use crate::Result;

pub(super) async fn list(db: impl PgExecutor<'_>, user_id: Uuid, kinds: &[&str], now: Time) -> Result<Vec<Device>> {
    Ok(sqlx::query_as!(
        Device,
        "select id, kind, name, created_at, last_seen_at from sessions
         where user_id = $1 and kind = any ($2::text[]) and expires_at > $3 order by last_seen_at desc, id desc",
        user_id,
        kinds as _,
        now,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn is_own(db: impl PgExecutor<'_>, user_id: Uuid, id: Uuid, kinds: &[&str]) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sessions where id = $2 and user_id = $1 and kind = any ($3::text[])) as "own!""#,
        user_id,
        id,
        kinds as _,
    )
    .fetch_one(db)
    .await?)
}
