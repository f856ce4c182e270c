//! The table: for each deed its keys, its words in the sheet and in the palette. The one place where a key is given away.

use gemilang_locales::Language;
use gemilang_protocol::desk::views::Inbox;
use gemilang_protocol::{Duty, Priority, Status};

use super::Deed;
use crate::store::navigation::{Page, Part, view_icon, view_key};

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
    page(Page::Inbox(inbox), view_key(inbox), view_icon(inbox))
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
    deed(Deed::View(1), Group::Moving, &[&["Alt", "1"]]).told_as("desk-key-views", &["Alt", "1…9"]),
    deed(Deed::View(2), Group::Moving, &[&["Alt", "2"]]),
    deed(Deed::View(3), Group::Moving, &[&["Alt", "3"]]),
    deed(Deed::View(4), Group::Moving, &[&["Alt", "4"]]),
    deed(Deed::View(5), Group::Moving, &[&["Alt", "5"]]),
    deed(Deed::View(6), Group::Moving, &[&["Alt", "6"]]),
    deed(Deed::View(7), Group::Moving, &[&["Alt", "7"]]),
    deed(Deed::View(8), Group::Moving, &[&["Alt", "8"]]),
    deed(Deed::View(9), Group::Moving, &[&["Alt", "9"]]),
    deed(Deed::Details, Group::Moving, &[&["I"]]).told("desk-key-details").found("desk-do-details", "info"),
    deed(Deed::Pick, Group::List, &[&["X"]]).told("desk-key-pick").found("desk-do-pick", "check"),
    deed(Deed::PickDown, Group::List, &[&["Shift", "J"], &["Shift", "↓"]]).told_as("desk-key-pick-on", &["Shift", "J"]),
    deed(Deed::PickUp, Group::List, &[&["Shift", "K"], &["Shift", "↑"]]),
    deed(Deed::PickAll, Group::List, &[&["Ctrl", "A"]]).told("desk-key-pick-all").found("desk-do-pick-all", "check2"),
    deed(Deed::Sort, Group::List, &[]).found("desk-do-sort", "sort"),
    deed(Deed::Filter, Group::List, &[&["F"]]).told("desk-filter").found("desk-do-filter", "filter"),
    deed(Deed::SaveView, Group::List, &[&["Ctrl", "D"]]).told("desk-key-save-view").found("desk-do-save-view", "mark"),
    deed(Deed::SaveChanges, Group::List, &[]).found("desk-do-save-changes", "check"),
    deed(Deed::RenameView, Group::List, &[]).found("desk-do-rename-view", "edit"),
    deed(Deed::DeleteView, Group::List, &[]).found("desk-do-delete-view", "trash"),
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
    deed(Deed::Split, Group::Ticket, &[]).found("desk-do-split", "split"),
    deed(Deed::Merge, Group::Ticket, &[&["M"]]).told("desk-merge-yes").found("desk-merge-more", "merge"),
    deed(Deed::Category, Group::Ticket, &[&["G"]]).told("desk-category").found("desk-do-category", "tag"),
    deed(Deed::Subject, Group::Ticket, &[&["U"]]).told("desk-file-subject").found("desk-do-subject", "edit"),
    deed(Deed::Order, Group::Ticket, &[&["O"]]).told("desk-file-order").found("desk-do-order", "rings"),
    deed(Deed::Customer, Group::Ticket, &[]).found("desk-do-customer", "user"),
    deed(Deed::Block(true), Group::Ticket, &[]).found("desk-do-block", "lock"),
    deed(Deed::Block(false), Group::Ticket, &[]).found("desk-unblock", "check"),
    deed(Deed::Reply, Group::Writing, &[&["R"]]).told("desk-reply").found("desk-do-reply", "chat"),
    deed(Deed::Note, Group::Writing, &[&["N"]]).told("desk-note").found("desk-do-note", "lock"),
    deed(Deed::Turn, Group::Writing, &[&["Alt", "N"]]).told("desk-key-turn"),
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
