//! Watching while the storm blows: the tables for copies and order, the desks for claims that run ahead of the truth. What is found at once need not be searched for at the end.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::Time;
use tokio::sync::watch;

use crate::audit::Audit;
use crate::desk::Desk;
use crate::findings::Findings;
use crate::ledger::Ledger;
use crate::restore::Restores;
use crate::truth::Truth;
use crate::words::{Answer, Ask};

/// "Complete up to" is never ahead of the truth.
pub const CLAIM: &str = "\"complete up to\" is never ahead";

/// Between two looks.
const LOOK: Duration = Duration::from_millis(700);
/// Texts are looked at again for so long: a transaction is never older.
const OVERLAP: TimeDelta = TimeDelta::seconds(15);
/// Messages that claims are held against were told within this time.
const FRESH: TimeDelta = TimeDelta::seconds(12);

/// Looks into the tables until the day is over; answers what was seen.
pub async fn tables(
    database: String,
    ledger: Ledger,
    findings: Findings,
    restores: Restores,
    mut over: watch::Receiver<bool>,
) -> (Audit, Time) {
    let mut audit = Audit::default();
    let mut since = Time::UNIX_EPOCH;
    while tokio::time::timeout(LOOK, over.wait_for(|over| *over)).await.is_err() {
        let _turn = restores.turn().await;
        let now = chrono::Utc::now();
        // While the database is away there is nothing to see.
        let Ok(mut truth) = Truth::open(&database).await else { continue };
        if let Ok(texts) = truth.texts_since(since).await {
            audit.add(&texts, &ledger.read(), &findings);
            since = now - OVERLAP;
        }
    }
    (audit, since)
}

/// Asks one desk after the other what it claims, until the day is over.
pub async fn claims(
    desks: Vec<Arc<Desk>>,
    ledger: Ledger,
    findings: Findings,
    restores: Restores,
    mut over: watch::Receiver<bool>,
) {
    for desk in desks.iter().cycle() {
        if tokio::time::timeout(LOOK, over.wait_for(|over| *over)).await.is_ok() {
            return;
        }
        let _turn = restores.turn().await;
        claim(desk, &ledger, &findings).await;
    }
}

/// Holds what a desk claims against what customers were told.
async fn claim(desk: &Desk, ledger: &Ledger, findings: &Findings) {
    let told = ledger.told_since(chrono::Utc::now() - FRESH);
    let messages = told.iter().map(|(ticket, id, _)| (*ticket, *id)).collect();
    let Some(Answer::Claim { complete_to: Some(to), missing }) = desk.ask(Ask::Claim { messages }).await else {
        return;
    };
    findings.looked(CLAIM, told.len());
    for (ticket, id, at) in told {
        // What a customer was told at `at` was committed before.
        if at < to && missing.contains(&id) {
            let what = format!(
                "desk {} claims to be complete up to {to}, and message {id} of ticket {ticket}, told as sent at {at}, is missing",
                desk.nth
            );
            findings.wrong(CLAIM, what);
        }
    }
}
