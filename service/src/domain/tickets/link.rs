//! Linking: two tickets that have to do with each other name each other. Both are changed in one transaction, or neither.

use gemilang_protocol::{Code, TicketRef};
use sqlx::PgConnection;

use super::plan::Intent;
use super::write::{Done, Request, asked_within, within};
use super::{find_for_staff, sql};
use crate::{App, Result};

/// Does what is wanted of a ticket with [`Intent::Link`], and of the other one the same.
///
/// # Errors
/// `not_found` for either, `malformed` for a ticket with itself, `too_many`, `id_taken`; the database.
pub async fn link(app: &App, request: Request<'_>) -> Result<Done> {
    let mut transaction = app.db.begin().await?;
    let done = link_within(&mut transaction, app, &request).await?;
    transaction.commit().await?;
    app.committed();
    Ok(done)
}

/// The same within a transaction that does more. Tell [`App::committed`] afterwards.
///
/// # Errors
/// As [`link`].
pub(super) async fn link_within(db: &mut PgConnection, app: &App, request: &Request<'_>) -> Result<Done> {
    let Intent::Link { to, on } = request.intent else { return Err(Code::Malformed.into()) };
    if to.id == request.ticket_id {
        return Err(Code::Malformed.into());
    }
    // Always in one order, so that two who link the same tickets never wait for each other.
    sql::hold(db, &[request.ticket_id, to.id]).await?;
    let number = sql::number(db, request.ticket_id).await?.ok_or(Code::NotFound)?;
    let done = asked_within(db, app, request).await?;
    let back = Intent::Link { to: TicketRef { id: request.ticket_id, number }, on };
    if !within(db, app, to.id, request.actor, back).await? {
        return Err(Code::NotFound.into());
    }
    Ok(done)
}

/// How another ticket is named.
///
/// # Errors
/// `not_found`; the database.
pub async fn named(app: &App, id: uuid::Uuid) -> Result<TicketRef> {
    let ticket = find_for_staff(app, id).await?;
    Ok(TicketRef { id, number: ticket.number })
}
