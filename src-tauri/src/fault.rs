//! Fault: why a command was not done, and the code its page acts on. Texts for people are the page's, from `locales/`.

use gemilang_protocol::desk::commands::{CommandCode, CommandError};
use gemilang_protocol::{Code, FieldError};
use gemilang_replica::{LinkError, ReplicaError};
use serde::{Serialize, Serializer};

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// The file said no.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// The service said no, or nothing.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The app's own.
    #[error("{0}")]
    Own(String),
}

/// What commands answer with.
pub(crate) type Answer<T> = Result<T, Fault>;

impl Serialize for Fault {
    /// As the page reads it: a [`CommandError`].
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.for_page().serialize(serializer)
    }
}

impl Fault {
    fn for_page(&self) -> CommandError {
        let (code, field, rule, figure) = match self {
            Self::SignedOut => (CommandCode::SignedOut, None, None, None),
            Self::Replica(error) => {
                let (code, field, rule) = replica(error);
                (code, field.map(str::to_owned), rule, None)
            }
            Self::Link(error) => {
                let (code, field, figure) = link(error);
                (code, field, None, figure)
            }
            Self::Own(_) => (CommandCode::Unknown, None, None, None),
        };
        let detail = self.to_string();
        if code == CommandCode::Unknown {
            tracing::error!(detail, "a command failed");
        }
        CommandError { code, field, rule, figure, detail }
    }
}

fn replica(error: &ReplicaError) -> (CommandCode, Option<&'static str>, Option<FieldError>) {
    match error {
        ReplicaError::DiskFull => (CommandCode::DiskFull, None, None),
        ReplicaError::Damaged(_) => (CommandCode::ReplicaDamaged, None, None),
        ReplicaError::NewerFile => (CommandCode::AppTooOld, None, None),
        ReplicaError::NotFound => (CommandCode::NotFound, None, None),
        ReplicaError::Invalid { field, rule } => (CommandCode::Invalid, Some(field), Some(rule.clone())),
        ReplicaError::Refused(code) => (CommandCode::Refused(*code), None, None),
        ReplicaError::Frozen | ReplicaError::IdTaken => (CommandCode::Refused(Code::LostRace), None, None),
        ReplicaError::Storage(_) | ReplicaError::Unreadable(_) => (CommandCode::Unknown, None, None),
    }
}

fn link(error: &LinkError) -> (CommandCode, Option<String>, Option<u64>) {
    let server = || Some("server".to_owned());
    match error {
        LinkError::BadAddress => (CommandCode::BadAddress, server(), None),
        LinkError::Silent(_) | LinkError::Shut(_) => (CommandCode::ServerSilent, server(), None),
        LinkError::NotOurs(_) => (CommandCode::NotOurServer, server(), None),
        LinkError::TooOld => (CommandCode::AppTooOld, server(), None),
        LinkError::Refused(problem) => {
            let field = match problem.code {
                Code::WrongCredentials => Some("password".to_owned()),
                _ => problem.errors.keys().next().cloned(),
            };
            (CommandCode::Refused(problem.code), field, problem.tries_left.or(problem.retry_after))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_reaches_its_field() {
        let fault = Fault::from(ReplicaError::Invalid { field: "message", rule: FieldError::Empty });
        let page = fault.for_page();
        assert_eq!(page.code, CommandCode::Invalid);
        assert_eq!(page.field.as_deref(), Some("message"));
        assert_eq!(page.rule, Some(FieldError::Empty));
    }

    #[test]
    fn a_wrong_address_is_told_apart_from_a_silent_one() {
        let code = |error: LinkError| Fault::from(error).for_page().code;
        assert_eq!(code(LinkError::BadAddress), CommandCode::BadAddress);
        assert_eq!(code(LinkError::Silent("refused".to_owned())), CommandCode::ServerSilent);
        assert_eq!(code(LinkError::NotOurs("nginx".to_owned())), CommandCode::NotOurServer);
    }
}
