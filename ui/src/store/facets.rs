//! Facets: where the words of a search were found, and whose the tickets are, counted over the hits on screen.

use chrono::NaiveDate;
use gemilang_protocol::PersonRef;
use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::desk::views::Hit;

use super::fuzzy::{Fit, matched};

/// Where words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// In a customer's message.
    Customer,
    /// In a message of the team.
    Team,
    /// In an internal note.
    Note,
    /// In the subject.
    Subject,
}

impl Found {
    /// All of them, as they are told.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Team, Self::Note, Self::Subject];

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => "desk-found-customer",
            Self::Team => "desk-found-team",
            Self::Note => "desk-found-note",
            Self::Subject => "desk-found-subject",
        }
    }

    /// Whether a hit was found there.
    pub fn is_in(self, hit: &Hit, marks: &str) -> bool {
        let by_customer = |by: &Option<PersonRef>| by.as_ref().is_some_and(|it| it.id == hit.row.customer.id);
        match (self, &hit.said) {
            (Self::Note, Some(said)) => said.note,
            (Self::Customer, Some(said)) => !said.note && by_customer(&said.by),
            (Self::Team, Some(said)) => !said.note && !by_customer(&said.by),
            (Self::Subject, _) => marks
                .split_whitespace()
                .any(|word| matched(&hit.row.subject, word).is_some_and(|(fit, _)| fit == Fit::Begins)),
            (_, None) => false,
        }
    }
}

/// What is to be marked of a search.
pub fn marks(q: &str) -> String {
    // Days have nothing to do with it.
    Asked::read(q, NaiveDate::default()).marks()
}

/// How many hits were found where; places without any are left out.
pub fn places(hits: &[Hit], q: &str) -> Vec<(Found, usize)> {
    let marks = marks(q);
    let count = |place: Found| hits.iter().filter(|hit| place.is_in(hit, &marks)).count();
    Found::ALL.into_iter().map(|place| (place, count(place))).filter(|(_, count)| *count > 0).collect()
}

/// Whose the hits are, most first; nobody's last.
pub fn owners(hits: &[Hit]) -> Vec<(Option<PersonRef>, usize)> {
    let mut owners: Vec<(Option<PersonRef>, usize)> = Vec::new();
    for hit in hits {
        match owners.iter_mut().find(|(who, _)| *who == hit.row.assignee) {
            Some((_, count)) => *count += 1,
            None => owners.push((hit.row.assignee.clone(), 1)),
        }
    }
    owners.sort_by_key(|(who, count)| (who.is_none(), std::cmp::Reverse(*count)));
    owners
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::desk::views::Said;

    use super::super::samples::{person, row};
    use super::*;

    fn hit(n: u8, note: bool, by: u8) -> Hit {
        let said = Said { n: 1, by: Some(person(by, "Siapa")), note, text: "akad".into() };
        Hit { row: row(n), said: Some(said) }
    }

    #[test]
    fn hits_are_counted_by_where_the_words_are() {
        let mut hits = vec![hit(1, false, 50), hit(2, false, 100), hit(3, true, 100), hit(4, false, 50)];
        hits[3].row.subject = "Akad dimajukan".into();
        let told = places(&hits, "akad status:open");
        assert_eq!(told, [(Found::Customer, 2), (Found::Team, 1), (Found::Note, 1), (Found::Subject, 1)]);
        assert!(places(&[Hit { row: row(1), said: None }], "akad").is_empty());
    }

    #[test]
    fn nobody_stands_last() {
        let mut hits = vec![hit(1, false, 50), hit(2, false, 50), hit(3, false, 50)];
        hits[2].row.assignee = Some(person(7, "Bagas"));
        let owners = owners(&hits);
        assert_eq!(owners[0], (Some(person(7, "Bagas")), 1));
        assert_eq!(owners[1], (None, 2));
    }
}
