//! The store: what the page knows, as plain data. Every change is an `Action` and a pure function; nothing here calls the core or the document.

/// What is being written, per ticket.
pub mod composer;
/// The list: what is asked for, what is here, what is chosen.
pub mod list;
/// Where the person is, and the counts beside the views.
pub mod navigation;
/// Who is signed in, and what is remembered between runs.
pub mod session;
/// What was just done, for ten seconds.
pub mod snack;
/// Where sync stands, and what has to be read again.
pub mod sync;
/// The ticket on screen.
pub mod thread;
/// The conversation in reading order: days, groups, news, unsent words.
pub mod timeline;

use std::rc::Rc;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{Dashboard, OutboxItem};
use gemilang_protocol::{Person, Time, Zone};
use uuid::Uuid;
use yew::Reducible;

use self::list::List;
use self::navigation::{Page, Place};
use self::session::Session;
use self::snack::Snacks;
use self::sync::Sync;
use self::thread::Open;

/// Everything the page knows but the words being typed (see [`composer`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Who.
    pub session: Session,
    /// Where.
    pub place: Place,
    /// The list.
    pub list: List,
    /// The ticket on screen.
    pub open: Open,
    /// Sync.
    pub sync: Sync,
    /// What was just done.
    pub snacks: Snacks,
    /// The dashboard, once read.
    pub dashboard: Option<Rc<Dashboard>>,
    /// Everything unsent, in the order written.
    pub outbox: Rc<Vec<OutboxItem>>,
    /// Who can be assigned.
    pub staff: Rc<Vec<Person>>,
    /// The time the ages on screen are told by.
    pub now: Time,
    /// The zone of this device.
    pub zone: Zone,
}

impl Desk {
    /// A desk before its first answer.
    pub fn new(now: Time, zone: Zone) -> Self {
        Self {
            session: Session::default(),
            place: Place::default(),
            list: List::default(),
            open: Open::default(),
            sync: Sync::default(),
            snacks: Snacks::default(),
            dashboard: None,
            outbox: Rc::default(),
            staff: Rc::default(),
            now,
            zone,
        }
    }

    /// The id of the person at this desk.
    pub fn me(&self) -> Option<Uuid> {
        self.session.who.as_ref().map(|who| who.user.id)
    }
}

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// To the session.
    Session(session::Action),
    /// A page was chosen.
    Go(Page),
    /// The counts arrived.
    Counts(gemilang_protocol::desk::views::Navigation),
    /// To the list.
    List(list::Action),
    /// Search all tickets; an empty search goes back to where it was begun.
    Search(String),
    /// A ticket was chosen, or none.
    Pick(Option<Uuid>),
    /// A ticket was named from outside (an alert, a second start): show it in a list that holds it.
    Show(Uuid),
    /// To the ticket on screen.
    Thread(thread::Action),
    /// To sync.
    Sync(sync::Action),
    /// The core announced changes.
    Changed(Changed),
    /// To the snacks.
    Snack(snack::Action),
    /// The dashboard arrived.
    Dashboard(Rc<Dashboard>),
    /// The outbox arrived.
    Outbox(Rc<Vec<OutboxItem>>),
    /// The staff arrived.
    Staff(Rc<Vec<Person>>),
    /// The side pane of a narrow window opens or closes.
    Drawer(bool),
    /// Time passed.
    Tick(Time),
}

impl Reducible for Desk {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut desk = (*self).clone();
        desk.apply(action);
        Rc::new(desk)
    }
}

