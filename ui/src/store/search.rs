//! Search: what is looked for, what was found here and at the service, and where the keyboard stands among it.

use std::rc::Rc;

use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::desk::asked::spelled::State;
use gemilang_protocol::desk::views::{Hit, Inbox, TicketQuery};
use uuid::Uuid;

use super::facets::{self, Found};

/// Letters that are not enough to ask the service: it would find half of everything.
const LEAST_AT_SERVICE: usize = 3;
/// Searches remembered while the desk is open.
const REMEMBERED: usize = 6;

/// The search on screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// As typed.
    pub q: String,
    /// What was found on this desk and is shown; of an older search until the answer, which is local and instant.
    pub hits: Rc<Vec<Hit>>,
    /// All that was found, where only some of it is shown.
    pub all: Rc<Vec<Hit>>,
    /// Only what was found there is shown.
    pub only: Option<Found>,
    /// Which of the completions the keyboard stands on.
    pub offer: Option<usize>,
    /// No completions are wanted until something else is typed.
    pub hushed: bool,
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
    /// Enter was pressed: the hit is opened once what was typed is answered.
    wish: Option<Wish>,
}

/// What Enter waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wish {
    /// The service's answer as well, should there be nothing here.
    service: bool,
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
    /// Only what was found there, or all again.
    Only(Option<Found>),
    /// The keyboard stands on a completion, or on none.
    Offer(Option<usize>),
    /// No completions now.
    Hush,
    /// The keyboard moves by so many hits.
    Move(i32),
    /// The hit under the keyboard is wanted, as soon as it is one of what was typed; `service`: whether the service is asked too.
    Enter {
        /// There is a line to it.
        service: bool,
    },
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
                self.wish = None;
                if q.trim() != self.q.trim() {
                    self.took = None;
                    self.service = Service::Unasked;
                    self.at = 0;
                    self.only = None;
                }
                self.offer = None;
                self.hushed = false;
                self.q = q;
                if self.q.trim().is_empty() {
                    self.hits = Rc::default();
                    self.all = Rc::default();
                    self.total = 0;
                }
            }
            Action::Found { q, hits, total, took } => {
                if q == self.asks() {
                    // A hit keeps the keyboard when others come before it.
                    let stood = self.standing_on().map(|(hit, _)| hit.row.id).filter(|_| self.at > 0);
                    self.all = hits;
                    self.total = total;
                    self.show();
                    self.took = Some(took);
                    let stands = stood.and_then(|id| self.place(id));
                    self.at = stands.unwrap_or(0);
                    if stood.is_some() && stands.is_none() {
                        // Enter was for that one, and no other.
                        self.wish = None;
                    }
                    self.give_up_hope();
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
                    self.give_up_hope();
                }
            }
            Action::Only(only) => {
                self.wish = None;
                self.only = only;
                self.at = 0;
                self.show();
            }
            Action::Offer(offer) => {
                self.wish = None;
                self.offer = offer;
            }
            Action::Hush => {
                self.hushed = true;
                self.offer = None;
            }
            Action::Enter { service } => {
                self.wish = Some(Wish { service: service && self.is_for_service() });
                self.give_up_hope();
            }
            Action::Move(by) => {
                self.wish = None;
                let last = (self.hits.len() + self.elsewhere().len()) as i64 - 1;
                self.at = (self.at as i64 + i64::from(by)).clamp(0, last.max(0)) as usize;
            }
            Action::Opened => {
                self.wish = None;
                let q = self.asks().to_owned();
                self.lately.retain(|it| *it != q);
                self.lately.insert(0, q);
                self.lately.truncate(REMEMBERED);
            }
            Action::Focus => {
                self.wish = None;
                self.focus += 1;
            }
        }
    }

    /// What is looked for, without the blanks around it.
    pub fn asks(&self) -> &str {
        self.q.trim()
    }

    /// Whether it is worth the service's time: it finds words; everything else stands in the heads, which are all here.
    pub fn is_for_service(&self) -> bool {
        facets::marks(&self.q).chars().count() >= LEAST_AT_SERVICE && !self.is_of_this_desk()
    }

    /// Whether something is asked for that no other computer knows.
    pub fn is_of_this_desk(&self) -> bool {
        let asked = Asked::read(&self.q, chrono::NaiveDate::default());
        asked.states.iter().any(|state| *state != State::Unread)
    }

    /// The list of everything that is looked for.
    pub fn list(&self) -> TicketQuery {
        TicketQuery { inbox: Inbox::All, q: self.asks().to_owned(), ..TicketQuery::default() }
    }

    /// How many there are of what is shown.
    pub fn shown(&self) -> u64 {
        if self.only.is_some() { self.hits.len() as u64 } else { self.total }
    }

    fn show(&mut self) {
        let marks = facets::marks(&self.q);
        self.hits = match self.only {
            Some(only) => Rc::new(self.all.iter().filter(|hit| only.is_in(hit, &marks)).cloned().collect()),
            None => Rc::clone(&self.all),
        };
    }

    /// The service's hits that are not on this desk either way.
    pub fn elsewhere(&self) -> Vec<&Hit> {
        match &self.service {
            Service::Found(hits) => {
                hits.iter().filter(|hit| !self.all.iter().any(|here| here.row.id == hit.row.id)).collect()
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

    /// The hit that Enter was pressed for, and whether it is on this desk; nothing while the answer is on its way.
    pub fn wanted(&self) -> Option<(&Hit, bool)> {
        self.wish.filter(|_| self.took.is_some()).and_then(|_| self.standing_on())
    }

    /// A wish ends with the last answer that could have fulfilled it: nothing opens by itself long after.
    fn give_up_hope(&mut self) {
        let answered = self.took.is_some() && self.standing_on().is_none();
        let hope =
            self.wish.is_some_and(|wish| wish.service) && matches!(self.service, Service::Unasked | Service::Asked);
        if answered && !hope {
            self.wish = None;
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
    fn only_what_was_found_in_one_place_is_shown_until_something_else_is_looked_for() {
        let mut search = Search::default();
        search.apply(Action::Typed("tiket".into()));
        search.apply(found("tiket", &[1, 2]));
        search.apply(Action::Only(Some(Found::Note)));
        assert_eq!((search.hits.len(), search.shown(), search.all.len()), (0, 0, 2));
        search.apply(Action::Only(Some(Found::Subject)));
        assert_eq!(search.shown(), 2);
        search.apply(Action::Typed("tiket 1".into()));
        assert_eq!(search.only, None);
    }

    #[test]
    fn the_service_is_asked_for_words_alone() {
        for (q, wanted) in [("status:selesai ak", false), ("status:selesai akad", true), ("akad ada:ditahan", false)] {
            let mut search = Search::default();
            search.apply(Action::Typed(q.into()));
            assert_eq!(search.is_for_service(), wanted, "{q}");
        }
    }

    fn wanted(search: &Search) -> Option<Uuid> {
        search.wanted().map(|(hit, _)| hit.row.id)
    }

    #[test]
    fn enter_opens_no_hit_of_an_older_search() {
        let enter = Action::Enter { service: true };
        let mut search = Search::default();
        search.apply(Action::Typed("akad".into()));
        search.apply(found("akad", &[1]));
        search.apply(enter.clone());
        assert_eq!(wanted(&search), Some(id(1)), "what is there opens at once");
        search.apply(Action::Opened);
        assert_eq!(wanted(&search), None);

        search.apply(Action::Typed("akad tenda".into()));
        search.apply(enter.clone());
        assert_eq!(wanted(&search), None, "on screen are hits for fewer words");
        search.apply(found("akad tenda", &[2, 1]));
        assert_eq!(wanted(&search), Some(id(2)));
        for changed in [Action::Typed("akad tenda ".into()), Action::Move(1), Action::Focus] {
            search.apply(enter.clone());
            search.apply(changed);
            assert_eq!(wanted(&search), None, "whoever goes on wants something else");
        }
    }

    #[test]
    fn enter_waits_for_the_service_where_nothing_is_here() {
        let enter = |service| Action::Enter { service };
        let typed = |q: &str| {
            let mut search = Search::default();
            search.apply(Action::Typed(q.into()));
            search
        };
        let mut search = typed("akad");
        search.apply(enter(true));
        search.apply(found("akad", &[]));
        search.apply(Action::Asked("akad".into()));
        assert_eq!(wanted(&search), None);
        search.apply(answered("akad", &[3]));
        assert_eq!(search.wanted().map(|(hit, here)| (hit.row.id, here)), Some((id(3), false)));

        // Where no answer is to come, nothing opens by surprise later.
        for (q, service, silent) in [("akad", false, false), ("ak", true, false), ("akad", true, true)] {
            let mut search = typed(q);
            search.apply(enter(service));
            search.apply(found(q, &[]));
            if silent {
                search.apply(Action::Answered(q.into(), None));
            }
            search.apply(answered(q, &[3]));
            assert_eq!(wanted(&search), None, "{q} {service} {silent}");
        }
    }

    #[test]
    fn enter_is_for_the_hit_that_was_walked_to() {
        let mut search = Search::default();
        search.apply(Action::Typed("aka".into()));
        search.apply(found("aka", &[1, 2]));
        search.apply(Action::Typed("akad".into()));
        search.apply(Action::Move(1));
        search.apply(Action::Enter { service: false });
        let mut without = search.clone();
        search.apply(found("akad", &[3, 1, 2]));
        assert_eq!(wanted(&search), Some(id(2)));
        without.apply(found("akad", &[1, 3]));
        assert_eq!(wanted(&without), None);
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
