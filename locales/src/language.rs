//! The two languages, and how one is chosen from a tag or a browser's `Accept-Language`.

/// A language the texts exist in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Indonesian, complete and the default.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// Both, in the order people see them.
    pub const ALL: &'static [Self] = &[Self::Id, Self::En];

    /// The tag used in cookies, `lang` attributes and `users.language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Its own name, as a switch of languages shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "Indonesia",
            Self::En => "English",
        }
    }

    /// Reads a tag such as `id`, `en-GB` or the old `in`. None when it is neither language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if ["id", "in", "ms"].iter().any(|it| primary.eq_ignore_ascii_case(it)) {
            // Who reads Malay reads Indonesian more easily than English.
            Some(Self::Id)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The language a browser prefers among ours, by the weights of its `Accept-Language`. None when it names neither.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(language) = pieces.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_answered_in_the_language_it_prefers() {
        for (header, language) in [
            ("id-ID,id;q=0.9,en-US;q=0.8", Some(Language::Id)),
            ("en-GB,en;q=0.9,id;q=0.5", Some(Language::En)),
            ("jv,su;q=0.9,en;q=0.3,id;q=0.7", Some(Language::Id)),
            ("in", Some(Language::Id)),
            ("nl, de;q=0.9", None),
            ("en;q=0, id;q=0.1", Some(Language::Id)),
            ("", None),
            (";;;,,q=", None),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
    }
}
