//! The tally: what was done and what was seen, counted by name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts that every part of the storm adds to.
#[derive(Debug, Clone, Default)]
pub struct Tally(Arc<Mutex<BTreeMap<String, u64>>>);

impl Tally {
    /// One more of these: `cut.swallowed`.
    pub fn add(&self, name: &str) {
        self.more(name, 1);
    }

    /// So many more of these.
    pub fn more(&self, name: &str, count: u64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(name.to_owned()).or_default() += count;
    }

    /// All that begin with this, without it.
    pub fn under(&self, prefix: &str) -> BTreeMap<String, u64> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().filter_map(|(name, count)| Some((name.strip_prefix(prefix)?.to_owned(), *count))).collect()
    }

    /// The sum of all that begin with this.
    pub fn sum(&self, prefix: &str) -> u64 {
        self.under(prefix).values().sum()
    }
}
