//! The store: what the page knows, as plain data. Every change is an `Action` and a pure function; nothing here calls the core or the document.

/// Where one is signed in, and a new password.
pub mod account;
/// What rings, duty, rules and the ledger.
pub mod alerts;
/// A month to choose a day from.
pub mod calendar;
/// Who else is at a ticket.
pub mod company;
/// What an operator that is being typed may become.
pub mod completion;
/// What is being written, per ticket.
pub mod composer;
/// What stands beside the dashboard's queues.
pub mod dashboard;
/// Everything a person can ask for, with its keys.
pub mod deeds;
/// Where hits were found, and whose they are.
pub mod facets;
/// The form of a ticket for a customer who called.
pub mod filing;
/// Matching what people type.
pub mod fuzzy;
/// Holding the list while somebody is about to press a row.
pub mod held;
/// Opening hours as an admin fills them in.
pub mod hours;
/// The list: what is asked for, what is here, what is chosen.
pub mod list;
/// Customers and orders, looked up.
pub mod lookup;
/// Two tickets that are to become one.
pub mod merge;
/// Where the person is, and the counts beside the views.
pub mod navigation;
/// Everything unsent, and what can be done with it.
pub mod outbox;
/// The palette, and what it offers.
pub mod palette;
/// Which part of a long list is here.
pub mod part;
/// Several tickets at once.
pub mod picks;
/// Lists that are kept under a name.
pub mod saved_views;
/// What is looked for, and what was found.
pub mod search;
/// Who is signed in, and what is remembered between runs.
pub mod session;
/// How large everything is.
pub mod size;
/// What was just done, for ten seconds.
pub mod snack;
/// A message that is to be split off.
pub mod split;
/// Subjects that are being changed.
pub mod subject;
/// Where sync stands, and what has to be read again.
pub mod sync;
/// Who is there, and who was asked to join.
pub mod team;
/// The ticket on screen.
pub mod thread;
/// The conversation in reading order: days, groups, news, unsent words.
pub mod timeline;

use std::rc::Rc;

use gemilang_protocol::alert::RingView;
use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{Dashboard, Inbox, TicketQuery};
use gemilang_protocol::{Company, Person, Role, Time, Zone};
use uuid::Uuid;
use yew::Reducible;

