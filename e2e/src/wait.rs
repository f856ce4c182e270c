//! Wait: looks again until something has come to pass or its time is up. The only clock a test has; nothing sleeps blindly.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::failure::{Failure, Result};

/// How long a step may take on a loaded machine before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Looks until `probe` answers `Ok(value)`; `Err(seen)` says what is there instead.
///
/// # Errors
/// [`Failure::Late`] after [`PATIENCE`], or the probe's own failure when looking again cannot help.
pub async fn until<T, Probe, Look>(what: &str, probe: Probe) -> Result<T>
where
    Probe: FnMut() -> Look,
    Look: Future<Output = Result<std::result::Result<T, String>>>,
{
    within(PATIENCE, what, probe).await
}

/// The same with a limit of its own, where the limit is what is tested.
///
/// # Errors
/// As [`until`].
pub async fn within<T, Probe, Look>(limit: Duration, what: &str, mut probe: Probe) -> Result<T>
where
    Probe: FnMut() -> Look,
    Look: Future<Output = Result<std::result::Result<T, String>>>,
{
    let deadline = Instant::now() + limit;
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let last = match probe().await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(seen)) => seen,
            Err(failure) if failure.is_not_yet() => failure.to_string(),
            Err(failure) => return Err(failure),
        };
        if Instant::now() >= deadline {
            return Err(Failure::Late { what: what.to_owned(), seconds: limit.as_secs(), last });
        }
    }
}
