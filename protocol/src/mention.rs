//! Mentions: colleagues that a note calls by their names, as `@Rina Larasati`. Found in the text itself, so that it does not matter who typed it, or how.

use std::ops::Range;

use crate::PersonRef;

/// Where a text calls whom: the bytes of the name with its sign. A longer name goes before a shorter one that begins alike.
pub fn marks<'a>(text: &str, people: &'a [PersonRef]) -> Vec<(Range<usize>, &'a PersonRef)> {
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        from = at + 1;
        // Within a word it is an address.
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let called = people.iter().filter_map(|person| Some((end(&text[from..], &person.name)?, person)));
        let Some(length) = called.clone().map(|(length, _)| length).max() else { continue };
        // Two of one name are both meant.
        marks.extend(called.filter(|(it, _)| *it == length).map(|(_, person)| (at..from + length, person)));
        from += length;
    }
    marks
}

/// Whom a text calls, each once, in the order of the text.
pub fn mentioned(text: &str, people: &[PersonRef]) -> Vec<PersonRef> {
    let mut called: Vec<PersonRef> = Vec::new();
    for (_, person) in marks(text, people) {
        if !called.iter().any(|it| it.id == person.id) {
            called.push(person.clone());
        }
    }
    called
}

/// How many bytes of the text are this name, if it begins with it and goes on with another word.
fn end(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = letters.as_str();
    (!name.is_empty() && !rest.chars().next().is_some_and(char::is_alphanumeric)).then(|| text.len() - rest.len())
}

/// The beginning of a name that is being typed: where its sign stands, and the letters after it up to the cursor.
pub fn typed(text: &str, cursor: usize) -> Option<(usize, &str)> {
    let before = text.get(..cursor)?;
    let at = before.rfind('@')?;
    let name = &before[at + 1..];
    let is_word = !before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    // A name has few words; what goes on for longer is no name any more.
    let is_name = !name.contains(['\n', '@']) && name.split(' ').count() <= 4 && !name.starts_with(' ');
    (is_word && is_name).then_some((at, name))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn people() -> Vec<PersonRef> {
        let names = ["Rina", "Rina Larasati", "Bagas Wicaksono", "Ni Luh Ayu", "Dimas", "Dimas"];
        let person = |(n, name): (usize, &&str)| PersonRef { id: Uuid::from_u128(n as u128), name: (*name).to_owned() };
        names.iter().enumerate().map(person).collect()
    }

    fn called(text: &str) -> Vec<u128> {
        mentioned(text, &people()).iter().map(|person| person.id.as_u128()).collect()
    }

    #[test]
    fn a_note_calls_whom_it_names() {
        assert_eq!(called("@Bagas Wicaksono tolong dicek, @rina larasati juga."), [2, 1]);
        assert_eq!(called("@Rina, sudah?"), [0], "the shorter of two");
        assert_eq!(called("(@Ni Luh Ayu) @Ni Luh Ayu"), [3], "once");
        assert_eq!(called("@Dimas"), [4, 5], "two of one name");
        for nobody in ["Bagas Wicaksono", "surel@Rina.id", "@Rinawati", "@", "@Bagas", "🙏@"] {
            assert!(called(nobody).is_empty(), "{nobody}");
        }
        let text = "Pagi, @Rina Larasati!";
        let people = people();
        let marks: Vec<_> = marks(text, &people).into_iter().map(|(mark, _)| &text[mark]).collect();
        assert_eq!(marks, ["@Rina Larasati"]);
    }

    #[test]
    fn a_name_is_typed_from_its_sign_to_the_cursor() {
        assert_eq!(typed("Halo @Ri", 8), Some((5, "Ri")));
        assert_eq!(typed("@", 1), Some((0, "")));
        assert_eq!(typed("@Ni Luh A", 9), Some((0, "Ni Luh A")));
        for (text, cursor) in
            [("a@b", 3), ("Halo", 4), ("@ ", 2), ("@a\nb", 4), ("@Rina sudah saya cek ya", 23), ("é", 1)]
        {
            assert_eq!(typed(text, cursor), None, "{text}");
        }
    }
}
