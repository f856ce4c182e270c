//! What was just written, as the feed tells it: made from the plan, so that live readers hear of it without a second look at the database. A test holds both against each other.

use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{Event, Message, Note, PersonRef, Row, SenderType, Ticket, TicketNumber, Time};

use super::sql::{Filing, Written};
use crate::feed::{Item, Place};

/// What the feed tells of a ticket and no change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aside {
    pub(super) number: i64,
    pub(super) customer_name: String,
    pub(super) created_at: Time,
    /// Who wrote the latest message before the change.
    pub(super) last_message_sender: Option<PersonRef>,
    pub(super) follows: Option<i64>,
    /// Where its latest event before the change stands.
    pub(super) latest: Place,
}

/// The rows of a change that was written at these places.
pub(super) fn rows(written: &Written<'_>, aside: Aside, places: &[Place]) -> Vec<Item> {
    let ticket = ticket(written, aside);
    let Written { plan, actor, op, written_at, now, .. } = written;
    let (mut message, mut note, mut op_id) = (plan.message.clone(), plan.note.clone(), op.map(|op| op.id));
    let mut rows = Vec::with_capacity(places.len());
    for (n, (event, place)) in (plan.head.n + 1..).zip(plan.events.iter().zip(places)) {
        // What a change carries and whose op it is stands with its first event.
        let message = message.take().map(|(id, message)| Message {
            id,
            n,
            message,
            sender_type: actor.side,
            sender: Some(actor.person.clone()),
            is_read: false,
            read_at: None,
            written_at: *written_at,
            created_at: *now,
        });
        let note = note.take().map(|(id, note)| Note {
            id,
            n,
            note,
            author: actor.person.clone(),
            written_at: *written_at,
            created_at: *now,
        });
        let body = event.body.clone();
        let told = Event {
            n,
            op_id: op_id.take(),
            actor: Some(actor.person.clone()),
            actor_type: actor.side,
            body,
            written_at: *written_at,
            created_at: *now,
        };
        let change = TicketChange { ticket: ticket.clone(), event: told, message, note };
        let row = Some(Row::Ticket(Box::new(change)));
        rows.push(Item { place: *place, row, urgent: event.urgent, ended: None });
    }
    rows
}

/// The row of a ticket that was filed at this place, as its customer was answered.
pub(super) fn filed(filing: &Filing<'_>, filed: &Ticket, place: Place) -> Item {
    let Filing { ticket: asked, op, created, urgent, now, .. } = filing;
    let written_at = asked.written_at.unwrap_or(*now);
    let event = Event {
        n: 1,
        op_id: Some(op.id),
        actor: Some(filed.customer.clone()),
        actor_type: SenderType::Customer,
        body: (*created).clone(),
        written_at,
        created_at: *now,
    };
    let message = Message {
        id: asked.message_id,
        n: 1,
        message: asked.description.clone(),
        sender_type: SenderType::Customer,
        sender: Some(filed.customer.clone()),
        is_read: false,
        read_at: None,
        written_at,
        created_at: *now,
    };
    // Staff have not read it yet.
    let ticket = Ticket { unread: 1, ..filed.clone() };
    let change = TicketChange { ticket, event, message: Some(message), note: None };
    Item { place, row: Some(Row::Ticket(Box::new(change))), urgent: *urgent, ended: None }
}

/// The head as staff see it after the change.
fn ticket(written: &Written<'_>, aside: Aside) -> Ticket {
    let Written { plan, actor, now, .. } = written;
    let head = &plan.head;
    let sender = if plan.message.is_some() { Some(actor.person.clone()) } else { aside.last_message_sender };
    Ticket {
        id: head.id,
        number: TicketNumber(aside.number),
        subject: head.subject.clone(),
        category: head.category,
        priority: head.priority,
        status: head.status,
        customer: PersonRef { id: head.customer_id, name: aside.customer_name },
        assigned_to: head.assigned_to.as_ref().map(|person| person.id),
        order: head.order.as_ref().map(|(_, number)| number.clone()),
        unread: head.unread_staff,
        created_at: aside.created_at,
        updated_at: *now,
        last_message_at: head.last_message_at,
        first_responded_at: head.first_responded_at,
        resolved_at: head.resolved_at,
        closed_at: head.closed_at,
        n: head.n + i64::try_from(plan.events.len()).unwrap_or_default(),
        last_message: Excerpt {
            text: head.last_message_text.clone(),
            sender_type: head.last_message_sender_type,
            sender,
        },
        follows: aside.follows.map(TicketNumber),
        internal: head.internal.clone(),
    }
}
