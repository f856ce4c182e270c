//! A conversation in JSON, as scripts and programs read it.

use gemilang_protocol::{Message, Ticket, TicketNumber};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::messages::{Conversation, Sent};

/// A message in JSON, and of which ticket it is where that is not the one asked for.
#[derive(Serialize)]
pub(super) struct Said<'a> {
    #[serde(flatten)]
    message: &'a Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<Of>,
}

impl<'a> Said<'a> {
    /// One that was said in another ticket than the one it was sent to.
    pub(super) fn in_another(sent: &'a Sent) -> Self {
        Self { message: &sent.message, ticket: Some(Of { id: sent.ticket_id, number: None }) }
    }
}

#[derive(Serialize)]
struct Of {
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<TicketNumber>,
}

impl Of {
    fn new(ticket: &Ticket) -> Self {
        Self { id: ticket.id, number: Some(ticket.number) }
    }
}

/// A conversation's messages in JSON.
pub(super) fn items(found: &Conversation) -> Vec<Said<'_>> {
    let of = |of: usize| of.checked_sub(1).and_then(|of| found.parts.get(of)).map(Of::new);
    found.messages.iter().map(|(it, message)| Said { message, ticket: of(*it) }).collect()
}

/// A conversation in JSON.
pub(super) fn body(found: &Conversation) -> serde_json::Value {
    let mut body = serde_json::json!({
        "ticket": found.ticket,
        "messages": items(found),
        "older": found.more,
        "cursor": found.cursor,
    });
    if !found.parts.is_empty() {
        body["parts"] = serde_json::json!(found.parts.iter().map(Of::new).collect::<Vec<_>>());
    }
    body
}