use self::account::Account;
use self::alerts::Alerts;
use self::filing::Filing;
use self::list::List;
use self::navigation::{Page, Place};
use self::outbox::Outbox;
use self::palette::Palette;
use self::saved_views::SavedViews;
use self::search::Search;
use self::session::Session;
use self::snack::Snacks;
use self::subject::Subjects;
use self::sync::Sync;
use self::team::Team;
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
    /// Lists that are kept under a name.
    pub saved: SavedViews,
    /// The ticket on screen.
    pub open: Open,
    /// What rings, and the ledger.
    pub alerts: Alerts,
    /// Who else is at which ticket.
    pub company: Rc<Company>,
    /// Where one is signed in.
    pub account: Account,
    /// The team, for admins.
    pub team: Team,
    /// When the house is open, for admins.
    pub hours: hours::Form,
    /// Customers and orders, looked up.
    pub lookup: lookup::LookUp,
    /// Sync.
    pub sync: Sync,
    /// What was just done.
    pub snacks: Snacks,
    /// The dashboard, once read.
    pub dashboard: Option<Rc<Dashboard>>,
    /// Everything unsent.
    pub outbox: Outbox,
    /// What is looked for.
    pub search: Search,
    /// The palette, and the sheet of keys.
    pub palette: Palette,
    /// A ticket for a customer who called.
    pub filing: Filing,
    /// Subjects that are being changed.
    pub subjects: Subjects,
    /// The tags there are, those that most tickets bear first.
    pub tags: Rc<Vec<String>>,
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
            saved: SavedViews::default(),
            open: Open::default(),
            alerts: Alerts::default(),
            company: Rc::default(),
            account: Account::default(),
            team: Team::default(),
            hours: hours::Form::default(),
            lookup: lookup::LookUp::default(),
            sync: Sync::default(),
            snacks: Snacks::default(),
            dashboard: None,
            outbox: Outbox::default(),
            search: Search::default(),
            palette: Palette::default(),
            filing: Filing::default(),
            subjects: Subjects::default(),
            tags: Rc::default(),
            staff: Rc::default(),
            now,
            zone,
        }
    }

    /// What stands in the ringer and is taken by its key, and how many others ring.
    pub fn rings(&self) -> Option<(&RingView, usize)> {
        self.alerts.rings(self.open.ticket.filter(|_| self.place.page.has_thread()))
    }

    /// The id of the person at this desk.
    pub fn me(&self) -> Option<Uuid> {
        self.session.who.as_ref().map(|who| who.user.id)
    }

    /// The customer one is concerned with: on their page, or by the ticket on screen.
    pub fn customer(&self) -> Option<&Person> {
        match self.place.page {
            Page::Customer(id) => self.lookup.customer(id).map(|view| &view.person),
            page if page.has_thread() => self.open.here().and_then(|thread| thread.customer.as_ref()),
            _ => None,
        }
    }

    /// Whether whoever sits here is an admin, by what is known of them now rather than when they signed in.
    pub fn is_admin(&self) -> bool {
        let Some(who) = &self.session.who else { return false };
        let known = self.staff.iter().find(|it| it.id == who.user.id).map(|it| it.role);
        known.unwrap_or(who.user.role) == Role::Admin
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
    /// To the saved views.
    Saved(saved_views::Action),
    /// A ticket stands at this place of this list, or in none.
    Located(TicketQuery, Uuid, Option<u32>),
    /// A saved view was chosen: its list, as it was saved.
    OpenView(Uuid),
    /// This list was kept as a new view.
    Kept {
        /// Which view.
        view: Uuid,
        /// What it shows.
        query: Box<TicketQuery>,
    },
    /// To the search.
    Search(search::Action),
    /// To the palette.
    Palette(palette::Action),
    /// To the form of a new ticket.
    Filing(filing::Action),
    /// To a subject that is being changed.
    Subject(subject::Action),
    /// A search is wanted: its page, with the keyboard in the field.
    Seek,
    /// A hit was opened: its conversation at these words, the other hits of this desk beside it.
    OpenHit(Uuid, Option<i64>),
    /// Back to the hits, or from them to where the search was begun.
    Back,
    /// A ticket was chosen, or none.
    Pick(Option<Uuid>),
    /// A ticket was named from outside (an alert, a second start): show it in a list that holds it.
    Show(Uuid),
    /// To the ticket on screen.
    Thread(thread::Action),
    /// To the alerts.
    Alerts(alerts::Action),
    /// Somebody came, left or writes.
    Company(Rc<Company>),
    /// To the account.
    Account(account::Action),
    /// To the team.
    Team(team::Action),
    /// To the opening hours.
    Hours(hours::Action),
    /// To what is looked up.
    LookUp(lookup::Action),
    /// To sync.
    Sync(sync::Action),
    /// The core announced changes.
    Changed(Changed),
    /// To the snacks.
    Snack(snack::Action),
    /// The dashboard arrived.
    Dashboard(Rc<Dashboard>),
    /// To the outbox.
    Outbox(outbox::Action),
    /// The tags arrived.
    Tags(Vec<String>),
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
                    session::Action::SignedOut { .. } => true,
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
                    self.saved.open = None;
                    self.list.apply(list::Action::Inbox(inbox));
                }
                self.place.go(page);
            }
            Action::Counts(counts) => self.place.counts = counts,
            Action::Located(query, ticket, place) => {
                if self.list.locates == Some(ticket) && self.list.query == query {
                    self.located(ticket, place);
                }
            }
            Action::List(action) => self.list.apply(action),
            Action::Saved(action) => self.saved.apply(action),
            Action::OpenView(view) => self.open_view(view),
            Action::Kept { view, query } => {
                // Whoever keeps what is on screen goes on in it.
                if self.place.is_inbox() && self.list.query == *query {
                    self.saved.apply(saved_views::Action::Opened(view));
                }
            }
            Action::Search(action) => self.search.apply(action),
            Action::Palette(action) => self.palette.apply(action),
            Action::Filing(action) => self.filing.apply(action),
            Action::Subject(action) => self.subjects.apply(action),
            Action::Seek => {
                if self.place.page != Page::Search {
                    let before = self.place.before_search.unwrap_or(self.place.page);
                    self.place.go(Page::Search);
                    self.place.before_search = Some(before);
                }
                self.search.apply(search::Action::Focus);
            }
            Action::OpenHit(ticket, at) => self.open_hit(ticket, at),
            Action::Back => self.back(),
            Action::Pick(ticket) => self.pick(ticket),
            Action::Show(ticket) => {
                if !self.place.is_inbox() {
                    self.apply(Action::Go(Page::Inbox(Inbox::All)));
                }
                self.pick(Some(ticket));
                self.list.reveal(ticket);
            }
            Action::Thread(action) => self.open.apply(action),
            Action::Alerts(action) => self.alerts.apply(action),
            Action::Company(company) => self.company = company,
            Action::Account(action) => self.account.apply(action),
            Action::Team(action) => self.team.apply(action),
            Action::Hours(action) => self.hours.apply(action),
            Action::LookUp(action) => self.lookup.apply(action),
            Action::Sync(action) => self.sync.apply(action),
            Action::Changed(changed) => self.sync.changed(&changed, self.open.ticket),
            Action::Snack(action) => self.snacks.apply(action),
            Action::Dashboard(dashboard) => self.dashboard = Some(dashboard),
            Action::Outbox(action) => self.outbox(action),
            Action::Tags(tags) => self.tags = Rc::new(tags),
            Action::Staff(staff) => self.staff = staff,
            Action::Drawer(open) => self.place.drawer = open,
            Action::Tick(now) => self.now = now,
        }
    }

    // Beside an item stands the conversation it belongs to.
    fn outbox(&mut self, action: outbox::Action) {
        let follows = matches!(action, outbox::Action::Pick(_) | outbox::Action::Move(_));
        self.outbox.apply(action);
        if follows && let Some(ticket) = self.outbox.standing_on().map(|item| item.ticket_id) {
            self.pick(Some(ticket));
        }
    }

    // In a list that does not hold it, a ticket that was named is shown among all.
    fn located(&mut self, ticket: Uuid, place: Option<u32>) {
        let all = TicketQuery { inbox: Inbox::All, sort: self.list.query.sort, ..TicketQuery::default() };
        match place {
            Some(place) => self.list.locate(place),
            None if self.place.is_inbox() && self.list.query != all => {
                self.apply(Action::Go(Page::Inbox(Inbox::All)));
                self.pick(Some(ticket));
                self.list.reveal(ticket);
            }
            None => self.list.locates = None,
        }
    }

    fn open_view(&mut self, view: Uuid) {
        let Some(query) = self.saved.row(view).and_then(|row| row.query.clone()) else { return };
        self.place.go(Page::Inbox(query.inbox));
        self.list.apply(list::Action::Ask(query));
        self.saved.apply(saved_views::Action::Opened(view));
    }

    fn open_hit(&mut self, ticket: Uuid, at: Option<i64>) {
        let before = self.place.before_search;
        self.search.apply(search::Action::Opened);
        self.apply(Action::Go(Page::Inbox(Inbox::All)));
        self.place.before_search = before;
        self.place.from_search = true;
        self.list.apply(list::Action::Search(self.search.asks().to_owned()));
        self.pick(Some(ticket));
        self.list.reveal(ticket);
        self.open.seek(at);
    }

    fn back(&mut self) {
        if self.place.page.is_of_one() {
            // The list one came from stays as it was.
            self.place.go(self.place.before_look.unwrap_or(Page::Customers));
        } else if self.place.from_search {
            let before = self.place.before_search;
            self.place.go(Page::Search);
            self.place.before_search = before;
            self.search.apply(search::Action::Focus);
        } else if let Some(page) = self.place.before_search {
            self.apply(Action::Go(page));
        }
    }

    fn pick(&mut self, ticket: Option<Uuid>) {
        self.list.selected = ticket;
        self.open.show(ticket);
        if let Some(ticket) = ticket {
            // Keys go on from the row that was pressed.
            self.list.keys_go_on_from(ticket);
            self.palette.looked_at(ticket);
        }
    }
}

