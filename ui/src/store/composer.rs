//! The composer: what is being written, kept per ticket, so that neither another ticket nor anybody's change can take it away.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::Thread;
use gemilang_protocol::{FieldError, Time, validate};
use uuid::Uuid;
use yew::Reducible;

/// After this pause the draft is kept, in milliseconds.
pub const PAUSE_MS: u32 = 600;

/// How often it is said that a reply is being written, in milliseconds.
const TELL_MS: i64 = 2_000;

/// To whom the words go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// To the customer.
    #[default]
    Reply,
    /// To the team only.
    Note,
}

/// The words of one ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The reply so far.
    pub reply: String,
    /// The note so far.
    pub note: String,
    /// When it was kept last.
    pub saved: Option<Time>,
    /// Why it cannot be sent, said when sending was tried.
    pub error: Option<FieldError>,
}

/// All that is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composer {
    /// The ticket on screen.
    pub ticket: Option<Uuid>,
    /// To whom.
    pub mode: Mode,
    /// By ticket; what was typed in this window wins over what the core kept.
    pub drafts: HashMap<Uuid, Draft>,
    /// Grows when the field should take the keyboard.
    pub focus: u32,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A ticket came on screen, with what the core kept for it.
    Opened(Rc<Thread>),
    /// Nothing is on screen.
    Closed,
    /// Another person sits at this desk: nothing of the one before is left in the window (the core keeps their drafts).
    Forget,
    /// Reply or note, and take the keyboard.
    Mode(Mode),
    /// Typed.
    Typed(String),
    /// The draft was kept.
    Saved(Uuid, Time),
    /// It cannot be sent like this.
    Refused(FieldError),
    /// It is in the outbox: the field is free again.
    Done(Uuid, Mode),
    /// Words came back that have no other place; what was being written stays behind them.
    Back(Uuid, Mode, String),
}

impl Reducible for Composer {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut composer = (*self).clone();
        composer.apply(action);
        Rc::new(composer)
    }
}

impl Composer {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Opened(thread) => {
                let id = thread.ticket.id;
                if self.ticket != Some(id) {
                    self.ticket = Some(id);
                    self.mode = Mode::Reply;
                }
                self.drafts.entry(id).or_insert_with(|| Draft {
                    reply: thread.draft_reply.clone(),
                    note: thread.draft_note.clone(),
                    ..Draft::default()
                });
            }
            Action::Closed => self.ticket = None,
            Action::Forget => *self = Self::default(),
            Action::Mode(mode) => {
                self.mode = mode;
                self.focus += 1;
                if let Some(draft) = self.draft_mut() {
                    draft.error = None;
                }
            }
            Action::Typed(text) => {
                let mode = self.mode;
                if let Some(draft) = self.draft_mut() {
                    draft.put(mode, text);
                    draft.saved = None;
                    draft.error = None;
                }
            }
            Action::Saved(ticket, at) => {
                if let Some(draft) = self.drafts.get_mut(&ticket) {
                    draft.saved = Some(at);
                }
            }
            Action::Refused(error) => {
                if let Some(draft) = self.draft_mut() {
                    draft.error = Some(error);
                }
                self.focus += 1;
            }
            Action::Done(ticket, mode) => {
                if let Some(draft) = self.drafts.get_mut(&ticket) {
                    draft.put(mode, String::new());
                    draft.saved = None;
                    draft.error = None;
                }
            }
            Action::Back(ticket, mode, text) => {
                let text = self.joined(ticket, mode, &text);
                self.mode = mode;
                self.focus += 1;
                let draft = self.drafts.entry(ticket).or_default();
                draft.put(mode, text);
                draft.saved = None;
                draft.error = None;
            }
        }
    }

    /// The draft of the ticket on screen.
    pub fn draft(&self) -> Option<&Draft> {
        self.drafts.get(&self.ticket?)
    }

    /// The words in the field.
    pub fn text(&self) -> &str {
        self.draft().map_or("", |draft| draft.text(self.mode))
    }

    /// Words that come back, before what is being written already: that is not thrown away for them.
    fn joined(&self, ticket: Uuid, mode: Mode, text: &str) -> String {
        let kept = self.drafts.get(&ticket).map_or("", |draft| draft.text(mode)).trim_end();
        if kept.is_empty() { text.to_owned() } else { format!("{text}\n\n{kept}") }
    }

    fn draft_mut(&mut self) -> Option<&mut Draft> {
        self.drafts.get_mut(&self.ticket?)
    }
}

