//! `desk.open_p95`, `desk.filter_p95`, `desk.search_p95`: what the page asks of the desk's core, of a replica that holds everything.

use std::time::{Duration, Instant};

use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::views::{Inbox, Line, Sort, TicketQuery};
use gemilang_replica::{Engine, Link, Replica, engine, link};

use crate::Failure;
use crate::figures::{Good, Report, micros, share};
use crate::service::House;

/// Within so many microseconds a conversation is opened and a list is narrowed: a frame.
const FRAME: f64 = 16_000.0;
/// Within so many a search is answered.
const SEARCH: f64 = 50_000.0;
/// How long the sync may take before this gives up.
const PATIENCE: Duration = Duration::from_secs(420);
/// How often each thing is asked.
const TIMES: u32 = 5;
/// Rows on a page, as the page asks for them.
const PAGE: u32 = 200;

/// What narrows the lists.
const NARROWED: [&str; 9] = [
    "",
    "status:open",
    "priority:urgent",
    "category:payment",
    "assignee:me",
    "assignee:nobody category:vendor",
    "status:resolved priority:high",
    "since:30d",
    "is:unread",
];
/// What is searched: words that are everywhere and rare ones, one that is being typed, names, operators among them.
const SEARCHED: [&str; 16] = [
    "akad",
    "tenda",
    "katering",
    "pelunasan",
    "ka",
    "rias ibu",
    "undangan",
    "wijaya",
    "adinda putri",
    "genset",
    "jam akad",
    "akad -tenda",
    "\"jam akad\"",
    "from:kartika",
    "akad status:resolved",
    "tenda before:2026-06-01",
];

/// Fills a replica from a service and asks it.
pub(crate) async fn measure(house: &House, report: &mut Report) -> Result<(), Failure> {
    let (_service, address) = house.serve().await?;
    let server = format!("http://{address}");
    let session = link::sign_in(&server, &house.email, &house.password).await?;
    let dir = tempfile::tempdir()?;
    let replica = Replica::open(&dir.path().join("desk.db"), session.user.clone()).await?;
    let engine = Engine::start(replica.clone(), Link::new(&server, &session.token)?, engine::Clock::system(), 1);
    let mut status = engine.status();
    tokio::time::timeout(PATIENCE, status.wait_for(|status| status.line == Line::Live)).await??;
    while replica.is_index_behind().await? {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    engine.stop().await;
    open(&replica, report).await?;
    filter(&replica, report).await?;
    search(&replica, report).await?;
    Ok(replica.close().await?)
}

/// Conversations from all over the list of active tickets.
async fn open(replica: &Replica, report: &mut Report) -> Result<(), Failure> {
    let active = TicketQuery { inbox: Inbox::Active, limit: PAGE, ..TicketQuery::default() };
    let total = replica.tickets(&active).await?.total;
    let mut times = Vec::new();
    let mut messages = 0;
    for step in 0..10 {
        let offset = u32::try_from(total * step / 10)?;
        for row in replica.tickets(&TicketQuery { offset, limit: 30, ..active.clone() }).await?.rows {
            let begun = Instant::now();
            let thread = replica.thread(row.id).await?;
            times.push(begun.elapsed());
            messages += thread.messages.len();
        }
    }
    let note = format!("{} conversations of {total} active tickets, {messages} messages", times.len());
    tell("desk.open_p95", &mut times, FRAME, &note, report);
    Ok(())
}

/// A page of every view in every order, at its beginning, its middle and its end, narrowed in all ways.
async fn filter(replica: &Replica, report: &mut Report) -> Result<(), Failure> {
    let views =
        [Inbox::Mine, Inbox::Unassigned, Inbox::Urgent, Inbox::Waiting, Inbox::Active, Inbox::Closed, Inbox::All];
    let (mut times, mut slowest) = (Vec::new(), (Duration::ZERO, String::new()));
    for inbox in views {
        for sort in Sort::ALL {
            for q in NARROWED {
                let query = TicketQuery {
                    inbox,
                    sort,
                    q: q.to_owned(),
                    calendar: today(),
                    limit: PAGE,
                    ..TicketQuery::default()
                };
                let total = u32::try_from(replica.tickets(&query).await?.total)?;
                for offset in [0, total / 2, total.saturating_sub(PAGE)] {
                    let query = TicketQuery { offset, ..query.clone() };
                    let took = middle(async || replica.tickets(&query).await.map(drop)).await?;
                    if took > slowest.0 {
                        slowest = (took, format!("{inbox:?} by {sort:?} `{q}` from {offset}"));
                    }
                    times.push(took);
                }
            }
        }
    }
    let all = replica.tickets(&TicketQuery { inbox: Inbox::All, limit: 1, ..TicketQuery::default() }).await?.total;
    let note = format!("{} lists of {all} tickets, slowest {}", times.len(), slowest.1);
    tell("desk.filter_p95", &mut times, FRAME, &note, report);
    Ok(())
}

async fn search(replica: &Replica, report: &mut Report) -> Result<(), Failure> {
    let (mut times, mut hits, mut slowest) = (Vec::new(), 0, (Duration::ZERO, ""));
    for q in SEARCHED {
        for _ in 0..TIMES {
            let begun = Instant::now();
            let found = replica.search(q, today()).await?;
            let took = begun.elapsed();
            times.push(took);
            hits += found.hits.len();
            if took > slowest.0 {
                slowest = (took, q);
            }
        }
    }
    let note = format!("{} searches, {hits} hits told, slowest `{}`", times.len(), slowest.1);
    tell("desk.search_p95", &mut times, SEARCH, &note, report);
    Ok(())
}

fn tell(name: &'static str, times: &mut [Duration], limit: f64, note: &str, report: &mut Report) {
    let (p50, p95) = (micros(share(times, 0.5)), micros(share(times, 0.95)));
    let most = micros(share(times, 1.0));
    let note = format!("in the core, {note}; p50 {p50:.0} us, most {most:.0} us; limit: {limit:.0} us");
    report.add((name, "us"), (p95, limit), (Good::Low, 1.0), true, note);
}

/// Of a few times the middle one: others use this machine too.
async fn middle(mut ask: impl AsyncFnMut() -> Result<(), gemilang_replica::ReplicaError>) -> Result<Duration, Failure> {
    let mut times = Vec::new();
    for _ in 0..3 {
        let begun = Instant::now();
        ask().await?;
        times.push(begun.elapsed());
    }
    Ok(share(&mut times, 0.5))
}

fn today() -> Calendar {
    Calendar { today: chrono::Utc::now().date_naive(), ..Calendar::default() }
}
