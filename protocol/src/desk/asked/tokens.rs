//! Tokens: what was typed, cut where blanks stand in no quotation, each piece told apart.

use super::spelled::Operator;

const QUOTES: [char; 3] = ['"', '“', '”'];

/// A piece of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it stands.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub at: usize,
    /// It stands at the end and may go on.
    pub is_open: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A word to find.
    Word,
    /// Words to find in this order.
    Exact(String),
    /// A word that must not be there.
    Without(String),
    /// An operator and its value, which may be empty.
    Operator(Operator, String),
    /// Looks like an operator, but there is none of this name.
    Unknown(String),
    /// An operator that is to be turned round, which none can be.
    Turned(Operator),
    /// Nothing but marks.
    Nothing,
}

/// Cuts what was typed.
pub fn tokens(typed: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let rest = &typed[at..];
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            at += blanks;
            continue;
        }
        let text = first(rest);
        let is_open = at + text.len() == typed.len();
        tokens.push(Token { text, at, is_open, kind: kind(text) });
        at += text.len();
    }
    tokens
}

fn first(text: &str) -> &str {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            letter if QUOTES.contains(&letter) => quoted = !quoted,
            letter if letter.is_whitespace() && !quoted => return &text[..at],
            _ => {}
        }
    }
    text
}

fn kind(text: &str) -> Kind {
    let bare = |text: &str| text.trim_matches(QUOTES).trim().to_owned();
    let has_letters = |text: &str| text.chars().any(char::is_alphanumeric);
    if text.starts_with(QUOTES) {
        return if has_letters(text) { Kind::Exact(bare(text)) } else { Kind::Nothing };
    }
    if let Some(rest) = text.strip_prefix('-').filter(|rest| has_letters(rest)) {
        return match kind(rest) {
            Kind::Operator(operator, _) => Kind::Turned(operator),
            _ => Kind::Without(bare(rest)),
        };
    }
    if let Some((name, value)) = text.split_once(':') {
        if let Some(operator) = Operator::named(name) {
            return Kind::Operator(operator, bare(value));
        }
        let is_name = name.chars().count() > 1 && name.chars().all(char::is_alphabetic);
        // An address or a time of day is no operator.
        if is_name && value.starts_with(|letter: char| letter.is_alphabetic() || QUOTES.contains(&letter)) {
            return Kind::Unknown(name.to_owned());
        }
    }
    if has_letters(text) { Kind::Word } else { Kind::Nothing }
}
