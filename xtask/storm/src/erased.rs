//! What a customer had erased is nowhere: in no table of the service, and in no file of a desk, whatever it was doing at the time.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, query_scalar};

use crate::Failure;
use crate::customer::LEAVER;
use crate::findings::Findings;
use crate::house::{House, until};
use crate::truth::Truth;

/// Erased is erased.
pub const ERASED: &str = "what was erased is on no desk";

/// An erasure that a kill has cut off is finished by whoever begins to serve.
const FINISHED: Duration = Duration::from_secs(30);

/// Where a replica keeps what others said, and under which name.
const PLACES: [(&str, &str); 9] = [
    ("tickets", "head"),
    ("messages", "message"),
    ("messages", "sender_name"),
    ("events", "event"),
    ("outbox", "unseen"),
    ("outbox", "winner"),
    ("unknown_rows", "\"row\""),
    ("people", "person"),
    ("orders", "\"order\""),
];

/// What is looked for: the mark of their words, and their name.
fn traces(house: &House) -> [String; 2] {
    let name = house.customers.get(LEAVER).map(|account| account.user.name.clone()).unwrap_or_default();
    [format!("[k{LEAVER}-"), name]
}

/// Waits until every erasure that was asked for is done.
///
/// # Errors
/// A service does not start; an erasure is not finished.
pub async fn finish(house: &House) -> Result<(), Failure> {
    let open = async || match Truth::open(&house.database).await {
        Ok(mut truth) => truth.open_erasures().await.unwrap_or(1),
        Err(_) => 1,
    };
    if open().await > 0
        && let Some(service) = house.services.first()
    {
        service.kill().await;
        service.start(house).await?;
        house.ready().await?;
    }
    until("the erasures to be finished", FINISHED, async || open().await == 0).await
}

/// Looks through a file that was closed well.
///
/// # Errors
/// It cannot be opened.
pub async fn file(house: &House, nth: usize, file: &Path, findings: &Findings) -> Result<(), Failure> {
    let mut replica = SqliteConnectOptions::new().filename(file).read_only(true).connect().await?;
    for trace in traces(house) {
        for (table, column) in PLACES {
            let count = format!("select count(*) from {table} where instr({column}, ?) > 0");
            let there: i64 = query_scalar(AssertSqlSafe(count)).bind(&trace).fetch_one(&mut replica).await?;
            findings.looked(ERASED, 1);
            if there > 0 {
                findings.wrong(ERASED, format!("desk {nth}: {trace:?} stands in {there} of {table}.{column}"));
            }
        }
    }
    // What is queued is written anew before it is found the next time.
    let found: i64 = query_scalar(
        "select count(*) from search join search_places p on p.place = search.rowid
        where search match ? and not exists (select 1 from search_queue q
            where q.ticket_key = p.ticket_key and q.chunk = p.chunk)",
    )
    .bind(format!("\"k{LEAVER}\""))
    .fetch_one(&mut replica)
    .await?;
    if found > 0 {
        findings.wrong(ERASED, format!("desk {nth}: a search finds it in {found} documents"));
    }
    Ok(())
}
