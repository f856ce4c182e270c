//! Shares: a couple looks at the same tickets. One asks the other by mail, for one ticket or for all of an order; who
//! accepts with a confirmed address is put into `ticket_people`, and out of it again when either of them ends it.

mod sql;

use chrono::TimeDelta;
use gemilang_protocol::{Code, FieldError, Fields, Person, PersonRef, SenderType, Time, validate};
use uuid::Uuid;

use super::Actor;
use super::tickets::{self, Intent};
use crate::auth::tokens;
use crate::outbox::{self, Letter};
use crate::{App, Error, Result};

/// How long an invitation may be accepted.
pub const LIFE: TimeDelta = TimeDelta::days(14);
/// Invitations of one customer that may be open at once.
const OPEN_MOST: usize = 10;

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One ticket.
    Ticket(Uuid),
    /// All tickets of an order, those to come too.
    Order(Uuid),
}

/// A share, seen from either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub id: Uuid,
    /// Whose tickets.
    pub owner: PersonRef,
    /// The address that was asked.
    pub email: String,
    /// Who accepted.
    pub person: Option<PersonRef>,
    /// What.
    pub what: What,
    /// The ticket's subject or the order's package.
    pub title: String,
    /// The ticket's or the order's number.
    pub number: String,
    /// When it was asked.
    pub created_at: Time,
    /// Until when it may be accepted.
    pub expires_at: Time,
}

/// Asks somebody to look at one's tickets. Asking again sends the mail again.
///
/// # Errors
/// `validation` for an address that is none or one's own, for things that are not one's own, for too many open ones;
/// `forbidden` while one's own address is not confirmed; the database.
pub async fn invite(app: &App, owner: &Person, email: &str, what: Option<What>) -> Result<()> {
    let mut fields = Fields::default();
    let email = fields.take("email", validate::email(email));
    if email.as_deref() == Some(owner.email.to_lowercase().as_str()) {
        fields.put("email", FieldError::NotAPerson);
    }
    let own = match what {
        None => {
            fields.put("what", FieldError::Empty);
            false
        }
        Some(what) => sql::is_own(&app.db, owner.id, what).await?,
    };
    if what.is_some() && !own {
        fields.put("what", FieldError::NotYours);
    }
    let (Some(email), Some(what), true) = (email, what, fields.is_empty()) else {
        return Err(Error::Validation(fields));
    };
    if !super::people::is_confirmed(app, owner.id).await? {
        return Err(Code::Forbidden.into());
    }
    let now = app.clock.now();
    let open = sql::of_owner(&app.db, owner.id).await?;
    if open.iter().filter(|share| share.person.is_none() && share.expires_at > now).count() >= OPEN_MOST {
        return Err(Error::field("email", FieldError::TooLong { most: OPEN_MOST, is: OPEN_MOST }));
    }
    let mut transaction = app.db.begin().await?;
    let asked = sql::insert(&mut *transaction, Uuid::now_v7(), owner.id, &email, what, now, now + LIFE).await?;
    // One that was accepted needs no mail.
    if let Some(share) = asked {
        outbox::put(&mut *transaction, &Letter::Invitation { share }, &email, now).await?;
    }
    transaction.commit().await?;
    app.post.ring();
    Ok(())
}

/// What a customer shares, the newest first.
///
/// # Errors
/// The database.
pub async fn of_owner(app: &App, owner_id: Uuid) -> Result<Vec<Share>> {
    sql::of_owner(&app.db, owner_id).await
}

/// What is shared with a customer, and what they are asked to look at: only once their address is confirmed.
///
/// # Errors
/// The database.
pub async fn with_person(app: &App, person: &Person) -> Result<Vec<Share>> {
    sql::with_person(&app.db, person.id, &person.email.to_lowercase(), app.clock.now()).await
}

/// An invitation by its link, while it may be accepted.
///
/// # Errors
/// The database.
pub async fn look(app: &App, token: &str) -> Result<Option<Share>> {
    sql::look(&app.db, &tokens::hash(token), app.clock.now()).await
}

/// Makes a link of an invitation that may still be accepted, as its mail is written. Those of mails before hold on: the
/// same letter may arrive twice, and mail programs show one of the two.
///
/// # Errors
/// The database.
pub(crate) async fn link(app: &App, id: Uuid) -> Result<Option<(Share, String)>> {
    let token = tokens::fresh();
    sql::insert_link(&app.db, id, &tokens::hash(&token)).await?;
    Ok(look(app, &token).await?.map(|share| (share, token)))
}

