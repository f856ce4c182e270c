//! The rules of what may be written, once for portal, API and desk. A broken rule names its field and carries figures, never a sentence.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Characters a subject may have.
pub const SUBJECT_MOST: usize = 255;
/// Characters a ticket's description must have.
pub const DESCRIPTION_LEAST: usize = 20;
/// Characters a description, message or note may have.
pub const TEXT_MOST: usize = 10_000;
/// Characters a tag may have.
pub const TAG_MOST: usize = 30;
/// Characters the name of a saved view may have.
pub const VIEW_NAME_MOST: usize = 60;
/// Characters what narrows a saved view may have.
pub const VIEW_TEXT_MOST: usize = 500;
/// Characters a password must have.
pub const PASSWORD_LEAST: usize = 10;
/// Characters a password may have; hashing a novel helps nobody.
pub const PASSWORD_MOST: usize = 1_000;
/// Characters a name may have.
pub const NAME_MOST: usize = 120;
/// Bytes a request body may have (files have their own door).
pub const BODY_MOST: usize = 256 * 1024;

/// Which rule a field breaks. The sentence is in `locales/`, under `field-<code>` or `field-<field>-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum FieldError {
    /// Nothing was written.
    Empty,
    /// Fewer characters than `least`; `is` were written.
    TooShort {
        /// The least.
        least: usize,
        /// What was written.
        is: usize,
    },
    /// More characters than `most`; `is` were written.
    TooLong {
        /// The most.
        most: usize,
        /// What was written.
        is: usize,
    },
    /// Not one of the list.
    NotInList,
    /// Not an email address.
    NotAnEmail,
    /// Not a phone number.
    NotAPhone,
    /// The two passwords differ.
    Differs,
    /// An order that is not the customer's own.
    NotYours,
    /// Not an id of ours, or of somebody who cannot be chosen.
    NotAPerson,
    /// An account with this address exists.
    Taken,
    /// As many as there may be are there.
    TooMany {
        /// The most.
        most: usize,
    },
    /// A character that cannot be stored (NUL).
    BadCharacter,
}

/// The broken rules, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub BTreeMap<&'static str, FieldError>);

impl Fields {
    /// Notes the first broken rule of a field; later ones of the same field are dropped.
    pub fn put(&mut self, field: &'static str, error: FieldError) {
        self.0.entry(field).or_insert(error);
    }

    /// Keeps a checked value, or notes why there is none.
    pub fn take<T>(&mut self, field: &'static str, checked: Result<T, FieldError>) -> Option<T> {
        checked.map_err(|error| self.put(field, error)).ok()
    }

    /// Whether every rule was kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A ticket's subject: trimmed, one line, 1 to [`SUBJECT_MOST`] characters.
///
/// # Errors
/// Empty, too long, or a NUL.
pub fn subject(text: &str) -> Result<String, FieldError> {
    let line = line(text)?;
    within(&line, 1, SUBJECT_MOST)?;
    Ok(line)
}

/// A ticket's description: trimmed, [`DESCRIPTION_LEAST`] to [`TEXT_MOST`] characters.
///
/// # Errors
/// Empty, too short, too long, or a NUL.
pub fn description(text: &str) -> Result<String, FieldError> {
    let text = clean(text)?;
    within(&text, DESCRIPTION_LEAST, TEXT_MOST)?;
    Ok(text)
}

/// A tag: one line in small letters, words parted by single spaces, 1 to [`TAG_MOST`] characters.
///
/// # Errors
/// Empty, too long, or a NUL.
pub fn tag(text: &str) -> Result<String, FieldError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = line(words.join(" ").trim_start_matches('#').to_lowercase().trim())?;
    within(&line, 1, TAG_MOST)?;
    Ok(line)
}

/// A message or note: trimmed, 1 to [`TEXT_MOST`] characters.
///
/// # Errors
/// Empty, too long, or a NUL.
pub fn message(text: &str) -> Result<String, FieldError> {
    let text = clean(text)?;
    within(&text, 1, TEXT_MOST)?;
    Ok(text)
}

/// A person's name: trimmed, one line, 1 to [`NAME_MOST`] characters.
///
/// # Errors
/// Empty, too long, or a NUL.
pub fn name(text: &str) -> Result<String, FieldError> {
    let line = line(text)?;
    within(&line, 1, NAME_MOST)?;
    Ok(line)
}

/// The name of a saved view: trimmed, one line, 1 to [`VIEW_NAME_MOST`] characters.
///
/// # Errors
/// Empty, too long, or a NUL.
pub fn view_name(text: &str) -> Result<String, FieldError> {
    let line = line(text)?;
    within(&line, 1, VIEW_NAME_MOST)?;
    Ok(line)
}

/// What narrows a saved view, as typed: one line, at most [`VIEW_TEXT_MOST`] characters.
///
/// # Errors
/// Too long, or a NUL.
pub fn view_text(text: &str) -> Result<String, FieldError> {
    let line = line(text)?;
    if !line.is_empty() {
        within(&line, 1, VIEW_TEXT_MOST)?;
    }
    Ok(line)
}

/// A value of a list of words, such as a category.
///
/// # Errors
/// Not in the list.
pub fn word<T: FromStr>(text: &str) -> Result<T, FieldError> {
    text.trim().parse().map_err(|_| FieldError::NotInList)
}

