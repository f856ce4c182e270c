//! Erased: what customers asked to have erased goes here too, as soon as the feed tells of it. The text becomes empty;
//! search follows by its queue, drafts and unsent words of the staff stay.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;

/// Asks for one row that [`keys`] reads: in which of these tickets something was erased.
pub(crate) fn ask(batch: &mut Batch, ids: impl Iterator<Item = Uuid>) -> Result<()> {
    let ids: Vec<_> = ids.map(Hex).collect();
    batch
        .add(
            "select json_group_array(e.ticket_key) from json_each(?) j
            cross join tickets t on t.id = unhex(j.value)
            cross join events e indexed by events_erased on e.ticket_key = t.key and e.kind = 'erased'",
        )
        .rows(&ids)?;
    Ok(())
}

/// In which tickets something was erased.
pub(crate) fn keys(row: &SqliteRow) -> Result<Vec<i64>> {
    Ok(serde_json::from_str(row.try_get(0)?)?)
}

/// Empties what the events of these tickets say is erased: words from before the event.
pub(crate) fn follow(batch: &mut Batch, keys: &[i64]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    batch
        .add(
            "update messages set message = ''
            from (select e.ticket_key, e.n, unhex(replace(e.event ->> '$.data.whose', '-', '')) as whose
                from json_each(?) j cross join events e on e.ticket_key = j.value and e.kind = 'erased') e
            where messages.ticket_key = e.ticket_key and messages.n < e.n and messages.message <> ''
                and (e.whose is null or messages.sender_id = e.whose)",
        )
        .rows(keys)?;
    batch
        .add(
            "update notes set note = ''
            from (select e.ticket_key, e.n from json_each(?) j
                cross join events e on e.ticket_key = j.value and e.kind = 'erased'
                where e.event ->> '$.data.whose' is null) e
            where notes.ticket_key = e.ticket_key and notes.n < e.n and notes.note <> ''",
        )
        .rows(keys)?;
    batch
        .add(
            "update events set event = json_set(event, '$.data.from', '', '$.data.to', '')
            where kind = 'subject' and ticket_key in (select e.ticket_key from json_each(?) j
                cross join events e on e.ticket_key = j.value and e.kind = 'erased'
                where e.event ->> '$.data.whose' is null)",
        )
        .rows(keys)?;
    batch
        .add(
            "update events set event = json_set(event, '$.data.with.name', '')
            where kind in ('shared', 'unshared') and (ticket_key, event ->> '$.data.with.id') in
                (select e.ticket_key, e.event ->> '$.data.whose' from json_each(?) j
                cross join events e on e.ticket_key = j.value and e.kind = 'erased')",
        )
        .rows(keys)?;
    // What was sent is kept for the case of a restore; nothing of this is to be sent again.
    batch
        .add(
            "delete from sent where ticket_id in (select t.id from json_each(?) j
                cross join events e on e.ticket_key = j.value and e.kind = 'erased'
                join tickets t on t.key = e.ticket_key where e.event ->> '$.data.whose' is null)",
        )
        .rows(keys)?;
    Ok(())
}
