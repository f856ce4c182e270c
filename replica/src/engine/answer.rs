//! What the service answered to what this desk sent, stored before the plan hears of it; and what a failure means.

use std::time::Duration;

use gemilang_protocol::desk::views::Storage;
use gemilang_protocol::{Code, PushAnswer, PushRequest};
use uuid::Uuid;

use super::carry::Voided;
use super::event::{Event, Fault};
use super::perform::Performer;
use crate::error::{ReplicaError, Result};
use crate::link::LinkError;
use crate::outbox::Settled;

/// Seconds to wait after "too often" without a figure.
const BUSY: u64 = 5;

impl Performer {
    pub(super) async fn pushed(&mut self, answer: Result<PushAnswer, LinkError>) -> Event {
        let ops = std::mem::take(&mut self.on_the_wire);
        let stored = match &answer {
            Ok(answer) => {
                self.push_most = PushRequest::MOST;
                self.replica.settle(&ops, &answer.answers).await
            }
            Err(error) => match (hopeless(error), ops.as_slice()) {
                (Some(code), [op]) => {
                    self.push_most = PushRequest::MOST;
                    let refused = self.replica.refuse(op, code).await;
                    return self.settled(1, refused.map(|()| Settled::default()));
                }
                (Some(_), _) => {
                    self.push_most = 1;
                    // At once: alone they get other answers.
                    self.replica.settle(&ops, &[]).await.map(|_| Settled::default())
                }
                (None, _) => {
                    let stored = self.replica.settle(&ops, &[]).await;
                    tracing::debug!(%error, ops = ops.len(), "no push");
                    return match stored {
                        Ok(_) => Event::PushFailed(fault(error)),
                        Err(error) => self.settled(ops.len(), Err(error)),
                    };
                }
            },
        };
        self.settled(ops.len(), stored)
    }

    pub(super) async fn voided(&mut self, voided: Voided) -> Event {
        let Voided { answers, stumbled, error } = voided;
        for answer in &answers {
            if let Err(error) = self.replica.voided(answer).await {
                return self.settled(answers.len(), Err(error));
            }
        }
        self.void_later = stumbled;
        match error {
            None => Event::Pushed { ops: answers.len(), again: stumbled },
            Some(error) => {
                tracing::debug!(%error, "an op could not be asked about");
                Event::PushFailed(fault(&error))
            }
        }
    }

    pub(super) async fn compared(&mut self, asked: &[Uuid], known: Result<Vec<Uuid>, LinkError>) -> Event {
        let known = match known {
            Ok(known) => known,
            Err(error) => return Event::PushFailed(fault(&error)),
        };
        match self.replica.compared(asked, &known).await {
            Ok(lost) => {
                tracing::warn!(asked = asked.len(), lost, "held what was sent against a restored service");
                // With one op at least: what waited behind the question may leave.
                Event::Pushed { ops: 1, again: false }
            }
            Err(error) => self.settled(1, Err(error)),
        }
    }

    fn settled(&mut self, ops: usize, stored: Result<Settled>) -> Event {
        match stored {
            Ok(settled) => Event::Pushed { ops, again: settled.again },
            Err(error) => {
                self.storage_failed(&error, "what the service answered could not be stored");
                Event::PushFailed(Fault::Storage)
            }
        }
    }

    /// Says what is wrong with the file until a write succeeds. What could not be stored comes again.
    pub(super) fn storage_failed(&mut self, error: &ReplicaError, what: &'static str) {
        tracing::error!(%error, "{what}");
        match error {
            ReplicaError::DiskFull => self.storage = Some(Storage::Full),
            ReplicaError::Damaged(_) => {
                self.storage = Some(Storage::Damaged);
                self.replica.suspect();
            }
            _ => {}
        }
    }
}

/// What a failed request means for what is done next.
pub(super) fn fault(error: &LinkError) -> Fault {
    let problem = match error {
        LinkError::Shut(_) => return Fault::Away,
        LinkError::BadAddress | LinkError::Silent(_) | LinkError::NotOurs(_) => return Fault::Silent,
        LinkError::TooOld => return Fault::TooOld,
        LinkError::Refused(problem) => problem,
    };
    match (problem.code, problem.status) {
        (Code::DeskTooOld, _) => Fault::TooOld,
        (_, 401 | 403) => Fault::Ended,
        (_, 429) => Fault::Busy(Duration::from_secs(problem.retry_after.unwrap_or(BUSY))),
        _ => Fault::Away,
    }
}

/// The same for a request that names this desk's place in the feed.
pub(super) fn place_fault(error: &LinkError) -> Fault {
    match error {
        LinkError::Refused(problem) if matches!(problem.status, 400 | 409 | 422) => Fault::Lost,
        other => fault(other),
    }
}

/// The code of a refusal that trying the same again cannot change.
fn hopeless(error: &LinkError) -> Option<Code> {
    match error {
        LinkError::Refused(problem) if matches!(problem.status, 400 | 404 | 409 | 413 | 422) => Some(problem.code),
        _ => None,
    }
}

/// Whether this request alone is at fault, or a fault of the service's own that only this one meets.
pub(super) fn is_its_own_fault(error: &LinkError) -> bool {
    hopeless(error).is_some() || matches!(error, LinkError::Refused(problem) if problem.code == Code::Unknown)
}
