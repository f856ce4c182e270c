//! What follows a try: sent, another one later, or given up. Pure; the worker does what is decided here.

use chrono::TimeDelta;
use gemilang_protocol::Time;

use super::Letter;
use super::carrier::Outcome;

/// How long a worker may keep a letter before another may take it. Longer than a try can last ([`TRY`]).
pub const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long one try may last.
pub const TRY: std::time::Duration = std::time::Duration::from_secs(60);
/// How long it is remembered what became of a letter.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// Tries after which a letter is given up that none of them came to an end with: it takes its workers down with it.
pub const TRIES_MOST: i32 = 40;
/// How long a letter may wait for a worker that knows its kind.
const UNKNOWN_KEPT: TimeDelta = TimeDelta::days(2);
/// Minutes to wait after the first failed try, the second and so on; the last one holds for all that follow.
const PAUSES: [i64; 6] = [1, 2, 5, 15, 60, 240];

/// What becomes of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It is with the recipient's mail server.
    Sent,
    /// Nobody is to be told.
    Dropped,
    /// Another try.
    Again {
        /// Not before then.
        at: Time,
        /// What this one met.
        fault: String,
    },
    /// Given up; an operator sees it and may try again.
    Dead {
        /// What the last try met.
        fault: String,
    },
}

/// Decides what follows when a letter is of a kind that this worker does not know.
pub fn unknown(fault: String, created_at: Time, now: Time) -> Next {
    if now > created_at + UNKNOWN_KEPT { Next::Dead { fault } } else { Next::Again { at: now + LEASE, fault } }
}

/// Decides what follows a try. `attempts` counts this one.
pub fn next(letter: &Letter, outcome: Outcome, attempts: i32, created_at: Time, now: Time) -> Next {
    match outcome {
        Outcome::Accepted => Next::Sent,
        Outcome::Nobody => Next::Dropped,
        Outcome::Never(fault) => Next::Dead { fault },
        Outcome::Later(fault) => {
            let failures = usize::try_from(attempts.max(1)).unwrap_or(1);
            let at = now + TimeDelta::minutes(PAUSES[(failures - 1).min(PAUSES.len() - 1)]);
            if at > created_at + patience(letter) { Next::Dead { fault } } else { Next::Again { at, fault } }
        }
    }
}

/// How long a letter is worth sending: who asked for a link has long gone on or asked again.
const fn patience(letter: &Letter) -> TimeDelta {
    match letter {
        Letter::SignIn {} | Letter::Reset {} => TimeDelta::hours(1),
        Letter::Confirm {} | Letter::NewSignIn { .. } | Letter::Invitation { .. } | Letter::Staff { .. } => {
            TimeDelta::days(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Time {
        Time::from_timestamp(1_700_000_000, 0).expect("a time") + TimeDelta::minutes(minutes)
    }

    #[test]
    fn tries_grow_rarer_and_end() {
        for (letter, most_hours) in [(Letter::Reset {}, 1), (Letter::Confirm {}, 48)] {
            let (mut now, mut attempts, mut pause) = (at(0), 0, TimeDelta::zero());
            loop {
                attempts += 1;
                match next(&letter, Outcome::Later("421".to_owned()), attempts, at(0), now) {
                    Next::Again { at, fault } => {
                        assert!(at - now >= pause && fault == "421");
                        (pause, now) = (at - now, at);
                    }
                    Next::Dead { fault } => {
                        assert_eq!(fault, "421");
                        break;
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert!(now - at(0) <= TimeDelta::hours(most_hours), "{letter:?} was tried until {now}");
            assert!(attempts >= 4, "{letter:?} was tried {attempts} times");
        }
    }

    #[test]
    fn what_the_other_side_said_decides() {
        let decide = |outcome| next(&Letter::Confirm {}, outcome, 1, at(0), at(0));
        assert_eq!(decide(Outcome::Accepted), Next::Sent);
        assert_eq!(decide(Outcome::Nobody), Next::Dropped);
        assert_eq!(decide(Outcome::Never("550".to_owned())), Next::Dead { fault: "550".to_owned() });
    }

    #[test]
    fn a_lease_outlives_a_try() {
        assert!(LEASE.to_std().expect("a span") > TRY * 2);
    }
}