#[cfg(test)]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::samples::{id, row, time};
    use super::*;

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
            from: 0,
            rows: vec![Rc::new(row(1)), Rc::new(row(2))],
            total: 2,
            more: false,
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
        assert_eq!((desk.open.ticket, desk.list.locates), (Some(id(9)), Some(id(9))));
        desk.apply(Action::Located(desk.list.query.clone(), id(9), None));
        assert_eq!(desk.place.page, Page::Inbox(Inbox::All));
        assert_eq!(desk.list.query, TicketQuery { inbox: Inbox::All, ..TicketQuery::default() });
        assert_eq!(desk.open.ticket, Some(id(9)));
        assert_eq!(desk.list.selected, Some(id(9)));
    }

    #[test]
    fn a_search_leads_to_a_hit_and_back_to_where_it_was_begun() {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Mine)));
        desk.apply(Action::Seek);
        desk.apply(Action::Search(search::Action::Typed(" akad ".into())));
        assert_eq!(desk.place.page, Page::Search);
        desk.apply(Action::OpenHit(id(3), Some(7)));
        assert_eq!((desk.place.page, desk.open.ticket), (Page::Inbox(Inbox::All), Some(id(3))));
        assert_eq!((desk.list.query.q.as_str(), desk.open.seeks), ("akad", Some(7)));
        desk.apply(Action::Back);
        assert_eq!((desk.place.page, desk.search.q.as_str()), (Page::Search, " akad "));
        desk.apply(Action::Seek);
        desk.apply(Action::Back);
        assert_eq!(desk.place.page, Page::Inbox(Inbox::Mine));
        assert_eq!(desk.list.query.q, "");
        desk.apply(Action::Back);
        assert_eq!(desk.place.page, Page::Inbox(Inbox::Mine), "from nowhere there is no way back");
    }

    #[test]
    fn signing_out_leaves_nothing_of_the_person_on_screen() {
        let mut desk = desk();
        desk.apply(Action::Pick(Some(id(1))));
        desk.apply(Action::Account(account::Action::Sessions(Ok(Rc::default()))));
        desk.apply(Action::Session(session::Action::SignedOut { elsewhere: false }));
        assert_eq!(desk.open.ticket, None);
        assert!(desk.session.who.is_none() && desk.account.sessions.is_none());
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
