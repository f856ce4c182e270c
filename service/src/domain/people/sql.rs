//! Statements on `users`. Every change writes its row of the feed in the same statement.

use gemilang_protocol::{Person, Time};
use serde_json::Value;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::NewPerson;
use crate::domain::duty;
use crate::{Error, Result};

/// A row of `users` without its secrets.
pub(crate) struct PersonRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) role: String,
    pub(crate) language: String,
    pub(crate) zone: String,
    pub(crate) active: bool,
    pub(crate) duty: String,
    pub(crate) duty_until: Option<Time>,
    pub(crate) alerts: Option<Value>,
    pub(crate) created_at: Time,
}

impl TryFrom<PersonRow> for Person {
    type Error = Error;

    fn try_from(row: PersonRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            role: row.role.parse().map_err(|_| Error::Stored("role"))?,
            language: row.language,
            zone: row.zone.parse().map_err(|_| Error::Stored("zone"))?,
            active: row.active,
            duty: duty::sql::read(&row.duty, row.duty_until)?,
            alerts: row.alerts.map(serde_json::from_value).transpose().map_err(|_| Error::Stored("alerts"))?,
            created_at: row.created_at,
        })
    }
}

pub(crate) async fn insert(
    db: impl PgExecutor<'_>,
    id: Uuid,
    person: &NewPerson,
    password_hash: &str,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             insert into users (id, name, email, phone, password_hash, role, language, zone, email_confirmed_at, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $11 from person",
        id,
        person.name,
        person.email,
        person.phone,
        password_hash,
        person.role.as_str(),
        person.language,
        person.zone.as_str(),
        person.confirmed.then_some(now),
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> Result<PersonRow> {
    Ok(sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at from users where id = $1",
        id,
    )
    .fetch_one(db)
    .await?)
}

pub(crate) async fn find_many(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<PersonRow>> {
    Ok(sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at from users where id = any ($1)",
        ids,
    )
    .fetch_all(db)
    .await?)
}

/// All of the staff.
pub(crate) async fn whole_staff(db: impl PgExecutor<'_>) -> Result<Vec<Person>> {
    let rows = sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at from users where role <> 'customer' order by id",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// People by id, after one.
pub(crate) async fn after(db: impl PgExecutor<'_>, id: Option<Uuid>, limit: i64) -> Result<Vec<Person>> {
    let rows = sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at from users
         where id > $1 order by id limit $2",
        id.unwrap_or_default(),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Person::try_from).collect()
}

pub(super) async fn find_by_email(db: impl PgExecutor<'_>, email: &str) -> Result<Option<PersonRow>> {
    Ok(sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at from users where lower(email) = $1",
        email,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn staff(db: impl PgExecutor<'_>) -> Result<Vec<PersonRow>> {
    Ok(sqlx::query_as!(
        PersonRow,
        "select id, name, email, phone, role, language, zone, active, duty, duty_until, alerts, created_at
         from users where role <> 'customer' order by name, id",
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn set_active(
    db: impl PgExecutor<'_>,
    id: Uuid,
    active: bool,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (update users set active = $2, updated_at = $3 where id = $1 returning id)
         insert into record_events (kind, record_id, generation) select 'person', id, $4 from person",
        id,
        active,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_language(
    db: impl PgExecutor<'_>,
    id: Uuid,
    language: &str,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (update users set language = $2, updated_at = $3 where id = $1 returning id)
         insert into record_events (kind, record_id, generation) select 'person', id, $4 from person",
        id,
        language,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn set_password(db: impl PgExecutor<'_>, id: Uuid, password_hash: &str) -> Result<()> {
    sqlx::query!("update users set password_hash = $2 where id = $1", id, password_hash).execute(db).await?;
    Ok(())
}

/// Notes in which browser a person signed in, and tells them by mail when it is one that never did, unless it is their first.
pub(super) async fn know_browser(
    db: impl PgExecutor<'_>,
    id: Uuid,
    browser: &[u8],
    letter_id: Uuid,
    data: &Value,
    now: Time,
) -> Result<bool> {
    let told = sqlx::query!(
        "with before as (
             select exists (select from known_browsers where user_id = $1) as any
         ), browser as (
             insert into known_browsers (user_id, browser, seen_at) values ($1, $2, $5)
             on conflict (user_id, browser) do update set seen_at = excluded.seen_at
             returning xmax = 0 as fresh
         )
         insert into message_outbox (id, kind, recipient, data, due_at, created_at)
         select $3, 'new_sign_in', lower(u.email), $4, $5, $5
         from users u, before, browser where u.id = $1 and before.any and browser.fresh",
        id,
        browser,
        letter_id,
        data,
        now,
    )
    .execute(db)
    .await?;
    Ok(told.rows_affected() > 0)
}

pub(super) async fn is_known_browser(db: impl PgExecutor<'_>, email: &str, browser: &[u8]) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from users u join known_browsers b on b.user_id = u.id where lower(u.email) = $1 and b.browser = $2
           ) as "known!""#,
        email,
        browser,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn change(
    db: impl PgExecutor<'_>,
    id: Uuid,
    change: &super::Change,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set name = coalesce($2, name), phone = case when $3 then $4 else phone end,
                 language = coalesce($5, language), zone = coalesce($6, zone), updated_at = $7
             where id = $1 returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $8 from person",
        id,
        change.name,
        change.phone.is_some(),
        change.phone.clone().flatten(),
        change.language,
        change.zone.map(gemilang_protocol::Zone::as_str),
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn is_confirmed(db: impl PgExecutor<'_>, id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select email_confirmed_at is not null as "confirmed!" from users where id = $1"#, id)
        .fetch_one(db)
        .await?)
}

pub(super) async fn confirm(db: impl PgExecutor<'_>, id: Uuid, now: Time, generation: i32) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set email_confirmed_at = $2, updated_at = $2
             where id = $1 and email_confirmed_at is null returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $3 from person",
        id,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}
