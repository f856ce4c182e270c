//! How far the feed is proven complete: everything that began before a sample is over once the horizon has passed that sample's `xmax`. Pure.

use std::collections::VecDeque;

use gemilang_protocol::Time;

use crate::feed::Horizon;

/// Samples kept; when there are more, every second one goes, so that an hour-long transaction costs precision and not memory.
const MOST: usize = 1_024;
/// Of these so many that the horizon has passed: who reads beside the hub may hold an older snapshot than its last.
const PASSED: usize = 256;

/// Samples of (time, `xmax`): whatever was committed before that time is of a transaction below that `xmax`. Rising in both.
#[derive(Debug, Default)]
pub(super) struct Samples {
    all: VecDeque<(Time, i64)>,
    proven: Option<Time>,
}

impl Samples {
    /// Notes a snapshot that was taken at or after `at`, by who holds everything that is visible in it.
    pub(super) fn sample(&mut self, horizon: Horizon, at: Time) {
        if self.all.back().is_none_or(|(_, xmax)| *xmax < horizon.xmax) {
            self.all.push_back((at, horizon.xmax));
        } else if let Some(last) = self.all.back_mut() {
            // Nothing ended in between: the later time is just as good a claim.
            last.0 = last.0.max(at);
        }
        if self.all.len() > MOST {
            let mut keep = false;
            self.all.retain(|_| {
                keep = !keep;
                keep
            });
        }
        self.proven = self.complete_to(horizon, at).max(self.proven);
        let passed = self.all.partition_point(|(_, xmax)| *xmax <= horizon.xmin);
        self.all.drain(..passed.saturating_sub(PASSED));
    }

    /// The time before which whoever took the samples holds everything.
    pub(super) fn proven(&self) -> Option<Time> {
        self.proven
    }

    /// The time before which a reader in a snapshot of this horizon, taken at or after `at`, holds everything. What is proven
    /// by later snapshots says nothing about an earlier one.
    pub(super) fn complete_to(&self, horizon: Horizon, at: Time) -> Option<Time> {
        let passed = self.all.iter().rev().find(|(_, xmax)| *xmax <= horizon.xmin).map(|(time, _)| *time);
        passed.max(horizon.is_quiet().then_some(at))
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
    fn who_reads_beside_the_hub_claims_what_their_own_snapshot_holds() {
        let mut samples = Samples::default();
        samples.sample(Horizon { xmin: 10, xmax: 10 }, at(1));
        // A page is read; before it is told the hub has read what was committed meanwhile.
        let quiet = Horizon { xmin: 10, xmax: 10 };
        let busy = Horizon { xmin: 10, xmax: 12 };
        samples.sample(Horizon { xmin: 20, xmax: 20 }, at(5));
        assert_eq!(samples.proven(), Some(at(5)));
        assert_eq!(samples.complete_to(quiet, at(3)), Some(at(3)));
        assert_eq!(samples.complete_to(busy, at(3)), Some(at(1)));
        // Nothing was committed in between: the later claim holds for both.
        samples.sample(Horizon { xmin: 20, xmax: 20 }, at(9));
        assert_eq!(samples.complete_to(Horizon { xmin: 20, xmax: 20 }, at(7)), Some(at(9)));
        // Long ago: nothing is known of it, and nothing claimed.
        (21..2_000).for_each(|xid| samples.sample(Horizon { xmin: xid, xmax: xid }, at(xid)));
        assert_eq!(samples.complete_to(busy, at(3)), None);
    }

    #[test]
    fn samples_do_not_grow_without_end() {
        let mut samples = Samples::default();
        for second in 0..10_000 {
            samples.sample(Horizon { xmin: 1, xmax: 2 + second }, at(second));
        }
        assert!(samples.all.len() <= MOST);
    }
}
