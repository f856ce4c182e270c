//! What every page is given besides its own content: words, who is signed in, the form's token; and how a page leaves the house.

use std::collections::BTreeMap;
use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gemilang_locales::{Language, Texts, field_text};
use gemilang_protocol::Fields;
use uuid::Uuid;

use super::assets;
use super::visit::Visit;
use crate::{Error, Result};

/// Markup of our own, not to be escaped again.
pub(super) struct Html(String);

impl Html {
    /// Markup that was escaped where it was made.
    pub(super) const fn of(markup: String) -> Self {
        Self(markup)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// Who is signed in, as the bar shows them.
#[derive(Debug, Clone)]
pub(super) struct Me {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) initials: String,
}

/// What every page is given.
pub(super) struct Frame {
    texts: &'static Texts,
    pub(super) language: Language,
    /// `auto`, `light` or `dark`.
    pub(super) theme: &'static str,
    pub(super) me: Option<Me>,
    pub(super) csrf: String,
    /// Which of the bar's links this page is: `list`, `create`, `preferences` or nothing.
    pub(super) here: &'static str,
    /// The key of what stands beside a form for who is not signed in.
    pub(super) headline: &'static str,
    /// Whether search engines shall stay away.
    pub(super) private: bool,
    pub(super) path: String,
    /// The address to show when the page answered a form at another one.
    pub(super) own_path: Option<String>,
    languages: Vec<(Language, String)>,
}

impl Frame {
    pub(super) fn new(visit: &Visit, here: &'static str) -> Self {
        Self {
            texts: Texts::of(visit.language),
            language: visit.language,
            theme: visit.theme,
            me: visit.session.as_ref().map(|session| Me {
                id: session.person.id,
                name: session.person.name.clone(),
                email: session.person.email.clone(),
                initials: initials(&session.person.name),
            }),
            csrf: visit.form_token(),
            here,
            headline: "signin-lead",
            private: true,
            path: visit.address(),
            own_path: None,
            languages: Language::ALL.iter().map(|language| (*language, visit.in_language(*language))).collect(),
        }
    }

    /// For a refusal: nobody is known, nothing is asked of the database.
    pub(super) fn bare(language: Language, theme: &'static str) -> Self {
        Self {
            texts: Texts::of(language),
            language,
            theme,
            me: None,
            csrf: String::new(),
            here: "",
            headline: "signin-lead",
            private: true,
            languages: Vec::new(),
            // An empty link is the address that was asked for.
            path: String::new(),
            own_path: None,
        }
    }

    pub(super) fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    pub(super) fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.texts.with(key, &[(name, value.into())])
    }

    pub(super) fn count(&self, key: &str, n: i64) -> String {
        self.texts.with(key, &[("n", n.into())])
    }

    /// Leaves the switch of languages away.
    pub(super) fn no_languages(&mut self) {
        self.languages.clear();
    }

    pub(super) fn languages(&self) -> &[(Language, String)] {
        &self.languages
    }

    /// A status as its customer reads it.
    pub(super) fn status(&self, status: impl fmt::Display) -> String {
        self.t(&format!("status-customer-{status}"))
    }

    pub(super) fn icon(&self, name: &str) -> Html {
        glyph("i", name)
    }

    /// The picture before a banner's sentence.
    pub(super) fn banner_icon(&self, kind: &str) -> Html {
        self.icon(match kind {
            "success" => "check",
            "info" => "info",
            _ => "warn",
        })
    }

    pub(super) fn icon14(&self, name: &str) -> Html {
        glyph("i i-14", name)
    }

    pub(super) fn icon20(&self, name: &str) -> Html {
        glyph("i i-20", name)
    }

    pub(super) fn status_glyph(&self, status: impl fmt::Display) -> Html {
        glyph(&format!("st st-{status}"), &format!("st-{status}"))
    }

    pub(super) fn priority_glyph(&self, priority: impl fmt::Display) -> Html {
        glyph(&format!("pr pr-{priority}"), &format!("pr-{priority}"))
    }
}

/// A picture of the sprite. Both names are ours, never a visitor's.
fn glyph(class: &str, name: &str) -> Html {
    Html(format!(r##"<svg class="{class}" aria-hidden="true"><use href="{}#i-{name}"/></svg>"##, assets::ICONS_SVG))
}

/// The texts beside fields that break a rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors(BTreeMap<String, String>);

impl Errors {
    pub(super) fn of(fields: &Fields, language: Language) -> Self {
        Self(fields.0.iter().map(|(field, error)| ((*field).to_owned(), field_text(language, field, error))).collect())
    }

    /// Of a refusal: its fields, if it names any.
    pub(super) fn of_error(error: &Error, language: Language) -> Self {
        match error {
            Error::Validation(fields) => Self::of(fields, language),
            _ => Self::default(),
        }
    }

    /// Says something under a field.
    pub(super) fn put(&mut self, field: &str, text: String) {
        self.0.insert(field.to_owned(), text);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The attributes by which a screen reader finds the text.
    pub(super) fn aria(&self, field: &str) -> Html {
        Html(if self.has(field) {
            format!(r#" aria-invalid="true" aria-describedby="{field}-error""#)
        } else {
            String::new()
        })
    }

    /// The text under a field.
    pub(super) fn under(&self, field: &str) -> Html {
        Html(self.0.get(field).map_or_else(String::new, |text| {
            let text =
                askama::filters::escape(text, askama::filters::Html).map(|text| text.to_string()).unwrap_or_default();
            format!(r#"<p class="error" id="{field}-error">{}<span>{text}</span></p>"#, glyph("i", "warn"))
        }))
    }
}

/// A page on its way out.
///
/// # Errors
/// A template that cannot be written: a fault of our own.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<Response> {
    let html = template.render().map_err(|_| Error::Stored("page"))?;
    let mut response = (status, html).into_response();
    // What a browser may do with the page (policy, sniffing, referrer) every answer of the house says; see the router.
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language, cookie"));
    Ok(response)
}

/// The letters in a person's circle: of their first and their last name.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Which of the five tints a person's circle has.
pub(super) fn tint(id: Uuid) -> u8 {
    id.as_bytes()[15] % 5 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_word_and_of_eight_have_their_letters() {
        assert_eq!(initials("Raden Roro Kusumawardhani"), "RK");
        assert_eq!(initials("Suharto"), "S");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("ßeta é"), "SSÉ");
    }

    #[test]
    fn every_text_a_page_asks_for_is_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = ["templates", "src/portal"].map(|dir| std::fs::read_dir(root.join(dir)).expect("a directory"));
        let mut asked = 0;
        for file in files.into_iter().flatten() {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("text");
            for call in ["frame.t(\"", "frame.with(\"", "frame.count(\"", "texts.get(\"", "texts.with(\""] {
                for (at, _) in text.match_indices(call) {
                    let key = text[at + call.len()..].split('"').next().unwrap_or_default();
                    for language in Language::ALL {
                        assert!(Texts::of(*language).has(key), "{key} of {} in {}", path.display(), language.tag());
                    }
                    asked += 1;
                }
            }
        }
        assert!(asked > 80, "only {asked} found");
    }
}
