//! Search: a document for every 64 events of a ticket, so that a message costs the same in a long conversation as in a short one. Written after the rows, in batches, when nothing else is to be stored, so that indexing never holds up an alert.

use std::collections::{BTreeSet, HashSet};

use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::{Event, EventBody};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query, query_scalar};

use crate::batch::Batch;
use crate::error::Result;
use crate::file::{Durability, Replica, Writer};
use crate::rows::Cell;

/// Hits counted at most; beyond it a figure helps nobody.
pub(crate) const MOST_COUNTED: usize = 1_000;
/// Events of a ticket in one document (the statement that writes one says so too): nearly every ticket is one document, so that words of different messages are found together.
const CHUNK: i64 = 64;
/// Documents written in one transaction: what arrives meanwhile waits for no more than these, some 25 ms.
const BATCH: i64 = 512;
/// A single letter as a prefix would match half the words there are.
const PREFIX_LEAST: usize = 2;

impl Replica {
    /// Indexes the next few documents that are behind and answers whether more are.
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub(crate) async fn index_some(&self) -> Result<bool> {
        index(&mut *self.writer().await).await
    }

    /// The same for somebody who waits: only if nobody else is writing.
    pub(crate) async fn index_if_idle(&self) -> Result<()> {
        if self.is_index_behind().await?
            && let Some(mut writer) = self.idle_writer()
        {
            index(&mut writer).await?;
        }
        Ok(())
    }

    /// Whether there is something in the file that a search would not find yet.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn is_index_behind(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let behind: i64 = query_scalar("select exists (select 1 from search_queue)").fetch_one(&mut *tx).await?;
        Ok(behind == 1)
    }
}

/// Documents that are behind.
#[derive(Default)]
pub(crate) struct Behind {
    /// Of these tickets these.
    chunks: BTreeSet<(i64, i64)>,
    /// Of these tickets all that there are: what stands in each has changed.
    tickets: BTreeSet<i64>,
}

impl Behind {
    /// An event of a ticket's key was stored.
    pub(crate) fn by(&mut self, key: i64, event: &Event) {
        match event.body {
            EventBody::Created { .. } | EventBody::Message { .. } | EventBody::Note { .. } => {
                self.chunks.insert((key, event.n / CHUNK));
            }
            EventBody::Subject { .. } | EventBody::Order { .. } | EventBody::Tags { .. } | EventBody::Erased { .. } => {
                self.head(key);
            }
            EventBody::Status { .. }
            | EventBody::Assigned { .. }
            | EventBody::Priority { .. }
            | EventBody::Category { .. }
            | EventBody::Read { .. }
            | EventBody::Shared { .. }
            | EventBody::Unshared { .. }
            | EventBody::Snoozed { .. }
            | EventBody::Woken { .. }
            | EventBody::SendLater { .. }
            | EventBody::CalledOff { .. }
            | EventBody::HeldBack { .. }
            | EventBody::Links { .. }
            | EventBody::Split { .. }
            | EventBody::SplitFrom { .. }
            | EventBody::Merged { .. }
            | EventBody::Unmerged { .. }
            | EventBody::Absorbed { .. }
            | EventBody::Released { .. }
            | EventBody::Voided {} => {}
        }
    }

    /// What every document of a ticket begins with has changed.
    pub(crate) fn head(&mut self, key: i64) {
        self.chunks.insert((key, 0));
        self.tickets.insert(key);
    }

