//! Saved views: which there are, what they count, which one is open, and the form that names one. Pure.

use std::rc::Rc;

use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::desk::views::{SavedViewCount, SavedViewRow, TicketQuery};
use gemilang_protocol::{FieldError, validate};
use uuid::Uuid;

/// They are counted no oftener than this, in milliseconds.
const PAUSE_MS: f64 = 1_000.0;
/// What counting took is so many times waited for before it is done again: it may take a tenth of the time at most.
const SHARE: f64 = 10.0;

/// The saved views.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SavedViews {
    /// They, personal ones first, by name.
    pub rows: Rc<Vec<SavedViewRow>>,
    /// How many tickets each shows, as far as it was counted.
    pub counts: Rc<Vec<SavedViewCount>>,
    /// The one whose list is on screen.
    pub open: Option<Uuid>,
    /// What is being named.
    pub form: Form,
}

/// A list that gets a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// The view that is called otherwise; nothing makes a new one.
    pub view: Option<Uuid>,
    /// What it shows.
    pub query: TicketQuery,
    /// As typed.
    pub name: String,
    /// Whether it is for the whole team.
    pub shared: bool,
    /// What breaks a rule.
    pub wrong: Option<(String, FieldError)>,
}

/// What can happen to them.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// They arrived.
    Arrived(Vec<SavedViewRow>),
    /// They were counted.
    Counted(Vec<SavedViewCount>),
    /// A list is to get a name.
    Name(Box<Form>),
    /// The name was typed.
    Typed(String),
    /// For whom it is.
    Shared(bool),
    /// A field breaks a rule.
    Wrong(String, FieldError),
    /// This view is on screen from now on.
    Opened(Uuid),
}

impl SavedViews {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Arrived(rows) => {
                if *self.rows != rows {
                    self.rows = Rc::new(rows);
                }
            }
            Action::Counted(counts) => {
                if *self.counts != counts {
                    self.counts = Rc::new(counts);
                }
            }
            Action::Name(form) => self.form = *form,
            Action::Typed(name) => {
                self.form.name = name;
                self.form.wrong = None;
            }
            Action::Shared(shared) => self.form.shared = shared,
            Action::Wrong(field, rule) => self.form.wrong = Some((field, rule)),
            Action::Opened(view) => self.open = Some(view),
        }
    }

    /// A view.
    pub fn row(&self, view: Uuid) -> Option<&SavedViewRow> {
        self.rows.iter().find(|row| row.id == view)
    }

    /// The one whose list is on screen, unless it was deleted meanwhile.
    pub fn opened(&self) -> Option<&SavedViewRow> {
        self.open.and_then(|view| self.row(view))
    }

    /// How many tickets a view shows, as far as it was counted.
    pub fn count(&self, view: Uuid) -> Option<SavedViewCount> {
        self.counts.iter().find(|count| count.id == view).copied()
    }

    /// The open view, where its list was changed since.
    pub fn changed(&self, query: &TicketQuery) -> Option<&SavedViewRow> {
        self.opened().filter(|row| row.query.as_ref().is_some_and(|it| !is_same(it, query)))
    }
}

impl Form {
    /// A new view of a list.
    pub fn new(query: &TicketQuery) -> Self {
        Self { query: query.clone(), ..Self::default() }
    }

    /// Another name for a view.
    pub fn of(row: &SavedViewRow) -> Option<Self> {
        let query = row.query.clone()?;
        Some(Self { view: Some(row.id), query, name: row.name.clone(), shared: row.shared, wrong: None })
    }

    /// What breaks a rule before anything is asked for: the first field of them.
    ///
    /// # Errors
    /// It.
    pub fn check(&self) -> Result<(), (String, FieldError)> {
        validate::view_name(&self.name).map_err(|rule| (String::from("view"), rule))?;
        let q = validate::view_text(&self.query.q).map_err(|rule| (String::from("q"), rule))?;
        let is_read = Asked::read(&q, self.query.calendar.today).problems.is_empty();
        if is_read { Ok(()) } else { Err((String::from("q"), FieldError::NotInList)) }
    }
}

/// Whether two lists show the same.
fn is_same(one: &TicketQuery, other: &TicketQuery) -> bool {
    (one.inbox, one.sort, one.q.trim()) == (other.inbox, other.sort, other.q.trim())
}

