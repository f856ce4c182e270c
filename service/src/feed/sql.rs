//! Statements that read `ticket_events` and `record_events` as one feed, and keep its generation.

use gemilang_protocol::{Category, Priority, SenderType, Status, Time};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Horizon, Place};
use crate::Result;
use crate::domain::events::EventRow;
use crate::domain::messages::sql::MessageRow;
use crate::domain::tickets::list::sql::TicketRow;
use crate::domain::word::Word;

/// Rows in one read. A literal in the statement too, so that its plan, made once, expects so few.
pub(super) const MOST: usize = 500;

/// What stands at a place.
pub(super) enum Raw {
    /// An event of a ticket, with all that it needs to be told.
    Ticket(Box<RawTicket>),
    /// Somebody changed.
    Person(Uuid),
    /// An order changed.
    Order(Uuid),
    /// A saved view changed.
    SavedView(Uuid),
    /// A session ended.
    Session(Uuid),
}

pub(super) struct RawTicket {
    pub(super) ticket: TicketRow,
    pub(super) event: EventRow,
    pub(super) urgent: i16,
    pub(super) message: Option<MessageRow>,
    pub(super) note: Option<RawNote>,
}

pub(super) struct RawNote {
    pub(super) id: Uuid,
    pub(super) note: String,
    pub(super) author_id: Uuid,
    pub(super) author_name: String,
}

