//! The hub: one task in each process reads the feed once for everybody who is connected. NOTIFY only wakes it; the feed is the truth.

/// Which messages have reached a desk, and who is typing.
mod arrivals;
/// What has been proven complete, and since when.
mod complete;
/// Following one ticket, for a customer's page.
mod follow;
/// The hub itself, as handlers see it.
mod hub;
/// Other processes, and whether there are any to be told.
mod peers;
/// Who has which ticket before them.
mod presence;
/// How many lines a person may hold.
mod seats;
/// The tasks behind it.
mod tasks;
/// Telling everybody who watches.
mod tell;

pub use arrivals::{Questions, arrivals};
pub use hub::{Hub, News, Shared, Watcher, Writing};
pub use presence::{Here, Pen, Presence};
pub use seats::{Seat, Seats};
pub use tasks::start;
