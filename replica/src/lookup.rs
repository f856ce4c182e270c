//! Looking up: which customer and which order is meant by what is typed, and all that is theirs.

use std::collections::HashMap;

use chrono::NaiveDate;
use gemilang_protocol::Order;
use gemilang_protocol::desk::views::{CustomerRow, CustomerView, Customers, OrderView, Orders};
use sqlx::{SqliteConnection, query_as, query_scalar};
use uuid::Uuid;

use crate::error::{ReplicaError, Result};
use crate::file::Replica;
use crate::{people, sought};

/// Customers or orders shown at once.
const MOST: usize = 50;

impl Replica {
    /// The customers meant by `q`, by name: each word begins one of name or address, or its figures stand in the number.
    /// Without words those who wrote last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn look_up_customers(&self, q: &str) -> Result<Customers> {
        let mut tx = self.read().await?;
        let (people, total) = sought::customers(&mut tx, q, MOST).await?;
        let ids: Vec<_> = people.iter().map(|person| person.id.simple().to_string()).collect();
        let counts: Vec<(Uuid, i64, i64)> = query_as(
            "select customer_id, count(*), sum(status in ('open', 'in_progress', 'waiting_customer')) from tickets
            where customer_id in (select unhex(value) from json_each(?)) group by customer_id",
        )
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(&mut *tx)
        .await?;
        let counts: HashMap<_, _> = counts.into_iter().map(|(id, tickets, active)| (id, (tickets, active))).collect();
        let rows = people
            .into_iter()
            .map(|person| {
                let (tickets, active) = counts.get(&person.id).copied().unwrap_or_default();
                CustomerRow { person, tickets: tickets.unsigned_abs(), active: active.unsigned_abs() }
            })
            .collect();
        Ok(Customers { rows, total })
    }

    /// A customer with all that is theirs.
    ///
    /// # Errors
    /// Not on this desk, or the file cannot be read.
    pub async fn customer(&self, id: Uuid) -> Result<CustomerView> {
        let mut tx = self.read().await?;
        let person = people::find(&mut tx, id).await?.ok_or(ReplicaError::NotFound)?;
        Ok(CustomerView { person, orders: orders_of(&mut tx, id).await?, tickets: self.tickets_of(&mut tx, id).await? })
    }
}

impl Replica {
    /// The orders meant by `q`: each word begins one of number, package, venue or customer. The next weddings first, then those
    /// that are over, the last one first. Without words the next weddings alone; `today` is what they are told from.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn look_up_orders(&self, q: &str, today: NaiveDate) -> Result<Orders> {
        let mut tx = self.read().await?;
        let (rows, total) = sought::orders(&mut tx, q, today, MOST).await?;
        Ok(Orders { rows, total })
    }

    /// An order with the tickets about it.
    ///
    /// # Errors
    /// Not on this desk, or the file cannot be read.
    pub async fn order(&self, id: Uuid) -> Result<OrderView> {
        self.index_if_idle().await?;
        let mut tx = self.read().await?;
        let row: Option<String> = query_scalar(r#"select "order" from orders where "order" ->> '$.id' = ?"#)
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        let order: Order = serde_json::from_str(&row.ok_or(ReplicaError::NotFound)?)?;
        Ok(OrderView {
            customer: people::find(&mut tx, order.customer.id).await?,
            tickets: self.tickets_about(&mut tx, &order).await?,
            order,
        })
    }
}

/// A customer's, the last wedding first.
async fn orders_of(connection: &mut SqliteConnection, customer: Uuid) -> Result<Vec<Order>> {
    let rows: Vec<String> = query_scalar(
        r#"select "order" from orders where "order" ->> '$.customer.id' = ? order by event_date desc, number"#,
    )
    .bind(customer.to_string())
    .fetch_all(connection)
    .await?;
    read(&rows)
}

fn read(rows: &[String]) -> Result<Vec<Order>> {
    Ok(rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<_, _>>()?)
}