/// The visible rows after a place, without those that were visible in a snapshot `seen` earlier, and the horizon of the very same snapshot.
pub(super) async fn read(
    db: impl PgExecutor<'_>,
    after: Place,
    seen: Option<&str>,
    generation: i32,
) -> Result<(Vec<(Place, Option<Raw>)>, Horizon, String)> {
    let rows = sqlx::query!(
        r#"with places as materialized (
               (select generation, xid, seq, created_at, ticket_id, n, null::text as record, null::uuid as record_id
                from ticket_events
                where (generation, xid, seq) > ($1, $2, $3) and ($4::text is null or generation <> $5 or not pg_visible_in_snapshot(xid::text::xid8, (select $4::text::pg_snapshot)))
                order by generation, xid, seq limit 500)
               union all
               (select generation, xid, seq, created_at, null, null, kind, record_id
                from record_events
                where (generation, xid, seq) > ($1, $2, $3) and ($4::text is null or generation <> $5 or not pg_visible_in_snapshot(xid::text::xid8, (select $4::text::pg_snapshot)))
                order by generation, xid, seq limit 500)
               order by generation, xid, seq limit 500
           ), horizon as (select pg_current_snapshot() as snapshot)
           select pg_snapshot_xmin(h.snapshot)::text::bigint as "xmin!", pg_snapshot_xmax(h.snapshot)::text::bigint as "xmax!",
                  h.snapshot::text as "snapshot!", p.generation as "generation?", p.xid as "xid?", p.seq as "seq?", p.created_at as "placed_at?", p.record as "record?", p.record_id as "record_id?",
                  e.n as "n?", e.op_id as "op_id?", e.actor_id as "actor_id?", a.name as "actor_name?", e.actor_type as "actor_type?",
                  e.kind as "kind?", e.data as "data?", e.urgent as "urgent?", e.written_at as "written_at?", e.created_at as "event_at?",
                  t.id as "ticket_id?", t.number as "number?", t.subject as "subject?", t.category as "category?: Word<Category>", t.priority as "priority?: Word<Priority>",
                  t.status as "status?: Word<Status>", t.customer_id as "customer_id?", c.name as "customer_name?", t.assigned_to as "assigned_to?",
                  o.number as "order_number?", t.unread_staff as "unread_staff?", t.unread_customer as "unread_customer?",
                  t.created_at as "created_at?", t.updated_at as "updated_at?", t.last_message_at as "last_message_at?",
                  t.first_responded_at as "first_responded_at?", t.resolved_at as "resolved_at?", t.closed_at as "closed_at?", t.last_n as "last_n?",
                  t.last_message_text as "last_message_text?", t.last_message_sender_type as "last_message_sender_type?: Word<SenderType>",
                  t.last_message_sender_id as "last_message_sender_id?", s.name as "last_message_sender_name?", f.number as "follows_number?",
                  t.internal as "internal?",
                  m.id as "message_id?", m.message as "message?", m.sender_type as "sender_type?", m.sender_id as "sender_id?",
                  w.name as "sender_name?", m.is_read as "is_read?", m.read_at as "read_at?",
                  i.id as "note_id?", i.note as "note?", i.author_id as "author_id?", x.name as "author_name?"
           from horizon h
           left join places p on true
           left join ticket_events e on e.ticket_id = p.ticket_id and e.n = p.n
           left join users a on a.id = e.actor_id
           left join support_tickets t on t.id = p.ticket_id
           left join users c on c.id = t.customer_id
           left join orders o on o.id = t.order_id
           left join users s on s.id = t.last_message_sender_id
           left join support_tickets f on f.id = t.follows_id
           left join chat_messages m on m.ticket_id = p.ticket_id and m.n = p.n
           left join users w on w.id = m.sender_id
           left join internal_notes i on i.ticket_id = p.ticket_id and i.n = p.n
           left join users x on x.id = i.author_id
           order by p.generation, p.xid, p.seq"#,
        after.generation,
        after.xid,
        after.seq,
        seen,
        generation,
    )
    .fetch_all(db)
    .await?;

    let mut horizon = Horizon::default();
    let mut snapshot = String::new();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        horizon = Horizon { xmin: row.xmin, xmax: row.xmax };
        snapshot = row.snapshot;
        let (Some(generation), Some(xid), Some(seq)) = (row.generation, row.xid, row.seq) else {
            continue;
        };
        let place = Place { generation, xid, seq, created_at: row.placed_at };
        if let (Some(record), Some(id)) = (row.record, row.record_id) {
            let raw = match record.as_str() {
                "person" => Some(Raw::Person(id)),
                "order" => Some(Raw::Order(id)),
                "saved_view" => Some(Raw::SavedView(id)),
                "session" => Some(Raw::Session(id)),
                // A newer service, on the same database, wrote a kind we do not know: the feed goes on.
                _ => None,
            };
            items.push((place, raw));
            continue;
        }
        // All of these are there, or the ticket is not.
        let raw = (|| {
            let event = EventRow {
                n: row.n?,
                op_id: row.op_id,
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                actor_type: row.actor_type?,
                kind: row.kind?,
                data: row.data?,
                written_at: row.written_at?,
                created_at: row.event_at?,
            };
            let ticket = TicketRow {
                id: row.ticket_id?,
                number: row.number?,
                subject: row.subject?,
                category: row.category?,
                priority: row.priority?,
                status: row.status?,
                customer_id: row.customer_id?,
                customer_name: row.customer_name?,
                assigned_to: row.assigned_to,
                order_number: row.order_number,
                unread_staff: row.unread_staff?,
                unread_customer: row.unread_customer?,
                created_at: row.created_at?,
                updated_at: row.updated_at?,
                last_message_at: row.last_message_at?,
                first_responded_at: row.first_responded_at,
                resolved_at: row.resolved_at,
                closed_at: row.closed_at,
                last_n: row.last_n?,
                last_message_text: row.last_message_text?,
                last_message_sender_type: row.last_message_sender_type?,
                last_message_sender_id: row.last_message_sender_id,
                last_message_sender_name: row.last_message_sender_name,
                follows_number: row.follows_number,
                internal: row.internal,
            };
            // A message and a note share their event's times.
            let message = match (row.message_id, row.message, row.sender_type, row.is_read) {
                (Some(id), Some(message), Some(sender_type), Some(is_read)) => Some(MessageRow {
                    id,
                    n: event.n,
                    message,
                    sender_type,
                    sender_id: row.sender_id,
                    sender_name: row.sender_name,
                    is_read,
                    read_at: row.read_at,
                    written_at: event.written_at,
                    created_at: event.created_at,
                }),
                _ => None,
            };
            let note = match (row.note_id, row.note, row.author_id, row.author_name) {
                (Some(id), Some(note), Some(author_id), Some(author_name)) => {
                    Some(RawNote { id, note, author_id, author_name })
                }
                _ => None,
            };
            Some(Raw::Ticket(Box::new(RawTicket { ticket, event, urgent: row.urgent?, message, note })))
        })();
        items.push((place, raw));
    }
    Ok((items, horizon, snapshot))
}

