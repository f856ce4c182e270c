//! Deeds: everything a person can ask of the desk, in one table. Palette, key handling, hints in menus and the sheet of keys all read it; how a deed is done is in `crate::doing`.

use gemilang_locales::Language;
use gemilang_protocol::desk::views::{Inbox, OpState, TicketRow};
use gemilang_protocol::{Duty, Internal, Priority, Status};

use super::Desk;
use super::navigation::{Page, Part};
use super::outbox::{Choice, choices};

/// Something a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The keyboard goes down a row.
    Down,
    /// Up a row.
    Up,
    /// To the first row.
    First,
    /// To the last one.
    Last,
    /// Down by a windowful.
    PageDown,
    /// Up by a windowful.
    PageUp,
    /// Open the row under the keyboard.
    Open,
    /// Leave what is open.
    Back,
    /// Search everything.
    Search,
    /// Find a ticket or a deed.
    Find,
    /// The view of this place in the navigation, counted from 1.
    View(u8),
    /// A page.
    Go(Page),
    /// The side pane of a narrow window.
    Details,
    /// Narrow the list.
    Filter,
    /// Put the list in another order.
    Sort,
    /// Pick the row under the keyboard.
    Pick,
    /// Go down a row and pick on the way.
    PickDown,
    /// Go up a row and pick on the way.
    PickUp,
    /// Pick all rows.
    PickAll,
    /// Take the ticket, or what rings.
    Take,
    /// Let it go.
    LetGo,
    /// Choose who has it.
    Assign,
    /// Choose its status.
    Status,
    /// Choose its priority.
    Priority,
    /// Set its status.
    SetStatus(Status),
    /// Set its priority.
    SetPriority(Priority),
    /// Choose what it is about.
    Category,
    /// See its customer.
    Customer,
    /// Shut the customer out, or let them in.
    Block(bool),
    /// Choose till when not to see it.
    Snooze,
    /// See it again.
    Wake,
    /// File it under something.
    Tag,
    /// Say which other ticket has to do with it.
    Link,
    /// File a ticket for a customer who called.
    File,
    /// Answer the customer.
    Reply,
    /// Write to the team.
    Note,
    /// Edit what is held or waits.
    Edit,
    /// Send what is written.
    Send,
    /// Send it and wait for the customer.
    SendWait,
    /// Send it and resolve.
    SendResolve,
    /// Choose when the service is to send it.
    SendLater,
    /// Leave the field.
    LeaveField,
    /// Take back what was just done.
    Undo,
    /// The sheet of keys.
    Keys,
    /// Another theme: `light`, `dark` or `system`.
    Theme(&'static str),
    /// Another language.
    Language(Language),
    /// Be on duty or off.
    Duty(Duty),
    /// An hour's pause.
    Pause,
    /// Try to reach the service now.
    SyncNow,
    /// Sign out.
    SignOut,
    /// End the app.
    Quit,
}

/// What a deed belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Getting around.
    Moving,
    /// The list.
    List,
    /// A ticket.
    Ticket,
    /// Everything else.
    General,
    /// Writing.
    Writing,
    /// Sending.
    Sending,
    /// Pages; only in the palette.
    Going,
}

impl Group {
    /// The columns of the sheet of keys.
    pub const COLUMNS: [[Self; 2]; 3] =
        [[Self::Moving, Self::List], [Self::Ticket, Self::General], [Self::Writing, Self::Sending]];

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Moving => "desk-keys-moving",
            Self::List => "desk-keys-list",
            Self::Ticket => "desk-keys-ticket",
            Self::General => "desk-keys-general",
            Self::Writing => "desk-keys-writing",
            Self::Sending => "desk-keys-sending",
            Self::Going => "desk-find-go",
        }
    }
}

/// What stands before a deed in the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// An icon.
    Icon(&'static str),
    /// A status.
    Status(Status),
    /// A priority.
    Priority(Priority),
}

