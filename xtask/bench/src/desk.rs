//! `desk.`: what the real desk does. It is driven by the stories of `e2e/`, which write down what they saw; here it is told beside the rest.

use std::path::Path;

use serde::Deserialize;

use crate::Failure;
use crate::figures::{Good, Report};

/// Nobody is to wait longer for an alert, in microseconds.
const SECOND: f64 = 1e6;

#[derive(Deserialize)]
struct Alerts {
    alerts: u32,
    p50_us: f64,
    p99_us: f64,
    most_us: f64,
}

/// How long alerts took, from the request that causes one to the call of the notification daemon.
pub(crate) fn tell(alerts: &Path, report: &mut Report) -> Result<(), Failure> {
    let Alerts { alerts, p50_us, p99_us, most_us } = serde_json::from_slice(&std::fs::read(alerts)?)?;
    let note = format!(
        "change at the service, commit included, to the call of the daemon by a desk built for tests, {alerts} alerts: \
         p50 {p50_us:.0} us, most {most_us:.0} us; limit: a second"
    );
    report.add(("desk.alert_latency_p99", "us"), (p99_us, SECOND), (Good::Low, 1.0), true, note);
    Ok(())
}

#[derive(Deserialize)]
struct Feel {
    tickets: u32,
    keys: u32,
    changes_a_second: f64,
    typing_us: f64,
    typing_without_us: f64,
    frame_us: f64,
    frame_still_us: f64,
}

/// How keys and rows feel, each beside the same where nothing else happens.
pub(crate) fn tell_feel(feel: &Path, report: &mut Report) -> Result<(), Failure> {
    let feel: Feel = serde_json::from_slice(&std::fs::read(feel)?)?;
    let Feel { tickets, keys, changes_a_second, .. } = feel;
    let note = format!(
        "p95 from a key in the composer to its paint, {keys} keys while others make {changes_a_second:.0} changes a second; \
         limit: the same without changes"
    );
    report.add(("desk.typing_p95", "us"), (feel.typing_us, feel.typing_without_us), (Good::Low, 1.5), true, note);
    let note = format!(
        "p95 of a frame while a list of {tickets} tickets is scrolled; limit: the same rows as a page that does nothing"
    );
    report.add(("desk.scroll", "us"), (feel.frame_us, feel.frame_still_us), (Good::Low, 1.2), true, note);
    Ok(())
}
