//! The list: what is asked for, which rows are here, which one the keyboard stands on and which one is open.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use gemilang_protocol::desk::asked::spelled::Operator;
use gemilang_protocol::desk::asked::tokens::{Kind, tokens};
use gemilang_protocol::desk::asked::{self, Asked};
use gemilang_protocol::desk::views::{Inbox, Sort, TicketQuery, TicketRow};
use uuid::Uuid;

use super::held::Held;
use super::part::{self, Part};
use super::picks::Picks;

/// Tickets picked at once, at most.
pub const MOST_PICKED: u32 = 1_000;

/// The list on screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// What is asked for; `offset` and `limit` stay 0, see [`List::wants`].
    pub query: TicketQuery,
    /// Where the part begins that is to be here; it follows what is in view.
    pub wants: u32,
    /// The rows that are here.
    pub part: Part,
    /// Whether the list is longer than is counted.
    pub more: bool,
    /// Whether the core has answered this query; before it nothing is said about emptiness.
    pub answered: bool,
    /// The row the keyboard stands on.
    pub cursor: Option<Uuid>,
    /// The place of that row, as far as is known: it may not be here.
    pub place: Option<u32>,
    /// The keyboard goes to the row of this place as soon as it is here.
    pub seeks: Option<u32>,
    /// This ticket was named and its row is not here: where it stands is asked for, and it is brought into view once.
    pub locates: Option<Uuid>,
    /// Grows with every move of the keyboard, so that the row is brought into view again.
    pub moves: u32,
    /// The open ticket.
    pub selected: Option<Uuid>,
    /// What is kept back while somebody is about to press a row.
    pub held: Option<Held>,
    /// The rows that are picked, to be changed at once.
    pub picks: Picks,
    /// All rows of these places are to be picked, which are not all here.
    pub picks_wanted: Option<Range<u32>>,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Another view; filters and search are dropped, since a view is a question of its own.
    Inbox(Inbox),
    /// Ask for just this.
    Ask(TicketQuery),
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
        /// The place of the first row.
        from: u32,
        /// They.
        rows: Vec<Rc<TicketRow>>,
        /// How many there are.
        total: u64,
        /// Whether there are more than are counted.
        more: bool,
    },
    /// The rows of these places are in view.
    View(Range<u32>),
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
    /// These rows that were to be picked are here, with their places.
    Picked {
        /// What was asked.
        query: TicketQuery,
        /// The rows in order.
        rows: Vec<Rc<TicketRow>>,
        /// The place of the first.
        from: u32,
    },
    /// Pick none.
    PickNone,
}

