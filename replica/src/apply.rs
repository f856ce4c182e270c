//! Applying: a page of the feed and its cursor in one transaction. Applying one twice changes nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::sync::{TicketChange, WholeThread};
use gemilang_protocol::{Event, EventBody, Ticket, TicketNumber, Time};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica};
use crate::page::{Incoming, IncomingPart, IncomingRow};
use crate::sync::{STANDING, Standing};
use crate::{erased, events, messages, notes, orders, outbox, people, saved_views, search, sync, tickets};

/// More tickets than this are announced as "everything": a screen reads its lists once either way.
const NAMED_TICKETS: usize = 100;
/// Of so many tickets it is remembered where they are; with more it begins anew.
const REMEMBERED_TICKETS: usize = 1_000;

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
        Ok(if self.apply_page(page, live).await?.is_some() { Applied::Done } else { Applied::NotNext })
    }

    /// The same, and answers where sync stands now; nothing when the page does not follow what is here.
    pub(crate) async fn apply_page(&self, page: Incoming, live: bool) -> Result<Option<Standing>> {
        let sorted = Sorted::new(&page.rows);
        let mut writer = self.writer().await;
        let (ground, is_known) = match writer.ground.take() {
            Some(ground) if ground.holds(&sorted) => (ground, true),
            before => {
                let rows = writer.open(Durability::Refetchable, sorted.ask()?).await?;
                (sorted.ground(&rows)?.with(before), false)
            }
        };
        if ground.standing.cursor != page.from {
            writer.undo().await;
            return Ok(None);
        }
        let mut batch = Batch::default();
        let standing = ground.standing.clone().advanced(&page.to, page.complete_to, !page.more);
        // What is told before the feed is read moves no place.
        if standing != ground.standing {
            sync::advance(&mut batch, &page.to, page.complete_to, !page.more)?;
        }
        sorted.put(&mut batch, &ground, Way::Feed)?;
        let writes = ground.standing.writes && !sorted.heads.is_empty();
        let rows = if is_known {
            writer.transact(Durability::Refetchable, batch).await?
        } else if writes {
            writer.go_on(batch).await?
        } else {
            writer.close(batch).await?
        };
        let new = sorted.new_among(&rows, &ground.keys)?;
        let mut settled = Settled::default();
        if writes {
            settled = sorted.settle(writer.connection()).await?;
            writer.close(Batch::default()).await?;
        }
        if sorted.tells_of_erasure() {
            // What was sent stands in the second place until it is written again.
            self.keep_words(&mut writer).await;
        }
        let replayed = ground.standing.is_replay();
        if !writes && sorted.unknown.is_empty() {
            writer.ground = Some(ground.after(&sorted, standing.clone()));
        }
        drop(writer);
        if settled.outbox {
            // What waited behind a confirmed op may leave, however that one has landed.
            self.wake();
        }

        let records = !sorted.people.is_empty() || !sorted.orders.is_empty();
        let views = !sorted.views.is_empty();
        let ids: Vec<Uuid> = sorted.heads.keys().copied().collect();
        let all = ids.len() > NAMED_TICKETS || replayed;
        let Settled { outbox, sent_anyway } = settled;
        if !ids.is_empty() || records || views || outbox {
            let tickets = if all { Vec::new() } else { ids };
            self.announce(Changed { tickets, records, views, outbox, all, sent_anyway });
        }
        let has_unknown = !sorted.unknown.is_empty();
        for row in page.rows {
            let IncomingRow::Ticket(change) = row else { continue };
            if new.contains(&(change.ticket.id, change.event.n)) {
                self.arrive(Arrival {
                    change: Arc::from(change),
                    first_sync: replayed,
                    live,
                    complete_to: page.complete_to,
                });
            }
        }
        // Last of all: it is for what can wait.
        self.has_stored();
        Ok(Some(if has_unknown { self.standing().await? } else { standing }))
    }

    /// Applies a part of a bootstrap that follows the one before.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then nothing of it was stored.
    pub async fn apply_part(&self, part: IncomingPart) -> Result<Applied> {
        let sorted = Sorted::new(&part.rows);
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        let ground = sorted.ground(&sorted.ask()?.run(&mut tx).await?)?;
        if ground.standing.bootstrapped || ground.standing.bootstrap != part.from {
            return Ok(Applied::NotNext);
        }
        let mut batch = Batch::default();
        sync::parted(&mut batch, part.to.as_ref(), &part.feed)?;
        let settled = sorted.store(&mut tx, batch, &ground, Way::Aside).await?;
        let offers = part.to.is_none() && saved_views::offer_lost(&mut tx, self.me().id).await?;
        tx.commit().await?;
        drop(writer);
        self.has_stored();
        if offers {
            self.wake_views();
        }
        if ground.standing.writes {
            self.wake();
        }
        self.announce(Changed {
            records: true,
            views: true,
            outbox: ground.standing.writes,
            all: true,
            sent_anyway: settled.sent_anyway,
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
        let ground = sorted.ground(&sorted.ask()?.run(&mut tx).await?)?;
        let settled = sorted.store(&mut tx, Batch::default(), &ground, Way::Aside).await?;
        tx.commit().await?;
        drop(writer);
        self.has_stored();
        let (outbox, sent_anyway) = (ground.standing.writes, settled.sent_anyway);
        self.announce(Changed { tickets, outbox, sent_anyway, ..Changed::default() });
        Ok(())
    }
}

/// Rows that an older app kept because it could not read them are read now.
pub(crate) async fn catch_up_on_unknown(tx: &mut SqliteConnection) -> Result<usize> {
    let rows = sync::take_known(tx).await?;
    let sorted = Sorted::new(&rows);
    let ground = sorted.ground(&sorted.ask()?.run(tx).await?)?;
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
pub(crate) struct Ground {
    standing: Standing,
    /// Where its tickets are in the file, or will be.
    keys: HashMap<Uuid, i64>,
    /// Of these tickets something was erased: what comes now may have been read before.
    erased: HashSet<i64>,
    /// Here are heads from before a restore of the service.
    old: Vec<i64>,
}

impl Ground {
    /// With the tickets of pages before: where a ticket is never changes.
    fn with(mut self, before: Option<Self>) -> Self {
        if let Some(before) = before.filter(|before| before.keys.len() < REMEMBERED_TICKETS) {
            self.keys.extend(before.keys);
            self.erased.extend(before.erased);
        }
        self
    }

    /// Whether a page can be stored on it without looking at the file.
    fn holds(&self, sorted: &Sorted<'_>) -> bool {
        !self.standing.writes && sorted.heads.keys().all(|id| self.keys.contains_key(id))
    }

    /// What the next page lands on if nothing else is written before it.
    fn after(mut self, sorted: &Sorted<'_>, standing: Standing) -> Self {
        self.erased.extend(sorted.erased(&self));
        self.old.clear();
        self.standing = standing;
        self
    }
}

fn is_erased(event: &Event) -> bool {
    matches!(event.body, EventBody::Erased { .. })
}

/// What storing rows did to the outbox.
#[derive(Default)]
struct Settled {
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
    views: Vec<&'a gemilang_protocol::SavedView>,
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
                IncomingRow::SavedView(view) => sorted.views.push(view),
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
    fn ask(&self) -> Result<Batch> {
        let mut batch = Batch::default();
        batch.add(STANDING);
        tickets::ask_keys(&mut batch, self.heads.keys().copied())?;
        erased::ask(&mut batch, self.heads.keys().copied())?;
        Ok(batch)
    }

    /// What was asked for.
    fn ground(&self, rows: &[SqliteRow]) -> Result<Ground> {
        let [standing, keys, erased] = rows else { return Err(sqlx::Error::RowNotFound.into()) };
        let (keys, old) = tickets::keys(keys, self.heads.keys().copied())?;
        let erased = erased::keys(erased)?.into_iter().collect();
        Ok(Ground { standing: Standing::of(standing)?, keys, erased, old })
    }

    /// Stores everything in one go, what is in the batch already first.
    async fn store(&self, tx: &mut SqliteConnection, mut batch: Batch, ground: &Ground, way: Way) -> Result<Settled> {
        self.put(&mut batch, ground, way)?;
        batch.run(tx).await?;
        if ground.standing.writes && !self.heads.is_empty() { self.settle(tx).await } else { Ok(Settled::default()) }
    }

    /// What is to be stored.
    fn put(&self, batch: &mut Batch, ground: &Ground, way: Way) -> Result<()> {
        people::put(batch, &self.people, way == Way::Feed)?;
        orders::put(batch, &self.orders, way == Way::Feed)?;
        saved_views::put(batch, &self.views)?;
        sync::keep_unknown(batch, &self.unknown)?;
        let keys = &ground.keys;
        let heads: Vec<(i64, &Ticket)> =
            self.heads.iter().filter_map(|(id, ticket)| Some((*keys.get(id)?, *ticket))).collect();
        tickets::make_way(batch, &ground.old)?;
        tickets::put(batch, &heads)?;
        tickets::tags::follow(batch, &heads, &self.changes, |id| keys.get(&id).copied())?;
        self.put_changes(batch, ground)
    }

    /// Takes own ops that landed out of the outbox, and lays those that did not over the heads again.
    async fn settle(&self, tx: &mut SqliteConnection) -> Result<Settled> {
        let of_changes = self.changes.iter().filter_map(|change| change.event.op_id);
        let of_threads = self.threads.iter().flat_map(|thread| thread.events.iter().filter_map(|event| event.op_id));
        let ops: Vec<Uuid> = of_changes.chain(of_threads).collect();
        let confirmed = outbox::confirmed(tx, &ops).await?;
        let mut touched = confirmed.tickets;
        let settled = Settled { outbox: !touched.is_empty(), sent_anyway: confirmed.sent_anyway };
        touched.extend(outbox::tickets_among(tx, self.heads.keys().copied()).await?);
        for ticket in touched {
            tickets::overlay(tx, ticket).await?;
        }
        Ok(settled)
    }

    /// Events with what they carried.
    fn put_changes(&self, batch: &mut Batch, ground: &Ground) -> Result<()> {
        let keys = &ground.keys;
        let (mut event_rows, mut message_rows, mut note_rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut whole = Vec::new();
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
            whole.push((key, thread.ticket.n));
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
        messages::read_since(batch, &whole)?;
        erased::follow(batch, &self.erased(ground))?;
        behind.queue(batch)
    }

    /// Tickets in which words may have to go: of which it is said now, or was before.
    fn erased(&self, ground: &Ground) -> Vec<i64> {
        let changes = self.changes.iter().filter(|change| is_erased(&change.event)).map(|change| change.ticket.id);
        let threads = self.threads.iter().filter(|thread| thread.events.iter().any(is_erased));
        let said: HashSet<Uuid> = changes.chain(threads.map(|thread| thread.ticket.id)).collect();
        self.heads
            .keys()
            .filter_map(|id| Some((id, *ground.keys.get(id)?)))
            .filter(|(id, key)| said.contains(id) || ground.erased.contains(key))
            .map(|(_, key)| key)
            .collect()
    }

    fn tells_of_erasure(&self) -> bool {
        self.changes.iter().any(|change| is_erased(&change.event))
    }

    /// Which of the changes were not here before, from the rows that storing them returned.
    fn new_among(&self, rows: &[SqliteRow], keys: &HashMap<Uuid, i64>) -> Result<HashSet<(Uuid, i64)>> {
        let new = rows.iter().map(events::key).collect::<Result<HashSet<_>>>()?;
        Ok(self
            .changes
            .iter()
            .filter(|change| keys.get(&change.ticket.id).is_some_and(|key| new.contains(&(*key, change.event.n))))
            .map(|change| (change.ticket.id, change.event.n))
            .collect())
    }
}
