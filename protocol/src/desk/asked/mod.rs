//! Asked: what people type into a search, read into words and operators. What cannot be read is told, never dropped in silence; what is no operator is a word.

/// Operators and values in both languages.
pub mod spelled;
/// What was typed, cut.
pub mod tokens;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use self::spelled::{CATEGORIES, MINE, NOBODY, Operator, PRIORITIES, STATES, STATUSES, State, TODAY, YESTERDAY};
use self::tokens::{Kind, Token, tokens};
use crate::{Category, Priority, Status, Zone, validate};

/// By which days are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calendar {
    /// Today.
    pub today: NaiveDate,
    /// Where.
    pub zone: Zone,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { today: NaiveDate::default(), zone: Zone::Wib }
    }
}

/// What a search asks for. Of the same operator any of its values will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// All of these words.
    pub words: Vec<String>,
    /// The last of the words is still being typed and may go on.
    pub is_open: bool,
    /// These words in this order.
    pub exact: Vec<String>,
    /// None of these words.
    pub without: Vec<String>,
    /// In one of these statuses.
    pub statuses: Vec<Status>,
    /// Of one of these priorities.
    pub priorities: Vec<Priority>,
    /// About one of these.
    pub categories: Vec<Category>,
    /// Whose it is.
    pub assignees: Vec<Whose>,
    /// From a customer whose name holds all of these.
    pub from: Vec<String>,
    /// At a venue whose name holds all of these.
    pub venues: Vec<String>,
    /// Filed under one of these.
    pub tags: Vec<String>,
    /// With a wedding from the first of these days to the last.
    pub event: Option<(NaiveDate, NaiveDate)>,
    /// In all of these states.
    pub states: Vec<State>,
    /// With activity on this day or after it.
    pub since: Option<NaiveDate>,
    /// Filed on this day or before it.
    pub until: Option<NaiveDate>,
    /// What was typed and cannot be read.
    pub problems: Vec<Problem>,
}

/// Whose tickets are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// One's own.
    Mine,
    /// Nobody's.
    Nobody,
    /// Those of somebody whose name begins like this.
    Named(String),
}

impl Whose {
    /// Whether each word of a name that was typed begins one of a person's.
    pub fn is_called(person: &str, typed: &str) -> bool {
        let person = person.to_lowercase();
        typed.to_lowercase().split_whitespace().all(|word| person.split_whitespace().any(|part| part.starts_with(word)))
    }
}

/// Something that was typed and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no operator of this name: it is looked for as a word.
    Unknown(String),
    /// The operator has no value yet, or knows none like this; it narrows nothing.
    Value(Operator, String),
    /// This is no day; it narrows nothing.
    Day(Operator, String),
    /// This operator cannot be turned round; it narrows nothing.
    Turned(Operator),
}

impl Asked {
    /// Reads what was typed. A day is a date (`2026-12-01`, `1-12-2026`), `today`, `yesterday`, or `7d`: so many days before `today`, of weddings after it.
    pub fn read(typed: &str, today: NaiveDate) -> Self {
        let mut asked = Self::default();
        for token in tokens(typed) {
            asked.is_open = false;
            asked.add(token, today);
        }
        asked
    }

    fn add(&mut self, token: Token<'_>, today: NaiveDate) {
        match token.kind {
            Kind::Word => {
                self.words.push(token.text.to_owned());
                self.is_open = token.is_open;
            }
            Kind::Exact(words) => self.exact.push(words),
            Kind::Without(word) => self.without.push(word),
            Kind::Operator(operator, value) => self.narrow(operator, value, token.is_open, today),
            Kind::Unknown(name) => {
                self.words.push(token.text.to_owned());
                self.is_open = token.is_open;
                self.problems.push(Problem::Unknown(name));
            }
            Kind::Turned(operator) => self.problems.push(Problem::Turned(operator)),
            Kind::Nothing => {}
        }
    }

    fn narrow(&mut self, operator: Operator, value: String, is_open: bool, today: NaiveDate) {
        if self.take(operator, &value, today).is_some() {
            return;
        }
        let is_day = matches!(operator, Operator::Event | Operator::Since | Operator::Until | Operator::Before);
        // What is still being typed is wrong only where nothing it could become is right.
        let may_become = is_open
            && (value.is_empty()
                || operator.values().iter().any(|it| it.begins_with(&value))
                || is_day && value.starts_with(|letter: char| letter.is_ascii_digit()));
        if !may_become {
            self.problems.push(match is_day && !value.is_empty() {
                true => Problem::Day(operator, value),
                false => Problem::Value(operator, value),
            });
        }
    }

    fn take(&mut self, operator: Operator, value: &str, today: NaiveDate) -> Option<()> {
        if value.is_empty() {
            return None;
        }
        match operator {
            Operator::Status => self.statuses.extend(*one(&STATUSES, value)?),
            Operator::Priority => self.priorities.push(*one(&PRIORITIES, value)?),
            Operator::Category => self.categories.push(*one(&CATEGORIES, value)?),
            Operator::Is => self.states.push(*one(&STATES, value)?),
            Operator::Assignee => self.assignees.push(whose(value)),
            Operator::From => self.from.push(value.to_owned()),
            Operator::Venue => self.venues.push(value.to_owned()),
            Operator::Label => self.tags.push(validate::tag(value).ok()?),
            Operator::Event => {
                let day = day(value, today, true)?;
                // So many days is a while, a date is one day.
                self.event = Some(if days(value).is_some() { (today, day) } else { (day, day) });
            }
            Operator::Since => self.since = Some(day(value, today, false)?),
            Operator::Until => self.until = Some(day(value, today, false)?),
            Operator::Before => self.until = Some(day(value, today, false)?.pred_opt()?),
        }
        Some(())
    }