/// An email address, lower case. Only what can never be one is refused: the mail itself is the proof.
///
/// # Errors
/// Empty, or not an address.
pub fn email(text: &str) -> Result<String, FieldError> {
    let text = clean(text)?.to_lowercase();
    if text.is_empty() {
        return Err(FieldError::Empty);
    }
    let Some((local, domain)) = text.split_once('@') else {
        return Err(FieldError::NotAnEmail);
    };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let good = !local.is_empty()
        && local.len() <= 64
        && text.len() <= 254
        && !local.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>(),;:\"[]\\".contains(c))
        && domain.contains('.')
        && domain.split('.').all(label);
    if good { Ok(text) } else { Err(FieldError::NotAnEmail) }
}

/// A phone number as E.164. An Indonesian number may be written `0812-3456-0198`.
///
/// # Errors
/// Empty, or not a number that can be dialled.
pub fn phone(text: &str) -> Result<String, FieldError> {
    let text = clean(text)?;
    if text.is_empty() {
        return Err(FieldError::Empty);
    }
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
    let international = if let Some(rest) = digits.strip_prefix('+') {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("62{rest}")
    } else {
        digits
    };
    let good = international.bytes().all(|byte| byte.is_ascii_digit())
        && (9..=15).contains(&international.len())
        && !international.starts_with('0')
        && !international.starts_with("620");
    if good { Ok(format!("+{international}")) } else { Err(FieldError::NotAPhone) }
}

/// A new password, exactly as typed.
///
/// # Errors
/// Shorter than [`PASSWORD_LEAST`] or longer than [`PASSWORD_MOST`] characters.
pub fn password(text: &str) -> Result<String, FieldError> {
    within(text, PASSWORD_LEAST, PASSWORD_MOST)?;
    Ok(text.to_owned())
}

/// Trims, turns the line ends of forms into `\n`, and refuses what Postgres cannot store.
fn clean(text: &str) -> Result<String, FieldError> {
    if text.contains('\0') {
        return Err(FieldError::BadCharacter);
    }
    Ok(text.replace("\r\n", "\n").trim().to_owned())
}

/// One line. What turns the reading direction is left out: such a line would turn the words of others beside it.
fn line(text: &str) -> Result<String, FieldError> {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words = |c: char| c.is_whitespace() || c.is_control();
    let plain: String = clean(text)?.chars().filter(|c| !turns(*c)).collect();
    Ok(plain.split(words).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether a character leaves no mark on a screen: a text of these alone is as empty as none.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn within(text: &str, least: usize, most: usize) -> Result<(), FieldError> {
    match text.chars().count() {
        _ if text.chars().all(is_invisible) => Err(FieldError::Empty),
        is if is < least => Err(FieldError::TooShort { least, is }),
        is if is > most => Err(FieldError::TooLong { most, is }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_in_one_direction() {
        assert_eq!(name("Rina\u{202e}gnuR\u{2066}\r\nBcc:\u{1b} x").as_deref(), Ok("RinagnuR Bcc: x"));
        assert_eq!(
            subject("Gladi\u{2028}resik \u{1f469}\u{200d}\u{1f373}").as_deref(),
            Ok("Gladi resik \u{1f469}\u{200d}\u{1f373}")
        );
        assert_eq!(name("\u{202e}\u{2069}"), Err(FieldError::Empty));
    }

    #[test]
    fn characters_are_counted_as_people_count_them() {
        assert_eq!(description("🙏🙏🙏"), Err(FieldError::TooShort { least: 20, is: 3 }));
        assert_eq!(subject(&"é".repeat(256)), Err(FieldError::TooLong { most: 255, is: 256 }));
        assert!(subject(&"é".repeat(255)).is_ok());
        assert_eq!(message(" \r\n "), Err(FieldError::Empty));
        assert_eq!(message("a\0b"), Err(FieldError::BadCharacter));
        assert_eq!(message("\u{200b}\u{2060}\u{feff}"), Err(FieldError::Empty));
        assert_eq!(name("\u{200b}"), Err(FieldError::Empty));
        assert_eq!(subject(" dua\nbaris "), Ok("dua baris".to_owned()));
    }

    #[test]
    fn phones_become_international() {
        for text in ["0812-3456-0198", "+62 812 3456 0198", "62812 34560198", "(0812) 3456.0198"] {
            assert_eq!(phone(text).as_deref(), Ok("+6281234560198"), "{text}");
        }
        for text in ["0812", "abc", "+0812345678", "0812-3456-0198-5555-66"] {
            assert_eq!(phone(text), Err(FieldError::NotAPhone), "{text}");
        }
    }

    #[test]
    fn emails_that_cannot_be_are_refused() {
        assert_eq!(email(" Rina@Contoh.ID ").as_deref(), Ok("rina@contoh.id"));
        for text in ["rina", "rina@", "@contoh.id", "ri na@contoh.id", "rina@contoh", "rina@con..toh", "a@b@c.id"] {
            assert_eq!(email(text), Err(FieldError::NotAnEmail), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_checked_text_passes_again(text in ".*") {
            if let Ok(checked) = message(&text) {
                proptest::prop_assert_eq!(message(&checked), Ok(checked.clone()));
            }
            if let Ok(checked) = subject(&text) {
                proptest::prop_assert_eq!(subject(&checked), Ok(checked.clone()));
            }
        }
    }
}
