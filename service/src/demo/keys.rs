//! Keys: passwords, and the ids of everything that is told. All of it follows from one random salt and the time of the telling, so that telling again is recognised as the same.

use gemilang_protocol::Time;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Letters and digits that nobody mistakes for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// One telling.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Keys {
    /// The "now" of all stories.
    pub(super) at: Time,
    /// Kept secret as long as the passwords are.
    salt: [u8; 32],
}

impl Keys {
    /// Those of a new telling.
    pub(super) fn fresh(at: Time) -> Self {
        Self { at, salt: rand::random() }
    }

    /// A person's password: four groups of four, 80 bits.
    pub(super) fn password(&self, person: &str) -> String {
        let letters =
            self.digest("password", person).map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        letters[..16].chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    }

    /// The id of what is told under this name, made at this time.
    pub(super) fn id(&self, name: &str, at: Time) -> Uuid {
        let digest = self.digest("id", name);
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        let millis = at.timestamp_millis().max(0).unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn digest(&self, what: &str, name: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.salt);
        hash.update(what);
        hash.update([0]);
        hash.update(name);
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_telling_makes_the_same_keys_and_another_does_not() {
        let at = "2026-11-30T07:00:00Z".parse().unwrap();
        let (keys, other) = (Keys::fresh(at), Keys::fresh(at));
        assert_eq!(keys.password("rina"), keys.clone().password("rina"));
        assert_ne!(keys.password("rina"), keys.password("roro"));
        assert_ne!(keys.password("rina"), other.password("rina"));
        assert_eq!(keys.password("rina").len(), 19);
        assert_eq!(keys.id("a", at), keys.id("a", at));
        assert_eq!(keys.id("a", at).get_version_num(), 7);
        assert_ne!(keys.id("a", at), keys.id("b", at));
    }
}
