//! Narrowing: which tickets an inbox and the operators of a search let through. The same conditions for the counts and for the rows.

use gemilang_protocol::desk::asked::spelled::State;
use gemilang_protocol::desk::asked::{Asked, Calendar, Whose};
use gemilang_protocol::desk::views::{Inbox, TicketQuery};
use gemilang_protocol::{Priority, Ticket};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_as};
use uuid::Uuid;

use crate::error::Result;
use crate::file::Replica;
use crate::orders;
use crate::search;
use crate::time::micros;

/// The words of an active ticket, written as in the partial indexes.
pub(crate) const ACTIVE: &str = "status in ('open', 'in_progress', 'waiting_customer')";

/// What is let through.
#[derive(Clone)]
pub(crate) struct Narrow<'a> {
    /// Inbox, order, page.
    pub(super) wanted: &'a TicketQuery,
    /// What was typed.
    pub(super) asked: &'a Asked,
    /// Only this priority, whatever was typed.
    only: Option<Priority>,
    /// Whose: nobody's is nobody. Without any everybody's.
    holders: Option<Vec<Option<Uuid>>>,
    me: Uuid,
}

/// How a table writes that nobody has a ticket.
#[derive(Clone, Copy)]
pub(super) enum Nobody {
    Null,
    EmptyBlob,
}

/// What a view does with tickets that its reader put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PutOff {
    /// It shows them alone.
    Only,
    /// It leaves them out.
    Never,
}

impl PutOff {
    /// One's own view is for what is to be done now; all others show what there is.
    pub(super) const fn of(inbox: Inbox) -> Option<Self> {
        match inbox {
            Inbox::Snoozed => Some(Self::Only),
            Inbox::Mine => Some(Self::Never),
            _ => None,
        }
    }
}

impl<'a> Narrow<'a> {
    /// Looks up whom a name means.
    pub(super) async fn new(
        tx: &mut SqliteConnection,
        wanted: &'a TicketQuery,
        asked: &'a Asked,
        me: Uuid,
    ) -> Result<Self> {
        Ok(Self { wanted, asked, only: None, holders: holders(tx, asked, me).await?, me })
    }

    /// The same, of one priority alone.
    pub(super) fn only(&self, priority: Priority) -> Self {
        Self { only: Some(priority), ..self.clone() }
    }

    /// Tickets that their reader put off, or those that they did not. Whose time has come is back at once, whether the service has said so or not.
    pub(super) fn put_off(&self, sql: &mut QueryBuilder<Sqlite>, which: PutOff) {
        sql.push(if which == PutOff::Only { " and t.key in" } else { " and t.key not in" })
            .push(" (select ticket_key from snoozes where person = ")
            .push_bind(self.me.to_string())
            .push(" and until > unixepoch('subsec') * 1000000)");
    }

