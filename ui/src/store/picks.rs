//! Picks: several tickets of the list, chosen to be changed at once.

use std::collections::HashSet;

use uuid::Uuid;

/// The picked tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    ids: HashSet<Uuid>,
    /// Where a run of picks begins.
    anchor: Option<Uuid>,
}

impl Picks {
    /// Whether none is picked.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How many are.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// Whether this one is.
    pub fn holds(&self, ticket: Uuid) -> bool {
        self.ids.contains(&ticket)
    }

    /// Pick one, or no longer.
    pub fn toggle(&mut self, ticket: Uuid) {
        if !self.ids.remove(&ticket) {
            self.ids.insert(ticket);
        }
        self.anchor = Some(ticket);
    }

    /// Pick all from where the last pick was up to this one; `rows` is the list as it stands, `from` where to begin where nothing was picked.
    pub fn reach(&mut self, rows: &[Uuid], from: Option<Uuid>, to: Uuid) {
        let place = |ticket: Uuid| rows.iter().position(|row| *row == ticket);
        let begin = self.anchor.or(from).and_then(place);
        let Some(end) = place(to) else { return };
        let begin = begin.unwrap_or(end);
        self.ids.extend(&rows[begin.min(end)..=begin.max(end)]);
        self.anchor = self.anchor.or(from).filter(|it| place(*it).is_some()).or(Some(to));
    }

    /// Pick all these; if they all are, none.
    pub fn all(&mut self, rows: &[Uuid]) {
        if rows.iter().all(|row| self.ids.contains(row)) {
            *self = Self::default();
        } else {
            self.ids.extend(rows);
        }
    }

    /// What is no longer in the list is no longer picked: nobody changes what they do not see.
    pub fn keep(&mut self, rows: impl Iterator<Item = Uuid>) {
        if !self.ids.is_empty() {
            let here: HashSet<Uuid> = rows.collect();
            self.ids.retain(|ticket| here.contains(ticket));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::id;
    use super::*;

    fn rows() -> Vec<Uuid> {
        (1..=6).map(id).collect()
    }

    fn picked(picks: &Picks) -> Vec<u8> {
        (1..=6).filter(|n| picks.holds(id(*n))).collect()
    }

    #[test]
    fn a_run_goes_from_the_last_pick_in_either_direction() {
        let mut picks = Picks::default();
        picks.toggle(id(3));
        picks.reach(&rows(), None, id(5));
        assert_eq!(picked(&picks), [3, 4, 5]);
        picks.reach(&rows(), None, id(2));
        assert_eq!(picked(&picks), [2, 3, 4, 5], "from the same beginning");
        picks.toggle(id(4));
        assert_eq!((picked(&picks), picks.count()), (vec![2, 3, 5], 3));
    }

    #[test]
    fn without_a_pick_a_run_begins_where_the_keyboard_stands() {
        let mut picks = Picks::default();
        picks.reach(&rows(), Some(id(2)), id(3));
        assert_eq!(picked(&picks), [2, 3]);
        let mut picks = Picks::default();
        picks.reach(&rows(), None, id(4));
        assert_eq!(picked(&picks), [4]);
        picks.reach(&rows(), None, id(99));
        assert_eq!(picked(&picks), [4], "what is not here is not picked");
    }

    #[test]
    fn all_again_is_none_and_what_leaves_is_let_go() {
        let mut picks = Picks::default();
        picks.toggle(id(2));
        picks.all(&rows());
        assert_eq!(picks.count(), 6);
        picks.keep([id(1), id(2)].into_iter());
        assert_eq!(picked(&picks), [1, 2]);
        picks.all(&[id(1), id(2)]);
        assert!(picks.is_empty());
    }
}
