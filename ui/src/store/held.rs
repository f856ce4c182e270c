//! Holding the list: while somebody is about to press a row none of them moves. What is new stands above them, what left stays, pale, until the pointer is away. Pure.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use gemilang_protocol::desk::views::TicketRow;
use uuid::Uuid;

use super::part::Part;

/// Rows of a list, in order.
pub type Rows = Rc<Vec<Rc<TicketRow>>>;

/// A held list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// The rows as they would stand, once others have arrived.
    pub latest: Option<Part>,
    /// How many came in above those that stood there.
    pub above: usize,
    /// Those that belong here no more.
    pub gone: Rc<HashSet<Uuid>>,
    /// How many the list had when it was held.
    total: Option<u64>,
}

impl Held {
    /// How many are new.
    pub fn news(&self) -> usize {
        let more = self.latest.as_ref().zip(self.total).map_or(0, |(latest, total)| latest.total.saturating_sub(total));
        // In the midst of a long list what is new stands far above.
        self.above.max(self.latest.as_ref().filter(|latest| latest.from > 0).map_or(0, |_| more as usize))
    }

    /// The rows to show, of those that stand there and those of the latest answer.
    pub fn take_in(&mut self, shown: &Part, latest: Part) -> Part {
        self.total.get_or_insert(shown.total);
        let part = if shown.from == 0 && latest.from == 0 {
            self.at_the_top(shown, &latest)
        } else {
            self.in_the_midst(shown, &latest)
        };
        self.latest = Some(latest);
        part
    }

    fn at_the_top(&mut self, shown: &Part, latest: &Part) -> Part {
        let now: HashMap<Uuid, &Rc<TicketRow>> = latest.rows.iter().map(|row| (row.id, row)).collect();
        let stood: HashSet<Uuid> = shown.rows.iter().map(|row| row.id).collect();
        let last = latest.rows.iter().rposition(|row| stood.contains(&row.id)).map_or(0, |at| at + 1);
        let fresh = |rows: &[Rc<TicketRow>]| {
            rows.iter().filter(|row| !stood.contains(&row.id)).map(Rc::clone).collect::<Vec<_>>()
        };
        // What comes behind all that is here is the list going on, not news.
        let (mut rows, further) = (fresh(&latest.rows[..last]), fresh(&latest.rows[last..]));
        self.above += rows.len();
        rows.extend(shown.rows.iter().map(|row| Rc::clone(now.get(&row.id).copied().unwrap_or(row))));
        rows.extend(further);
        let inside = inside(&shown.rows, &now, false, u64::from(latest.end()) < latest.total);
        self.gone = Rc::new(inside.iter().map(|row| row.id).filter(|id| !now.contains_key(id)).collect());
        Part { from: 0, rows: Rc::new(rows), total: latest.total }
    }

    /// Rows keep the places they have on screen; beyond them the latest ones go on.
    fn in_the_midst(&mut self, shown: &Part, latest: &Part) -> Part {
        let now: HashMap<Uuid, usize> = latest.rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
        let common = shown.rows.iter().enumerate().find_map(|(at, row)| Some((at, *now.get(&row.id)?)));
        let Some((stands, is_now)) = common else {
            // Nothing of what was seen is here: nobody can be about to press it.
            self.gone = Rc::default();
            return latest.clone();
        };
        // Where the latest part would begin among the places on screen.
        let begins = i64::from(shown.from) + stands as i64 - is_now as i64;
        let ends = begins + latest.rows.len() as i64;
        let of_shown = |place: i64| (place - i64::from(shown.from)).clamp(0, shown.rows.len() as i64) as usize;
        let kept = &shown.rows[of_shown(begins)..of_shown(ends)];
        let stood: HashSet<Uuid> = shown.rows.iter().map(|row| row.id).collect();
        let fresh = |from: i64, to: i64| {
            let of = |place: i64| (place - begins).clamp(0, latest.rows.len() as i64) as usize;
            latest.rows[of(from)..of(to).max(of(from))].iter().filter(|row| !stood.contains(&row.id)).map(Rc::clone)
        };
        let mut rows: Vec<Rc<TicketRow>> = fresh(begins, i64::from(shown.from)).collect();
        let from = (i64::from(shown.from) + of_shown(begins) as i64 - rows.len() as i64).max(0) as u32;
        rows.extend(kept.iter().map(|row| Rc::clone(now.get(&row.id).map_or(row, |at| &latest.rows[*at]))));
        rows.extend(fresh(i64::from(shown.end()), ends));
        let inside = inside(kept, &now, true, true);
        self.gone = Rc::new(inside.iter().map(|row| row.id).filter(|id| !now.contains_key(id)).collect());
        Part { from, rows: Rc::new(rows), total: latest.total }
    }
}

