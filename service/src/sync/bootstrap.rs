//! `GET /sync/v1/bootstrap`: everything a new desk needs, part by part: the place in the feed from which it is live, then active tickets whole, newest first, then all heads, then the records.
//! No part waits for another and none holds a transaction: what changes meanwhile is after that place in the feed.

use axum::Json;
use axum::extract::{Path, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta};
use gemilang_protocol::sync::WholeThread;
use gemilang_protocol::{Code, Cursor, Part, Person, Row, Ticket, Time};
use uuid::Uuid;

use super::{Desk, pull};
use crate::domain::tickets::list::sql as heads;
use crate::domain::tickets::list::{After, Eye};
use crate::domain::{events, messages, notes, orders, people, saved_views};
use crate::feed::cursor::Position;
use crate::feed::read::stands;
use crate::request::Params;
use crate::{App, Result};

/// Whole tickets in a part.
const WHOLE: i64 = 100;
/// Heads in a part.
const HEADS: i64 = 500;
/// People or orders in a part.
const RECORDS: i64 = 1_000;
/// What was written so long before a bootstrap began is committed by then, and older than any two clocks differ.
const SETTLED: TimeDelta = TimeDelta::minutes(10);
/// Days without a word after which a ticket that is over travels as its head alone.
const RECENT: TimeDelta = TimeDelta::days(90);

/// What a part is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Active tickets, whole.
    Active,
    /// All others: recent ones whole, older ones as heads. Those that became active, or changed, since the bootstrap began
    /// come whole as well.
    All,
    People,
    Orders,
}

/// Where a part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Begin {
    feed: Position,
    /// When the first part was asked for; older services did not say.
    begun: Option<Time>,
    phase: Phase,
    after: Option<After>,
}

impl Begin {
    /// The first part of a phase.
    fn then(&self, phase: Phase) -> Self {
        Self { phase, after: None, ..self.clone() }
    }

    /// Whether a ticket went with the active ones: it is one, and was all the time.
    fn has_told(&self, ticket: &Ticket) -> bool {
        ticket.status.is_active() && self.begun.is_some_and(|begun| ticket.updated_at < begun - SETTLED)
    }

    /// The text a desk keeps between two parts.
    fn cursor(&self) -> Cursor {
        let phase = match self.phase {
            Phase::Active => "active",
            Phase::All => "all",
            Phase::People => "people",
            Phase::Orders => "orders",
        };
        let begun = self.begun.map_or_else(String::new, |begun| begun.timestamp_micros().to_string());
        let mut text = format!("b3 {} {begun} {phase}", self.feed.text());
        if let Some(After { created_at, id }) = &self.after {
            text.push_str(&format!(" {} {}", created_at.timestamp_micros(), id.simple()));
        }
        Cursor(URL_SAFE_NO_PAD.encode(text))
    }

    /// Reads a desk's text; nothing when it is none of ours.
    fn read(cursor: &Cursor) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&cursor.0).ok()?).ok()?;
        // Older services did not say when the place's row was written, the oldest not even when they began.
        let parts: Vec<&str> = text.split(if text.starts_with("b3") { ' ' } else { '.' }).collect();
        let (feed, begun, [phase, after @ ..]) = (match parts.as_slice() {
            ["b1", generation, xid, seq, rest @ ..] => (format!("1.{generation}.{xid}.{seq}"), "", rest),
            ["b2", generation, xid, seq, begun, rest @ ..] => (format!("1.{generation}.{xid}.{seq}"), *begun, rest),
            ["b3", feed, begun, rest @ ..] => ((*feed).to_owned(), *begun, rest),
            _ => return None,
        }) else {
            return None;
        };
        Some(Self {
            feed: Position::of(&feed)?,
            begun: match begun {
                "" => None,
                begun => Some(DateTime::from_timestamp_micros(begun.parse().ok()?)?),
            },
            phase: match *phase {
                "active" => Phase::Active,
                "all" => Phase::All,
                "people" => Phase::People,
                "orders" => Phase::Orders,
                _ => return None,
            },
            after: match after {
                [] => None,
                [micros, id] => Some(After {
                    created_at: DateTime::from_timestamp_micros(micros.parse().ok()?)?,
                    id: id.parse().ok()?,
                }),
                _ => return None,
            },
        })
    }
}

/// The part that begins at a place; the first one without.
pub async fn bootstrap(
    State(app): State<App>,
    Desk(session): Desk,
    Params(query): Params<pull::Query>,
) -> Result<Json<Part>> {
    let from = query.cursor();
    let begin = match &from {
        None => Begin { feed: app.hub.standing().0, begun: Some(app.clock.now()), phase: Phase::Active, after: None },
        Some(cursor) => Begin::read(cursor).ok_or(Code::Malformed)?,
    };
    stands(&app, begin.feed).await?;
    let mut rows = Vec::new();
    if from.is_none() {
        rows.extend(people::sql::whole_staff(&app.db).await?.into_iter().map(Row::Person));
        let views = saved_views::sql::of_reader(&app.db, session.person.id).await?;
        rows.extend(views.into_iter().map(Row::SavedView));
    }
    let next = match begin.phase {
        Phase::Active | Phase::All => tickets(&app, &begin, &mut rows).await?,
        Phase::People => {
            let found = people::sql::after(&app.db, begin.after.as_ref().map(|after| after.id), RECORDS).await?;
            let last = found.last().map(|person| person.id);
            rows.extend(found.into_iter().map(Row::Person));
            records(&begin, last, rows.len(), Some(Phase::Orders))
        }
        Phase::Orders => {
            let found = orders::sql::after(&app.db, begin.after.as_ref().map(|after| after.id), RECORDS).await?;
            let last = found.last().map(|order| order.id);
            rows.extend(found.into_iter().map(Row::Order));
            records(&begin, last, rows.len(), None)
        }
    };
    Ok(Json(Part {
        from,
        to: next.map(|next| next.cursor()),
        feed: begin.feed.cursor(),
        rows,
        tickets: app.hub.stats().total.unsigned_abs(),
    }))
}