/// Whether at each of these places there is still the row that was there.
pub(crate) async fn stand(db: impl PgExecutor<'_>, places: &[Place]) -> Result<bool> {
    let generations: Vec<i32> = places.iter().map(|place| place.generation).collect();
    let xids: Vec<i64> = places.iter().map(|place| place.xid).collect();
    let seqs: Vec<i64> = places.iter().map(|place| place.seq).collect();
    let created: Vec<Option<Time>> = places.iter().map(|place| place.created_at).collect();
    Ok(sqlx::query_scalar!(
        r#"select not exists (
               select from unnest($1::int[], $2::bigint[], $3::bigint[], $4::timestamptz[]) as p (generation, xid, seq, created_at)
               where not exists (select from ticket_events e
                                 where e.generation = p.generation and e.xid = p.xid and e.seq = p.seq
                                       and (p.created_at is null or e.created_at = p.created_at))
                 and not exists (select from record_events r
                                 where r.generation = p.generation and r.xid = p.xid and r.seq = p.seq
                                       and (p.created_at is null or r.created_at = p.created_at))) as "stand!""#,
        &generations,
        &xids,
        &seqs,
        &created as &[Option<Time>],
    )
    .fetch_one(db)
    .await?)
}

/// What a customer may hear of a ticket after an `n`: no notes, whatever else is asked for.
pub(super) async fn thread(
    db: impl PgExecutor<'_>,
    ticket_id: Uuid,
    n: i64,
) -> Result<Vec<(EventRow, Option<MessageRow>)>> {
    let rows = sqlx::query!(
        r#"select e.n, e.op_id, e.actor_id, u.name as "actor_name?", e.actor_type, e.kind, e.data, e.written_at, e.created_at,
                  m.id as "message_id?", m.message as "message?", m.sender_type as "sender_type?", m.sender_id,
                  w.name as "sender_name?", m.is_read as "is_read?", m.read_at
           from ticket_events e
           left join users u on u.id = e.actor_id
           left join chat_messages m on m.ticket_id = e.ticket_id and m.n = e.n
           left join users w on w.id = m.sender_id
           where e.ticket_id = $1 and e.n > $2 and e.kind <> all (array['note', 'snoozed', 'woken', 'send_later', 'called_off', 'held_back'])
           order by e.n limit 500"#,
        ticket_id,
        n,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let event = EventRow {
                n: row.n,
                op_id: row.op_id,
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                actor_type: row.actor_type,
                kind: row.kind,
                data: row.data,
                written_at: row.written_at,
                created_at: row.created_at,
            };
            let message = match (row.message_id, row.message, row.sender_type, row.is_read) {
                (Some(id), Some(message), Some(sender_type), Some(is_read)) => Some(MessageRow {
                    id,
                    n: row.n,
                    message,
                    sender_type,
                    sender_id: row.sender_id,
                    sender_name: row.sender_name,
                    is_read,
                    read_at: row.read_at,
                    written_at: row.written_at,
                    created_at: row.created_at,
                }),
                _ => None,
            };
            (event, message)
        })
        .collect())
}

/// Where a process starts.
pub(crate) struct Start {
    /// The last settled place.
    pub(crate) base: Place,
    /// The visible places above it.
    pub(crate) above: Vec<Place>,
    /// Of the same snapshot.
    pub(crate) horizon: Horizon,
    /// The snapshot itself, as Postgres writes it.
    pub(crate) snapshot: String,
}

