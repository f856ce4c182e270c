//! Finding a ticket by what stands in its head: number, subject, customer, order. What was said in it is for the search.

use futures_util::TryStreamExt;
use gemilang_protocol::TicketNumber;
use gemilang_protocol::desk::views::TicketList;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::search;
use crate::words::{begin, words};

/// Tickets shown at once.
const MOST: usize = 8;
/// Tickets whose heads are looked at for one question, newest first: some ten milliseconds.
const LOOKED_AT: usize = 3_000;

impl Replica {
    /// The few tickets meant by `q`, newest first, and how many there are among the newest that hold the words. Without words those of `recent`, in that order, and after them the newest.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn find_tickets(&self, q: &str, recent: &[Uuid]) -> Result<TicketList> {
        let words = words(q);
        let mut tx = self.read().await?;
        let (keys, total) = if words.is_empty() {
            lately(&mut tx, recent).await?
        } else {
            drop(tx);
            self.index_if_idle().await?;
            tx = self.read().await?;
            holding_or_numbered(&mut tx, q, &words).await?
        };
        Ok(TicketList { rows: self.rows_of(&mut tx, &keys).await?, total, more: false })
    }
}

/// Those that are meant by a number, or by words of their heads, and how many there are.
pub(super) async fn holding_or_numbered(
    tx: &mut SqliteConnection,
    q: &str,
    words: &[String],
) -> Result<(Vec<i64>, u64)> {
    match q.trim().parse() {
        Ok(number) => numbered(tx, number).await,
        Err(_) => holding(tx, words).await,
    }
}

async fn lately(tx: &mut SqliteConnection, recent: &[Uuid]) -> Result<(Vec<i64>, u64)> {
    let ids: Vec<_> = recent.iter().take(MOST).map(|id| id.simple().to_string()).collect();
    let mut keys: Vec<i64> =
        query_scalar("select t.key from json_each(?) j cross join tickets t on t.id = unhex(j.value) order by j.key")
            .bind(serde_json::to_string(&ids)?)
            .fetch_all(&mut *tx)
            .await?;
    let newest: Vec<i64> = query_scalar("select key from tickets order by last_message_at desc, key desc limit ?")
        .bind(i64::try_from(MOST).unwrap_or(i64::MAX))
        .fetch_all(tx)
        .await?;
    for key in newest {
        if keys.len() < MOST && !keys.contains(&key) {
            keys.push(key);
        }
    }
    let total = keys.len() as u64;
    Ok((keys, total))
}

async fn numbered(tx: &mut SqliteConnection, number: TicketNumber) -> Result<(Vec<i64>, u64)> {
    // A number that is still being typed means those it begins, too; the one it is comes first.
    let keys: Vec<i64> = query_scalar(
        "select key from (select key, number from tickets where number = ?1
            union all select * from (select key, number from tickets where number between ?1 * 10 and ?1 * 10 + 9 order by number desc)
            union all select * from (select key, number from tickets where number between ?1 * 100 and ?1 * 100 + 99 order by number desc))
        limit ?2",
    )
    .bind(number.0)
    .bind(i64::try_from(MOST).unwrap_or(i64::MAX))
    .fetch_all(tx)
    .await?;
    let total = keys.len() as u64;
    Ok((keys, total))
}

/// The newest tickets whose head holds all words. The index names the candidates; a single letter is in nearly every head, so those are simply the newest.
async fn holding(tx: &mut SqliteConnection, words: &[String]) -> Result<(Vec<i64>, u64)> {
    let expression = search::beginnings(words);
    let mut walk = match &expression {
        Some(expression) => query(
            "select t.key, t.number, t.order_number, t.head ->> '$.subject' as subject, t.head ->> '$.customer.name' as customer
            from search cross join search_places s on s.place = search.rowid and s.chunk = 0
            cross join tickets t on t.key = s.ticket_key
            where search match ? order by search.rowid desc limit ?",
        )
        .bind(expression),
        None => query(
            "select t.key, t.number, t.order_number, t.head ->> '$.subject' as subject, t.head ->> '$.customer.name' as customer
            from tickets t where ? is null order by t.last_message_at desc, t.key desc limit ?",
        )
        .bind(None::<String>),
    }
    .bind(i64::try_from(LOOKED_AT).unwrap_or(i64::MAX))
    .fetch(tx);
    let (mut keys, mut total) = (Vec::new(), 0);
    while let Some(row) = walk.try_next().await? {
        if holds(&row, words)? {
            total += 1;
            if keys.len() < MOST {
                keys.push(row.try_get("key")?);
            }
        }
    }
    Ok((keys, total))
}

/// Whether each word begins one of the head's.
fn holds(row: &SqliteRow, words: &[String]) -> Result<bool> {
    let number: i64 = row.try_get("number")?;
    let order: Option<&str> = row.try_get("order_number")?;
    let (subject, customer) = (row.try_get("subject")?, row.try_get("customer")?);
    Ok(begin(words, &[subject, customer, &format!("gw {number}"), order.unwrap_or_default()]))
}