/// A thread whole, as a desk keeps it.
pub async fn thread(State(app): State<App>, _: Desk, Path(id): Path<String>) -> Result<Json<Row>> {
    let id: Uuid = id.parse().map_err(|_| Code::NotFound)?;
    let head = heads::find(&app.db, id, None).await?.ok_or(Code::NotFound)?.ticket(Eye::Staff);
    let mut threads = whole(&app, vec![head]).await?;
    threads.pop().map(Json).ok_or_else(|| Code::NotFound.into())
}

fn records(begin: &Begin, last: Option<Uuid>, found: usize, then: Option<Phase>) -> Option<Begin> {
    match last {
        Some(id) if i64::try_from(found).is_ok_and(|found| found >= RECORDS) => {
            Some(Begin { after: Some(After { created_at: Time::default(), id }), ..begin.clone() })
        }
        _ => then.map(|phase| begin.then(phase)),
    }
}

async fn tickets(app: &App, begin: &Begin, rows: &mut Vec<Row>) -> Result<Option<Begin>> {
    let active = begin.phase == Phase::Active;
    let limit = if active { WHOLE } else { HEADS };
    let found = heads::bootstrap(&app.db, active, begin.after, limit).await?;
    let is_full = i64::try_from(found.len()).is_ok_and(|found| found >= limit);
    let last = found.last().map(|row| After { created_at: row.created_at, id: row.id });
    let found = found.into_iter().map(|row| row.ticket(Eye::Staff)).collect::<Vec<Ticket>>();
    if active {
        records_of(app, &found, rows).await?;
        rows.extend(whole(app, found).await?);
    } else {
        let recent = app.clock.now() - RECENT;
        let (recent, old): (Vec<_>, Vec<_>) = found
            .into_iter()
            .filter(|ticket| !begin.has_told(ticket))
            .partition(|ticket| ticket.status.is_active() || ticket.last_message_at > recent);
        rows.extend(whole(app, recent).await?);
        rows.extend(old.into_iter().map(|ticket| Row::Head(Box::new(ticket))));
    }
    Ok(Some(match (is_full, active) {
        (true, _) => Begin { after: last, ..begin.clone() },
        (false, true) => begin.then(Phase::All),
        (false, false) => begin.then(Phase::People),
    }))
}

/// The customers and orders of tickets that are wanted at once, before all others.
async fn records_of(app: &App, tickets: &[Ticket], rows: &mut Vec<Row>) -> Result<()> {
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.customer.id).collect();
    for row in people::sql::find_many(&app.db, &ids).await? {
        rows.push(Row::Person(Person::try_from(row)?));
    }
    let numbers: Vec<String> = tickets.iter().filter_map(|ticket| ticket.order.clone()).collect();
    rows.extend(orders::sql::find_numbered(&app.db, &numbers).await?.into_iter().map(Row::Order));
    Ok(())
}

/// Tickets with all that was ever said and done.
async fn whole(app: &App, tickets: Vec<Ticket>) -> Result<Vec<Row>> {
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
    // The heads were read first: what lands in between is in a thread and told by the feed again.
    let mut events = events::of_tickets(app, &ids).await?;
    let mut messages = messages::of_tickets(app, &ids).await?;
    let mut notes = notes::of_tickets(app, &ids).await?;
    Ok(tickets
        .into_iter()
        .map(|ticket| {
            let id = ticket.id;
            Row::Thread(Box::new(WholeThread {
                ticket,
                events: events.remove(&id).unwrap_or_default(),
                messages: messages.remove(&id).unwrap_or_default(),
                notes: notes.remove(&id).unwrap_or_default(),
            }))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Place;

    #[test]
    fn a_place_is_read_back_and_garbage_is_not() {
        let created_at = DateTime::from_timestamp_micros(1_795_312_800_000_123);
        let base = Place { generation: 2, xid: 900, seq: 17, created_at };
        let feed = Position { base, told: Some(Place { xid: 901, ..base }), ..Position::default() };
        let at = Some(After { created_at: Time::default() + TimeDelta::microseconds(5), id: Uuid::from_u128(7) });
        for (phase, after) in [(Phase::Active, None), (Phase::All, at), (Phase::Orders, at)] {
            for begun in [None, Some(Time::default() + TimeDelta::days(20_000))] {
                let begin = Begin { feed, begun, phase, after };
                assert_eq!(Begin::read(&begin.cursor()), Some(begin));
            }
        }
        let base = Place { created_at: None, ..base };
        let feed = Position { base, ..Position::default() };
        let begun = DateTime::from_timestamp_micros(5);
        for (text, begin) in [
            ("b1.2.900.17.people", Begin { feed, begun: None, phase: Phase::People, after: None }),
            ("b2.2.900.17.5.active", Begin { feed, begun, phase: Phase::Active, after: None }),
        ] {
            assert_eq!(Begin::read(&Cursor(URL_SAFE_NO_PAD.encode(text))), Some(begin), "{text}");
        }
        for text in ["", "garbage", "YjEuMS4x", "🙂"] {
            assert_eq!(Begin::read(&Cursor(text.to_owned())), None, "{text}");
        }
    }
}
