//! The bell by example: each sentence of what staff were promised.

/// A computer that shows no alerts, and one that shows them again.
mod daemon;
/// Quiet hours.
mod peace;
/// Alerts that are no rings.
mod pop_ups;
/// What rings.
mod rings;

use chrono::TimeDelta;
use gemilang_protocol::alert::{About, AlertChoices, AlertResult, Meanwhile, Reason, Rule, Sound, Why};
use gemilang_protocol::internal::{Hold, Wake};
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Category, Duty, Event, EventBody, Message, Note, Person, PersonRef, Priority, QuietHours, Role, SenderType, Status,
    Ticket, TicketNumber, Time, Zone,
};
use uuid::Uuid;

use super::bell::{Action, Bell, Happened, Key, What};
use super::decide::{Attention, Came, World, duty_of};
use super::held::HeldReply;
use super::untaken::{Left, Untaken};

pub(super) fn now() -> Time {
    "2026-11-22T07:00:00Z".parse().unwrap()
}

pub(super) fn after(seconds: i64) -> Time {
    now() + TimeDelta::seconds(seconds)
}

pub(super) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn person(n: u128) -> PersonRef {
    PersonRef { id: id(n), name: format!("Orang {n}") }
}

/// Person 1 is at this desk, 2 and 3 are colleagues, 9 and 10 are customers.
pub(super) fn world() -> World {
    World {
        me: person(1),
        role: Role::Agent,
        duty: Duty::On,
        others: vec![(person(2), Duty::On), (person(3), Duty::Off)],
        choices: AlertChoices::default(),
        zone: Zone::Wib,
        attention: Attention::default(),
    }
}

pub(super) fn ticket(n: u128, customer: u128) -> Ticket {
    Ticket {
        id: id(100 + n),
        number: TicketNumber(1_000 + n as i64),
        subject: format!("Tiket {n}"),
        category: Category::Vendor,
        priority: Priority::Urgent,
        status: Status::Open,
        customer: person(customer),
        assigned_to: None,
        order: None,
        unread: 1,
        created_at: now(),
        updated_at: now(),
        last_message_at: now(),
        first_responded_at: None,
        resolved_at: None,
        closed_at: None,
        n: 1,
        last_message: Excerpt { text: "Tolong".to_owned(), sender_type: SenderType::Customer, sender: Some(person(9)) },
        follows: None,
        internal: Default::default(),
    }
}

pub(super) fn change(ticket: &Ticket, body: EventBody, actor: u128, n: i64, at: Time) -> TicketChange {
    let actor_type = if actor >= 9 { SenderType::Customer } else { SenderType::Admin };
    let message = matches!(body, EventBody::Message { .. }).then(|| Message {
        id: id(7_000 + n as u128),
        n,
        message: format!("Pesan {n}"),
        sender_type: actor_type,
        sender: Some(person(actor)),
        is_read: false,
        read_at: None,
        written_at: at,
        created_at: at,
    });
    TicketChange {
        ticket: ticket.clone(),
        event: Event { n, op_id: None, actor: Some(person(actor)), actor_type, body, written_at: at, created_at: at },
        message,
        note: None,
    }
}

fn created(ticket: &Ticket) -> TicketChange {
    change(ticket, EventBody::Created { message: id(7), follows: None }, 9, 1, now())
}

fn wrote(ticket: &Ticket, n: i64) -> TicketChange {
    change(ticket, EventBody::Message { message: id(7) }, 9, n, now())
}

fn took(ticket: &Ticket, who: u128) -> TicketChange {
    let mut taken = ticket.clone();
    taken.assigned_to = Some(id(who));
    change(&taken, EventBody::Assigned { from: None, to: Some(person(who)) }, who, 2, now())
}

fn live(bell: &mut Bell, change: &TicketChange, world: &World, at: i64) -> Vec<Action> {
    bell.step(Happened::Arrived(change, Came::Live), world, after(at))
}

fn shown(actions: &[Action]) -> Vec<(Key, &What)> {
    actions
        .iter()
        .filter_map(|it| if let Action::Show { key, what, .. } = it { Some((*key, what)) } else { None })
        .collect()
}

fn withdrawn(actions: &[Action]) -> Vec<Key> {
    actions.iter().filter_map(|it| if let Action::Withdraw(key) = it { Some(*key) } else { None }).collect()
}

/// What the ledger says last: result and why.
fn noted(actions: &[Action]) -> Vec<(AlertResult, Option<Why>)> {
    let entries = actions.iter().filter_map(|it| if let Action::Record(entry) = it { Some(entry) } else { None });
    entries.map(|entry| (entry.result, entry.steps.last().and_then(|step| step.why.clone()))).collect()
}

/// A ticket of one's own that is not urgent.
fn mine(n: u128) -> Ticket {
    Ticket { priority: Priority::Low, assigned_to: Some(id(1)), ..ticket(n, 10) }
}