/// The rows among which one that is missing has left: at an open end it may only stand beyond what was read.
fn inside<'a, T>(
    rows: &'a [Rc<TicketRow>],
    now: &HashMap<Uuid, T>,
    open_before: bool,
    open_behind: bool,
) -> &'a [Rc<TicketRow>] {
    let is_here = |row: &Rc<TicketRow>| now.contains_key(&row.id);
    let first = rows.iter().position(is_here).filter(|_| open_before).unwrap_or(0);
    let last = rows.iter().rposition(is_here).filter(|_| open_behind).map_or(rows.len(), |at| at + 1);
    &rows[first.min(last)..last]
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, row};
    use super::*;

    fn rows(numbers: &[u8]) -> Rows {
        Rc::new(numbers.iter().map(|n| Rc::new(row(*n))).collect())
    }

    fn part(from: u32, numbers: &[u8], total: u64) -> Part {
        Part { from, rows: rows(numbers), total }
    }

    fn whole(numbers: &[u8]) -> Part {
        part(0, numbers, numbers.len() as u64)
    }

    fn ids(part: &Part) -> Vec<Uuid> {
        part.rows.iter().map(|row| row.id).collect()
    }

    #[test]
    fn no_row_moves_and_what_is_new_stands_above() {
        let mut held = Held::default();
        let shown = held.take_in(&whole(&[1, 2, 3]), whole(&[9, 3, 1, 2]));
        assert_eq!(ids(&shown), [9, 1, 2, 3].map(id));
        assert_eq!((held.above, held.news()), (1, 1));
        let shown = held.take_in(&shown, whole(&[8, 9, 3, 1, 2]));
        assert_eq!(ids(&shown), [8, 9, 1, 2, 3].map(id));
        assert_eq!(held.above, 2);
        assert_eq!(ids(held.latest.as_ref().unwrap()), [8, 9, 3, 1, 2].map(id));
    }

    #[test]
    fn what_left_stays_pale_and_what_changed_is_told_in_its_place() {
        let mut held = Held::default();
        let mut changed = row(3);
        changed.unread = 7;
        let latest = Part { from: 0, rows: Rc::new(vec![Rc::new(changed), Rc::new(row(1))]), total: 2 };
        let shown = held.take_in(&whole(&[1, 2, 3]), latest);
        assert_eq!(ids(&shown), [1, 2, 3].map(id));
        assert_eq!((held.above, shown.rows[2].unread), (0, 7));
        assert_eq!(*held.gone, HashSet::from([id(2)]));
    }

    #[test]
    fn scrolling_on_is_no_news() {
        let mut held = Held::default();
        let shown = held.take_in(&whole(&[1, 2]), whole(&[2, 1, 3, 4]));
        assert_eq!(ids(&shown), [1, 2, 3, 4].map(id));
        assert_eq!(held.above, 0);
        let mut held = Held::default();
        held.take_in(&whole(&[]), whole(&[1]));
        assert_eq!(held.above, 0, "a list that begins has no news");
    }

    #[test]
    fn what_is_pushed_out_of_the_part_has_not_left() {
        let mut held = Held::default();
        let shown = held.take_in(&part(0, &[1, 2, 3], 9), part(0, &[7, 1, 2], 10));
        assert_eq!(ids(&shown), [7, 1, 2, 3].map(id));
        assert!(held.gone.is_empty());
        let shown = held.take_in(&shown, part(0, &[7, 2, 8], 10));
        assert_eq!(ids(&shown), [7, 1, 2, 3, 8].map(id));
        assert_eq!(*held.gone, HashSet::from([id(1)]));
    }

    #[test]
    fn in_the_midst_of_a_long_list_rows_keep_their_places_too() {
        let mut held = Held::default();
        // Two came in far above, one of those in view left.
        let shown = held.take_in(&part(40, &[1, 2, 3, 4], 100), part(40, &[8, 9, 1, 3], 101));
        assert_eq!((shown.from, ids(&shown)), (38, [8, 9, 1, 2].map(id).to_vec()), "what is seen has not moved");
        assert_eq!(held.news(), 1);
        let mut held = Held::default();
        let shown = held.take_in(&part(40, &[1, 2, 3, 4], 100), part(40, &[1, 3, 4, 5], 99));
        assert_eq!((shown.from, ids(&shown)), (40, [1, 2, 3, 4].map(id).to_vec()));
        assert_eq!((&*held.gone, held.news()), (&HashSet::from([id(2)]), 0));
    }

    #[test]
    fn scrolling_a_held_list_goes_on_where_it_stands() {
        let mut held = Held::default();
        let shown = held.take_in(&part(0, &[1, 2, 3, 4], 9), part(2, &[3, 4, 5, 6], 9));
        assert_eq!((shown.from, ids(&shown)), (2, [3, 4, 5, 6].map(id).to_vec()));
        let shown = held.take_in(&shown, part(0, &[1, 2, 3, 4], 9));
        assert_eq!((shown.from, ids(&shown)), (0, [1, 2, 3, 4].map(id).to_vec()));
        // To the other end at once.
        let shown = held.take_in(&shown, part(6, &[7, 8, 9], 9));
        assert_eq!((shown.from, ids(&shown)), (6, [7, 8, 9].map(id).to_vec()));
        assert!(held.gone.is_empty() && held.news() == 0);
    }
}
