//! The account: where its person is signed in, and the form of a new password. All of it is the service's; nothing is kept here.

use std::rc::Rc;

use gemilang_protocol::desk::commands::{CommandCode, CommandError};
use gemilang_protocol::session::Device;
use gemilang_protocol::{Code, FieldError, validate};
use uuid::Uuid;

/// What is known of the account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// Where its person is signed in, once the service has said so; this computer first.
    pub sessions: Option<Rc<Vec<Device>>>,
    /// Why the service did not.
    pub fault: Option<CommandError>,
    /// What is being ended.
    pub ending: Option<Ending>,
}

/// What is being ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// One session.
    One(Uuid),
    /// All but this one.
    Others,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The service was asked, and answered or did not.
    Sessions(Result<Rc<Vec<Device>>, CommandError>),
    /// Something is being ended.
    Ends(Ending),
}

impl Account {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Sessions(Ok(sessions)) => {
                let mut sessions = Rc::unwrap_or_clone(sessions);
                sessions.sort_by_key(|device| !device.here);
                self.sessions = Some(Rc::new(sessions));
                self.fault = None;
                self.ending = None;
            }
            // What was known before still helps whoever looks for a stranger.
            Action::Sessions(Err(fault)) => {
                self.fault = Some(fault);
                self.ending = None;
            }
            Action::Ends(ending) => self.ending = Some(ending),
        }
    }

    /// Whether there are others to be ended.
    pub fn has_others(&self) -> bool {
        self.sessions.as_ref().is_some_and(|sessions| sessions.iter().any(|device| !device.here))
    }
}

/// What is typed to choose a new password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewPassword {
    /// The one until now.
    pub current: String,
    /// The one from now on.
    pub new: String,
    /// The same again.
    pub again: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The password until now.
    Current,
    /// The one from now on.
    New,
    /// The same again.
    Again,
    /// The form as a whole.
    Form,
}

impl Field {
    /// Its name, by which its rules are worded.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "current_password",
            Self::New => "password",
            Self::Again => "password_confirmation",
            Self::Form => "form",
        }
    }
}

impl NewPassword {
    /// The first field that breaks a rule.
    pub fn broken(&self) -> Option<(Field, FieldError)> {
        if self.current.is_empty() {
            return Some((Field::Current, FieldError::Empty));
        }
        if let Err(rule) = validate::password(&self.new) {
            return Some((Field::New, rule));
        }
        (self.new != self.again).then_some((Field::Again, FieldError::Differs))
    }
}

/// Which field a refusal belongs to.
pub fn field_of(error: &CommandError) -> Field {
    match (error.code, error.field.as_deref()) {
        (CommandCode::Refused(Code::WrongCredentials), _) | (_, Some("current_password")) => Field::Current,
        (_, Some("password")) => Field::New,
        _ => Field::Form,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, time};
    use super::*;
    use gemilang_protocol::session::DeviceKind;

    fn device(n: u8, here: bool) -> Device {
        let at = time("2026-11-30T07:00:00Z");
        Device { id: id(n), name: String::new(), kind: DeviceKind::Desk, here, created_at: at, last_seen_at: at }
    }

    fn silent() -> CommandError {
        let code = CommandCode::ServerSilent;
        CommandError { code, field: None, rule: None, figure: None, detail: String::new() }
    }

    #[test]
    fn this_computer_stands_first_and_a_fault_hides_nothing() {
        let mut account = Account::default();
        assert!(!account.has_others());
        account.apply(Action::Sessions(Ok(Rc::new(vec![device(1, false), device(2, true), device(3, false)]))));
        let ids: Vec<_> = account.sessions.as_ref().unwrap().iter().map(|it| it.id).collect();
        assert_eq!(ids, [id(2), id(1), id(3)]);
        account.apply(Action::Ends(Ending::One(id(1))));
        account.apply(Action::Sessions(Err(silent())));
        assert!(account.has_others() && account.fault.is_some() && account.ending.is_none());
        account.apply(Action::Sessions(Ok(Rc::new(vec![device(2, true)]))));
        assert!(!account.has_others() && account.fault.is_none());
    }

    #[test]
    fn a_new_password_is_checked_before_it_leaves() {
        let form = |current: &str, new: &str, again: &str| NewPassword {
            current: current.into(),
            new: new.into(),
            again: again.into(),
        };
        let broken = |form: &NewPassword| form.broken().map(|(field, _)| field);
        assert_eq!(broken(&form("", "", "")), Some(Field::Current));
        assert_eq!(broken(&form("lama", "pendek", "pendek")), Some(Field::New));
        assert_eq!(form("lama", "melati putih 7", "melati putih").broken(), Some((Field::Again, FieldError::Differs)));
        assert_eq!(broken(&form("lama", "melati putih 7", "melati putih 7")), None);
    }

    #[test]
    fn a_refusal_stands_beside_its_field() {
        let refused = |code, field: Option<&str>| CommandError { code, field: field.map(Into::into), ..silent() };
        let wrong = refused(CommandCode::Refused(Code::WrongCredentials), Some("password"));
        assert_eq!(field_of(&wrong), Field::Current, "the one until now is wrong, not the new one");
        assert_eq!(field_of(&refused(CommandCode::Refused(Code::Validation), Some("password"))), Field::New);
        assert_eq!(field_of(&refused(CommandCode::Refused(Code::Throttled), None)), Field::Form);
        assert_eq!(field_of(&silent()), Field::Form);
    }
}
