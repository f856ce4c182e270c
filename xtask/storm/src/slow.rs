//! Slow transactions, as an import or an operator at a prompt makes them: they take their number early and commit late, so that what began after them is visible before.

use std::collections::BTreeMap;
use std::time::Duration;

use sqlx::{Connection, PgConnection, query};
use tokio::sync::watch;

use crate::Failure;
use crate::chance::Chance;
use crate::house::Account;
use crate::restore::Restores;
use crate::staff::Board;
use crate::tally::Tally;

/// Between two of them, on average.
const PAUSE: Duration = Duration::from_millis(300);
/// How long an import holds its transaction open.
const IMPORT: (u64, u64) = (20, 900);
/// How long a row is held, with everybody who wants to write on that ticket behind it.
const ROW: (u64, u64) = (20, 250);

/// Changes orders as the main platform's import does, until the day is over. Answers the venue of each as it was committed for certain.
pub async fn import(
    seed: u64,
    database: String,
    customers: Vec<Account>,
    tally: Tally,
    restores: Restores,
    over: watch::Receiver<bool>,
) -> BTreeMap<String, String> {
    let mut chance = Chance::of(seed, "import", 0);
    let mut certain = BTreeMap::new();
    let (mut line, mut restored) = (None, 0);
    for turn in 1_u64.. {
        tokio::time::sleep(chance.wait(PAUSE)).await;
        if restored != restores.count() {
            restored = restores.count();
            certain.clear();
        }
        if *over.borrow() {
            break;
        }
        let _turn = restores.turn().await;
        let Some(order) = chance.one_of(&customers).map(|account| account.order.clone()) else { break };
        let (venue, span, gives_up) = (format!("Gedung {turn}"), chance.millis(IMPORT.0, IMPORT.1), chance.percent(10));
        // Until it is known what became of it.
        certain.remove(&order);
        match import_one(&mut line, &database, &order, &venue, span, gives_up).await {
            Ok(()) if gives_up => tally.add("slow.rolled_back"),
            Ok(()) => {
                certain.insert(order, venue);
                tally.add("slow.import");
            }
            Err(_) => line = None,
        }
    }
    certain
}

async fn connected<'a>(line: &'a mut Option<PgConnection>, database: &str) -> Result<&'a mut PgConnection, Failure> {
    if line.is_none() {
        *line = Some(PgConnection::connect(database).await?);
    }
    line.as_mut().ok_or_else(|| "no connection".into())
}

async fn import_one(
    line: &mut Option<PgConnection>,
    database: &str,
    order: &str,
    venue: &str,
    span: Duration,
    gives_up: bool,
) -> Result<(), Failure> {
    let mut transaction = connected(line, database).await?.begin().await?;
    query(
        "with changed as (update orders set venue = $2, updated_at = now() where number = $1 returning id)
         insert into record_events (kind, record_id, generation)
         select 'order', id, (select max(generation) from feed_generations) from changed",
    )
    .bind(order)
    .bind(venue)
    .execute(&mut *transaction)
    .await?;
    tokio::time::sleep(span).await;
    let ended = if gives_up { transaction.rollback().await } else { transaction.commit().await };
    Ok(ended?)
}

/// Holds rows of tickets, until the day is over.
pub async fn hold_rows(seed: u64, database: String, board: Board, tally: Tally, over: watch::Receiver<bool>) {
    let mut chance = Chance::of(seed, "rows", 0);
    let mut line = None;
    loop {
        tokio::time::sleep(chance.wait(PAUSE)).await;
        if *over.borrow() {
            return;
        }
        let Some(ticket) = chance.one_of(&board.all()).copied() else { continue };
        let span = chance.millis(ROW.0, ROW.1);
        let held = async {
            let mut transaction = connected(&mut line, &database).await?.begin().await?;
            query("select from support_tickets where id = $1 for update")
                .bind(ticket)
                .execute(&mut *transaction)
                .await?;
            tokio::time::sleep(span).await;
            transaction.rollback().await?;
            Ok::<_, Failure>(())
        };
        match held.await {
            Ok(()) => tally.add("slow.held_row"),
            Err(_) => line = None,
        }
    }
}
