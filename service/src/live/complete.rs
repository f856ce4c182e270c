//! How far the feed is proven complete: everything that began before a sample is over once the horizon has passed that sample's `xmax`. Pure.

use std::collections::VecDeque;

use gemilang_protocol::Time;

use crate::feed::Horizon;

/// Samples kept; when there are more, every second one goes, so that an hour-long transaction costs precision and not memory.
const MOST: usize = 1_024;

/// Samples of (time, `xmax`), and the latest time proven.
#[derive(Debug, Default)]
pub(super) struct Samples {
    waiting: VecDeque<(Time, i64)>,
    proven: Option<Time>,
}

impl Samples {
    /// Notes a snapshot that was taken at or after `at`.
    pub(super) fn sample(&mut self, horizon: Horizon, at: Time) {
        if self.waiting.back().is_none_or(|(_, xmax)| *xmax < horizon.xmax) {
            self.waiting.push_back((at, horizon.xmax));
        } else if let Some(last) = self.waiting.back_mut() {
            // Nothing ended in between: the later time is just as good a claim.
            last.0 = last.0.max(at);
        }
        if self.waiting.len() > MOST {
            let mut keep = false;
            self.waiting.retain(|_| {
                keep = !keep;
                keep
            });
        }
        self.proven = self.complete_to(horizon, at);
        while self.waiting.front().is_some_and(|(_, xmax)| *xmax <= horizon.xmin) {
            self.waiting.pop_front();
        }
    }

    /// The time before which a reader in a snapshot of this horizon, taken at or after `at`, holds everything.
    pub(super) fn complete_to(&self, horizon: Horizon, at: Time) -> Option<Time> {
        if horizon.is_quiet() {
            return Some(self.proven.map_or(at, |proven| proven.max(at)));
        }
        self.waiting.iter().rev().find(|(_, xmax)| *xmax <= horizon.xmin).map(|(time, _)| *time).max(self.proven)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(second: i64) -> Time {
        Time::default() + TimeDelta::seconds(second)
    }

    #[test]
    fn a_long_transaction_holds_the_claim_at_the_moment_before_it_began() {
        let mut samples = Samples::default();
        samples.sample(Horizon { xmin: 10, xmax: 10 }, at(1));
        // Transaction 10 opens and stays; others come and go.
        for second in 2..10 {
            let horizon = Horizon { xmin: 10, xmax: 10 + second };
            samples.sample(horizon, at(second));
            assert_eq!(samples.complete_to(horizon, at(second)), Some(at(1)));
        }
        // It ends while 19 is open: everything sampled until then is over.
        let horizon = Horizon { xmin: 19, xmax: 22 };
        samples.sample(horizon, at(11));
        assert_eq!(samples.complete_to(horizon, at(11)), Some(at(9)));
    }

    #[test]
    fn a_quiet_database_is_complete_now() {
        let mut samples = Samples::default();
        samples.sample(Horizon { xmin: 5, xmax: 5 }, at(1));
        assert_eq!(samples.complete_to(Horizon { xmin: 9, xmax: 9 }, at(7)), Some(at(7)));
    }

    #[test]
    fn samples_do_not_grow_without_end() {
        let mut samples = Samples::default();
        for second in 0..10_000 {
            samples.sample(Horizon { xmin: 1, xmax: 2 + second }, at(second));
        }
        assert!(samples.waiting.len() <= MOST);
    }
}
