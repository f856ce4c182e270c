//! Snacks: what was just done, for ten seconds at the foot of the window, with a way back where there is one.

use std::rc::Rc;

use gemilang_protocol::desk::views::{PropertyChange, TicketQuery};
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// Properties of tickets become again what they were.
    Changes(Rc<[PropertyChange]>),
    /// Take a reply back that was to be sent later.
    Later {
        /// Of which ticket.
        ticket: Uuid,
        /// Which.
        id: Uuid,
    },
    /// A saved view becomes again what it was.
    View {
        /// Which view; one that was deleted is made anew.
        view: Option<Uuid>,
        /// Its name.
        name: String,
        /// Whether it is for the whole team.
        shared: bool,
        /// What it showed.
        query: Box<TicketQuery>,
    },
    /// Take a reply back that has not left yet.
    Send {
        /// Which.
        op: Uuid,
        /// Of which ticket.
        ticket: Uuid,
        /// The change of status that was written in the same breath.
        then: Option<Uuid>,
        /// How long that can be done, in milliseconds.
        stays_ms: u32,
    },
}

/// What stands at the foot of the window: the latest one only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snacks {
    /// What is said, and how to go back.
    pub shown: Option<(Sentence, Option<Undo>)>,
    /// How to go back from what was done last, also once it is no longer said.
    pub back: Option<Undo>,
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
    /// What was done last is taken back.
    Undone,
}

impl Snacks {
    /// How long what is shown stays, in milliseconds: what cannot be undone any more is not offered.
    pub fn stays_ms(&self) -> u32 {
        match self.shown {
            Some((_, Some(Undo::Send { stays_ms, .. }))) => stays_ms,
            _ => STAYS_MS,
        }
    }

    /// How to take back the reply that was just written in this ticket.
    pub fn sends(&self, ticket: Uuid) -> Option<Undo> {
        let (_, undo) = self.shown.as_ref()?;
        undo.clone().filter(|undo| matches!(undo, Undo::Send { ticket: of, .. } if *of == ticket))
    }

    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Say(sentence, undo) => {
                if undo.is_some() {
                    self.back.clone_from(&undo);
                }
                self.shown = Some((sentence, undo));
                self.serial += 1;
            }
            Action::Over(serial) => {
                if serial == self.serial {
                    self.shown = None;
                    // A reply that has left is not taken back.
                    self.back = self.back.take().filter(|back| !matches!(back, Undo::Send { .. }));
                }
            }
            Action::Undone => {
                self.shown = None;
                self.back = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_outlives_what_is_said_and_is_gone_once() {
        let mut snacks = Snacks::default();
        let undo = Undo::Changes(Rc::from([]));
        snacks.apply(Action::Say(Sentence::plain("a"), Some(undo.clone())));
        snacks.apply(Action::Over(snacks.serial));
        snacks.apply(Action::Say(Sentence::plain("b"), None));
        assert_eq!(snacks.back, Some(undo));
        snacks.apply(Action::Undone);
        assert_eq!((snacks.back, snacks.shown), (None, None));
    }

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

    #[test]
    fn a_reply_is_taken_back_for_as_long_as_it_is_here() {
        let mut snacks = Snacks::default();
        assert_eq!(snacks.stays_ms(), STAYS_MS);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let undo = Undo::Send { op: one, ticket: one, then: None, stays_ms: 5_000 };
        snacks.apply(Action::Say(Sentence::plain("a"), Some(undo.clone())));
        assert_eq!((snacks.stays_ms(), snacks.sends(one), snacks.sends(other)), (5_000, Some(undo), None));
        snacks.apply(Action::Undone);
        assert_eq!(snacks.sends(one), None);
    }
}
