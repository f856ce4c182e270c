//! Orders: a couple's wedding, as tickets name it.

use gemilang_protocol::Order;
use sqlx::{SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::sought;

pub(crate) async fn find(connection: &mut SqliteConnection, number: Option<&str>) -> Result<Option<Order>> {
    let row: Option<String> =
        query_scalar(r#"select "order" from orders where number = ?"#).bind(number).fetch_optional(connection).await?;
    Ok(row.map(|row| serde_json::from_str(&row)).transpose()?)
}

/// The orders of a customer, the next wedding first.
pub(crate) async fn of_customer(connection: &mut SqliteConnection, customer: Uuid) -> Result<Vec<Order>> {
    let rows: Vec<String> = query_scalar(
        r#"select "order" from orders where "order" ->> '$.customer.id' = ? order by event_date >= date('now') desc, event_date limit 50"#,
    )
    .bind(customer.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
}

/// Stores orders as they are now. What the feed has told is undone by nothing else, as with people.
pub(crate) fn put(batch: &mut Batch, orders: &[&Order], told: bool) -> Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = orders
        .iter()
        .map(|order| Ok((&order.number, order.event_date, serde_json::to_string(order)?, sought::of_order(order))))
        .collect::<Result<_>>()?;
    batch
        .add(
            r#"insert into orders (told, number, event_date, "order", sought)
            select ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from jsonb_each(?) where true
            on conflict (number) do update set event_date = excluded.event_date, "order" = excluded."order",
                sought = excluded.sought, told = excluded.told
            where excluded.told or not orders.told"#,
        )
        .bind(told)?
        .rows(&rows)?;
    Ok(())
}
