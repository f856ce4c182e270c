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
