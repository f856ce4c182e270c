//! Turns: who counts before they write takes one first, so that a rush of the same person's requests is counted one by one.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

/// Places to wait at. Two keys that share one wait for each other now and then, which is all that happens.
const PLACES: usize = 1_024;

/// Turns of one kind of key. Holds for this process; others can overshoot a limit by one request each.
#[derive(Debug, Clone)]
pub struct Turns {
    places: Arc<[Mutex<()>]>,
    // Seeded afresh in each process, so that nobody can choose whom they make wait.
    hasher: RandomState,
}

impl Default for Turns {
    fn default() -> Self {
        Self { places: (0..PLACES).map(|_| Mutex::default()).collect(), hasher: RandomState::new() }
    }
}

impl Turns {
    /// Waits until nobody else has the turn of this key. Never take two of the same kind at once.
    pub async fn take(&self, key: impl Hash) -> MutexGuard<'_, ()> {
        let place = usize::try_from(self.hasher.hash_one(key) % PLACES as u64).unwrap_or_default();
        self.places[place].lock().await
    }
}
