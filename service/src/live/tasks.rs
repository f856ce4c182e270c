//! The tasks behind the hub: the reader of the feed, the listener and the sender of NOTIFY, the heartbeat.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use gemilang_protocol::{EventBody, Frame, Page, Row, Stats, Status};
use sqlx::postgres::PgListener;
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use super::{News, Shared};
use crate::domain::tickets;
use crate::feed::read::{self, Item};
use crate::feed::sql::{Start, starting_places};
use crate::feed::{Horizon, Place};
use crate::{App, Result};

/// The channel between processes.
const CHANNEL: &str = "feed";
/// The net below the notifications, should one be lost.
const POLL: Duration = Duration::from_secs(1);
/// How far news stand apart while others are writing: reading the feed after each of a thousand commits a second costs
/// as much as the commits. Who writes alone is told of at once.
const TOGETHER: Duration = Duration::from_millis(4);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_millis(300);

/// Counts, takes the feed's place in the same snapshot, and starts the tasks. A second call does nothing.
///
/// # Errors
/// The database.
pub async fn start(app: &App) -> Result<()> {
    if app.hub.0.started.load(Ordering::Acquire) {
        return Ok(());
    }
    let mut connection = app.hub_db.acquire().await?.detach();
    let mut snapshot = connection.begin_with("begin isolation level repeatable read read only").await?;
    // Over a million tickets a count may take longer than a request may; it is made once.
    snapshot.execute("set local statement_timeout = 0").await?;
    let (at, heard) = (app.clock.now(), Instant::now());
    let Start { base: place, above, horizon, snapshot: seen } =
        starting_places(&mut snapshot, app.generation()).await?;
    let stats = tickets::list::sql::count(&mut *snapshot).await?;
    snapshot.commit().await?;
    let is_older = place.generation < app.generation() && place != Place::START;
    let place = if is_older { Place::start_of(app.generation()) } else { place };
    {
        let mut known = app.hub.known();
        known.place = place;
        known.stats = stats;
        known.samples.sample(horizon, at);
        known.complete_to = known.samples.complete_to(horizon, at);
        known.heard = Some(heard);
    }
    let reader = Reader { place, told: above.into_iter().collect(), line: Some(Line { connection, seen: Some(seen) }) };
    app.hub.0.started.store(true, Ordering::Release);
    app.tasks.spawn(until_ending(app.clone(), reader.run(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), listen(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), send(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), beat(app.clone())));
    Ok(())
}

async fn until_ending(app: App, work: impl Future<Output = ()> + Send) {
    tokio::select! {
        () = work => {}
        () = app.ending.cancelled() => {}
    }
}

/// Reads the feed, once for all.
struct Reader {
    /// Every row up to here was told.
    place: Place,
    /// Rows above it that were told already.
    told: BTreeSet<Place>,
    /// The connection it reads by; gone after a failure.
    line: Option<Line>,
}

/// A connection of the reader's own, and what it may take for granted for as long as it holds.
struct Line {
    connection: PgConnection,
    /// A snapshot all of whose rows were told. While a long transaction holds the place, rows above it are not read again.
    /// It says nothing after a crash of the database: recovery gives away anew the transaction ids of whatever had not
    /// reached the disk. A crash ends every connection, so the snapshot goes with this one.
    seen: Option<String>,
}

