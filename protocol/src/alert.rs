//! Alerts: why one is raised, what becomes of it, and why. Deciding is the replica's, showing the shell's, wording `locales/`'s.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ticket::words;
use crate::{TicketNumber, Time};

words! {
    /// Why an alert is raised.
    Reason {
        /// Filed as urgent.
        NewUrgent = "new_urgent",
        /// Made urgent later, or urgent and opened again.
        BecameUrgent = "became_urgent",
        /// Urgent, and whoever had it let it go.
        LetGo = "let_go",
        /// The customer wrote on a ticket of one's own.
        MessageMine = "message_mine",
        /// The customer wrote on a ticket that nobody has.
        MessageUnassigned = "message_unassigned",
        /// Somebody gave one a ticket.
        AssignedToMe = "assigned_to_me",
    }
}

impl Reason {
    /// Whether it rings until somebody takes the ticket.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::NewUrgent | Self::BecameUrgent | Self::LetGo)
    }

    /// Whether it is about a ticket of one's own.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::MessageMine | Self::AssignedToMe)
    }
}

words! {
    /// What became of an alert.
    AlertResult {
        /// On screen.
        Shown = "shown",
        /// On screen again and again, until somebody takes the ticket.
        Ringing = "ringing",
        /// Its person clicked it.
        Clicked = "clicked",
        /// Not put on screen, for a reason.
        HeldBack = "held_back",
        /// It stands for several.
        Grouped = "grouped",
        /// Taken back: there is no reason for it any more.
        Withdrawn = "withdrawn",
        /// The computer could not show it.
        NotShown = "not_shown",
    }
}

/// Why an alert was shown, held back, grouped, withdrawn or not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Shown: its person is on duty.
    OnDuty,
    /// Shown: nobody is on duty, so everybody is.
    NobodyOnDuty,
    /// Shown: nobody took it for three rounds, so all admins are called.
    AdminsToo,
    /// Shown: the ticket is theirs.
    Yours,
    /// Shown: who has it is not on duty.
    HolderOff {
        /// Who has it.
        name: String,
    },
    /// Held back: the window has the focus, the thread is on screen, and there was input lately.
    Reading {
        /// Seconds since the last input.
        idle: u32,
    },
    /// Held back or withdrawn: a pause.
    Paused {
        /// Its end.
        until: Time,
    },
    /// Held back or withdrawn: off duty, and somebody else is on.
    OffDuty,
    /// Held back or withdrawn: its person switched this reason off.
    SwitchedOff,
    /// Held back: it was caught up on, and is no news any more.
    Late {
        /// How old it was, in minutes.
        minutes: u32,
    },
    /// Grouped: several in a row.
    Burst {
        /// How many so far.
        count: u32,
    },
    /// Withdrawn: somebody has it.
    Taken {
        /// Who.
        name: String,
    },
    /// Withdrawn: the ticket rings instead.
    Rings,
    /// Withdrawn: resolved or closed.
    Ended,
    /// Withdrawn: not urgent any more.
    Calmed,
    /// Withdrawn: read elsewhere.
    Read {
        /// Who read it.
        name: String,
    },
    /// Withdrawn: answered.
    Answered {
        /// Who answered.
        name: String,
    },
    /// Not shown: no notification daemon took it.
    NoDaemon,
}

/// Something that happened to an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertStep {
    /// When, by this desk's clock.
    pub at: Time,
    /// What.
    pub result: AlertResult,
    /// Why, unless a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// For one that rings: which round it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
}

/// What the decision was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertInputs {
    /// Whether the window had the focus.
    pub focused: bool,
    /// Whether this ticket was on screen.
    pub on_screen: bool,
    /// Seconds since the last input.
    pub idle: Option<u32>,
    /// Whether its person was on duty.
    pub on_duty: bool,
    /// How many others were.
    pub others_on_duty: u32,
    /// Whether it was told as it happened.
    pub live: bool,
}

/// One alert, as the ledger keeps it for 30 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertEntry {
    /// Its number on this desk.
    pub id: u64,
    /// About which ticket.
    pub ticket: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// Whose it is.
    pub customer: String,
    /// Why it was raised.
    pub reason: Reason,
    /// What it is now.
    pub result: AlertResult,
    /// What happened to it, in order; never empty.
    pub steps: Vec<AlertStep>,
    /// What the first answer was made from.
    pub inputs: AlertInputs,
}

impl AlertEntry {
    /// Notes what happened. Rounds in a row are one step; what was clicked stays clicked when it is taken back.
    pub fn happened(&mut self, step: AlertStep) {
        self.result = match (self.result, step.result) {
            (AlertResult::Clicked, AlertResult::Withdrawn) => AlertResult::Clicked,
            (AlertResult::Ringing, AlertResult::Grouped) => AlertResult::Ringing,
            (_, result) => result,
        };
        // The first step is when it was raised, and stays.
        let again = match self.steps.as_slice() {
            [_, .., last] => last.result == step.result && last.why == step.why,
            _ => false,
        };
        if again {
            self.steps.pop();
        }
        self.steps.push(step);
    }

    /// When it was raised.
    pub fn raised_at(&self) -> Time {
        self.steps.first().map_or_else(Time::default, |step| step.at)
    }
}

words! {
    /// How much an alert insists.
    Level {
        /// Stays until its person has dealt with it.
        Critical = "critical",
        /// Goes by itself after a while.
        Normal = "normal",
    }
}

/// What its person wants of one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The reason.
    pub reason: Reason,
    /// Whether it alerts at all.
    pub on: bool,
    /// How much it insists.
    pub level: Level,
}

impl Rule {
    /// As it is before anybody changed it.
    pub const fn of(reason: Reason) -> Self {
        let level = if reason.is_urgent() { Level::Critical } else { Level::Normal };
        Self { reason, on: true, level }
    }
}

/// A ticket that rings here now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RingView {
    /// Which ticket.
    pub ticket: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// Whose it is.
    pub customer: String,
    /// Since when it is urgent and nobody's.
    pub since: Time,
    /// Which round it is in, from 1.
    pub round: u32,
}

impl RingView {
    /// Seconds between two rounds.
    pub const ROUND_SECONDS: i64 = 60;
    /// After so many rounds all admins are called.
    pub const ROUNDS: u32 = 3;
}
