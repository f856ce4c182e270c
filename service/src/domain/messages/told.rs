//! A conversation as its customer reads it, in parts: that of one ticket, or of several that were merged, as far as they may see them.

use gemilang_protocol::{Cursor, Message, Ticket, interleave};
use uuid::Uuid;

use super::{Part, page, place, sql};
use crate::domain::tickets::{self, Opened};
use crate::{App, Error, Result};

/// Between which messages; both ends are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Only after this message, oldest first.
    pub after: Option<Uuid>,
    /// Only before this one: the latest of them.
    pub before: Option<Uuid>,
}

/// A conversation as a customer sees it. There is no note in it by construction.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// The ticket.
    pub ticket: Ticket,
    /// The ticket it goes on in, if it went into one that its reader may see: then nothing of it is read here.
    pub goes_on: Option<Uuid>,
    /// Tickets that went into it and that its reader may see.
    pub parts: Vec<Ticket>,
    /// Its messages, oldest first, each with the ticket it is of: 0 is the ticket itself, from 1 on they are its parts.
    pub messages: Vec<(usize, Message)>,
    /// Whether there are more in the direction asked for: after a message later ones, else older ones.
    pub more: bool,
    /// Where following it live goes on without a gap.
    pub cursor: Cursor,
}

/// A customer's conversation with its latest messages, and where to follow it from.
///
/// # Errors
/// `not_found`; the database.
pub async fn conversation(app: &App, customer: Uuid, ticket: Uuid, limit: i64) -> Result<Conversation> {
    between(app, customer, ticket, Ends::default(), limit).await
}

/// The same, of the messages between two others.
///
/// # Errors
/// `not_found`, for one of the ends as well; the database.
pub async fn between(app: &App, customer: Uuid, ticket: Uuid, ends: Ends, limit: i64) -> Result<Conversation> {
    let Opened { ticket, merged, parts } = tickets::open_for_customer(app, customer, ticket).await?;
    // The head is read first: a message that lands in between is shown, and told again by the stream.
    let cursor = crate::feed::cursor::thread(ticket.n);
    let goes_on = match merged {
        Some(_) => tickets::goes_on(app, customer, ticket.id).await?.map(|ticket| ticket.id),
        None => None,
    };
    let (parts, messages, more) = if goes_on.is_some() {
        (Vec::new(), Vec::new(), false)
    } else if parts.is_empty() {
        let (messages, more) = of_one(app, ticket.id, ends, limit).await?;
        (Vec::new(), messages.into_iter().map(|message| (0, message)).collect(), more)
    } else {
        let parts = tickets::parts_for(app, customer, &parts).await?;
        let (messages, more) = cut(together(app, &ticket, &parts).await?, ends, limit)?;
        (parts, messages, more)
    };
    Ok(Conversation { ticket, goes_on, parts, messages, more, cursor })
}

async fn of_one(app: &App, ticket: Uuid, ends: Ends, limit: i64) -> Result<(Vec<Message>, bool)> {
    let mut part = Part { limit: limit + 1, ..Part::default() };
    for (end, n) in [(ends.after, &mut part.after), (ends.before, &mut part.before)] {
        if let Some(message) = end {
            *n = Some(place(app, ticket, message).await?);
        }
    }
    let mut messages = page(app, ticket, part).await?;
    let more = i64::try_from(messages.len()).is_ok_and(|len| len > limit);
    if more && part.after.is_some() {
        messages.pop();
    } else if more {
        messages.remove(0);
    }
    Ok((messages, more))
}

/// All that was said in tickets that are read together. Few are, so that they are read whole.
async fn together(app: &App, ticket: &Ticket, parts: &[Ticket]) -> Result<Vec<(usize, Message)>> {
    let ids: Vec<Uuid> = std::iter::once(ticket).chain(parts).map(|it| it.id).collect();
    let mut of = sql::of_tickets(&app.db, &ids).await?;
    let lists = ids.iter().map(|id| of.remove(id).unwrap_or_default()).collect();
    Ok(interleave(lists, |message: &Message| message.created_at))
}

/// Cuts out what is between two messages.
fn cut(mut all: Vec<(usize, Message)>, ends: Ends, limit: i64) -> Result<(Vec<(usize, Message)>, bool)> {
    let place = |id: Uuid| {
        let at = all.iter().position(|(_, message)| message.id == id);
        at.ok_or(Error::Refused(gemilang_protocol::Code::NotFound))
    };
    let (after, before) = (ends.after.map(place).transpose()?, ends.before.map(place).transpose()?);
    if let Some(before) = before {
        all.truncate(before);
    }
    all.drain(..after.map_or(0, |after| after + 1).min(all.len()));
    let limit = usize::try_from(limit).unwrap_or_default();
    let over = all.len().saturating_sub(limit);
    if after.is_some() {
        all.truncate(limit);
    } else {
        all.drain(..over);
    }
    Ok((all, over > 0))
}
