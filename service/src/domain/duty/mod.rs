//! Duty: set by its person, ended for who has no live desk any more, and back with their next one. With it what they want of alerts.

pub(crate) mod sql;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::alert::AlertChoices;
use gemilang_protocol::{Code, Duty, Person};
use uuid::Uuid;

use super::people;
use crate::{App, Error, Result};

/// After so long without a live desk nobody is on duty.
const LAPSE: TimeDelta = TimeDelta::minutes(10);
/// How often it is noted who has a live desk, and looked for who has none.
const EVERY: Duration = Duration::from_secs(60);

/// The live desks of this process, by person.
#[derive(Debug, Clone, Default)]
pub struct Desks(Arc<Mutex<HashMap<Uuid, usize>>>);

/// One live desk; it counts for as long as it lives.
#[derive(Debug)]
pub struct LiveDesk {
    desks: Desks,
    person: Uuid,
}

impl Desks {
    /// Counts a live desk in, and tells whether it is its person's first here.
    pub fn enter(&self, person: Uuid) -> (LiveDesk, bool) {
        let mut desks = self.lock();
        let count = desks.entry(person).or_default();
        *count += 1;
        let first = *count == 1;
        drop(desks);
        (LiveDesk { desks: self.clone(), person }, first)
    }

    fn people(&self) -> Vec<Uuid> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for LiveDesk {
    fn drop(&mut self) {
        let mut desks = self.desks.lock();
        if let Some(count) = desks.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                desks.remove(&self.person);
            }
        }
    }
}

/// Sets a person's own duty; all desks hear of it.
///
/// # Errors
/// `malformed` for a pause that is over or longer than [`Duty::AWAY_HOURS`]; the database.
pub async fn set(app: &App, person: Uuid, duty: Duty) -> Result<Person> {
    let now = app.clock.now();
    if let Duty::Away { until } = duty
        && (until <= now || until > now + TimeDelta::hours(Duty::AWAY_HOURS))
    {
        return Err(Code::Malformed.into());
    }
    let (word, until) = sql::columns(duty);
    // Whoever sets it is at a desk, live or about to be.
    sql::seen(&app.db, &[person], now).await?;
    sql::set(&app.db, person, word, until, now, app.generation()).await?;
    people::changed(app, person);
    people::find(app, person).await
}

/// Keeps what a person wants of alerts, for all their desks; their colleagues' hear of it as well.
///
/// # Errors
/// `malformed` for quiet hours that end when they begin, or a reason named twice; the database.
pub async fn choose(app: &App, person: Uuid, mut choices: AlertChoices) -> Result<Person> {
    let quiet = choices.quiet;
    let named = choices.rules.len();
    choices.rules.sort_by_key(|rule| rule.reason.as_str());
    choices.rules.dedup_by_key(|rule| rule.reason);
    if quiet.on && quiet.from == quiet.to || choices.rules.len() < named {
        return Err(Code::Malformed.into());
    }
    let choices = serde_json::to_value(choices).map_err(|_| Error::Stored("alerts"))?;
    sql::choose(&app.db, person, &choices, app.clock.now(), app.generation()).await?;
    people::changed(app, person);
    people::find(app, person).await
}

/// A person's desk is live: whose duty had lapsed is on again.
///
/// # Errors
/// The database.
pub async fn came(app: &App, person: Uuid) -> Result<()> {
    let now = app.clock.now();
    sql::seen(&app.db, &[person], now).await?;
    if sql::resume(&app.db, person, now, app.generation()).await? {
        people::changed(app, person);
    }
    Ok(())
}

/// A person signed out: unless another desk of theirs is live at some process, their duty ends within two minutes.
///
/// # Errors
/// The database.
pub async fn left(app: &App, person: Uuid) -> Result<()> {
    sql::unseen(&app.db, person, app.clock.now() - LAPSE + TimeDelta::seconds(70)).await
}

/// Notes who has a live desk here, and ends the duty of everybody who has had none at any process for too long.
///
/// # Errors
/// The database.
pub async fn round(app: &App) -> Result<()> {
    let now = app.clock.now();
    sql::seen(&app.db, &app.desks.people(), now).await?;
    for person in sql::lapse(&app.db, now - LAPSE, now, app.generation()).await? {
        tracing::info!(%person, "off duty: no live desk");
        people::changed(app, person);
    }
    Ok(())
}

/// Goes round until the service ends.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = app.ending.cancelled() => return,
            _ = ticks.tick() => if let Err(error) = round(&app).await {
                tracing::warn!(%error, "who is on duty is looked at later");
            }
        }
    }
}
