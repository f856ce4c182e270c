//! Alerts: duty, what one wants to be told of, and what was told.

use serde::{Deserialize, Serialize};

use crate::alert::{AlertEntry, RingView, Rule};
use crate::self_test::{TestPath, Tried};
use crate::{Duty, QuietHours, Zone};

/// What rings here, and what its person wants to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    /// What rings on this desk, longest first.
    pub ringing: Vec<RingView>,
    /// Its person's duty, own unsent changes included.
    pub duty: Duty,
    /// How many others are on duty.
    pub others_on_duty: u32,
    /// What is wanted of each reason.
    pub rules: Vec<Rule>,
    /// When its person is left in peace.
    pub quiet: QuietHours,
    /// By which clock that is, once it is known.
    pub zone: Option<Zone>,
    /// Whether the computer shows alerts.
    pub pop_ups: PopUps,
    /// Which ways can be tried on this computer.
    pub paths: Vec<TestPath>,
    /// Those that were, and what was seen.
    pub tried: Vec<Tried>,
    /// Grows with every change of the ledger.
    pub revision: u64,
    /// Grows with every telling: of two the smaller is older.
    pub number: u64,
}

/// Whether the computer shows alerts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopUps {
    /// As far as is known.
    #[default]
    Shown,
    /// Its person asked the system for no pop-ups.
    Hushed,
    /// The system does not let this app show any.
    Denied,
    /// No notification daemon answers.
    Missing,
}

/// A page of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Newest first.
    pub entries: Vec<AlertEntry>,
    /// Whether there are older ones.
    pub more: bool,
}
