//! Pages of the feed: every visible row after the cursor is delivered; the cursor itself stops where an open transaction could still put a row.

use std::collections::HashMap;

use gemilang_protocol::{
    Code, Cursor, Event, Message, Note, Order, Page, Person, PersonRef, Row, SavedView, Time, sync::TicketChange,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::cursor::{Place, Position};
use super::sql::{self, Raw, RawTicket};
use crate::domain::tickets::list::Eye;
use crate::domain::{orders, people, saved_views, tickets};
use crate::sabotage::{self, Guard};
use crate::{App, Result};

/// Rows in a page at most.
pub const MOST: usize = sql::MOST;

/// What a snapshot says about transactions: below `xmin` all are over, from `xmax` on none was seen to end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Horizon {
    /// The oldest transaction still open.
    pub xmin: i64,
    /// One above the latest that ended.
    pub xmax: i64,
}

impl Horizon {
    /// Whether no later commit can put a row before or at this place.
    pub fn is_settled(self, place: Place, generation: i32) -> bool {
        place.generation < generation
            || place.generation == generation && (place.xid < self.xmin || sabotage::is_off(Guard::Cursor))
    }

    /// Whether nothing that began before the snapshot is still open.
    pub fn is_quiet(self) -> bool {
        self.xmin == self.xmax
    }
}

/// A row at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where.
    pub place: Place,
    /// What; nothing when its record is gone.
    pub row: Option<Row>,
    /// How much it changes the count of urgent work.
    pub urgent: i16,
    /// The session whose end it tells; only processes hear of it.
    pub ended: Option<Uuid>,
}

/// Some rows, with the horizon of the very snapshot they were read in.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// In order of place.
    pub items: Vec<Item>,
    /// Of the same snapshot.
    pub horizon: Horizon,
    /// The snapshot itself, as Postgres writes it.
    pub snapshot: String,
    /// The service's clock, read before.
    pub at: Time,
}

impl Batch {
    /// Whether there may be more.
    pub fn is_full(&self) -> bool {
        self.items.len() >= MOST
    }
}

/// Reads up to [`MOST`] rows after a place, leaving out what was visible in a snapshot `seen` earlier.
///
/// # Errors
/// The database.
pub async fn read(app: &App, db: &mut PgConnection, after: Place, seen: Option<&str>) -> Result<Batch> {
    let at = app.clock.now();
    let (raw, horizon, snapshot) = sql::read(&mut *db, after, seen, app.generation()).await?;
    let items = tell(db, raw).await?;
    Ok(Batch { items, horizon, snapshot, at })
}

/// Whether what a reader holds is still in this feed. After a restore its place is of another generation, or the rows it
/// was told last are gone, or others stand where they stood.
///
/// # Errors
/// `place_lost`; the database.
pub async fn stands(app: &App, position: Position) -> Result<()> {
    let (base, generation) = (position.base, app.generation());
    let is_begin = base == Place::START
        || base == Place::start_of(generation)
        || base.generation < generation && position.given_in == Some(generation);
    if !is_begin && base.generation != generation {
        return Err(Code::PlaceLost.into());
    }
    let named: Vec<Place> = (!is_begin).then_some(base).into_iter().chain(position.told).collect();
    if named.is_empty() || sql::stand(&app.feed_db, &named).await? { Ok(()) } else { Err(Code::PlaceLost.into()) }
}

/// Whom alone a row is told to; nobody's is told to all staff.
pub(crate) fn only_for(row: &Row) -> Option<Uuid> {
    match row {
        Row::SavedView(view) => (!view.shared).then_some(view.owner),
        _ => None,
    }
}

/// A page for a reader, after their cursor; nothing means from the beginning.
///
/// # Errors
/// `malformed` for a cursor that is none of ours, `place_lost` for one that a restore has undone; the database.
pub async fn page(app: &App, reader: Uuid, cursor: Option<&Cursor>, limit: usize) -> Result<Page> {
    let generation = app.generation();
    let position = match cursor {
        None => Position::default(),
        Some(cursor) => Position::read(cursor).ok_or(Code::Malformed)?,
    };
    stands(app, position).await?;
    let mut connection = app.feed_db.acquire().await?;
    let mut batch = read(app, &mut connection, position.next(), None).await?;
    drop(connection);
    let limit = limit.clamp(1, MOST);
    let more = batch.is_full() || batch.items.len() > limit;
    batch.items.truncate(limit);

    let mut next = Position { base: position.base, ..Position::default() };
    if !position.midway {
        // Settled rows come first: what follows them is all above the horizon.
        let settled = batch.items.iter().rev().find(|item| batch.horizon.is_settled(item.place, generation));
        if let Some(item) = settled {
            next.base = item.place;
        }
    }
    next.told = batch.items.last().map(|item| item.place).or(position.told);
    if next.base.generation < generation && next.base != Place::START {
        if more {
            next.given_in = Some(generation);
        } else {
            // All that older generations will ever have is told.
            next.base = Place::start_of(generation);
        }
    }
    next.told = next.told.filter(|place| *place > next.base);
    next.midway = more && next.told.is_some();
    Ok(Page {
        from: cursor.cloned(),
        to: next.cursor(),
        rows: batch
            .items
            .into_iter()
            .filter_map(|item| item.row)
            .filter(|row| only_for(row).is_none_or(|only| only == reader))
            .collect(),
        more,
        complete_to: (!more).then(|| app.hub.complete_to(batch.horizon, batch.at)).flatten(),
    })
}

