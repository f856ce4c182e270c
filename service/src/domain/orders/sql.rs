//! Statements on `orders`. Every change writes its row of the feed in the same statement.

use chrono::NaiveDate;
use gemilang_protocol::{Order, PersonRef, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::NewOrder;
use crate::{Error, Result};

struct OrderRow {
    id: Uuid,
    number: String,
    customer_id: Uuid,
    customer_name: String,
    package: String,
    event_date: NaiveDate,
    venue: String,
    zone: String,
    status: String,
}

impl TryFrom<OrderRow> for Order {
    type Error = Error;

    fn try_from(row: OrderRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            number: row.number,
            customer: PersonRef { id: row.customer_id, name: row.customer_name },
            package: row.package,
            event_date: row.event_date,
            venue: row.venue,
            zone: row.zone.parse().map_err(|_| Error::Stored("zone"))?,
            status: row.status.parse().map_err(|_| Error::Stored("order status"))?,
        })
    }
}

macro_rules! orders {
    ($tail:literal, $($args:tt)*) => {
        sqlx::query_as!(
            OrderRow,
            "select o.id, o.number, o.customer_id, u.name as customer_name, o.package, o.event_date, o.venue, o.zone, o.status
             from orders o join users u on u.id = o.customer_id "
                + $tail,
            $($args)*
        )
    };
}

pub(super) async fn find(db: impl PgExecutor<'_>, number: &str) -> Result<Order> {
    orders!("where o.number = $1", number).fetch_one(db).await?.try_into()
}

pub(crate) async fn find_many(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<Order>> {
    let rows = orders!("where o.id = any ($1)", ids).fetch_all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// The orders of these numbers.
pub(crate) async fn find_numbered(db: impl PgExecutor<'_>, numbers: &[String]) -> Result<Vec<Order>> {
    let rows = orders!("where o.number = any ($1)", numbers).fetch_all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// Orders by id, after one.
pub(crate) async fn after(db: impl PgExecutor<'_>, id: Option<Uuid>, limit: i64) -> Result<Vec<Order>> {
    let rows = orders!("where o.id > $1 order by o.id limit $2", id.unwrap_or_default(), limit).fetch_all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// The orders of a customer, or of one whose address is confirmed to be theirs.
pub(super) async fn of_customer(
    db: impl PgExecutor<'_>,
    customer_id: Uuid,
    confirmed: bool,
    limit: i64,
) -> Result<Vec<Order>> {
    let rows = orders!(
        "where o.customer_id = $1 and (not $2 or u.email_confirmed_at is not null)
         order by o.event_date, o.number limit $3",
        customer_id,
        confirmed,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Order::try_from).collect()
}

pub(super) async fn search(
    db: impl PgExecutor<'_>,
    customer_id: Option<Uuid>,
    pattern: Option<&str>,
    limit: i64,
) -> Result<Vec<Order>> {
    let rows = orders!(
        "where ($1::uuid is null or o.customer_id = $1)
           and ($2::text is null or o.number ilike $2 or u.name ilike $2 or o.package ilike $2 or o.venue ilike $2)
         order by o.event_date, o.number limit $3",
        customer_id,
        pattern,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Order::try_from).collect()
}

pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    id: Uuid,
    order: &NewOrder,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with written as (
             insert into orders (id, number, customer_id, package, event_date, venue, zone, status, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
             on conflict (number) do update
             set customer_id = excluded.customer_id, package = excluded.package, event_date = excluded.event_date,
                 venue = excluded.venue, zone = excluded.zone, status = excluded.status, updated_at = excluded.updated_at
             returning id
         )
         insert into record_events (kind, record_id, generation) select 'order', id, $10 from written",
        id,
        order.number,
        order.customer_id,
        order.package,
        order.event_date,
        order.venue,
        order.zone.as_str(),
        order.status.as_str(),
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}
