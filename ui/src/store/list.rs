//! The list: what is asked for, which rows are here, which one the keyboard stands on and which one is open.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use gemilang_protocol::desk::asked::spelled::Operator;
use gemilang_protocol::desk::asked::tokens::{Kind, tokens};
use gemilang_protocol::desk::asked::{self, Asked};
use gemilang_protocol::desk::views::{Inbox, Sort, TicketQuery, TicketRow};
use uuid::Uuid;

use super::held::{Held, Rows};
use super::picks::Picks;

/// Rows the core answers at a time.
pub const PAGE: u32 = 200;

/// The list on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What is asked for; `offset` and `limit` stay 0, see [`List::window`].
    pub query: TicketQuery,
    /// How many rows are wanted; grows by [`PAGE`] when the end comes near.
    pub window: u32,
    /// The rows that are here.
    pub rows: Rows,
    /// How many there are in all.
    pub total: u64,
    /// Whether the core has answered this query; before it nothing is said about emptiness.
    pub answered: bool,
    /// The row the keyboard stands on.
    pub cursor: Option<Uuid>,
    /// Grows with every move of the keyboard, so that the row is brought into view again.
    pub moves: u32,
    /// The open ticket.
    pub selected: Option<Uuid>,
    /// What is kept back while somebody is about to press a row.
    pub held: Option<Held>,
    /// The rows that are picked, to be changed at once.
    pub picks: Picks,
}

impl Default for List {
    fn default() -> Self {
        Self {
            query: TicketQuery::default(),
            window: PAGE,
            rows: Rc::default(),
            total: 0,
            answered: false,
            cursor: None,
            moves: 0,
            selected: None,
            held: None,
            picks: Picks::default(),
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Another view; filters and search are dropped, since a view is a question of its own.
    Inbox(Inbox),
    /// Narrow by an operator and its value as they are typed, or widen again.
    Filter(Operator, Option<String>),
    /// Ask for something else, operators included.
    Search(String),
    /// Drop filters and search.
    Clear,
    /// Rows arrived. Those of an older query are dropped.
    Arrived {
        /// What was asked.
        query: TicketQuery,
        /// From the first row on.
        rows: Vec<Rc<TicketRow>>,
        /// How many there are.
        total: u64,
    },
    /// The end of what is here comes into view.
    More,
    /// The keyboard moves by so many rows.
    Move(i32),
    /// Somebody is about to press a row, or no longer: until then none of them moves.
    Hold(bool),
    /// Another order.
    Sort(Sort),
    /// Pick a row, or no longer; without one the row under the keyboard.
    Pick(Option<Uuid>),
    /// Pick all rows up to this one.
    PickTo(Uuid),
    /// The keyboard moves by so many rows, and picks them.
    PickBy(i32),
    /// Pick all rows, or none when all are.
    PickAll,
    /// Pick none.
    PickNone,
}

impl List {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Inbox(inbox) => self.ask(TicketQuery { inbox, ..TicketQuery::default() }),
            Action::Filter(operator, value) => {
                let q = asked::narrowed(&self.query.q, operator, value.as_deref());
                let query = TicketQuery { q, ..self.query.clone() };
                self.ask(query);
            }
            Action::Search(q) => {
                let query = TicketQuery { q, ..self.query.clone() };
                self.ask(query);
            }
            Action::Clear => {
                let query = TicketQuery { inbox: self.query.inbox, sort: self.query.sort, ..TicketQuery::default() };
                self.ask(query);
            }
            Action::Arrived { query, rows, total } => {
                if query != self.query {
                    return;
                }
                let rows = Rc::new(self.keep_same(rows));
                self.total = total;
                match &mut self.held {
                    Some(held) if self.answered => {
                        if held.latest.as_ref().unwrap_or(&self.rows) != &rows {
                            // What left and stands there pale is picked no more, either.
                            self.picks.keep(rows.iter().map(|row| row.id));
                            self.rows = held.take_in(&self.rows, rows);
                        }
                    }
                    _ => self.show(rows),
                }
                self.answered = true;
            }
            Action::More => {
                if (self.rows.len() as u64) < self.total && self.rows.len() as u32 >= self.window {
                    self.window += PAGE;
                }
            }
            Action::Move(by) => self.step(by),
            Action::Sort(sort) => {
                let query = TicketQuery { sort, ..self.query.clone() };
                self.ask(query);
            }
            Action::Pick(ticket) => {
                if let Some(ticket) = ticket.or_else(|| self.stands()) {
                    self.cursor = Some(ticket);
                    self.picks.toggle(ticket);
                }
            }
            Action::PickTo(ticket) => {
                let from = self.stands();
                self.picks.reach(&self.ids(), from, ticket);
                self.cursor = Some(ticket);
            }
            Action::PickBy(by) => {
                let from = self.stands();
                self.step(by);
                if let Some(to) = self.cursor {
                    self.picks.reach(&self.ids(), from, to);
                }
            }
            Action::PickAll => self.picks.all(&self.ids()),
            Action::PickNone => self.picks = Picks::default(),
            Action::Hold(true) => self.held = self.held.take().or_else(|| Some(Held::default())),
            Action::Hold(false) => {
                if let Some(latest) = self.held.take().and_then(|held| held.latest) {
                    self.show(latest);
                }
            }
        }
    }

