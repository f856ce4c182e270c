//! The desk's own words: commands its page asks of its core, views the core answers with, changes the core announces.
//!
//! All views come from the local replica; no command waits for the network except `check_server`, `sign_in` and `sign_out`.

/// Asked: a search with its operators, read.
pub mod asked;
/// Changes: what the core tells the page, batched.
pub mod changes;
/// Commands: one line each, with what goes in and what comes out.
pub mod commands;
/// Views: what a screen shows, ready to render.
pub mod views;
