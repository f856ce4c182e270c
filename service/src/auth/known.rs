//! Sessions that were found lately, kept in memory for every door: the feed says when one ended or when its person
//! changed. No statement here; `sessions` asks the database when this knows nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::sessions::{Kind, Session};

/// Sessions in one half; there are two halves, so that twice as many are known at most.
const HALF: usize = 10_000;
/// How long a session is taken for granted, whatever the feed says: what is changed by hand in the tables, without
/// the feed's row, is noticed after so long.
const LIFE: Duration = Duration::from_secs(60);
/// How old the feed's last word may be. The hub reads it at every commit and at least once a second; when it cannot,
/// nothing is taken for granted and every request asks the database.
pub(crate) const DEAF: Duration = Duration::from_secs(3);

/// A token's SHA-256.
type Hash = [u8; 32];

/// A session as it was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// What is told to the doors.
    pub(super) session: Session,
    /// Which door it opens.
    pub(super) kind: Kind,
    /// From when on its next use must be written down.
    pub(super) slides_at: gemilang_protocol::Time,
}

/// The sessions that this process knows; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct KnownSessions(Arc<Mutex<Halves>>);

/// New ones go into the young half; when it is full, the old half is forgotten and the young one is old. Whoever comes
/// again meanwhile is young again, so that only the idle are forgotten.
#[derive(Debug, Default)]
struct Halves {
    young: HashMap<Hash, Entry>,
    old: HashMap<Hash, Entry>,
    /// Grows with everything that is forgotten for a reason.
    revision: u64,
}

#[derive(Debug)]
struct Entry {
    found: Found,
    at: Instant,
}

/// Where the book stood before the database was asked: what ends in between must not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Revision(u64);

impl KnownSessions {
    /// How many are known.
    pub fn len(&self) -> usize {
        let halves = self.halves();
        halves.young.len() + halves.old.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A session, if it may be taken for granted at `now`. `heard` is when the feed was last read to its end.
    pub(super) fn find(&self, hash: &Hash, now: Instant, heard: Option<Instant>) -> Option<Found> {
        if heard.is_none_or(|heard| now.saturating_duration_since(heard) > DEAF) {
            return None;
        }
        let mut halves = self.halves();
        let fresh = |entry: &Entry| now.saturating_duration_since(entry.at) <= LIFE;
        if let Some(entry) = halves.young.get(hash) {
            return fresh(entry).then(|| entry.found.clone());
        }
        let entry = halves.old.remove(hash).filter(fresh)?;
        let found = entry.found.clone();
        halves.put(*hash, entry);
        Some(found)
    }

    /// To be asked before the database is.
    pub(super) fn revision(&self) -> Revision {
        Revision(self.halves().revision)
    }

    /// Keeps what the database said, unless something ended since `asked`: it may have been this.
    pub(super) fn keep(&self, hash: Hash, found: Found, asked: Revision, at: Instant) {
        let mut halves = self.halves();
        if halves.revision == asked.0 {
            halves.old.remove(&hash);
            halves.put(hash, Entry { found, at });
        }
    }

    /// Forgets sessions that ended, and those of people who changed.
    pub(crate) fn forget(&self, ended: &[Uuid], people: &[Uuid]) {
        if ended.is_empty() && people.is_empty() {
            return;
        }
        let mut halves = self.halves();
        halves.revision += 1;
        let stays = |_: &Hash, entry: &mut Entry| {
            !ended.contains(&entry.found.session.id) && !people.contains(&entry.found.session.person.id)
        };
        halves.young.retain(stays);
        halves.old.retain(stays);
    }

    /// Forgets all: the feed may have said something that was not heard.
    pub(crate) fn forget_all(&self) {
        let mut halves = self.halves();
        halves.revision += 1;
        halves.young.clear();
        halves.old.clear();
    }

    fn halves(&self) -> MutexGuard<'_, Halves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Halves {
    fn put(&mut self, hash: Hash, entry: Entry) {
        if self.young.len() >= HALF && !self.young.contains_key(&hash) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, entry);
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::{Duty, Person, Role, Time, Zone};

    use super::*;

    fn hash(n: usize) -> Hash {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&n.to_le_bytes());
        hash
    }

    fn found(id: u128, person: u128) -> Found {
        let person = Person {
            id: Uuid::from_u128(person),
            name: "Rina".to_owned(),
            email: "rina@contoh.id".to_owned(),
            phone: None,
            role: Role::Customer,
            language: "id".to_owned(),
            zone: Zone::Wib,
            active: true,
            duty: Duty::Off,
            alerts: None,
            created_at: Time::default(),
        };
        let session =
            Session { id: Uuid::from_u128(id), person, scopes: Vec::new(), expires_at: Time::default(), slid: false };
        Found { session, kind: Kind::Portal, slides_at: Time::default() }
    }

    #[test]
    fn nothing_is_taken_for_granted_once_the_feed_is_silent_or_the_entry_old() {
        let known = KnownSessions::default();
        let now = Instant::now();
        known.keep(hash(1), found(1, 1), known.revision(), now);
        let at = |after: Duration, heard: Duration| known.find(&hash(1), now + after, Some(now + heard)).is_some();
        assert!(at(Duration::ZERO, Duration::ZERO));
        assert!(at(DEAF, Duration::ZERO));
        assert!(!at(DEAF + Duration::from_millis(1), Duration::ZERO));
        assert!(at(LIFE, LIFE));
        assert!(!at(LIFE + Duration::from_millis(1), LIFE));
        assert!(known.find(&hash(1), now, None).is_none(), "the feed was never read");
    }

    #[test]
    fn what_ended_or_changed_is_forgotten_and_nobody_else() {
        let known = KnownSessions::default();
        let now = Instant::now();
        for n in 0..4_u32 {
            known.keep(hash(n as usize), found(n.into(), (n / 2).into()), known.revision(), now);
        }
        known.forget(&[Uuid::from_u128(0)], &[Uuid::from_u128(1)]);
        let is_known = |n| known.find(&hash(n), now, Some(now)).is_some();
        assert_eq!([0, 1, 2, 3].map(is_known), [false, true, false, false]);
        known.forget_all();
        assert!(known.is_empty());
    }

    #[test]
    fn what_was_read_before_something_ended_is_not_kept() {
        let known = KnownSessions::default();
        let now = Instant::now();
        let asked = known.revision();
        known.forget(&[Uuid::from_u128(7)], &[]);
        known.keep(hash(7), found(7, 7), asked, now);
        assert!(known.find(&hash(7), now, Some(now)).is_none());
    }

    #[test]
    fn there_are_never_more_than_two_halves_and_whoever_comes_again_stays() {
        let known = KnownSessions::default();
        let now = Instant::now();
        for n in 0..10 * HALF {
            known.keep(hash(n), found(1, 1), known.revision(), now);
            assert!(known.len() <= 2 * HALF);
            assert!(known.find(&hash(0), now, Some(now)).is_some(), "after {n}");
        }
        assert!(known.find(&hash(1), now, Some(now)).is_none());
    }
}
