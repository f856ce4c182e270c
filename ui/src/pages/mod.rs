//! Whole screens.

/// Duty, rules and the ledger.
pub(crate) mod alerts;
/// The dashboard.
pub(crate) mod dashboard;
/// Customers and orders.
pub(crate) mod lookup;
/// What lasts and must be known, over every page.
pub(crate) mod notices;
/// Everything unsent.
pub(crate) mod outbox;
/// Everything that can be found.
pub(crate) mod search;
/// What one chose, for oneself and for this computer.
pub(crate) mod settings;
/// The frame of every page after sign-in: nav, page, menus, keys, snack.
pub(crate) mod shell;
/// Sign-in.
pub(crate) mod sign_in;
/// Who is there, for admins.
pub(crate) mod team;
/// List, thread, side.
pub(crate) mod workspace;
