//! What the push lane carries: first what must be known before anything behind it may leave.

use gemilang_protocol::{Op, OpAnswer, VoidRequest};
use uuid::Uuid;

use super::answer::is_its_own_fault;
use super::perform::Performer;
use crate::error::Result;
use crate::link::{Link, LinkError};
use crate::outbox::fate::settles;

/// What the push lane carries.
pub(super) enum Push {
    /// Does a restored service still have these?
    Compare(Vec<Uuid>),
    /// These have landed, or never shall.
    Voids(Vec<VoidRequest>),
    /// These are to be done.
    Ops(Vec<Op>),
    Nothing {
        /// Something is left that could not be asked about.
        again: bool,
    },
}

/// What was said of the ops that were to be void.
pub(super) struct Voided {
    /// They have landed, or never will.
    pub(super) answers: Vec<OpAnswer>,
    /// Some made the service stumble, each by itself.
    pub(super) stumbled: bool,
    /// Why the rest was not asked about.
    pub(super) error: Option<LinkError>,
}

impl Performer {
    /// What the push lane carries next.
    pub(super) async fn next_push(&mut self) -> Result<Push> {
        if let Some(asked) = self.replica.to_compare(self.clock.now().wall).await? {
            return Ok(Push::Compare(asked));
        }
        let requests = self.replica.to_void().await?;
        let later = std::mem::take(&mut self.void_later);
        if !requests.is_empty() && !later {
            return Ok(Push::Voids(requests));
        }
        let now = self.clock.now().wall;
        let ops = self.replica.claim(self.push_most, now).await?;
        if ops.is_empty() {
            self.due = self.replica.next_leaves_at(now).await?;
        }
        Ok(if ops.is_empty() { Push::Nothing { again: !requests.is_empty() } } else { Push::Ops(ops) })
    }
}

/// Asks about each; one that the service stumbles over keeps no other back.
pub(super) async fn void_all(link: Link, requests: Vec<VoidRequest>) -> Voided {
    let mut voided = Voided { answers: Vec::with_capacity(requests.len()), stumbled: false, error: None };
    for request in requests {
        match link.void(request).await {
            Ok(answer) if settles(&answer.outcome) => voided.answers.push(answer),
            Ok(_) => voided.stumbled = true,
            Err(error) if is_its_own_fault(&error) => voided.stumbled = true,
            Err(error) => {
                voided.error = Some(error);
                break;
            }
        }
    }
    voided
}
