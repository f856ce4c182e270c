//! The ledger: who wrote what, in which order, and what they were told became of it. Every text bears a mark of its own, so that a copy is a copy under whatever id.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gemilang_protocol::Time;
use uuid::Uuid;

/// An author's mark on a text: `k3-17` is the seventeenth of customer 3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// `k3`: customer 3; `s3`: who sits at desk 3; `d3`: the third desk of a crash.
    pub author: String,
    /// Counts what they wrote.
    pub seq: u64,
}

impl Mark {
    /// The text with its mark.
    pub fn text(&self, words: &str) -> String {
        format!("[{self}] {words}")
    }

    /// Whether somebody at a desk wrote it.
    pub fn is_staffs(&self) -> bool {
        self.author.starts_with('s')
    }

    /// The mark of a text; nothing when it is none of ours.
    pub fn of(text: &str) -> Option<Self> {
        let (mark, _) = text.strip_prefix('[')?.split_once(']')?;
        let (author, seq) = mark.split_once('-')?;
        Some(Self { author: author.to_owned(), seq: seq.parse().ok()? })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.author, self.seq)
    }
}

/// What an author knows of what they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Nothing was said: the desk's core died over it. It may be there, once.
    Unsaid,
    /// It was said to be kept, and is on its way: it must be there once, or be held or failed in the outbox.
    Kept,
    /// It was said to be sent: it must be there once.
    Sent,
    /// Its author wanted it back when it may have been on its way: once, or not at all.
    Wanted,
    /// It was said to be taken back: it must not be there.
    TakenBack,
    /// It was said to be refused: it must not be there.
    Refused(String),
}

/// Something that was written.
#[derive(Debug, Clone)]
pub struct Said {
    /// Where.
    pub ticket: Uuid,
    /// Its id, made by its author.
    pub id: Uuid,
    /// What its author knows.
    pub fate: Fate,
    /// When its author was told that it is sent.
    pub told_at: Option<Time>,
    /// It stands in the place of another text: its own number says nothing of its place.
    pub reworded: bool,
    /// An internal note.
    pub note: bool,
    /// It stood in the tables, and a restore took it. Whether it is sent again is its author's choice, and when.
    pub lost: bool,
}

/// Everything that was written. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Arc<Mutex<BTreeMap<Mark, Said>>>);

impl Ledger {
    /// Notes what is about to be written.
    pub fn write(&self, mark: Mark, ticket: Uuid, id: Uuid, note: bool) {
        let said = Said { ticket, id, fate: Fate::Unsaid, told_at: None, reworded: false, note, lost: false };
        self.all().insert(mark, said);
    }

    /// Changes what is known of something.
    pub fn learn(&self, mark: &Mark, learn: impl FnOnce(&mut Said)) {
        if let Some(said) = self.all().get_mut(mark) {
            learn(said);
        }
    }

    /// It was said to be so.
    pub fn tell(&self, mark: &Mark, fate: Fate) {
        self.learn(mark, |said| {
            if fate == Fate::Sent {
                said.told_at = Some(chrono::Utc::now());
            }
            said.fate = fate;
        });
    }

    /// Everything, as it stands now.
    pub fn read(&self) -> BTreeMap<Mark, Said> {
        self.all().clone()
    }

    /// Messages that their authors were told are sent since then, by ticket.
    pub fn told_since(&self, since: Time) -> Vec<(Uuid, Uuid, Time)> {
        let mut told: Vec<_> = self
            .all()
            .values()
            .filter(|said| !said.note && !said.lost)
            .filter_map(|said| Some((said.ticket, said.id, said.told_at.filter(|at| *at >= since)?)))
            .collect();
        told.sort_unstable();
        told
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Mark, Said>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back_from_its_text() {
        let mark = Mark { author: "k3".to_owned(), seq: 17 };
        assert_eq!(Mark::of(&mark.text("Halo, Kak")), Some(mark));
        for text in ["Halo", "[k3] Halo", "[k3-x] Halo", "[k3-1 Halo"] {
            assert_eq!(Mark::of(text), None, "{text}");
        }
    }
}
