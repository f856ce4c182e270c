//! Keys as they are pressed, whatever the layout.

use super::Chord;

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed<'a> {
    /// Its name, as the browser tells it.
    pub key: &'a str,
    /// With Ctrl, or Command.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift.
    pub shift: bool,
}

impl Pressed<'_> {
    /// Whether these are the keys of a chord.
    pub fn is(self, chord: Chord) -> bool {
        let Some((name, held)) = chord.split_last() else { return false };
        let key = match self.key {
            "ArrowDown" => "↓",
            "ArrowUp" => "↑",
            "Enter" => "↵",
            "Escape" => "Esc",
            "PageDown" => "PgDn",
            "PageUp" => "PgUp",
            key => key,
        };
        // Where a sign stands on the keyboard, and whether Shift makes it, is another matter on every layout.
        let is_sign = name.chars().count() == 1 && !name.chars().all(char::is_alphanumeric) && !"↓↑↵".contains(name);
        key.eq_ignore_ascii_case(name)
            && self.ctrl == held.contains(&"Ctrl")
            && self.alt == held.contains(&"Alt")
            && (is_sign || self.shift == held.contains(&"Shift"))
    }

    /// Whether a field, where letters are letters, has no use for it.
    pub fn leaves_fields(self) -> bool {
        let edits = ["z", "a", "c", "v", "x", "y"].iter().any(|key| self.key.eq_ignore_ascii_case(key));
        self.alt || self.ctrl && (self.shift || !edits)
    }
}
