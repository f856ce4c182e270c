//! Places in the feed, and the opaque, versioned text a client holds. A page may run ahead of its claim; only the claim is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use gemilang_protocol::{Cursor, Time};

/// A row's place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Changes when the database was restored.
    pub generation: i32,
    /// The transaction that wrote it.
    pub xid: i64,
    /// Which of its rows.
    pub seq: i64,
    /// When it was written: no other row that takes this place, after files were copied back, was written at the same
    /// microsecond. Nothing where no row is, and in cursors of older services. It comes last, so that it orders nothing.
    pub created_at: Option<Time>,
}

impl Place {
    /// Before every row.
    pub const START: Self = Self::start_of(0);

    /// After every row of the generations before, and before every row of this one.
    pub const fn start_of(generation: i32) -> Self {
        Self { generation, xid: 0, seq: 0, created_at: None }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { generation, xid, seq, created_at } = self;
        write!(f, "{generation}.{xid}.{seq}")?;
        created_at.map_or(Ok(()), |at| write!(f, ".{}", at.timestamp_micros()))
    }
}

/// Where a reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// It holds every row up to here, whatever becomes visible later.
    pub base: Place,
    /// The last row above `base` that it was told: `base` stops below the oldest open transaction, and a database that went
    /// back may know that place and nothing of what was told behind it.
    pub told: Option<Place>,
    /// It is within one catch-up, which goes on behind `told`. Rows may still appear in between, so that the next one
    /// starts at `base`.
    pub midway: bool,
    /// The generation in which it was given, when a reader is still among the rows of an older one.
    pub given_in: Option<i32>,
}

impl Position {
    /// After which place its reader is told more.
    pub fn next(self) -> Place {
        self.told.filter(|_| self.midway).unwrap_or(self.base)
    }

    /// Where a reader is who was here, and was told what leads there too.
    #[must_use]
    pub fn and(self, to: Self) -> Self {
        let base = self.base.max(to.base);
        Self { base, told: self.told.max(to.told).filter(|told| *told > base), ..Self::default() }
    }

    /// The text a client holds.
    pub fn cursor(self) -> Cursor {
        Cursor(URL_SAFE_NO_PAD.encode(self.text()))
    }

    /// The same, for a cursor that holds more.
    pub(crate) fn text(self) -> String {
        let mut text = format!("2/{}", self.base);
        if let Some(told) = self.told {
            text.push_str(&format!("{}{told}", if self.midway { '/' } else { '~' }));
        }
        if let Some(generation) = self.given_in {
            text.push_str(&format!("@{generation}"));
        }
        text
    }

    /// Reads a client's text; nothing when it is none of ours.
    pub fn read(cursor: &Cursor) -> Option<Self> {
        Self::of(&String::from_utf8(URL_SAFE_NO_PAD.decode(&cursor.0).ok()?).ok()?)
    }

    /// Reads a text.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (text, given_in) = match text.split_once('@') {
            Some((text, generation)) => (text, Some(generation.parse().ok()?)),
            None => (text, None),
        };
        if let Some(places) = text.strip_prefix("2/") {
            let (base, told, midway) = match places.split_once(['/', '~']) {
                Some((base, told)) => (base, Some(told.split('.').collect::<Vec<_>>()), places.contains('/')),
                None => (places, None, false),
            };
            let told = match told {
                Some(told) => Some(place(&told)?),
                None => None,
            };
            return Some(Self { base: place(&base.split('.').collect::<Vec<_>>())?, told, midway, given_in });
        }
        // Older services did not say when the rows were written.
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            ["1", base @ ..] if base.len() == 3 => {
                Some(Self { base: place(base)?, told: None, midway: false, given_in })
            }
            ["1", both @ ..] if both.len() == 6 => {
                Some(Self { base: place(&both[..3])?, told: Some(place(&both[3..])?), midway: true, given_in })
            }
            _ => None,
        }
    }
}

fn place(parts: &[&str]) -> Option<Place> {
    let (generation, xid, seq, created_at) = match parts {
        [generation, xid, seq] => (generation, xid, seq, None),
        [generation, xid, seq, at] => (generation, xid, seq, Some(DateTime::from_timestamp_micros(at.parse().ok()?)?)),
        _ => return None,
    };
    let place =
        Place { generation: generation.parse().ok()?, xid: xid.parse().ok()?, seq: seq.parse().ok()?, created_at };
    (place.generation >= 0 && place.xid >= 0 && place.seq >= 0).then_some(place)
}

/// Where a reader of one ticket is: its events come in order of `n`, so that `n` is all it needs.
pub fn thread(n: i64) -> Cursor {
    Cursor(URL_SAFE_NO_PAD.encode(format!("t.{n}")))
}

/// The `n` in a [`thread`] cursor; nothing when it is none of ours.
pub fn read_thread(cursor: &Cursor) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&cursor.0).ok()?).ok()?;
    let n: i64 = text.strip_prefix("t.")?.parse().ok()?;
    (n >= 0).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_garbage_is_not() {
        let created_at = DateTime::from_timestamp_micros(1_795_312_800_000_123);
        let base = Place { generation: 2, xid: 900, seq: 17, created_at };
        let told = Some(Place { xid: 950, ..base });
        for position in [
            Position { base, ..Position::default() },
            Position { base, told, ..Position::default() },
            Position { base, told, midway: true, ..Position::default() },
            Position { base, given_in: Some(3), ..Position::default() },
            Position { base, told, midway: true, given_in: Some(3) },
            Position { base: Place::start_of(4), told, ..Position::default() },
            Position::default(),
        ] {
            assert_eq!(Position::read(&position.cursor()), Some(position));
        }
        for text in ["", "garbage", "MS4y", "MS4tMS4wLjA", "🙂", "t.5"] {
            assert_eq!(Position::read(&Cursor(text.to_owned())), None, "{text}");
        }
        for text in
            ["2/", "2/1.2", "2/1.2.-3", "2/1.2.3.x", "2/1.2.3.4.5", "2/1.2.3~", "2/1.2.3/4", "2/1.2.3@", "3/1.2.3"]
        {
            assert_eq!(Position::of(text), None, "{text}");
        }
        let cursor = Position { base, ..Position::default() }.cursor();
        assert_eq!(read_thread(&thread(7)), Some(7));
        assert_eq!(read_thread(&cursor), None);
    }

    #[test]
    fn a_cursor_of_an_older_service_is_read() {
        let base = Place { generation: 2, xid: 900, seq: 17, created_at: None };
        let told = Some(Place { xid: 950, ..base });
        for (text, position) in [
            ("1.2.900.17", Position { base, ..Position::default() }),
            ("1.2.900.17@3", Position { base, given_in: Some(3), ..Position::default() }),
            ("1.2.900.17.2.950.17", Position { base, told, midway: true, ..Position::default() }),
        ] {
            assert_eq!(Position::of(text), Some(position), "{text}");
        }
    }
}
