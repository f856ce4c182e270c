//! Forgetting what has run out: sessions, links, old letters, old counts at the door. Done now and then by whoever serves;
//! nothing relies on it, because whoever reads these rows looks at their end. And finishing what a crash stopped half-way.

use std::time::Duration;

use chrono::TimeDelta;

use crate::domain::{erasure, team};
use crate::{App, Result, auth, outbox};

/// How often.
const EVERY: Duration = Duration::from_secs(1_800);
/// How long a browser is known after it was last used to sign in.
const BROWSER: TimeDelta = TimeDelta::days(400);

/// Forgets until the service ends.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = app.ending.cancelled() => return,
            _ = ticks.tick() => if let Err(error) = once(&app).await {
                tracing::warn!(%error, "what has run out is forgotten later");
            }
        }
    }
}

/// Forgets once.
///
/// # Errors
/// The database.
pub async fn once(app: &App) -> Result<()> {
    let now = app.clock.now();
    auth::prune(app, now, now - BROWSER).await?;
    outbox::prune(app).await?;
    team::finish(app).await?;
    erasure::finish(app).await
}
