//! The report: what the storm did and what it found, as JSON for machines and in a few lines for people.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::Failure;
use crate::drain::Drain;
use crate::findings::{Checked, Findings, Wrong};
use crate::tally::Tally;

/// What a minute of a storm holds at least.
const CUTS: f64 = 200.0;
const KILLS: f64 = 10.0;
const MESSAGES: f64 = 2_000.0;
/// Of all cuts, after the commit and before the answer.
const AFTER_COMMIT: f64 = 0.25;

/// A promise about how hard the storm blew.
#[derive(Debug, Clone, Serialize)]
pub struct Promise {
    /// What.
    pub name: &'static str,
    /// As it was.
    pub value: f64,
    /// At least.
    pub least: f64,
    /// Whether it was kept.
    pub holds: bool,
}

/// Everything about a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The seed that decided every choice.
    pub seed: u64,
    /// How long it blew.
    pub seconds: f64,
    /// The guard that was switched off, if any.
    pub sabotage: Option<&'static str>,
    /// From calm lines to everything being everywhere.
    pub catch_up_seconds: f64,
    /// How the outboxes emptied once it was calm.
    pub drain: Option<Drain>,
    /// Cuts by kind.
    pub cuts: BTreeMap<String, u64>,
    /// Delays by place.
    pub delays: BTreeMap<String, u64>,
    /// Requests that were sent twice.
    pub repeats: u64,
    /// Kills by victim.
    pub kills: BTreeMap<String, u64>,
    /// Slow transactions by kind.
    pub slow: BTreeMap<String, u64>,
    /// What stands in the tables at the end.
    pub stored: BTreeMap<String, u64>,
    /// What a restore of the database took.
    pub restore: BTreeMap<String, u64>,
    /// What staff did at their desks.
    pub ops: BTreeMap<String, u64>,
    /// What became of their outboxes.
    pub outboxes: BTreeMap<String, u64>,
    /// What customers did and met.
    pub customers: BTreeMap<String, u64>,
    /// Refusals by code.
    pub refusals: BTreeMap<String, u64>,
    /// How hard it blew, in a minute.
    pub promises: Vec<Promise>,
    /// Rules, and how often they were looked at and broken.
    pub checks: BTreeMap<&'static str, Checked>,
    /// What is wrong; of each rule the first few.
    pub failures: Vec<Wrong>,
    /// Whether nothing is, and every rule was looked at.
    pub holds: bool,
}

impl Report {
    /// Draws it up.
    pub fn new(
        seed: u64,
        sabotage: Option<&'static str>,
        blew: Duration,
        catch_up: Duration,
        drain: Option<Drain>,
        tally: &Tally,
        findings: &Findings,
    ) -> Self {
        // Counts here are far below where a float would round.
        let per_minute = |count: u64| count as f64 * 60.0 / blew.as_secs_f64();
        let cuts = tally.under("cut.");
        let all: u64 = cuts.values().sum();
        let after = cuts.get("after_commit").copied().unwrap_or_default();
        let stored = tally.under("stored.");
        // What a restore took was written all the same.
        let messages = stored.get("messages").copied().unwrap_or_default() + tally.sum("restore.messages_lost");
        let promise = |name, value, least| Promise { name, value, least, holds: value >= least };
        Self {
            seed,
            seconds: blew.as_secs_f64(),
            sabotage,
            catch_up_seconds: catch_up.as_secs_f64(),
            drain,
            delays: tally.under("delay."),
            repeats: tally.sum("repeat"),
            kills: tally.under("kill."),
            slow: tally.under("slow."),
            restore: tally.under("restore."),
            ops: tally.under("op."),
            outboxes: tally.under("outbox."),
            customers: tally.under("customer."),
            refusals: tally.under("refused."),
            promises: vec![
                promise("cuts a minute", per_minute(all), CUTS),
                promise("kills a minute", per_minute(tally.sum("kill.")), KILLS),
                promise("messages a minute", per_minute(messages), MESSAGES),
                promise("share of cuts after the commit", after as f64 / all.max(1) as f64, AFTER_COMMIT),
            ],
            cuts,
            stored,
            checks: findings.checks(),
            failures: findings.list(),
            holds: findings.holds(),
        }
    }

    /// Writes `report.json`.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), Failure> {
        std::fs::create_dir_all(dir)?;
        std::fs::write(dir.join("report.json"), serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }

    /// The same for people.
    pub fn summary(&self) -> String {
        let list = |counts: &BTreeMap<String, u64>| {
            counts
                .iter()
                .map(|(name, count)| format!("{count} {}", name.replace('_', " ")))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut lines = vec![
            format!("seed {}, {:.0} s, caught up after {:.1} s", self.seed, self.seconds, self.catch_up_seconds),
            format!("cuts      {}: {}", self.cuts.values().sum::<u64>(), list(&self.cuts)),
            format!("          {} requests twice; delays: {}", self.repeats, list(&self.delays)),
            format!("kills     {}", list(&self.kills)),
            format!("stored    {}", list(&self.stored)),
            format!("staff     {}", list(&self.ops)),
            format!("outboxes  {}", list(&self.outboxes)),
            format!("customers {}", list(&self.customers)),
            format!("slow      {}", list(&self.slow)),
        ];
        if !self.restore.is_empty() {
            lines.push(format!("restored  {}", list(&self.restore)));
        }
        lines.extend(self.drain.as_ref().map(Drain::summary));
        if !self.refusals.is_empty() {
            lines.push(format!("refused   {}", list(&self.refusals)));
        }
        for Promise { name, value, least, holds } in &self.promises {
            let mark = if *holds { "" } else { "  FALLS SHORT" };
            lines.push(format!("{name:<32} {value:>9.2}  (at least {least}){mark}"));
        }
        for (name, Checked { looked, wrong }) in &self.checks {
            let mark = match (looked, wrong) {
                (0, 0) => "NEVER LOOKED AT".to_owned(),
                (_, 0) => "holds".to_owned(),
                _ => format!("BROKEN {wrong} times"),
            };
            lines.push(format!("{name:<52} {looked:>7} looked at  {mark}"));
        }
        lines.join("\n")
    }
}
