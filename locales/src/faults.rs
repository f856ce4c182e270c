//! Fields and faults: from a broken rule or a refusal's code to the sentence a person reads. The codes live in protocol.

use gemilang_protocol::{Code, FieldError};

use crate::{Language, Texts, Value};

/// The figures a refusal may carry into its sentence. What is not known is left at its default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures<'a> {
    /// For [`Code::WrongCredentials`]: tries left before the door is held shut.
    pub tries_left: Option<u32>,
    /// For 429: seconds until it is worth trying again.
    pub retry_after: Option<u64>,
    /// For [`Code::Validation`]: fields that break a rule.
    pub fields: usize,
    /// For [`Code::Unknown`]: the request's id, by which the fault is found in the logs.
    pub reference: Option<&'a str>,
}

/// The sentence beside a field that breaks a rule: `field-<field>-<rule>` where the field has words of its own, else `field-<rule>`.
pub fn field_text(language: Language, field: &str, error: &FieldError) -> String {
    let texts = Texts::of(language);
    let (rule, args) = rule(error);
    let own = format!("field-{field}-{rule}");
    if texts.has(&own) { texts.with(&own, &args) } else { texts.with(&format!("field-{rule}"), &args) }
}

fn rule(error: &FieldError) -> (&'static str, Vec<(&'static str, Value<'static>)>) {
    match *error {
        FieldError::Empty => ("empty", Vec::new()),
        FieldError::TooShort { least, is } => ("too_short", vec![("least", least.into()), ("n", is.into())]),
        FieldError::TooLong { most, is } => ("too_long", vec![("most", most.into()), ("n", is.into())]),
        FieldError::NotInList => ("not_in_list", Vec::new()),
        FieldError::NotAnEmail => ("not_an_email", Vec::new()),
        FieldError::NotAPhone => ("not_a_phone", Vec::new()),
        FieldError::Differs => ("differs", Vec::new()),
        FieldError::NotYours => ("not_yours", Vec::new()),
        FieldError::NotAPerson => ("not_a_person", Vec::new()),
        FieldError::Taken => ("taken", Vec::new()),
        FieldError::TooMany { most } => ("too_many", vec![("most", most.into())]),
        FieldError::BadCharacter => ("bad_character", Vec::new()),
    }
}

/// A refusal's short name, for a page's heading and a problem's `title`.
pub fn problem_title(language: Language, code: Code) -> String {
    Texts::of(language).get(&format!("error-title-{code}"))
}

/// What happened and what can be done, for a problem's `detail`.
pub fn problem_text(language: Language, code: Code, figures: &Figures<'_>) -> String {
    let texts = Texts::of(language);
    match code {
        Code::WrongCredentials => match figures.tries_left {
            Some(tries) => texts.with("error-wrong_credentials-tries", &[("n", tries.into())]),
            None => texts.get("error-wrong_credentials"),
        },
        Code::Throttled => match figures.retry_after {
            Some(seconds) => texts.with("error-throttled-minutes", &[("n", seconds.div_ceil(60).max(1).into())]),
            None => texts.get("error-throttled"),
        },
        Code::RateLimited => match figures.retry_after {
            Some(seconds) if seconds > 90 => {
                texts.with("error-rate_limited-minutes", &[("n", seconds.div_ceil(60).into())])
            }
            _ => texts.get("error-rate_limited"),
        },
        Code::Validation => texts.with("error-validation", &[("n", figures.fields.max(1).into())]),
        Code::Unknown => match figures.reference {
            Some(id) => texts.with("error-unknown-reference", &[("id", id.into())]),
            None => texts.get("error-unknown"),
        },
        _ => texts.get(&format!("error-{code}")),
    }
}

/// Why something in a desk's outbox was not sent, and what can be done about it there.
pub fn unsent_text(language: Language, code: Code) -> String {
    match code {
        Code::Malformed
        | Code::Validation
        | Code::NotFound
        | Code::IdTaken
        | Code::Forbidden
        | Code::TooLarge
        | Code::Unknown => Texts::of(language).get(&format!("unsent-{code}")),
        // Only a page's form has these: from a desk they are answers nobody foresaw.
        Code::ForeignForm => Texts::of(language).get("unsent-unknown"),
        _ => problem_text(language, code, &Figures::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_and_every_rule_has_a_sentence() {
        let rules = [
            FieldError::Empty,
            FieldError::TooShort { least: 20, is: 13 },
            FieldError::TooLong { most: 255, is: 300 },
            FieldError::NotInList,
            FieldError::NotAnEmail,
            FieldError::NotAPhone,
            FieldError::Differs,
            FieldError::NotYours,
            FieldError::NotAPerson,
            FieldError::Taken,
            FieldError::TooMany { most: 50 },
            FieldError::BadCharacter,
        ];
        for language in Language::ALL {
            for code in Code::ALL {
                for figures in [
                    Figures::default(),
                    Figures { tries_left: Some(2), retry_after: Some(600), fields: 3, reference: Some("7f3a") },
                ] {
                    let text = problem_text(*language, *code, &figures);
                    assert!(text.ends_with('.') && !text.contains(['$', '{']), "{code}: {text}");
                }
                assert!(!problem_title(*language, *code).starts_with("error-"), "{code}");
                let text = unsent_text(*language, *code);
                assert!(text.ends_with('.') && !text.contains(['$', '{']), "{code}: {text}");
                // There is no page to load again and no form to complete in an outbox.
                assert!(
                    !["halaman", "page", "bawah", "below"].iter().any(|word| text.contains(word)),
                    "{code}: {text}"
                );
            }
            for rule in &rules {
                for field in ["subject", "description", "category", "message", "email", "password", "x"] {
                    let text = field_text(*language, field, rule);
                    assert!(text.ends_with('.') && !text.contains(['$', '{']), "{field}: {text}");
                }
            }
        }
    }

    #[test]
    fn figures_are_said_as_the_words_page_says_them() {
        let say = |field, error| field_text(Language::Id, field, &error);
        assert_eq!(
            say("description", FieldError::TooShort { least: 20, is: 13 }),
            "Tulis minimal 20 huruf supaya kami langsung paham. Baru 13."
        );
        assert_eq!(say("subject", FieldError::Empty), "Isi judulnya dulu.");
        assert_eq!(
            say("message", FieldError::TooLong { most: 10_000, is: 10_001 }),
            "Pesan terlalu panjang, paling banyak 10.000 huruf."
        );
        let one = Figures { fields: 1, ..Figures::default() };
        assert_eq!(problem_text(Language::Id, Code::Validation, &one), "Belum terkirim. Lengkapi satu isian di bawah.");
        let throttled = Figures { retry_after: Some(61), ..Figures::default() };
        assert_eq!(
            problem_text(Language::Id, Code::Throttled, &throttled),
            "Terlalu banyak percobaan. Coba lagi dalam 2 menit."
        );
        assert_eq!(
            problem_text(Language::En, Code::WrongCredentials, &Figures { tries_left: Some(1), ..Figures::default() }),
            "Email or password does not match. One try left."
        );
    }
}