impl List {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Inbox(inbox) => self.ask(TicketQuery { inbox, ..TicketQuery::default() }),
            Action::Ask(query) => self.ask(query),
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
            Action::Arrived { query, from, rows, total, more } => {
                if query == self.query {
                    self.more = more;
                    let rows = Rc::new(self.keep_same(rows));
                    self.arrived(Part { from, rows, total });
                }
            }
            // Rows that are fetched for the keyboard are not given up for those it leaves.
            Action::View(_) if self.is_fetching() => {}
            Action::View(view) => self.wants = part::begin(self.wants, &view, self.part.total),
            Action::Move(by) => {
                self.locates = None;
                self.step(by);
            }
            Action::Sort(sort) => {
                let query = TicketQuery { sort, ..self.query.clone() };
                self.ask(query);
            }
            Action::Pick(ticket) => {
                if let Some(place) = ticket.and_then(|ticket| self.at(ticket)).or_else(|| self.stands())
                    && let Some(row) = self.row(place)
                {
                    self.stand_on(place);
                    self.picks.toggle(&row, place);
                }
            }
            Action::PickTo(ticket) => {
                if let Some(place) = self.at(ticket) {
                    self.pick_to(self.stands(), place);
                    self.stand_on(place);
                }
            }
            Action::PickBy(by) => {
                let from = self.stands();
                self.step(by);
                if let Some(to) = self.stands() {
                    self.pick_to(from, to);
                }
            }
            Action::PickAll => {
                let most = u32::try_from(self.part.total).unwrap_or(u32::MAX).min(MOST_PICKED);
                if self.part.is_whole() {
                    self.picks.all(&self.part);
                } else if self.picks.count() == most as usize {
                    self.picks = Picks::default();
                } else {
                    self.picks_wanted = Some(0..most);
                }
            }
            Action::Picked { query, rows, from } => {
                if query == self.query && self.picks_wanted.take().is_some() {
                    self.picks.add(rows.iter().zip(from..));
                }
            }
            Action::PickNone => {
                self.picks = Picks::default();
                self.picks_wanted = None;
            }
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
        self.held.as_ref().map_or(0, Held::news)
    }

    /// Whether a row only stands here because the list is held.
    pub fn is_gone(&self, ticket: Uuid) -> bool {
        self.held.as_ref().is_some_and(|held| held.gone.contains(&ticket))
    }

    /// The place of the row the keyboard stands on, or of the open one.
    fn stands(&self) -> Option<u32> {
        self.place.filter(|_| self.cursor.is_some()).or_else(|| self.selected.and_then(|ticket| self.at(ticket)))
    }

    fn row(&self, place: u32) -> Option<Rc<TicketRow>> {
        self.part.rows.get(place.checked_sub(self.part.from)? as usize).map(Rc::clone)
    }

    fn stand_on(&mut self, place: u32) {
        self.cursor = self.part.ticket(place);
        self.place = self.cursor.map(|_| place);
    }

    /// Picks all from where the last pick was, else from `from`, up to a place; those that are not here are asked for.
    fn pick_to(&mut self, from: Option<u32>, to: u32) {
        let begin = self.picks.anchor().or(from).unwrap_or(to);
        let (first, last) = (begin.min(to), begin.max(to));
        self.picks.hold_on(begin);
        if self.part.has(first) && self.part.has(last) {
            let rows = (first..=last).filter_map(|place| Some((self.row(place)?, place))).collect::<Vec<_>>();
            self.picks.add(rows.iter().map(|(row, place)| (row, *place)));
        } else {
            // Those nearest to where it ends, where it is too far.
            let range = if begin <= to {
                first.max(last.saturating_sub(MOST_PICKED - 1))..last + 1
            } else {
                first..(last + 1).min(first + MOST_PICKED)
            };
            self.picks_wanted = Some(range);
        }
    }

    /// The picked rows, as they stand.
    pub fn picked(&self) -> impl Iterator<Item = &Rc<TicketRow>> {
        self.picks.rows()
    }

    fn arrived(&mut self, part: Part) {
        match &mut self.held {
            Some(held) if self.answered => {
                if held.latest.as_ref().unwrap_or(&self.part) != &part {
                    // What left and stands there pale is picked no more, either.
                    self.picks.keep(&part);
                    self.part = held.take_in(&self.part, part);
                    self.place = self.cursor.and_then(|cursor| self.part.at(cursor)).or(self.place);
                }
            }
            _ => self.show(part),
        }
        self.answered = true;
        if let Some(place) = self.seeks.filter(|place| self.part.has(*place)) {
            self.go_to(place);
        }
        if let Some(ticket) = self.locates.filter(|ticket| self.holds(*ticket)) {
            self.reveal(ticket);
        }
    }

    fn show(&mut self, part: Part) {
        if self.part == part {
            return;
        }
        self.picks.keep(&part);
        self.part = part;
        let (Some(cursor), Some(place)) = (self.cursor, self.place) else { return };
        let last = self.part.end().saturating_sub(1);
        if let Some(at) = self.part.at(cursor) {
            self.place = Some(at);
        } else if self.part.would_have(place) {
            // A row that left the view hands the keyboard to the one that took its place.
            self.stand_on(place.min(last));
        }
    }

    /// Whether the keyboard waits for rows that are under way.
    fn is_fetching(&self) -> bool {
        (self.seeks.is_some() || self.locates.is_some()) && self.wants != self.part.from
    }

    /// The keyboard goes to a row, now or as soon as it is here.
    fn go_to(&mut self, place: u32) {
        if self.part.has(place) {
            self.seeks = None;
            self.stand_on(place);
            self.moves += 1;
        } else {
            self.seeks = Some(place);
            self.wants = part::begin(self.wants, &(place..place + 1), self.part.total);
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

    /// The place of a ticket's row, if it is here.
    pub fn at(&self, ticket: Uuid) -> Option<u32> {
        self.part.at(ticket)
    }

    /// Keys go on from the row of a ticket, where it is here.
    pub fn keys_go_on_from(&mut self, ticket: Uuid) {
        if let Some(place) = self.at(ticket) {
            self.stand_on(place);
        }
    }

    /// Bring a row into view.
    pub fn reveal(&mut self, ticket: Uuid) {
        self.cursor = Some(ticket);
        self.place = self.at(ticket);
        self.locates = self.place.is_none().then_some(ticket);
        self.seeks = None;
        self.moves += 1;
    }

    /// The ticket that was named stands at this place: its rows are read, and it is brought into view when they are here.
    pub fn locate(&mut self, place: u32) {
        self.wants = part::begin(self.wants, &(place..place + 1), self.part.total);
        if self.part.from == self.wants {
            // They are here, and it is not among them any more.
            self.locates = None;
        }
    }

    fn ask(&mut self, query: TicketQuery) {
        if query == self.query {
            return;
        }
        // Rows of another view must not stand under the new title; a filter or search keeps them until the answer, which is local and instant.
        if query.inbox != self.query.inbox {
            self.part = Part::default();
        }
        self.answered = false;
        self.picks = Picks::default();
        self.picks_wanted = None;
        self.held = self.held.take().map(|_| Held::default());
        self.wants = 0;
        self.cursor = None;
        self.place = None;
        self.seeks = None;
        self.locates = None;
        self.query = query;
    }

    fn step(&mut self, by: i32) {
        let Some(last) = self.part.extent().checked_sub(1) else { return };
        // From nowhere one step leads to the first row, or to the last.
        let from = match self.seeks.or_else(|| self.stands()) {
            Some(from) => i64::from(from),
            None if by >= 0 => -1,
            None => i64::from(last) + 1,
        };
        let to = (from + i64::from(by)).clamp(0, i64::from(last)) as u32;
        self.go_to(to);
    }

    // A ticket that moved between two pages may come twice; its first place counts. A row that did not change keeps its address, so that drawing it again costs nothing.
    fn keep_same(&self, rows: Vec<Rc<TicketRow>>) -> Vec<Rc<TicketRow>> {
        let before: HashMap<Uuid, &Rc<TicketRow>> = self.part.rows.iter().map(|row| (row.id, row)).collect();
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
mod tests;
