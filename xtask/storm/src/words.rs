//! The words between the storm and the core of a desk: one line of JSON each, over a pipe.

use gemilang_protocol::desk::views::{OutboxItem, SyncStatus, Thread};
use gemilang_protocol::session::SessionUser;
use gemilang_protocol::{Act, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The first line that a core hears.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Open {
    /// The replica's file.
    pub file: std::path::PathBuf,
    /// Where it believes the service to be.
    pub server: String,
    /// The session's token.
    pub token: String,
    /// Who sits there.
    pub user: SessionUser,
    /// For the jitter of its waits.
    pub seed: u64,
}

/// What a person at the desk does, or the storm wants to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// Writes.
    Write {
        /// Its id.
        op: Uuid,
        /// Where.
        ticket: Uuid,
        /// What.
        what: Act,
    },
    /// Takes an item back.
    Withdraw {
        /// Which.
        op: Uuid,
    },
    /// Says it in other words.
    Edit {
        /// Which.
        op: Uuid,
        /// The other words.
        text: String,
        /// Their id.
        fresh: Uuid,
    },
    /// Sends a held or failed item again.
    Retry {
        /// Which.
        op: Uuid,
        /// Its id, should the old one be void.
        fresh: Uuid,
    },
    /// Has read a conversation.
    Read {
        /// The mark's id.
        op: Uuid,
        /// Which conversation.
        ticket: Uuid,
    },
    /// What is unsent?
    Outbox,
    /// What does the status line say?
    Status,
    /// The status line says "complete up to": which of these messages are missing?
    Claim {
        /// Tickets with ids of messages.
        messages: Vec<(Uuid, Uuid)>,
    },
    /// A conversation as it is shown.
    Thread {
        /// Which.
        ticket: Uuid,
    },
    /// Close the file well and end.
    Stop,
}

/// An [`Ask`] with a number that its answer bears.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The number.
    pub id: u64,
    /// What.
    #[serde(flatten)]
    pub ask: Ask,
}

/// What a core answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "answer", content = "with", rename_all = "snake_case")]
pub enum Answer {
    /// The file is open: the ids of what is unsent in it. Unasked, and once.
    Opened(Vec<Uuid>),
    /// Done; on the disk.
    Done,
    /// Taken back for certain, or asked for.
    TakenBack {
        /// For certain.
        certain: bool,
    },
    /// What is unsent, and what waits for the feed to bring it back.
    Outbox(Vec<OutboxItem>),
    /// The status line.
    Status(SyncStatus),
    /// What the line said, and what of the messages was not there right after.
    Claim {
        /// "Complete up to".
        complete_to: Option<Time>,
        /// Ids of messages.
        missing: Vec<Uuid>,
    },
    /// The conversation; nothing when it is not on this desk.
    Thread(Option<Box<Thread>>),
    /// It would not, and why.
    Refused(String),
}

/// An [`Answer`] with the number of what it answers; 0 for what nobody asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answered {
    /// The number.
    pub id: u64,
    /// What.
    #[serde(flatten)]
    pub answer: Answer,
}
