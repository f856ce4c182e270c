//! Handlers of the staff API: they read the request and ask the domain. No rule and no statement here.

/// `/admin/opening-hours`.
pub mod hours;
/// `…/messages` and `…/read`.
pub mod messages;
/// `…/notes`.
pub mod notes;
/// `/healthz`, `/readyz`, `/metrics`.
pub mod operators;
/// `/admin/orders`.
pub mod orders;
/// `/admin/people`.
pub mod people;
/// `/admin/session` and `/admin/sessions`.
pub mod session;
/// `/admin/team`, `/admin/invitations`, and changing people.
pub mod team;
/// `/admin/support/tickets`.
pub mod tickets;
