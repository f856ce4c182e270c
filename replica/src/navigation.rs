//! The counts beside the inbox views. The same table feeds lists, badge and dashboard, so that they cannot disagree.

use gemilang_protocol::desk::views::Navigation;
use gemilang_protocol::{Priority, Status};
use sqlx::{Row, SqliteConnection, query, query_as};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::outbox;

/// How many tickets share a status, a priority and an assignee.
pub(crate) struct Count {
    pub(crate) status: Status,
    pub(crate) priority: Priority,
    pub(crate) assigned_to: Option<Uuid>,
    pub(crate) tickets: i64,
}

impl Replica {
    /// The counts beside the inbox views.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn navigation(&self) -> Result<Navigation> {
        let mut tx = self.read().await?;
        let me = self.me().id;
        let mut navigation = Navigation { unsent: outbox::unsent(&mut tx).await?, ..Navigation::default() };
        for count in counts(&mut tx).await? {
            if !count.status.is_active() {
                continue;
            }
            let tickets = count.tickets.unsigned_abs();
            navigation.active += tickets;
            if count.assigned_to == Some(me) {
                navigation.mine += tickets;
            }
            if count.assigned_to.is_none() {
                navigation.unassigned += tickets;
            }
            if count.priority == Priority::Urgent {
                navigation.urgent += tickets;
            }
            if count.status == Status::WaitingCustomer {
                navigation.waiting += tickets;
            }
        }
        let own: (i64, i64) = query_as(
            "select count(*), ifnull(sum(t.assigned_to = ?1), 0) from snoozes s cross join tickets t on t.key = s.ticket_key
            where s.person = ?2 and s.until > unixepoch('subsec') * 1000000
                and t.status in ('open', 'in_progress', 'waiting_customer')",
        )
        .bind(me)
        .bind(me.to_string())
        .fetch_one(&mut *tx)
        .await?;
        navigation.snoozed = own.0.unsigned_abs();
        navigation.mine = navigation.mine.saturating_sub(own.1.unsigned_abs());
        Ok(navigation)
    }
}

/// All counts, summed over categories. A word only a newer app knows is counted nowhere.
pub(crate) async fn counts(connection: &mut SqliteConnection) -> Result<Vec<Count>> {
    let rows = query(
        "select status, priority, nullif(assigned_to, x'') as assigned_to, sum(tickets) as tickets
        from ticket_counts group by status, priority, assigned_to having sum(tickets) > 0",
    )
    .fetch_all(connection)
    .await?;
    let mut counts = Vec::with_capacity(rows.len());
    for row in &rows {
        let (Ok(status), Ok(priority)) =
            (row.try_get::<&str, _>("status")?.parse(), row.try_get::<&str, _>("priority")?.parse())
        else {
            continue;
        };
        counts.push(Count {
            status,
            priority,
            assigned_to: row.try_get("assigned_to")?,
            tickets: row.try_get("tickets")?,
        });
    }
    Ok(counts)
}
