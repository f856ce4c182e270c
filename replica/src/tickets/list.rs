//! Lists: an inbox, narrowed by what is asked for. The count comes from `ticket_counts`, the rows from a walk along an index; neither grows with the number of tickets.

use std::collections::HashSet;

use futures_util::{Stream, TryStreamExt};
use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::desk::asked::spelled::State;
use gemilang_protocol::desk::views::{Sort, TicketList, TicketQuery, TicketRow};
use gemilang_protocol::{Priority, TicketNumber};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::narrow::{Narrow, Nobody, PutOff};
use super::{ROW, ROW_JOINS};
use crate::error::Result;
use crate::file::Replica;
use crate::search;

/// Rows in one answer.
const MOST_ROWS: u32 = 200;

impl Replica {
    /// A page of a list. With a search, `total` stops at 1 000.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn tickets(&self, wanted: &TicketQuery) -> Result<TicketList> {
        if let Ok(number) = wanted.q.trim().parse() {
            let list = self.numbered(number).await?;
            if list.total > 0 {
                return Ok(list);
            }
        }
        let asked = Asked::read(&wanted.q, wanted.calendar.today);
        let Some(matching) = search::asking(&asked) else {
            // Words without a letter that could be looked for are nowhere.
            if asked.has_words() {
                return Ok(TicketList::default());
            }
            let mut tx = self.read().await?;
            let narrow = Narrow::new(&mut tx, wanted, &asked, self.me().id).await?;
            return self.listed(&mut tx, &narrow).await;
        };
        self.index_if_idle().await?;
        let mut tx = self.read().await?;
        let narrow = Narrow::new(&mut tx, wanted, &asked, self.me().id).await?;
        self.found(&mut tx, &narrow, &matching).await
    }

    async fn listed(&self, tx: &mut SqliteConnection, narrow: &Narrow<'_>) -> Result<TicketList> {
        let wanted = narrow.wanted;
        let (total, more) = count(tx, narrow).await?;
        if total <= u64::from(wanted.offset) {
            return Ok(TicketList { rows: Vec::new(), total, more });
        }
        let keys = match wanted.sort {
            Sort::Latest => walk(tx, narrow, "t.last_message_at desc, t.key desc", page(wanted)).await?,
            Sort::Waiting => walk(tx, narrow, "t.last_message_at, t.key", page(wanted)).await?,
            Sort::Filed => walk(tx, narrow, "t.created_at desc, t.key desc", page(wanted)).await?,
            // Where the counts cannot tell where each priority begins, the few that are let through are sorted.
            Sort::Priority if !narrow.asked.is_counted() => walk(tx, narrow, BY_PRIORITY, page(wanted)).await?,
            Sort::Priority => by_priority(tx, narrow).await?,
        };
        Ok(TicketList { rows: self.rows_of(tx, &keys).await?, total, more })
    }

    /// Rows in the order of their keys' places.
    pub(super) async fn rows_of(&self, tx: &mut SqliteConnection, keys: &[i64]) -> Result<Vec<TicketRow>> {
        let mut rows = QueryBuilder::<Sqlite>::new(ROW);
        rows.push("from json_each(")
            .push_bind(serde_json::to_string(keys)?)
            .push(") page cross join tickets t on t.key = page.value")
            .push(ROW_JOINS)
            .push("order by page.key");
        let rows = rows.build().fetch_all(tx).await?;
        rows.iter().map(|row| self.ticket_row_of(row)).collect()
    }

    /// The rows of these tickets, as far as they are here, in the order named.
    pub(crate) async fn rows_named(&self, tx: &mut SqliteConnection, ids: &[uuid::Uuid]) -> Result<Vec<TicketRow>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let hex: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
        let keys: Vec<i64> = sqlx::query_scalar(
            "select t.key from json_each(?) j cross join tickets t on t.id = unhex(j.value) order by j.key",
        )
        .bind(serde_json::to_string(&hex)?)
        .fetch_all(&mut *tx)
        .await?;
        self.rows_of(tx, &keys).await
    }

    /// A number hits exactly, whatever the inbox.
    pub(super) async fn numbered(&self, number: TicketNumber) -> Result<TicketList> {
        let mut tx = self.read().await?;
        let mut rows = QueryBuilder::new(ROW);
        rows.push("from tickets t")
            .push(ROW_JOINS)
            .push("where t.number = ")
            .push_bind(number.0)
            .push(" order by t.last_message_at desc");
        let rows = rows.build().fetch_all(&mut *tx).await?;
        Ok(TicketList {
            total: rows.len() as u64,
            rows: rows.iter().map(|row| self.ticket_row_of(row)).collect::<Result<_>>()?,
            more: false,
        })
    }

    /// One walk down the index, newest first, for the count and the page together.
    async fn found(&self, tx: &mut SqliteConnection, narrow: &Narrow<'_>, matching: &str) -> Result<TicketList> {
        let (keys, more) = found(tx, narrow, matching).await?;
        let (limit, offset) = page(narrow.wanted);
        let shown: Vec<i64> = keys.iter().skip(offset as usize).take(limit as usize).copied().collect();
        Ok(TicketList { rows: self.rows_of(tx, &shown).await?, total: keys.len() as u64, more })
    }
}

