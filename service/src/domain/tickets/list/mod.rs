//! Lists of tickets: newest first, filtered, paged by a place and not by a number of rows to skip; search by words.

/// Finding tickets by words.
mod search;
/// Statements.
pub(crate) mod sql;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use gemilang_protocol::{Category, Code, Priority, Status, Ticket, Time};
use uuid::Uuid;

use crate::domain::{Listing, Paging};
use crate::{App, Result};

/// Whose unread messages are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eye {
    /// The customer's messages that staff have not read.
    Staff,
    /// The staff's messages that the customer has not read.
    Customer,
}

/// Who has a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nobody.
    Nobody,
    /// This person.
    Person(Uuid),
}

/// Which tickets a list shall hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this status.
    pub status: Option<Status>,
    /// Only of this priority.
    pub priority: Option<Priority>,
    /// Only of this category.
    pub category: Option<Category>,
    /// Only with this holder.
    pub assigned_to: Option<Holder>,
    /// Only with messages that are not read.
    pub unread: bool,
    /// Only with these words in subject, names, numbers or messages.
    pub q: Option<String>,
}

/// Most hits on a page of a search, whatever was asked for.
pub const SEARCH_MOST: i64 = 50;
/// Most tickets on a page of a list.
const LIST_MOST: i64 = 200;

/// The year 3000: years beyond cannot be meant, and no ticket was filed in them.
const LATEST_SECOND: i64 = 32_503_680_000;
/// The place of a ticket in its list, for [`Paging::after`] and [`newer_for_customer`].
pub fn place(ticket: &Ticket) -> String {
    After::of(ticket)
}

/// The place after which a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct After {
    pub(crate) created_at: Time,
    pub(crate) id: Uuid,
}

impl After {
    /// Before the newest of all. A place that is always there keeps the statements' condition plain, so that a plan made
    /// once seeks it in the index.
    pub(crate) fn newest() -> Self {
        Self { created_at: DateTime::from_timestamp(LATEST_SECOND, 0).unwrap_or_default(), id: Uuid::max() }
    }

    fn of(ticket: &Ticket) -> String {
        let text = format!("{}.{}", ticket.created_at.timestamp_micros(), ticket.id.simple());
        URL_SAFE_NO_PAD.encode(text)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (micros, id) = text.split_once('.')?;
        let micros: i64 = micros.parse().ok()?;
        if !(0..=LATEST_SECOND * 1_000_000).contains(&micros) {
            return None;
        }
        Some(Self { created_at: DateTime::from_timestamp_micros(micros)?, id: id.parse().ok()? })
    }
}

/// All tickets, as staff see them.
///
/// # Errors
/// `malformed` for an `after` that is none of ours; the database.
pub async fn list_for_staff(app: &App, filter: &Filter, paging: &Paging) -> Result<Listing<Ticket>> {
    list(app, filter, paging, None).await
}

/// The tickets a customer may see.
///
/// # Errors
/// `malformed` for an `after` that is none of ours; the database.
pub async fn list_for_customer(
    app: &App,
    customer_id: Uuid,
    filter: &Filter,
    paging: &Paging,
) -> Result<Listing<Ticket>> {
    list(app, filter, paging, Some(customer_id)).await
}

/// The customer's tickets that are newer than a place, the nearest of them, newest first. `next` says whether there are
/// newer ones still.
///
/// # Errors
/// `malformed` for a `before` that is none of ours; the database.
pub async fn newer_for_customer(
    app: &App,
    customer_id: Uuid,
    filter: &Filter,
    before: &str,
    limit: i64,
) -> Result<Listing<Ticket>> {
    let before = After::read(before).ok_or(Code::Malformed)?;
    let words = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()).map(search::Words::of);
    let db = if words.is_some() { &app.search_db } else { &app.db };
    let rows = sql::newer(db, filter, words.as_ref(), before, customer_id, limit + 1).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|len| len > limit);
    let kept = rows.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut items = kept.map(|row| row.ticket(Eye::Customer)).collect::<Vec<_>>();
    items.reverse();
    let next = items.first().filter(|_| more).map(After::of);
    Ok(Listing { items, next })
}

async fn list(app: &App, filter: &Filter, paging: &Paging, reader: Option<Uuid>) -> Result<Listing<Ticket>> {
    let after = match paging.after.as_deref() {
        None | Some("") => None,
        Some(text) => Some(After::read(text).ok_or(Code::Malformed)?),
    };
    let words = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let limit = paging.limit.clamp(1, if words.is_some() { SEARCH_MOST } else { LIST_MOST });
    let rows = match words {
        Some(words) => search::search(app, filter, words, after, reader, limit + 1).await?,
        None => sql::list(&app.db, filter, after, reader, limit + 1).await?,
    };
    let eye = if reader.is_some() { Eye::Customer } else { Eye::Staff };
    let more = i64::try_from(rows.len()).is_ok_and(|len| len > limit);
    let mut items = rows.into_iter().map(|row| row.ticket(eye)).collect::<Vec<_>>();
    let mut next = None;
    if more {
        items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        next = items.last().map(After::of);
    }
    Ok(Listing { items, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_none_of_ours_is_refused() {
        for text in ["x", "AAAA", "LTEuMDAw", &URL_SAFE_NO_PAD.encode("9999999999999999999.0")] {
            assert_eq!(After::read(text), None, "{text}");
        }
    }
}
