//! Sessions: made at a sign-in, found by their token in one indexed query, ended by a sign-out. They slide while they are used.

use chrono::TimeDelta;
use gemilang_protocol::{Code, Person, PersonRef, SenderType, Time};
use uuid::Uuid;

use super::{sql, tokens};
use crate::domain::Actor;
use crate::{App, Error, Result};

/// How long a session lasts after it was last used.
const LIFE: TimeDelta = TimeDelta::days(30);
/// How long a machine's token lasts.
const MACHINE_LIFE: TimeDelta = TimeDelta::days(3_650);
/// How often a use is written down.
const SLIDE: TimeDelta = TimeDelta::hours(1);

/// Which door a session opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The customers' pages.
    Portal,
    /// The staff door.
    Staff,
    /// The staff door, for a machine with scopes.
    Machine,
}

impl Kind {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Staff => "staff",
            Self::Machine => "machine",
        }
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Which session.
    pub id: Uuid,
    /// Who.
    pub person: Person,
    /// What a machine may do.
    pub scopes: Vec<String>,
    /// When it ends unless it is used.
    pub expires_at: Time,
    /// Whether its end was moved just now.
    pub slid: bool,
}

impl Session {
    /// Who writes, and for which side.
    pub fn actor(&self) -> Actor {
        Actor {
            person: PersonRef { id: self.person.id, name: self.person.name.clone() },
            side: if self.person.role.is_staff() { SenderType::Admin } else { SenderType::Customer },
        }
    }
}

/// A session as it is first written.
pub(super) struct NewSession<'a> {
    pub(super) id: Uuid,
    pub(super) token_hash: Vec<u8>,
    pub(super) user_id: Uuid,
    pub(super) kind: &'static str,
    pub(super) scopes: &'a [String],
    pub(super) name: &'a str,
    pub(super) created_at: Time,
    pub(super) expires_at: Time,
}

/// Makes a session and answers its token, which is shown this once. `name` is for the person's own list of sessions.
///
/// # Errors
/// The database.
pub async fn create(app: &App, user_id: Uuid, kind: Kind, name: &str, scopes: &[String]) -> Result<String> {
    let token = tokens::fresh();
    let now = app.clock.now();
    let life = match kind {
        Kind::Portal | Kind::Staff => LIFE,
        Kind::Machine => MACHINE_LIFE,
    };
    let session = NewSession {
        id: Uuid::now_v7(),
        token_hash: tokens::hash(&token),
        user_id,
        kind: kind.as_str(),
        scopes,
        name,
        created_at: now,
        expires_at: now + life,
    };
    sql::insert_session(&app.db, &session).await?;
    Ok(token)
}

/// The session of a token, if it opens one of these doors.
///
/// # Errors
/// `session_expired` when there is none or it ended, `deactivated` when its person was; the database.
pub async fn find(app: &App, token: &str, kinds: &[Kind]) -> Result<Session> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let row = sql::find_session(&app.db, &tokens::hash(token), &kinds).await?.ok_or(Code::SessionExpired)?;
    let now = app.clock.now();
    if row.expires_at <= now {
        return Err(Code::SessionExpired.into());
    }
    if !row.person.active {
        return Err(Code::Deactivated.into());
    }
    let mut expires_at = row.expires_at;
    let slid = now - row.last_seen_at > SLIDE;
    if slid {
        expires_at = expires_at.max(now + LIFE);
        sql::slide_session(&app.db, row.id, now, expires_at).await?;
    }
    Ok(Session { id: row.id, person: Person::try_from(row.person)?, scopes: row.scopes, expires_at, slid })
}

/// Whether a session that was found earlier still stands.
///
/// # Errors
/// The database.
pub async fn stands(app: &App, id: Uuid) -> Result<bool, Error> {
    sql::session_stands(&app.db, id, app.clock.now()).await
}

/// Ends a session; its live sockets are closed, in every process.
///
/// # Errors
/// The database.
pub async fn end(app: &App, id: Uuid) -> Result<()> {
    sql::delete_session(&app.db, id).await?;
    app.hub.session_ended(app, id).await;
    Ok(())
}
