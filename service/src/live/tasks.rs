//! The tasks behind the hub: the reader of the feed, the listener and the sender of NOTIFY, the heartbeat.

use std::time::{Duration, Instant};

use gemilang_protocol::{Frame, Time};
use sqlx::postgres::PgListener;
use sqlx::{Connection, Executor, PgConnection};
use tokio::time::MissedTickBehavior;

use super::{News, peers, tell};
use crate::domain::tickets;
use crate::feed::cursor::Position;
use crate::feed::read::{self, Item};
use crate::feed::sql::{Start, stand, starting_places};
use crate::feed::{Horizon, Place, generation};
use crate::{App, Result};

/// The channel between processes.
const CHANNEL: &str = "feed";
/// The net below the notifications, should one be lost.
const POLL: Duration = Duration::from_secs(1);
/// How far news stand apart while others are writing: reading the feed after each of a thousand commits a second costs
/// as much as the commits. Who writes alone is told of at once.
const TOGETHER: Duration = Duration::from_millis(4);
/// How long what was told at once may wait to be read: meanwhile it is on its way.
const SETTLE: Duration = Duration::from_millis(20);
/// How often readers are told to go on from a later place when that is all there is to say.
const MOVE: Duration = Duration::from_millis(250);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_millis(300);

/// Counts, takes the feed's place in the same snapshot, and starts the tasks. A second call does nothing.
///
/// # Errors
/// The database.
pub async fn start(app: &App) -> Result<()> {
    if app.hub.known().is_started {
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
        known.is_started = true;
        known.place = place;
        known.told = above.into_iter().collect();
        known.stats = stats;
        known.samples.sample(horizon, at);
        known.complete_to = known.samples.proven();
        known.heard = Some(heard);
    }
    let reader = Reader { line: Some(Line { connection, seen: Some(seen) }), moved: Instant::now(), behind: false };
    app.tasks.spawn(until_ending(app.clone(), reader.run(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), listen(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), send(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), beat(app.clone())));
    app.tasks.spawn(until_ending(app.clone(), super::presence::keep(app.clone())));
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
    /// The connection it reads by; gone after a failure.
    line: Option<Line>,
    /// When readers were last told to go on from a later place.
    moved: Instant,
    /// There is a later place that they were not told yet.
    behind: bool,
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
                () = settled(&app) => {}
                () = tokio::time::sleep(if self.behind { MOVE } else { POLL }) => {}
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
        let mut line = match self.line.take() {
            Some(line) => line,
            None => {
                let mut connection = app.hub_db.acquire().await?.detach();
                // Its files may have been copied back too: then what was told is not there, or stands elsewhere.
                let told = app.hub.known().rows();
                if !generation::stands(&mut connection, app.generation()).await?
                    || !stand(&mut connection, &told).await?
                {
                    tracing::error!("this is another database than before, or an earlier state of it: starting anew");
                    app.start_anew();
                    return Ok(());
                }
                Line { connection, seen: None }
            }
        };
        let heard = Instant::now();
        let mut first: Option<(Horizon, Time, String)> = None;
        let mut after = app.hub.known().place;
        loop {
            let batch = read::read(app, &mut line.connection, after, line.seen.as_deref()).await?;
            let full = batch.is_full();
            let (horizon, at, _) = first.get_or_insert((batch.horizon, batch.at, batch.snapshot));
            let (horizon, at) = (*horizon, *at);
            if let Some(item) = batch.items.last() {
                after = item.place;
            }
            self.tell(app, batch.items, horizon, (!full).then_some(at));
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

    /// Tells what was not told yet; `end` is when a reading that reached the feed's end began.
    fn tell(&mut self, app: &App, items: Vec<Item>, horizon: Horizon, end: Option<Time>) {
        let mut known = app.hub.known();
        let settled = |place: &Place| horizon.is_settled(*place, app.generation());
        let mut to = items.iter().map(|item| item.place).rfind(settled).map_or(known.place, |to| to.max(known.place));
        let fresh = known.fresh(items);
        let mut complete_to = None;
        if let Some(at) = end {
            // Rows told earlier are settled too once the horizon has passed them.
            to = known.told.iter().copied().rfind(settled).map_or(to, |told| told.max(to));
            known.samples.sample(horizon, at);
            complete_to = known.samples.proven();
            known.complete_to = complete_to;
        }
        let told = known.told.last().copied().filter(|told| *told > to);
        let to = Position { base: to, told, ..Position::default() };
        let is_still = fresh.is_empty() && to == known.position();
        // What was told at once needs no second frame right after it only to say where to go on from.
        self.behind = fresh.is_empty() && !is_still && self.moved.elapsed() < MOVE;
        if self.behind || is_still {
            return;
        }
        self.moved = Instant::now();
        tell::tell(app, &mut known, to, fresh, complete_to);
    }
}

/// Waits until something was told at once, and a little longer.
async fn settled(app: &App) {
    app.hub.0.settle.notified().await;
    tokio::time::sleep(SETTLE).await;
}

/// Waits for those who are writing, unless the last news are long enough ago.
async fn together(app: &App, last: Instant) {
    if !app.hub.is_quiet() {
        tokio::time::sleep_until((last + TOGETHER).into()).await;
    }
}

/// Hears from other processes.
async fn listen(app: App) {
    loop {
        if let Err(error) = listen_once(&app).await {
            tracing::warn!(%error, "not listening to other processes; trying again");
        }
        app.hub.0.peers.deaf();
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen_once(app: &App) -> Result<()> {
    let mut listener = PgListener::connect_with(&app.hub_db).await?;
    listener.listen(CHANNEL).await?;
    let own = app.hub.0.id.to_string();
    // What was said before we listened is in the feed.
    app.hub.0.wake.notify_one();
    notify(app, &peers::here(&app.hub.0.id)).await?;
    loop {
        let Some(said) = listener.try_recv().await? else {
            // The line was cut: so is what is said until it is back.
            app.hub.0.peers.deaf();
            app.hub.0.wake.notify_one();
            continue;
        };
        let said = said.payload();
        // If nobody else, one hears oneself.
        if app.hub.0.peers.listening(Instant::now()) {
            app.hub.0.wake.notify_one();
        }
        if !said.contains(&own) && app.hub.0.peers.heard(Instant::now()) {
            // Of what was committed here while nobody was there it hears now.
            app.hub.0.notify.notify_one();
        }
        if super::presence::is_ours(said) {
            super::presence::heard(app, said);
        } else if super::arrivals::is_ours(said) {
            if let Some(news) = super::arrivals::heard(said, &own) {
                // Nobody is listening is no error.
                let _ = app.hub.0.news.send(news);
            }
        } else if said != own && !peers::is_here(said) {
            // Of our own commits the hub knows already.
            app.hub.0.wake.notify_one();
        }
    }
}

/// Tells other processes, if there are any, once for however many commits there were meanwhile, outside of any transaction that writes.
async fn send(app: App) {
    let (own, here) = (app.hub.0.id.to_string(), peers::here(&app.hub.0.id));
    let mut last = Instant::now();
    let mut ticks = tokio::time::interval(peers::HERE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let said = tokio::select! {
            () = app.hub.0.notify.notified() => &own,
            _ = ticks.tick() => &here,
        };
        if *said == own {
            if !app.hub.0.peers.may_be_there(Instant::now()) {
                continue;
            }
            together(&app, last).await;
            last = Instant::now();
        }
        if let Err(error) = notify(&app, said).await {
            tracing::warn!(%error, "other processes will find the news by themselves");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Sends a notification, outside of any transaction that writes.
pub(super) async fn notify(app: &App, payload: &str) -> Result<()> {
    crate::feed::sql::notify(&app.hub_db, CHANNEL, payload).await
}

/// The heartbeat of all sockets.
async fn beat(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_secs(Frame::PING_SECONDS));
    loop {
        ticks.tick().await;
        let (at, complete_to) = app.hub.standing();
        let now = app.clock.now();
        let frame = Frame::Ping { at: now, complete_to, cursor: at.cursor() };
        let _ = app.hub.0.news.send(News::Ping { at, now, complete_to, text: tell::text(&frame) });
    }
}