/// Keys pressed together, as they are told: `Ctrl`, `Alt` and `Shift` first.
pub type Chord = &'static [&'static str];

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// What is done.
    pub deed: Deed,
    /// What it belongs to.
    pub group: Group,
    /// The keys that do it; the first chord is the one told.
    pub chords: &'static [Chord],
    /// Its words in the sheet of keys, and the keys told there.
    pub sheet: Option<(&'static str, Chord)>,
    /// Its words in the palette, and its glyph.
    pub find: Option<(&'static str, Glyph)>,
    /// Whether it is a field's own key: the field does it.
    pub by_field: bool,
}

const fn deed(deed: Deed, group: Group, chords: &'static [Chord]) -> Entry {
    Entry { deed, group, chords, sheet: None, find: None, by_field: false }
}

impl Entry {
    /// Told in the sheet by its first chord.
    const fn told(mut self, words: &'static str) -> Self {
        self.sheet = Some((words, self.chords[0]));
        self
    }

    /// Told in the sheet by these keys, for itself and its neighbours.
    const fn told_as(mut self, words: &'static str, keys: Chord) -> Self {
        self.sheet = Some((words, keys));
        self
    }

    const fn found(mut self, words: &'static str, icon: &'static str) -> Self {
        self.find = Some((words, Glyph::Icon(icon)));
        self
    }

    const fn shown(mut self, words: &'static str, glyph: Glyph) -> Self {
        self.find = Some((words, glyph));
        self
    }

    const fn of_field(mut self) -> Self {
        self.by_field = true;
        self
    }
}

const fn status(status: Status, words: &'static str, chords: &'static [Chord]) -> Entry {
    deed(Deed::SetStatus(status), Group::Ticket, chords).shown(words, Glyph::Status(status))
}

const fn priority(priority: Priority, words: &'static str) -> Entry {
    deed(Deed::SetPriority(priority), Group::Ticket, &[]).shown(words, Glyph::Priority(priority))
}

const fn page(page: Page, words: &'static str, icon: &'static str) -> Entry {
    deed(Deed::Go(page), Group::Going, &[]).found(words, icon)
}

const fn inbox(inbox: Inbox) -> Entry {
    page(Page::Inbox(inbox), super::navigation::view_key(inbox), super::navigation::view_icon(inbox))
}

/// The table. Within a group it is told in this order.
pub const TABLE: &[Entry] = &[
    deed(Deed::Down, Group::Moving, &[&["J"], &["↓"]]).told_as("desk-key-move", &["J", "K"]),
    deed(Deed::Up, Group::Moving, &[&["K"], &["↑"]]),
    deed(Deed::First, Group::Moving, &[&["Home"]]).told_as("desk-key-ends", &["Home", "End"]),
    deed(Deed::Last, Group::Moving, &[&["End"]]),
    deed(Deed::PageDown, Group::Moving, &[&["PgDn"]]),
    deed(Deed::PageUp, Group::Moving, &[&["PgUp"]]),
    deed(Deed::Open, Group::Moving, &[&["↵"]]).told("desk-key-open").of_field(),
    deed(Deed::Back, Group::Moving, &[&["Esc"]]).told("desk-key-back"),
    deed(Deed::Search, Group::Moving, &[&["/"]]).told("desk-key-search").found("desk-do-search", "search"),
    deed(Deed::Find, Group::Moving, &[&["Ctrl", "K"]]).told("desk-find"),
    deed(Deed::View(1), Group::Moving, &[&["Alt", "1"]]).told_as("desk-key-views", &["Alt", "1…7"]),
    deed(Deed::View(2), Group::Moving, &[&["Alt", "2"]]),
    deed(Deed::View(3), Group::Moving, &[&["Alt", "3"]]),
    deed(Deed::View(4), Group::Moving, &[&["Alt", "4"]]),
    deed(Deed::View(5), Group::Moving, &[&["Alt", "5"]]),
    deed(Deed::View(6), Group::Moving, &[&["Alt", "6"]]),
    deed(Deed::View(7), Group::Moving, &[&["Alt", "7"]]),
    deed(Deed::Details, Group::Moving, &[&["I"]]).told("desk-key-details").found("desk-do-details", "info"),
    deed(Deed::Pick, Group::List, &[&["X"]]).told("desk-key-pick").found("desk-do-pick", "check"),
    deed(Deed::PickDown, Group::List, &[&["Shift", "J"], &["Shift", "↓"]]).told_as("desk-key-pick-on", &["Shift", "J"]),
    deed(Deed::PickUp, Group::List, &[&["Shift", "K"], &["Shift", "↑"]]),
    deed(Deed::PickAll, Group::List, &[&["Ctrl", "A"]]).told("desk-key-pick-all").found("desk-do-pick-all", "check2"),
    deed(Deed::Sort, Group::List, &[]).found("desk-do-sort", "sort"),
    deed(Deed::Filter, Group::List, &[&["F"]]).told("desk-filter").found("desk-do-filter", "filter"),
    deed(Deed::Take, Group::Ticket, &[&["T"]]).told("desk-take").found("desk-do-take", "user"),
    deed(Deed::Assign, Group::Ticket, &[&["A"]]).told("desk-assign").found("desk-do-assign", "swap"),
    deed(Deed::LetGo, Group::Ticket, &[]).found("desk-do-let-go", "undo"),
    deed(Deed::Status, Group::Ticket, &[&["S"]])
        .told("desk-status")
        .shown("desk-do-status", Glyph::Status(Status::InProgress)),
    status(Status::Resolved, "desk-do-resolve", &[&["Ctrl", "Shift", "S"]]).told("desk-resolve"),
    status(Status::InProgress, "desk-do-in-progress", &[]),
    status(Status::WaitingCustomer, "desk-do-waiting", &[]),
    status(Status::Closed, "desk-do-close", &[]),
    status(Status::Open, "desk-do-reopen", &[]),
    deed(Deed::Priority, Group::Ticket, &[&["P"]])
        .told("desk-priority")
        .shown("desk-do-priority", Glyph::Priority(Priority::High)),
    priority(Priority::Urgent, "desk-do-urgent"),
    priority(Priority::High, "desk-do-high"),
    priority(Priority::Medium, "desk-do-medium"),
    priority(Priority::Low, "desk-do-low"),
    deed(Deed::Snooze, Group::Ticket, &[&["Z"]]).told("desk-snooze").found("desk-do-snooze", "moon"),
    deed(Deed::Wake, Group::Ticket, &[]).found("desk-wake", "moon"),
    deed(Deed::Tag, Group::Ticket, &[&["L"]]).told("desk-tag-more").found("desk-tag-more", "tag"),
    deed(Deed::Link, Group::Ticket, &[]).found("desk-link-more", "link"),
    deed(Deed::Category, Group::Ticket, &[]).found("desk-do-category", "tag"),
    deed(Deed::Customer, Group::Ticket, &[]).found("desk-do-customer", "user"),
    deed(Deed::Block(true), Group::Ticket, &[]).found("desk-do-block", "lock"),
    deed(Deed::Block(false), Group::Ticket, &[]).found("desk-unblock", "check"),
    deed(Deed::Reply, Group::Writing, &[&["R"]]).told("desk-reply").found("desk-do-reply", "chat"),
    deed(Deed::Note, Group::Writing, &[&["N"]]).told("desk-note").found("desk-do-note", "lock"),
    deed(Deed::Edit, Group::Writing, &[&["E"]]).told("desk-key-edit").found("desk-do-edit", "edit"),
    deed(Deed::LeaveField, Group::Writing, &[&["Esc"]]).told("desk-key-leave").of_field(),
    deed(Deed::Send, Group::Sending, &[&["Ctrl", "↵"]]).told("desk-send").found("desk-do-send", "send").of_field(),
    deed(Deed::SendWait, Group::Sending, &[&["Ctrl", "Alt", "↵"]])
        .told("desk-send-wait")
        .found("desk-do-send-wait", "send")
        .of_field(),
    deed(Deed::SendResolve, Group::Sending, &[&["Ctrl", "Shift", "↵"]])
        .told("desk-send-resolve")
        .found("desk-do-send-resolve", "send")
        .of_field(),
    deed(Deed::SendLater, Group::Sending, &[&["Ctrl", "Shift", "L"]])
        .told("desk-send-later")
        .found("desk-send-later-more", "clock"),
    page(Page::Dashboard, "desk-dashboard", "dash"),
    inbox(Inbox::Mine),
    inbox(Inbox::Unassigned),
    inbox(Inbox::Urgent),
    inbox(Inbox::Waiting),
    inbox(Inbox::Snoozed),
    inbox(Inbox::Active),
    inbox(Inbox::Closed),
    inbox(Inbox::All),
    page(Page::Outbox, "desk-outbox", "outbox"),
    page(Page::Customers, "desk-customers", "users"),
    page(Page::Orders, "desk-orders", "rings"),
    page(Page::Alerts, "desk-alerts", "bell"),
    page(Page::Settings(Part::General), "desk-settings", "sliders"),
    page(Page::Team, "desk-team", "users"),
    page(Page::Hours, "desk-hours", "clock"),
    deed(Deed::Undo, Group::General, &[&["Ctrl", "Z"]]).told("desk-undo").found("desk-do-undo", "undo"),
    deed(Deed::File, Group::General, &[&["C"]]).told("desk-file").found("desk-file-more", "phone"),
    deed(Deed::Keys, Group::General, &[&["?"]]).told("desk-key-keys").found("desk-keys", "keys"),
    deed(Deed::Duty(Duty::On), Group::General, &[]).found("desk-do-duty-on", "bell"),
    deed(Deed::Pause, Group::General, &[]).found("desk-pause-hour", "pause"),
    deed(Deed::Duty(Duty::Off), Group::General, &[]).found("desk-do-duty-off", "moon"),
    deed(Deed::SyncNow, Group::General, &[]).found("desk-do-sync", "refresh"),
    deed(Deed::Theme("light"), Group::General, &[]).found("desk-do-light", "sun"),
    deed(Deed::Theme("dark"), Group::General, &[]).found("desk-do-dark", "moon"),
    deed(Deed::Theme("system"), Group::General, &[]).found("desk-do-system", "screen"),
    deed(Deed::Language(Language::Id), Group::General, &[]).found("desk-do-indonesian", "globe"),
    deed(Deed::Language(Language::En), Group::General, &[]).found("desk-do-english", "globe"),
    deed(Deed::SignOut, Group::General, &[]).found("desk-sign-out", "out"),
    deed(Deed::Quit, Group::General, &[&["Ctrl", "Q"]]).told("desk-do-quit").found("desk-do-quit", "x"),
];

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed<'a> {
    /// Its name, as the browser tells it.
    pub key: &'a str,
    /// With Ctrl, or Command.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift.
    pub shift: bool,
}

