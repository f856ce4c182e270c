//! Who is asking: passwords, tokens, sessions and the throttle at the door. What they may do is each noun's rule.

/// Sessions this process knows, so that most requests need not ask for theirs.
pub mod known;
/// Hashing and checking passwords, a few at a time.
pub mod passwords;
/// Sessions: a customer's cookie, a desk's or a machine's token.
pub mod sessions;
mod sql;
/// The staff door's extractors.
pub mod staff;
/// Failed sign-ins, counted by account and by address.
pub mod throttle;
/// Random tokens and their hashes.
pub mod tokens;

pub use known::KnownSessions;
pub use sessions::{Kind, Session};
pub use staff::{Admin, Machine, Staff};
pub use throttle::sign_in;

/// Forgets sessions, links and counts that have run out, and browsers not used since a time.
///
/// # Errors
/// The database.
pub async fn prune(
    app: &crate::App,
    now: gemilang_protocol::Time,
    browsers: gemilang_protocol::Time,
) -> crate::Result<()> {
    sql::prune(&app.db, now, now - throttle::WINDOW, browsers).await
}
