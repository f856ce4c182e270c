//! Holding the list: while somebody is about to press a row none of them moves. What is new stands above them, what left stays, pale, until the pointer is away. Pure.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use gemilang_protocol::desk::views::TicketRow;
use uuid::Uuid;

/// Rows of a list, in order.
pub type Rows = Rc<Vec<Rc<TicketRow>>>;

/// A held list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// The rows as they would stand, once others have arrived.
    pub latest: Option<Rows>,
    /// How many came in above those that stood there.
    pub above: usize,
    /// Those that belong here no more.
    pub gone: Rc<HashSet<Uuid>>,
}

impl Held {
    /// The rows to show, of those that stand there and those of the latest answer.
    pub fn take_in(&mut self, shown: &[Rc<TicketRow>], latest: Rows) -> Rows {
        let now: HashMap<Uuid, &Rc<TicketRow>> = latest.iter().map(|row| (row.id, row)).collect();
        let stood: HashSet<Uuid> = shown.iter().map(|row| row.id).collect();
        let last = latest.iter().rposition(|row| stood.contains(&row.id)).map_or(0, |at| at + 1);
        let fresh = |rows: &[Rc<TicketRow>]| {
            rows.iter().filter(|row| !stood.contains(&row.id)).map(Rc::clone).collect::<Vec<_>>()
        };
        // What comes behind all that is here is the list going on, not news.
        let (mut rows, further) = (fresh(&latest[..last]), fresh(&latest[last..]));
        self.above += rows.len();
        rows.extend(shown.iter().map(|row| Rc::clone(now.get(&row.id).copied().unwrap_or(row))));
        rows.extend(further);
        self.gone = Rc::new(stood.into_iter().filter(|id| !now.contains_key(id)).collect());
        self.latest = Some(latest);
        Rc::new(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, row};
    use super::*;

    fn rows(numbers: &[u8]) -> Rows {
        Rc::new(numbers.iter().map(|n| Rc::new(row(*n))).collect())
    }

    fn ids(rows: &Rows) -> Vec<Uuid> {
        rows.iter().map(|row| row.id).collect()
    }

    #[test]
    fn no_row_moves_and_what_is_new_stands_above() {
        let mut held = Held::default();
        let shown = held.take_in(&rows(&[1, 2, 3]), rows(&[9, 3, 1, 2]));
        assert_eq!(ids(&shown), [9, 1, 2, 3].map(id));
        assert_eq!(held.above, 1);
        let shown = held.take_in(&shown, rows(&[8, 9, 3, 1, 2]));
        assert_eq!(ids(&shown), [8, 9, 1, 2, 3].map(id));
        assert_eq!(held.above, 2);
        assert_eq!(ids(held.latest.as_ref().unwrap()), [8, 9, 3, 1, 2].map(id));
    }

    #[test]
    fn what_left_stays_pale_and_what_changed_is_told_in_its_place() {
        let mut held = Held::default();
        let mut changed = row(3);
        changed.unread = 7;
        let latest = Rc::new(vec![Rc::new(changed), Rc::new(row(1))]);
        let shown = held.take_in(&rows(&[1, 2, 3]), latest);
        assert_eq!(ids(&shown), [1, 2, 3].map(id));
        assert_eq!((held.above, shown[2].unread), (0, 7));
        assert_eq!(*held.gone, HashSet::from([id(2)]));
    }

    #[test]
    fn scrolling_on_is_no_news() {
        let mut held = Held::default();
        let shown = held.take_in(&rows(&[1, 2]), rows(&[2, 1, 3, 4]));
        assert_eq!(ids(&shown), [1, 2, 3, 4].map(id));
        assert_eq!(held.above, 0);
        let mut held = Held::default();
        held.take_in(&rows(&[]), rows(&[1]));
        assert_eq!(held.above, 0, "a list that begins has no news");
    }
}
