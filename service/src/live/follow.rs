//! Following one ticket: what is in the database after a place, then again whenever the hub tells of the ticket. Within a ticket, `n` is the only order.

use std::collections::VecDeque;

use futures_util::{Stream, stream};
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{Code, Cursor};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::{Hub, News, Watcher};
use crate::feed::{cursor, read};
use crate::{App, Result};

struct Follower {
    app: App,
    watcher: Watcher,
    ticket_id: Uuid,
    n: i64,
    waiting: VecDeque<TicketChange>,
    /// Whether the database may hold more than was read.
    stale: bool,
}

pub(super) fn follow(
    hub: &Hub,
    app: &App,
    ticket_id: Uuid,
    after: Option<&Cursor>,
) -> Result<impl Stream<Item = (Cursor, TicketChange)> + Send + use<>> {
    let n = match after {
        None => 0,
        Some(after) => cursor::read_thread(after).ok_or(Code::Malformed)?,
    };
    let follower =
        Follower { app: app.clone(), watcher: hub.watch(), ticket_id, n, waiting: VecDeque::new(), stale: true };
    Ok(stream::unfold(follower, |mut follower| async move {
        let change = follower.next().await?;
        Some(((cursor::thread(change.event.n), change), follower))
    }))
}

impl Follower {
    async fn next(&mut self) -> Option<TicketChange> {
        loop {
            if let Some(change) = self.waiting.pop_front() {
                self.n = self.n.max(change.event.n);
                return Some(change);
            }
            if self.stale {
                match read::thread(&self.app, self.ticket_id, self.n).await {
                    Ok(heard) => {
                        self.waiting = heard.changes.into();
                        // One reading ends somewhere: what is behind it waits for no news.
                        self.stale = heard.more_after.is_some();
                        self.n = heard.more_after.unwrap_or(self.n);
                    }
                    Err(error) => {
                        // The page reconnects with the place it has.
                        tracing::warn!(%error, "a conversation is no longer followed");
                        return None;
                    }
                }
                continue;
            }
            tokio::select! {
                () = self.app.ending.cancelled() => return None,
                news = self.watcher.news.recv() => match news {
                    Ok(News::Rows(shared)) => self.stale = shared.tickets.contains(&self.ticket_id),
                    Ok(News::Ping { .. } | News::Delivered { .. } | News::Typing { .. } | News::Presence { .. }) => {}
                    Err(RecvError::Lagged(_)) => self.stale = true,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}
