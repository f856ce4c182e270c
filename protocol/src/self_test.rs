//! The self-test: each way by which an alert reaches its person, and what was seen when it was tried.

use serde::{Deserialize, Serialize};

use crate::Time;
use crate::ticket::words;

words! {
    /// A way by which an alert reaches its person.
    TestPath {
        /// The pop-up of the system.
        PopUp = "pop_up",
        /// A click on it, up to the ticket.
        Click = "click",
        /// What is heard.
        Sound = "sound",
        /// The number on the app's icon.
        Badge = "badge",
        /// The icon beside the clock.
        Tray = "tray",
    }
}

/// What was seen when a way was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "saw", rename_all = "snake_case")]
pub enum Saw {
    /// It was tried and works.
    Works,
    /// The pop-up was shown within this time.
    Shown {
        /// In milliseconds.
        millis: u32,
    },
    /// A pop-up waits to be clicked.
    Waits,
    /// The click opened the ticket it was about.
    Opened,
    /// Nobody clicked.
    NotClicked,
    /// Whether it is to be seen, only its person can say.
    Asks {
        /// The number that should be there.
        number: u32,
    },
    /// Its person does not see it.
    NotSeen,
    /// No notification daemon, or no host for it, on this computer.
    Missing,
    /// Its person asked the system for no pop-ups.
    Hushed,
    /// The system does not let this app.
    Denied,
}

impl Saw {
    /// Whether it can be relied upon.
    pub const fn is_well(self) -> bool {
        matches!(self, Self::Works | Self::Shown { .. } | Self::Opened)
    }
}

/// A way that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Which way.
    pub path: TestPath,
    /// When.
    pub at: Time,
    /// What was seen.
    #[serde(flatten)]
    pub saw: Saw,
}
