//! Tags: which tickets are filed under what, own unsent changes included, in a table of its own beside the heads.

use gemilang_protocol::EventBody;
use gemilang_protocol::Ticket;
use gemilang_protocol::sync::TicketChange;
use sqlx::{SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::Replica;

/// Tags offered at most.
const MOST: i64 = 200;

impl Replica {
    /// The tags there are, those that most tickets bear first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn tags(&self) -> Result<Vec<String>> {
        let mut tx = self.read().await?;
        Ok(query_scalar("select tag from ticket_tags group by tag order by count(*) desc, tag limit ?")
            .bind(MOST)
            .fetch_all(&mut *tx)
            .await?)
    }
}

/// Follows heads that were just stored, as far as they bear tags or bore some: nearly none do, and those cost nothing.
pub(crate) fn follow(
    batch: &mut Batch,
    heads: &[(i64, &Ticket)],
    changes: &[&TicketChange],
    key: impl Fn(Uuid) -> Option<i64>,
) -> Result<()> {
    let bear = heads.iter().filter(|(_, ticket)| !ticket.internal.tags.is_empty()).map(|(key, _)| *key);
    let may_change = |body: &EventBody| matches!(body, EventBody::Tags { .. } | EventBody::Erased { .. });
    let bore =
        changes.iter().filter(|change| may_change(&change.event.body)).filter_map(|change| key(change.ticket.id));
    let mut keys: Vec<i64> = bear.chain(bore).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(());
    }
    batch
        .add("delete from ticket_tags where ticket_key in (select value from json_each(?))")
        .rows(&keys)?
        .add(
            "insert into ticket_tags (tag, ticket_key)
            select g.value, t.key from json_each(?) j cross join tickets t on t.key = j.value
            cross join json_each(ifnull(t.internal, t.head ->> '$.internal'), '$.tags') g
            where true on conflict do nothing",
        )
        .rows(&keys)?;
    Ok(())
}

/// Follows one head with own unsent changes laid over it.
pub(super) async fn lay_over(connection: &mut SqliteConnection, key: i64, tags: &[String]) -> Result<()> {
    sqlx::query("delete from ticket_tags where ticket_key = ?").bind(key).execute(&mut *connection).await?;
    sqlx::query(
        "insert into ticket_tags (tag, ticket_key) select value, ? from json_each(?) where true on conflict do nothing",
    )
    .bind(key)
    .bind(serde_json::to_string(tags)?)
    .execute(connection)
    .await?;
    Ok(())
}
