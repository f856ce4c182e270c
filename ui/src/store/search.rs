//! Search: what is looked for, what was found here and at the service, and where the keyboard stands among it.

use std::rc::Rc;

use gemilang_protocol::desk::views::Hit;
use uuid::Uuid;

/// Letters that are not enough to ask the service: it would find half of everything.
const LEAST_AT_SERVICE: usize = 3;
/// Searches remembered while the desk is open.
const REMEMBERED: usize = 6;

/// The search on screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// As typed.
    pub q: String,
    /// What was found on this desk; of an older search until the answer, which is local and instant.
    pub hits: Rc<Vec<Hit>>,
    /// How many there are here in all.
    pub total: u64,
    /// How long the last search here took, in milliseconds; nothing before the first answer to this search.
    pub took: Option<u32>,
    /// What the service found.
    pub service: Service,
    /// The hit the keyboard stands on, counted through both lists.
    pub at: usize,
    /// What was opened from a search lately, newest first.
    pub lately: Vec<String>,
    /// Grows when the field should take the keyboard.
    pub focus: u32,
}

/// What the service found of what is not on this desk.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Service {
    /// It was not asked.
    #[default]
    Unasked,
    /// It was asked.
    Asked,
    /// These.
    Found(Rc<Vec<Hit>>),
    /// It gave no answer.
    Silent,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Typed.
    Typed(String),
    /// What is here was found. An answer to an older search is dropped.
    Found {
        /// What was looked for.
        q: String,
        /// The hits.
        hits: Rc<Vec<Hit>>,
        /// How many there are.
        total: u64,
        /// How long it took, in milliseconds.
        took: u32,
    },
    /// The service is asked for this.
    Asked(String),
    /// The service answered, or did not. An answer to an older search is dropped.
    Answered(String, Option<Rc<Vec<Hit>>>),
    /// The keyboard moves by so many hits.
    Move(i32),
    /// A hit was opened: the search is worth remembering.
    Opened,
    /// The field takes the keyboard.
    Focus,
}

impl Search {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Typed(q) => {
                if q.trim() != self.q.trim() {
                    self.took = None;
                    self.service = Service::Unasked;
                    self.at = 0;
                }
                self.q = q;
                if self.q.trim().is_empty() {
                    self.hits = Rc::default();
                    self.total = 0;
                }
            }
            Action::Found { q, hits, total, took } => {
                if q == self.asks() {
                    // A hit keeps the keyboard when others come before it.
                    let stood = self.standing_on().map(|(hit, _)| hit.row.id).filter(|_| self.at > 0);
                    self.hits = hits;
                    self.total = total;
                    self.took = Some(took);
                    self.at = stood.and_then(|id| self.place(id)).unwrap_or(0);
                }
            }
            Action::Asked(q) => {
                if q == self.asks() && !matches!(self.service, Service::Found(_)) {
                    self.service = Service::Asked;
                }
            }
            Action::Answered(q, found) => {
                if q == self.asks() {
                    self.service = found.map_or(Service::Silent, Service::Found);
                }
            }
            Action::Move(by) => {
                let last = (self.hits.len() + self.elsewhere().len()) as i64 - 1;
                self.at = (self.at as i64 + i64::from(by)).clamp(0, last.max(0)) as usize;
            }
            Action::Opened => {
                let q = self.asks().to_owned();
                self.lately.retain(|it| *it != q);
                self.lately.insert(0, q);
                self.lately.truncate(REMEMBERED);
            }
            Action::Focus => self.focus += 1,
        }
    }

    /// What is looked for, without the blanks around it.
    pub fn asks(&self) -> &str {
        self.q.trim()
    }

    /// Whether it is worth the service's time.
    pub fn is_for_service(&self) -> bool {
        self.asks().chars().count() >= LEAST_AT_SERVICE
    }

    /// The service's hits that are not on this desk either way.
    pub fn elsewhere(&self) -> Vec<&Hit> {
        match &self.service {
            Service::Found(hits) => {
                hits.iter().filter(|hit| !self.hits.iter().any(|here| here.row.id == hit.row.id)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The hit the keyboard stands on, and whether it is on this desk.
    pub fn standing_on(&self) -> Option<(&Hit, bool)> {
        match self.hits.get(self.at) {
            Some(hit) => Some((hit, true)),
            None => self.elsewhere().get(self.at - self.hits.len()).map(|hit| (*hit, false)),
        }
    }

    fn place(&self, id: Uuid) -> Option<usize> {
        let elsewhere = self.elsewhere();
        self.hits.iter().chain(elsewhere).position(|hit| hit.row.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, row};
    use super::*;

    fn hit(n: u8) -> Hit {
        Hit { row: row(n), said: None }
    }

    fn found(q: &str, hits: &[u8]) -> Action {
        let hits: Vec<_> = hits.iter().map(|n| hit(*n)).collect();
        Action::Found { q: q.into(), total: hits.len() as u64, hits: Rc::new(hits), took: 4 }
    }

    fn answered(q: &str, hits: &[u8]) -> Action {
        Action::Answered(q.into(), Some(Rc::new(hits.iter().map(|n| hit(*n)).collect())))
    }

    fn on(search: &Search) -> Option<(Uuid, bool)> {
        search.standing_on().map(|(hit, here)| (hit.row.id, here))
    }

    #[test]
    fn answers_to_an_older_search_are_dropped() {
        let mut search = Search::default();
        search.apply(Action::Typed("akad".into()));
        search.apply(found("aka", &[1]));
        search.apply(answered("aka", &[2]));
        assert!(search.hits.is_empty() && search.took.is_none() && search.service == Service::Unasked);
        search.apply(found("akad", &[1]));
        search.apply(Action::Typed("akad ".into()));
        assert_eq!(search.took, Some(4), "a blank asks for nothing else");
        search.apply(Action::Typed("akadn".into()));
        assert_eq!((search.hits.len(), search.took), (1, None), "the old hits stay until the new ones are here");
        search.apply(Action::Typed(String::new()));
        assert!(search.hits.is_empty());
    }

    #[test]
    fn the_keyboard_walks_through_both_lists() {
        let mut search = Search::default();
        assert_eq!(on(&search), None);
        search.apply(Action::Typed("akad".into()));
        search.apply(found("akad", &[1, 2]));
        search.apply(answered("akad", &[2, 3]));
        assert_eq!(search.elsewhere().len(), 1, "what is here is told once");
        for wanted in [(id(1), true), (id(2), true), (id(3), false), (id(3), false)] {
            assert_eq!(on(&search), Some(wanted));
            search.apply(Action::Move(1));
        }
        // The service's hit was fetched and is found here now, among others.
        search.apply(found("akad", &[4, 1, 2, 3]));
        assert_eq!(on(&search), Some((id(3), true)));
        search.apply(Action::Move(-9));
        assert_eq!(on(&search), Some((id(4), true)));
    }

    #[test]
    fn the_first_hit_has_the_keyboard_whatever_comes_before_it() {
        let mut search = Search::default();
        search.apply(Action::Typed("akad".into()));
        search.apply(found("akad", &[1]));
        search.apply(found("akad", &[2, 1]));
        assert_eq!(on(&search), Some((id(2), true)));
    }

    #[test]
    fn what_was_opened_is_remembered_once() {
        let mut search = Search::default();
        for q in ["akad", "tenda", " akad "] {
            search.apply(Action::Typed(q.into()));
            search.apply(Action::Opened);
        }
        assert_eq!(search.lately, ["akad", "tenda"]);
        assert!(search.is_for_service());
        search.apply(Action::Typed("ak".into()));
        assert!(!search.is_for_service());
    }
}