    /// Whether there are words to find.
    pub fn has_words(&self) -> bool {
        !self.words.is_empty() || !self.exact.is_empty()
    }

    /// Whether nothing is asked for: every ticket is let through.
    pub fn is_all(&self) -> bool {
        let Self { statuses, priorities, categories, assignees, .. } = self;
        self.is_counted()
            && statuses.is_empty()
            && priorities.is_empty()
            && categories.is_empty()
            && assignees.is_empty()
    }

    /// Whether only status, priority, category and assignee are asked for, which every desk counts.
    pub fn is_counted(&self) -> bool {
        !self.has_words()
            && self.without.is_empty()
            && self.from.is_empty()
            && self.venues.is_empty()
            && self.tags.is_empty()
            && self.states.is_empty()
            && self.event.is_none()
            && self.since.is_none()
            && self.until.is_none()
    }

    /// The words that are to be found, with blanks between them, as they are marked in a text.
    pub fn marks(&self) -> String {
        let all: Vec<&str> = self.exact.iter().chain(&self.words).map(String::as_str).collect();
        all.join(" ")
    }
}

fn one<'a, T>(all: &'a [(T, spelled::Spelled)], value: &str) -> Option<&'a T> {
    all.iter().find(|(_, spelled)| spelled.is(value)).map(|(it, _)| it)
}

fn whose(value: &str) -> Whose {
    if MINE.is(value) {
        Whose::Mine
    } else if NOBODY.is(value) {
        Whose::Nobody
    } else {
        Whose::Named(value.to_owned())
    }
}

/// `7d`, `7h` (hari): so many days.
fn days(value: &str) -> Option<u64> {
    let digits = value.trim_start_matches(['≤', '<']).strip_suffix(['d', 'h', 'D', 'H'])?;
    digits.parse().ok().filter(|days| *days <= 36_500)
}

fn day(value: &str, today: NaiveDate, ahead: bool) -> Option<NaiveDate> {
    if TODAY.is(value) {
        return Some(today);
    }
    if YESTERDAY.is(value) {
        return today.pred_opt();
    }
    if let Some(days) = days(value).map(Days::new) {
        return if ahead { today.checked_add_days(days) } else { today.checked_sub_days(days) };
    }
    let date = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(value, form).ok());
    // A year of two digits, or one in which nothing happened, is a mistake.
    date.filter(|date| ("1970-01-01".parse().unwrap_or(*date)..="9999-12-31".parse().unwrap_or(*date)).contains(date))
}

/// What was typed, parted for a field: the operators that are complete and can be read, and the rest as it stands.
pub fn parted(typed: &str) -> (Vec<&str>, String) {
    let (mut operators, mut rest) = (Vec::new(), String::new());
    for token in tokens(typed) {
        let is_read = match &token.kind {
            // The one at the end may still go on.
            Kind::Operator(operator, value) if !token.is_open => {
                Asked::default().take(*operator, value, NaiveDate::default()).is_some()
            }
            _ => false,
        };
        if is_read {
            operators.push(token.text);
        } else {
            rest.push_str(token.text);
            if !token.is_open {
                rest.push(' ');
            }
        }
    }
    (operators, rest)
}

/// Operators before the rest, as [`parted`] parts them.
pub fn joined<S: AsRef<str>>(operators: &[S], rest: &str) -> String {
    let mut typed = String::new();
    for operator in operators {
        typed.push_str(operator.as_ref());
        typed.push(' ');
    }
    typed + rest
}

/// The same with another value of an operator, or with none.
pub fn narrowed(typed: &str, operator: Operator, with: Option<&str>) -> String {
    let kept = tokens(typed).into_iter().filter(|token| !matches!(token.kind, Kind::Operator(it, _) if it == operator));
    let mut kept: Vec<String> = kept.map(|token| token.text.to_owned()).collect();
    if let Some(operator) = with {
        let first = kept.iter().position(|it| !is_operator(it)).unwrap_or(kept.len());
        kept.insert(first, operator.to_owned());
    }
    kept.join(" ")
}

/// The same without some of its pieces, told by their places.
pub fn dropped(typed: &str, places: &[usize]) -> String {
    let kept: Vec<&str> =
        tokens(typed).iter().filter(|token| !places.contains(&token.at)).map(|token| token.text).collect();
    kept.join(" ")
}

fn is_operator(text: &str) -> bool {
    matches!(tokens(text).first(), Some(Token { kind: Kind::Operator(..), .. }))
}

/// An operator and its value as they are typed; a value with blanks is quoted.
pub fn written(name: &str, value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("{name}:\"{value}\"") } else { format!("{name}:{value}") }
}

#[cfg(test)]
mod tests;
