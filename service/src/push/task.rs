//! From a reply on the feed to the devices: whoever reads it within a moment anyway is left in peace. An announcement is a
//! hint, like the notification it becomes: the reply itself waits in the ticket, so none is retried for ever.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_locales::names::called;
use gemilang_locales::{Language, Texts};
use gemilang_protocol::{Message, Row, SenderType, Ticket};
use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;

use super::sql::{self, Found};
use super::{Taken, send};
use crate::live::News;
use crate::{App, Result};

/// How long a reply may be read before it is announced.
const READ_ANYWAY: Duration = Duration::from_secs(2);
/// Messages on their way at once.
const AT_ONCE: usize = 32;
/// When a push service that said "later" is asked again.
const AGAIN: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(60), Duration::from_secs(600)];
/// Characters of a reply that are shown.
const SHOWN: usize = 160;
/// How long it is remembered that a reply was announced: longer than any process lags behind another.
const REMEMBERED: TimeDelta = TimeDelta::days(3);

/// Starts to announce replies, until the service ends. A second call does nothing.
pub fn start(app: &App) {
    if app.push.started.swap(true, Ordering::AcqRel) {
        return;
    }
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        tokio::select! {
            () = run(app.clone()) => {}
            () = app.ending.cancelled() => {}
        }
    });
}

async fn run(app: App) {
    let mut watcher = app.hub.watch_unseen();
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut sweeping = tokio::time::interval(Duration::from_secs(3_600));
    loop {
        let news = tokio::select! {
            news = watcher.recv() => news,
            _ = sweeping.tick() => {
                if let Err(error) = sql::sweep(&app.db, app.clock.now() - REMEMBERED).await {
                    tracing::debug!(%error, "announcements are swept later");
                }
                continue;
            }
        };
        match news {
            Ok(News::Rows(shared)) => {
                for row in &shared.rows {
                    let Row::Ticket(change) = row else { continue };
                    let Some(message) = &change.message else { continue };
                    if message.sender_type == SenderType::Admin && !message.is_read {
                        let (app, turns) = (app.clone(), Arc::clone(&turns));
                        let (message, ticket) = (message.clone(), change.ticket.clone());
                        app.tasks.clone().spawn(async move {
                            tokio::select! {
                                () = app.ending.cancelled() => {}
                                done = announce(&app, &turns, &message, &ticket) => if let Err(error) = done {
                                    tracing::warn!(%error, "a reply was not announced");
                                }
                            }
                        });
                    }
                }
            }
            Ok(_) => {}
            Err(RecvError::Lagged(count)) => tracing::warn!(count, "too busy to announce every reply"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn announce(app: &App, turns: &Semaphore, message: &Message, ticket: &Ticket) -> Result<()> {
    tokio::time::sleep(READ_ANYWAY).await;
    let now = app.clock.now();
    let devices = sql::audience(&app.db, message.id, now).await?;
    if devices.is_empty() || !sql::claim(&app.db, message.id, now).await? {
        return Ok(());
    }
    let all = devices.iter().map(|device| tell(app, turns, device, message, ticket));
    futures_util::future::join_all(all).await;
    Ok(())
}

/// Tells one device, and asks a busy push service again some times.
async fn tell(app: &App, turns: &Semaphore, device: &Found, message: &Message, ticket: &Ticket) {
    let news = news(device, message, ticket);
    let topic = ticket.id.simple().to_string();
    for pause in AGAIN.map(Some).into_iter().chain([None]) {
        let taken = {
            let Ok(_turn) = turns.acquire().await else { return };
            send(app, device, &news, &topic).await
        };
        match (taken, pause) {
            (Ok(Taken::Later), Some(pause)) => {
                tokio::time::sleep(pause).await;
                match sql::may_hear(&app.db, message.id, &device.endpoint, app.clock.now()).await {
                    Ok(true) => {}
                    // Read, signed out, or no longer shared with them.
                    Ok(false) => return,
                    Err(error) => {
                        tracing::warn!(%error, "a reply was not announced to a device");
                        return;
                    }
                }
            }
            (Ok(Taken::Gone), _) => {
                if let Err(error) = sql::gone(&app.db, &device.endpoint).await {
                    tracing::debug!(%error, "a device that is gone stays on the list");
                }
                return;
            }
            (Ok(_), _) => return,
            (Err(error), _) => {
                tracing::warn!(%error, "a reply was not announced to a device");
                return;
            }
        }
    }
}

fn news(device: &Found, message: &Message, ticket: &Ticket) -> serde_json::Value {
    let language = Language::from_tag(&device.language).unwrap_or_default();
    let texts = Texts::of(language);
    let sender = message.sender.as_ref().map(|sender| called(&sender.name));
    let title = match sender {
        Some(name) => texts.with("push-from", &[("name", name.into())]),
        None => texts.get("sender-system-customer"),
    };
    let line = message.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut body: String = line.chars().take(SHOWN).collect();
    if body.len() < line.len() {
        body.push('…');
    }
    serde_json::json!({
        "person": device.user_id,
        "title": title,
        "body": body,
        "url": crate::portal::conversation_path(ticket.id),
        "tag": ticket.id,
        "language": language.tag(),
    })
}
