//! Tickets: lists, what is asked of them and found in them, and a conversation whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OpState, OutboxItem};
use crate::desk::asked::Calendar;
use crate::internal::Snooze;
use crate::ticket::Excerpt;
use crate::{
    Category, Event, Message, Note, Order, Person, PersonRef, Priority, Status, Ticket, TicketNumber, TicketRef, Time,
    Zone,
};

/// Which inbox a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inbox {
    /// Active and mine.
    Mine,
    /// Active and nobody's.
    Unassigned,
    /// Active and urgent.
    Urgent,
    /// Waiting for the customer.
    Waiting,
    /// All active.
    #[default]
    Active,
    /// Resolved or closed, latest first.
    Closed,
    /// Active, and put off by its reader.
    Snoozed,
    /// Whatever its status.
    All,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Latest activity first.
    #[default]
    Latest,
    /// Whoever waits longest first.
    Waiting,
    /// Filed last first.
    Filed,
    /// Most urgent first, of each the latest activity.
    Priority,
}

impl Sort {
    /// All of them, as a menu tells them.
    pub const ALL: [Self; 4] = [Self::Latest, Self::Waiting, Self::Filed, Self::Priority];
}

/// A list: an inbox, narrowed by what is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TicketQuery {
    /// Which inbox.
    pub inbox: Inbox,
    /// As typed, operators included, see [`Asked`](crate::desk::asked::Asked); words are those of subject, customer, number, order, messages and notes.
    pub q: String,
    /// By which its days are read.
    #[serde(default)]
    pub calendar: Calendar,
    /// In which order; what words find is always latest activity first.
    #[serde(default)]
    pub sort: Sort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to answer, at most 200; 0 means 200.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketList {
    /// The rows.
    pub rows: Vec<TicketRow>,
    /// How many there are in all, as far as they are counted.
    pub total: u64,
    /// Whether there are more than were counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// What a property of a ticket shall be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// Who has it; nobody lets it go.
    Assignee(Option<Uuid>),
    /// Its status.
    Status(Status),
    /// Its priority.
    Priority(Priority),
    /// Its reader does not want to see it till then; nothing means until the customer writes.
    PutOff(Option<Time>),
    /// Its reader wants to see it.
    Seen,
    /// Filed under this.
    Tagged(String),
    /// Not filed under this.
    Untagged(String),
    /// This ticket has to do with it.
    Linked(Uuid),
    /// This ticket has nothing to do with it.
    Unlinked(Uuid),
    /// What it is about.
    Category(Category),
    /// What it is called.
    Subject(String),
    /// The number of the order it is about.
    Order(Option<String>),
    /// It goes into this other ticket of its customer.
    Merged(Uuid),
    /// It goes its own way again, not into this one.
    Unmerged(Uuid),
}

/// A property of one ticket to be changed, or to be changed back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PropertyChange {
    /// Which ticket.
    pub ticket: Uuid,
    /// What it shall be.
    pub to: Property,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRow {
    /// Which ticket.
    pub id: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// About what.
    pub category: Category,
    /// Where it stands, own unsent changes included.
    pub status: Status,
    /// How soon, own unsent changes included.
    pub priority: Priority,
    /// Whose.
    pub customer: PersonRef,
    /// Who has it, own unsent changes included.
    pub assignee: Option<PersonRef>,
    /// The customer's messages nobody of staff has read.
    pub unread: i32,
    /// The last public message.
    pub last_message: Excerpt,
    /// When it was written.
    pub last_message_at: Time,
    /// When the ticket was filed.
    pub created_at: Time,
    /// The wedding day of its order, if it has one.
    pub event_date: Option<NaiveDate>,
    /// The zone of the venue, by which the days to the wedding are counted.
    pub event_zone: Option<Zone>,
    /// The state of own unsent words on it, the worst first, if any.
    pub unsent: Option<OpState>,
    /// The last own reply that is on its way and stands in the list instead of the last message. One that waits for a
    /// decision does not: what came in between is what it is about.
    pub own_reply: Option<String>,
    /// For how long its reader does not want to see it, own unsent changes included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
}

/// A ticket that may be merged with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeChoice {
    /// Its row.
    pub row: TicketRow,
    /// How many messages it has; nothing when its conversation is not on this desk.
    pub messages: Option<u64>,
    /// The ticket it went into already.
    pub merged: Option<TicketRef>,
    /// Replies are to be sent later in it: it cannot go into another before that is decided.
    pub later: bool,
}

/// A ticket, and those that may be merged with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeChoices {
    /// It.
    pub ticket: MergeChoice,
    /// Its customer's others that are meant, latest activity first; after them other customers' that are meant by the same words and
    /// cannot be chosen.
    pub others: Vec<MergeChoice>,
}

/// What a search found on this desk, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The newest of the tickets that hold every word.
    pub hits: Vec<Hit>,
    /// How many there are in all, as far as they are counted.
    pub total: u64,
    /// Whether there are more than were counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// A ticket that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its row.
    pub row: TicketRow,
    /// Where the words stand in its conversation, if they do.
    pub said: Option<Said>,
}

/// A message or a note that holds what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its place in the conversation.
    pub n: i64,
    /// Who said it; nobody for the system.
    pub by: Option<PersonRef>,
    /// Whether it is an internal note.
    pub note: bool,
    /// The words around the first of the searched ones.
    pub text: String,
}

/// What was said and done in a ticket that went into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPart {
    /// The head.
    pub ticket: Ticket,
    /// Messages by `n`.
    pub messages: Vec<Message>,
    /// Notes by `n`.
    pub notes: Vec<Note>,
    /// Events by `n`, silent ones left out.
    pub events: Vec<Event>,
    /// Its beginning is not on this desk: it is at the service, to be fetched.
    pub partial: bool,
}

/// One conversation, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The head, own unsent changes included.
    pub ticket: Ticket,
    /// Who has it.
    pub assignee: Option<PersonRef>,
    /// Who filed it, as far as this desk knows.
    pub customer: Option<Person>,
    /// Their other tickets.
    pub other_tickets: u64,
    /// How many of these are active.
    pub other_active: u64,
    /// Its order, if it is about one.
    pub order: Option<Order>,
    /// Tickets that have to do with it, as far as they are on this desk.
    #[serde(default)]
    pub linked: Vec<TicketRow>,
    /// Tickets that went into it and are read with it, as far as they are on this desk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ThreadPart>,
    /// Messages by `n`.
    pub messages: Vec<Message>,
    /// Notes by `n`.
    pub notes: Vec<Note>,
    /// Events by `n`, silent ones left out.
    pub events: Vec<Event>,
    /// The beginning of the conversation is not on this desk: it is at the service, to be fetched.
    pub partial: bool,
    /// How many changes of it only a newer app can show.
    pub newer: u64,
    /// Own unsent words and changes, in the order written.
    pub unsent: Vec<OutboxItem>,
    /// The kept draft of a reply.
    pub draft_reply: String,
    /// The kept draft of a note.
    pub draft_note: String,
    /// The customer's messages above this `n` were unread when the thread was last marked read.
    pub read_up_to: i64,
}