    /// How many tickets came in above the rows while they are held.
    pub fn news(&self) -> usize {
        self.held.as_ref().map_or(0, |held| held.above)
    }

    /// Whether a row only stands here because the list is held.
    pub fn is_gone(&self, ticket: Uuid) -> bool {
        self.held.as_ref().is_some_and(|held| held.gone.contains(&ticket))
    }

    /// The row the keyboard stands on, or the open one.
    fn stands(&self) -> Option<Uuid> {
        self.cursor.or(self.selected).filter(|ticket| self.holds(*ticket))
    }

    fn ids(&self) -> Vec<Uuid> {
        self.rows.iter().map(|row| row.id).collect()
    }

    /// The picked rows, as they stand.
    pub fn picked(&self) -> impl Iterator<Item = &Rc<TicketRow>> {
        self.rows.iter().filter(|row| self.picks.holds(row.id))
    }

    fn show(&mut self, rows: Rows) {
        if self.rows == rows {
            return;
        }
        self.picks.keep(rows.iter().map(|row| row.id));
        let stood = self.cursor.and_then(|cursor| self.at(cursor));
        self.rows = rows;
        // A row that left the view hands the keyboard to the one that took its place.
        if let (Some(stood), Some(cursor)) = (stood, self.cursor)
            && !self.holds(cursor)
        {
            let next = stood.min(self.rows.len().saturating_sub(1));
            self.cursor = self.rows.get(next).map(|row| row.id);
        }
    }

    /// Whether anything narrows the view.
    pub fn is_narrowed(&self) -> bool {
        !self.query.q.trim().is_empty()
    }

    /// Whether an operator narrows it.
    pub fn is_filtered(&self) -> bool {
        tokens(&self.query.q).iter().any(|token| matches!(token.kind, Kind::Operator(..)))
    }

    /// What is asked for, as far as it does not depend on the day.
    pub fn asked(&self) -> Asked {
        Asked::read(&self.query.q, self.query.calendar.today)
    }

    /// Whether words are looked for: what they find has its own order.
    pub fn has_words(&self) -> bool {
        self.asked().has_words()
    }

    /// Whether a ticket's row is here.
    pub fn holds(&self, ticket: Uuid) -> bool {
        self.at(ticket).is_some()
    }

    /// Where a ticket's row stands.
    pub fn at(&self, ticket: Uuid) -> Option<usize> {
        self.rows.iter().position(|row| row.id == ticket)
    }

    /// Bring a row into view.
    pub const fn reveal(&mut self, ticket: Uuid) {
        self.cursor = Some(ticket);
        self.moves += 1;
    }

    fn ask(&mut self, query: TicketQuery) {
        if query == self.query {
            return;
        }
        // Rows of another view must not stand under the new title; a filter or search keeps them until the answer, which is local and instant.
        if query.inbox != self.query.inbox {
            self.rows = Rc::default();
            self.total = 0;
        }
        self.answered = false;
        self.picks = Picks::default();
        self.held = self.held.take().map(|_| Held::default());
        self.window = PAGE;
        self.cursor = None;
        self.query = query;
    }

