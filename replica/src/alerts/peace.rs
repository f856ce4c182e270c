//! Quiet hours: what they hold back is kept, and one alert at their end says what of it still waits.

use chrono::TimeDelta;
use gemilang_protocol::Time;
use gemilang_protocol::alert::{AlertEntry, AlertResult, Meanwhile, Reason, Sound, Why};
use uuid::Uuid;

use super::bell::{Action, Bell, Key, Scene, What, step};
use super::decide::{Came, World};

/// Who catches up on a night is told once all of it is here: nothing more came for so long.
const SETTLED: TimeDelta = TimeDelta::seconds(2);
/// Who starts their desk later than this after quiet hours is told of no night any more.
const MORNING: TimeDelta = TimeDelta::hours(12);

/// What quiet hours held back and nobody has dealt with.
#[derive(Debug, Clone, Default)]
pub(super) struct Peace {
    kept: Vec<Kept>,
    last: Option<Time>,
}

#[derive(Debug, Clone)]
struct Kept {
    entry: AlertEntry,
    /// The event it is about.
    n: i64,
}

impl Peace {
    /// As the ledger has it after a start. Which events they were about it does not say: whatever is read next is taken for all of it.
    pub(super) fn recalled(entries: Vec<AlertEntry>) -> Self {
        let kept = entries.into_iter().filter(is_kept).map(|entry| Kept { entry, n: 0 }).collect();
        Self { kept, last: None }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Keeps an alert that was held back, if it was for quiet hours that end with a summary.
    pub(super) fn keep(&mut self, entry: AlertEntry, n: i64, now: Time) {
        if is_kept(&entry) {
            self.kept.push(Kept { entry, n });
            self.last = Some(now);
        }
    }

    /// Whether something that happened at `at` belongs to the quiet hours of this night, and is told at their end.
    pub(super) fn belongs(&self, at: Time, world: &World, now: Time) -> bool {
        let quiet = world.choices.quiet;
        quiet.summary
            && quiet.last(now, world.zone).is_some_and(|(from, to)| from <= at && at < to && now - to < MORNING)
    }

    pub(super) fn forget(&mut self, ticket: Uuid) {
        self.kept.retain(|kept| kept.entry.ticket() != Some(ticket));
    }
}

fn is_kept(entry: &AlertEntry) -> bool {
    let last = entry.steps.last().and_then(|step| step.why.as_ref());
    // What is urgent rings when they are over.
    entry.result == AlertResult::HeldBack
        && !entry.reason.is_urgent()
        && matches!(last, Some(Why::Quiet { summary: true, .. }))
}

impl Bell {
    /// Somebody dealt with what was held back about a ticket, up to an event of it.
    pub(super) fn let_go(&mut self, ticket: Uuid, up_to: Option<i64>, why: &Why, now: Time, actions: &mut Vec<Action>) {
        let is_done = |kept: &Kept| kept.entry.ticket() == Some(ticket) && up_to.is_none_or(|up_to| kept.n <= up_to);
        for mut kept in self.peace.kept.extract_if(.., |kept| is_done(kept)) {
            kept.entry.happened(step(AlertResult::Withdrawn, Some(why.clone()), None, now));
            actions.push(Action::Record(Box::new(kept.entry)));
        }
    }

    /// Quiet hours are over: says once what still waits.
    pub(super) fn sum_up(&mut self, at: Scene<'_>, actions: &mut Vec<Action>) {
        let Scene { world, now } = at;
        let settled = self.peace.last.is_none_or(|last| now - last >= SETTLED || now < last);
        if self.peace.is_empty() || world.is_quiet(now) || !settled || world.duty.paused_until(now).is_some() {
            return;
        }
        let kept = std::mem::take(&mut self.peace).kept;
        let mut counts =
            Meanwhile { urgent: u32::try_from(self.rings.len()).unwrap_or(u32::MAX), ..Meanwhile::default() };
        for kept in &kept {
            counts.count(kept.entry.reason);
        }
        // About one ticket it leads there.
        let first = kept.first().and_then(|kept| kept.entry.ticket());
        let ticket = first.filter(|first| kept.iter().all(|kept| kept.entry.ticket() == Some(*first)));
        let mut entry = self.entry(None, Reason::QuietOver, world.inputs(Uuid::nil(), Came::Live, now));
        entry.happened(step(AlertResult::Shown, Some(Why::Meanwhile { counts }), None, now));
        let sound = if kept.is_empty() { Sound::Silent } else { world.rule(Reason::MessageMine).sound };
        self.stand(Key::Summary, entry, What::Summary(counts), ticket, sound, actions);
    }
}
