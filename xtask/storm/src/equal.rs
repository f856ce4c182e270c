//! Everything is everywhere: every conversation on every desk is what the service says it is, and every desk's file is whole.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gemilang_protocol::desk::views::{Line, OpState, Thread};
use gemilang_protocol::sync::{Row, WholeThread};
use gemilang_protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION, Time};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row as _, query};
use uuid::Uuid;

use crate::Failure;
use crate::desk::Desk;
use crate::findings::Findings;
use crate::house::until;
use crate::words::{Answer, Ask};

/// Desk and service hold the same.
pub const EQUAL: &str = "every replica equals the database";
/// A desk comes back by itself.
pub const BACK: &str = "every desk is live and complete again";
/// The file of a desk.
pub const FILE: &str = "every replica file is whole, and its events without a gap";

/// A desk comes back within this time.
const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until a desk says that it is live, holds everything up to `to`, and has nothing on its way.
pub async fn caught_up(desk: &Desk, to: Time, findings: &Findings) {
    findings.looked(BACK, 1);
    let mut last = String::new();
    let back = until("a desk to be back", PATIENCE, async || {
        let Some(Answer::Status(status)) = desk.ask(Ask::Status).await else { return false };
        let Some(Answer::Outbox(unsent)) = desk.ask(Ask::Outbox).await else { return false };
        let on_its_way = unsent.iter().filter(|item| !matches!(item.state, OpState::Failed | OpState::Held)).count();
        last = format!("{status:?}, {on_its_way} on their way");
        status.line == Line::Live && status.complete_to.is_some_and(|at| at >= to) && on_its_way == 0
    });
    if back.await.is_err() {
        findings.wrong(BACK, format!("desk {} after {PATIENCE:?}: {last}, wanted up to {to}", desk.nth));
    }
}

/// Every conversation as the service tells it.
///
/// # Errors
/// The service cannot be asked.
pub async fn conversations(
    service: &str,
    token: &str,
    tickets: &[Uuid],
) -> Result<BTreeMap<Uuid, WholeThread>, Failure> {
    let http = reqwest::Client::new();
    let mut all = BTreeMap::new();
    for ticket in tickets {
        let request = http.get(format!("{service}/sync/v1/thread/{ticket}")).bearer_auth(token);
        let answer = request.header(PROTOCOL_HEADER, PROTOCOL_VERSION).send().await?.error_for_status()?;
        let Row::Thread(thread) = answer.json().await? else {
            return Err(format!("ticket {ticket} was asked for and answered with something else").into());
        };
        all.insert(*ticket, *thread);
    }
    Ok(all)
}

/// Holds every conversation on a desk against the service's.
pub async fn compare(
    desk: &Arc<Desk>,
    truth: &BTreeMap<Uuid, WholeThread>,
    venues: &BTreeMap<String, String>,
    findings: &Findings,
) {
    for (ticket, there) in truth {
        findings.looked(EQUAL, 1);
        let Some(Answer::Thread(here)) = desk.ask(Ask::Thread { ticket: *ticket }).await else {
            findings.wrong(EQUAL, format!("desk {} cannot show ticket {ticket}", desk.nth));
            continue;
        };
        let Some(here) = here else {
            findings.wrong(EQUAL, format!("desk {} has no ticket {ticket}", desk.nth));
            continue;
        };
        if let Some(what) = difference(&here, there, venues) {
            findings.wrong(EQUAL, format!("desk {}, ticket {ticket}: {what}", desk.nth));
        }
    }
}

/// The first thing that is different.
fn difference(here: &Thread, there: &WholeThread, venues: &BTreeMap<String, String>) -> Option<String> {
    if here.ticket != there.ticket {
        return Some(format!("the head is {:?}, at the service {:?}", here.ticket, there.ticket));
    }
    if let Some(what) = unlike("message", &here.messages, &there.messages, |it| (it.n, it.id)) {
        return Some(what);
    }
    if let Some(what) = unlike("note", &here.notes, &there.notes, |it| (it.n, it.id)) {
        return Some(what);
    }
    let told: Vec<_> = there.events.iter().filter(|event| !event.body.is_silent()).cloned().collect();
    if let Some(what) = unlike("event", &here.events, &told, |it| (it.n, it.op_id.unwrap_or_default())) {
        return Some(what);
    }
    let number = there.ticket.order.as_ref()?;
    let (here, there) = (here.order.as_ref().map(|order| &order.venue), venues.get(number));
    (here != there || here.is_none()).then(|| format!("order {number} is at {here:?}, in the tables at {there:?}"))
}

fn unlike<T: PartialEq + std::fmt::Debug>(
    what: &str,
    here: &[T],
    there: &[T],
    name: impl Fn(&T) -> (i64, Uuid),
) -> Option<String> {
    if here == there {
        return None;
    }
    let names = |all: &[T]| all.iter().map(&name).collect::<Vec<_>>();
    let (mine, theirs) = (names(here), names(there));
    let missing: Vec<_> = theirs.iter().filter(|it| !mine.contains(it)).collect();
    let more: Vec<_> = mine.iter().filter(|it| !theirs.contains(it)).collect();
    let other = here.iter().zip(there).find(|(here, there)| here != there);
    Some(format!("{what}s: missing {missing:?}, too many {more:?}, first unlike {other:?}"))
}

/// Looks at every page of a file that was closed well, and at the numbers of the events in it.
///
/// # Errors
/// It cannot be opened.
pub async fn file(nth: usize, file: &Path, findings: &Findings) -> Result<(), Failure> {
    findings.looked(FILE, 1);
    let mut replica = SqliteConnectOptions::new().filename(file).read_only(true).connect().await?;
    let found: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&mut replica).await?;
    if found != "ok" {
        findings.wrong(FILE, format!("desk {nth}: {found}"));
    }
    let gaps = query(
        "select t.number, t.n, count(e.n) as events, min(e.n) as lowest, max(e.n) as highest
        from tickets t join events e on e.ticket_key = t.key group by t.key
        having events <> highest or lowest <> 1 or highest <> t.n",
    )
    .fetch_all(&mut replica)
    .await?;
    for row in &gaps {
        let (number, n, events): (i64, i64, i64) = (row.try_get("number")?, row.try_get("n")?, row.try_get("events")?);
        let (lowest, highest): (i64, i64) = (row.try_get("lowest")?, row.try_get("highest")?);
        let what = format!("desk {nth}: GW-{number} is at {n} and has {events} events from {lowest} to {highest}");
        findings.wrong(FILE, what);
    }
    Ok(())
}
