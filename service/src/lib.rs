//! The house: the truth in Postgres, with a JSON API for staff, pages for customers, a live hub and the desk's sync door.
//!
//! A request takes two hops: a handler in `api/`, `portal/` or `sync/`, then a function of `domain/<noun>`, whose
//! statements stand in its `sql.rs`. All queries are checked against `service/.sqlx`; after changing one or adding a
//! migration, write it anew against a migrated database:
//! `touch service/src/lib.rs && DATABASE_URL=… SQLX_OFFLINE_DIR=$PWD/service/.sqlx
//! cargo --config 'env.SQLX_OFFLINE.value="false"' check -p gemilang-service --all-targets`.

/// Answers in JSON.
pub mod answer;
/// Handlers of the staff API, noun by noun.
pub mod api;
/// The state every handler gets, and how it starts.
pub mod app;
/// Passwords, tokens, sessions, throttling, and who is asking.
pub mod auth;
/// Where the time comes from.
pub mod clock;
/// What an operator may set.
pub mod config;
/// Demo people and tickets for the first start.
pub mod demo;
/// The rules, noun by noun.
pub mod domain;
/// The one error, and how it becomes a refusal.
pub mod error;
/// The feed: places, cursors, reading without skipping.
pub mod feed;
/// The hub: one reader of the feed for everybody who is connected.
pub mod live;
/// Figures for operators.
pub mod metrics;
/// What leaves the house by mail.
pub mod outbox;
/// Lines whose other end takes nothing.
mod patience;
/// The customers' pages.
pub mod portal;
/// Forgetting what has run out.
pub mod prune;
/// Announcing replies on devices.
pub mod push;
/// Reading requests so that bad ones become refusals.
pub mod request;
/// All routes on one screen.
pub mod router;
/// One guard switched off, for the storm.
mod sabotage;
/// Listening, and ending gracefully.
pub mod serve;
/// The desk's door: pull, push, live.
pub mod sync;
/// A service on a fresh database, for tests of this and other rooms.
#[cfg(feature = "testing")]
pub mod testing;
/// One request of a person at a time, where a limit is counted.
pub mod turns;

pub use app::App;
pub use clock::Clock;
pub use config::Config;
pub use error::{Error, Result};
