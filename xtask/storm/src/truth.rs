//! The truth: what stands in the tables, read past every line of the service's own code.

use std::collections::BTreeMap;

use gemilang_protocol::Time;
use sqlx::{Connection, PgConnection, Row, query};
use uuid::Uuid;

use crate::Failure;

/// A message or a note as it stands in its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its ticket.
    pub ticket: Uuid,
    /// Its place.
    pub n: i64,
    /// Its id.
    pub id: Uuid,
    /// Its words.
    pub text: String,
    /// An internal note.
    pub note: bool,
}

/// How the events of a ticket are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// The ticket.
    pub ticket: Uuid,
    /// What its head says.
    pub last_n: i64,
    /// Its events.
    pub events: i64,
    /// The lowest number.
    pub lowest: i64,
    /// The highest number.
    pub highest: i64,
}

/// A connection to the tables.
#[derive(Debug)]
pub struct Truth(PgConnection);

impl Truth {
    /// Opens it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn open(url: &str) -> Result<Self, Failure> {
        Ok(Self(PgConnection::connect(url).await?))
    }

    /// Messages and notes that were stored since then.
    ///
    /// # Errors
    /// The database is away.
    pub async fn texts_since(&mut self, since: Time) -> Result<Vec<Text>, Failure> {
        let rows = query(
            "select ticket_id, n, id, message as text, false as note from chat_messages where created_at >= $1
             union all
             select ticket_id, n, id, note, true from internal_notes where created_at >= $1",
        )
        .bind(since)
        .fetch_all(&mut self.0)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Text {
                    ticket: row.try_get("ticket_id")?,
                    n: row.try_get("n")?,
                    id: row.try_get("id")?,
                    text: row.try_get("text")?,
                    note: row.try_get("note")?,
                })
            })
            .collect()
    }

    /// The messages of one ticket from `from` to `to`, by `n`.
    ///
    /// # Errors
    /// The database is away.
    pub async fn messages(&mut self, ticket: Uuid, from: i64, to: i64) -> Result<BTreeMap<i64, Uuid>, Failure> {
        let rows = query("select n, id from chat_messages where ticket_id = $1 and n between $2 and $3")
            .bind(ticket)
            .bind(from)
            .bind(to)
            .fetch_all(&mut self.0)
            .await?;
        rows.iter().map(|row| Ok((row.try_get("n")?, row.try_get("id")?))).collect()
    }

    /// Active tickets, newest first: those that a bootstrap begins with.
    ///
    /// # Errors
    /// The database is away.
    pub async fn newest_active(&mut self) -> Result<Vec<Uuid>, Failure> {
        let rows = query(
            "select id from support_tickets where status in ('open', 'in_progress', 'waiting_customer')
             order by created_at desc, id desc limit 200",
        )
        .fetch_all(&mut self.0)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// How every ticket's events are numbered.
    ///
    /// # Errors
    /// The database is away.
    pub async fn numbering(&mut self) -> Result<Vec<Numbering>, Failure> {
        let rows = query(
            "select t.id, t.last_n, count(e.n) as events, coalesce(min(e.n), 0) as lowest, coalesce(max(e.n), 0) as highest
             from support_tickets t left join ticket_events e on e.ticket_id = t.id group by t.id, t.last_n",
        )
        .fetch_all(&mut self.0)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Numbering {
                    ticket: row.try_get("id")?,
                    last_n: row.try_get("last_n")?,
                    events: row.try_get("events")?,
                    lowest: row.try_get("lowest")?,
                    highest: row.try_get("highest")?,
                })
            })
            .collect()
    }

    /// The ids of ops that have landed, of these.
    ///
    /// # Errors
    /// The database is away.
    pub async fn landed(&mut self, ops: &[Uuid]) -> Result<Vec<Uuid>, Failure> {
        let rows =
            query("select op_id from ticket_events where op_id = any ($1)").bind(ops).fetch_all(&mut self.0).await?;
        rows.iter().map(|row| Ok(row.try_get("op_id")?)).collect()
    }

    /// How many erasures are not done yet.
    ///
    /// # Errors
    /// The database is away.
    pub async fn open_erasures(&mut self) -> Result<i64, Failure> {
        let open = sqlx::query_scalar("select count(*) from erasures where done_at is null");
        Ok(open.fetch_one(&mut self.0).await?)
    }

    /// Tickets of which everything was erased.
    ///
    /// # Errors
    /// The database is away.
    pub async fn erased(&mut self) -> Result<Vec<Uuid>, Failure> {
        let erased = "select t.id from support_tickets t join erasures e on e.user_id = t.customer_id";
        Ok(sqlx::query_scalar(erased).fetch_all(&mut self.0).await?)
    }

    /// The venue of every order, by its number.
    ///
    /// # Errors
    /// The database is away.
    pub async fn venues(&mut self) -> Result<BTreeMap<String, String>, Failure> {
        let rows = query("select number, venue from orders").fetch_all(&mut self.0).await?;
        rows.iter().map(|row| Ok((row.try_get("number")?, row.try_get("venue")?))).collect()
    }
}
