//! Links that were sent by mail: what they are for, how long they hold, and spending them, once. A link is made as its
//! mail is written ([`crate::outbox::compose`]); looking at it changes nothing, because mail scanners open every link.
//!
//! Anybody can register with anybody's address. So who first shows that an address is theirs, in a browser that is not
//! signed in to the account, gets it without what whoever registered could come back by: password, sessions, number.

mod sql;

use super::people;
use crate::auth::{Session, sessions, throttle, tokens};
use crate::{App, Result};
use chrono::TimeDelta;
use gemilang_protocol::{Person, Time};
use sqlx::PgConnection;
use uuid::Uuid;

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
pub(super) async fn forget(db: &mut PgConnection, user_id: Uuid) -> Result<()> {
    sql::forget(db, user_id).await
}

/// What a link that still holds is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The address it was sent to.
    pub email: String,
    /// Whose account it is about.
    pub user_id: Uuid,
    /// The name the account was registered under.
    pub name: String,
    /// When it was.
    pub registered_at: Time,
    /// Whether the address is confirmed already.
    pub confirmed: bool,
}

/// Somebody who spent a link.
#[derive(Debug, Clone)]
pub struct Spent {
    /// Whose account it is.
    pub person: Person,
    /// The path of a link for a new password, when password, number and sessions of before ended with this.
    pub claimed: Option<String>,
}

/// Makes a link and answers its token, which is in no table. It is spent before `now` and its life have gone by.
///
/// # Errors
/// The database.
pub(crate) async fn make(
    db: impl sqlx::PgExecutor<'_>,
    purpose: Purpose,
    user_id: Uuid,
    email: &str,
    now: Time,
) -> Result<String> {
    let token = tokens::fresh();
    sql::insert(db, &tokens::hash(&token), purpose.as_str(), user_id, email, now, now + purpose.life()).await?;
    Ok(token)
}

/// What a link that still holds is about, to be shown before it is spent.
///
/// # Errors
/// The database.
pub async fn look(app: &App, purpose: Purpose, token: &str) -> Result<Option<Looked>> {
    sql::look(&app.db, &tokens::hash(token), purpose.as_str(), app.clock.now()).await
}

/// Confirms an address (`purpose` says so) or tells who may sign in: who has the link has the address, so that it is
/// confirmed by the way. `by` is who is signed in in this browser. None when the link holds no more.
///
/// # Errors
/// The database.
pub async fn spend(app: &App, purpose: Purpose, token: &str, by: Option<&Session>) -> Result<Option<Spent>> {
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    let Some(row) =
        sql::spend(&mut *transaction, &tokens::hash(token), purpose.as_str(), now, app.generation()).await?
    else {
        return Ok(None);
    };
    let (mut ended, mut claimed) = (Vec::new(), None);
    if row.first && by.is_none_or(|session| session.person.id != row.user_id) {
        ended = claim(&mut transaction, app, row.user_id, false).await?;
        let token = make(&mut *transaction, Purpose::Reset, row.user_id, &row.email, now).await?;
        claimed = Some(Purpose::Reset.path(&token));
    }
    transaction.commit().await?;
    sessions::ended(app, &ended);
    people::changed(app, row.user_id);
    Ok(Some(Spent { person: people::find(app, row.user_id).await?, claimed }))
}

/// Gives a new password and ends all sessions: whoever else was in is out. None when the link holds no more.
///
/// # Errors
/// The database; the hashing task died.
pub async fn reset(app: &App, token: &str, password: String, by: Option<&Session>) -> Result<Option<Person>> {
    if look(app, Purpose::Reset, token).await?.is_none() {
        return Ok(None);
    }
    let password_hash = app.passwords.hash(password).await?;
    let mut transaction = app.db.begin().await?;
    let hash = tokens::hash(token);
    let spent =
        sql::spend(&mut *transaction, &hash, Purpose::Reset.as_str(), app.clock.now(), app.generation()).await?;
    let Some(row) = spent else { return Ok(None) };
    let id = row.user_id;
    let mut ended = Vec::new();
    if row.first && by.is_none_or(|session| session.person.id != id) {
        ended = claim(&mut transaction, app, id, false).await?;
    }
    people::sql::set_password(&mut *transaction, id, &password_hash).await?;
    forget(&mut transaction, id).await?;
    ended.extend(sessions::end_all_within(&mut transaction, id, None, app.generation()).await?);
    transaction.commit().await?;
    sessions::ended(app, &ended);
    people::changed(app, id);
    let person = people::find(app, id).await?;
    throttle::forgive(app, &person.email).await?;
    Ok(Some(person))
}

/// Who has the mail says that the account is none of theirs: the address leaves it, and nobody comes in any more. What was
/// filed under it stays with the staff, because somebody may have mistyped their address. None when the link holds no
/// more, or the address was confirmed meanwhile.
///
/// # Errors
/// The database.
pub async fn disown(app: &App, token: &str) -> Result<Option<()>> {
    let mut transaction = app.db.begin().await?;
    let spent = sql::disown(&mut *transaction, &tokens::hash(token), app.clock.now(), app.generation()).await?;
    let Some(id) = spent else { return Ok(None) };
    let ended = claim(&mut transaction, app, id, true).await?;
    transaction.commit().await?;
    sessions::ended(app, &ended);
    people::changed(app, id);
    Ok(Some(()))
}

/// Takes from an account whatever its registrant could come back by or, unless they may be called, be told by.
async fn claim(db: &mut PgConnection, app: &App, id: Uuid, keeps_phone: bool) -> Result<Vec<Uuid>> {
    sql::claim(&mut *db, id, keeps_phone).await?;
    // Their devices are told nothing any more either: subscriptions end with their session.
    sessions::end_all_within(db, id, None, app.generation()).await
}
