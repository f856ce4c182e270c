//! Merging: one ticket of a customer goes into another, and both are read as one conversation. Nothing moves: each keeps its events and
//! their numbers, and names the other. Both are changed in one transaction, or neither.

use gemilang_protocol::ticket::Ticket;
use gemilang_protocol::{Act, Code, Internal, Merged, TicketRef};
use sqlx::PgConnection;
use uuid::Uuid;

use super::list::{self, Eye};
use super::plan::{Head, Intent};
use super::write::{Done, Landed, OpKey, Request, asked_within, stored, within};
use super::{find_for_customer, sql};
use crate::domain::events;
use crate::{App, Error, Result};

/// A ticket as a customer sees it, and which others are read with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The ticket.
    pub ticket: Ticket,
    /// The ticket it went into, if it did. Whether its reader may see that one is another question: [`goes_on`].
    pub merged: Option<Merged>,
    /// Those that went into it. Whether its reader may see them is another question: [`parts_for`].
    pub parts: Vec<TicketRef>,
}

/// Does what is wanted of a ticket with [`Intent::Merge`] or [`Intent::Unmerge`], and of the other one what belongs to it.
///
/// # Errors
/// `not_found` for either, `same_ticket`, `other_customer`, `replies_later`, `merged` with the merge that stands in the way,
/// `too_many`, `id_taken`, `voided`; the database.
pub async fn merge(app: &App, request: Request<'_>) -> Result<Done> {
    let (other, on) = match request.intent {
        Intent::Merge { into } => (into.id, true),
        Intent::Unmerge { from } => (from.id, false),
        _ => return Err(Code::Malformed.into()),
    };
    if other == request.ticket_id {
        return Err(Code::SameTicket.into());
    }
    let mut transaction = app.db.begin().await?;
    // Always in one order, so that two who merge the same tickets, each the other way, never wait for each other.
    sql::hold(&mut transaction, &[request.ticket_id, other]).await?;
    let (head, aside) = sql::head(&mut transaction, request.ticket_id, None, true).await?.ok_or(Code::NotFound)?;
    if let Some(op) = &request.op
        && let Some(landed) = stored(&mut transaction, op).await?
    {
        return Ok(Done::Landed(landed));
    }
    let (goes_on, _) = sql::head(&mut transaction, other, None, true).await?.ok_or(Code::NotFound)?;
    let is_so = match &head.internal.merged {
        Some(merged) => on && merged.into.id == other,
        None => !on,
    };
    if is_so {
        // An op is answered by its event: what it asked for may be undone before a late copy of it comes.
        let done = asked_within(&mut transaction, app, &Request { intent: Intent::AsIs, ..request }).await?;
        transaction.commit().await?;
        app.committed();
        return Ok(done);
    }
    may(&mut transaction, &head, &goes_on, on).await?;
    let done = asked_within(&mut transaction, app, &request).await?;
    let ticket = TicketRef { id: head.id, number: gemilang_protocol::TicketNumber(aside.number) };
    let parts = head.internal.parts;
    let intent = if on { Intent::Absorb { ticket, parts } } else { Intent::Release { ticket, parts } };
    if !within(&mut transaction, app, other, request.actor, intent).await? {
        return Err(Code::NotFound.into());
    }
    transaction.commit().await?;
    app.committed();
    Ok(done)
}

/// Whether two tickets, both held, may become one, or two again.
async fn may(db: &mut PgConnection, head: &Head, goes_on: &Head, on: bool) -> Result<()> {
    for it in [goes_on, head] {
        // Only the one that goes its own way again may have gone into another.
        if it.internal.merged.is_some() && (on || it.id == goes_on.id) {
            return Err(merged(db, it.id).await?);
        }
    }
    let into = head.internal.merged.map(|merged| merged.into.id);
    if !on && into != Some(goes_on.id) {
        return Err(merged(db, head.id).await?);
    }
    if on && head.customer_id != goes_on.customer_id {
        return Err(Code::OtherCustomer.into());
    }
    if on && !head.internal.later.is_empty() {
        return Err(Code::RepliesLater.into());
    }
    if on && goes_on.internal.parts.len() + 1 + head.internal.parts.len() > Internal::PARTS_MOST {
        return Err(Code::TooMany.into());
    }
    Ok(())
}

/// The refusal of whoever wants something of a ticket that went into another, with the event that says into which.
pub(super) async fn merged(db: &mut PgConnection, ticket: Uuid) -> Result<Error> {
    Ok(Error::Merged(events::latest_of(db, ticket, "merged").await?.map(Box::new)))
}

/// Whether something can be done in a ticket that went into another: what concerns people and their rights, what ends by itself,
/// going its own way again, and a copy of a message that begins another ticket.
pub(super) const fn is_free(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::Unmerge { .. }
            | Intent::Void
            | Intent::AsIs
            | Intent::Erase { .. }
            | Intent::Share { .. }
            | Intent::Unshare { .. }
            | Intent::Wake
            | Intent::Split { .. }
            | Intent::WakeDue
    )
}

/// A ticket as a customer sees it, with what is read with it.
///
/// # Errors
/// `not_found`; the database.
pub async fn open_for_customer(app: &App, customer: Uuid, id: Uuid) -> Result<Opened> {
    let mut row = list::sql::find(&app.db, id, Some(customer)).await?.ok_or(Code::NotFound)?;
    // Few tickets have anything there.
    let internal: Internal = row.internal.take().and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default();
    Ok(Opened { ticket: row.ticket(Eye::Customer), merged: internal.merged, parts: internal.parts })
}

/// The ticket in which a conversation goes on that went into another, as far as its reader may see that one.
///
/// # Errors
/// The database.
pub async fn goes_on(app: &App, customer: Uuid, id: Uuid) -> Result<Option<Ticket>> {
    let Some(last) = list::sql::goes_on(&app.db, id).await? else { return Ok(None) };
    match find_for_customer(app, customer, last).await {
        Ok(ticket) => Ok(Some(ticket)),
        Err(Error::Refused(Code::NotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Those of a ticket's parts that a customer may see, as they see them.
///
/// # Errors
/// The database.
pub async fn parts_for(app: &App, customer: Uuid, parts: &[TicketRef]) -> Result<Vec<Ticket>> {
    let ids: Vec<Uuid> = parts.iter().map(|part| part.id).collect();
    let rows = list::sql::among(&app.db, &ids, customer).await?;
    Ok(rows.into_iter().map(|row| row.ticket(Eye::Customer)).collect())
}

/// What a message's retry is answered, and in which ticket, that had landed in another ticket of its conversation: it went there because the one it was written in
/// had gone into that, or it had been there before.
///
/// # Errors
/// The database.
pub async fn landed_beside(app: &App, op: Uuid, asked: Uuid, actor: Uuid, act: &Act) -> Result<Option<(Uuid, Landed)>> {
    let Some(beside) = list::sql::beside(&app.db, op, asked).await? else { return Ok(None) };
    let same = OpKey::new(op, beside.ticket_id, actor, act).hash == beside.hash;
    Ok(same.then_some((beside.ticket_id, beside.landed)))
}