/// Where a process starts: the places above the horizon that are visible now, and the last one below it.
pub(crate) async fn starting_places(db: &mut PgConnection, generation: i32) -> Result<Start> {
    let horizon = sqlx::query!(
        r#"select pg_snapshot_xmin(s)::text::bigint as "xmin!", pg_snapshot_xmax(s)::text::bigint as "xmax!", s::text as "snapshot!"
           from pg_current_snapshot() as s"#
    )
    .fetch_one(&mut *db)
    .await?;
    let rows = sqlx::query!(
        r#"(select generation as "generation!", xid as "xid!", seq as "seq!", created_at as "created_at!" from ticket_events
            where (generation, xid) < ($1, $2) order by generation desc, xid desc, seq desc limit 1)
           union all
           (select generation, xid, seq, created_at from record_events
            where (generation, xid) < ($1, $2) order by generation desc, xid desc, seq desc limit 1)"#,
        generation,
        horizon.xmin,
    )
    .fetch_all(&mut *db)
    .await?;
    let base = rows
        .into_iter()
        .map(|row| Place { generation: row.generation, xid: row.xid, seq: row.seq, created_at: Some(row.created_at) })
        .max()
        .unwrap_or(Place::START);
    let rows = sqlx::query!(
        r#"select generation as "generation!", xid as "xid!", seq as "seq!", created_at as "created_at!"
           from ticket_events where (generation, xid) >= ($1, $2)
           union all
           select generation, xid, seq, created_at from record_events where (generation, xid) >= ($1, $2)"#,
        generation,
        horizon.xmin,
    )
    .fetch_all(&mut *db)
    .await?;
    let above = rows
        .into_iter()
        .map(|row| Place { generation: row.generation, xid: row.xid, seq: row.seq, created_at: Some(row.created_at) })
        .collect();
    let snapshot = horizon.snapshot;
    Ok(Start { base, above, horizon: Horizon { xmin: horizon.xmin, xmax: horizon.xmax }, snapshot })
}

/// Everybody else who settles the generation waits.
pub(super) async fn lock_generations(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table feed_generations in exclusive mode").execute(db).await?;
    Ok(())
}

/// The latest generation, and whether this database is still the one it began in.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) generation: i32,
    pub(super) same_database: bool,
    pub(super) highest_xid: i64,
    pub(super) next_xid: i64,
}

impl Known {
    /// Whether what is written now stands behind all that it holds.
    pub(super) fn goes_on(self) -> bool {
        self.same_database && self.highest_xid < self.next_xid
    }
}

pub(super) async fn generation(db: &mut PgConnection) -> Result<Option<Known>> {
    let row = sqlx::query!(
        r#"select g.generation,
                  g.system_identifier = (select system_identifier || '/' || d.oid || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
                      from pg_control_system(), pg_database d where d.datname = current_database()) as "same_database!",
                  greatest(
                      (select xid from ticket_events e where e.generation = g.generation order by xid desc limit 1),
                      (select xid from record_events r where r.generation = g.generation order by xid desc limit 1),
                      0) as "highest_xid!",
                  pg_snapshot_xmax(pg_current_snapshot())::text::bigint as "next_xid!"
           from feed_generations g order by g.generation desc limit 1"#
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Known {
        generation: row.generation,
        same_database: row.same_database,
        highest_xid: row.highest_xid,
        next_xid: row.next_xid,
    }))
}

pub(super) async fn insert_generation(db: &mut PgConnection, generation: i32, now: Time) -> Result<()> {
    sqlx::query!(
        "insert into feed_generations (generation, system_identifier, started_at)
         select $1, system_identifier || '/' || d.oid || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8), $2
         from pg_control_system(), pg_database d where d.datname = current_database()",
        generation,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Tells listeners of a channel; the payload is for them to read.
pub(crate) async fn notify(db: impl PgExecutor<'_>, channel: &str, payload: &str) -> Result<()> {
    sqlx::query!("select pg_notify($1, $2)", channel, payload).execute(db).await?;
    Ok(())
}
