//! Sessions: made at a sign-in, found by their token in memory or in one indexed query, ended by a sign-out. They slide while they are used.

use std::time::Instant;

use chrono::TimeDelta;
use gemilang_protocol::{Code, Person, PersonRef, SenderType, Time};
use sqlx::PgConnection;
use uuid::Uuid;

use super::known::Found;
use super::throttle::Verified;
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
    const ALL: [Self; 3] = [Self::Portal, Self::Staff, Self::Machine];

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
    pub(super) token_hash: [u8; 32],
    pub(super) user_id: Uuid,
    pub(super) kind: &'static str,
    pub(super) scopes: &'a [String],
    pub(super) name: &'a str,
    pub(super) created_at: Time,
    pub(super) expires_at: Time,
    /// The password's hash that opened the door; it must still be the account's.
    pub(super) password_hash: Option<&'a str>,
}

/// Makes a session and answers its token, which is shown this once. `name` is for the person's own list of sessions.
///
/// # Errors
/// `session_expired` when the person may not come in (any more); the database.
pub async fn create(app: &App, user_id: Uuid, kind: Kind, name: &str, scopes: &[String]) -> Result<String> {
    insert(app, user_id, kind, name, scopes, None).await
}

/// The same for who has shown their password, if it still is theirs: it may have been taken from them since.
///
/// # Errors
/// As [`create`].
pub async fn create_by_password(app: &App, verified: &Verified, kind: Kind, name: &str) -> Result<String> {
    insert(app, verified.person.id, kind, name, &[], Some(&verified.hash)).await
}

async fn insert(
    app: &App,
    user_id: Uuid,
    kind: Kind,
    name: &str,
    scopes: &[String],
    password_hash: Option<&str>,
) -> Result<String> {
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
        password_hash,
    };
    if sql::insert_session(&app.db, &session).await? { Ok(token) } else { Err(Code::SessionExpired.into()) }
}

/// The session of a token, if it opens one of these doors.
///
/// # Errors
/// `session_expired` when there is none or it ended, `deactivated` when its person was; the database.
pub async fn find(app: &App, token: &str, kinds: &[Kind]) -> Result<Session> {
    let hash = tokens::hash(token);
    let now = app.clock.now();
    let found = match app.sessions.find(&hash, Instant::now(), app.hub.heard()) {
        // Another process may have moved its end, and a use must be written down now and then.
        Some(found) if now < found.slides_at && now < found.session.expires_at => found,
        _ => look_up(app, hash, now).await?,
    };
    if kinds.contains(&found.kind) { Ok(found.session) } else { Err(Code::SessionExpired.into()) }
}

/// Asks the database, and remembers what it says.
async fn look_up(app: &App, hash: [u8; 32], now: Time) -> Result<Found> {
    let (asked, at) = (app.sessions.revision(), Instant::now());
    let row = sql::find_session(&app.db, &hash).await?.ok_or(Code::SessionExpired)?;
    if row.expires_at <= now {
        return Err(Code::SessionExpired.into());
    }
    if !row.person.active {
        return Err(Code::Deactivated.into());
    }
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == row.kind).ok_or(Error::Stored("session kind"))?;
    let (mut expires_at, mut seen_at) = (row.expires_at, row.last_seen_at);
    let slid = now - seen_at > SLIDE;
    if slid {
        (expires_at, seen_at) = (expires_at.max(now + LIFE), now);
        sql::slide_session(&app.db, row.id, now, expires_at).await?;
    }
    let person = Person::try_from(row.person)?;
    let session = Session { id: row.id, person, scopes: row.scopes, expires_at, slid: false };
    let mut found = Found { session, kind, slides_at: seen_at + SLIDE };
    app.sessions.keep(hash, found.clone(), asked, at);
    found.session.slid = slid;
    Ok(found)
}

/// Whether a session that was found earlier still stands.
///
/// # Errors
/// The database.
pub async fn stands(app: &App, id: Uuid) -> Result<bool, Error> {
    sql::session_stands(&app.db, id, app.clock.now()).await
}

/// As [`stands`], in the transaction of what must not happen otherwise.
///
/// # Errors
/// The database.
pub(crate) async fn stands_within(db: &mut PgConnection, id: Uuid, now: Time) -> Result<bool> {
    sql::session_stands(db, id, now).await
}

/// Ends a session. The feed tells every process, which forgets it and closes its live sockets.
///
/// # Errors
/// The database.
pub async fn end(app: &App, id: Uuid) -> Result<()> {
    sql::delete_session(&app.db, id, app.generation()).await?;
    ended(app, &[id]);
    Ok(())
}

/// Ends all sessions of a person but one, as after a new password; machines that ask in their name go on then. Answers how many.
///
/// # Errors
/// The database.
pub async fn end_all(app: &App, user_id: Uuid, but: Option<Uuid>) -> Result<usize> {
    let ids = sql::delete_sessions(&app.db, user_id, but, app.generation()).await?;
    ended(app, &ids);
    Ok(ids.len())
}

/// As [`end_all`], in the transaction of what makes it due; tell [`ended`] after the commit.
///
/// # Errors
/// The database.
pub(crate) async fn end_all_within(
    db: &mut PgConnection,
    user_id: Uuid,
    but: Option<Uuid>,
    generation: i32,
) -> Result<Vec<Uuid>> {
    sql::delete_sessions(db, user_id, but, generation).await
}

/// In this process nobody waits for the feed.
pub(crate) fn ended(app: &App, ids: &[Uuid]) {
    app.sessions.forget(ids, &[]);
    app.committed();
}
