//! Urgent tickets that nobody has taken, as this desk shows them: own unsent changes included.

use gemilang_protocol::{PersonRef, Priority, Status, TicketNumber, Time};
use sqlx::{Row, query};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::people;
use crate::time::from_micros;

/// A ticket that is urgent and nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untaken {
    /// Which ticket.
    pub ticket: Uuid,
    /// Its number.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// Whose.
    pub customer: PersonRef,
    /// Since when, by the service's clock.
    pub since: Time,
}

/// Why a ticket is not among them any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Somebody has it.
    Taken(String),
    /// Resolved or closed.
    Ended,
    /// Not urgent.
    Calmed,
}

impl Replica {
    /// Urgent tickets that nobody has, and why those of `rings` that are not among them are not.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn untaken(&self, rings: &[Uuid]) -> Result<(Vec<Untaken>, Vec<(Uuid, Left)>)> {
        let mut tx = self.read().await?;
        let rows = query(
            "select t.id, t.number, ifnull(t.subject, t.head ->> '$.subject') as subject, t.customer_id, t.head ->> '$.customer.name' as customer,
                ifnull((select max(e.created_at) from events e where e.ticket_key = t.key and (
                    e.kind = 'created'
                    or e.kind = 'priority' and e.event ->> '$.data.to' = 'urgent'
                    or e.kind = 'assigned' and e.event ->> '$.data.to' is null
                    or e.kind = 'status' and e.event ->> '$.data.from' in ('resolved', 'closed')
                )), t.created_at) as since
            from tickets t
            where t.priority = 'urgent' and t.assigned_to is null and t.status in ('open', 'in_progress', 'waiting_customer')",
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut untaken = Vec::with_capacity(rows.len());
        for row in &rows {
            untaken.push(Untaken {
                ticket: row.try_get("id")?,
                number: TicketNumber(row.try_get("number")?),
                subject: row.try_get("subject")?,
                customer: PersonRef { id: row.try_get("customer_id")?, name: row.try_get("customer")? },
                since: from_micros(row.try_get("since")?),
            });
        }
        let mut left = Vec::new();
        for ring in rings.iter().filter(|ring| untaken.iter().all(|one| one.ticket != **ring)) {
            let row = query("select status, priority, assigned_to from tickets where id = ?")
                .bind(ring)
                .fetch_optional(&mut *tx)
                .await?;
            let Some(row) = row else {
                left.push((*ring, Left::Ended));
                continue;
            };
            let over = row.try_get::<&str, _>("status")?.parse().is_ok_and(|status: Status| !status.is_active());
            let calm = row.try_get::<&str, _>("priority")? != Priority::Urgent.as_str();
            let holder = people::named(&mut tx, self, row.try_get("assigned_to")?).await?;
            left.push((
                *ring,
                match holder {
                    _ if over => Left::Ended,
                    _ if calm => Left::Calmed,
                    holder => Left::Taken(holder.map(|holder| holder.name).unwrap_or_default()),
                },
            ));
        }
        Ok((untaken, left))
    }
}