impl Pressed<'_> {
    /// Whether these are the keys of a chord.
    pub fn is(self, chord: Chord) -> bool {
        let Some((name, held)) = chord.split_last() else { return false };
        let key = match self.key {
            "ArrowDown" => "↓",
            "ArrowUp" => "↑",
            "Enter" => "↵",
            "Escape" => "Esc",
            "PageDown" => "PgDn",
            "PageUp" => "PgUp",
            key => key,
        };
        // Where a sign stands on the keyboard, and whether Shift makes it, is another matter on every layout.
        let is_sign = name.chars().count() == 1 && !name.chars().all(char::is_alphanumeric) && !"↓↑↵".contains(name);
        key.eq_ignore_ascii_case(name)
            && self.ctrl == held.contains(&"Ctrl")
            && self.alt == held.contains(&"Alt")
            && (is_sign || self.shift == held.contains(&"Shift"))
    }

    /// Whether a field, where letters are letters, has no use for it.
    pub fn leaves_fields(self) -> bool {
        let edits = ["z", "a", "c", "v", "x", "y"].iter().any(|key| self.key.eq_ignore_ascii_case(key));
        self.alt || self.ctrl && (self.shift || !edits)
    }
}

/// The deed of a key, as far as it can be done now.
pub fn pressed(desk: &Desk, key: Pressed<'_>) -> Option<Deed> {
    TABLE
        .iter()
        .find(|entry| !entry.by_field && entry.chords.iter().any(|chord| key.is(chord)) && can(desk, entry.deed))
        .map(|entry| entry.deed)
}

