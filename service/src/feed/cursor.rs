//! Places in the feed, and the opaque, versioned text a client holds. A page may run ahead of its claim; only the claim is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gemilang_protocol::Cursor;

/// A row's place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Changes when the database was restored.
    pub generation: i32,
    /// The transaction that wrote it.
    pub xid: i64,
    /// Which of its rows.
    pub seq: i64,
}

impl Place {
    /// Before every row.
    pub const START: Self = Self { generation: 0, xid: 0, seq: 0 };

    /// What a client that holds everything up to here keeps.
    pub fn cursor(self) -> Cursor {
        Position { base: self, ..Position::default() }.cursor()
    }

    /// After every row of the generations before, and before every row of this one.
    pub const fn start_of(generation: i32) -> Self {
        Self { generation, xid: 0, seq: 0 }
    }
}

/// Where a reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// It holds every row up to here, whatever becomes visible later.
    pub base: Place,
    /// Within one catch-up: it was sent the visible rows up to here. Rows may still appear in between, so that the next catch-up starts at `base`.
    pub ahead: Option<Place>,
    /// The generation in which it was given, when a reader is still among the rows of an older one.
    pub given_in: Option<i32>,
}

impl Position {
    /// The text a client holds.
    pub fn cursor(self) -> Cursor {
        let Place { generation, xid, seq } = self.base;
        let mut text = format!("1.{generation}.{xid}.{seq}");
        if let Some(Place { generation, xid, seq }) = self.ahead {
            text.push_str(&format!(".{generation}.{xid}.{seq}"));
        }
        if let Some(generation) = self.given_in {
            text.push_str(&format!("@{generation}"));
        }
        Cursor(URL_SAFE_NO_PAD.encode(text))
    }

    /// Reads a client's text; nothing when it is none of ours.
    pub fn read(cursor: &Cursor) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&cursor.0).ok()?).ok()?;
        let (text, given_in) = match text.split_once('@') {
            Some((text, generation)) => (text, Some(generation.parse().ok()?)),
            None => (text.as_str(), None),
        };
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            ["1", base @ ..] if base.len() == 3 => Some(Self { base: place(base)?, ahead: None, given_in }),
            ["1", both @ ..] if both.len() == 6 => {
                Some(Self { base: place(&both[..3])?, ahead: Some(place(&both[3..])?), given_in })
            }
            _ => None,
        }
    }
}

fn place(parts: &[&str]) -> Option<Place> {
    let [generation, xid, seq] = parts else {
        return None;
    };
    let place = Place { generation: generation.parse().ok()?, xid: xid.parse().ok()?, seq: seq.parse().ok()? };
    (place >= Place::START && place.xid >= 0 && place.seq >= 0).then_some(place)
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
        let base = Place { generation: 2, xid: 900, seq: 17 };
        for position in [
            Position { base, ..Position::default() },
            Position { base, ahead: Some(Place { xid: 950, ..base }), given_in: None },
            Position { base, ahead: None, given_in: Some(3) },
            Position::default(),
        ] {
            assert_eq!(Position::read(&position.cursor()), Some(position));
        }
        for text in ["", "garbage", "MS4y", "MS4tMS4wLjA", "🙂", "t.5"] {
            assert_eq!(Position::read(&Cursor(text.to_owned())), None, "{text}");
        }
        assert_eq!(read_thread(&thread(7)), Some(7));
        assert_eq!(read_thread(&base.cursor()), None);
    }
}
