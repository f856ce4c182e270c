//! Alerts: what rings here, duty and rules as the core tells them, and the ledger as it is looked at.

use std::rc::Rc;

use gemilang_protocol::Time;
use gemilang_protocol::alert::{AlertEntry, AlertResult, RingView, Why};
use gemilang_protocol::desk::views::{Alerts as Told, Ledger};
use uuid::Uuid;

/// What the page knows about alerts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alerts {
    /// What the core told last.
    pub told: Told,
    /// Only this result.
    pub result: Option<AlertResult>,
    /// Only what holds these words.
    pub q: String,
    /// Whether the field for them is there.
    pub seeks: bool,
    /// The ledger, newest first.
    pub entries: Rc<Vec<AlertEntry>>,
    /// Whether there are older ones.
    pub more: bool,
    /// Whether the ledger was read at all.
    pub answered: bool,
}

/// What is asked of the ledger.
pub type Asks = (Option<AlertResult>, String);

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The core told.
    Told(Told),
    /// Another result is wanted, or all.
    Only(Option<AlertResult>),
    /// Other words are wanted.
    Seek(String),
    /// The field for words comes or goes, and they with it.
    Field(bool),
    /// The newest of what was asked for.
    Arrived(Asks, Ledger),
    /// Older ones of what was asked for.
    Older(Asks, Ledger),
}

impl Alerts {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            // An answer that was under way may be older than what was heard since.
            Action::Told(told) if told.number >= self.told.number => self.told = told,
            Action::Only(result) => self.result = result,
            Action::Seek(q) => self.q = q,
            Action::Field(seeks) => {
                self.seeks = seeks;
                self.q.clear();
            }
            Action::Arrived(asks, ledger) if asks == self.asks() => {
                self.entries = Rc::new(ledger.entries);
                self.more = ledger.more;
                self.answered = true;
            }
            Action::Older(asks, ledger) if asks == self.asks() => {
                // What came meanwhile stands before; nothing is shown twice.
                let last = self.entries.last().map_or(u64::MAX, |entry| entry.id);
                let older = ledger.entries.into_iter().filter(|entry| entry.id < last);
                self.entries = Rc::new(self.entries.iter().cloned().chain(older).collect());
                self.more = ledger.more;
            }
            // The answer to a question that nobody asks any more.
            Action::Told(..) | Action::Arrived(..) | Action::Older(..) => {}
        }
    }

    /// What is asked of the ledger now.
    pub fn asks(&self) -> Asks {
        (self.result, self.q.trim().to_owned())
    }

    /// What rings, and how many others do: the ticket on screen before what rings longest, so that nobody is led away from what they read.
    pub fn rings(&self, on_screen: Option<Uuid>) -> Option<(&RingView, usize)> {
        let ringing = &self.told.ringing;
        let first = ringing.iter().find(|ring| Some(ring.ticket) == on_screen).or_else(|| ringing.first())?;
        Some((first, ringing.len() - 1))
    }
}

/// Minutes and seconds that something rings, and its round.
pub fn rung(ring: &RingView, now: Time) -> (i64, i64, i64) {
    let seconds = (now - ring.since).num_seconds().max(0);
    (seconds / 60, seconds % 60, seconds / RingView::ROUND_SECONDS + 1)
}

/// Minutes and seconds until all admins are called too; `None` once they are.
pub fn forwards_in(ring: &RingView, now: Time) -> Option<(i64, i64)> {
    let seconds = (now - ring.since).num_seconds().max(0);
    let left = i64::from(RingView::ROUNDS) * RingView::ROUND_SECONDS - seconds;
    (left > 0).then_some((left / 60, left % 60))
}

/// Seconds from when an alert was last put on screen to the click, for one that was clicked.
pub fn clicked_after(entry: &AlertEntry) -> Option<i64> {
    let at = entry.steps.iter().rposition(|step| step.result == AlertResult::Clicked)?;
    let before = entry.steps.get(at.checked_sub(1)?)?;
    Some((entry.steps[at].at - before.at).num_seconds().max(0))
}