/// The keys told beside a deed.
pub fn keys(deed: Deed) -> Chord {
    TABLE.iter().find(|entry| entry.deed == deed).and_then(|entry| entry.chords.first()).copied().unwrap_or_default()
}

/// Whether a deed can be done now.
pub fn can(desk: &Desk, deed: Deed) -> bool {
    let ticket = desk.open.here().filter(|_| desk.place.page.has_thread()).map(|thread| &thread.ticket);
    let rows = desk.place.is_inbox() || desk.place.page == Page::Outbox;
    let in_list = desk.place.is_inbox() && !desk.list.part.rows.is_empty();
    // What can be done to a ticket can be done to all that are picked.
    let picking = desk.place.is_inbox() && !desk.list.picks.is_empty();
    let any = |is: &dyn Fn(&TicketRow) -> bool| desk.list.picked().any(|row| is(row));
    match deed {
        Deed::Down | Deed::Up => rows,
        Deed::First | Deed::Last | Deed::PageDown | Deed::PageUp | Deed::Filter => desk.place.is_inbox(),
        Deed::Sort => desk.place.is_inbox() && !desk.list.has_words(),
        Deed::Pick | Deed::PickDown | Deed::PickUp | Deed::PickAll => in_list,
        Deed::Assign | Deed::Status | Deed::Priority if picking => true,
        Deed::Take if picking => any(&|row| row.assignee.as_ref().map(|it| it.id) != desk.me()),
        Deed::LetGo if picking => any(&|row| row.assignee.is_some()),
        Deed::SetStatus(to) if picking => any(&|row| row.status != to),
        Deed::SetPriority(to) if picking => any(&|row| row.priority != to),
        Deed::Take => !desk.alerts.told.ringing.is_empty() || ticket.is_some_and(|it| it.assigned_to != desk.me()),
        Deed::LetGo => ticket.is_some_and(|it| it.assigned_to.is_some()),
        Deed::SetStatus(to) => ticket.is_some_and(|it| match to {
            // Who opens again what is over.
            Status::Open => matches!(it.status, Status::Resolved | Status::Closed),
            to => it.status != to,
        }),
        Deed::SetPriority(to) => ticket.is_some_and(|it| it.priority != to),
        Deed::Block(blocked) => desk.customer().is_some_and(|it| it.active == blocked),
        Deed::Assign
        | Deed::Status
        | Deed::Priority
        | Deed::Reply
        | Deed::Note
        | Deed::Details
        | Deed::Category
        | Deed::Customer
        | Deed::Send
        | Deed::SendWait
        | Deed::SendResolve => ticket.is_some(),
        Deed::Tag | Deed::Link => !picking && ticket.is_some(),
        Deed::SendLater => ticket.is_some_and(|it| it.internal.later.len() < Internal::LATER_MOST),
        Deed::Snooze if picking => any(&|row| row.status.is_active()),
        Deed::Snooze => ticket.is_some_and(|it| it.status.is_active()),
        Deed::Wake => {
            let snooze = desk.me().and_then(|me| ticket.and_then(|it| it.internal.snooze_of(me)));
            !picking && snooze.is_some_and(|it| it.until.is_none_or(|until| until > desk.now))
        }
        Deed::Edit => desk.open.here().filter(|_| ticket.is_some()).is_some_and(|thread| {
            thread.unsent.iter().any(|item| {
                item.state == OpState::Held
                    || choices(item).iter().any(|choice| matches!(choice, Choice::Edit | Choice::EditOn))
            })
        }),
        Deed::Undo => desk.snacks.back.is_some(),
        Deed::Theme(theme) => match desk.session.settings.theme.as_str() {
            "" => theme != "system",
            now => theme != now,
        },
        Deed::Language(language) => Language::from_tag(&desk.session.settings.language).unwrap_or_default() != language,
        Deed::Duty(Duty::On) => !desk.alerts.told.duty.is_on(desk.now),
        Deed::Pause => desk.alerts.told.duty.is_on(desk.now),
        Deed::Duty(_) => desk.alerts.told.duty != Duty::Off,
        Deed::SyncNow => !desk.sync.is_connected(),
        Deed::Go(page) => desk.place.page != page && (!matches!(page, Page::Team | Page::Hours) || desk.is_admin()),
        Deed::Open
        | Deed::Back
        | Deed::Search
        | Deed::Find
        | Deed::View(_)
        | Deed::LeaveField
        | Deed::File
        | Deed::Keys
        | Deed::SignOut
        | Deed::Quit => true,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use gemilang_protocol::{PersonRef, Role, Time, Zone};

    use super::super::samples::{signed_in, thread, time};
    use super::super::{Action, session, thread as open};
    use super::*;

    fn now() -> Time {
        time("2026-11-30T07:32:00Z")
    }

    fn desk() -> Desk {
        let mut desk = Desk::new(now(), Zone::Wib);
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(signed_in()))));
        desk
    }

    fn with_ticket() -> Desk {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Active)));
        let thread = thread(1);
        desk.apply(Action::Pick(Some(thread.ticket.id)));
        desk.apply(Action::Thread(open::Action::Arrived(Rc::new(thread), true)));
        desk
    }

    fn key(name: &str) -> Pressed<'_> {
        Pressed { key: name, ctrl: false, alt: false, shift: false }
    }

    #[test]
    fn no_two_deeds_share_keys_and_all_that_is_told_is_so() {
        let mut seen: Vec<(Chord, bool)> = Vec::new();
        for entry in TABLE {
            for chord in entry.chords {
                assert!(!seen.contains(&(chord, entry.by_field)), "{chord:?} twice");
                seen.push((chord, entry.by_field));
            }
            if let Some((_, keys)) = entry.sheet {
                for key in keys.iter().filter(|key| !key.contains('…')) {
                    assert!(TABLE.iter().any(|it| it.chords.iter().any(|chord| chord.contains(key))), "{key}");
                }
            }
            assert!(entry.find.is_some() || !entry.chords.is_empty(), "{:?} is out of reach", entry.deed);
            assert!(TABLE.iter().filter(|it| it.deed == entry.deed).count() == 1, "{:?} twice", entry.deed);
        }
    }

    #[test]
    fn a_key_does_what_stands_beside_it() {
        let desk = with_ticket();
        for (name, deed) in [
            ("j", Deed::Down),
            ("ArrowUp", Deed::Up),
            ("End", Deed::Last),
            ("s", Deed::Status),
            ("T", Deed::Take),
            ("/", Deed::Search),
        ] {
            let shift = name == "T";
            let found = pressed(&desk, Pressed { shift, ..key(name) });
            assert_eq!(found, (!shift).then_some(deed), "{name}");
        }
        assert_eq!(pressed(&desk, Pressed { shift: true, ..key("?") }), Some(Deed::Keys), "Shift makes the sign");
        let resolve = Pressed { ctrl: true, shift: true, ..key("S") };
        assert_eq!(pressed(&desk, resolve), Some(Deed::SetStatus(Status::Resolved)));
        assert_eq!(pressed(&desk, Pressed { alt: true, ..key("3") }), Some(Deed::View(3)));
        assert_eq!(pressed(&desk, Pressed { ctrl: true, ..key("s") }), None);
        assert_eq!(pressed(&desk, Pressed { ctrl: true, ..key("Enter") }), None, "the field's own");
    }

    #[test]
    fn in_fields_only_what_they_have_no_use_for() {
        let ctrl = |name| Pressed { ctrl: true, ..key(name) };
        assert!(ctrl("k").leaves_fields() && Pressed { alt: true, ..key("1") }.leaves_fields());
        assert!(Pressed { shift: true, ..ctrl("S") }.leaves_fields());
        for kept in [key("j"), key("?"), ctrl("z"), ctrl("a"), ctrl("V")] {
            assert!(!kept.leaves_fields(), "{kept:?}");
        }
    }

    #[test]
    fn who_put_it_off_may_see_it_again_until_the_time_has_come() {
        let mut desk = with_ticket();
        let me = desk.session.who.clone().unwrap().user;
        let mut thread = thread(1);
        thread.ticket.internal.snooze(PersonRef { id: me.id, name: me.name }, Some(time("2026-12-01T02:00:00Z")));
        desk.apply(Action::Thread(open::Action::Arrived(Rc::new(thread), true)));
        assert!(can(&desk, Deed::Wake) && can(&desk, Deed::Snooze));
        desk.now = time("2026-12-01T02:00:00Z");
        assert!(!can(&desk, Deed::Wake) && can(&desk, Deed::Snooze));
    }

    #[test]
    fn only_admins_go_to_the_team() {
        let mut desk = desk();
        assert!(!can(&desk, Deed::Go(Page::Team)));
        let mut who = signed_in();
        who.user.role = Role::Admin;
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(who))));
        assert!(can(&desk, Deed::Go(Page::Team)));
    }

    #[test]
    fn what_needs_a_ticket_waits_for_one() {
        let (without, with) = (desk(), with_ticket());
        for deed in [Deed::Status, Deed::Reply, Deed::Take, Deed::SetStatus(Status::Resolved)] {
            assert!(!can(&without, deed) && can(&with, deed), "{deed:?}");
        }
        assert!(!can(&with, Deed::SetStatus(Status::Open)), "it is open");
        assert!(!can(&with, Deed::LetGo) && !can(&with, Deed::Edit) && !can(&with, Deed::Undo));
        assert!(!can(&without, Deed::Down) && can(&with, Deed::Down));
        assert!(!can(&without, Deed::Snooze) && can(&with, Deed::Snooze) && !can(&with, Deed::Wake));
        assert!(can(&without, Deed::Go(Page::Outbox)) && !can(&without, Deed::Go(Page::Dashboard)));
    }
}
