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

/// Empties what the events of these tickets say is erased: words from before the event. Its actor is whose words they
/// were, under the name that is left of them.
pub(crate) fn follow(batch: &mut Batch, keys: &[i64]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    for statement in [
        "update messages set message = ''
        from (select e.ticket_key, e.n, unhex(replace(e.event ->> '$.data.whose', '-', '')) as whose
            from json_each(?) j cross join events e on e.ticket_key = j.value and e.kind = 'erased') e
        where messages.ticket_key = e.ticket_key and messages.n < e.n and messages.message <> ''
            and (e.whose is null or messages.sender_id = e.whose)",
        "update notes set note = ''
        from (select e.ticket_key, e.n from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            where e.event ->> '$.data.whose' is null) e
        where notes.ticket_key = e.ticket_key and notes.n < e.n and notes.note <> ''",
        "update events set event = json_set(event, '$.data.from', '', '$.data.to', '')
        where kind = 'subject' and ticket_key in (select e.ticket_key from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            where e.event ->> '$.data.whose' is null)",
        "update events set event = json_set(event, '$.data.from', json('[]'), '$.data.to', json('[]'))
        where kind = 'tags' and ticket_key in (select e.ticket_key from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            where e.event ->> '$.data.whose' is null)",
        "update events set event = json_set(event, '$.data.with.name', '')
        where kind in ('shared', 'unshared') and (ticket_key, event ->> '$.data.with.id') in
            (select e.ticket_key, e.event ->> '$.actor.id' from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased')",
        "update messages set sender_name = e.name
        from (select e.ticket_key, unhex(replace(e.event ->> '$.actor.id', '-', '')) as who, e.event ->> '$.actor.name' as name
            from json_each(?) j cross join events e on e.ticket_key = j.value and e.kind = 'erased') e
        where messages.ticket_key = e.ticket_key and messages.sender_id = e.who and messages.sender_name <> e.name",
        "update notes set author_name = e.name
        from (select e.ticket_key, unhex(replace(e.event ->> '$.actor.id', '-', '')) as who, e.event ->> '$.actor.name' as name
            from json_each(?) j cross join events e on e.ticket_key = j.value and e.kind = 'erased') e
        where notes.ticket_key = e.ticket_key and notes.author_id = e.who and notes.author_name <> e.name",
        "update events set event = json_set(event, '$.actor.name', e.name)
        from (select e.ticket_key, e.event ->> '$.actor.id' as who, e.event ->> '$.actor.name' as name
            from json_each(?) j cross join events e on e.ticket_key = j.value and e.kind = 'erased') e
        where events.ticket_key = e.ticket_key and events.event ->> '$.actor.id' = e.who
            and events.event ->> '$.actor.name' <> e.name",
        // What was sent is kept for the case of a restore; nothing of this is to be sent again.
        "delete from sent where ticket_id in (select t.id from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            join tickets t on t.key = e.ticket_key where e.event ->> '$.data.whose' is null)",
        // The ledger of alerts names ticket and customer.
        "delete from alerts where ticket_id in (select t.id from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            join tickets t on t.key = e.ticket_key)",
        // What only a newer app can read is kept as it came, and cannot be emptied in part.
        "delete from unknown_rows where id in (select u.id from json_each(?) j
            cross join events e on e.ticket_key = j.value and e.kind = 'erased'
            join tickets t on t.key = e.ticket_key join unknown_rows u on u.ticket_id = t.id
            where ifnull(u.n, 0) < e.n and instr(u.\"row\", e.event ->> '$.actor.id') > 0)",
    ] {
        batch.add(statement).rows(keys)?;
    }
    beside_unsent(batch);
    Ok(())
}

/// The same for what stands beside unsent words: somebody's message, and who was faster. Unsent items are few.
pub(crate) fn beside_unsent(batch: &mut Batch) {
    batch
        .add(
            "update outbox set unseen = json_set(unseen, '$.message', '')
            from (select t.id, e.n, e.event ->> '$.data.whose' as whose
                from outbox b join tickets t on t.id = b.ticket_id
                join events e indexed by events_erased on e.ticket_key = t.key and e.kind = 'erased') e
            where outbox.ticket_id = e.id and outbox.unseen is not null and outbox.unseen ->> '$.n' < e.n
                and (e.whose is null or outbox.unseen ->> '$.sender.id' = e.whose)",
        )
        .add(
            "update outbox set
                unseen = iif(unseen ->> '$.sender.id' = e.who, json_set(unseen, '$.sender.name', e.name), unseen),
                winner = iif(winner ->> '$.actor.id' = e.who, json_set(winner, '$.actor.name', e.name), winner)
            from (select t.id, e.event ->> '$.actor.id' as who, e.event ->> '$.actor.name' as name
                from outbox b join tickets t on t.id = b.ticket_id
                join events e indexed by events_erased on e.ticket_key = t.key and e.kind = 'erased') e
            where outbox.ticket_id = e.id
                and (outbox.unseen ->> '$.sender.id' = e.who or outbox.winner ->> '$.actor.id' = e.who)",
        );
}
