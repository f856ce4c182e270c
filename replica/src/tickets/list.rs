//! Lists: an inbox, narrowed by filters and a search. The count comes from `ticket_counts`, the rows from a walk along an index; neither grows with the number of tickets.

use std::collections::HashSet;

use futures_util::{Stream, TryStreamExt};
use gemilang_protocol::desk::views::{AssigneeFilter, Inbox, Sort, TicketList, TicketQuery, TicketRow};
use gemilang_protocol::{Priority, TicketNumber};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::{ROW, ROW_JOINS};
use crate::error::Result;
use crate::file::Replica;
use crate::search;

/// Rows in one answer.
const MOST_ROWS: u32 = 200;
/// The words of an active ticket, written as in the partial indexes.
pub(crate) const ACTIVE: &str = "status in ('open', 'in_progress', 'waiting_customer')";

impl Replica {
    /// A page of a list. With a search, `total` stops at 1 000.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn tickets(&self, wanted: &TicketQuery) -> Result<TicketList> {
        let q = wanted.q.trim();
        if q.is_empty() {
            let mut tx = self.read().await?;
            return self.listed(&mut tx, wanted).await;
        }
        if let Ok(number) = q.parse() {
            let list = self.numbered(number).await?;
            if list.total > 0 {
                return Ok(list);
            }
        }
        self.index_if_idle().await?;
        let Some(matching) = search::expression(q) else {
            return Ok(TicketList::default());
        };
        self.found(wanted, &matching).await
    }

    async fn listed(&self, tx: &mut SqliteConnection, wanted: &TicketQuery) -> Result<TicketList> {
        let mut count = QueryBuilder::new("select ifnull(sum(tickets), 0) from ticket_counts where true");
        filters(&mut count, wanted, self.me().id, Nobody::EmptyBlob);
        let mut total: i64 = count.build_query_scalar().fetch_one(&mut *tx).await?;
        if let Some(put_off) = PutOff::of(wanted.inbox) {
            let mut count = QueryBuilder::new("select count(*) from tickets where true");
            filters(&mut count, wanted, self.me().id, Nobody::Null);
            put_off_by(&mut count, self.me().id, PutOff::Only);
            let those: i64 = count.build_query_scalar().fetch_one(&mut *tx).await?;
            total = if put_off == PutOff::Only { those } else { total - those };
        }
        if total <= i64::from(wanted.offset) {
            return Ok(TicketList { rows: Vec::new(), total: total.unsigned_abs() });
        }
        let keys = match wanted.sort {
            Sort::Latest => self.walk(tx, wanted, "last_message_at desc, key desc", page(wanted)).await?,
            Sort::Waiting => self.walk(tx, wanted, "last_message_at, key", page(wanted)).await?,
            Sort::Filed => self.walk(tx, wanted, "created_at desc, key desc", page(wanted)).await?,
            Sort::Priority => self.by_priority(tx, wanted).await?,
        };
        Ok(TicketList { rows: self.rows_of(tx, &keys).await?, total: total.unsigned_abs() })
    }

    /// The keys of a page, along an index.
    async fn walk(
        &self,
        tx: &mut SqliteConnection,
        wanted: &TicketQuery,
        order: &'static str,
        (limit, offset): (u32, u32),
    ) -> Result<Vec<i64>> {
        let mut keys = QueryBuilder::new("select key from tickets where true");
        filters(&mut keys, wanted, self.me().id, Nobody::Null);
        if let Some(put_off) = PutOff::of(wanted.inbox) {
            put_off_by(&mut keys, self.me().id, put_off);
        }
        keys.push(" order by ").push(order).push(" limit ").push_bind(limit).push(" offset ").push_bind(offset);
        Ok(keys.build_query_scalar().fetch_all(tx).await?)
    }

    /// Most urgent first: a walk for each priority that has tickets, none of them sorted. The counts tell where the page begins.
    async fn by_priority(&self, tx: &mut SqliteConnection, wanted: &TicketQuery) -> Result<Vec<i64>> {
        let mut counts;
        if let Some(put_off) = PutOff::of(wanted.inbox) {
            // One person's active tickets, or those they put off: few.
            counts = QueryBuilder::new("select priority, count(*) from tickets where true");
            filters(&mut counts, wanted, self.me().id, Nobody::Null);
            put_off_by(&mut counts, self.me().id, put_off);
        } else {
            counts = QueryBuilder::new("select priority, sum(tickets) from ticket_counts where true");
            filters(&mut counts, wanted, self.me().id, Nobody::EmptyBlob);
        }
        counts.push(" group by priority");
        let counts: Vec<(String, i64)> = counts.build_query_as().fetch_all(&mut *tx).await?;
        let (limit, mut offset) = page(wanted);
        let mut keys = Vec::new();
        for priority in Priority::ALL.iter().rev() {
            let count = counts.iter().find(|(word, _)| word == priority.as_str()).map_or(0, |(_, count)| *count);
            let count = u32::try_from(count).unwrap_or(0);
            let room = limit - keys.len() as u32;
            if room > 0 && offset < count {
                let only = TicketQuery { priority: Some(*priority), ..wanted.clone() };
                keys.extend(self.walk(tx, &only, "last_message_at desc, key desc", (room, offset)).await?);
            }
            offset = offset.saturating_sub(count);
        }
        Ok(keys)
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

    /// A number hits exactly, whatever the inbox.
    async fn numbered(&self, number: TicketNumber) -> Result<TicketList> {
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
        })
    }

    /// One walk down the index, newest first, for the count and the page together.
    async fn found(&self, wanted: &TicketQuery, matching: &str) -> Result<TicketList> {
        let mut tx = self.read().await?;
        let mut walk = QueryBuilder::new(
            "select s.ticket_key from search
            cross join search_places s on s.place = search.rowid
            cross join tickets t on t.key = s.ticket_key
            where search match ",
        );
        walk.push_bind(matching);
        filters(&mut walk, wanted, self.me().id, Nobody::Null);
        walk.push(" order by search.rowid desc");
        let keys = distinct(walk.build_query_scalar().fetch(&mut *tx)).await?;
        let (limit, offset) = page(wanted);
        let shown: Vec<i64> = keys.iter().skip(offset as usize).take(limit as usize).copied().collect();
        Ok(TicketList { rows: self.rows_of(&mut tx, &shown).await?, total: keys.len() as u64 })
    }
}

