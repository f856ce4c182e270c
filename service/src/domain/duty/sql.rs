//! Statements on the duty columns of `users`, and on `desks_seen`. Every change writes its row of the feed in the same statement.

use gemilang_protocol::{Duty, Time};
use serde_json::Value;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{Error, Result};

/// As the columns hold it.
pub(crate) fn columns(duty: Duty) -> (&'static str, Option<Time>) {
    match duty {
        Duty::On => ("on", None),
        Duty::Away { until } => ("away", Some(until)),
        Duty::Off => ("off", None),
    }
}

/// As the columns hold it, read back.
pub(crate) fn read(word: &str, until: Option<Time>) -> Result<Duty> {
    match (word, until) {
        ("on", _) => Ok(Duty::On),
        ("away", Some(until)) => Ok(Duty::Away { until }),
        ("off", _) => Ok(Duty::Off),
        _ => Err(Error::Stored("duty")),
    }
}

pub(super) async fn set(
    db: impl PgExecutor<'_>,
    person: Uuid,
    word: &str,
    until: Option<Time>,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set duty = $2, duty_until = $3, duty_lapsed = false, updated_at = $4
             where id = $1 and (duty, duty_until) is distinct from ($2, $3) returning id
         ), chosen as (
             update users set duty_lapsed = false
             where id = $1 and duty_lapsed and (duty, duty_until) is not distinct from ($2, $3)
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $5 from person",
        person,
        word,
        until,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn choose(
    db: impl PgExecutor<'_>,
    person: Uuid,
    choices: &Value,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set alerts = $2, updated_at = $3 where id = $1 and alerts is distinct from $2 returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $4 from person",
        person,
        choices,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn seen(db: impl PgExecutor<'_>, people: &[Uuid], now: Time) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    // In the order of ids, so that two processes cannot wait for each other.
    sqlx::query!(
        "insert into desks_seen (user_id, seen_at) select id, $2 from unnest($1::uuid[]) as them (id) order by id
         on conflict (user_id) do update set seen_at = greatest(desks_seen.seen_at, excluded.seen_at)",
        people,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Not seen after this time, as far as is known; who has another live desk is seen again within a minute.
pub(super) async fn unseen(db: impl PgExecutor<'_>, person: Uuid, since: Time) -> Result<()> {
    sqlx::query!("update desks_seen set seen_at = least(seen_at, $2) where user_id = $1", person, since)
        .execute(db)
        .await?;
    Ok(())
}

/// Back on duty, if it had only lapsed.
pub(super) async fn resume(db: impl PgExecutor<'_>, person: Uuid, now: Time, generation: i32) -> Result<bool> {
    let resumed = sqlx::query!(
        "with person as (
             update users set duty = 'on', duty_until = null, duty_lapsed = false, updated_at = $2
             where id = $1 and duty = 'off' and duty_lapsed returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $3 from person",
        person,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(resumed.rows_affected() > 0)
}

/// Off duty, all who have had no live desk since `since`; a pause is waited for. Of several processes one does it.
pub(super) async fn lapse(db: impl PgExecutor<'_>, since: Time, now: Time, generation: i32) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "with gone as (
             select u.id from users u
             where u.duty <> 'off' and (u.duty = 'on' or u.duty_until <= $2)
                 and not exists (select from desks_seen d where d.user_id = u.id and d.seen_at > $1)
             order by u.id for update skip locked
         ), person as (
             update users u set duty = 'off', duty_until = null, duty_lapsed = true, updated_at = $2
             from gone where u.id = gone.id returning u.id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $3 from person
         returning record_id",
        since,
        now,
        generation,
    )
    .fetch_all(db)
    .await?)
}
