//! The service's tests: each on a fresh database, over real HTTP and real sockets.

/// Tags, links, mentions, and a ticket filed for who called.
mod around;
/// What cannot be read is refused, never a fault of ours.
mod bad_input;
/// The same at the desk's door, op by op.
mod bad_input_sync;
/// Shutting customers out.
mod block;
/// What a new desk needs, part by part.
mod bootstrap;
/// Asking over HTTP.
mod client;
/// A database that dies.
mod crash;
/// Where staff are signed in, and their password.
mod devices;
/// Whom what is urgent rings for.
mod duty;
/// Delivering every visible row, claiming only what is settled.
mod feed;
/// The proof that nothing is skipped.
mod feed_proof;
/// Following one ticket.
mod follow;
/// Sessions that a process knows by heart.
mod known_sessions;
/// What is done when its time has come.
mod later;
/// Lines that stay open.
mod lines;
/// The live socket.
mod live;
/// Two tickets that become one.
mod merge;
/// Messages and reading them.
mod messages;
/// Operators' doors, and a database that is not there.
mod operators;
/// Orders and who may write them.
mod orders;
/// The outbox, with a real mail server.
mod outbox;
/// Several processes, and one alone.
mod peers;
/// The customers' pages.
mod portal;
/// Who looks at which ticket, and who is writing.
mod presence;
/// A line to Postgres that can be cut.
mod proxy;
/// Ops from desks.
mod push;
/// Many requests at once.
mod rush;
/// Lists that staff keep under a name.
mod saved_views;
/// Search at the staff door.
mod search;
/// Signing in at the staff door.
mod session;
/// A message that begins a ticket of its own.
mod split;
/// The team.
mod team;
/// Tickets at the staff door.
mod tickets;
/// What is told before the feed is read.
mod told;
