//! Sync: the cursor, pages of the feed, ops and their answers, and the frames of the live socket. How they are made lives in the service, how they are applied in the replica.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Category, Code, Event, Message, Note, Order, Person, PersonRef, Present, Priority, SavedView, Status, Ticket, Time,
};

/// A place in the feed. Opaque: only the service reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// Some rows of the feed, in order. The same shape comes from a pull and over the live socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The cursor these rows follow; empty for the beginning.
    pub from: Option<Cursor>,
    /// The cursor after them. May equal `from` while an older transaction is still open: rows are delivered, the claim waits.
    pub to: Cursor,
    /// The rows; applying one twice changes nothing.
    pub rows: Vec<Row>,
    /// Whether more rows are there already: pull again.
    #[serde(default)]
    pub more: bool,
    /// With these rows a reader holds everything committed before this time; empty while `more`.
    pub complete_to: Option<Time>,
}

/// One row of the feed: what changed, with the whole record as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
pub enum Row {
    /// A ticket changed.
    Ticket(Box<TicketChange>),
    /// A person changed or is new.
    Person(Person),
    /// An order changed or is new.
    Order(Order),
    /// A saved view changed or is new, or was deleted. A personal one is told to its owner alone.
    SavedView(SavedView),
    /// A ticket with all that was ever said and done. Not in the feed: in a bootstrap, or asked for.
    Thread(Box<WholeThread>),
    /// A ticket whose conversation is to be asked for when it is opened. Not in the feed: in a bootstrap.
    Head(Box<Ticket>),
    /// A kind that only a newer app knows; the cursor still moves on.
    #[serde(other)]
    Unknown,
}

/// A ticket with all that was ever said and done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WholeThread {
    /// The head.
    pub ticket: Ticket,
    /// Every event, by `n`.
    pub events: Vec<Event>,
    /// Every message, by `n`.
    pub messages: Vec<Message>,
    /// Every note, by `n`.
    pub notes: Vec<Note>,
}

/// A part of a bootstrap. Applied whole or not at all, so that it may be cut off at any byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Where it begins; nothing for the first.
    pub from: Option<Cursor>,
    /// Where the next one begins; nothing after the last.
    pub to: Option<Cursor>,
    /// The place in the feed that all parts together stand for, or later: the feed goes on from there.
    pub feed: Cursor,
    /// The rows, what is wanted first first.
    pub rows: Vec<Row>,
    /// Tickets at the service, to measure progress against.
    pub tickets: u64,
}

/// A ticket's event with the head it led to, and the text it carried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketChange {
    /// The head as it is now; its `n` may be above the event's.
    pub ticket: Ticket,
    /// What happened.
    pub event: Event,
    /// The message it carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The note it carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// What a desk asks the service to do, written down before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    /// Made by the desk (UUIDv7), unique for ever. A reply's or note's id is its op's.
    pub op_id: Uuid,
    /// The ticket it is about.
    pub ticket_id: Uuid,
    /// The ticket's `n` its author had seen.
    pub seen_n: i64,
    /// The author's clock.
    pub written_at: Time,
    /// What to do.
    #[serde(flatten)]
    pub act: Act,
}

/// What an op does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Answer the customer.
    Reply {
        /// The text.
        message: String,
    },
    /// Write an internal note.
    Note {
        /// The text.
        note: String,
    },
    /// Take it, give it or let it go.
    Assign {
        /// Who had it, as the author saw it: somebody else having taken it meanwhile is a lost race.
        from: Option<Uuid>,
        /// Who shall have it.
        to: Option<Uuid>,
    },
    /// Change the status.
    Status {
        /// What it was, as the author saw it.
        from: Status,
        /// What it shall be.
        to: Status,
    },
    /// Change the priority.
    Priority {
        /// What it was, as the author saw it.
        from: Priority,
        /// What it shall be.
        to: Priority,
    },
    /// Its author does not want to see it for a while; a message of the customer ends that in any case.
    Snooze {
        /// Till then; nothing means until the customer writes.
        until: Option<Time>,
    },
    /// Its author wants to see it again.
    Wake {},
    /// Answer the customer later, unless somebody writes first.
    SendLater {
        /// The text.
        message: String,
        /// When.
        at: Time,
    },
    /// A reply that was to be sent later is not.
    CallOff {
        /// Which.
        id: Uuid,
        /// Because it is sent now instead.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        now: bool,
    },
    /// File it under a tag, or take the tag off.
    Tag {
        /// As [`crate::validate::tag`] makes it.
        tag: String,
        /// Whether it is put on.
        on: bool,
    },
    /// Say that another ticket has to do with it, or no longer does; the other one is told the same.
    Link {
        /// The other ticket.
        to: Uuid,
        /// Whether it has.
        on: bool,
    },
    /// Let this ticket go into another one of its customer, or go its own way again; the other one is told the same.
    Merge {
        /// The one that goes on.
        into: Uuid,
        /// Whether it goes in.
        on: bool,
    },
    /// File this ticket for a customer who called: it begins with what their author writes.
    File {
        /// What is filed.
        form: FileForm,
    },
    /// Change the category.
    Category {
        /// What it was, as the author saw it.
        from: Category,
        /// What it shall be.
        to: Category,
    },
    /// Change the subject.
    Subject {
        /// What it was, as the author saw it.
        from: String,
        /// What it shall be.
        to: String,
    },
    /// Move it to another order of the customer's, or to none.
    Order {
        /// The order's number, as the author saw it.
        from: Option<String>,
        /// The order's number.
        to: Option<String>,
    },
    /// Staff have read the customer's messages.
    Read {
        /// Up to this `n`.
        up_to: i64,
    },
}

