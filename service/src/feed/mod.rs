//! The feed: every row has a place (generation, xid, seq), and reading delivers every visible row after a cursor. See ARCHITECTURE.md, "Nothing is skipped".

/// Places, and the opaque text a client holds.
pub mod cursor;
/// A new generation after a restore.
pub mod generation;
/// Pages of the feed.
pub mod read;
pub(crate) mod sql;

pub use cursor::Place;
pub use read::{Horizon, Item, page};
