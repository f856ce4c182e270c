//! Chance: one seed decides every choice. Each part of the storm draws from a stream of its own, so that none disturbs another's.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

/// A stream of choices.
#[derive(Debug)]
pub struct Chance(StdRng);

impl Chance {
    /// The stream of one part: `who` names it, `nth` counts its like.
    pub fn of(seed: u64, who: &str, nth: usize) -> Self {
        // FNV-1a: any fixed mix does, as long as it is the same on every machine.
        let mut mixed = seed ^ 0xcbf2_9ce4_8422_2325;
        for byte in who.bytes().chain(nth.to_le_bytes()) {
            mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(StdRng::seed_from_u64(mixed))
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end.max(1))
    }

    /// Between 0 and 1.
    pub fn part(&mut self) -> f64 {
        self.0.random_range(0.0..1.0)
    }

    /// True in so many of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Any of these; nothing when there is none.
    pub fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// A time between these milliseconds.
    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(self.0.random_range(from..to))
    }

    /// Waits as they come when nobody plans them: often short, sometimes long, `mean` on average.
    pub fn wait(&mut self, mean: Duration) -> Duration {
        mean.mul_f64((-(1.0 - self.part()).ln()).min(5.0))
    }

    /// An id as a client makes it.
    pub fn id(&mut self) -> Uuid {
        Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext))
    }
}