/// The first tickets of a walk, each once, as many as are counted; the walk ends there.
async fn distinct(mut walk: impl Stream<Item = sqlx::Result<i64>> + Unpin) -> Result<Vec<i64>> {
    let mut seen = HashSet::new();
    let mut keys = Vec::new();
    while keys.len() < search::MOST_COUNTED
        && let Some(key) = walk.try_next().await?
    {
        if seen.insert(key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// What a view does with tickets that its reader put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PutOff {
    /// It shows them alone.
    Only,
    /// It leaves them out.
    Never,
}

impl PutOff {
    /// One's own view is for what is to be done now; all others show what there is.
    const fn of(inbox: Inbox) -> Option<Self> {
        match inbox {
            Inbox::Snoozed => Some(Self::Only),
            Inbox::Mine => Some(Self::Never),
            _ => None,
        }
    }
}

/// Tickets that a person put off, or those that they did not. Whose time has come is back at once, whether the service has said so or not.
fn put_off_by(sql: &mut QueryBuilder<Sqlite>, me: Uuid, which: PutOff) {
    sql.push(if which == PutOff::Only { " and key in" } else { " and key not in" });
    sql.push(" (select ticket_key from snoozes where person = ").push_bind(me.to_string());
    sql.push(" and until > unixepoch('subsec') * 1000000)");
}

/// How a table writes that nobody has a ticket.
#[derive(Clone, Copy)]
enum Nobody {
    Null,
    EmptyBlob,
}

/// The same conditions for the counts and for the rows.
fn filters(sql: &mut QueryBuilder<Sqlite>, wanted: &TicketQuery, me: Uuid, nobody: Nobody) {
    let nobody = match nobody {
        Nobody::Null => "assigned_to is null",
        Nobody::EmptyBlob => "assigned_to = x''",
    };
    match wanted.inbox {
        Inbox::Mine => {
            sql.push(" and assigned_to = ").push_bind(me);
            sql.push(" and ").push(ACTIVE);
        }
        // Which these are is asked of another table: see `put_off_by`.
        Inbox::Snoozed => {
            sql.push(" and ").push(ACTIVE);
        }
        Inbox::Unassigned => {
            sql.push(" and ").push(nobody).push(" and ").push(ACTIVE);
        }
        Inbox::Urgent => {
            sql.push(" and priority = 'urgent' and ").push(ACTIVE);
        }
        Inbox::Waiting => {
            sql.push(" and status = 'waiting_customer'");
        }
        Inbox::Active => {
            sql.push(" and ").push(ACTIVE);
        }
        Inbox::Closed => {
            sql.push(" and status in ('resolved', 'closed')");
        }
        Inbox::All => {}
    }
    if let Some(status) = wanted.status {
        sql.push(" and status = ").push_bind(status.as_str());
    }
    if let Some(priority) = wanted.priority {
        sql.push(" and priority = ").push_bind(priority.as_str());
    }
    if let Some(category) = wanted.category {
        sql.push(" and category = ").push_bind(category.as_str());
    }
    match wanted.assignee {
        Some(AssigneeFilter::Nobody) => {
            sql.push(" and ").push(nobody);
        }
        Some(AssigneeFilter::Person(id)) => {
            sql.push(" and assigned_to = ").push_bind(id);
        }
        None => {}
    }
}

/// Rows to answer and rows to pass over.
fn page(wanted: &TicketQuery) -> (u32, u32) {
    let limit = if wanted.limit == 0 { MOST_ROWS } else { wanted.limit.min(MOST_ROWS) };
    (limit, wanted.offset)
}