/// How many messages a burst had, for an entry that stands for one.
pub fn burst(entry: &AlertEntry) -> Option<u32> {
    entry.steps.iter().rev().find_map(|step| match step.why {
        Some(Why::Burst { count }) if count > 1 => Some(count),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::TicketNumber;
    use gemilang_protocol::alert::{AlertInputs, AlertStep, Reason};

    use super::super::samples::{id, time};
    use super::*;

    fn step(result: AlertResult, at: &str, why: Option<Why>) -> AlertStep {
        AlertStep { at: time(at), result, why, round: None }
    }

    fn entry(n: u64, steps: Vec<AlertStep>) -> AlertEntry {
        let inputs = AlertInputs {
            focused: false,
            on_screen: false,
            idle: None,
            on_duty: true,
            others_on_duty: 0,
            live: true,
            quiet: false,
        };
        let mut entry = AlertEntry {
            id: n,
            about: None,
            reason: Reason::MessageMine,
            result: AlertResult::Shown,
            steps: Vec::new(),
            inputs,
        };
        for step in steps {
            entry.happened(step);
        }
        entry
    }

    fn page(ids: &[u64]) -> Ledger {
        let entries = ids.iter().map(|id| entry(*id, vec![step(AlertResult::Shown, "2026-11-30T07:00:00Z", None)]));
        Ledger { entries: entries.collect(), more: true }
    }

    #[test]
    fn an_answer_to_another_question_is_dropped_and_older_ones_follow() {
        let mut alerts = Alerts::default();
        let all = alerts.asks();
        alerts.apply(Action::Arrived(all.clone(), page(&[9, 8])));
        alerts.apply(Action::Older(all.clone(), page(&[8, 7])));
        assert_eq!(alerts.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [9, 8, 7]);
        alerts.apply(Action::Only(Some(AlertResult::Clicked)));
        alerts.apply(Action::Arrived(all, page(&[10])));
        assert_eq!(alerts.entries.len(), 3);
        alerts.apply(Action::Field(true));
        alerts.apply(Action::Seek(" genset ".into()));
        alerts.apply(Action::Arrived((Some(AlertResult::Clicked), "genset".into()), page(&[10])));
        assert_eq!(alerts.entries.len(), 1);
        alerts.apply(Action::Field(false));
        assert_eq!(alerts.asks().1, "");
    }

    #[test]
    fn what_was_told_before_is_no_news() {
        let mut alerts = Alerts::default();
        let told = |number, others_on_duty| Action::Told(Told { number, others_on_duty, ..Told::default() });
        alerts.apply(told(7, 3));
        alerts.apply(told(6, 2));
        assert_eq!(alerts.told.others_on_duty, 3);
        alerts.apply(told(7, 4));
        assert_eq!(alerts.told.others_on_duty, 4, "an own choice answers with the number of what it was made upon");
    }

    #[test]
    fn a_click_is_told_from_the_alert_before_it() {
        let clicked = entry(
            1,
            vec![
                step(AlertResult::Shown, "2026-11-30T07:00:00Z", Some(Why::Yours)),
                step(AlertResult::Grouped, "2026-11-30T07:00:40Z", Some(Why::Burst { count: 5 })),
                step(AlertResult::Clicked, "2026-11-30T07:00:43Z", None),
            ],
        );
        assert_eq!((clicked_after(&clicked), burst(&clicked)), (Some(3), Some(5)));
        assert_eq!(clicked.result, AlertResult::Clicked);
        let shown = entry(2, vec![step(AlertResult::Shown, "2026-11-30T07:00:00Z", Some(Why::Yours))]);
        assert_eq!((clicked_after(&shown), burst(&shown)), (None, None));
    }

    fn ring(n: u8) -> RingView {
        RingView {
            ticket: id(n),
            number: TicketNumber(i64::from(n)),
            subject: String::new(),
            customer: String::new(),
            since: time("2026-11-30T07:00:00Z"),
            round: 1,
        }
    }

    #[test]
    fn what_is_on_screen_stands_in_the_ringer_before_what_rings_longest() {
        let mut alerts = Alerts::default();
        alerts.apply(Action::Told(Told { ringing: vec![ring(1), ring(2)], ..Told::default() }));
        let first = |open| alerts.rings(open).map(|(ring, others)| (ring.ticket, others));
        assert_eq!(first(None), Some((id(1), 1)));
        assert_eq!(first(Some(id(2))), Some((id(2), 1)));
        assert_eq!(first(Some(id(3))), Some((id(1), 1)), "what does not ring waits");
        assert!(Alerts::default().rings(Some(id(1))).is_none());
    }

    #[test]
    fn admins_are_called_when_the_third_round_is_over() {
        let ring = ring(1);
        assert_eq!(forwards_in(&ring, time("2026-11-30T07:00:47Z")), Some((2, 13)));
        assert_eq!(forwards_in(&ring, time("2026-11-30T07:02:59Z")), Some((0, 1)));
        assert_eq!(forwards_in(&ring, time("2026-11-30T07:03:00Z")), None, "the round that calls them has begun");
        assert_eq!(rung(&ring, time("2026-11-30T07:03:00Z")).2, i64::from(RingView::ROUNDS) + 1);
    }

    #[test]
    fn rounds_are_counted_from_one() {
        let ring = ring(1);
        assert_eq!(rung(&ring, time("2026-11-30T07:00:47Z")), (0, 47, 1));
        assert_eq!(rung(&ring, time("2026-11-30T07:02:05Z")), (2, 5, 3));
        assert_eq!(rung(&ring, time("2026-11-30T06:59:00Z")), (0, 0, 1));
    }
}
