//! A part of a list: a long list is never here whole, only the rows around those in view. Which ones to read is reckoned here, from what is in view and how many there are. Pure.

use std::ops::Range;

use uuid::Uuid;

use super::held::Rows;

/// Rows read at once: as many as the core answers.
pub const WIDE: u32 = 200;
/// Rows that are to be here above and below those in view.
const MARGIN: u32 = 40;
/// Parts begin at a multiple of this, so that scrolling by a row reads nothing.
const STEP: u32 = 20;
/// So many rows from the edge of a part may stand beyond it after a change of others.
const EDGE: u32 = 20;

/// Rows of a list that follow each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// The place of the first of them.
    pub from: u32,
    /// They.
    pub rows: Rows,
    /// How many the whole list has.
    pub total: u64,
}

impl Part {
    /// The place behind the last row that is here.
    pub fn end(&self) -> u32 {
        self.from + self.rows.len() as u32
    }

    /// Whether the row of a place is here.
    pub fn has(&self, place: u32) -> bool {
        (self.from..self.end()).contains(&place)
    }

    /// The place of a ticket's row, if it is here.
    pub fn at(&self, ticket: Uuid) -> Option<u32> {
        self.rows.iter().position(|row| row.id == ticket).map(|at| self.from + at as u32)
    }

    /// The ticket of a place, if its row is here.
    pub fn ticket(&self, place: u32) -> Option<Uuid> {
        self.rows.get(place.checked_sub(self.from)? as usize).map(|row| row.id)
    }

    /// Whether nothing of the list is beyond it.
    pub fn is_whole(&self) -> bool {
        self.from == 0 && u64::from(self.end()) >= self.total
    }

    /// Whether a row that stood at this place and is not here now has left the list, and not only the part.
    pub fn would_have(&self, place: u32) -> bool {
        let first = if self.from == 0 { 0 } else { self.from + EDGE };
        let is_end = u64::from(self.end()) >= self.total;
        place >= first && (is_end || place + EDGE < self.end())
    }

    /// How many rows take room on screen.
    pub fn extent(&self) -> u32 {
        let total = u32::try_from(self.total).unwrap_or(u32::MAX);
        // Where nothing is here any more the list has become shorter.
        if self.rows.is_empty() { total } else { total.max(self.end()) }
    }
}

/// Where the part to read begins when these places are in view; `now` where the present one does, which is kept while it will do.
pub fn begin(now: u32, view: &Range<u32>, total: u64) -> u32 {
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let (first, last) = (view.start.saturating_sub(MARGIN), view.end.saturating_add(MARGIN).min(total));
    // A list that became shorter has no rows there any more.
    let is_within = now == 0 || now < total;
    if is_within && now <= first && last <= now.saturating_add(WIDE) {
        return now;
    }
    let middle = view.start.midpoint(view.end);
    let latest = total.saturating_sub(WIDE).next_multiple_of(STEP);
    (middle.saturating_sub(WIDE / 2) / STEP * STEP).min(latest)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::samples::{id, row};
    use super::*;

    #[test]
    fn what_is_in_view_is_read_with_as_much_around_it_and_no_oftener_than_needed() {
        assert_eq!(begin(0, &(0..12), 100_000), 0);
        assert_eq!(begin(0, &(140..152), 100_000), 0, "there is enough around it");
        let further = begin(0, &(170..182), 100_000);
        assert_eq!(further, 60);
        assert_eq!(begin(further, &(180..192), 100_000), further);
        assert_eq!(begin(60, &(90..102), 100_000), 0);
        let middle = begin(0, &(50_000..50_012), 100_000);
        assert!(middle <= 50_000 - MARGIN && middle + WIDE >= 50_012 + MARGIN && middle.is_multiple_of(STEP));
        let end = begin(0, &(99_988..100_000), 100_000);
        assert!(end + WIDE >= 100_000 && end <= 99_988 - MARGIN);
        assert_eq!(begin(end, &(99_988..100_000), 100_000), end);
        assert_eq!(begin(99_800, &(99_988..100_000), 30), 0, "the list became short");
        assert_eq!(begin(0, &(0..12), 0), 0);
        for at in 0..2_000 {
            let begins = begin(0, &(at..at + 12), 1_990);
            assert!(begins <= at && begins + WIDE >= (at + 12).min(1_990), "{at}: {begins}");
        }
    }

    #[test]
    fn what_is_missing_inside_a_part_has_left_and_at_its_edge_perhaps_not() {
        let rows: Rows = Rc::new((0..100).map(|n| Rc::new(row(n))).collect());
        let part = Part { from: 100, rows: Rc::clone(&rows), total: 1_000 };
        assert!(part.would_have(150) && !part.would_have(110) && !part.would_have(190) && !part.would_have(50));
        assert!(part.has(100) && !part.has(200) && !part.is_whole());
        assert_eq!((part.at(id(7)), part.ticket(107), part.ticket(7)), (Some(107), Some(id(7)), None));
        let whole = Part { from: 0, rows, total: 100 };
        assert!(whole.would_have(0) && whole.would_have(120) && whole.is_whole());
    }
}
