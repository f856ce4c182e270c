//! Links in what people write: web addresses become links that tell the other side nothing and can do nothing; the rest stays text.

use std::fmt::Write as _;

use super::frame::Html;

/// What a web address begins with. Nothing else is ever a link: not `javascript:`, not `data:`, not a bare name.
const BEGINNINGS: [&str; 2] = ["https://", "http://"];
/// What ends a sentence rather than an address.
const ENDINGS: &[char] = &['.', ',', ';', ':', '!', '?', '\'', '"', '”', '’', '»', '…', '*', '_', '~'];

/// A text as markup: escaped, its web addresses as links.
pub(super) fn linked(text: &str) -> Html {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((start, end)) = next(rest) {
        escape(&mut out, &rest[..start]);
        let address = &rest[start..end];
        out.push_str("<a href=\"");
        escape(&mut out, address);
        out.push_str("\" target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\">");
        escape(&mut out, address);
        out.push_str("</a>");
        rest = &rest[end..];
    }
    escape(&mut out, rest);
    Html::of(out)
}

/// Where the next web address starts and ends.
fn next(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        // Addresses are written small; who shouts one still wrote one.
        let (start, beginning) = BEGINNINGS
            .iter()
            .filter_map(|it| Some((from + find(&text[from..], it)?, *it)))
            .min_by_key(|(start, _)| *start)?;
        let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '\\');
        let mut end = text[start..].find(ends).map_or(text.len(), |length| start + length);
        loop {
            let address = &text[start..end];
            let last = address.chars().next_back()?;
            let opens = |open: char, close: char| {
                last == close && address.matches(close).count() > address.matches(open).count()
            };
            if ENDINGS.contains(&last) || opens('(', ')') || opens('[', ']') || opens('{', '}') {
                end -= last.len_utf8();
            } else {
                break;
            }
        }
        let within_word = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let host = text.get(start + beginning.len()..end).and_then(|rest| rest.chars().next());
        if !within_word && host.is_some_and(|c| c.is_alphanumeric() || c == '[') {
            return Some((start, end));
        }
        from = start + beginning.len();
    }
}

/// Where an ASCII word is found, in whatever letters.
fn find(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            // As the templates write them.
            '&' | '<' | '>' | '"' | '\'' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses found in a text.
    fn found(mut text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        while let Some((start, end)) = next(text) {
            all.push(&text[start..end]);
            text = &text[end..];
        }
        all
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        assert_eq!(found("lihat https://contoh.id/a?b=c&d=e."), ["https://contoh.id/a?b=c&d=e"]);
        assert_eq!(found("(https://contoh.id/peta) dan HTTP://B.id!"), ["https://contoh.id/peta", "HTTP://B.id"]);
        assert_eq!(
            found("https://id.wikipedia.org/wiki/Kawung_(batik), bagus"),
            ["https://id.wikipedia.org/wiki/Kawung_(batik)"]
        );
        assert_eq!(found("“https://contoh.id/é”"), ["https://contoh.id/é"]);
        assert_eq!(found("https:// lalu https://."), [""; 0]);
        assert_eq!(found("xhttps://contoh.id"), [""; 0]);
        assert_eq!(found("javascript:alert(1) data:text/html,x //contoh.id www.contoh.id"), [""; 0]);
    }

    #[test]
    fn nothing_in_an_address_leaves_its_attribute() {
        let html = linked("https://contoh.id/\"onmouseover=alert(1) <b> https://a.id/'x'&y").to_string();
        assert_eq!(
            html,
            "<a href=\"https://contoh.id/\" target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\">https://contoh.id/</a>\
             &#34;onmouseover=alert(1) &#60;b&#62; \
             <a href=\"https://a.id/&#39;x&#39;&#38;y\" target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\">https://a.id/&#39;x&#39;&#38;y</a>"
        );
    }
}
