//! Picks: several tickets of the list, chosen to be changed at once. A pick keeps its row: it may stand where nothing is here of.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::TicketRow;
use uuid::Uuid;

use super::part::Part;

/// The picked tickets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picks {
    rows: HashMap<Uuid, (Rc<TicketRow>, u32)>,
    /// The place where a run of picks begins.
    anchor: Option<u32>,
}

impl Picks {
    /// Whether none is picked.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Whether this one is.
    pub fn holds(&self, ticket: Uuid) -> bool {
        self.rows.contains_key(&ticket)
    }

    /// Their rows.
    pub fn rows(&self) -> impl Iterator<Item = &Rc<TicketRow>> {
        let mut rows: Vec<_> = self.rows.values().collect();
        rows.sort_unstable_by_key(|(_, place)| *place);
        rows.into_iter().map(|(row, _)| row)
    }

    /// The place where a run of picks begins.
    pub const fn anchor(&self) -> Option<u32> {
        self.anchor
    }

    /// Runs begin at this place, where none has begun yet.
    pub fn hold_on(&mut self, place: u32) {
        self.anchor.get_or_insert(place);
    }

    /// Pick one, or no longer.
    pub fn toggle(&mut self, row: &Rc<TicketRow>, place: u32) {
        if self.rows.remove(&row.id).is_none() {
            self.rows.insert(row.id, (Rc::clone(row), place));
        }
        self.anchor = Some(place);
    }

    /// Pick these, each with its place.
    pub fn add<'a>(&mut self, rows: impl Iterator<Item = (&'a Rc<TicketRow>, u32)>) {
        self.rows.extend(rows.map(|(row, place)| (row.id, (Rc::clone(row), place))));
    }

    /// Pick all of a list; if they all are, none.
    pub fn all(&mut self, part: &Part) {
        if part.rows.iter().all(|row| self.holds(row.id)) {
            *self = Self::default();
        } else {
            self.add(part.rows.iter().zip(part.from..));
        }
    }

    /// What is no longer in the list is no longer picked: nobody changes what they cannot see.
    pub fn keep(&mut self, part: &Part) {
        if self.rows.is_empty() {
            return;
        }
        let here: HashMap<Uuid, (&Rc<TicketRow>, u32)> =
            part.rows.iter().zip(part.from..).map(|(row, place)| (row.id, (row, place))).collect();
        self.rows.retain(|ticket, (row, place)| match here.get(ticket) {
            Some((now, stands)) => {
                (*row, *place) = (Rc::clone(now), *stands);
                true
            }
            None => !part.would_have(*place),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, row};
    use super::*;

    fn part(from: u32, numbers: std::ops::RangeInclusive<u8>, total: u64) -> Part {
        Part { from, rows: Rc::new(numbers.map(|n| Rc::new(row(n))).collect()), total }
    }

    fn picked(picks: &Picks) -> Vec<u8> {
        (1..=100).filter(|n| picks.holds(id(*n))).collect()
    }

    #[test]
    fn all_again_is_none_and_what_leaves_is_let_go() {
        let mut picks = Picks::default();
        picks.toggle(&Rc::new(row(2)), 1);
        picks.all(&part(0, 1..=6, 6));
        assert_eq!(picks.count(), 6);
        picks.keep(&part(0, 1..=2, 2));
        assert_eq!(picked(&picks), [1, 2]);
        picks.all(&part(0, 1..=2, 2));
        assert!(picks.is_empty());
    }

    #[test]
    fn what_is_scrolled_away_stays_picked_and_tells_what_it_has_become() {
        let mut picks = Picks::default();
        picks.add(part(0, 1..=3, 900).rows.iter().zip(0..));
        picks.keep(&part(400, 10..=90, 900));
        assert_eq!(picked(&picks), [1, 2, 3]);
        let mut changed = row(2);
        changed.unread = 7;
        let mut rows: Vec<_> = (20..=90).map(|n| Rc::new(row(n))).collect();
        rows[0] = Rc::new(changed);
        picks.keep(&Part { from: 0, rows: Rc::new(rows), total: 900 });
        assert_eq!(picked(&picks), [2], "the others are nowhere near where they stood");
        assert_eq!(picks.rows().map(|row| row.unread).collect::<Vec<_>>(), [7]);
    }
}
