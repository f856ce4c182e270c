//! The ledger: every alert of this desk with what became of it and why, for 30 days.

use chrono::TimeDelta;
use gemilang_protocol::Time;
use gemilang_protocol::alert::{AlertEntry, AlertResult};
use gemilang_protocol::desk::views::Ledger;
use sqlx::{QueryBuilder, Sqlite, query, query_scalar};

use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::time::micros;

/// How long an alert is kept.
const KEPT: TimeDelta = TimeDelta::days(30);
/// Entries in a page.
const PAGE: usize = 60;

impl Replica {
    /// Notes alerts, or what became of them, and forgets what is too old.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn note_alerts(&self, entries: &[AlertEntry], now: Time) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Refetchable).await?;
        for entry in entries {
            let about = entry.about.as_ref();
            let text = about.map(|it| format!("{} {} {}", it.number, it.subject, it.customer).to_lowercase());
            query(
                "insert into alerts (id, ticket_id, raised_at, result, text, entry) values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set result = excluded.result, entry = excluded.entry",
            )
            .bind(i64::try_from(entry.id).unwrap_or(i64::MAX))
            .bind(entry.ticket())
            .bind(micros(entry.raised_at()))
            .bind(entry.result.as_str())
            .bind(text.unwrap_or_default())
            .bind(serde_json::to_string(entry)?)
            .execute(&mut *tx)
            .await?;
        }
        query("delete from alerts where raised_at < ?").bind(micros(now - KEPT)).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The number that the next alert gets.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn next_alert(&self) -> Result<u64> {
        let last: Option<i64> = query_scalar("select max(id) from alerts").fetch_one(&mut *self.read().await?).await?;
        Ok(last.unwrap_or(0).unsigned_abs() + 1)
    }

    /// What quiet hours held back since a time, oldest first, unless it was summed up meanwhile.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn kept_alerts(&self, since: Time) -> Result<Vec<AlertEntry>> {
        let rows: Vec<String> = query_scalar(
            "select entry from alerts where raised_at >= ? and result = 'held_back'
                and id > ifnull((select max(id) from alerts where entry ->> '$.reason' = 'quiet_over'), 0) order by id",
        )
        .bind(micros(since))
        .fetch_all(&mut *self.read().await?)
        .await?;
        Ok(rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<_, _>>()?)
    }

    /// Alerts, newest first: those with this result, whose ticket, subject or customer hold all these words, before this one.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn alerts(&self, result: Option<AlertResult>, q: &str, before: Option<u64>, now: Time) -> Result<Ledger> {
        let mut sql = QueryBuilder::<Sqlite>::new("select entry from alerts where raised_at >= ");
        sql.push_bind(micros(now - KEPT));
        if let Some(result) = result {
            sql.push(" and result = ").push_bind(result.as_str());
        }
        for word in q.to_lowercase().split_whitespace() {
            sql.push(" and instr(text, ").push_bind(word.to_owned()).push(") > 0");
        }
        if let Some(before) = before {
            sql.push(" and id < ").push_bind(i64::try_from(before).unwrap_or(i64::MAX));
        }
        sql.push(" order by id desc limit ").push_bind(PAGE as i64 + 1);
        let rows: Vec<String> = sql.build_query_scalar().fetch_all(&mut *self.read().await?).await?;
        let mut entries = rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<Vec<AlertEntry>, _>>()?;
        let more = entries.len() > PAGE;
        entries.truncate(PAGE);
        Ok(Ledger { entries, more })
    }
}
