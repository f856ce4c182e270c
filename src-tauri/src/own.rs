//! Own choices: duty, and what is wanted of alerts. What its person chose here counts at once, and is told to the service as soon as
//! there is a line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::alert::AlertChoices;
use gemilang_protocol::desk::views::{Line, SyncStatus};
use gemilang_protocol::{Duty, Person, Time};
use gemilang_replica::{Link, LinkError};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::clock;
use crate::settings::Settings;

/// What the service was told comes back by the feed within this time; after it the service's word counts, whatever it is.
const ECHO: TimeDelta = TimeDelta::seconds(10);
/// How long to wait after a try that failed.
const PAUSE: Duration = Duration::from_secs(5);

/// What its person chose and the service has not told everybody yet.
pub(crate) struct Own {
    who: Uuid,
    settings: Settings,
    pub(crate) duty: Choice<Duty>,
    pub(crate) alerts: Choice<AlertChoices>,
    to_send: Notify,
    to_heed: Notify,
}

/// One thing that was chosen.
pub(crate) struct Choice<T>(Mutex<Option<Chosen<T>>>);

#[derive(Debug, Clone, PartialEq)]
struct Chosen<T> {
    value: T,
    /// When the service had it.
    sent: Option<Time>,
}

impl Own {
    /// Takes up what was chosen before the last end of the app and not told yet.
    pub(crate) fn new(who: Uuid, settings: Settings) -> Self {
        let alerts = Choice::default();
        if let Some(unsent) = settings.unsent_choices(who) {
            alerts.choose(unsent);
        }
        let (to_send, to_heed) = Default::default();
        Self { who, settings, duty: Choice::default(), alerts, to_send, to_heed }
    }

    /// Its person chose their duty.
    pub(crate) fn choose_duty(&self, duty: Duty) {
        self.duty.choose(duty);
        self.go();
    }

    /// Its person chose what they want of alerts. Unlike duty it is kept over an end of the app.
    pub(crate) fn choose_alerts(&self, choices: AlertChoices) {
        self.settings.keep_choices(self.who, Some(&choices));
        self.alerts.choose(choices);
        self.go();
    }

    /// Waits until its person chose.
    pub(crate) async fn changed(&self) {
        self.to_heed.notified().await;
    }

    fn go(&self) {
        self.to_send.notify_one();
        self.to_heed.notify_one();
    }
}

impl<T: Clone + PartialEq> Choice<T> {
    fn choose(&self, value: T) {
        *self.lock() = Some(Chosen { value, sent: None });
    }

    /// What counts here, when the service says `told`.
    pub(crate) fn now(&self, told: T, now: Time) -> T {
        match &*self.lock() {
            Some(Chosen { value, sent }) if sent.is_none_or(|sent| now - sent < ECHO) => value.clone(),
            _ => told,
        }
    }

    /// The service told what it is to everybody.
    pub(crate) fn heard(&self, told: &T, now: Time) {
        let mut chosen = self.lock();
        let is_over = |it: &Chosen<T>| it.sent.is_some_and(|sent| it.value == *told || now - sent >= ECHO);
        if chosen.as_ref().is_some_and(is_over) {
            *chosen = None;
        }
    }

    fn unsent(&self) -> Option<T> {
        self.lock().as_ref().filter(|chosen| chosen.sent.is_none()).map(|chosen| chosen.value.clone())
    }

    fn sent(&self, value: &T, now: Time) -> bool {
        let mut chosen = self.lock();
        let still = chosen.as_mut().filter(|chosen| chosen.value == *value);
        still.map(|chosen| chosen.sent = Some(now)).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Chosen<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// Tells the service until the engine ends.
pub(crate) async fn tell(own: Arc<Own>, link: Link, mut status: watch::Receiver<SyncStatus>) {
    loop {
        let (duty, alerts) = (own.duty.unsent(), own.alerts.unsent());
        if duty.is_none() && alerts.is_none() {
            own.to_send.notified().await;
            continue;
        }
        if status.wait_for(|status| status.line == Line::Live).await.is_err() {
            return;
        }
        let mut told = true;
        if let Some(duty) = duty {
            let had = is_told(link.set_duty(duty).await);
            if had {
                own.duty.sent(&duty, clock::now());
            }
            told &= had;
        }
        if let Some(alerts) = alerts {
            let had = is_told(link.set_alerts(&alerts).await);
            if had && own.alerts.sent(&alerts, clock::now()) {
                own.settings.keep_choices(own.who, None);
            }
            told &= had;
        }
        if !told {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Whether the service had it, taken or refused: a pause, say, that ended while there was no line.
fn is_told(answer: Result<Person, LinkError>) -> bool {
    match answer {
        Ok(_) => true,
        Err(LinkError::Refused(problem)) if problem.status < 500 => {
            tracing::warn!(detail = problem.detail, "a choice was refused");
            true
        }
        Err(error) => {
            tracing::debug!(%error, "a choice is told later");
            false
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
        let own = Choice::default();
        own.choose(Duty::On);
        assert_eq!((own.now(Duty::Off, at(0)), own.unsent()), (Duty::On, Some(Duty::On)));
        own.heard(&Duty::Off, at(0));
        assert_eq!(own.now(Duty::Off, at(900)), Duty::On, "without a line it stays chosen");
        own.sent(&Duty::On, at(1_000));
        assert_eq!((own.now(Duty::Off, at(1_001)), own.unsent()), (Duty::On, None));
        own.heard(&Duty::On, at(1_002));
        assert_eq!(own.now(Duty::Off, at(1_003)), Duty::Off, "from then on the service says");
    }

    #[test]
    fn a_later_choice_is_not_taken_for_the_one_that_was_sent() {
        let own = Choice::default();
        own.choose(Duty::On);
        own.choose(Duty::Off);
        assert!(!own.sent(&Duty::On, at(1)));
        assert_eq!(own.unsent(), Some(Duty::Off));
        own.sent(&Duty::Off, at(2));
        assert_eq!(own.now(Duty::On, at(12)), Duty::On, "an echo that never comes is not waited for");
    }
}
