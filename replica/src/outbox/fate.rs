//! What an answer means for an op: a pure choice. Storing it is `settle`.

use gemilang_protocol::{Act, Code, Event, Message, Outcome};

/// Tries of an op that makes the service stumble before a person is asked.
const STUMBLES: i64 = 5;

/// What becomes of an op that was on the wire.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fate {
    /// It is the ticket's event `n`.
    Landed(i64),
    /// It has certainly not landed, and its author wanted it back or other words instead: that is done.
    Void,
    /// It waits for its author, beside the news.
    Held(Message),
    /// It waits for its author, with the reason.
    Failed(Code, Option<Event>),
    /// Nobody wrote it, and nobody misses it.
    Gone,
    /// It is queued again, and has certainly not landed by this try: its turn comes when that of the reply before it is over.
    Behind,
    /// It is queued again under its id; `later`, not at once.
    Again {
        /// Whether the same at once would only be the same again.
        later: bool,
    },
}

/// What `outcome` means for an op that was taken to the wire `tries` times, and that its author has `wished` otherwise meanwhile.
pub(crate) fn fate(act: &Act, wished: bool, tries: i64, outcome: Option<&Outcome>) -> Fate {
    match outcome {
        // An answer that leaves one out would leave it out again.
        None => Fate::Again { later: true },
        Some(Outcome::Landed { n, .. }) => Fate::Landed(*n),
        Some(Outcome::Behind) => Fate::Behind,
        Some(Outcome::Held { .. }) if wished && tries <= 1 => Fate::Void,
        // An earlier copy may land yet: the service is asked.
        Some(Outcome::Held { .. }) if wished => Fate::Again { later: false },
        Some(Outcome::Held { unseen }) => Fate::Held(unseen.clone()),
        Some(Outcome::Refused { code, .. }) if must_wait(*code) => Fate::Again { later: true },
        // Whether it has landed is not known: a wish has to ask, another try finds out.
        Some(Outcome::Refused { code, .. }) if may_pass(*code) && (wished || tries < STUMBLES) => {
            Fate::Again { later: true }
        }
        Some(Outcome::Refused { .. }) if wished => Fate::Void,
        // The next look at the ticket says it again.
        Some(Outcome::Refused { .. }) if matches!(act, Act::Read { .. }) => Fate::Gone,
        Some(Outcome::Refused { code, winner, .. }) => Fate::Failed(*code, winner.clone()),
    }
}

/// Whether an answer to a question about voiding an op settles it: it has landed, or never will.
pub(crate) fn settles(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Landed { .. } => true,
        Outcome::Held { .. } | Outcome::Behind => false,
        Outcome::Refused { code, .. } => matches!(code, Code::Voided | Code::NotFound | Code::IdTaken),
    }
}

/// The service's own trouble, that may be over at the next try or never.
fn may_pass(code: Code) -> bool {
    code == Code::Unknown
}

/// Nothing is wrong with the op itself: it waits as long as it takes.
fn must_wait(code: Code) -> bool {
    matches!(
        code,
        Code::Unavailable
            | Code::RateLimited
            | Code::TooManyLines
            | Code::Throttled
            | Code::SessionExpired
            | Code::Deactivated
    )
}
