//! The customers' pages over real HTTP, without script: each story a person can live, and what must never happen in it.

mod again;
mod app;
pub(crate) mod browser;
/// An address that somebody else registered.
mod claims;
pub(crate) mod conversation;
/// Own data: taking it along, having it erased.
mod data;
mod filing;
/// Opening hours.
mod hours;
/// Links that come by mail.
mod links;
mod live;
/// Tickets that are read together.
mod merge;
/// Pages as they are read.
mod pages;
/// Preferences, password and devices.
mod preferences;
/// Being told of replies.
mod push;
/// Sharing with the partner.
mod sharing;
mod signing;
/// How often a page asks the database.
mod statements;