    /// All conditions, for rows of `tickets t`.
    pub(super) fn all(&self, sql: &mut QueryBuilder<Sqlite>) {
        self.counted(sql, Nobody::Null);
        if let Some(which) = PutOff::of(self.wanted.inbox) {
            self.put_off(sql, which);
        }
        let Self { asked, wanted, .. } = self;
        for from in &asked.from {
            sql.push(" and instr(lower(t.head ->> '$.customer.name'), ").push_bind(from.to_lowercase()).push(") > 0");
        }
        for venue in &asked.venues {
            sql.push(r#" and t.order_number in (select number from orders where instr(lower("order" ->> '$.venue'), "#)
                .push_bind(venue.to_lowercase())
                .push(") > 0)");
        }
        if !asked.tags.is_empty() {
            let mut any = sql.push(" and t.key in (select ticket_key from ticket_tags where tag in (").separated(", ");
            for tag in &asked.tags {
                any.push_bind(tag.clone());
            }
            sql.push("))");
        }
        if let Some((first, last)) = asked.event {
            sql.push(" and t.order_number in (select number from orders where event_date between ")
                .push_bind(first.to_string())
                .push(" and ")
                .push_bind(last.to_string())
                .push(")");
        }
        for state in &asked.states {
            self.state(sql, *state);
        }
        let zone = wanted.calendar.zone;
        if let Some(since) = asked.since {
            sql.push(" and t.last_message_at >= ").push_bind(micros(zone.begin(since)));
        }
        if let Some(after) = asked.until.and_then(|until| until.succ_opt()) {
            sql.push(" and t.created_at < ").push_bind(micros(zone.begin(after)));
        }
        for exact in &asked.exact {
            exactly(sql, &exact.to_lowercase());
        }
        if let Some(without) = search::any(&asked.without) {
            // Where words are looked for the index has left out these already, but in each document of a long conversation for itself.
            if asked.has_words() {
                sql.push(
                    " and (not exists (select 1 from search_places l where l.ticket_key = t.key and l.chunk > 0) or ",
                );
            } else {
                sql.push(" and (");
            }
            sql.push(
                "t.key not in (select p.ticket_key from search
                    cross join search_places p on p.place = search.rowid where search match ",
            )
            .push_bind(without)
            .push("))");
        }
    }

    fn state(&self, sql: &mut QueryBuilder<Sqlite>, state: State) {
        let which = match state {
            State::Unread => {
                sql.push(" and t.unread > 0");
                return;
            }
            State::Unsent => "b.state <> 'sent'",
            State::Held => "b.state = 'held'",
            State::Failed => "b.state = 'failed'",
        };
        sql.push(" and t.key in (select x.key from outbox b cross join tickets x on x.id = b.ticket_id where b.kind <> 'read' and ")
            .push(which)
            .push(")");
    }

    /// Those that `ticket_counts` knows as well.
    pub(super) fn counted(&self, sql: &mut QueryBuilder<Sqlite>, nobody: Nobody) {
        let nobody = match nobody {
            Nobody::Null => "assigned_to is null",
            Nobody::EmptyBlob => "assigned_to = x''",
        };
        let Self { asked, wanted, only, holders, me } = self;
        match wanted.inbox {
            Inbox::Mine => {
                sql.push(" and assigned_to = ").push_bind(*me);
                sql.push(" and ").push(ACTIVE);
            }
            // Which these are is asked of another table: see `put_off`.
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
        any(sql, "status", asked.statuses.iter().map(|it| it.as_str()));
        any(sql, "priority", asked.priorities.iter().map(|it| it.as_str()));
        any(sql, "category", asked.categories.iter().map(|it| it.as_str()));
        if let Some(only) = only {
            sql.push(" and priority = ").push_bind(only.as_str());
        }
        let Some(holders) = holders else { return };
        let people: Vec<Uuid> = holders.iter().copied().flatten().collect();
        match (&*people, holders.contains(&None)) {
            ([], true) => {
                sql.push(" and ").push(nobody);
            }
            ([], false) => {
                sql.push(" and false");
            }
            ([one], false) => {
                sql.push(" and assigned_to = ").push_bind(*one);
            }
            (several, or_nobody) => {
                sql.push(" and (");
                if or_nobody {
                    sql.push(nobody).push(" or ");
                }
                let mut any = sql.push("assigned_to in (").separated(", ");
                for one in several {
                    any.push_bind(*one);
                }
                sql.push("))");
            }
        }
    }
}

/// One of a few words, if any is named.
fn any(sql: &mut QueryBuilder<Sqlite>, column: &'static str, words: impl Iterator<Item = &'static str>) {
    let words: Vec<_> = words.collect();
    match &*words {
        [] => {}
        [one] => {
            sql.push(" and ").push(column).push(" = ").push_bind(*one);
        }
        several => {
            let mut any = sql.push(" and ").push(column).push(" in (").separated(", ");
            for one in several {
                any.push_bind(*one);
            }
            sql.push(")");
        }
    }
}

/// Words in this very order, in subject, customer, a message or a note.
fn exactly(sql: &mut QueryBuilder<Sqlite>, words: &str) {
    for (before, behind) in [
        (" and (instr(lower(t.head ->> '$.subject'), ", ") > 0"),
        (" or instr(lower(t.head ->> '$.customer.name'), ", ") > 0"),
        (" or exists (select 1 from messages m where m.ticket_key = t.key and instr(lower(m.message), ", ") > 0)"),
        (" or exists (select 1 from notes o where o.ticket_key = t.key and instr(lower(o.note), ", ") > 0))"),
    ] {
        sql.push(before).push_bind(words.to_owned()).push(behind);
    }
}

/// Who may have a ticket that is asked for; nothing where anybody may.
async fn holders(tx: &mut SqliteConnection, asked: &Asked, me: Uuid) -> Result<Option<Vec<Option<Uuid>>>> {
    if asked.assignees.is_empty() {
        return Ok(None);
    }
    let mut holders = Vec::new();
    for whose in &asked.assignees {
        match whose {
            Whose::Mine => holders.push(Some(me)),
            Whose::Nobody => holders.push(None),
            Whose::Named(name) => {
                let people: Vec<(Uuid, String)> =
                    query_as("select id, name from people where staff order by name").fetch_all(&mut *tx).await?;
                let called = people.into_iter().filter(|(_, person)| Whose::is_called(person, name));
                holders.extend(called.map(|(id, _)| Some(id)));
            }
        }
    }
    holders.sort_unstable();
    holders.dedup();
    Ok(Some(holders))
}

impl Replica {
    /// Whether a ticket that only the service has is what the operators ask for. What stands in its conversation is not known here.
    pub(crate) async fn lets_through(&self, asked: &Asked, calendar: Calendar, ticket: &Ticket) -> Result<bool> {
        let zone = calendar.zone;
        let holds = |text: &str, part: &String| text.to_lowercase().contains(&part.to_lowercase());
        let is_let = (asked.statuses.is_empty() || asked.statuses.contains(&ticket.status))
            && (asked.priorities.is_empty() || asked.priorities.contains(&ticket.priority))
            && (asked.categories.is_empty() || asked.categories.contains(&ticket.category))
            && (asked.tags.is_empty() || asked.tags.iter().any(|tag| ticket.internal.has_tag(tag)))
            && asked.from.iter().all(|from| holds(&ticket.customer.name, from))
            && asked.since.is_none_or(|since| zone.begin(since) <= ticket.last_message_at)
            && asked.until.and_then(|day| day.succ_opt()).is_none_or(|after| ticket.created_at < zone.begin(after))
            && asked.states.iter().all(|state| *state == State::Unread && ticket.unread > 0);
        if !is_let {
            return Ok(false);
        }
        let mut tx = self.read().await?;
        if let Some(holders) = holders(&mut tx, asked, self.me().id).await?
            && !holders.contains(&ticket.assigned_to)
        {
            return Ok(false);
        }
        if asked.venues.is_empty() && asked.event.is_none() {
            return Ok(true);
        }
        let Some(number) = &ticket.order else { return Ok(false) };
        let Some(order) = orders::find(&mut tx, Some(number)).await? else { return Ok(false) };
        Ok(asked.venues.iter().all(|venue| holds(&order.venue, venue))
            && asked.event.is_none_or(|(first, last)| (first..=last).contains(&order.event_date)))
    }
}