impl Desk {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Session(action) => {
                let other = match &action {
                    session::Action::SignedOut => true,
                    session::Action::SignedIn(who) => self.me().is_some_and(|me| me != who.user.id),
                    _ => false,
                };
                if other {
                    // Nothing of one person stays on screen for the next.
                    let session = self.session.clone();
                    *self = Self::new(self.now, self.zone);
                    self.session = session;
                }
                self.session.apply(action);
            }
            Action::Go(page) => {
                if let Page::Inbox(inbox) = page {
                    self.list.apply(list::Action::Inbox(inbox));
                }
                self.place.go(page);
            }
            Action::Counts(counts) => self.place.counts = counts,
            Action::List(action) => self.list.apply(action),
            Action::Search(q) => self.search(q),
            Action::Pick(ticket) => self.pick(ticket),
            Action::Show(ticket) => {
                if !self.place.is_inbox() || !self.list.holds(ticket) {
                    let page = Page::Inbox(gemilang_protocol::desk::views::Inbox::All);
                    self.list.apply(list::Action::Clear);
                    self.apply(Action::Go(page));
                }
                self.pick(Some(ticket));
                self.list.reveal(ticket);
            }
            Action::Thread(action) => self.open.apply(action),
            Action::Sync(action) => self.sync.apply(action),
            Action::Changed(changed) => self.sync.changed(&changed, self.open.ticket),
            Action::Snack(action) => self.snacks.apply(action),
            Action::Dashboard(dashboard) => self.dashboard = Some(dashboard),
            Action::Outbox(items) => self.outbox = items,
            Action::Staff(staff) => self.staff = staff,
            Action::Drawer(open) => self.place.drawer = open,
            Action::Tick(now) => self.now = now,
        }
    }

    fn search(&mut self, q: String) {
        let all = Page::Inbox(gemilang_protocol::desk::views::Inbox::All);
        if q.trim().is_empty() {
            if let Some(page) = self.place.before_search {
                self.apply(Action::Go(page));
            }
        } else if self.place.page != all {
            let before = self.place.page;
            self.apply(Action::Go(all));
            self.place.before_search = Some(before);
        }
        self.list.apply(list::Action::Search(q));
    }

    fn pick(&mut self, ticket: Option<Uuid>) {
        self.list.selected = ticket;
        self.open.show(ticket);
    }
}

#[cfg(test)]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::samples::{id, row, time};
    use super::*;
    use gemilang_protocol::desk::views::{Inbox, TicketQuery};

    fn desk() -> Desk {
        Desk::new(time("2026-11-30T07:32:00Z"), Zone::Wib)
    }

    #[test]
    fn a_named_ticket_is_shown_in_the_list_that_holds_it() {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Mine)));
        let query = desk.list.query.clone();
        desk.apply(Action::List(list::Action::Arrived {
            query,
            rows: vec![Rc::new(row(1)), Rc::new(row(2))],
            total: 2,
        }));
        desk.apply(Action::Show(id(2)));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::Mine));
        assert_eq!(desk.open.ticket, Some(id(2)));
    }

    #[test]
    fn a_named_ticket_of_another_list_switches_to_all_and_drops_the_search() {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Mine)));
        desk.apply(Action::List(list::Action::Search("akad".into())));
        desk.apply(Action::Show(id(9)));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::All));
        assert_eq!(desk.list.query, TicketQuery { inbox: Inbox::All, ..TicketQuery::default() });
        assert_eq!(desk.open.ticket, Some(id(9)));
        assert_eq!(desk.list.selected, Some(id(9)));
    }

    #[test]
    fn an_emptied_search_goes_back_to_where_it_was_begun() {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Mine)));
        desk.apply(Action::Search("ak".into()));
        desk.apply(Action::Search("akad".into()));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::All));
        assert_eq!(desk.list.query.q, "akad");
        desk.apply(Action::Search(String::new()));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::Mine));
        assert_eq!(desk.list.query.q, "");
    }

    #[test]
    fn signing_out_leaves_nothing_of_the_person_on_screen() {
        let mut desk = desk();
        desk.apply(Action::Pick(Some(id(1))));
        desk.apply(Action::Session(session::Action::SignedOut));
        assert_eq!(desk.open.ticket, None);
        assert!(desk.session.who.is_none());
    }

    #[test]
    fn signing_in_again_keeps_the_screen_for_the_same_person_only() {
        let mut desk = desk();
        let rina = samples::signed_in();
        let mut other = rina.clone();
        other.user.id = id(99);
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(rina.clone()))));
        desk.apply(Action::Pick(Some(id(1))));
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(rina))));
        assert_eq!(desk.open.ticket, Some(id(1)));
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(other))));
        assert_eq!(desk.open.ticket, None);
    }
}
