//! Events: what the core tells its page, batched, so that a flood of rows costs the page one reading per frame.

use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::Company;
use gemilang_protocol::desk::changes::{CHANGED, COMPANY, Changed, SYNC_STATUS};
use gemilang_protocol::desk::views::SyncStatus;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, timeout_at};

use crate::desk::Desk;

/// One frame of the screen.
const FRAME: Duration = Duration::from_millis(16);
/// "Complete up to" alone is told this far apart: a time that is behind says no more than it may.
const PEACE: TimeDelta = TimeDelta::seconds(10);
/// With more tickets than this in one batch, reading everything again is less work.
const MANY: usize = 200;

/// Tells the page about changes until the replica is closed.
pub(crate) async fn tell_changes(app: AppHandle, mut changes: broadcast::Receiver<Changed>) {
    while let Some(first) = next(&mut changes).await {
        let mut batch = first;
        let frame_ends = Instant::now() + FRAME;
        while let Ok(Some(more)) = timeout_at(frame_ends, next(&mut changes)).await {
            merge(&mut batch, more);
        }
        emit(&app, CHANGED, batch);
    }
}

/// Tells the page where sync stands until the engine ends.
pub(crate) async fn tell_status(app: AppHandle, mut status: watch::Receiver<SyncStatus>) {
    let mut told: Option<SyncStatus> = None;
    loop {
        let now = status.borrow_and_update().clone();
        if told.as_ref().is_none_or(|told| is_news(told, &now)) {
            emit(&app, SYNC_STATUS, now.clone());
            told = Some(now);
        }
        if status.changed().await.is_err() {
            return;
        }
    }
}

/// Whether it is worth drawing: that all is well goes on by itself, and a screen that is drawn for it wakes a computer.
fn is_news(told: &SyncStatus, now: &SyncStatus) -> bool {
    let same = SyncStatus { complete_to: told.complete_to, ..now.clone() } == *told;
    let moved = now.complete_to.zip(told.complete_to).map(|(now, told)| now - told);
    !same || moved.is_none_or(|moved| moved >= PEACE)
}

/// Tells the page who else is there until the engine ends; several moves within a frame are told once.
pub(crate) async fn tell_company(app: AppHandle, mut company: watch::Receiver<Company>) {
    while company.changed().await.is_ok() {
        tokio::time::sleep(FRAME).await;
        let now = company.borrow_and_update().clone();
        emit(&app, COMPANY, now);
    }
    emit(&app, COMPANY, Company::default());
}

/// The next change; after a lag everything has to be read again.
async fn next(changes: &mut broadcast::Receiver<Changed>) -> Option<Changed> {
    match changes.recv().await {
        Ok(changed) => Some(changed),
        Err(RecvError::Lagged(_)) => {
            Some(Changed { records: true, views: true, outbox: true, all: true, ..Changed::default() })
        }
        Err(RecvError::Closed) => None,
    }
}

fn merge(batch: &mut Changed, more: Changed) {
    batch.records |= more.records;
    batch.views |= more.views;
    batch.outbox |= more.outbox;
    batch.all |= more.all;
    batch.sent_anyway.extend(more.sent_anyway);
    for ticket in more.tickets {
        if !batch.tickets.contains(&ticket) {
            batch.tickets.push(ticket);
        }
    }
    if batch.all || batch.tickets.len() > MANY {
        batch.all = true;
        batch.tickets.clear();
    }
}

/// Sends an event; a page that is not there misses nothing, for it reads everything when it comes.
pub(crate) fn emit(app: &AppHandle, name: &str, what: impl serde::Serialize + Clone) {
    if let Err(error) = app.emit(name, what) {
        tracing::error!(%error, name, "the page could not be told");
    }
    // What the page shows of it, the tray shows as well.
    if let Some(desk) = app.try_state::<Desk>() {
        desk.look_again();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_flood_becomes_one_reading() {
        let (sender, mut changes) = broadcast::channel(4);
        for n in 0..9_u128 {
            let _ = sender.send(Changed { tickets: vec![Uuid::from_u128(n)], ..Changed::default() });
        }
        let first = next(&mut changes).await;
        assert!(first.is_some_and(|changed| changed.all), "what was missed is read again");
    }

    #[test]
    fn batches_keep_what_they_merge() {
        let one = Uuid::from_u128(1);
        let mut batch = Changed { tickets: vec![one], ..Changed::default() };
        merge(&mut batch, Changed { tickets: vec![one, Uuid::from_u128(2)], outbox: true, ..Changed::default() });
        assert_eq!(batch.tickets.len(), 2);
        assert!(batch.outbox && !batch.all);
        let many = (0..300).map(Uuid::from_u128).collect();
        merge(&mut batch, Changed { tickets: many, ..Changed::default() });
        assert!(batch.all && batch.tickets.is_empty());
    }
}
