//! Peers: other processes of the service on the same database. Each says once a second that it is there, and hears of every commit; who is alone tells nobody.
//! No hint is lost by it: who begins to listen reads the feed, says that it is there, and is answered with a hint by all who told nobody until then. The slow poll stays the net.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// How often a process says that it is there.
pub(super) const HERE: Duration = Duration::from_secs(1);
/// Who has said nothing for so long is gone, and nobody may be there whom one would not have heard by then.
const GONE: Duration = Duration::from_secs(5);

/// What a process says so that others know of it.
pub(super) fn here(own: &Uuid) -> String {
    format!("here:{own}")
}

/// Whether it is only that.
pub(super) fn is_here(said: &str) -> bool {
    said.starts_with("here:")
}

/// Whether there may be others.
#[derive(Debug, Default)]
pub(super) struct Peers {
    /// Until when somebody must be taken for there; nothing while none could be heard.
    until: Mutex<Option<Instant>>,
}

impl Peers {
    /// They can be heard, and those that are there will be before long. Answers whether none could be until now.
    pub(super) fn listening(&self, now: Instant) -> bool {
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let was_deaf = until.is_none();
        until.get_or_insert(now + GONE);
        was_deaf
    }

    /// They are not heard any more.
    pub(super) fn deaf(&self) {
        self.set(None);
    }

    /// Another one said something. Answers whether it was not told of commits until now.
    pub(super) fn heard(&self, now: Instant) -> bool {
        !Self::are_told(self.set(Some(now + GONE)), now)
    }

    /// Whether somebody may be there to be told.
    pub(super) fn may_be_there(&self, now: Instant) -> bool {
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        Self::are_told(until, now)
    }

    fn are_told(until: Option<Instant>, now: Instant) -> bool {
        until.is_none_or(|until| now < until)
    }

    fn set(&self, until: Option<Instant>) -> Option<Instant> {
        std::mem::replace(&mut *self.until.lock().unwrap_or_else(PoisonError::into_inner), until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_be_there_is_told_and_who_was_not_is_answered() {
        let (peers, start) = (Peers::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(peers.may_be_there(at(100)), "nobody could be heard yet");
        assert!(peers.listening(at(100)) && !peers.listening(at(101)));
        assert!(peers.may_be_there(at(104)), "somebody may not have spoken yet");
        assert!(!peers.may_be_there(at(105)), "alone");
        assert!(peers.heard(at(200)), "it missed what was committed before");
        assert!(!peers.heard(at(201)), "it is told by now");
        assert!(peers.may_be_there(at(205)) && !peers.may_be_there(at(206)));
        peers.deaf();
        assert!(peers.may_be_there(at(300)), "whoever is there is not heard");
        assert!(!peers.heard(at(300)), "and is told all the while");
    }
}
