//! How long to wait before the next try: twice as long each time, with jitter, so that desks that lost the same service do not come back in step.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// The first wait at most.
const FIRST: Duration = Duration::from_millis(500);
/// Every wait at most.
pub(crate) const MOST: Duration = Duration::from_secs(30);
/// Every wait at most for who answers that it cannot serve: asking costs it nothing, and it may be back any moment.
pub(crate) const AWAY: Duration = Duration::from_secs(5);

/// Waits between tries.
#[derive(Debug)]
pub(crate) struct Backoff {
    failures: u32,
    last: Duration,
    random: StdRng,
}

impl Backoff {
    pub(crate) fn new(seed: u64) -> Self {
        Self { failures: 0, last: Duration::ZERO, random: StdRng::seed_from_u64(seed) }
    }

    /// A try failed: the wait before the next, between half of its step and all of it.
    pub(crate) fn wait(&mut self) -> Duration {
        self.wait_at_most(MOST)
    }

    /// The same, and no longer than that.
    pub(crate) fn wait_at_most(&mut self, most: Duration) -> Duration {
        let step = FIRST.saturating_mul(1 << self.failures.min(10)).min(most);
        self.failures = self.failures.saturating_add(1);
        self.last = step.mul_f64(self.random.random_range(0.5..=1.0));
        self.last
    }

    /// The wait that was last answered; none since a success.
    pub(crate) fn last(&self) -> Duration {
        self.last
    }

    /// A try succeeded.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
        self.last = Duration::ZERO;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_their_limit_and_start_over() {
        let mut backoff = Backoff::new(7);
        let waits: Vec<_> = (0..12).map(|_| backoff.wait()).collect();
        assert!(waits[0] >= FIRST / 2 && waits[0] <= FIRST, "{waits:?}");
        assert!(waits[11] >= MOST / 2 && waits[11] <= MOST, "{waits:?}");
        let short = backoff.wait_at_most(AWAY);
        assert!(short >= AWAY / 2 && short <= AWAY && backoff.last() == short, "{short:?}");
        assert!(backoff.wait() >= MOST / 2, "what was short counts as well");
        backoff.reset();
        assert!(backoff.wait() <= FIRST);
        assert_ne!(Backoff::new(1).wait(), Backoff::new(2).wait());
    }
}
