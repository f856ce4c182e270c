//! Session: who is signed in and what is remembered between runs. Signing in itself is the core's work.

use gemilang_protocol::desk::views::{Boot, Settings, SignedIn};

/// Who is at this desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// Whether the core has answered at all; before it, nothing is drawn.
    pub booted: bool,
    /// The app's version.
    pub version: String,
    /// Server, email, language, theme.
    pub settings: Settings,
    /// Who is signed in.
    pub who: Option<SignedIn>,
    /// Whether the sign-in form is shown over a session that has ended; what was typed stays.
    pub again: bool,
    /// Whether the notice that no keychain exists was put away.
    pub notice_seen: bool,
    /// Whether it was signed out to go to another server.
    pub elsewhere: bool,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The first answer of the core; none when it had none.
    Booted(Option<Box<Boot>>),
    /// Signed in.
    SignedIn(Box<SignedIn>),
    /// Signed out by choice; `elsewhere` to go to another server.
    SignedOut {
        /// Whether the form asks for another address first.
        elsewhere: bool,
    },
    /// A setting was changed.
    Settings(Settings),
    /// The sign-in form is asked for, or put away, while a session that ended is still on screen.
    Again(bool),
    /// The notice was read.
    NoticeSeen,
}

impl Session {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Booted(boot) => {
                self.booted = true;
                if let Some(boot) = boot {
                    self.version = boot.version;
                    self.settings = boot.settings;
                    self.who = boot.signed_in;
                }
            }
            Action::SignedIn(who) => {
                self.settings.server.clone_from(&who.server);
                self.settings.email.clone_from(&who.user.email);
                self.who = Some(*who);
                self.again = false;
                self.notice_seen = false;
                self.elsewhere = false;
            }
            Action::SignedOut { elsewhere } => {
                self.who = None;
                self.again = false;
                self.elsewhere = elsewhere;
            }
            Action::Settings(settings) => self.settings = settings,
            Action::Again(again) => self.again = again && self.who.is_some(),
            Action::NoticeSeen => self.notice_seen = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::signed_in;
    use super::*;

    #[test]
    fn a_session_that_ended_keeps_its_person_until_signed_in_again() {
        let mut session = Session::default();
        session.apply(Action::Again(true));
        assert!(!session.again, "nobody was there to sign in again");
        session.apply(Action::SignedIn(Box::new(signed_in())));
        session.apply(Action::Again(true));
        assert!(session.again && session.who.is_some());
        session.apply(Action::SignedIn(Box::new(signed_in())));
        assert!(!session.again);
        assert_eq!(session.settings.email, "rina@gemilang.example");
    }

    #[test]
    fn who_goes_to_another_server_is_asked_for_it_until_they_are_there() {
        let mut session = Session::default();
        session.apply(Action::SignedIn(Box::new(signed_in())));
        session.apply(Action::SignedOut { elsewhere: true });
        assert!(session.elsewhere && session.who.is_none());
        assert_eq!(session.settings.server, "https://desk.gemilang.example", "the old one stands in the field");
        session.apply(Action::SignedIn(Box::new(signed_in())));
        assert!(!session.elsewhere);
    }
}
