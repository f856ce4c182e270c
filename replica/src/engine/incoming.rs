//! What the service tells: pages, parts and pings, stored before the plan hears of them.

use std::time::Instant;

use gemilang_protocol::desk::views::Storage;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::answer::fault;
use super::event::{Event, Fault, Way};
use super::perform::Performer;
use crate::error::Result;
use crate::link::LinkError;
use crate::page::{Incoming, IncomingFrame, IncomingPart, IncomingRow};

impl Performer {
    pub(super) async fn framed(&mut self, frame: Option<Result<IncomingFrame, LinkError>>) -> Option<Event> {
        match frame {
            Some(Ok(IncomingFrame::Page(page))) => {
                let wrote = writers(&page);
                let applied = self.apply_live(page).await;
                for (ticket, person) in wrote {
                    self.company.wrote(ticket, person);
                }
                Some(applied)
            }
            Some(Ok(IncomingFrame::Ping { complete_to, cursor })) => {
                Some(Event::Ping { here: self.cursor.as_ref() == Some(&cursor), cursor, complete_to })
            }
            Some(Ok(IncomingFrame::Presence { anew, came, left })) => {
                self.company.moved(anew, came, &left);
                None
            }
            Some(Ok(IncomingFrame::Typing(who))) => {
                self.company.types(who, Instant::now());
                None
            }
            Some(Ok(IncomingFrame::Unknown)) => None,
            Some(Err(error)) => {
                self.socket = None;
                Some(Event::Closed(fault(&error)))
            }
            None => {
                self.socket = None;
                Some(Event::Closed(Fault::Silent))
            }
        }
    }

    async fn apply_live(&mut self, page: Incoming) -> Event {
        match self.apply(page, Way::Live).await {
            Ok(Some(paged)) => paged,
            Ok(None) => Event::Gap,
            Err(error) => {
                self.storage_failed(&error, "a live page could not be stored");
                self.socket = None;
                Event::Closed(Fault::Storage)
            }
        }
    }

    pub(super) async fn pulled(&mut self, page: Incoming) -> Event {
        match self.apply(page, Way::Pull).await {
            Ok(Some(paged)) => paged,
            Ok(None) => Event::Overtaken,
            Err(error) => {
                self.storage_failed(&error, "a pulled page could not be stored");
                Event::PullFailed(Fault::Storage)
            }
        }
    }

    pub(super) async fn parted(&mut self, part: IncomingPart) -> Event {
        let of = part.tickets;
        self.ahead = part.to.clone().map(|to| {
            let (link, from) = (self.link.clone(), to.clone());
            let mut task = JoinSet::new();
            task.spawn(async move { link.bootstrap(Some(&from)).await });
            (to, task)
        });
        let stored = async {
            self.replica.apply_part(part).await?;
            let standing = self.replica.standing().await?;
            Ok((standing, self.replica.tickets_here().await?))
        };
        match stored.await {
            Ok((standing, done)) => {
                self.cursor = standing.cursor;
                self.part = standing.bootstrap;
                self.newer = standing.newer;
                self.storage = standing.rebuilding.then_some(Storage::Rebuilding);
                Event::Parted { done, of, more: !standing.bootstrapped }
            }
            Err(error) => {
                self.storage_failed(&error, "a part of the bootstrap could not be stored");
                Event::PartFailed(Fault::Storage)
            }
        }
    }

    /// Applies a page; nothing when it does not follow what is here.
    async fn apply(&mut self, page: Incoming, way: Way) -> Result<Option<Event>> {
        let (to, rows, more) = (page.to.clone(), page.rows.len() as u64, page.more);
        let complete_to = page.complete_to;
        let live = way == Way::Live && self.plan.is_caught_up();
        let Some(standing) = self.replica.apply_page(page, live).await? else {
            // The file knows better where it stands than this task remembers.
            self.cursor = self.replica.standing().await?.cursor;
            return Ok(None);
        };
        self.cursor = Some(to);
        self.newer = standing.newer;
        self.storage = standing.rebuilding.then_some(Storage::Rebuilding);
        let tickets = if self.plan.is_first_sync() { self.replica.tickets_here().await? } else { 0 };
        Ok(Some(Event::Paged { way, rows, more, complete_to, tickets }))
    }
}

/// Who wrote what a page brings: they are not writing it any more.
fn writers(page: &Incoming) -> Vec<(Uuid, Uuid)> {
    let said = page.rows.iter().filter_map(|row| match row {
        IncomingRow::Ticket(change) if change.message.is_some() || change.note.is_some() => Some(change),
        _ => None,
    });
    said.filter_map(|change| Some((change.ticket.id, change.event.actor.as_ref()?.id))).collect()
}
