//! Figures, their limits measured in the same run, and the report.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::Failure;

/// Which way a figure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Good {
    /// At most `bar` times its limit.
    Low,
    /// At least `bar` times its limit.
    High,
}

/// One figure beside its limit.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    limit: f64,
    ratio: f64,
    bar: f64,
    holds: bool,
    /// What the limit is, and what else was seen.
    note: String,
}

/// All figures of a run.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    figures: Vec<Figure>,
}

impl Report {
    /// Adds a figure and prints it. `also` is a second condition it must keep.
    pub(crate) fn add(
        &mut self,
        (name, unit): (&'static str, &'static str),
        (value, limit): (f64, f64),
        (good, bar): (Good, f64),
        also: bool,
        note: String,
    ) {
        let ratio = value / limit;
        let within = match good {
            Good::Low => ratio <= bar,
            Good::High => ratio >= bar,
        };
        let figure = Figure { name, unit, value, limit, ratio, bar, holds: within && also, note };
        println!("{}", figure.line());
        self.figures.push(figure);
    }

    /// Writes `report.json`, and the same as a table in `report.md`.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), Failure> {
        std::fs::create_dir_all(dir)?;
        std::fs::write(dir.join("report.json"), serde_json::to_string_pretty(self)? + "\n")?;
        let mut table =
            String::from("| figure | value | limit | ratio | bar | holds | how |\n|---|---:|---:|---:|---:|---|---|\n");
        for figure in &self.figures {
            let Figure { name, unit, value, limit, ratio, bar, note, .. } = figure;
            let holds = if figure.holds { "yes" } else { "**no**" };
            table += &format!(
                "| `{name}` | {value:.0} {unit} | {limit:.0} {unit} | {ratio:.2} | {bar:.2} | {holds} | {note} |\n"
            );
        }
        std::fs::write(dir.join("report.md"), table)?;
        println!("written to {}", dir.join("report.json").display());
        Ok(())
    }
}

impl Figure {
    fn line(&self) -> String {
        let mark = if self.holds { "holds" } else { "FALLS SHORT" };
        let Self { name, unit, value, limit, ratio, bar, note, .. } = self;
        format!("{name:<20} {value:>9.0} {unit:<8} limit {limit:>9.0}  ratio {ratio:.2} (bar {bar:.2})  {mark}  {note}")
    }
}

/// The time that a share of all are within.
pub(crate) fn share(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    // Precise enough: there are never more than a few million.
    let place = (last as f64 * share).round() as usize;
    times.get(place).copied().unwrap_or_default()
}

/// In microseconds.
pub(crate) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// What two steps one after the other allow, when alone they reach these rates.
pub(crate) fn series(a: f64, b: f64) -> f64 {
    1.0 / (1.0 / a + 1.0 / b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_series() {
        let mut times: Vec<_> = (1..=101).rev().map(Duration::from_micros).collect();
        assert_eq!(share(&mut times, 0.5), Duration::from_micros(51));
        assert_eq!(share(&mut times, 0.99), Duration::from_micros(100));
        assert!((series(100.0, 100.0) - 50.0).abs() < 1e-9);
    }
}
