//! The texts of one language: built once from the embedded Fluent files, shared by all threads. No choice of language here.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Language as Subtag;

use crate::{Language, dates};

/// What a text can be filled with: a number (written with its thousands apart) or a string.
pub type Value<'a> = fluent_bundle::FluentValue<'a>;

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// The embedded files of a language, by name.
pub(crate) const fn files(language: Language) -> [(&'static str, &'static str); 6] {
    match language {
        Language::Id => [
            ("id/common.ftl", include_str!("../id/common.ftl")),
            ("id/errors.ftl", include_str!("../id/errors.ftl")),
            ("id/portal.ftl", include_str!("../id/portal.ftl")),
            ("id/mail.ftl", include_str!("../id/mail.ftl")),
            ("id/desk.ftl", include_str!("../id/desk.ftl")),
            ("id/alerts.ftl", include_str!("../id/alerts.ftl")),
        ],
        Language::En => [
            ("en/common.ftl", include_str!("../en/common.ftl")),
            ("en/errors.ftl", include_str!("../en/errors.ftl")),
            ("en/portal.ftl", include_str!("../en/portal.ftl")),
            ("en/mail.ftl", include_str!("../en/mail.ftl")),
            ("en/desk.ftl", include_str!("../en/desk.ftl")),
            ("en/alerts.ftl", include_str!("../en/alerts.ftl")),
        ],
    }
}

impl Texts {
    /// The texts of a language, built at the first call.
    pub fn of(language: Language) -> &'static Self {
        static ID: OnceLock<Texts> = OnceLock::new();
        static EN: OnceLock<Texts> = OnceLock::new();
        match language {
            Language::Id => ID.get_or_init(|| Self::build(language)),
            Language::En => EN.get_or_init(|| Self::build(language)),
        }
    }

    fn build(language: Language) -> Self {
        let subtag = Subtag::from_bytes(language.tag().as_bytes()).unwrap_or_default();
        let tag = LanguageIdentifier::from_parts(subtag, None, None, &[]);
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks would show as stray characters in titles, mails and native pop-ups; both languages run left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Id => write_id,
            Language::En => write_en,
        }));
        for (_, text) in files(language) {
            // A broken line costs its own key only; the tests refuse it before anybody sees it.
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Which language these are.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether the key exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The text of a key; the key itself when there is none.
    pub fn get(&self, key: &str) -> String {
        self.write(key, None)
    }

    /// The text of a key, filled in: `texts.with("new-messages", &[("n", 3.into())])`.
    pub fn with(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.write(key, Some(&args))
    }

    fn write(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        // Faults here are a missing argument; Fluent then writes its name, which is better than nothing.
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut faults).into_owned()
    }
}

fn write_id<M>(value: &Value<'_>, _: &M) -> Option<String> {
    whole(value).map(|number| dates::number(number, Language::Id))
}

fn write_en<M>(value: &Value<'_>, _: &M) -> Option<String> {
    whole(value).map(|number| dates::number(number, Language::En))
}

fn whole(value: &Value<'_>) -> Option<i64> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "counts of people and letters; checked to be whole")]
        Value::Number(number) if number.value.fract() == 0.0 => Some(number.value as i64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every key with the names of the arguments it uses.
    fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for (file, text) in files(language) {
            if let Err((_, faults)) = FluentResource::try_new(text.to_owned()) {
                panic!("{file}: {faults:?}");
            }
            let mut last = String::new();
            for line in text.lines() {
                if line.starts_with(|c: char| c.is_ascii_alphabetic())
                    && let Some((key, _)) = line.split_once('=')
                {
                    last = key.trim().to_owned();
                    let twice = keys.insert(last.clone(), BTreeSet::new()).is_some();
                    assert!(!twice, "{file}: {last} is written twice");
                }
                for (at, _) in line.match_indices('$') {
                    let name =
                        line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect();
                    if let Some(names) = keys.get_mut(&last) {
                        names.insert(name);
                    }
                }
            }
        }
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys_and_arguments() {
        let (id, en) = (keys(Language::Id), keys(Language::En));
        for (key, names) in &id {
            assert_eq!(en.get(key), Some(names), "{key} in English");
        }
        for key in en.keys() {
            assert!(id.contains_key(key), "{key} is missing in Indonesian");
        }
    }

    #[test]
    fn every_word_of_the_protocol_has_its_text() {
        use gemilang_protocol::{Category, OrderStatus, Priority, Role, Status};
        let mut wanted = Vec::new();
        wanted.extend(Status::ALL.iter().map(|it| format!("status-{it}")));
        wanted.extend(Priority::ALL.iter().map(|it| format!("priority-{it}")));
        wanted.extend(Priority::ALL.iter().map(|it| format!("priority-hint-{it}")));
        wanted.extend(Category::ALL.iter().map(|it| format!("category-{it}")));
        wanted.extend(Category::ALL.iter().map(|it| format!("category-hint-{it}")));
        wanted.extend(Role::ALL.iter().map(|it| format!("role-{it}")));
        wanted.extend(OrderStatus::ALL.iter().map(|it| format!("order-status-{it}")));
        for language in Language::ALL {
            for key in &wanted {
                assert!(Texts::of(*language).has(key), "{key} in {}", language.tag());
            }
        }
    }

    #[test]
    fn a_missing_key_is_shown_as_itself_and_no_mark_surrounds_an_argument() {
        let texts = Texts::of(Language::Id);
        assert_eq!(texts.get("no-such-key"), "no-such-key");
        assert_eq!(
            texts.with("field-subject-too_long", &[("n", 1_300.into()), ("most", 255.into())]),
            "Judul paling panjang 255 huruf, ini 1.300."
        );
    }
}