impl Reader {
    async fn run(mut self, app: App) {
        let mut last = Instant::now();
        loop {
            tokio::select! {
                () = app.hub.0.wake.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
            together(&app, last).await;
            let passed = self.pass(&app).await;
            last = Instant::now();
            if let Err(error) = passed {
                self.line = None;
                // What was said meanwhile will be heard; until then nobody is taken for signed in.
                app.sessions.forget_all();
                tracing::warn!(%error, "the feed cannot be read; trying again");
                tokio::time::sleep(PAUSE).await;
                app.hub.0.wake.notify_one();
            }
        }
    }

    /// Reads all that is there after the place reached, and tells what was not told yet.
    async fn pass(&mut self, app: &App) -> Result<()> {
        let generation = app.generation();
        let mut line = match self.line.take() {
            Some(line) => line,
            None => Line { connection: app.hub_db.acquire().await?.detach(), seen: None },
        };
        let heard = Instant::now();
        let mut first: Option<(Horizon, gemilang_protocol::Time, String)> = None;
        let mut after = self.place;
        loop {
            let batch = read::read(app, &mut line.connection, after, line.seen.as_deref()).await?;
            let full = batch.is_full();
            let (horizon, at, _) = first.get_or_insert((batch.horizon, batch.at, batch.snapshot));
            let (horizon, at) = (*horizon, *at);
            let settled = |place: &Place| horizon.is_settled(*place, generation);
            let mut to = batch.items.iter().map(|item| item.place).rfind(settled).unwrap_or(self.place);
            if !full {
                // Rows told earlier are settled too once the horizon has passed them.
                to = self.told.iter().copied().rfind(settled).map_or(to, |told| told.max(to));
            }
            if let Some(item) = batch.items.last() {
                after = item.place;
            }
            let fresh: Vec<Item> = batch.items.into_iter().filter(|item| !self.told.contains(&item.place)).collect();
            self.told.extend(fresh.iter().map(|item| item.place));
            let from = self.place;
            self.place = to;
            self.told = self.told.split_off(&to);
            self.told.remove(&to);
            self.tell(app, from, fresh, (!full).then_some((horizon, at)));
            if !full {
                break;
            }
        }
        // Later pages saw more than the first snapshot, never less: all that was visible in it is told.
        line.seen = first.map(|(_, _, snapshot)| snapshot);
        app.hub.known().heard = Some(heard);
        self.line = Some(line);
        Ok(())
    }

    fn tell(&self, app: &App, from: Place, fresh: Vec<Item>, end: Option<(Horizon, gemilang_protocol::Time)>) {
        let complete_to = {
            let mut known = app.hub.known();
            known.place = self.place;
            for item in &fresh {
                fold(&mut known.stats, item);
            }
            if let Some((horizon, at)) = end {
                known.samples.sample(horizon, at);
                known.complete_to = known.samples.complete_to(horizon, at);
                known.complete_to
            } else {
                None
            }
        };
        if fresh.is_empty() && from == self.place {
            return;
        }
        let ended: Vec<Uuid> = fresh.iter().filter_map(|item| item.ended).collect();
        let rows: Vec<Row> = fresh.into_iter().filter_map(|item| item.row).collect();
        let mut tickets = BTreeSet::new();
        let mut people = Vec::new();
        for row in &rows {
            match row {
                Row::Ticket(change) => {
                    tickets.insert(change.ticket.id);
                }
                Row::Person(person) => people.push((person.id, person.active.then_some(person.role))),
                Row::Order(_) | Row::Thread(_) | Row::Head(_) | Row::Unknown => {}
            }
        }
        // Before anybody hears of it: whoever comes back at once is looked up anew.
        app.sessions.forget(&ended, &people.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        let frame =
            Frame::Page(Page { from: Some(from.cursor()), to: self.place.cursor(), rows, more: false, complete_to });
        let text = text(&frame);
        let Frame::Page(page) = frame else { return };
        // Nobody is listening is no error.
        let _ = app.hub.0.news.send(News::Rows(Arc::new(Shared {
            from,
            to: self.place,
            rows: page.rows,
            tickets,
            people,
            ended,
            complete_to,
            text,
        })));
    }
}

/// A frame as text.
fn text(frame: &Frame) -> Utf8Bytes {
    // Plain data with string keys always becomes JSON.
    serde_json::to_string(frame).unwrap_or_default().into()
}

/// Changes the counts by one event; in whatever order, the sum is the same.
fn fold(stats: &mut Stats, item: &Item) {
    stats.urgent += i64::from(item.urgent);
    let Some(Row::Ticket(change)) = &item.row else {
        return;
    };
    match &change.event.body {
        EventBody::Created { .. } => {
            stats.total += 1;
            *count(stats, Status::Open) += 1;
        }
        EventBody::Status { from, to, .. } => {
            *count(stats, *from) -= 1;
            *count(stats, *to) += 1;
        }
        _ => {}
    }
}

fn count(stats: &mut Stats, status: Status) -> &mut i64 {
    match status {
        Status::Open => &mut stats.open,
        Status::InProgress => &mut stats.in_progress,
        Status::WaitingCustomer => &mut stats.waiting_customer,
        Status::Resolved => &mut stats.resolved,
        Status::Closed => &mut stats.closed,
    }
}

/// Waits for those who are writing, unless the last news are long enough ago.
async fn together(app: &App, last: Instant) {
    if app.hub.0.writing.load(Ordering::Relaxed) > 0 {
        tokio::time::sleep_until((last + TOGETHER).into()).await;
    }
}

/// Hears from other processes.
async fn listen(app: App) {
    loop {
        if let Err(error) = listen_once(&app).await {
            tracing::warn!(%error, "not listening to other processes; trying again");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen_once(app: &App) -> Result<()> {
    let mut listener = PgListener::connect_with(&app.hub_db).await?;
    listener.listen(CHANNEL).await?;
    let own = app.hub.0.id.to_string();
    // What was said before we listened is in the feed.
    app.hub.0.wake.notify_one();
    loop {
        match listener.try_recv().await? {
            // So is what was said while the line was cut.
            None => app.hub.0.wake.notify_one(),
            // Of our own commits the hub knows already.
            Some(said) if said.payload() == own => {}
            Some(_) => app.hub.0.wake.notify_one(),
        }
    }
}

/// Tells other processes, once for however many commits there were meanwhile, outside of any transaction that writes.
async fn send(app: App) {
    let own = app.hub.0.id.to_string();
    let mut last = Instant::now();
    loop {
        app.hub.0.notify.notified().await;
        together(&app, last).await;
        last = Instant::now();
        if let Err(error) = crate::feed::sql::notify(&app.hub_db, CHANNEL, &own).await {
            tracing::warn!(%error, "other processes will find the news by themselves");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// The heartbeat of all sockets.
async fn beat(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_secs(Frame::PING_SECONDS));
    loop {
        ticks.tick().await;
        let (at, complete_to) = app.hub.standing();
        let now = app.clock.now();
        let frame = Frame::Ping { at: now, complete_to, cursor: at.cursor() };
        let _ = app.hub.0.news.send(News::Ping { at, now, complete_to, text: text(&frame) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_whose_ticket_is_gone_changes_only_what_it_says() {
        let mut stats = Stats { urgent: 2, ..Stats::default() };
        let item = Item { place: Place::START, row: None, urgent: -1, ended: None };
        fold(&mut stats, &item);
        assert_eq!(stats, Stats { urgent: 1, ..Stats::default() });
    }
}