    fn step(&mut self, by: i32) {
        if self.rows.is_empty() {
            return;
        }
        let last = self.rows.len() as i64 - 1;
        let from = self
            .cursor
            .and_then(|cursor| self.at(cursor))
            .or_else(|| self.selected.and_then(|selected| self.at(selected)));
        let to = match from {
            Some(from) => (from as i64 + i64::from(by)).clamp(0, last),
            None if by >= 0 => 0,
            None => last,
        };
        self.cursor = Some(self.rows[to as usize].id);
        self.moves += 1;
    }

    // A ticket that moved between two pages may come twice; its first place counts. A row that did not change keeps its address, so that drawing it again costs nothing.
    fn keep_same(&self, rows: Vec<Rc<TicketRow>>) -> Vec<Rc<TicketRow>> {
        let before: HashMap<Uuid, &Rc<TicketRow>> = self.rows.iter().map(|row| (row.id, row)).collect();
        let mut here = HashSet::new();
        rows.into_iter()
            .filter(|row| here.insert(row.id))
            .map(|row| match before.get(&row.id) {
                Some(same) if **same == row => Rc::clone(same),
                _ => row,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, row};
    use super::*;

    fn list(rows: u8) -> List {
        let mut list = List::default();
        let query = list.query.clone();
        list.apply(Action::Arrived {
            query,
            rows: (1..=rows).map(|n| Rc::new(row(n))).collect(),
            total: u64::from(rows),
        });
        list
    }

    #[test]
    fn what_left_a_held_list_is_picked_no_more_and_comes_back_unpicked() {
        let mut list = list(3);
        list.apply(Action::Hold(true));
        list.apply(Action::Pick(Some(id(1))));
        list.apply(Action::Pick(Some(id(2))));
        let arrived = |rows: &[u8]| Action::Arrived {
            query: TicketQuery::default(),
            rows: rows.iter().map(|n| Rc::new(row(*n))).collect(),
            total: rows.len() as u64,
        };
        list.apply(arrived(&[3]));
        assert!(list.picks.is_empty() && list.is_gone(id(1)));
        list.apply(arrived(&[1, 2, 3]));
        list.apply(Action::Pick(Some(id(1))));
        assert_eq!(list.picked().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
    }

    #[test]
    fn picks_follow_the_keyboard_and_leave_with_the_rows() {
        let mut list = list(4);
        list.apply(Action::Move(1));
        list.apply(Action::PickBy(1));
        list.apply(Action::PickBy(1));
        assert_eq!(list.picked().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
        list.apply(Action::Pick(None));
        assert_eq!(list.picks.count(), 2, "the one under the keyboard again");
        list.apply(Action::PickTo(id(4)));
        assert_eq!(list.picks.count(), 4);
        list.apply(Action::Pick(Some(id(2))));
        assert_eq!(list.picks.count(), 3);
        list.apply(Action::Pick(None));
        assert_eq!(list.picks.count(), 4, "the keyboard stands where the pointer was");
        let query = list.query.clone();
        list.apply(Action::Arrived { query, rows: vec![Rc::new(row(1)), Rc::new(row(4))], total: 2 });
        assert_eq!(list.picks.count(), 2, "nobody changes what they do not see");
        list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
        assert!(list.picks.is_empty());
    }

    #[test]
    fn another_order_asks_anew_and_outlives_the_filters() {
        let mut list = list(3);
        list.apply(Action::Sort(Sort::Priority));
        assert!(!list.answered && list.rows.len() == 3);
        list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
        list.apply(Action::Clear);
        assert_eq!(list.query.sort, Sort::Priority);
        list.apply(Action::Inbox(Inbox::Mine));
        assert_eq!(list.query.sort, Sort::Latest, "a view is a question of its own");
    }

    #[test]
    fn filters_and_typed_operators_are_one_thing() {
        let mut list = list(3);
        list.apply(Action::Search("akad status:open".into()));
        assert!(list.is_filtered() && list.has_words());
        list.apply(Action::Filter(Operator::Status, Some("status:closed".into())));
        list.apply(Action::Filter(Operator::Priority, Some("priority:urgent".into())));
        assert_eq!(list.query.q, "status:closed priority:urgent akad");
        list.apply(Action::Filter(Operator::Status, None));
        list.apply(Action::Search(asked::narrowed(&list.query.q, Operator::Priority, None)));
        assert!(!list.is_filtered() && list.is_narrowed());
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped() {
        let mut list = list(3);
        let old = list.query.clone();
        list.apply(Action::Search("akad".into()));
        list.apply(Action::Arrived { query: old, rows: vec![], total: 0 });
        assert!(!list.answered);
        assert_eq!(list.rows.len(), 3);
    }

    #[test]
    fn another_view_starts_clean() {
        let mut list = list(3);
        list.apply(Action::Filter(Operator::Status, Some("status:open".into())));
        assert!(list.is_filtered());
        list.apply(Action::Inbox(Inbox::Mine));
        assert!(!list.is_narrowed());
        assert!(list.rows.is_empty() && !list.answered);
    }

    #[test]
    fn the_keyboard_starts_at_the_open_ticket_and_stops_at_the_ends() {
        let mut list = list(3);
        list.apply(Action::Move(1));
        assert_eq!(list.cursor, Some(id(1)));
        list.apply(Action::Move(-1));
        assert_eq!(list.cursor, Some(id(1)));
        list.cursor = None;
        list.selected = Some(id(2));
        list.apply(Action::Move(1));
        list.apply(Action::Move(1));
        assert_eq!(list.cursor, Some(id(3)));
    }

    #[test]
    fn a_row_that_leaves_hands_the_keyboard_on() {
        let mut list = list(3);
        list.cursor = Some(id(2));
        let query = list.query.clone();
        list.apply(Action::Arrived { query, rows: vec![Rc::new(row(1)), Rc::new(row(3))], total: 2 });
        assert_eq!(list.cursor, Some(id(3)));
    }

    #[test]
    fn a_held_list_stands_still_until_it_is_let_go() {
        let mut list = list(3);
        let arrive = |list: &mut List, numbers: &[u8]| {
            let rows = numbers.iter().map(|n| Rc::new(row(*n))).collect();
            list.apply(Action::Arrived { query: list.query.clone(), rows, total: numbers.len() as u64 });
        };
        let ids = |list: &List| list.rows.iter().map(|row| row.id).collect::<Vec<_>>();
        list.cursor = Some(id(1));
        list.apply(Action::Hold(true));
        arrive(&mut list, &[4, 3, 2]);
        assert_eq!(ids(&list), [4, 1, 2, 3].map(id));
        assert_eq!((list.news(), list.total, list.is_gone(id(1))), (1, 3, true));
        list.apply(Action::Hold(true));
        assert_eq!(list.news(), 1, "still held");
        list.apply(Action::Hold(false));
        assert_eq!(ids(&list), [4, 3, 2].map(id));
        assert_eq!((list.news(), list.cursor), (0, Some(id(3))), "its row left: the one in its place has the keyboard");
        // Another question is another list.
        list.apply(Action::Hold(true));
        arrive(&mut list, &[5, 4, 3, 2]);
        list.apply(Action::Search("akad".into()));
        arrive(&mut list, &[7, 5]);
        assert_eq!((ids(&list), list.news()), ([7, 5].map(id).to_vec(), 0));
        arrive(&mut list, &[8, 5, 7]);
        assert_eq!(ids(&list), [8, 7, 5].map(id), "held as before");
    }

    #[test]
    fn an_unchanged_row_keeps_its_address() {
        let mut list = list(2);
        let first = Rc::clone(&list.rows[0]);
        let query = list.query.clone();
        let mut changed = row(2);
        changed.unread = 7;
        list.apply(Action::Arrived { query, rows: vec![Rc::new(row(1)), Rc::new(changed)], total: 2 });
        assert!(Rc::ptr_eq(&first, &list.rows[0]));
        assert_eq!(list.rows[1].unread, 7);
    }

    #[test]
    fn a_ticket_that_moved_between_two_pages_stands_once() {
        let mut list = List::default();
        let query = list.query.clone();
        let rows = vec![Rc::new(row(1)), Rc::new(row(2)), Rc::new(row(1))];
        list.apply(Action::Arrived { query, rows, total: 2 });
        assert_eq!(list.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2)]);
    }

    #[test]
    fn more_is_asked_for_only_when_there_is_more() {
        let mut list = list(3);
        list.apply(Action::More);
        assert_eq!(list.window, PAGE);
        list.rows = Rc::new((0..200).map(|_| Rc::new(row(1))).collect());
        list.total = 1_000;
        list.apply(Action::More);
        list.apply(Action::More);
        assert_eq!(list.window, 2 * PAGE);
    }
}
