//! Spelled: how operators and their values are typed, in both languages. The first spelling of a language is the one that is written for people.

use crate::{Category, Priority, Status};

/// An operator or a value as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelled {
    /// In Indonesian.
    pub id: &'static str,
    /// In English.
    pub en: &'static str,
    also: &'static [&'static str],
}

const fn spelled(id: &'static str, en: &'static str, also: &'static [&'static str]) -> Spelled {
    Spelled { id, en, also }
}

impl Spelled {
    /// All spellings.
    fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.id, self.en].into_iter().chain(self.also.iter().copied())
    }

    /// Whether this is what was typed, whatever its case and the marks between its words.
    pub fn is(&self, typed: &str) -> bool {
        let typed = plain(typed);
        self.all().any(|it| plain(it) == typed)
    }

    /// As it is typed in English, or in Indonesian.
    pub const fn word(&self, english: bool) -> &'static str {
        if english { self.en } else { self.id }
    }

    /// What it is completed to from what was typed, in one language rather than in the other.
    pub fn completed(&self, typed: &str, english: bool) -> Option<&'static str> {
        let typed = plain(typed);
        let other = self.word(!english);
        [self.word(english), other]
            .into_iter()
            .chain(self.also.iter().copied())
            .find(|it| plain(it).starts_with(&typed))
    }

    /// Whether what was typed may become it.
    pub fn begins_with(&self, typed: &str) -> bool {
        self.completed(typed, false).is_some()
    }
}

/// A value as it is compared: small letters, no marks between them.
pub(super) fn plain(value: &str) -> String {
    value.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What can be asked of a ticket beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Its status.
    Status,
    /// Its priority.
    Priority,
    /// Its category.
    Category,
    /// Who has it.
    Assignee,
    /// Its customer's name.
    From,
    /// The venue of its order.
    Venue,
    /// The wedding day of its order.
    Event,
    /// What it is filed under.
    Label,
    /// A state it is in.
    Is,
    /// Activity on a day or later.
    Since,
    /// Filed on a day or earlier.
    Until,
    /// Filed before a day.
    Before,
}

/// The operators, as they are offered.
pub const OPERATORS: [(Operator, Spelled); 12] = [
    (Operator::Status, spelled("status", "status", &[])),
    (Operator::Assignee, spelled("petugas", "assignee", &["assigned"])),
    (Operator::Priority, spelled("prioritas", "priority", &[])),
    (Operator::Category, spelled("kategori", "category", &[])),
    (Operator::From, spelled("dari", "from", &["pelanggan", "customer"])),
    (Operator::Event, spelled("acara", "event", &["wedding"])),
    (Operator::Venue, spelled("venue", "venue", &["tempat"])),
    (Operator::Label, spelled("label", "tag", &[])),
    (Operator::Is, spelled("ada", "is", &["has"])),
    (Operator::Since, spelled("sejak", "since", &["after"])),
    (Operator::Until, spelled("sampai", "until", &[])),
    (Operator::Before, spelled("sebelum", "before", &[])),
];

impl Operator {
    /// How it is typed.
    pub fn spelled(self) -> Spelled {
        OPERATORS.iter().find(|(it, _)| *it == self).map_or(OPERATORS[0].1, |(_, spelled)| *spelled)
    }

    /// The operator of a name.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        OPERATORS.iter().find(|(_, spelled)| spelled.all().any(|it| it == name)).map(|(operator, _)| *operator)
    }

    /// Its values, where there is a list of them; a name, a venue or a date is not among these.
    pub fn values(self) -> Vec<Spelled> {
        match self {
            Self::Status => STATUSES.iter().map(|(_, it)| *it).collect(),
            Self::Priority => PRIORITIES.iter().map(|(_, it)| *it).collect(),
            Self::Category => CATEGORIES.iter().map(|(_, it)| *it).collect(),
            Self::Assignee => vec![MINE, NOBODY],
            Self::Is => STATES.iter().map(|(_, it)| *it).collect(),
            Self::Event => {
                vec![TODAY, spelled("7h", "7d", &[]), spelled("14h", "14d", &[]), spelled("30h", "30d", &[])]
            }
            Self::Since => vec![TODAY, YESTERDAY, spelled("7h", "7d", &[]), spelled("30h", "30d", &[])],
            Self::Until | Self::Before => vec![TODAY, YESTERDAY],
            Self::From | Self::Venue | Self::Label => Vec::new(),
        }
    }
}

