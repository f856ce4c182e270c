//! Erasure: a customer's account and words go for good, because they asked for it. The account goes at once, in one
//! transaction; then ticket by ticket what was said, with an event `erased` that tells every desk to do the same. An
//! erased text is an empty one, which nobody can write. What stays: that there was a ticket, when, and what became of it.

mod sql;

use std::collections::HashSet;

use gemilang_locales::{Language, Texts};
use gemilang_protocol::{PersonRef, SenderType};
use uuid::Uuid;

use super::tickets::{self, Intent};
use super::{Actor, people, shares};
use crate::auth::{Session, sessions};
use crate::{App, Result};

/// Erases an account and all it wrote. Whether its owner asks is the caller's to make sure of.
///
/// # Errors
/// The database; what was not done then is done by [`finish`].
pub async fn erase(app: &App, session: &Session) -> Result<()> {
    let now = app.clock.now();
    let person = &session.person;
    // In their own language, because it is the last that is said about them.
    let nobody = Texts::of(Language::from_tag(&person.language).unwrap_or_default()).get("erased-person");
    // Open pages of whoever they shared with close, as at any other end of sharing.
    for share in shares::of_owner(app, person.id).await? {
        shares::end(app, person, share.id).await?;
    }
    let mut transaction = app.db.begin().await?;
    sql::ask(&mut *transaction, person.id, now).await?;
    sql::empty_account(&mut *transaction, person.id, &nobody, now, app.generation()).await?;
    sql::forget(&mut *transaction, person.id, &person.email.to_lowercase()).await?;
    let ended = sessions::end_all_within(&mut transaction, person.id, None, app.generation()).await?;
    transaction.commit().await?;
    sessions::ended(app, &ended);
    people::changed(app, person.id);
    finish_one(app, person.id).await
}

/// Goes on with erasures that were interrupted.
///
/// # Errors
/// The database.
pub async fn finish(app: &App) -> Result<()> {
    for user_id in sql::open(&app.db).await? {
        finish_one(app, user_id).await?;
    }
    Ok(())
}

async fn finish_one(app: &App, user_id: Uuid) -> Result<()> {
    let person = people::find(app, user_id).await?;
    // Not as the customer: they wrote in tickets, too, that they may see no more.
    let actor = Actor { person: PersonRef { id: person.id, name: person.name }, side: SenderType::System };
    let mut seen = HashSet::new();
    // Asked again until there is none: a message may have been split off while its ticket waited for its turn.
    loop {
        let tickets = sql::tickets(&app.db, user_id).await?;
        let left: Vec<_> = tickets.into_iter().filter(|(ticket, _)| seen.insert(*ticket)).collect();
        if left.is_empty() {
            break;
        }
        for (ticket, own) in left {
            empty(app, &actor, ticket, own).await?;
        }
    }
    sql::done(&app.db, user_id, app.clock.now()).await
}

/// Empties what somebody said in a ticket; all of it, where it is their own.
async fn empty(app: &App, actor: &Actor, ticket: Uuid, own: bool) -> Result<()> {
    let user_id = actor.person.id;
    let whose = (!own).then_some(user_id);
    let mut transaction = app.db.begin().await?;
    // The event first: it holds the ticket's row, so that nobody writes between it and the emptying.
    if tickets::write::within(&mut transaction, app, ticket, actor, Intent::Erase { whose }).await? {
        sql::empty_words(&mut *transaction, ticket, whose, user_id).await?;
        sql::leave(&mut *transaction, ticket, user_id, own).await?;
        transaction.commit().await?;
        app.committed();
    }
    Ok(())
}
