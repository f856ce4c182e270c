//! Subjects that are being changed: what is typed stays until it is kept or given back, whatever else is looked at meanwhile.

use std::collections::HashMap;

use gemilang_protocol::{FieldError, validate};
use uuid::Uuid;

/// The fields that are open, one for a ticket.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subjects(HashMap<Uuid, Field>);

/// A subject as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it was when the field was opened.
    pub was: String,
    /// As typed.
    pub text: String,
    /// Why it cannot be kept, once that was tried.
    pub wrong: Option<FieldError>,
}

/// What can happen to them.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A ticket's field opens with what it is called. One that is open stays as it is.
    Open(Uuid, String),
    /// Typed.
    Typed(Uuid, String),
    /// It cannot be kept like this.
    Wrong(Uuid, FieldError),
    /// Kept or given back: the field closes.
    Close(Uuid),
}

impl Subjects {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Open(ticket, was) => {
                self.0.entry(ticket).or_insert_with(|| Field { text: was.clone(), was, wrong: None });
            }
            Action::Typed(ticket, text) => {
                if let Some(field) = self.0.get_mut(&ticket) {
                    field.text = text;
                    field.wrong = None;
                }
            }
            Action::Wrong(ticket, error) => {
                if let Some(field) = self.0.get_mut(&ticket) {
                    field.wrong = Some(error);
                }
            }
            Action::Close(ticket) => {
                self.0.remove(&ticket);
            }
        }
    }

    /// A ticket's field, if it is open.
    pub fn of(&self, ticket: Uuid) -> Option<&Field> {
        self.0.get(&ticket)
    }
}

impl Field {
    /// What it shall be called; nothing where that is what it is called already.
    ///
    /// # Errors
    /// The rule that is broken.
    pub fn wanted(&self, is: &str) -> Result<Option<String>, FieldError> {
        let text = validate::subject(&self.text)?;
        Ok((text != is).then_some(text))
    }

    /// Whether somebody changed it while this was typed.
    pub fn is_overtaken(&self, is: &str) -> bool {
        self.was != is
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::id;
    use super::*;

    #[test]
    fn what_is_typed_stays_until_it_is_kept_or_given_back() {
        let mut subjects = Subjects::default();
        subjects.apply(Action::Open(id(1), "Akad".into()));
        subjects.apply(Action::Typed(id(1), "  ".into()));
        let wrong = subjects.of(id(1)).unwrap().wanted("Akad").unwrap_err();
        assert_eq!(wrong, FieldError::Empty);
        subjects.apply(Action::Wrong(id(1), wrong));
        subjects.apply(Action::Open(id(2), "Tenda".into()));
        // Opened once more, it is as it was left.
        subjects.apply(Action::Open(id(1), "Akad".into()));
        let field = subjects.of(id(1)).unwrap();
        assert_eq!((field.text.as_str(), &field.wrong), ("  ", &Some(FieldError::Empty)));
        subjects.apply(Action::Typed(id(1), " Akad  dimajukan ".into()));
        let field = subjects.of(id(1)).unwrap();
        assert_eq!((field.wanted("Akad"), &field.wrong), (Ok(Some("Akad dimajukan".into())), &None));
        assert_eq!(field.wanted("Akad dimajukan"), Ok(None), "it is called so already");
        assert!(field.is_overtaken("Akad dimajukan") && !field.is_overtaken("Akad"));
        subjects.apply(Action::Close(id(1)));
        assert!(subjects.of(id(1)).is_none() && subjects.of(id(2)).is_some());
    }
}
