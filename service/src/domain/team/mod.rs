//! The team: asking somebody to join, what each may do, and letting somebody go. Only admins get here; there is always one of them.

mod sql;

use chrono::TimeDelta;
use gemilang_protocol::team::{INVITATION_DAYS, Invitation, Invite, MemberChange, Released, Team, TeamChanged};
use gemilang_protocol::{Act, Code, Duty, FieldError, Fields, Person, PersonRef, Role, SenderType, Zone, validate};
use uuid::Uuid;

use super::people::{self, NewPerson};
use super::tickets::{self, Intent, Request, Seen};
use super::{Actor, duty};
use crate::auth::{Session, sessions, tokens};
use crate::outbox::{self, Letter};
use crate::{App, Error, Result};

/// How long an invitation holds.
pub const LIFE: TimeDelta = TimeDelta::days(INVITATION_DAYS);

/// Everybody, and who was asked to join.
///
/// # Errors
/// The database.
pub async fn show(app: &App) -> Result<Team> {
    Ok(Team { people: sql::members(&app.db, app.clock.now()).await?, invitations: sql::invitations(&app.db).await? })
}

/// Asks somebody to join, by mail. Asked again they get another mail, and what was asked last counts.
///
/// # Errors
/// `validation`: no address, one that has an account, or no role of the staff; the database.
pub async fn invite(app: &App, by: &Person, invite: &Invite) -> Result<()> {
    let mut fields = Fields::default();
    let email = fields.take("email", validate::email(&invite.email));
    if !invite.role.is_staff() {
        fields.put("role", FieldError::NotInList);
    }
    let Some(email) = email.filter(|_| fields.is_empty()) else {
        return Err(Error::Validation(fields));
    };
    if people::find_by_email(app, &email).await?.is_some() {
        return Err(Error::field("email", FieldError::Taken));
    }
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    let invitation =
        sql::invite(&mut *transaction, Uuid::now_v7(), &email, invite.role.as_str(), by.id, now, now + LIFE).await?;
    outbox::put(&mut *transaction, &Letter::Staff { invitation }, &email, now).await?;
    transaction.commit().await?;
    app.post.ring();
    Ok(())
}

/// Sends the mail once more; the invitation holds as long as a new one.
///
/// # Errors
/// `not_found`; the database.
pub async fn resend(app: &App, id: Uuid) -> Result<()> {
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    let email = sql::prolong(&mut *transaction, id, now + LIFE).await?.ok_or(Code::NotFound)?;
    outbox::put(&mut *transaction, &Letter::Staff { invitation: id }, &email, now).await?;
    transaction.commit().await?;
    app.post.ring();
    Ok(())
}

