//! Own replies that wait for a decision, as this desk shows them.

use gemilang_protocol::alert::About;
use gemilang_protocol::{Message, SenderType, TicketNumber};
use sqlx::{Row, query};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;

/// A reply that the conversation overtook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldReply {
    /// Which op.
    pub op: Uuid,
    /// Its ticket.
    pub about: About,
    /// The colleague who answered first; nobody where the customer wrote again.
    pub colleague: Option<String>,
}

impl Replica {
    /// Own replies that wait for a decision.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn held_replies(&self) -> Result<Vec<HeldReply>> {
        let rows = query(
            "select b.op_id, b.ticket_id, b.unseen, t.number, ifnull(t.subject, t.head ->> '$.subject') as subject,
                t.head ->> '$.customer.name' as customer
            from outbox b join tickets t on t.id = b.ticket_id where b.state = 'held'",
        )
        .fetch_all(&mut *self.read().await?)
        .await?;
        let mut held = Vec::with_capacity(rows.len());
        for row in &rows {
            let unseen: Option<&str> = row.try_get("unseen")?;
            let unseen: Option<Message> = unseen.map(serde_json::from_str).transpose()?;
            let colleague = unseen.filter(|message| message.sender_type == SenderType::Admin);
            held.push(HeldReply {
                op: row.try_get("op_id")?,
                about: About {
                    ticket: row.try_get("ticket_id")?,
                    number: TicketNumber(row.try_get("number")?),
                    subject: row.try_get("subject")?,
                    customer: row.try_get("customer")?,
                },
                colleague: colleague.and_then(|message| message.sender).map(|sender| sender.name),
            });
        }
        Ok(held)
    }
}
