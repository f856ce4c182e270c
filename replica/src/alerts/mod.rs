//! Alerts: what rings, what is held back, what is withdrawn, and why. Pure data in and out, but for the ledger and the question what nobody has taken; showing is the shell's.

/// Which alerts stand, and what becomes of them as things happen.
pub mod bell;
/// Random histories.
#[cfg(test)]
mod bell_model;
#[cfg(test)]
mod bell_tests;
/// What a change calls for, and whether its person is to be called.
pub mod decide;
/// Own replies that wait for a decision.
pub mod held;
/// The ledger: every alert of 30 days.
pub mod ledger;
/// What quiet hours hold back, and what is said at their end.
mod peace;
/// Alerts that are no rings: one pop-up for each ticket.
mod pop_ups;
/// What rings in rounds.
mod rings;
/// Urgent tickets that nobody has taken.
pub mod untaken;

pub use bell::{Action, Bell, Happened, Key, What};
pub use decide::{Attention, Came, World, duty_of};
pub use held::HeldReply;
pub use untaken::Untaken;
