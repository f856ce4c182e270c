//! The worker: takes letters that are due, writes them, has them carried, and writes down what became of them. Any number
//! of workers may run. A letter is taken with a lease, in one statement that passes over what others hold, and settled
//! only by who still has the lease. So no mail goes twice, but for one case: a worker that dies after the mail server
//! has accepted a mail and before that is committed leaves a letter that is sent again when the lease ends. Both copies
//! carry the same Message-ID.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::task::JoinSet;
use uuid::Uuid;

use super::carrier::{Carrier, IN_FLIGHT, Outcome};
use super::compose::{self, Mail};
use super::plan::{self, LEASE, Next, TRIES_MOST};
use super::{Letter, UnreadError, sql};
use crate::{App, Error, Result};

/// How often it is looked whether other processes have put something here, and whether a pause is over.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is counted how the outbox stands.
const COUNT: Duration = Duration::from_secs(15);

/// Works the outbox until the service ends; what is in flight then is finished.
pub async fn run(app: App, carrier: Carrier) {
    if matches!(carrier, Carrier::Capture) && !app.config.dev {
        tracing::warn!("GEMILANG_SMTP_URL is not set: mails are kept in the table captured_mails and not sent");
    }
    let mut flying = JoinSet::new();
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut counts = tokio::time::interval(COUNT);
    counts.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.ending.cancelled() => break,
            () = app.post.rung() => {}
            _ = looks.tick() => {}
            _ = counts.tick() => {
                count(&app).await;
                continue;
            }
            Some(_) = flying.join_next() => {}
        }
        while flying.try_join_next().is_some() {}
        if let Err(error) = fly(&app, &carrier, &mut flying).await {
            tracing::warn!(%error, "the outbox cannot be read; trying again");
        }
    }
    while flying.join_next().await.is_some() {}
}

/// Sends all that is due now, and answers how many letters that was. For tests, and for who wants one round.
///
/// # Errors
/// The database.
pub async fn round(app: &App, carrier: &Carrier) -> Result<usize> {
    let mut flying = JoinSet::new();
    let mut done = 0;
    loop {
        let taken = fly(app, carrier, &mut flying).await?;
        if taken == 0 {
            return Ok(done);
        }
        done += taken;
        while flying.join_next().await.is_some() {}
    }
}

/// Takes as many letters as there are places in the air.
async fn fly(app: &App, carrier: &Carrier, flying: &mut JoinSet<()>) -> Result<usize> {
    let free = usize::try_from(IN_FLIGHT).unwrap_or(1).saturating_sub(flying.len());
    if free == 0 {
        return Ok(0);
    }
    let lease = Uuid::now_v7();
    let now = app.clock.now();
    let taken = sql::lease(&app.db, lease, now, now + LEASE, i64::try_from(free).unwrap_or(1)).await?;
    let count = taken.len();
    for letter in taken {
        let (app, carrier) = (app.clone(), carrier.clone());
        flying.spawn(async move {
            let id = letter.id;
            // What fails here is the database: the letter is due again when its lease ends.
            if let Err(error) = deliver(&app, &carrier, letter, lease).await {
                tracing::warn!(%error, %id, "a letter waits for its lease to end");
            }
        });
    }
    Ok(count)
}

async fn deliver(app: &App, carrier: &Carrier, leased: sql::Leased, lease: Uuid) -> Result<()> {
    let (next, mail) = attempt(app, carrier, &leased).await;
    settle(app, carrier, &leased, lease, &next, mail.as_ref()).await
}

/// One try, and what follows it: whatever it meets, there is an end to trying.
async fn attempt(app: &App, carrier: &Carrier, leased: &sql::Leased) -> (Next, Option<Mail>) {
    let letter = match Letter::of(&leased.kind, &leased.data) {
        Ok(letter) => letter,
        Err(error @ UnreadError::Newer) => {
            return (plan::unknown(error.to_string(), leased.created_at, app.clock.now()), None);
        }
        Err(error @ UnreadError::Broken(_)) => return (Next::Dead { fault: error.to_string() }, None),
    };
    if leased.attempts > TRIES_MOST {
        return (Next::Dead { fault: "no try came to an end".to_owned() }, None);
    }
    let (outcome, mail) = match compose::compose(app, leased.id, &letter, &leased.recipient).await {
        Ok(None) => (Outcome::Nobody, None),
        Ok(Some(mail)) => match compose::message(app, leased.id, &mail) {
            Ok(message) => (carrier.carry(message).await, Some(mail)),
            Err(error) => (Outcome::Never(error.to_string()), None),
        },
        // Away, busy, or being changed: it may be otherwise soon.
        Err(error @ Error::Database(_)) => (Outcome::Later(error.to_string()), None),
        Err(error) => (Outcome::Never(error.to_string()), None),
    };
    (plan::next(&letter, outcome, leased.attempts, leased.created_at, app.clock.now()), mail)
}

async fn settle(
    app: &App,
    carrier: &Carrier,
    leased: &sql::Leased,
    lease: Uuid,
    next: &Next,
    mail: Option<&Mail>,
) -> Result<()> {
    let now = app.clock.now();
    let (state, due_at, fault) = match next {
        Next::Sent => ("sent", now, None),
        Next::Dropped => ("dropped", now, None),
        Next::Again { at, fault } => ("waiting", *at, Some(fault.as_str())),
        Next::Dead { fault } => ("dead", now, Some(fault.as_str())),
    };
    let done_at = (state != "waiting").then_some(now);
    let mut transaction = app.db.begin().await?;
    let ours = sql::settle(&mut *transaction, leased.id, lease, state, due_at, fault, done_at).await?;
    if let (true, Carrier::Capture, Next::Sent, Some(mail)) = (ours, carrier, next, mail) {
        let raw = compose::message(app, leased.id, mail).map(|message| message.formatted()).unwrap_or_default();
        let raw = String::from_utf8_lossy(&raw).into_owned();
        sql::insert_captured(&mut *transaction, leased.id, mail, &raw, now).await?;
    }
    transaction.commit().await?;
    let (id, kind) = (leased.id, leased.kind.as_str());
    match next {
        Next::Sent => {
            app.metrics.mails_sent.fetch_add(1, Ordering::Relaxed);
            tracing::debug!(%id, kind, "sent");
        }
        Next::Dropped => tracing::debug!(%id, kind, "nobody has this address"),
        Next::Again { at, fault } => tracing::warn!(%id, kind, %at, fault, "a mail could not be sent yet"),
        Next::Dead { fault } => {
            app.metrics.mails_dead.fetch_add(1, Ordering::Relaxed);
            tracing::error!(%id, kind, fault, "a mail is given up; see `gemilang-service outbox`");
        }
    }
    Ok(())
}

/// Notes for the metrics how the outbox stands.
async fn count(app: &App) {
    if let Ok((waiting, dead)) = sql::standing(&app.db).await {
        app.metrics.mails_waiting.store(waiting.unsigned_abs(), Ordering::Relaxed);
        app.metrics.mails_dead.store(dead.unsigned_abs(), Ordering::Relaxed);
    }
}