/// Turns what is stored into what is told; records are fetched as they are now.
async fn tell(db: &mut PgConnection, raw: Vec<(Place, Option<Raw>)>) -> Result<Vec<Item>> {
    let mut person_ids = Vec::new();
    let mut order_ids = Vec::new();
    let mut view_ids = Vec::new();
    for (_, raw) in &raw {
        match raw {
            Some(Raw::Person(id)) => person_ids.push(*id),
            Some(Raw::Order(id)) => order_ids.push(*id),
            Some(Raw::SavedView(id)) => view_ids.push(*id),
            Some(Raw::Ticket(_) | Raw::Session(_)) | None => {}
        }
    }
    let mut persons: HashMap<Uuid, Person> = HashMap::new();
    if !person_ids.is_empty() {
        for row in people::sql::find_many(&mut *db, &person_ids).await? {
            let person = Person::try_from(row)?;
            persons.insert(person.id, person);
        }
    }
    let mut orders_by_id: HashMap<Uuid, Order> = HashMap::new();
    if !order_ids.is_empty() {
        for order in orders::sql::find_many(&mut *db, &order_ids).await? {
            orders_by_id.insert(order.id, order);
        }
    }
    let mut views: HashMap<Uuid, SavedView> = HashMap::new();
    if !view_ids.is_empty() {
        for view in saved_views::sql::find_many(&mut *db, &view_ids).await? {
            views.insert(view.id, view);
        }
    }
    raw.into_iter()
        .map(|(place, raw)| {
            let (mut urgent, mut ended) = (0, None);
            let row = match raw {
                None => None,
                Some(Raw::Session(id)) => {
                    ended = Some(id);
                    None
                }
                Some(Raw::Person(id)) => persons.get(&id).cloned().map(Row::Person),
                Some(Raw::Order(id)) => orders_by_id.get(&id).cloned().map(Row::Order),
                Some(Raw::SavedView(id)) => views.get(&id).cloned().map(Row::SavedView),
                Some(Raw::Ticket(raw)) => {
                    urgent = raw.urgent;
                    Some(change(*raw)?)
                }
            };
            Ok(Item { place, row, urgent, ended })
        })
        .collect()
}

fn change(raw: RawTicket) -> Result<Row> {
    let Ok(event) = Event::try_from(raw.event) else {
        // A newer service, on the same database, wrote a kind we do not know: the feed goes on.
        return Ok(Row::Unknown);
    };
    let note = raw.note.map(|note| Note {
        id: note.id,
        n: event.n,
        note: note.note,
        author: PersonRef { id: note.author_id, name: note.author_name },
        written_at: event.written_at,
        created_at: event.created_at,
    });
    Ok(Row::Ticket(Box::new(TicketChange {
        ticket: raw.ticket.ticket(Eye::Staff),
        event,
        message: raw.message.map(Message::try_from).transpose()?,
        note,
    })))
}

/// What a customer may hear of a ticket after an `n`.
#[derive(Debug, Default)]
pub struct Heard {
    /// In order.
    pub changes: Vec<TicketChange>,
    /// Up to where was read; nothing when that is all there is. What only a newer service can tell is passed over.
    pub more_after: Option<i64>,
}

/// What a customer may hear of a ticket after an `n`, up to [`MOST`] events of it.
///
/// # Errors
/// `not_found`; the database.
pub async fn thread(app: &App, ticket_id: Uuid, n: i64) -> Result<Heard> {
    let rows = sql::thread(&app.feed_db, ticket_id, n).await?;
    let Some((last, _)) = rows.last() else { return Ok(Heard::default()) };
    let more_after = (rows.len() >= MOST).then_some(last.n);
    let ticket =
        tickets::list::sql::find(&app.feed_db, ticket_id, None).await?.ok_or(Code::NotFound)?.ticket(Eye::Customer);
    let mut changes = Vec::with_capacity(rows.len());
    for (event, message) in rows {
        let Ok(event) = Event::try_from(event) else {
            continue;
        };
        changes.push(TicketChange {
            ticket: ticket.clone(),
            event,
            message: message.map(Message::try_from).transpose()?,
            note: None,
        });
    }
    Ok(Heard { changes, more_after })
}
