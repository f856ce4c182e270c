//! How fast the outboxes empty once the lines are good: what stood in them at the calm, and what they waited for.

use std::collections::BTreeMap;
use std::time::Duration;

use gemilang_protocol::desk::views::{Line, OpState, OutboxItem, SyncStatus};
use serde::Serialize;
use tokio::time::Instant;

/// Between two looks that are written down.
const LOOK: Duration = Duration::from_secs(2);

/// What stood in all outboxes at some moment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Stand {
    /// Seconds after the calm.
    pub after: f64,
    /// Items of all desks by state.
    pub items: BTreeMap<&'static str, usize>,
    /// Desks by what their status lines say.
    pub lines: BTreeMap<&'static str, usize>,
}

impl Stand {
    /// Counts a desk.
    pub fn add(&mut self, items: &[OutboxItem], status: Option<&SyncStatus>) {
        for item in items {
            *self.items.entry(state(item)).or_default() += 1;
        }
        *self.lines.entry(status.map_or("silent", |status| line(&status.line))).or_default() += 1;
    }

    fn all(&self) -> usize {
        self.items.values().sum()
    }
}

/// How the outboxes emptied.
#[derive(Debug, Clone, Serialize)]
pub struct Drain {
    /// What stood there, from the calm to the end.
    pub stands: Vec<Stand>,
    /// Until nothing was left, or nobody waited any longer.
    pub seconds: f64,
    #[serde(skip)]
    begun: Instant,
}

impl Drain {
    /// It is calm now.
    pub fn begin() -> Self {
        Self { stands: Vec::new(), seconds: 0.0, begun: Instant::now() }
    }

    /// What stands in all outboxes now. Whether that is nothing.
    pub fn look(&mut self, stand: Stand) -> bool {
        self.seconds = self.begun.elapsed().as_secs_f64();
        let is_empty = stand.all() == 0 && !stand.lines.contains_key("silent");
        let due = self.stands.last().is_none_or(|last| self.seconds - last.after >= LOOK.as_secs_f64());
        if due || is_empty {
            self.stands.push(Stand { after: self.seconds, ..stand });
        }
        is_empty
    }

    /// How many items stood there at the calm.
    pub fn stood(&self) -> usize {
        self.stands.first().map_or(0, Stand::all)
    }

    /// For people: how many stood there, and how fast they left.
    pub fn summary(&self) -> String {
        let list = |counts: &BTreeMap<&str, usize>| {
            counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
        };
        let left = self.stands.last().map_or(0, Stand::all);
        // Counts here are far below where a float would round.
        let rate = (self.stood() - left.min(self.stood())) as f64 / self.seconds.max(0.1);
        let mut lines = vec![format!(
            "drained   {} items in {:.1} s, {rate:.0} a second",
            self.stood() - left.min(self.stood()),
            self.seconds
        )];
        for stand in &self.stands {
            let Stand { after, items, lines: desks } = stand;
            lines.push(format!("          {after:>5.1} s: {}; desks: {}", list(items), list(desks)));
        }
        lines.join("\n")
    }
}

fn state(item: &OutboxItem) -> &'static str {
    match item.state {
        OpState::Queued if item.wish.is_some() => "wanted back",
        OpState::Queued => "queued",
        OpState::Sending => "sending",
        OpState::Sent => "sent",
        OpState::Held => "held",
        OpState::Failed => "failed",
    }
}

fn line(line: &Line) -> &'static str {
    match line {
        Line::SignedOut => "signed out",
        Line::Connecting => "connecting",
        Line::FirstSync { .. } => "in first sync",
        Line::CatchingUp { .. } => "catching up",
        Line::Live => "live",
        Line::Offline { .. } => "offline",
        Line::ServiceAway { .. } => "without service",
        Line::SessionEnded => "without session",
        Line::AppTooOld => "too old",
    }
}
