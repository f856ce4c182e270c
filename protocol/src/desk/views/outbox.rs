//! The outbox: what was written here and what became of it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Code, Event, Message, TicketNumber, Time};

/// The state of an unsent item. Honest: what has not left never looks as if it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpState {
    /// Waits for its turn or for the network.
    Queued,
    /// On the wire; frozen.
    Sending,
    /// Held back: the thread moved meanwhile.
    Held,
    /// Refused; see the reason.
    Failed,
    /// In the feed.
    Sent,
}

/// What an author wants of an op that may have landed: done as soon as the service has said that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Take it back.
    Withdraw,
    /// Send other words instead.
    Edit,
}

/// What became of the wish to take something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenBack {
    /// It had not left: done.
    Done,
    /// It may have landed: the service is asked first.
    Asked,
}

/// One item of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// Which op.
    pub op_id: Uuid,
    /// The ticket it is about.
    pub ticket_id: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// Its subject.
    pub subject: String,
    /// Its customer.
    pub customer: String,
    /// What it does.
    #[serde(flatten)]
    pub act: crate::Act,
    /// For an assignment: the name of who shall have it. For a merge: the number of the ticket that goes on.
    pub to_name: Option<String>,
    /// Its state.
    pub state: OpState,
    /// It was on the wire and got no answer: it may have landed.
    pub perhaps_sent: bool,
    /// What its author wants of it, once it is known whether it has landed.
    pub wish: Option<Wish>,
    /// Other words instead of its own: with a wish they are to be sent, without one they are being written, and nothing leaves meanwhile.
    pub edited: Option<String>,
    /// Why it failed.
    pub reason: Option<Code>,
    /// For a lost race: the change that won.
    pub winner: Option<Event>,
    /// For a held reply: the message its author had not seen.
    pub unseen: Option<Message>,
    /// When it was written.
    pub written_at: Time,
    /// It does not leave before this time, by this machine's clock, so that its author can take it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves_at: Option<Time>,
}

/// A reply that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// It.
    pub item: OutboxItem,
    /// The change of status that was written in the same breath.
    pub then: Option<Uuid>,
}

/// A reply that its author took back to go on writing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Its words.
    pub text: String,
    /// Whether it had left: then the service is asked whether it has arrived.
    pub taken: TakenBack,
}