const ACTIVE: &[Status] = &[Status::Open, Status::InProgress, Status::WaitingCustomer];

/// Statuses by what is typed for them.
pub(super) const STATUSES: [(&[Status], Spelled); 6] = [
    (ACTIVE, spelled("aktif", "active", &[])),
    (&[Status::Open], spelled("terbuka", "open", &["buka"])),
    (&[Status::InProgress], spelled("diproses", "in-progress", &["proses", "progress"])),
    (&[Status::WaitingCustomer], spelled("menunggu", "waiting", &["menunggu-pelanggan", "waiting-customer"])),
    (&[Status::Resolved], spelled("selesai", "resolved", &[])),
    (&[Status::Closed], spelled("ditutup", "closed", &["tutup"])),
];

/// Priorities, most urgent first.
pub(super) const PRIORITIES: [(Priority, Spelled); 4] = [
    (Priority::Urgent, spelled("mendesak", "urgent", &[])),
    (Priority::High, spelled("tinggi", "high", &[])),
    (Priority::Medium, spelled("sedang", "medium", &[])),
    (Priority::Low, spelled("rendah", "low", &[])),
];

/// Categories.
pub(super) const CATEGORIES: [(Category, Spelled); 8] = [
    (Category::General, spelled("umum", "general", &[])),
    (Category::Order, spelled("pesanan", "order", &[])),
    (Category::Payment, spelled("pembayaran", "payment", &["bayar"])),
    (Category::Vendor, spelled("vendor", "vendor", &[])),
    (Category::Schedule, spelled("jadwal", "schedule", &[])),
    (Category::Technical, spelled("teknis", "technical", &[])),
    (Category::Complaint, spelled("keluhan", "complaint", &[])),
    (Category::Other, spelled("lainnya", "other", &[])),
];

/// A state that only this desk knows, or that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The customer wrote something that nobody of staff has read.
    Unread,
    /// Own words or changes on it have not left.
    Unsent,
    /// An own reply on it is held.
    Held,
    /// Own words or changes on it were refused.
    Failed,
}

/// States.
pub(super) const STATES: [(State, Spelled); 4] = [
    (State::Unread, spelled("belum-dibaca", "unread", &[])),
    (State::Unsent, spelled("belum-terkirim", "unsent", &["antre"])),
    (State::Held, spelled("ditahan", "held", &[])),
    (State::Failed, spelled("gagal", "failed", &[])),
];

/// One's own.
pub(super) const MINE: Spelled = spelled("saya", "me", &["mine"]);
/// Nobody's.
pub(super) const NOBODY: Spelled = spelled("belum-diambil", "nobody", &["belum", "none", "unassigned"]);
/// The day it is.
pub(super) const TODAY: Spelled = spelled("hari-ini", "today", &[]);
/// The day before.
pub(super) const YESTERDAY: Spelled = spelled("kemarin", "yesterday", &[]);

/// How a status is typed.
pub fn status(status: Status) -> Spelled {
    of(&STATUSES, |it| *it == [status])
}

/// How a priority is typed.
pub fn priority(priority: Priority) -> Spelled {
    of(&PRIORITIES, |it| *it == priority)
}

/// How a category is typed.
pub fn category(category: Category) -> Spelled {
    of(&CATEGORIES, |it| *it == category)
}

/// How nobody is typed.
pub const fn nobody() -> Spelled {
    NOBODY
}

/// How oneself is typed.
pub const fn mine() -> Spelled {
    MINE
}

fn of<T>(all: &[(T, Spelled)], is: impl Fn(&T) -> bool) -> Spelled {
    all.iter().find(|(it, _)| is(it)).map_or(all[0].1, |(_, spelled)| *spelled)
}
