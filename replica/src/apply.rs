//! Applying: a page of the feed and its cursor in one transaction. Applying one twice changes nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::sync::{TicketChange, WholeThread};
use gemilang_protocol::{Event, EventBody, Ticket, TicketNumber, Time};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::page::{Incoming, IncomingPart, IncomingRow};
use crate::sync::{STANDING, Standing};
use crate::{erased, events, messages, notes, orders, outbox, people, search, sync, tickets};

/// More tickets than this are announced as "everything": a screen reads its lists once either way.
const NAMED_TICKETS: usize = 100;

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It is in the file.
    Done,
    /// It does not follow what is here: pull instead. Nothing was changed.
    NotNext,
}

/// A change of a ticket that came from the service for the first time.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What changed; `event.created_at` is the service's time of its commit.
    pub change: Arc<TicketChange>,
    /// The feed is read from its beginning: nothing here is news.
    pub first_sync: bool,
    /// It happened while this desk was live; otherwise it was caught up on.
    pub live: bool,
    /// What the page said about being complete: how far behind this desk was.
    pub complete_to: Option<Time>,
}

impl Replica {
    /// Applies a page that follows the file's cursor; `live` is what its arrivals say of themselves.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then neither rows nor cursor were stored.
    pub async fn apply(&self, page: Incoming, live: bool) -> Result<Applied> {
        let sorted = Sorted::new(&page.rows);
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let ground = sorted.ground(&mut tx).await?;
        if ground.standing.cursor != page.from {
            return Ok(Applied::NotNext);
        }
        let mut batch = Batch::default();
        sync::advance(&mut batch, &page.to, page.complete_to, !page.more)?;
        let stored = sorted.store(&mut tx, batch, &ground, Way::Feed).await?;
        tx.commit().await?;
        if sorted.tells_of_erasure() {
            // What was sent stands in the second place until it is written again.
            self.keep_words(&mut writer).await;
        }
        drop(writer);
        self.has_stored();
        if stored.outbox {
            // What waited behind a confirmed op may leave, however that one has landed.
            self.wake();
        }

        let records = !sorted.people.is_empty() || !sorted.orders.is_empty();
        let ids: Vec<Uuid> = sorted.heads.keys().copied().collect();
        let replayed = ground.standing.is_replay();
        let all = ids.len() > NAMED_TICKETS || replayed;
        if !ids.is_empty() || records || stored.outbox {
            let tickets = if all { Vec::new() } else { ids };
            self.announce(Changed { tickets, records, outbox: stored.outbox, all, sent_anyway: stored.sent_anyway });
        }
        for row in page.rows {
            let IncomingRow::Ticket(change) = row else { continue };
            if stored.new.contains(&(change.ticket.id, change.event.n)) {
                self.arrive(Arrival {
                    change: Arc::from(change),
                    first_sync: replayed,
                    live,
                    complete_to: page.complete_to,
                });
            }
        }
        Ok(Applied::Done)
    }

    /// Applies a part of a bootstrap that follows the one before.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then nothing of it was stored.
    pub async fn apply_part(&self, part: IncomingPart) -> Result<Applied> {
        let sorted = Sorted::new(&part.rows);
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let ground = sorted.ground(&mut tx).await?;
        if ground.standing.bootstrapped || ground.standing.bootstrap != part.from {
            return Ok(Applied::NotNext);
        }
        let mut batch = Batch::default();
        sync::parted(&mut batch, part.to.as_ref(), &part.feed)?;
        let stored = sorted.store(&mut tx, batch, &ground, Way::Aside).await?;
        tx.commit().await?;
        drop(writer);
        self.has_stored();
        if ground.standing.writes {
            self.wake();
        }
        self.announce(Changed {
            records: true,
            outbox: ground.standing.writes,
            all: true,
            sent_anyway: stored.sent_anyway,
            ..Changed::default()
        });
        Ok(Applied::Done)
    }

    /// Keeps a conversation that was asked for.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn keep_thread(&self, thread: IncomingRow) -> Result<()> {
        let rows = [thread];
        let sorted = Sorted::new(&rows);
        let tickets: Vec<Uuid> = sorted.heads.keys().copied().collect();
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let ground = sorted.ground(&mut tx).await?;
        let stored = sorted.store(&mut tx, Batch::default(), &ground, Way::Aside).await?;
        tx.commit().await?;
        drop(writer);
        self.has_stored();
        let (outbox, sent_anyway) = (ground.standing.writes, stored.sent_anyway);
        self.announce(Changed { tickets, outbox, sent_anyway, ..Changed::default() });
        Ok(())
    }
}

