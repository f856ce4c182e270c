//! Statements on `sessions`, as their owner sees them.

use gemilang_protocol::Time;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Device;
use crate::Result;

pub(super) async fn list(db: impl PgExecutor<'_>, user_id: Uuid, now: Time) -> Result<Vec<Device>> {
    Ok(sqlx::query_as!(
        Device,
        "select id, name, created_at, last_seen_at from sessions
         where user_id = $1 and kind = 'portal' and expires_at > $2 order by last_seen_at desc, id desc",
        user_id,
        now,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn is_own(db: impl PgExecutor<'_>, user_id: Uuid, id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sessions where id = $2 and user_id = $1 and kind = 'portal') as "own!""#,
        user_id,
        id,
    )
    .fetch_one(db)
    .await?)
}