    /// Written with the rows, worked off later.
    pub(crate) fn queue(self, batch: &mut Batch) -> Result<()> {
        let chunks: Vec<[Cell<'_>; 2]> =
            self.chunks.into_iter().map(|(key, chunk)| [key.into(), chunk.into()]).collect();
        batch.put("insert into search_queue (ticket_key, chunk)", &chunks, "on conflict do nothing")?;
        if !self.tickets.is_empty() {
            let tickets: Vec<_> = self.tickets.into_iter().collect();
            batch
                .add(
                    "insert into search_queue (ticket_key, chunk)
                    select p.ticket_key, p.chunk from jsonb_each(?) j join search_places p on p.ticket_key = j.value
                    where true on conflict do nothing",
                )
                .rows(&tickets)?;
        }
        Ok(())
    }
}

/// Forgets the documents of what was said in long conversations, when what was said is dropped.
pub(crate) fn forget_chunks(batch: &mut Batch) {
    batch
        .add("delete from search where rowid in (select place from search_places where chunk > 0)")
        .add("delete from search_places where chunk > 0")
        .add("delete from search_queue where chunk > 0");
}

/// Forgets tickets that are here no more: nothing else would take them out again.
pub(crate) fn forget(batch: &mut Batch, keys: &[i64]) -> Result<()> {
    for statement in [
        "delete from search where rowid in (select place from search_places
            where ticket_key in (select value from json_each(?)))",
        "delete from search_places where ticket_key in (select value from json_each(?))",
        "delete from search_queue where ticket_key in (select value from json_each(?))",
    ] {
        batch.add(statement).rows(keys)?;
    }
    Ok(())
}

/// Writes the next documents anew, each at the place of its latest word, and answers whether there are more.
async fn index(writer: &mut Writer) -> Result<bool> {
    let mut tx = writer.begin_beside(Durability::Refetchable).await?;
    let rows = query(
        "select q.ticket_key, q.chunk,
            ifnull((select max(m.created_at) from messages m
                where m.ticket_key = q.ticket_key and m.n >= q.chunk * ?1 and m.n < (q.chunk + 1) * ?1),
                t.last_message_at) as at
        from (select ticket_key, chunk from search_queue order by ticket_key desc, chunk desc limit ?2) q
        join tickets t on t.key = q.ticket_key",
    )
    .bind(CHUNK)
    .bind(BATCH)
    .fetch_all(&mut *tx)
    .await?;
    let mut documents = rows.iter().map(Document::read).collect::<Result<Vec<_>>>()?;
    part(&mut tx, &mut documents).await?;
    // The index keeps what is new in memory for as long as places rise; whenever one falls it writes all of it down.
    documents.sort_unstable_by_key(|document| document.place);
    let documents: Vec<_> = documents.into_iter().map(|it| (it.key, it.chunk, it.place)).collect();
    let json = serde_json::to_string(&documents)?;
    let mut batch = Batch::default();
    batch
        .add(
            "delete from search where rowid in (select p.place from jsonb_each(?) j
                join search_places p on p.ticket_key = j.value ->> 0 and p.chunk = j.value ->> 1)",
        )
        .bind(json.clone())?
        .add(
            "insert into search_places (ticket_key, chunk, place)
            select value ->> 0, value ->> 1, value ->> 2 from jsonb_each(?) where true
            on conflict (ticket_key, chunk) do update set place = excluded.place",
        )
        .bind(json.clone())?
        .add(
            "insert into search (rowid, text)
            select j.value ->> 2, concat_ws(' ', t.head ->> '$.subject', t.head ->> '$.customer.name', t.number, t.order_number,
                (select group_concat(g.value, ' ') from json_each(t.head, '$.internal.tags') g),
                (select group_concat(m.message, ' ') from messages m
                    where m.ticket_key = t.key and m.n >= (j.value ->> 1) * 64 and m.n < ((j.value ->> 1) + 1) * 64),
                (select group_concat(o.note, ' ') from notes o
                    where o.ticket_key = t.key and o.n >= (j.value ->> 1) * 64 and o.n < ((j.value ->> 1) + 1) * 64))
            from jsonb_each(?) j cross join tickets t on t.key = j.value ->> 0",
        )
        .bind(json.clone())?
        .add(
            "delete from search_queue where (ticket_key, chunk) in (select value ->> 0, value ->> 1 from jsonb_each(?))",
        )
        .bind(json)?;
    batch.run(&mut tx).await?;
    tx.commit().await?;
    Ok(i64::try_from(documents.len()).is_ok_and(|written| written == BATCH))
}

/// A document and where it goes: walking down the places is newest first.
struct Document {
    key: i64,
    chunk: i64,
    place: i64,
}

