//! Alerts: why one is raised, what becomes of it, and why. Deciding is the replica's, showing the shell's, wording `locales/`'s.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hours::WallClock;
use crate::ticket::words;
use crate::{QuietHours, TicketNumber, Time};

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
        /// A colleague called one by name in a note.
        Mentioned = "mentioned",
        /// One's own reply waits for a decision: the conversation moved on before it arrived.
        HeldReply = "held_reply",
        /// Its person put the ticket off, and the time is over.
        SnoozeDue = "snooze_due",
        /// One's own reply that was to be sent later waits for a decision.
        LaterHeld = "later_held",
        /// Quiet hours are over, and something came in meanwhile.
        QuietOver = "quiet_over",
        /// Its person wanted to see one.
        Test = "test",
    }
}

impl Reason {
    /// Whether it rings until somebody takes the ticket.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::NewUrgent | Self::BecameUrgent | Self::LetGo)
    }

    /// Whether it is about a ticket of one's own.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::MessageMine | Self::AssignedToMe | Self::Mentioned | Self::SnoozeDue)
    }

    /// Whether its person chooses if and how they are told.
    pub const fn has_rule(self) -> bool {
        !matches!(self, Self::QuietOver | Self::Test)
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
    /// Shown: one is called by name.
    Called,
    /// Shown: one's own reply waits.
    ThreadMoved,
    /// Shown: quiet hours are over.
    Meanwhile {
        /// What came in.
        #[serde(flatten)]
        counts: Meanwhile,
    },
    /// Shown: its person put it off, and the time is over.
    PutOff,
    /// Shown: the notification daemon is there again.
    DaemonBack,
    /// Shown: its person wanted to see one.
    Asked,
    /// Held back: quiet hours.
    Quiet {
        /// They began.
        from: WallClock,
        /// They end.
        to: WallClock,
        /// Whether it is counted in what is said at their end.
        summary: bool,
    },
    /// Held back: its person put it off.
    Snoozed {
        /// Till then.
        until: Time,
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
    /// Withdrawn: its author decided about the reply.
    Decided,
    /// Not shown: no notification daemon took it.
    NoDaemon,
    /// Not shown: its person asked the system for no pop-ups.
    FocusMode,
    /// Not shown: the system does not let this app show any.
    Denied,
}

/// What came in during quiet hours and still waits for somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meanwhile {
    /// Tickets that are urgent.
    pub urgent: u32,
    /// Messages of customers.
    pub messages: u32,
    /// Tickets that were given to one.
    pub assigned: u32,
    /// Own replies that wait.
    pub held: u32,
    /// Notes that call one by name.
    #[serde(default)]
    pub mentioned: u32,
}

impl Meanwhile {
    /// Counts one in.
    pub fn count(&mut self, reason: Reason) {
        *match reason {
            Reason::NewUrgent | Reason::BecameUrgent | Reason::LetGo => &mut self.urgent,
            Reason::MessageMine | Reason::MessageUnassigned => &mut self.messages,
            // What comes back is given to one by oneself.
            Reason::AssignedToMe | Reason::SnoozeDue => &mut self.assigned,
            Reason::Mentioned => &mut self.mentioned,
            Reason::HeldReply | Reason::LaterHeld => &mut self.held,
            Reason::QuietOver | Reason::Test => return,
        } += 1;
    }
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
    /// Whether it was in quiet hours.
    #[serde(default)]
    pub quiet: bool,
}

/// The ticket an alert is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Which ticket.
    pub ticket: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// Whose it is.
    pub customer: String,
}

/// One alert, as the ledger keeps it for 30 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertEntry {
    /// Its number on this desk.
    pub id: u64,
    /// About which ticket, if it is about one.
    #[serde(flatten)]
    pub about: Option<About>,
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
    /// The ticket it is about.
    pub fn ticket(&self) -> Option<Uuid> {
        self.about.as_ref().map(|about| about.ticket)
    }

    /// Notes what happened. Rounds in a row are one step; what was clicked stays clicked when it is taken back.
    pub fn happened(&mut self, step: AlertStep) {
        self.result = match (self.result, step.result) {
            (result @ (AlertResult::Clicked | AlertResult::NotShown), AlertResult::Withdrawn) => result,
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
        } else if let [_, .., before, last] = self.steps.as_slice()
            && (last.result == AlertResult::NotShown || step.result == AlertResult::NotShown)
            && before.result == step.result
            && before.why == step.why
        {
            // Tried in every round and never shown: the last try tells as much as all of them.
            self.steps.remove(self.steps.len() - 2);
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

words! {
    /// What an alert sounds like.
    Sound {
        /// Low and long.
        Gong = "gong",
        /// Two bright bars.
        Gender = "gender",
        /// A short rattle.
        Kecrek = "kecrek",
        /// Nothing at all.
        Silent = "none",
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
    /// What it sounds like.
    pub sound: Sound,
}

impl Rule {
    /// As it is before anybody changed it.
    pub const fn of(reason: Reason) -> Self {
        let (level, sound) = match reason {
            _ if reason.is_urgent() => (Level::Critical, Sound::Gong),
            Reason::HeldReply | Reason::LaterHeld => (Level::Critical, Sound::Kecrek),
            _ => (Level::Normal, Sound::Gender),
        };
        Self { reason, on: true, level, sound }
    }
}

/// What a person wants of alerts, on every desk of theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertChoices {
    /// What was chosen about reasons; one that is not here is as it is at first.
    #[serde(default, deserialize_with = "known")]
    pub rules: Vec<Rule>,
    /// When they are left in peace.
    #[serde(default)]
    pub quiet: QuietHours,
}

/// Rules of known reasons: what a newer app chose about a reason of its own is nothing to this one. One of a known reason must be whole.
fn known<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Rule>, D::Error> {
    let all = Vec::<serde_json::Value>::deserialize(from)?;
    let is_known = |rule: &serde_json::Value| {
        let reason = rule.get("reason").and_then(serde_json::Value::as_str);
        reason.is_none_or(|reason| reason.parse::<Reason>().is_ok())
    };
    let rules = all.into_iter().filter(is_known).map(serde_json::from_value);
    rules.collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

impl AlertChoices {
    /// What its person wants of a reason.
    pub fn rule(&self, reason: Reason) -> Rule {
        self.rules.iter().find(|rule| rule.reason == reason).copied().unwrap_or(Rule::of(reason))
    }

    /// Changes what is wanted of a reason.
    pub fn choose(&mut self, rule: Rule) {
        self.rules.retain(|before| before.reason != rule.reason);
        if rule != Rule::of(rule.reason) {
            self.rules.push(rule);
        }
    }

    /// Every reason there is to choose about, with what is wanted of it.
    pub fn rules(&self) -> Vec<Rule> {
        Reason::ALL.iter().filter(|reason| reason.has_rule()).map(|reason| self.rule(*reason)).collect()
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
    /// Minutes for which an alert is put off.
    pub const SNOOZE_MINUTES: i64 = 10;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_a_newer_app_is_nothing_and_a_broken_one_is_said() {
        let rules = |reason: &str, sound: &str| {
            let rule = serde_json::json!({ "reason": reason, "on": true, "level": "normal", "sound": sound });
            serde_json::from_value::<AlertChoices>(serde_json::json!({ "rules": [rule] })).map(|it| it.rules.len())
        };
        assert_eq!(rules("message_mine", "none").ok(), Some(1));
        assert_eq!(rules("from_another_year", "none").ok(), Some(0));
        assert!(rules("message_mine", "siren").is_err());
    }
}
