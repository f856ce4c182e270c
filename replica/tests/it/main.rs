//! The replica from outside: files, pages and outbox on a temporary file; two desks against a real service.

/// Applying pages: idempotence, order, what screens see.
mod apply;
/// A desk for tests.
mod desk;
/// Drafts survive whatever else happens.
mod drafts;
/// The file: opening again, damage, somebody else's.
mod file;
/// Lists, counts and the dashboard.
mod lists;
/// The outbox: states, order, overlays, confirmations.
mod outbox;
/// A line that can be cut, between desk and service.
mod proxy;
/// Made-up rows of the feed.
mod sample;
/// Search.
mod search;
/// Two desks and a real service.
mod two_desks;
