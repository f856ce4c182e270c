//! Records: customers and orders, with all that is theirs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TicketList;
use crate::{Category, Order, Person, PersonRef, Priority};

/// A customer who may be the one that called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Who.
    pub person: Person,
    /// Their orders, the next wedding first.
    pub orders: Vec<Order>,
    /// How many of their tickets are active.
    pub active: u64,
}

/// What is being filled in for a customer who called, or for a message that is split off; as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingDraft {
    /// Who it is for, once that is chosen.
    pub customer: Option<PersonRef>,
    /// What it is called.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// The number of an order of theirs.
    pub order: Option<String>,
    /// The first message.
    pub message: String,
    /// Whether its author takes it.
    pub take: bool,
    /// The ticket from which the form was opened.
    pub link: Option<Uuid>,
    /// The message in it that is split off.
    pub splits: Option<Uuid>,
}

/// A customer as they are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Who.
    pub person: Person,
    /// Their tickets.
    pub tickets: u64,
    /// How many of them are active.
    pub active: u64,
}

/// Customers that were meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customers {
    /// The first of them.
    pub rows: Vec<CustomerRow>,
    /// How many there are in all.
    pub total: u64,
}

/// A customer with all that is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    /// Who.
    pub person: Person,
    /// Their weddings, the last one first.
    pub orders: Vec<Order>,
    /// Their tickets, latest activity first; at most 200.
    pub tickets: TicketList,
}

/// Orders that were meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The first of them.
    pub rows: Vec<Order>,
    /// How many there are in all.
    pub total: u64,
}

/// An order with whose it is and what was asked about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// It.
    pub order: Order,
    /// Whose, as far as this desk knows.
    pub customer: Option<Person>,
    /// The tickets about it, latest activity first; at most 200.
    pub tickets: TicketList,
}
