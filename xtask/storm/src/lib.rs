//! The storm: desks and customers write while every line breaks and every part is killed; then everything must be everywhere, once and in order. One seed decides every choice.
//!
//! `cargo xtask storm` starts it, `cargo xtask test` a short one. With a guard switched off it must fail: it proves that the storm sees.

/// What stands in the tables, held against what was said.
pub mod audit;
/// One seed decides every choice.
pub mod chance;
/// Cores killed hundreds of times.
pub mod crash;
/// A customer's writing hand.
pub mod customer;
/// The core of a desk, from outside.
pub mod desk;
/// How fast the outboxes empty.
pub mod drain;
/// Everything is everywhere.
pub mod equal;
/// What was erased is nowhere.
pub mod erased;
/// What was looked at, and what is wrong.
pub mod findings;
/// Database, services, accounts.
pub mod house;
/// Who wrote what, and what they were told.
pub mod ledger;
/// A client's line, and what happens to it next.
pub mod line;
/// What is done to the parts, and when.
pub mod plan;
/// The portal as a browser speaks to it.
pub mod portal;
/// Carries bytes, and breaks lines between them.
pub mod proxy;
/// A customer's reading eyes.
pub mod reader;
/// What was done and found.
pub mod report;
/// A restore of the database.
pub mod restore;
/// Transactions that commit late.
pub mod slow;
/// Somebody at a desk.
pub mod staff;
/// The whole of it.
pub mod storm;
/// What is counted.
pub mod tally;
/// What stands in the tables.
pub mod truth;
/// Looks while the storm blows.
pub mod watch;
/// Between the storm and the core of a desk.
pub mod words;

/// What keeps the storm itself from blowing; there is nobody to branch on it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
