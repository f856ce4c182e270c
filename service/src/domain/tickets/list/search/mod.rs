//! Finding tickets by words, newest first. A rare word is asked of the indexes; one that is everywhere is met soon enough
//! by looking through the newest tickets, where gathering all its hits first would take seconds.

mod sql;

use gemilang_protocol::TicketNumber;
use uuid::Uuid;

use super::sql::TicketRow;
use super::{After, Filter};
use crate::{App, Result};

/// In which share of the messages a word must be to be looked for among the newest tickets: from about here on that is
/// faster, with ten messages to a ticket.
const COMMON: f32 = 0.01;
/// How many of the newest tickets are looked through; a word that is common elsewhere is asked of the indexes after all.
const NEWEST: i64 = 2_000;

/// The hits that a reader may see: a customer, or nobody for the staff.
pub(super) async fn search(
    app: &App,
    filter: &Filter,
    text: &str,
    after: Option<After>,
    reader: Option<Uuid>,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let db = &app.search_db;
    let words = Words::of(text);
    if let Some(reader) = reader {
        return sql::own(db, filter, &words, after, reader, limit).await;
    }
    if !words.all.is_empty() && sql::share(db, &words.all).await? >= COMMON {
        let rows = sql::hits_among_newest(db, filter, &words, after, NEWEST, limit).await?;
        if i64::try_from(rows.len()).is_ok_and(|len| len >= limit) {
            return Ok(rows);
        }
    }
    sql::hits(db, filter, &words, after, limit).await
}

/// What is searched for, in the forms the indexes understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Every word as the beginning of one: `'bunga':* & 'meja':*`; empty when there is no word.
    pub(super) query: String,
    /// The words themselves, in lower case.
    all: Vec<String>,
    /// A ticket's number.
    pub(super) number: Option<i64>,
    /// An order's number.
    pub(super) order: String,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let all: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(8)
            .map(str::to_lowercase)
            .collect();
        let query = all.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" & ");
        Self {
            query,
            all,
            number: text.parse::<TicketNumber>().ok().map(|number| number.0),
            order: text.to_uppercase().replace('\0', ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_beginnings_and_nothing_breaks_the_query() {
        let words = Words::of("bunga's meja:*&!|");
        assert_eq!(words.query, "'bunga':* & 's':* & 'meja':*");
        assert_eq!(Words::of("gw-1042").number, Some(1042));
        assert_eq!(Words::of("!!! \0").query, "");
    }
}
