//! The dashboard: the five counts of the original system, today's movement, what is urgent, what is new, and what stands beside it.

/// The last fourteen days.
mod days;
/// The next weddings.
mod weddings;

use std::collections::HashMap;

use gemilang_protocol::desk::views::{Dashboard, Load, TicketRow};
use gemilang_protocol::{Person, PersonRef, Priority, Stats, Status, Time, Zone};
use sqlx::{QueryBuilder, SqliteConnection, query_scalar};

use crate::error::Result;
use crate::file::Replica;
use crate::navigation::counts;
use crate::people;
use crate::tickets::{ROW, ROW_JOINS};
use crate::time::micros;

/// Rows of each list.
const URGENT: i64 = 5;
const NEWEST: i64 = 8;

impl Replica {
    /// The dashboard as of `now`; a day begins at midnight in `zone`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn dashboard(&self, now: Time, zone: Zone) -> Result<Dashboard> {
        let mut tx = self.read().await?;
        let midnight = micros(zone.midnight(now));
        let mut dashboard = Dashboard {
            stats: Stats::default(),
            open_unassigned: 0,
            urgent_unassigned: 0,
            filed_today: since(&mut tx, "select count(*) from tickets where created_at >= ?", midnight).await?,
            resolved_today: since(&mut tx, "select count(*) from tickets where resolved_at >= ?", midnight).await?,
            closed_today: since(&mut tx, "select count(*) from tickets where closed_at >= ?", midnight).await?,
            urgent: self.urgent(&mut tx).await?,
            newest: self.newest(&mut tx).await?,
            load: Vec::new(),
            weddings: weddings::next(&mut tx, now).await?,
            days: days::last(&mut tx, now, zone).await?,
        };
        let mut busy = HashMap::new();
        for count in counts(&mut tx).await? {
            let stats = &mut dashboard.stats;
            stats.total += count.tickets;
            *match count.status {
                Status::Open => &mut stats.open,
                Status::InProgress => &mut stats.in_progress,
                Status::WaitingCustomer => &mut stats.waiting_customer,
                Status::Resolved => &mut stats.resolved,
                Status::Closed => &mut stats.closed,
            } += count.tickets;
            let urgent = count.priority == Priority::Urgent && count.status.is_active();
            if urgent {
                stats.urgent += count.tickets;
            }
            if let Some(person) = count.assigned_to.filter(|_| count.status.is_active()) {
                *busy.entry(person).or_default() += count.tickets.unsigned_abs();
            }
            if count.assigned_to.is_none() {
                let tickets = count.tickets.unsigned_abs();
                if urgent {
                    dashboard.urgent_unassigned += tickets;
                }
                if count.status == Status::Open {
                    dashboard.open_unassigned += tickets;
                }
            }
        }
        let load = |person: Person| Load {
            tickets: busy.get(&person.id).copied().unwrap_or(0),
            duty: person.duty,
            person: PersonRef { id: person.id, name: person.name },
        };
        dashboard.load = people::active_staff(&mut tx).await?.into_iter().map(load).collect();
        Ok(dashboard)
    }

    async fn urgent(&self, connection: &mut SqliteConnection) -> Result<Vec<TicketRow>> {
        let mut rows = self
            .rows(
                connection,
                "where t.priority = 'urgent' and t.status in ('open', 'in_progress', 'waiting_customer')
                order by t.last_message_at, t.key limit ",
                URGENT,
            )
            .await?;
        let left = URGENT - i64::try_from(rows.len()).unwrap_or(URGENT);
        if left > 0 {
            let high = "where t.priority = 'high' and t.status in ('open', 'in_progress', 'waiting_customer')
                and t.assigned_to is null order by t.last_message_at, t.key limit ";
            rows.extend(self.rows(connection, high, left).await?);
        }
        Ok(rows)
    }

    async fn newest(&self, connection: &mut SqliteConnection) -> Result<Vec<TicketRow>> {
        self.rows(connection, "order by t.created_at desc, t.key desc limit ", NEWEST).await
    }

    async fn rows(&self, connection: &mut SqliteConnection, which: &'static str, limit: i64) -> Result<Vec<TicketRow>> {
        let mut sql = QueryBuilder::new(ROW);
        sql.push("from tickets t").push(ROW_JOINS).push(which).push_bind(limit);
        let rows = sql.build().fetch_all(connection).await?;
        rows.iter().map(|row| self.ticket_row_of(row)).collect()
    }
}

async fn since(connection: &mut SqliteConnection, statement: &'static str, midnight: i64) -> Result<u64> {
    let count: i64 = query_scalar(statement).bind(midnight).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::Role;
    use gemilang_protocol::session::SessionUser;
    use sqlx::{AssertSqlSafe, Row, query};
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn no_figure_beside_the_queues_reads_the_tickets_themselves() {
        let dir = tempfile::tempdir().unwrap();
        let id = Uuid::from_u128(1);
        let who = SessionUser { id, name: "Rina".into(), email: "rina@gemilangwo.id".into(), role: Role::Agent };
        let file = Replica::file_for(dir.path(), "https://desk.gemilangwo.id", id);
        let replica = Replica::open(&file, who).await.unwrap();
        let mut tx = replica.read().await.unwrap();
        for (statement, index) in [
            (days::FILED, "SEARCH tickets USING COVERING INDEX tickets_filed (created_at>? AND created_at<?)"),
            (days::RESOLVED, "SEARCH tickets USING COVERING INDEX tickets_resolved (resolved_at>? AND resolved_at<?)"),
            (weddings::NEXT, "SEARCH t USING COVERING INDEX tickets_wedding (order_number=? AND status=?)"),
            (weddings::NEXT, "SEARCH o USING INDEX orders_sought (event_date>?)"),
        ] {
            let plan =
                query(AssertSqlSafe(format!("explain query plan {statement}"))).fetch_all(&mut *tx).await.unwrap();
            let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
            assert!(steps.iter().any(|step| step == index), "{statement}: {steps:?}");
            assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{statement}: {steps:?}");
        }
    }
}
