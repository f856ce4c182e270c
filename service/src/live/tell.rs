//! Telling: rows are folded into the counts and sent as one frame to everybody who watches. Whoever tells holds what the hub knows, so that each frame follows the one before.
//! What was committed here is told at once, from what was written; the reader of the feed finds it told, and moves the place on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use axum::extract::ws::Utf8Bytes;
use gemilang_protocol::{EventBody, Frame, Page, Row, Stats, Status, Time};
use uuid::Uuid;

use super::hub::{Hub, Known};
use super::{News, Shared};
use crate::App;
use crate::feed::cursor::Position;
use crate::feed::read::only_for;
use crate::feed::{Item, Place};

impl Hub {
    /// Tells rows that were just committed here, before the feed is read. It is the feed that says from where readers go on.
    /// Nothing is told if what stands at `after` was not: another process wrote it, and a ticket's events are heard in order.
    /// Answers whether all of them are told now.
    pub(crate) fn tell_at_once(&self, app: &App, after: Option<Place>, rows: Vec<Item>) -> bool {
        let mut known = self.known();
        // Before the start they are part of what the start counts.
        let tells = known.is_started && after.is_none_or(|after| known.was_told(after));
        if tells {
            let fresh = known.fresh(rows);
            if !fresh.is_empty() {
                let position = known.position();
                tell(app, &mut known, position, fresh, None);
            }
        }
        tells
    }
}

impl Known {
    /// Where readers are who heard everything.
    pub(super) fn position(&self) -> Position {
        Position { base: self.place, told: self.told_to, ..Position::default() }
    }

    /// The rows whose places it knows.
    pub(super) fn rows(&self) -> Vec<Place> {
        self.told.iter().copied().chain(Some(self.place).filter(|place| place.created_at.is_some())).collect()
    }

    fn was_told(&self, place: Place) -> bool {
        place <= self.place || self.told.contains(&place)
    }

    /// Of these rows those that were not told yet; from here on they are.
    pub(super) fn fresh(&mut self, mut rows: Vec<Item>) -> Vec<Item> {
        rows.retain(|row| row.place > self.place && self.told.insert(row.place));
        rows
    }
}

/// Tells fresh rows, and that whoever holds them and all before is at `to`.
pub(super) fn tell(app: &App, known: &mut Known, to: Position, fresh: Vec<Item>, complete_to: Option<Time>) {
    for item in &fresh {
        fold(&mut known.stats, item);
    }
    let from = known.position();
    (known.place, known.told_to) = (to.base, to.told);
    known.told = known.told.split_off(&to.base);
    known.told.remove(&to.base);

    let ended: Vec<Uuid> = fresh.iter().filter_map(|item| item.ended).collect();
    let (own, rows): (Vec<Row>, Vec<Row>) =
        fresh.into_iter().filter_map(|item| item.row).partition(|row| only_for(row).is_some());
    let mut tickets = BTreeSet::new();
    let mut people = Vec::new();
    for row in &rows {
        match row {
            Row::Ticket(change) => {
                tickets.insert(change.ticket.id);
            }
            Row::Person(person) => people.push((person.id, person.active.then_some(person.role))),
            Row::Order(_) | Row::SavedView(_) | Row::Thread(_) | Row::Head(_) | Row::Unknown => {}
        }
    }
    // Before anybody hears of it: whoever comes back at once is looked up anew.
    app.sessions.forget(&ended, &people.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let frame = Frame::Page(Page { from: Some(from.cursor()), to: to.cursor(), rows, more: false, complete_to });
    let text = text(&frame);
    let Frame::Page(page) = frame else { return };
    // Nobody is listening is no error.
    let _ = app.hub.0.news.send(News::Rows(Arc::new(Shared {
        from,
        to,
        rows: page.rows,
        own,
        tickets,
        people,
        ended,
        complete_to,
        text,
        asked: AtomicUsize::new(0),
    })));
}

/// A frame as text.
pub(super) fn text(frame: &Frame) -> Utf8Bytes {
    // Plain data with string keys always becomes JSON.
    serde_json::to_string(frame).unwrap_or_default().into()
}

/// Changes the counts by one event; in whatever order, the sum is the same.
fn fold(stats: &mut Stats, item: &Item) {
    stats.urgent += i64::from(item.urgent);
    let Some(Row::Ticket(change)) = &item.row else {
        return;
    };
    match &change.event.body {
        EventBody::Created { .. } => {
            stats.total += 1;
            *count(stats, Status::Open) += 1;
        }
        EventBody::Status { from, to, .. } => {
            *count(stats, *from) -= 1;
            *count(stats, *to) += 1;
        }
        _ => {}
    }
}

fn count(stats: &mut Stats, status: Status) -> &mut i64 {
    match status {
        Status::Open => &mut stats.open,
        Status::InProgress => &mut stats.in_progress,
        Status::WaitingCustomer => &mut stats.waiting_customer,
        Status::Resolved => &mut stats.resolved,
        Status::Closed => &mut stats.closed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_whose_ticket_is_gone_changes_only_what_it_says() {
        let mut stats = Stats { urgent: 2, ..Stats::default() };
        let item = Item { place: Place::START, row: None, urgent: -1, ended: None };
        fold(&mut stats, &item);
        assert_eq!(stats, Stats { urgent: 1, ..Stats::default() });
    }
}
