//! Links that were sent by mail: what they are for, how long they hold, and spending them, once. A link is made as its
//! mail is written ([`crate::outbox::compose`]); looking at it changes nothing, because mail scanners open every link.

mod sql;

use super::people;
use crate::auth::{sessions, throttle, tokens};
use crate::{App, Result};
use chrono::TimeDelta;
use gemilang_protocol::Person;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Confirming the address it was sent to.
    Confirm,
    /// Signing in.
    SignIn,
    /// Choosing a new password.
    Reset,
}

impl Purpose {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
        }
    }

    /// How long it holds, from when its mail was written.
    pub const fn life(self) -> TimeDelta {
        match self {
            Self::Confirm => TimeDelta::days(2),
            Self::SignIn => TimeDelta::minutes(15),
            Self::Reset => TimeDelta::hours(1),
        }
    }

    /// Where it leads.
    pub fn path(self, token: &str) -> String {
        let door = match self {
            Self::Confirm => "/email/confirm",
            Self::SignIn => "/login/link",
            Self::Reset => "/password/reset",
        };
        format!("{door}/{token}")
    }
}

/// Makes a person's links void, because their password changed.
pub(super) async fn forget(db: &mut sqlx::PgConnection, user_id: uuid::Uuid) -> Result<()> {
    sql::forget(db, user_id).await
}

/// The address of a link that still holds, to be shown before it is spent.
///
/// # Errors
/// The database.
pub async fn look(app: &App, purpose: Purpose, token: &str) -> Result<Option<String>> {
    sql::look(&app.db, &tokens::hash(token), purpose.as_str(), app.clock.now()).await
}

/// Confirms an address. None when the link holds no more.
///
/// # Errors
/// The database.
pub async fn confirm(app: &App, token: &str) -> Result<Option<Person>> {
    spend(app, Purpose::Confirm, token).await
}

/// Who may sign in by a link. None when it holds no more. Who has the link has the address: it is confirmed by the way.
///
/// # Errors
/// The database.
pub async fn sign_in(app: &App, token: &str) -> Result<Option<Person>> {
    spend(app, Purpose::SignIn, token).await
}

async fn spend(app: &App, purpose: Purpose, token: &str) -> Result<Option<Person>> {
    let hash = tokens::hash(token);
    let spent = sql::spend(&app.db, &hash, purpose.as_str(), app.clock.now(), app.generation()).await?;
    let Some(id) = spent else { return Ok(None) };
    app.committed();
    people::find(app, id).await.map(Some)
}

/// Gives a new password and ends all sessions: whoever else was in is out. None when the link holds no more.
///
/// # Errors
/// The database; the hashing task died.
pub async fn reset(app: &App, token: &str, password: String) -> Result<Option<Person>> {
    if look(app, Purpose::Reset, token).await?.is_none() {
        return Ok(None);
    }
    let password_hash = app.passwords.hash(password).await?;
    let mut transaction = app.db.begin().await?;
    let hash = tokens::hash(token);
    let spent =
        sql::spend(&mut *transaction, &hash, Purpose::Reset.as_str(), app.clock.now(), app.generation()).await?;
    let Some(id) = spent else { return Ok(None) };
    people::sql::set_password(&mut *transaction, id, &password_hash).await?;
    forget(&mut transaction, id).await?;
    let ended = sessions::end_all_within(&mut transaction, id, None, app.generation()).await?;
    transaction.commit().await?;
    sessions::ended(app, &ended);
    let person = people::find(app, id).await?;
    throttle::forgive(app, &person.email).await?;
    Ok(Some(person))
}
