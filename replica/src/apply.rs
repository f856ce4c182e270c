//! Applying: a page of the feed and its cursor in one transaction. Applying one twice changes nothing.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::sync::{TicketChange, WholeThread};
use gemilang_protocol::{EventBody, Ticket, Time};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::page::{Incoming, IncomingPart, IncomingRow};
use crate::{events, messages, notes, orders, outbox, people, search, sync, tickets};

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
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let standing = sync::read(&mut tx).await?;
        if standing.cursor != page.from {
            return Ok(Applied::NotNext);
        }
        let sorted = Sorted::new(&page.rows);
        let unsent = outbox::is_used(&mut tx).await?;
        let stored = sorted.store(&mut tx, unsent).await?;
        sync::advance(&mut tx, &page.to, page.complete_to, !page.more).await?;
        tx.commit().await?;
        drop(writer);

        let records = !sorted.people.is_empty() || !sorted.orders.is_empty();
        let ids: Vec<Uuid> = sorted.heads.keys().copied().collect();
        let replayed = standing.is_replay();
        let all = ids.len() > NAMED_TICKETS || replayed;
        if !ids.is_empty() || records || stored.outbox {
            self.announce(Changed { tickets: if all { Vec::new() } else { ids }, records, outbox: stored.outbox, all });
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
}

impl Replica {
    /// Applies a part of a bootstrap that follows the one before.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then nothing of it was stored.
    pub async fn apply_part(&self, part: IncomingPart) -> Result<Applied> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let standing = sync::read(&mut tx).await?;
        if standing.bootstrapped || standing.bootstrap != part.from {
            return Ok(Applied::NotNext);
        }
        let unsent = outbox::is_used(&mut tx).await?;
        Sorted::new(&part.rows).store(&mut tx, unsent).await?;
        sync::parted(&mut tx, part.to.as_ref(), &part.feed).await?;
        tx.commit().await?;
        drop(writer);
        self.announce(Changed { records: true, outbox: unsent, all: true, ..Changed::default() });
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
        let unsent = outbox::is_used(&mut tx).await?;
        sorted.store(&mut tx, unsent).await?;
        tx.commit().await?;
        drop(writer);
        self.announce(Changed { tickets, outbox: unsent, ..Changed::default() });
        Ok(())
    }
}

/// Rows that an older app kept because it could not read them are read now.
pub(crate) async fn catch_up_on_unknown(tx: &mut SqliteConnection) -> Result<usize> {
    let rows = sync::take_known(tx).await?;
    let unsent = outbox::is_used(tx).await?;
    Sorted::new(&rows).store(tx, unsent).await?;
    Ok(rows.len())
}

/// What storing a page changed beside its rows.
struct Stored {
    /// Events that were not here before.
    new: HashSet<(Uuid, i64)>,
    /// Whether own ops were confirmed.
    outbox: bool,
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

    /// `unsent`: whether there is anything in the outbox that these rows could confirm or be overlaid with.
    async fn store(&self, tx: &mut SqliteConnection, unsent: bool) -> Result<Stored> {
        people::put(tx, &self.people).await?;
        orders::put(tx, &self.orders).await?;
        for raw in &self.unknown {
            sync::keep_unknown(tx, raw).await?;
        }
        let mut stored = Stored { new: HashSet::new(), outbox: false };
        if self.heads.is_empty() {
            return Ok(stored);
        }
        let heads: Vec<&Ticket> = self.heads.values().copied().collect();
        tickets::put(tx, &heads).await?;
        let keys = tickets::keys(tx, self.heads.keys().copied()).await?;
        stored.new = self.store_changes(tx, &keys).await?;
        if !unsent {
            return Ok(stored);
        }

        let of_changes = self.changes.iter().filter_map(|change| change.event.op_id);
        let of_threads = self.threads.iter().flat_map(|thread| thread.events.iter().filter_map(|event| event.op_id));
        let ops: Vec<Uuid> = of_changes.chain(of_threads).collect();
        let mut touched = outbox::confirmed(tx, &ops).await?;
        stored.outbox = !touched.is_empty();
        touched.extend(outbox::tickets_among(tx, self.heads.keys().copied()).await?);
        for ticket in touched {
            tickets::overlay(tx, ticket).await?;
        }
        Ok(stored)
    }

    /// Events with what they carried. Answers the ones that were not here before.
    async fn store_changes(
        &self,
        tx: &mut SqliteConnection,
        keys: &HashMap<Uuid, i64>,
    ) -> Result<HashSet<(Uuid, i64)>> {
        let (mut event_rows, mut message_rows, mut note_rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut readable = BTreeSet::new();
        for change in &self.changes {
            let Some(&key) = keys.get(&change.ticket.id) else { continue };
            event_rows.push(events::row(key, &change.event)?);
            message_rows.extend(change.message.as_ref().map(|message| messages::row(key, message)));
            note_rows.extend(change.note.as_ref().map(|note| notes::row(key, note)));
            if is_searchable(&change.event.body) {
                readable.insert(key);
            }
        }
        for thread in &self.threads {
            let Some(&key) = keys.get(&thread.ticket.id) else { continue };
            for event in &thread.events {
                event_rows.push(events::row(key, event)?);
            }
            message_rows.extend(thread.messages.iter().map(|message| messages::row(key, message)));
            note_rows.extend(thread.notes.iter().map(|note| notes::row(key, note)));
            readable.insert(key);
        }
        readable.extend(self.bare.iter().filter_map(|id| keys.get(id)));
        let new = events::put(tx, &event_rows).await?;
        messages::put(tx, &message_rows).await?;
        notes::put(tx, &note_rows).await?;
        for change in &self.changes {
            if let (EventBody::Read { by, up_to }, Some(&key)) = (&change.event.body, keys.get(&change.ticket.id)) {
                messages::read_by(tx, key, *by, *up_to, change.event.created_at).await?;
            }
        }
        search::queue(tx, &readable.into_iter().collect::<Vec<_>>()).await?;
        Ok(self
            .changes
            .iter()
            .filter(|change| keys.get(&change.ticket.id).is_some_and(|key| new.contains(&(*key, change.event.n))))
            .map(|change| (change.ticket.id, change.event.n))
            .collect())
    }
}

/// Whether a change adds or alters words that people search for.
fn is_searchable(body: &EventBody) -> bool {
    match body {
        EventBody::Created { .. }
        | EventBody::Message { .. }
        | EventBody::Note { .. }
        | EventBody::Subject { .. }
        | EventBody::Order { .. } => true,
        EventBody::Status { .. }
        | EventBody::Assigned { .. }
        | EventBody::Priority { .. }
        | EventBody::Category { .. }
        | EventBody::Read { .. }
        | EventBody::Voided {} => false,
    }
}
