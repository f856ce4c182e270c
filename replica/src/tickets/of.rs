//! All tickets of a customer, and all about an order, latest activity first.

use gemilang_protocol::Order;
use gemilang_protocol::desk::views::TicketList;
use sqlx::{SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::words::words;

/// Rows shown at once.
const MOST: usize = 200;

impl Replica {
    /// A customer's.
    pub(crate) async fn tickets_of(&self, tx: &mut SqliteConnection, customer: Uuid) -> Result<TicketList> {
        let keys: Vec<i64> =
            query_scalar("select key from tickets where customer_id = ? order by last_message_at desc, key desc")
                .bind(customer)
                .fetch_all(&mut *tx)
                .await?;
        self.list_of(tx, &keys).await
    }

    /// About an order. An index over the number would be written with every message; the search knows it as well, and what it
    /// has not read yet is most likely filed by whose the order is.
    pub(crate) async fn tickets_about(&self, tx: &mut SqliteConnection, order: &Order) -> Result<TicketList> {
        let parts: Vec<_> = words(&order.number).iter().map(|word| format!("\"{word}\"")).collect();
        // Nothing is found by no words.
        let matching = if parts.is_empty() { String::from("\"\"") } else { parts.join(" AND ") };
        let keys: Vec<i64> = query_scalar(
            "select key from tickets where order_number = ?1 and key in (
                select key from tickets where customer_id = ?2
                union select s.ticket_key from search join search_places s on s.place = search.rowid
                where search match ?3)
            order by last_message_at desc, key desc",
        )
        .bind(&order.number)
        .bind(order.customer.id)
        .bind(matching)
        .fetch_all(&mut *tx)
        .await?;
        self.list_of(tx, &keys).await
    }

    async fn list_of(&self, tx: &mut SqliteConnection, keys: &[i64]) -> Result<TicketList> {
        let shown = &keys[..keys.len().min(MOST)];
        Ok(TicketList { rows: self.rows_of(tx, shown).await?, total: keys.len() as u64, more: false })
    }
}