/// Accepts an invitation. It is for one address: whose account bears another cannot; who came by its link has shown that
/// the address is theirs (`by_link`), everybody else must have confirmed it.
///
/// # Errors
/// `not_found` when there is none to this address, or not any more; the database.
pub async fn accept(app: &App, person: &Person, id: Uuid, by_link: bool) -> Result<()> {
    let now = app.clock.now();
    let email = person.email.to_lowercase();
    let share = sql::open(&app.db, id, &email, now).await?.ok_or(Code::NotFound)?;
    if by_link {
        super::people::confirm(app, person.id).await?;
    } else if !super::people::is_confirmed(app, person.id).await? {
        return Err(Code::NotFound.into());
    }
    let with = PersonRef { id: person.id, name: person.name.clone() };
    let owner = Actor { person: share.owner.clone(), side: SenderType::Customer };
    // All or nothing; and whoever ends it meanwhile waits, and takes out of all of them.
    let mut transaction = app.db.begin().await?;
    if !sql::accept(&mut *transaction, id, person.id, now).await? {
        return Err(Code::NotFound.into());
    }
    for ticket in sql::tickets(&mut *transaction, share.owner.id, share.what).await? {
        let intent = Intent::Share { with: with.clone() };
        if tickets::write::within(&mut transaction, app, ticket, &owner, intent).await? {
            sql::attach(&mut *transaction, ticket, person.id, now).await?;
        }
    }
    transaction.commit().await?;
    app.committed();
    Ok(())
}

/// Ends a share, or takes an invitation back: its owner may, and who accepted it. Open pages of theirs close at once,
/// because the feed tells of it.
///
/// # Errors
/// `not_found`; the database.
pub async fn end(app: &App, actor: &Person, id: Uuid) -> Result<()> {
    let share = sql::find(&app.db, id, actor.id, &actor.email.to_lowercase()).await?.ok_or(Code::NotFound)?;
    // The share first: no new ticket of the order follows it any more. Who it was with is what it says now, because they
    // may have accepted it a moment ago.
    let Some(person) = sql::delete(&app.db, id).await? else { return Ok(()) };
    let by = Actor { person: PersonRef { id: actor.id, name: actor.name.clone() }, side: SenderType::Customer };
    for ticket in sql::left_over(&app.db, share.owner.id, person.id).await? {
        take_out(app, ticket, &by, person.clone()).await?;
    }
    Ok(())
}

/// A ticket was moved to another order, or off one: whoever shares that order sees it, and whoever saw it only by the
/// order before does not.
///
/// # Errors
/// The database.
pub async fn follow_order(app: &App, ticket_id: Uuid, by: &Actor) -> Result<()> {
    for person in sql::joining(&app.db, ticket_id).await? {
        put_in(app, ticket_id, by, person).await?;
    }
    for person in sql::leaving(&app.db, ticket_id).await? {
        take_out(app, ticket_id, by, person).await?;
    }
    Ok(())
}

/// Lets somebody see a ticket, unless the share that says so has just ended. The event first: it holds the ticket's row,
/// so that the order is the events'.
async fn put_in(app: &App, ticket_id: Uuid, by: &Actor, with: PersonRef) -> Result<()> {
    let mut transaction = app.db.begin().await?;
    let person = with.id;
    if sql::holds(&mut *transaction, ticket_id, person).await?
        && tickets::write::within(&mut transaction, app, ticket_id, by, Intent::Share { with }).await?
    {
        sql::attach(&mut *transaction, ticket_id, person, app.clock.now()).await?;
        transaction.commit().await?;
        app.committed();
    }
    Ok(())
}

/// Lets somebody see a ticket no more.
async fn take_out(app: &App, ticket_id: Uuid, by: &Actor, with: PersonRef) -> Result<()> {
    let mut transaction = app.db.begin().await?;
    let person = with.id;
    if tickets::write::within(&mut transaction, app, ticket_id, by, Intent::Unshare { with }).await? {
        sql::detach(&mut *transaction, ticket_id, person).await?;
        transaction.commit().await?;
        app.committed();
    }
    Ok(())
}
