//! Seats: how many live lines a session and a person hold in this process. Each costs memory and every commit's news, so
//! nobody may hold them all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gemilang_protocol::Code;
use uuid::Uuid;

use crate::Result;
use crate::auth::Session;

/// The lines that are open, by session and by person; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<Uuid, usize>>>);

/// One open line; its place is free again once this is dropped.
#[derive(Debug)]
pub struct Seat {
    seats: Seats,
    keys: [Uuid; 2],
}

impl Seats {
    /// Takes a place for a line, of which a person may have `most` and a session half as many.
    ///
    /// # Errors
    /// `too_many_lines`.
    pub fn take(&self, session: &Session, most: usize) -> Result<Seat> {
        let keys = [session.id, session.person.id];
        let mut open = self.open();
        for (key, most) in keys.iter().zip([most.div_ceil(2), most]) {
            if open.get(key).is_some_and(|count| *count >= most) {
                return Err(Code::TooManyLines.into());
            }
        }
        for key in keys {
            *open.entry(key).or_default() += 1;
        }
        Ok(Seat { seats: self.clone(), keys })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.seats.open();
        for key in self.keys {
            if let Some(count) = open.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    open.remove(&key);
                }
            }
        }
    }
}
