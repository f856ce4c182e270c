//! Hits: what a search found, each with the words it was found by. Which tickets are found is `search` and `tickets/list`.

use gemilang_protocol::desk::asked::{Asked, Calendar};
use gemilang_protocol::desk::views::{Found, Hit, Inbox, Said, TicketQuery, TicketRow};
use gemilang_protocol::{PersonRef, Ticket};
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::{events, people};

/// Hits shown at once: more than a window holds.
const MOST: u32 = 50;
/// Messages of one ticket that are looked through for its words, from its newest on.
const LOOKED_THROUGH: i64 = 200;
/// Characters told before the first of the words, and in all.
const BEFORE: usize = 32;
const TOLD: usize = 220;

impl Replica {
    /// Everything on this desk that `q` asks for, newest first. What asks for nothing finds nothing.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn search(&self, q: &str, calendar: Calendar) -> Result<Found> {
        let q = q.to_owned();
        let wanted = TicketQuery { inbox: Inbox::All, q, calendar, limit: MOST, ..TicketQuery::default() };
        let asked = Asked::read(&wanted.q, calendar.today);
        if asked.is_all() {
            return Ok(Found::default());
        }
        let list = self.tickets(&wanted).await?;
        let words = words(&asked.marks());
        let mut tx = self.read().await?;
        let mut hits = Vec::with_capacity(list.rows.len());
        for row in list.rows {
            let said = said(&mut tx, row.id, &words).await?;
            hits.push(Hit { row, said });
        }
        Ok(Found { hits, total: list.total, more: list.more })
    }

    /// Of tickets that the service found by their words, those that the operators let through and whose conversation is not on this desk.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn not_here(&self, found: Vec<Ticket>, asked: &Asked, calendar: Calendar) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for ticket in found {
            if !self.lets_through(asked, calendar, &ticket).await? {
                continue;
            }
            let mut tx = self.read().await?;
            let key: Option<i64> =
                query_scalar("select key from tickets where id = ?").bind(ticket.id).fetch_optional(&mut *tx).await?;
            if let Some(key) = key
                && events::has_first(&mut tx, key).await?
            {
                continue;
            }
            let assignee = people::named(&mut tx, self, ticket.assigned_to).await?;
            drop(tx);
            let row = match self.ticket_row(ticket.id).await? {
                Some(row) => row,
                None => bare_row(ticket, assignee),
            };
            hits.push(Hit { row, said: None });
        }
        Ok(hits)
    }
}

/// A row of a ticket that this desk does not know at all, as the service tells it.
fn bare_row(ticket: Ticket, assignee: Option<PersonRef>) -> TicketRow {
    TicketRow {
        id: ticket.id,
        number: ticket.number,
        subject: ticket.subject,
        category: ticket.category,
        status: ticket.status,
        priority: ticket.priority,
        customer: ticket.customer,
        assignee,
        unread: ticket.unread,
        last_message: ticket.last_message,
        last_message_at: ticket.last_message_at,
        created_at: ticket.created_at,
        event_date: None,
        event_zone: None,
        unsent: None,
        own_reply: None,
        snooze: None,
    }
}

/// The words of a search as they are looked for in a text: whole ones, and of the last one its beginning.
fn words(q: &str) -> Vec<String> {
    q.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The newest of the messages and notes of a ticket that hold the most of the words.
async fn said(tx: &mut SqliteConnection, ticket: Uuid, words: &[String]) -> Result<Option<Said>> {
    let rows = query(
        "select * from (select n, sender_id as by_id, sender_name as by_name, 0 as note, message as text
            from messages where ticket_key = (select key from tickets where id = ?1) order by n desc limit ?2)
        union all
        select * from (select n, author_id, author_name, 1, note
            from notes where ticket_key = (select key from tickets where id = ?1) order by n desc limit ?2)
        order by n desc",
    )
    .bind(ticket)
    .bind(LOOKED_THROUGH)
    .fetch_all(tx)
    .await?;
    let mut best: Option<(usize, usize, &sqlx::sqlite::SqliteRow)> = None;
    for row in &rows {
        let (held, first) = held(row.try_get("text")?, words);
        if held > best.map_or(0, |(held, ..)| held) {
            best = Some((held, first, row));
        }
    }
    let Some((_, first, row)) = best else { return Ok(None) };
    let by: Option<Uuid> = row.try_get("by_id")?;
    let name: Option<String> = row.try_get("by_name")?;
    Ok(Some(Said {
        n: row.try_get("n")?,
        by: by.map(|id| PersonRef { id, name: name.unwrap_or_default() }),
        note: row.try_get("note")?,
        text: around(row.try_get("text")?, first),
    }))
}

/// How many of the words a text holds, and at which byte the first of them stands.
fn held(text: &str, words: &[String]) -> (usize, usize) {
    let mut seen = vec![false; words.len()];
    let mut first = usize::MAX;
    let mut at = 0;
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        if !word.is_empty() {
            let lower = word.to_lowercase();
            for (n, wanted) in words.iter().enumerate() {
                let is_last = n + 1 == words.len();
                if lower == *wanted || (is_last && lower.starts_with(wanted.as_str())) {
                    seen[n] = true;
                    first = first.min(at);
                }
            }
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    (seen.into_iter().filter(|seen| *seen).count(), first)
}

/// The words around a place, on one line.
fn around(text: &str, place: usize) -> String {
    let before: Vec<char> = text[..place].chars().rev().take(BEFORE + 1).collect();
    let is_cut = before.len() > BEFORE;
    let mut told: String = before.iter().take(BEFORE).rev().collect();
    if is_cut {
        // From a whole word on.
        let from = told.find(char::is_whitespace).map_or(0, |at| at + 1);
        told = format!("…{}", told[from..].trim_start());
    }
    let room = TOLD.saturating_sub(told.chars().count());
    let rest = &text[place..];
    told.extend(rest.chars().take(room));
    if rest.chars().nth(room).is_some() {
        told.push('…');
    }
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_and_the_last_one_as_far_as_it_is_typed() {
        let text = "Mbak, akadnya jadi 06.30. MUA-nya mohon ikut 🙏";
        assert_eq!(held(text, &words("akad")), (1, 6));
        assert_eq!(held(text, &words("akad mua")), (1, 26), "only the last word may go on");
        assert_eq!(held(text, &words("MUA ikut")), (2, 26));
        assert_eq!(held(text, &words("mbak 🙏")), (1, 0));
        assert_eq!(held(text, &words("penghulu")).0, 0);
    }

    #[test]
    fn what_is_told_begins_near_the_first_word_and_stays_on_one_line() {
        let text = format!("{}\n\nlalu penghulu datang {}", "Selamat pagi Kak Rina. ".repeat(20), "dan ".repeat(100));
        let (_, first) = held(&text, &words("penghulu"));
        let told = around(&text, first);
        assert!(told.starts_with('…') && told.ends_with('…'), "{told}");
        assert!(told.contains("lalu penghulu datang") && !told.contains('\n'), "{told}");
        assert!(told.chars().count() <= TOLD + 2);
        assert_eq!(around("Halo Kak", 0), "Halo Kak");
    }
}