/// The tickets that hold the words, newest first, and whether there are more than are counted.
pub(super) async fn found(tx: &mut SqliteConnection, narrow: &Narrow<'_>, matching: &str) -> Result<(Vec<i64>, bool)> {
    let mut walk = QueryBuilder::new(
        "select s.ticket_key from search
            cross join search_places s on s.place = search.rowid
            cross join tickets t on t.key = s.ticket_key
            where search match ",
    );
    walk.push_bind(matching.to_owned());
    narrow.all(&mut walk);
    walk.push(" order by search.rowid desc");
    let mut keys = distinct(walk.build_query_scalar().fetch(&mut *tx)).await?;
    let more = keys.len() > search::MOST_COUNTED;
    keys.truncate(search::MOST_COUNTED);
    Ok((keys, more))
}

/// Most urgent first, sorted.
const BY_PRIORITY: &str = "case t.priority when 'urgent' then 0 when 'high' then 1 when 'medium' then 2 else 3 end,
    t.last_message_at desc, t.key desc";

/// How many there are: a short sum where the counts know it, else as many as are counted of anything that is searched, and
/// whether there are more.
pub(super) async fn count(tx: &mut SqliteConnection, narrow: &Narrow<'_>) -> Result<(u64, bool)> {
    if !narrow.asked.is_counted() {
        let mut count = QueryBuilder::new("select count(*) from (select 1 from ");
        count.push(along(narrow)).push(" where true");
        narrow.all(&mut count);
        let most = search::MOST_COUNTED as u64;
        count.push(" limit ").push_bind(i64::try_from(most + 1).unwrap_or(i64::MAX)).push(")");
        let counted: i64 = count.build_query_scalar().fetch_one(tx).await?;
        return Ok((counted.unsigned_abs().min(most), counted.unsigned_abs() > most));
    }
    let mut count = QueryBuilder::new("select ifnull(sum(tickets), 0) from ticket_counts where true");
    narrow.counted(&mut count, Nobody::EmptyBlob);
    let all: i64 = count.build_query_scalar().fetch_one(&mut *tx).await?;
    let Some(put_off) = PutOff::of(narrow.wanted.inbox) else { return Ok((all.unsigned_abs(), false)) };
    // Who puts tickets off puts off a few.
    let mut count = QueryBuilder::new("select count(*) from tickets t where true");
    narrow.counted(&mut count, Nobody::Null);
    narrow.put_off(&mut count, PutOff::Only);
    let those: i64 = count.build_query_scalar().fetch_one(tx).await?;
    let total = if put_off == PutOff::Only { those } else { all - those };
    Ok((total.unsigned_abs(), false))
}

/// The index that is walked, where SQLite without statistics would gather and sort most of the tickets instead.
pub(super) fn along(narrow: &Narrow<'_>) -> &'static str {
    if narrow.asked.states.contains(&State::Unread) {
        "tickets t indexed by tickets_unread"
    } else if narrow.wanted.sort == Sort::Filed
        && narrow.asked.is_counted()
        && PutOff::of(narrow.wanted.inbox).is_none()
    {
        "tickets t indexed by tickets_filed"
    } else {
        "tickets t"
    }
}

/// The keys of a page, along an index.
async fn walk(
    tx: &mut SqliteConnection,
    narrow: &Narrow<'_>,
    order: &'static str,
    (limit, offset): (u32, u32),
) -> Result<Vec<i64>> {
    let mut keys = QueryBuilder::new("select t.key from ");
    keys.push(along(narrow)).push(" where true");
    narrow.all(&mut keys);
    keys.push(" order by ").push(order).push(" limit ").push_bind(limit).push(" offset ").push_bind(offset);
    Ok(keys.build_query_scalar().fetch_all(tx).await?)
}

/// Most urgent first: a walk for each priority that has tickets, none of them sorted. The counts tell where the page begins.
async fn by_priority(tx: &mut SqliteConnection, narrow: &Narrow<'_>) -> Result<Vec<i64>> {
    let mut counts;
    if PutOff::of(narrow.wanted.inbox).is_some() {
        // One person's active tickets, or those they put off: few.
        counts = QueryBuilder::new("select priority, count(*) from tickets t where true");
        narrow.all(&mut counts);
    } else {
        counts = QueryBuilder::new("select priority, sum(tickets) from ticket_counts where true");
        narrow.counted(&mut counts, Nobody::EmptyBlob);
    }
    counts.push(" group by priority");
    let counts: Vec<(String, i64)> = counts.build_query_as().fetch_all(&mut *tx).await?;
    let (limit, mut offset) = page(narrow.wanted);
    let mut keys = Vec::new();
    for priority in Priority::ALL.iter().rev() {
        let count = counts.iter().find(|(word, _)| word == priority.as_str()).map_or(0, |(_, count)| *count);
        let count = u32::try_from(count).unwrap_or(0);
        let room = limit - keys.len() as u32;
        if room > 0 && offset < count {
            let only = narrow.only(*priority);
            keys.extend(walk(tx, &only, "t.last_message_at desc, t.key desc", (room, offset)).await?);
        }
        offset = offset.saturating_sub(count);
    }
    Ok(keys)
}

/// The first tickets of a walk, each once, as many as are counted and one more; the walk ends there.
async fn distinct(mut walk: impl Stream<Item = sqlx::Result<i64>> + Unpin) -> Result<Vec<i64>> {
    let mut seen = HashSet::new();
    let mut keys = Vec::new();
    while keys.len() <= search::MOST_COUNTED
        && let Some(key) = walk.try_next().await?
    {
        if seen.insert(key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Rows to answer and rows to pass over.
fn page(wanted: &TicketQuery) -> (u32, u32) {
    let limit = if wanted.limit == 0 { MOST_ROWS } else { wanted.limit.min(MOST_ROWS) };
    (limit, wanted.offset)
}
