//! The replica from outside: files, pages and outbox on a temporary file; two desks against a real service.

/// The ledger of alerts, and what rings.
mod alerts;
/// Applying pages: idempotence, order, what screens see.
mod apply;
/// Tags, links, mentions, and tickets filed for who called.
mod around;
/// What the service refuses.
mod bad_input;
/// Parts of a bootstrap among the feed's news.
mod bootstrap;
/// Properties of many tickets at once.
mod bulk;
/// Clocks that jump.
mod clock;
/// Who else is at a ticket.
mod company;
/// What stands beside the dashboard's queues.
mod dashboard;
/// A desk for tests.
mod desk;
/// Drafts survive whatever else happens.
mod drafts;
/// What was erased at its owner’s request.
mod erased;
/// The file: opening again, damage, somebody else's.
mod file;
/// The few tickets meant by a word.
mod find;
/// Snooze and send later.
mod later;
/// Lists, counts and the dashboard.
mod lists;
/// Customers and orders.
mod lookup;
/// Tickets that are read together.
mod merge;
/// The network changes.
mod network;
/// The outbox: states, order, overlays, confirmations.
mod outbox;
/// Whose words they are.
mod people;
/// The power goes in the middle of writing.
mod power_cut;
/// A line that can be cut, between desk and service.
mod proxy;
/// Quitting while words are on the wire.
mod quitting;
/// The database is replaced under a running service.
mod replaced;
/// Made-up rows of the feed.
mod sample;
/// Lists that staff keep under a name.
mod saved_views;
/// Search.
mod search;
/// Several processes behind haproxy.
mod several;
/// Subject and order, a message that is split off, and the form of a ticket.
mod subject;
/// Two desks and a real service.
mod two_desks;
/// That somebody types.
mod typing;
/// Taking a reply back that was just written.
mod undo_send;
/// Taking back and changing.
mod wishes;