/// When to count again: at once when long enough was rested, and never while a counting is under way.
#[derive(Debug, Default)]
pub struct Pace {
    busy: bool,
    again: bool,
    not_before: f64,
}

impl Pace {
    /// What they count may have changed. Answers after how many milliseconds it is to be counted; nothing where that is
    /// coming anyway.
    pub fn ask(&mut self, now: f64) -> Option<u32> {
        if self.busy {
            self.again = true;
            return None;
        }
        self.busy = true;
        Some((self.not_before - now).clamp(0.0, f64::from(u32::MAX)) as u32)
    }

    /// Counting begins: what changes from here on is counted again.
    pub fn begin(&mut self) {
        self.again = false;
    }

    /// It ended. Answers whether to ask again.
    pub fn end(&mut self, begun: f64, now: f64) -> bool {
        self.busy = false;
        self.not_before = now + (SHARE * (now - begun)).max(PAUSE_MS);
        std::mem::take(&mut self.again)
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::desk::views::{Inbox, Sort};

    use super::super::navigation::Page;
    use super::super::samples::{id, saved_view, time};
    use super::super::{Action as Any, Desk, list};
    use super::*;

    fn desk() -> Desk {
        let mut desk = Desk::new(time("2026-11-30T07:32:00Z"), gemilang_protocol::Zone::Wib);
        desk.apply(Any::Saved(Action::Arrived(vec![saved_view(1, "Vendor")])));
        desk
    }

    #[test]
    fn a_view_opens_its_list_and_another_inbox_closes_it() {
        let mut desk = desk();
        desk.apply(Any::OpenView(id(1)));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::Active));
        assert_eq!((desk.list.query.q.as_str(), desk.list.query.sort), ("kategori:vendor", Sort::Waiting));
        assert_eq!(desk.saved.opened().map(|row| row.name.as_str()), Some("Vendor"));
        desk.apply(Any::Go(Page::Inbox(Inbox::Active)));
        assert_eq!((desk.saved.opened(), desk.list.query.q.as_str()), (None, ""));
        desk.apply(Any::OpenView(id(9)));
        assert_eq!(desk.saved.open, None, "there is none");
    }

    #[test]
    fn a_narrower_list_is_a_change_and_the_same_list_is_none() {
        let mut desk = desk();
        desk.apply(Any::OpenView(id(1)));
        assert_eq!(desk.saved.changed(&desk.list.query), None);
        desk.apply(Any::List(list::Action::Search("kategori:vendor status:open".into())));
        assert_eq!(desk.saved.changed(&desk.list.query).map(|row| row.id), Some(id(1)));
        desk.apply(Any::OpenView(id(1)));
        assert_eq!(desk.saved.changed(&desk.list.query), None, "as it was");
        desk.apply(Any::List(list::Action::Sort(Sort::Filed)));
        assert!(desk.saved.changed(&desk.list.query).is_some());
        desk.apply(Any::Saved(Action::Arrived(Vec::new())));
        assert_eq!(desk.saved.opened(), None, "deleted elsewhere");
    }

    #[test]
    fn what_cannot_be_read_is_not_kept() {
        let named = |name: &str, q: &str| Form {
            name: name.into(),
            query: TicketQuery { q: q.into(), ..TicketQuery::default() },
            ..Form::default()
        };
        assert_eq!(named("  ", "").check(), Err(("view".into(), FieldError::Empty)));
        assert_eq!(named("Vendor", "status:entah").check(), Err(("q".into(), FieldError::NotInList)));
        assert_eq!(named("Vendor", "kategori:vendor -katering").check(), Ok(()));
    }

    #[test]
    fn counting_rests_for_ten_times_what_it_took_and_for_a_second_at_least() {
        let mut pace = Pace::default();
        assert_eq!(pace.ask(5_000.0), Some(0));
        pace.begin();
        assert_eq!((pace.ask(5_010.0), pace.ask(5_020.0)), (None, None), "one is under way");
        assert!(pace.end(5_000.0, 5_030.0));
        assert_eq!(pace.ask(5_030.0), Some(1_000));
        pace.begin();
        assert!(!pace.end(6_030.0, 6_430.0));
        assert_eq!(pace.ask(7_430.0), Some(3_000));
        assert_eq!(pace.ask(9_000.0), None, "what waits already counts that too");
        pace.begin();
        assert!(!pace.end(10_430.0, 10_431.0));
        assert_eq!(pace.ask(60_000.0), Some(0));
    }
}
