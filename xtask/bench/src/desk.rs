//! `desk.`: what the real desk does. It is driven by the stories of `e2e/`, which write down what they saw; here it is told beside the rest.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
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

#[derive(Deserialize)]
struct Starts {
    tickets: u32,
    starts: u32,
    shown_us: f64,
    bare_shown_us: f64,
    painted_us: f64,
    bare_painted_us: f64,
    memory_kib: f64,
    bare_memory_kib: f64,
    idle: f64,
    bare_idle: f64,
}

/// What a start costs, and what is there afterwards, beside the same window with an empty page.
pub(crate) fn tell_starts(starts: &Path, report: &mut Report) -> Result<(), Failure> {
    let told: Starts = serde_json::from_slice(&std::fs::read(starts)?)?;
    let Starts { tickets, starts, .. } = told;
    let note =
        |what: &str| format!("{what}, {tickets} tickets in the replica; limit: the same window with an empty page");
    let middle = |what: &str| note(&format!("from the start of the program until {what}, the middle one of {starts}"));
    let shown = (told.shown_us, told.bare_shown_us);
    report.add(("desk.start_shown", "us"), shown, (Good::Low, 1.3), true, middle("its window is on the screen"));
    let painted = (told.painted_us, told.bare_painted_us);
    report.add(("desk.start_painted", "us"), painted, (Good::Low, 1.6), true, middle("the first rows are painted"));
    let memory = (told.memory_kib, told.bare_memory_kib);
    report.add(("desk.memory", "KiB"), memory, (Good::Low, 1.3), true, note("PSS of all its processes"));
    let note =
        format!("share of one processor when nobody does anything; the empty page: {:.4}; limit: 1 %", told.bare_idle);
    report.add(("desk.idle_cpu", ""), (told.idle, 0.01), (Good::Low, 1.0), true, note);
    Ok(())
}

/// What the page weighs compressed.
pub(crate) fn tell_page(page: &Path, report: &mut Report) -> Result<(), Failure> {
    let mut weight = 0;
    for file in ["app_bg.wasm", "app.js"] {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&std::fs::read(page.join(file))?)?;
        weight += packed.finish()?.len();
    }
    let note = "the page's code, wasm and glue, as gzip packs it".to_owned();
    report.add(("desk.wasm_kib", "KiB"), (weight as f64 / 1024.0, 1_200.0), (Good::Low, 1.0), true, note);
    Ok(())
}
