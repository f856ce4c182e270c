//! What is due: snoozes that end and replies that are to be sent later. Looked for every second by every process; each is a change of
//! its ticket as any other, planned upon how it stands, so that it happens once, whoever is first.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use gemilang_protocol::internal::{Hold, Later};
use gemilang_protocol::{Internal, PersonRef, SenderType, Time};
use uuid::Uuid;

use super::plan::Intent;
use super::{act, sql};
use crate::domain::{Actor, people};
use crate::{App, Result};

/// How often is looked.
const EVERY: Duration = Duration::from_secs(1);
/// A ticket that could not be seen to is not tried again for so long: it must not keep the others waiting.
const REST: Duration = Duration::from_secs(30);

/// What is due in a ticket, as it stood when it was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Which ticket.
    pub ticket_id: Uuid,
    /// What staff know of it.
    pub internal: Internal,
}

/// Looks until the service ends.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rests: HashMap<Uuid, Instant> = HashMap::new();
    loop {
        tokio::select! {
            () = app.ending.cancelled() => return,
            _ = ticks.tick() => {}
        }
        rests.retain(|_, since| since.elapsed() < REST);
        let due = match sql::due(&app.db, app.clock.now()).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(%error, "what is due is looked for later");
                continue;
            }
        };
        for due in due {
            if !rests.contains_key(&due.ticket_id)
                && let Err(error) = see_to(&app, &due).await
            {
                tracing::error!(%error, ticket = %due.ticket_id, "what is due is tried again later");
                rests.insert(due.ticket_id, Instant::now());
            }
        }
    }
}

/// Sees to all that is due now. Answers in how many tickets something was.
///
/// # Errors
/// The database.
pub async fn round(app: &App) -> Result<usize> {
    let all = sql::due(&app.db, app.clock.now()).await?;
    for due in &all {
        see_to(app, due).await?;
    }
    Ok(all.len())
}

async fn see_to(app: &App, due: &Due) -> Result<()> {
    let now = app.clock.now();
    for snooze in due.internal.snoozes.iter().filter(|snooze| snooze.until.is_some_and(|until| until <= now)) {
        let actor = Actor { person: snooze.person.clone(), side: SenderType::System };
        act(app, due.ticket_id, &actor, Intent::WakeDue).await?;
    }
    for later in due.internal.later.iter().filter(|later| is_due(later, now)) {
        // Their name may be another than when they wrote it.
        let author = people::find(app, later.author.id).await?;
        let actor = Actor { person: PersonRef { id: author.id, name: author.name }, side: SenderType::Admin };
        let intent = if author.active && author.role.is_staff() {
            Intent::SendDue { id: later.id }
        } else {
            Intent::HoldBack { id: later.id, why: Hold::AuthorLeft }
        };
        act(app, due.ticket_id, &actor, intent).await?;
    }
    Ok(())
}

/// Whether a reply is to be sent now.
pub(super) fn is_due(later: &Later, now: Time) -> bool {
    later.held.is_none() && later.at <= now
}