/// Rows that an older app kept because it could not read them are read now.
pub(crate) async fn catch_up_on_unknown(tx: &mut SqliteConnection) -> Result<usize> {
    let rows = sync::take_known(tx).await?;
    let sorted = Sorted::new(&rows);
    let ground = sorted.ground(tx).await?;
    sorted.store(tx, Batch::default(), &ground, Way::Aside).await?;
    Ok(rows.len())
}

/// How rows came: what stands in the feed's order, or was read beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Feed,
    Aside,
}

/// What a page lands on.
struct Ground {
    standing: Standing,
    /// Where its tickets are in the file, or will be.
    keys: HashMap<Uuid, i64>,
    /// Of these tickets something was erased: what comes now may have been read before.
    erased: Vec<i64>,
}

fn is_erased(event: &Event) -> bool {
    matches!(event.body, EventBody::Erased { .. })
}

/// What storing a page changed beside its rows.
struct Stored {
    /// Events that were not here before.
    new: HashSet<(Uuid, i64)>,
    /// Whether own ops were confirmed.
    outbox: bool,
    /// Of these tickets something was to be withdrawn, and had been sent.
    sent_anyway: Vec<TicketNumber>,
}

/// The rows of a page, by noun.
#[derive(Default)]
struct Sorted<'a> {
    heads: HashMap<Uuid, &'a Ticket>,
    changes: Vec<&'a TicketChange>,
    threads: Vec<&'a WholeThread>,
    /// Tickets whose words are to be searched for though no change brought them.
    bare: Vec<Uuid>,
    people: Vec<&'a gemilang_protocol::Person>,
    orders: Vec<&'a gemilang_protocol::Order>,
    unknown: Vec<&'a str>,
}

impl<'a> Sorted<'a> {
    fn new(rows: &'a [IncomingRow]) -> Self {
        let mut sorted = Self::default();
        for row in rows {
            match row {
                IncomingRow::Ticket(change) => {
                    sorted.head(&change.ticket);
                    sorted.changes.push(change);
                }
                IncomingRow::Thread(thread) => {
                    sorted.head(&thread.ticket);
                    sorted.threads.push(thread);
                }
                IncomingRow::Head(ticket) => {
                    sorted.head(ticket);
                    sorted.bare.push(ticket.id);
                }
                IncomingRow::Person(person) => sorted.people.push(person),
                IncomingRow::Order(order) => sorted.orders.push(order),
                IncomingRow::Unknown(head, raw) => {
                    if let Some(head) = head {
                        sorted.head(head);
                    }
                    sorted.unknown.push(raw);
                }
            }
        }
        sorted
    }

    /// Of several heads of one ticket only the latest is written.
    fn head(&mut self, ticket: &'a Ticket) {
        self.heads
            .entry(ticket.id)
            .and_modify(|held| {
                if ticket.n >= held.n {
                    *held = ticket;
                }
            })
            .or_insert(ticket);
    }

    /// Asks once for all that must be known before storing.
    async fn ground(&self, tx: &mut SqliteConnection) -> Result<Ground> {
        let mut batch = Batch::default();
        batch.add(STANDING);
        tickets::ask_keys(&mut batch, self.heads.keys().copied())?;
        erased::ask(&mut batch, self.heads.keys().copied())?;
        let rows = batch.run(tx).await?;
        let [standing, keys, erased] = rows.as_slice() else { return Err(sqlx::Error::RowNotFound.into()) };
        Ok(Ground {
            standing: Standing::of(standing)?,
            keys: tickets::keys(keys, self.heads.keys().copied())?,
            erased: erased::keys(erased)?,
        })
    }