/// A ticket that staff file for a customer who called, or split off from another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileForm {
    /// For whom.
    pub customer: PersonRef,
    /// What it is called.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// The number of an order of theirs, if it is about one.
    pub order: Option<String>,
    /// The first message, which they read as well; empty where a message is split off, whose words are taken.
    pub message: String,
    /// Whether its author takes it; else nobody has it.
    pub take: bool,
    /// A ticket that has to do with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Uuid>,
    /// A message of the customer's in that ticket: it is copied, and becomes the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub splits: Option<Uuid>,
}

impl Act {
    /// The word of `act` on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Reply { .. } => "reply",
            Self::Note { .. } => "note",
            Self::Assign { .. } => "assign",
            Self::Status { .. } => "status",
            Self::Priority { .. } => "priority",
            Self::Category { .. } => "category",
            Self::Subject { .. } => "subject",
            Self::Order { .. } => "order",
            Self::Snooze { .. } => "snooze",
            Self::Wake {} => "wake",
            Self::SendLater { .. } => "send_later",
            Self::CallOff { .. } => "call_off",
            Self::Tag { .. } => "tag",
            Self::Link { .. } => "link",
            Self::Merge { .. } => "merge",
            Self::File { .. } => "file",
            Self::Read { .. } => "read",
        }
    }
}

/// Ops in the order they were written. At most [`PushRequest::MOST`] at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushRequest {
    /// The ops; kept as raw JSON values on the service's side, so that one bad op is refused alone.
    pub ops: Vec<Op>,
    /// The author's clock as they left: what was written when, and how long it waited, is told by one clock at both ends. Older desks do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Time>,
}

impl PushRequest {
    /// The most ops in one push.
    pub const MOST: usize = 100;
}

/// One answer for each op, in the same order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The answers.
    pub answers: Vec<OpAnswer>,
}

/// What became of one op.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpAnswer {
    /// Which op; nil when it could not even be read.
    pub op_id: Uuid,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Asks that an op which was on the wire without an answer either has landed or never will. Answered with an [`OpAnswer`]: landed, or refused as [`Code::Voided`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidRequest {
    /// Which op.
    pub op_id: Uuid,
    /// The ticket it is about.
    pub ticket_id: Uuid,
}

/// Which of these ops does the service know? Asked after a restore of its database. At most [`KnownOps::MOST`] at once; answered with those that have landed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOps {
    /// Ids of ops.
    pub ops: Vec<Uuid>,
}

impl KnownOps {
    /// The most ops in one question.
    pub const MOST: usize = 2_000;
}

/// What became of an op. The same op again gets the same answer again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the feed as the ticket's event `n`.
    Landed {
        /// The event's number.
        n: i64,
        /// The service's clock.
        created_at: Time,
    },
    /// A public reply whose thread moved before it arrived; nothing was sent.
    Held {
        /// The first public message its author had not seen.
        unseen: Message,
    },
    /// An earlier reply of the same ticket in this push has not landed, so that this has not even been looked at.
    Behind,
    /// It will not be done.
    Refused {
        /// Why, for the desk to act on.
        code: Code,
        /// Why, for a log.
        detail: String,
        /// For a lost race: the change that won; for a ticket that went into another: the change that says into which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        winner: Option<Event>,
    },
}

/// What the service sends over the live socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Frame {
    /// A page of the feed: apply it when `from` is the own cursor, else pull.
    Page(Page),
    /// Still here. A socket without one for [`Frame::DEADLINE_SECONDS`] is dead.
    Ping {
        /// The service's clock.
        at: Time,
        /// A reader that is at `cursor` holds everything committed before this time.
        complete_to: Option<Time>,
        /// Where the feed stands.
        cursor: Cursor,
    },
    /// Who has which ticket before them. No part of the feed: missed, it is told anew with the next line.
    Presence {
        /// What was told before is forgotten.
        anew: bool,
        /// Who came.
        came: Vec<Present>,
        /// Who left.
        left: Vec<Present>,
    },
    /// Somebody is writing: so they are for [`Present::TYPING_SECONDS`].
    Typing {
        /// Who, and where.
        #[serde(flatten)]
        who: Present,
    },
    /// A frame that only a newer app knows.
    #[serde(other)]
    Unknown,
}

/// What a desk says over the live socket. Whatever else it says is not heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Said {
    /// Its person is writing: said at most every two seconds while they type, and seen until some seconds after the last.
    Typing {
        /// In which ticket.
        ticket: Uuid,
        /// A note: colleagues see it, the customer does not.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        note: bool,
    },
    /// Its person has this ticket before them, or none.
    Looking {
        /// Which ticket.
        ticket: Option<Uuid>,
    },
}

impl Frame {
    /// Seconds between two pings.
    pub const PING_SECONDS: u64 = 5;
    /// Seconds of silence after which a socket is dead.
    pub const DEADLINE_SECONDS: u64 = 15;
}
