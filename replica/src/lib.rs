//! The memory of a desk: one SQLite file per server and person, one door for writing, an outbox, and the engine that keeps the file and the service the same. No web view here, and no network but in [`link`].

/// Alerts: what rings, what is held back, and the ledger.
pub mod alerts;
/// Applying: a page of the feed and its cursor, in one transaction.
mod apply;
/// Statements that travel together.
mod batch;
/// The dashboard's figures and lists.
mod dashboard;
/// Drafts: what is being written, kept at every pause.
mod drafts;
/// The engine: plans as pure data, then performs.
pub mod engine;
/// What customers asked to have erased.
mod erased;
/// What can go wrong with the file.
mod error;
/// Events of tickets, kept as they came.
mod events;
/// The file: opening, one writer, readers, what it announces.
mod file;
/// The form of a ticket for a customer, kept while it is filled in.
mod filing;
/// Hits of a search, with the words they were found by.
mod hits;
/// How much is kept on this computer.
mod kept;
/// The client of one service.
pub mod link;
/// Customers and orders, looked up.
mod lookup;
/// Public messages and who has read them.
mod messages;
/// The counts beside the inbox views.
mod navigation;
/// Internal notes.
mod notes;
/// Orders.
mod orders;
/// The outbox: the one write door, honest states, and answers of the service.
mod outbox;
/// Pages as they come over the wire, rows that only a newer app knows included.
pub mod page;
/// People, and who can be assigned.
mod people;
/// Rescue: a damaged file is set aside and made anew, the words carried over.
mod rescue;
/// Rows on their way into a table.
mod rows;
/// One guard switched off, for the storm.
mod sabotage;
/// Saved views: lists that staff keep under a name.
mod saved_views;
/// Search: one document per ticket, indexed right after the rows.
mod search;
/// Customers and orders meant by what is typed.
mod sought;
/// How far the feed was read.
mod sync;
/// One conversation, whole.
mod thread;
/// Heads of tickets: lists, rows, and what own unsent changes lay over them.
mod tickets;
/// Times as the file keeps them.
mod time;
/// What can wait until nothing arrives.
mod upkeep;
/// Words as they are typed to find something.
mod words;

pub use apply::{Applied, Arrival};
pub use engine::Engine;
pub use error::ReplicaError;
pub use file::Replica;
pub use kept::Kept;
pub use link::{Link, LinkError};
pub use outbox::Settled;
pub use rescue::Rescued;
pub use sync::Standing;