impl Draft {
    /// The words to the customer, or to the team.
    pub fn text(&self, mode: Mode) -> &str {
        match mode {
            Mode::Reply => &self.reply,
            Mode::Note => &self.note,
        }
    }

    fn put(&mut self, mode: Mode, text: String) {
        match mode {
            Mode::Reply => self.reply = text,
            Mode::Note => self.note = text,
        }
    }
}

/// Whether it is to be told now that somebody writes, not at every key. `told` is of which ticket it was told last, and when.
pub fn tells(text: &str, ticket: Uuid, now: Time, told: Option<(Uuid, Time)>) -> bool {
    let lately = told.is_some_and(|(of, at)| of == ticket && (now - at).num_milliseconds() < TELL_MS);
    !text.trim().is_empty() && !lately
}

/// What is said while typing: only that it grew too long; emptiness is said when sending.
pub fn warns(text: &str) -> Option<FieldError> {
    match validate::message(text) {
        Err(error @ (FieldError::TooLong { .. } | FieldError::BadCharacter)) => Some(error),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, thread};
    use super::*;

    fn opened() -> Composer {
        let mut composer = Composer::default();
        composer.apply(Action::Opened(Rc::new(thread(1))));
        composer
    }

    #[test]
    fn nobody_elses_change_takes_the_words_away() {
        let mut composer = opened();
        composer.apply(Action::Typed("Baik, Kak".into()));
        let mut changed = thread(1);
        changed.draft_reply = "lama".into();
        composer.apply(Action::Opened(Rc::new(changed)));
        assert_eq!(composer.text(), "Baik, Kak");
        composer.apply(Action::Opened(Rc::new(thread(2))));
        assert_eq!(composer.text(), "");
        composer.apply(Action::Opened(Rc::new(thread(1))));
        assert_eq!(composer.text(), "Baik, Kak");
    }

    #[test]
    fn reply_and_note_are_two_drafts() {
        let mut composer = opened();
        composer.apply(Action::Typed("ke pelanggan".into()));
        composer.apply(Action::Mode(Mode::Note));
        assert_eq!(composer.text(), "");
        composer.apply(Action::Typed("ke tim".into()));
        composer.apply(Action::Done(id(1), Mode::Note));
        assert_eq!(composer.text(), "");
        composer.apply(Action::Mode(Mode::Reply));
        assert_eq!(composer.text(), "ke pelanggan");
    }

    #[test]
    fn words_that_come_back_overwrite_nothing() {
        let mut composer = opened();
        composer.apply(Action::Typed("sedang ditulis".into()));
        composer.apply(Action::Back(id(1), Mode::Reply, "yang ditahan".into()));
        assert_eq!(composer.text(), "yang ditahan\n\nsedang ditulis");
    }

    #[test]
    fn that_somebody_writes_is_told_every_other_second() {
        let at = |seconds: i64| Time::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds);
        let told = |text, now, told| tells(text, id(1), at(now), told);
        assert!(told("B", 10, None));
        assert!(!told("Ba", 11, Some((id(1), at(10)))));
        assert!(told("Baik", 12, Some((id(1), at(10)))));
        assert!(told("B", 11, Some((id(2), at(10)))), "of another ticket");
        assert!(!told("  ", 10, None), "nothing was written, or it was taken back");
    }

    #[test]
    fn only_length_is_said_while_typing() {
        assert_eq!(warns(""), None);
        assert!(matches!(warns(&"a".repeat(10_001)), Some(FieldError::TooLong { most: 10_000, .. })));
    }
}