    /// Stores everything in one go, what is in the batch already first.
    async fn store(&self, tx: &mut SqliteConnection, mut batch: Batch, ground: &Ground, way: Way) -> Result<Stored> {
        people::put(&mut batch, &self.people, way == Way::Feed)?;
        orders::put(&mut batch, &self.orders, way == Way::Feed)?;
        sync::keep_unknown(&mut batch, &self.unknown)?;
        let keys = &ground.keys;
        let heads: Vec<(i64, &Ticket)> =
            self.heads.iter().filter_map(|(id, ticket)| Some((*keys.get(id)?, *ticket))).collect();
        tickets::put(&mut batch, &heads)?;
        self.put_changes(&mut batch, ground)?;
        let new = batch.run(tx).await?.iter().map(events::key).collect::<Result<HashSet<_>>>()?;
        let mut stored = Stored { new: self.new_among(&new, keys), outbox: false, sent_anyway: Vec::new() };
        if !ground.standing.writes || self.heads.is_empty() {
            return Ok(stored);
        }

        let of_changes = self.changes.iter().filter_map(|change| change.event.op_id);
        let of_threads = self.threads.iter().flat_map(|thread| thread.events.iter().filter_map(|event| event.op_id));
        let ops: Vec<Uuid> = of_changes.chain(of_threads).collect();
        let confirmed = outbox::confirmed(tx, &ops).await?;
        let mut touched = confirmed.tickets;
        stored.outbox = !touched.is_empty();
        stored.sent_anyway = confirmed.sent_anyway;
        touched.extend(outbox::tickets_among(tx, self.heads.keys().copied()).await?);
        for ticket in touched {
            tickets::overlay(tx, ticket).await?;
        }
        Ok(stored)
    }

    /// Events with what they carried.
    fn put_changes(&self, batch: &mut Batch, ground: &Ground) -> Result<()> {
        let keys = &ground.keys;
        let (mut event_rows, mut message_rows, mut note_rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut behind = search::Behind::default();
        for change in &self.changes {
            let Some(&key) = keys.get(&change.ticket.id) else { continue };
            event_rows.push(events::row(key, &change.event)?);
            message_rows.extend(change.message.as_ref().map(|message| messages::row(key, message)));
            note_rows.extend(change.note.as_ref().map(|note| notes::row(key, note)));
            behind.by(key, &change.event);
        }
        for thread in &self.threads {
            let Some(&key) = keys.get(&thread.ticket.id) else { continue };
            for event in &thread.events {
                event_rows.push(events::row(key, event)?);
                behind.by(key, event);
            }
            message_rows.extend(thread.messages.iter().map(|message| messages::row(key, message)));
            note_rows.extend(thread.notes.iter().map(|note| notes::row(key, note)));
        }
        for key in self.bare.iter().filter_map(|id| keys.get(id)) {
            behind.head(*key);
        }
        events::put(batch, &event_rows)?;
        messages::put(batch, &message_rows)?;
        notes::put(batch, &note_rows)?;
        let mut reads = Vec::new();
        for change in &self.changes {
            if let (EventBody::Read { by, up_to }, Some(&key)) = (&change.event.body, keys.get(&change.ticket.id)) {
                reads.push(messages::read_row(key, *by, *up_to, change.event.created_at));
            }
        }
        messages::read_by(batch, &reads)?;
        erased::follow(batch, &self.erased(ground))?;
        behind.queue(batch)
    }

    /// Tickets in which words may have to go: of which it is said now, or was before.
    fn erased(&self, ground: &Ground) -> Vec<i64> {
        let changes = self.changes.iter().filter(|change| is_erased(&change.event)).map(|change| change.ticket.id);
        let threads = self.threads.iter().filter(|thread| thread.events.iter().any(is_erased));
        let said = changes.chain(threads.map(|thread| thread.ticket.id));
        said.filter_map(|id| ground.keys.get(&id).copied()).chain(ground.erased.iter().copied()).collect()
    }

    fn tells_of_erasure(&self) -> bool {
        self.changes.iter().any(|change| is_erased(&change.event))
    }

    /// Which of the changes were not here before, from the keys of the events that were not.
    fn new_among(&self, new: &HashSet<(i64, i64)>, keys: &HashMap<Uuid, i64>) -> HashSet<(Uuid, i64)> {
        self.changes
            .iter()
            .filter(|change| keys.get(&change.ticket.id).is_some_and(|key| new.contains(&(*key, change.event.n))))
            .map(|change| (change.ticket.id, change.event.n))
            .collect()
    }
}
