//! What was sent lately, kept for a month: after a restore of the service, what it has lost is offered to be sent again.

use chrono::TimeDelta;
use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{OpState, OutboxItem};
use gemilang_protocol::{Code, TicketNumber, Time};
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::search;
use crate::time::{from_micros, micros};

/// So long a sent op is kept.
const KEPT: TimeDelta = TimeDelta::days(30);

impl Replica {
    /// What of this desk has arrived at the service since then, newest first; told with the time of its arrival.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn sent_since(&self, then: Time) -> Result<Vec<OutboxItem>> {
        let mut tx = self.read().await?;
        let rows = query(
            "select s.op_id, s.ticket_id, s.act, s.wish, ifnull(e.created_at, s.written_at) as at,
                ifnull(t.head ->> '$.subject', '') as subject, ifnull(t.number, 0) as number,
                ifnull(t.head ->> '$.customer.name', '') as customer,
                (select p.name from people p where s.kind = 'assign' and p.id = unhex(replace(s.act ->> '$.to', '-', ''))) as to_name
            from sent s left join tickets t on t.id = s.ticket_id left join events e on e.op_id = s.op_id
            where at >= ? order by at desc, s.op_id desc",
        )
        .bind(micros(then))
        .fetch_all(&mut *tx)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OutboxItem {
                    op_id: row.try_get("op_id")?,
                    ticket_id: row.try_get("ticket_id")?,
                    number: TicketNumber(row.try_get("number")?),
                    subject: row.try_get("subject")?,
                    customer: row.try_get("customer")?,
                    act: serde_json::from_str(row.try_get("act")?)?,
                    to_name: row.try_get("to_name")?,
                    state: OpState::Sent,
                    perhaps_sent: false,
                    wish: super::wish(row.try_get("wish")?),
                    edited: None,
                    reason: None,
                    winner: None,
                    unseen: None,
                    written_at: from_micros(row.try_get("at")?),
                    leaves_at: None,
                })
            })
            .collect()
    }

    /// The ops to ask a restored service about; nothing when it was not restored, or was asked already.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn to_compare(&self, now: Time) -> Result<Option<Vec<Uuid>>> {
        let mut tx = self.read().await?;
        let restored: bool = query_scalar("select restored and bootstrapped from sync").fetch_one(&mut *tx).await?;
        if !restored {
            return Ok(None);
        }
        let sent = query_scalar("select op_id from sent where written_at >= ? order by written_at")
            .bind(micros(now - KEPT))
            .fetch_all(&mut *tx)
            .await?;
        Ok(Some(sent))
    }

    /// Stores what a restored service still has of `asked`: the rest waits in the outbox for a person's choice.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then the service is asked again.
    pub async fn compared(&self, asked: &[Uuid], known: &[Uuid]) -> Result<usize> {
        let gone: Vec<_> = asked.iter().filter(|op| !known.contains(op)).map(|op| op.simple().to_string()).collect();
        let gone = serde_json::to_string(&gone)?;
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let lost = query(
            "insert into outbox (op_id, ticket_id, kind, act, seen_n, written_at, state, reason)
            select op_id, ticket_id, kind, act, 0, written_at, 'failed', ?
            from sent where op_id in (select unhex(value) from json_each(?)) and wish is null order by written_at
            on conflict do nothing",
        )
        .bind(Code::LostByRestore.as_str())
        .bind(&gone)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        query("delete from sent where op_id in (select unhex(value) from json_each(?))")
            .bind(&gone)
            .execute(&mut *tx)
            .await?;
        // Tickets that the service has no more. One with own words stays until they are decided about.
        let nowhere = "delete from tickets where n = 0 and id not in (select ticket_id from outbox) returning key";
        let nowhere: Vec<i64> = query_scalar(nowhere).fetch_all(&mut *tx).await?;
        let mut batch = Batch::default();
        search::forget(&mut batch, &nowhere)?;
        batch.run(&mut tx).await?;
        query("update sync set restored = 0").execute(&mut *tx).await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.announce(Changed { outbox: true, all: true, ..Changed::default() });
        Ok(usize::try_from(lost).unwrap_or(usize::MAX))
    }
}

/// Keeps the ops of the outbox that the feed has brought, before they are taken out. Read marks are no words.
pub(super) async fn keep_landed(tx: &mut SqliteConnection, ops: &str) -> Result<()> {
    let kept = query(
        "insert into sent (op_id, ticket_id, kind, act, written_at, wish)
        select op_id, ticket_id, kind, act, written_at, wish from outbox
        where kind <> 'read' and (state = 'sent'
            or op_id in (select e.op_id from json_each(?) j join events e on e.op_id = unhex(j.value) where e.kind <> 'voided'))
        on conflict do nothing",
    )
    .bind(ops)
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() > 0 {
        query("delete from sent where written_at < (select max(written_at) from sent) - ?")
            .bind(KEPT.num_microseconds())
            .execute(tx)
            .await?;
    }
    Ok(())
}
