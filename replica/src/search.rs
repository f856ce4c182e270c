//! Search: one document per ticket, written right after its rows, in batches, so that indexing never holds up an alert.

use sqlx::{Row, SqliteConnection, query, query_scalar};

use crate::error::Result;
use crate::file::{Durability, Replica};

/// Hits counted at most; beyond it a figure helps nobody.
pub(crate) const MOST_COUNTED: i64 = 1_000;
/// Tickets indexed in one transaction: what arrives meanwhile waits for no more than these.
const BATCH: i64 = 8;
/// A single letter as a prefix would match half the words there are.
const PREFIX_LEAST: usize = 2;

impl Replica {
    /// Indexes the next few tickets that are behind and answers whether more are.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub(crate) async fn index_some(&self) -> Result<bool> {
        if !self.is_index_behind().await? {
            return Ok(false);
        }
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        // By key, that is in the order of filing, newest first: what people look for is there first.
        let keys: Vec<i64> = query_scalar("select ticket_key from search_queue order by ticket_key desc limit ?")
            .bind(BATCH)
            .fetch_all(&mut *tx)
            .await?;
        for key in &keys {
            index(&mut tx, *key).await?;
        }
        query("delete from search_queue where ticket_key in (select value from json_each(?))")
            .bind(serde_json::to_string(&keys)?)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(keys.len() == usize::try_from(BATCH).unwrap_or(usize::MAX))
    }

    async fn is_index_behind(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let behind: i64 = query_scalar("select exists (select 1 from search_queue)").fetch_one(&mut *tx).await?;
        Ok(behind == 1)
    }
}

/// Notes that the documents of these tickets are behind.
pub(crate) async fn queue(connection: &mut SqliteConnection, keys: &[i64]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    query("insert into search_queue (ticket_key) select value from json_each(?) where true on conflict do nothing")
        .bind(serde_json::to_string(keys)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes one document anew, at the place of the ticket's latest activity.
async fn index(connection: &mut SqliteConnection, key: i64) -> Result<()> {
    let row = query(
        "select last_message_at, concat_ws(' ', head ->> '$.subject', head ->> '$.customer.name',
            head ->> '$.number', order_number,
            (select group_concat(message, ' ') from messages where ticket_key = key),
            (select group_concat(note, ' ') from notes where ticket_key = key)) as text
        from tickets where key = ?",
    )
    .bind(key)
    .fetch_one(&mut *connection)
    .await?;
    let at: i64 = row.try_get("last_message_at")?;
    let text: String = row.try_get("text")?;
    query("delete from search where rowid = (select place from search_places where ticket_key = ?)")
        .bind(key)
        .execute(&mut *connection)
        .await?;
    // Microseconds leave ten bits for the key: tickets of one moment seldom meet, and then step aside.
    let mut place = (at << 10) | (key & 1023);
    while taken(connection, place, key).await? {
        place += 1;
    }
    query("insert into search_places (ticket_key, place) values (?, ?) on conflict (ticket_key) do update set place = excluded.place")
        .bind(key)
        .bind(place)
        .execute(&mut *connection)
        .await?;
    query("insert into search (rowid, text) values (?, ?)").bind(place).bind(text).execute(connection).await?;
    Ok(())
}

async fn taken(connection: &mut SqliteConnection, place: i64, key: i64) -> Result<bool> {
    let taken: i64 = query_scalar("select exists (select 1 from search_places where place = ? and ticket_key <> ?)")
        .bind(place)
        .bind(key)
        .fetch_one(connection)
        .await?;
    Ok(taken == 1)
}

/// What people type as an expression of the index: every word must be there, the one being typed may go on.
pub(crate) fn expression(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let open = typed.chars().next_back().is_some_and(char::is_alphanumeric);
    let (last, before) = words.split_last()?;
    let mut parts: Vec<String> = before.iter().map(|word| format!("\"{word}\"")).collect();
    if open && last.chars().count() >= PREFIX_LEAST {
        parts.push(format!("\"{last}\"*"));
    } else if !open || parts.is_empty() {
        parts.push(format!("\"{last}\""));
    }
    Some(parts.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn what_people_type_becomes_an_expression() {
        for (typed, wanted) in [
            ("rina", Some(r#""rina"*"#)),
            ("rina katering", Some(r#""rina" AND "katering"*"#)),
            ("rina k", Some(r#""rina""#)),
            ("rina ", Some(r#""rina""#)),
            ("r", Some(r#""r""#)),
            ("GO-2291", Some(r#""GO" AND "2291"*"#)),
            (r#"" OR 1 NEAR(*"#, Some(r#""OR" AND "1" AND "NEAR""#)),
            ("🙏 !", None),
            ("", None),
        ] {
            assert_eq!(expression(typed).as_deref(), wanted, "{typed}");
        }
    }
}