impl Document {
    fn read(row: &SqliteRow) -> Result<Self> {
        let (key, chunk): (i64, i64) = (row.try_get("ticket_key")?, row.try_get("chunk")?);
        let at: i64 = row.try_get("at")?;
        // Microseconds leave ten bits for the key: documents of one moment seldom meet, and then step aside.
        Ok(Self { key, chunk, place: (at << 10) | (key & 1023) })
    }
}

/// Lets documents that would have one place step aside.
async fn part(connection: &mut SqliteConnection, documents: &mut [Document]) -> Result<()> {
    let mut held = HashSet::new();
    loop {
        let mut mine = HashSet::new();
        for document in &mut *documents {
            while held.contains(&document.place) || !mine.insert(document.place) {
                document.place += 1;
            }
        }
        let asked: Vec<_> = documents.iter().map(|it| (it.key, it.chunk, it.place)).collect();
        let taken: Vec<i64> = query_scalar(
            "select p.place from jsonb_each(?) j join search_places p on p.place = j.value ->> 2
            where (p.ticket_key, p.chunk) <> (j.value ->> 0, j.value ->> 1)",
        )
        .bind(serde_json::to_string(&asked)?)
        .fetch_all(&mut *connection)
        .await?;
        if taken.is_empty() {
            return Ok(());
        }
        held.extend(taken);
    }
}

/// What people type as an expression of the index: every word must be there, the one being typed may go on.
pub(crate) fn expression(typed: &str) -> Option<String> {
    let words: Vec<&str> = pieces(typed).collect();
    let open = typed.chars().next_back().is_some_and(char::is_alphanumeric);
    let (last, before) = words.split_last()?;
    let mut parts: Vec<String> = before.iter().map(|word| format!("\"{word}\"")).collect();
    if open && last.chars().count() >= PREFIX_LEAST {
        parts.push(format!("\"{last}\"*"));
    } else if !open || parts.is_empty() {
        parts.push(format!("\"{last}\""));
    }
    Some(parts.join(" AND "))
}

/// What is asked for as an expression of the index; nothing where no word can be looked for. The words of an exact phrase and of a customer's name are looked for one by one: that they stand together, or in the name, is found out afterwards.
pub(crate) fn asking(asked: &Asked) -> Option<String> {
    let mut parts: Vec<String> = asked.exact.iter().flat_map(|exact| expression(&format!("{exact} "))).collect();
    let mut words = asked.words.join(" ");
    if !asked.is_open {
        words.push(' ');
    }
    parts.extend(expression(&words));
    if asked.has_words() && parts.is_empty() {
        return None;
    }
    let from: Vec<String> = asked.from.iter().flat_map(|from| pieces(from)).map(str::to_owned).collect();
    parts.extend(beginnings(&from));
    let expression = parts.join(" AND ");
    match any(&asked.without) {
        _ if parts.is_empty() => None,
        Some(without) if asked.has_words() => Some(format!("({expression}) NOT ({without})")),
        _ => Some(expression),
    }
}

/// Documents that hold any of these words; nothing where there are none.
pub(crate) fn any(words: &[String]) -> Option<String> {
    let parts: Vec<String> = words.iter().flat_map(|word| pieces(word)).map(|word| format!("\"{word}\"")).collect();
    (!parts.is_empty()).then(|| parts.join(" OR "))
}

fn pieces(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Documents in which each of these words begins one; nothing where all of them are single letters.
pub(crate) fn beginnings(words: &[String]) -> Option<String> {
    let parts: Vec<String> =
        words.iter().filter(|word| word.chars().count() >= PREFIX_LEAST).map(|word| format!("\"{word}\"*")).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn what_people_type_becomes_an_expression() {
        for (typed, wanted) in [
            ("rina", Some(r#""rina"*"#)),
            ("rina katering", Some(r#""rina" AND "katering"*"#)),
            ("rina k", Some(r#""rina""#)),
            ("rina ", Some(r#""rina""#)),
            ("r", Some(r#""r""#)),
            ("GO-2291", Some(r#""GO" AND "2291"*"#)),
            (r#"" OR 1 NEAR(*"#, Some(r#""OR" AND "1" AND "NEAR""#)),
            ("🙏 !", None),
            ("", None),
        ] {
            assert_eq!(expression(typed).as_deref(), wanted, "{typed}");
        }
    }
}
