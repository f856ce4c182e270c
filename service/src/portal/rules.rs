//! The rules of a form's fields as its page knows them, so that a field is checked while it is filled in: the figures are
//! `protocol::validate`'s and the sentences those that the service says.

use gemilang_locales::{Language, field_text};
use gemilang_protocol::FieldError;
use serde::Serialize;

/// Stands in a sentence for how many characters there are, until the page knows. No limit of ours has this figure.
const IS: usize = 777;

/// What a field must be.
#[derive(Debug, Serialize)]
pub(super) struct Rule {
    least: usize,
    most: usize,
    empty: String,
    short: String,
    long: String,
}

/// The rule of a text field, as an attribute for the page's script.
pub(super) fn rule(language: Language, field: &str, least: usize, most: usize) -> String {
    let say = |error: FieldError| field_text(language, field, &error).replace(&IS.to_string(), "{n}");
    let rule = Rule {
        least,
        most,
        empty: say(FieldError::Empty),
        short: say(FieldError::TooShort { least, is: IS }),
        long: say(FieldError::TooLong { most, is: IS }),
    };
    serde_json::to_string(&rule).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::validate::{DESCRIPTION_LEAST, SUBJECT_MOST, TEXT_MOST};

    use super::*;

    #[test]
    fn the_figure_has_its_place_in_every_sentence_that_names_it() {
        for language in Language::ALL {
            let short = rule(*language, "description", DESCRIPTION_LEAST, TEXT_MOST);
            assert!(short.contains("{n}") && short.contains("20"), "{short}");
            let long = rule(*language, "subject", 1, SUBJECT_MOST);
            assert!(long.contains("{n}") && long.contains("255"), "{long}");
        }
    }
}
