//! Snacks: what was just done, for ten seconds at the foot of the window, with a way back where there is one.

use gemilang_protocol::{Priority, Status};
use uuid::Uuid;

/// How long a snack stays, in milliseconds.
pub const STAYS_MS: u32 = 10_000;

/// A sentence: its key, and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// A key of `locales/`.
    pub key: String,
    /// Its arguments.
    pub args: Vec<(String, String)>,
}

impl Sentence {
    /// A sentence without arguments.
    pub fn plain(key: &str) -> Self {
        Self::with(key, &[])
    }

    /// A sentence with arguments.
    pub fn with(key: &str, args: &[(&str, &str)]) -> Self {
        Self {
            key: key.to_owned(),
            args: args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }
}

/// How to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// Give the ticket back to whom it belonged.
    Assign {
        /// Which ticket.
        ticket: Uuid,
        /// Who had it.
        to: Option<Uuid>,
    },
    /// Set the status back.
    Status {
        /// Which ticket.
        ticket: Uuid,
        /// What it was.
        to: Status,
    },
    /// Set the priority back.
    Priority {
        /// Which ticket.
        ticket: Uuid,
        /// What it was.
        to: Priority,
    },
}

/// What stands at the foot of the window: the latest one only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snacks {
    /// What is said, and how to go back.
    pub shown: Option<(Sentence, Option<Undo>)>,
    /// Grows with each, so that the ten seconds of one do not end the next.
    pub serial: u32,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Say something.
    Say(Sentence, Option<Undo>),
    /// The ten seconds of this serial are over.
    Over(u32),
    /// Put away.
    Close,
}

impl Snacks {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Say(sentence, undo) => {
                self.shown = Some((sentence, undo));
                self.serial += 1;
            }
            Action::Over(serial) => {
                if serial == self.serial {
                    self.shown = None;
                }
            }
            Action::Close => self.shown = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_one_does_not_end_the_next() {
        let mut snacks = Snacks::default();
        snacks.apply(Action::Say(Sentence::plain("a"), None));
        let first = snacks.serial;
        snacks.apply(Action::Say(Sentence::plain("b"), None));
        snacks.apply(Action::Over(first));
        assert_eq!(snacks.shown, Some((Sentence::plain("b"), None)));
        snacks.apply(Action::Over(snacks.serial));
        assert_eq!(snacks.shown, None);
    }
}