/// Takes an invitation back: its links open nothing any more.
///
/// # Errors
/// `not_found`; the database.
pub async fn withdraw(app: &App, id: Uuid) -> Result<()> {
    if sql::withdraw(&app.db, id).await? { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// Makes a link of an invitation that still holds, as its mail is written.
///
/// # Errors
/// The database.
pub(crate) async fn link(app: &App, id: Uuid) -> Result<Option<(Invitation, String)>> {
    let token = tokens::fresh();
    sql::insert_link(&app.db, id, &tokens::hash(&token)).await?;
    Ok(look(app, &token).await?.map(|invitation| (invitation, token)))
}

/// An invitation by its link, while it holds.
///
/// # Errors
/// The database.
pub async fn look(app: &App, token: &str) -> Result<Option<Invitation>> {
    sql::look(&app.db, &tokens::hash(token), app.clock.now()).await
}

/// Makes the account of who was asked, once: who has the link has the address. None when the link holds no more.
///
/// # Errors
/// `validation` with `email: taken` when somebody made an account with the address meanwhile; the database.
pub async fn accept(
    app: &App,
    token: &str,
    name: String,
    password: String,
    language: &'static str,
) -> Result<Option<Person>> {
    let hash = app.passwords.hash(password.clone()).await?;
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    let Some((email, role)) = sql::spend(&mut *transaction, &tokens::hash(token), now).await? else {
        return Ok(None);
    };
    let person = NewPerson { name, email, phone: None, password, role, language, zone: Zone::Wib, confirmed: true };
    let id = Uuid::now_v7();
    match people::sql::insert(&mut *transaction, id, &person, &hash, now, app.generation()).await {
        Err(error) if error.is_unique_violation() => return Err(Error::field("email", FieldError::Taken)),
        other => other?,
    }
    transaction.commit().await?;
    app.committed();
    people::find(app, id).await.map(Some)
}

/// Changes what somebody may do or whether they may come in. Whoever is deactivated is out at once, and their tickets are
/// nobody's: one by one, because each is a change of its own; asked again it goes on where it was.
///
/// # Errors
/// `forbidden` about oneself, `validation` for the last admin or what cannot be chosen, `not_found`; the database.
pub async fn change(app: &App, by: &Session, id: Uuid, change: &MemberChange) -> Result<TeamChanged> {
    if id == by.person.id && (change.role.is_some() || change.active.is_some()) {
        return Err(Code::Forbidden.into());
    }
    let person = people::find(app, id).await?;
    if !person.role.is_staff() {
        return Err(Code::NotFound.into());
    }
    if change.role.is_some_and(|role| !role.is_staff()) {
        return Err(Error::field("role", FieldError::NotInList));
    }
    if change.duty.is_some_and(|duty| duty != Duty::Off) {
        return Err(Error::field("duty", FieldError::NotInList));
    }
    if change.role.is_some() || change.active.is_some() {
        write(app, &person, change).await?;
    }
    if change.duty.is_some() || change.active == Some(false) {
        duty::set(app, id, Duty::Off).await?;
    }
    let released = if change.active == Some(false) { release(app, &by.actor(), id).await? } else { Vec::new() };
    Ok(TeamChanged { team: show(app).await?, released })
}

/// Role and whether they may come in, in one transaction that holds all admins: two who let each other go at once leave one.
async fn write(app: &App, person: &Person, change: &MemberChange) -> Result<()> {
    let mut transaction = app.db.begin().await?;
    let admins = sql::hold_admins(&mut *transaction).await?;
    let stays = change.role.unwrap_or(person.role) == Role::Admin && change.active.unwrap_or(person.active);
    if !stays && admins == [person.id] {
        return Err(Error::field("admins", FieldError::Empty));
    }
    let role = change.role.map(Role::as_str);
    sql::change(&mut *transaction, person.id, role, change.active, app.clock.now(), app.generation()).await?;
    if !stays {
        // Whom they asked to join was asked by an admin: they are none any more.
        sql::forget_invitations(&mut *transaction, person.id).await?;
    }
    let ended = match change.active {
        Some(false) => sessions::end_all_within(&mut transaction, person.id, None, app.generation()).await?,
        _ => Vec::new(),
    };
    transaction.commit().await?;
    sessions::ended(app, &ended);
    people::changed(app, person.id);
    Ok(())
}

/// Gives back what is still assigned to who was let go: their tickets are given back one by one, and whoever did so may have
/// been stopped in the middle.
///
/// # Errors
/// The database.
pub async fn finish(app: &App) -> Result<()> {
    for id in sql::gone_with_tickets(&app.db).await? {
        let person = people::find(app, id).await?;
        let by = Actor { person: PersonRef { id, name: person.name }, side: SenderType::System };
        release(app, &by, id).await?;
    }
    Ok(())
}

/// Gives back what is assigned to somebody. A resolved ticket goes too, unsaid: its customer may open it again.
async fn release(app: &App, by: &Actor, id: Uuid) -> Result<Vec<Released>> {
    let mut released = Vec::new();
    for (ticket, active) in sql::assigned(&app.db, id).await? {
        let request = Request {
            ticket_id: ticket.id,
            actor: by,
            op: None,
            written_at: app.clock.now(),
            intent: Intent::Assign { to: None },
            seen: Some(Seen { n: 0, waited: false, act: Act::Assign { from: Some(id), to: None } }),
        };
        match tickets::change(app, request).await {
            Ok(_) if active => released.push(ticket),
            // Somebody has taken it meanwhile: it is theirs.
            Ok(_) | Err(Error::LostRace(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(released)
}

/// Ends all sessions of somebody; they sign in again with their password.
///
/// # Errors
/// `not_found`; the database.
pub async fn end_sessions(app: &App, id: Uuid) -> Result<()> {
    if !people::find(app, id).await?.role.is_staff() {
        return Err(Code::NotFound.into());
    }
    sessions::end_all(app, id, Some(Uuid::nil())).await.map(drop)
}
