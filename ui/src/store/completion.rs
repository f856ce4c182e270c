//! Completion: what an operator or its value that is being typed may become, and what is wrong with one that is typed. Pure.

use chrono::NaiveDate;
use gemilang_protocol::desk::asked::spelled::{OPERATORS, Operator, Spelled};
use gemilang_protocol::desk::asked::tokens::{Kind, Token, tokens};
use gemilang_protocol::desk::asked::{Asked, Problem, Whose, written};
use gemilang_protocol::{Person, validate};

/// Letters from which on a word may be the beginning of an operator.
const LEAST: usize = 2;
/// Completions offered at once.
const MOST: usize = 8;

/// What may be meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// What the operator would be, as typed; the likeliest first.
    pub all: Vec<String>,
    /// A value is being typed: nothing else can be meant.
    pub values: bool,
}

/// The completions of what is typed last.
pub fn offers(q: &str, english: bool, staff: &[Person], tags: &[String]) -> Offers {
    let Some(Token { text, kind, is_open: true, .. }) = tokens(q).pop() else { return Offers::default() };
    match kind {
        Kind::Word if text.chars().count() >= LEAST && text.chars().all(char::is_alphabetic) => {
            let names = OPERATORS.iter().filter_map(|(_, it)| it.completed(text, english));
            Offers { all: names.map(|name| format!("{name}:")).collect(), values: false }
        }
        Kind::Operator(operator, value) => {
            let name = text.split(':').next().unwrap_or_default();
            let values = operator.values();
            if !value.is_empty() && values.iter().any(|it: &Spelled| it.is(&value)) {
                return Offers::default();
            }
            let fixed = values.iter().filter_map(|it| it.completed(&value, english)).map(|it| written(name, it));
            let people = staff.iter().filter(|person| {
                let is_whole = person.name == value;
                operator == Operator::Assignee && person.active && !is_whole && Whose::is_called(&person.name, &value)
            });
            let people = people.map(|person| written(name, &person.name));
            // Those that most tickets bear stand first.
            let begun = validate::tag(&value).unwrap_or_default();
            let tags = tags.iter().filter(|tag| operator == Operator::Label && **tag != begun && is_begun(tag, &begun));
            let tags = tags.map(|tag| written(name, tag));
            Offers { all: fixed.chain(people).chain(tags).take(MOST).collect(), values: true }
        }
        _ => Offers::default(),
    }
}

/// Whether one of a tag's words begins like what is typed.
fn is_begun(tag: &str, typed: &str) -> bool {
    tag.starts_with(typed) || tag.split(' ').any(|word| word.starts_with(typed))
}

/// Whether a tag is being typed.
pub fn wants_tags(q: &str) -> bool {
    tokens(q).pop().is_some_and(|it| it.is_open && matches!(it.kind, Kind::Operator(Operator::Label, _)))
}

/// What is typed, with its last piece become `offer`; behind a whole operator one goes on with the next word.
pub fn taken(q: &str, offer: &str) -> String {
    let before = tokens(q).last().map_or(q, |token| &q[..token.at]);
    let blank = if offer.ends_with(':') { "" } else { " " };
    format!("{before}{offer}{blank}")
}

/// What cannot be read, and the names nobody of the staff has.
pub fn problems(q: &str, today: NaiveDate, staff: &[Person]) -> (Vec<Problem>, Vec<String>) {
    let asked = Asked::read(q, today);
    let nobody = asked.assignees.into_iter().filter_map(|whose| match whose {
        Whose::Named(name) if !staff.is_empty() && !staff.iter().any(|it| Whose::is_called(&it.name, &name)) => {
            Some(name)
        }
        _ => None,
    });
    (asked.problems, nobody.collect())
}

#[cfg(test)]
mod tests {
    use super::super::samples::staff;
    use super::*;

    fn all(q: &str, english: bool) -> Vec<String> {
        let tags = ["vip", "keluarga mempelai", "venue bali"].map(str::to_owned);
        offers(q, english, &staff(), &tags).all
    }

    #[test]
    fn names_and_values_are_completed_in_either_language() {
        assert_eq!(all("akad sta", false), ["status:"]);
        assert_eq!(all("pe", false), ["petugas:", "pelanggan:"]);
        assert_eq!(all("pri", false), ["prioritas:"]);
        assert_eq!(all("pri", true), ["priority:"]);
        assert_eq!(all("petu", true), ["petugas:"], "the other language where only it fits");
        assert!(all("s", false).is_empty() && all("status ", false).is_empty() && all("", false).is_empty());
        assert_eq!(all("status:s", false), ["status:selesai"]);
        assert_eq!(all("status:s", true), ["status:selesai"]);
        assert_eq!(all("status:", true)[..2], ["status:active", "status:open"]);
        assert!(all("status:open", true).is_empty(), "it is whole");
        assert_eq!(all("assignee:bag", true), ["assignee:\"Bagas Wicaksono\""]);
        assert_eq!(all("petugas:", false).len(), 4);
        assert!(all("petugas:\"Bagas Wicaksono\"", false).is_empty());
        assert!(all("dari:ro", false).is_empty());
    }

    #[test]
    fn tags_that_there_are_are_completed_those_of_most_tickets_first() {
        assert_eq!(all("akad label:", false), ["label:vip", "label:\"keluarga mempelai\"", "label:\"venue bali\""]);
        assert_eq!(all("label:V", false), ["label:vip", "label:\"venue bali\""]);
        assert_eq!(all("tag:memp", true), ["tag:\"keluarga mempelai\""]);
        assert!(all("label:vip", false).is_empty() && all("label:lain", false).is_empty());
        assert!(wants_tags("akad label:") && wants_tags("tag:v"));
        assert!(!wants_tags("label:vip ") && !wants_tags("status:") && !wants_tags(""));
    }

    #[test]
    fn what_is_taken_stands_in_the_place_of_what_was_typed() {
        assert_eq!(taken("akad sta", "status:"), "akad status:");
        assert_eq!(taken("akad status:se", "status:selesai"), "akad status:selesai ");
    }

    #[test]
    fn names_that_nobody_has_are_told() {
        let today = NaiveDate::default();
        assert_eq!(problems("petugas:rina petugas:dimas akad", today, &staff()).1, ["rina"]);
        assert!(problems("petugas:rina", today, &[]).1.is_empty(), "nobody is known yet");
        assert_eq!(problems("before:besok ", today, &staff()).0.len(), 1);
    }
}
