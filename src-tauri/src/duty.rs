//! Duty: what its person chose here counts at once, and is told to the service as soon as there is a line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::desk::views::{Line, SyncStatus};
use gemilang_protocol::{Duty, Time};
use gemilang_replica::{Link, LinkError};
use tokio::sync::{Notify, watch};

use crate::clock;

/// What the service was told comes back by the feed within this time; after it the service's word counts, whatever it is.
const ECHO: TimeDelta = TimeDelta::seconds(10);
/// How long to wait after a try that failed.
const PAUSE: Duration = Duration::from_secs(5);

/// What its person chose and the service has not told everybody yet.
#[derive(Default)]
pub(crate) struct OwnDuty {
    chosen: Mutex<Option<Chosen>>,
    to_send: Notify,
    to_heed: Notify,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chosen {
    duty: Duty,
    /// When the service had it.
    sent: Option<Time>,
}

impl OwnDuty {
    /// Its person chose.
    pub(crate) fn choose(&self, duty: Duty) {
        *self.lock() = Some(Chosen { duty, sent: None });
        self.to_send.notify_one();
        self.to_heed.notify_one();
    }

    /// What counts here, when the service says `told`.
    pub(crate) fn now(&self, told: Duty, now: Time) -> Duty {
        match *self.lock() {
            Some(Chosen { duty, sent }) if sent.is_none_or(|sent| now - sent < ECHO) => duty,
            _ => told,
        }
    }

    /// The service told what it is to everybody.
    pub(crate) fn heard(&self, told: Duty, now: Time) {
        let mut chosen = self.lock();
        if chosen.is_some_and(|it| it.sent.is_some_and(|sent| it.duty == told || now - sent >= ECHO)) {
            *chosen = None;
        }
    }

    /// Something else was asked of this desk's alerts: look again.
    pub(crate) fn look_again(&self) {
        self.to_heed.notify_one();
    }

    /// Waits until its person chose, or something else is to be heeded.
    pub(crate) async fn changed(&self) {
        self.to_heed.notified().await;
    }

    fn unsent(&self) -> Option<Duty> {
        self.lock().filter(|chosen| chosen.sent.is_none()).map(|chosen| chosen.duty)
    }

    fn sent(&self, duty: Duty, now: Time) {
        if let Some(chosen) = self.lock().as_mut().filter(|chosen| chosen.duty == duty) {
            chosen.sent = Some(now);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Chosen>> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the service until the engine ends.
pub(crate) async fn tell(own: Arc<OwnDuty>, link: Link, mut status: watch::Receiver<SyncStatus>) {
    loop {
        let Some(duty) = own.unsent() else {
            own.to_send.notified().await;
            continue;
        };
        if status.wait_for(|status| status.line == Line::Live).await.is_err() {
            return;
        }
        match link.set_duty(duty).await {
            Ok(_) => own.sent(duty, clock::now()),
            // A pause that ended while there was no line: there is nothing left to tell.
            Err(LinkError::Refused(problem)) if problem.status < 500 => {
                tracing::warn!(detail = problem.detail, "duty refused");
                own.sent(duty, clock::now());
            }
            Err(error) => {
                tracing::debug!(%error, "duty is told later");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Time {
        Time::default() + TimeDelta::seconds(seconds)
    }

    #[test]
    fn what_was_chosen_counts_until_everybody_was_told() {
        let own = OwnDuty::default();
        own.choose(Duty::On);
        assert_eq!((own.now(Duty::Off, at(0)), own.unsent()), (Duty::On, Some(Duty::On)));
        own.heard(Duty::Off, at(0));
        assert_eq!(own.now(Duty::Off, at(900)), Duty::On, "without a line it stays chosen");
        own.sent(Duty::On, at(1_000));
        assert_eq!((own.now(Duty::Off, at(1_001)), own.unsent()), (Duty::On, None));
        own.heard(Duty::On, at(1_002));
        assert_eq!(own.now(Duty::Off, at(1_003)), Duty::Off, "from then on the service says");
    }

    #[test]
    fn a_later_choice_is_not_taken_for_the_one_that_was_sent() {
        let own = OwnDuty::default();
        own.choose(Duty::On);
        own.choose(Duty::Off);
        own.sent(Duty::On, at(1));
        assert_eq!(own.unsent(), Some(Duty::Off));
        own.sent(Duty::Off, at(2));
        assert_eq!(own.now(Duty::On, at(12)), Duty::On, "an echo that never comes is not waited for");
    }
}
