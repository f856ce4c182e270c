//! The outbox: the one write door. What a person does is on the disk, with its effect, before the screen says so; what becomes of it is always one honest state.

/// Which ops may leave now.
pub(crate) mod batch;
/// Properties of many tickets at once.
mod bulk;
/// What an answer means.
pub(crate) mod fate;
/// What was sent lately.
mod sent;
/// What the service answered, and what people do about it.
mod settle;
/// Taking back and changing what was written.
mod wishes;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{OpState, OutboxItem, Wish};
use gemilang_protocol::{Act, Code, FieldError, FileForm, Op, PersonRef, Ticket, TicketNumber, Time, validate};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query, query_scalar};
use uuid::Uuid;

use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica};
use crate::time::{from_micros, micros};
use crate::{drafts, events, filing, messages, tickets};

pub use settle::Settled;

const ITEM: &str = "select b.op_id, b.ticket_id, b.act, b.state, b.reason, b.winner, b.unseen, b.written_at,
    b.wish, b.edited_act ->> case b.kind when 'note' then '$.note' else '$.message' end as edited,
    iif(b.state = 'queued' and b.frozen_at is null and b.wish is null, b.leaves_at, null) as leaves_at, b.state = 'queued' and b.frozen_at is not null and not b.behind as perhaps_sent,
    coalesce(t.subject, t.head ->> '$.subject', b.act ->> '$.form.subject', '') as subject, ifnull(t.number, 0) as number,
    coalesce(t.head ->> '$.customer.name', b.act ->> '$.form.customer.name', '') as customer,
    case b.kind
        when 'assign' then (select p.name from people p where p.id = unhex(replace(b.act ->> '$.to', '-', '')))
        when 'merge' then (select printf('GW-%04d', m.number) from tickets m where m.id = unhex(replace(b.act ->> '$.into', '-', '')))
    end as to_name
    from outbox b left join tickets t on t.id = b.ticket_id ";

impl Replica {
    /// Writes an op down together with its effect, and answers what the screen shows. What it was changed from is filled in here, as this desk shows it. The same op again gets the same answer again.
    ///
    /// # Errors
    /// A text breaks a rule, the ticket is not on this desk, the id is another op's, the disk is full.
    pub async fn write(&self, op_id: Uuid, ticket: Uuid, act: Act, now: Time) -> Result<OutboxItem> {
        self.write_until(op_id, ticket, act, now, None).await
    }

    /// The same, for an op that does not leave before `leaves_at`; until then its author can take it back.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_until(
        &self,
        op_id: Uuid,
        ticket: Uuid,
        act: Act,
        now: Time,
        leaves_at: Option<Time>,
    ) -> Result<OutboxItem> {
        let act = checked(act)?;
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        if let Some(item) = written_before(&mut tx, op_id, ticket, &act, now).await? {
            return Ok(item);
        }
        let shown = tickets::find(&mut tx, ticket).await?;
        tickets::merge::is_free(&shown.ticket, &act)?;
        let act = as_seen(act, &shown.ticket);
        let me = self.me();
        match act {
            Act::Snooze { .. } | Act::Wake {} => {
                tickets::note_own(&mut tx, &PersonRef { id: me.id, name: me.name.clone() }).await?;
            }
            Act::Reply { .. } | Act::SendLater { .. } => drafts::remove(&mut tx, ticket, drafts::REPLY).await?,
            Act::Note { .. } => drafts::remove(&mut tx, ticket, drafts::NOTE).await?,
            _ => {}
        }
        put(&mut tx, &Op { op_id, ticket_id: ticket, seen_n: shown.ticket.n, written_at: now, act }).await?;
        if let Some(leaves_at) = leaves_at {
            query("update outbox set leaves_at = ? where op_id = ?")
                .bind(micros(leaves_at))
                .bind(op_id)
                .execute(&mut *tx)
                .await?;
        }
        tickets::overlay(&mut tx, ticket).await?;
        let item = find(&mut tx, op_id).await?.ok_or(ReplicaError::NotFound)?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![ticket]);
        self.wake();
        Ok(item)
    }

    /// Files a ticket for a customer who called, under an id of its own. It is here once the service has filed it; until then
    /// it stands in the outbox. The same op again gets the same answer again.
    ///
    /// # Errors
    /// A text breaks a rule, the id is another op's, the disk is full.
    pub async fn file_ticket(&self, id: Uuid, form: FileForm, now: Time) -> Result<OutboxItem> {
        let act = checked(Act::File { form })?;
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        if let Some(item) = find(&mut tx, id).await? {
            return if matches!(item.act, Act::File { .. }) { Ok(item) } else { Err(ReplicaError::IdTaken) };
        }
        if events::has_op(&mut tx, id).await? {
            return Err(ReplicaError::IdTaken);
        }
        put(&mut tx, &Op { op_id: id, ticket_id: id, seen_n: 0, written_at: now, act }).await?;
        filing::forget(&mut tx).await?;
        let item = find(&mut tx, id).await?.ok_or(ReplicaError::NotFound)?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![id]);
        self.wake();
        Ok(item)
    }

    /// The customer's messages up to `up_to` were seen. Nothing is written when nothing was unread.
    ///
    /// # Errors
    /// The ticket is not on this desk, or the disk is full.
    pub async fn mark_read(&self, op_id: Uuid, ticket: Uuid, up_to: i64, now: Time) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let shown = tickets::find(&mut tx, ticket).await?;
        let marked = unsent_acts(&mut tx, ticket, shown.ticket.n)
            .await?
            .iter()
            .filter_map(|act| match act {
                Act::Read { up_to } => Some(*up_to),
                _ => None,
            })
            .max()
            .unwrap_or(0);
        let (first, _) = messages::unread(&mut tx, shown.key, marked).await?;
        let Some(first) = first.filter(|first| *first <= up_to) else {
            return Ok(());
        };
        // One mark says what several would.
        query("delete from outbox where ticket_id = ? and kind = 'read' and state = 'queued' and frozen_at is null")
            .bind(ticket)
            .execute(&mut *tx)
            .await?;
        query("update tickets set read_line = ? where key = ?")
            .bind(first - 1)
            .bind(shown.key)
            .execute(&mut *tx)
            .await?;
        put(
            &mut tx,
            &Op { op_id, ticket_id: ticket, seen_n: shown.ticket.n, written_at: now, act: Act::Read { up_to } },
        )
        .await?;
        tickets::overlay(&mut tx, ticket).await?;
        tx.commit().await?;
        drop(writer);
        self.announce(Changed { tickets: vec![ticket], ..Changed::default() });
        self.wake();
        Ok(())
    }

    /// Everything a person wrote that has not been sent, in the order written. Read marks are no words.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn outbox(&self) -> Result<Vec<OutboxItem>> {
        let mut tx = self.read().await?;
        let rows = sqlx::QueryBuilder::<sqlx::Sqlite>::new(ITEM)
            .push("where b.state <> 'sent' and b.kind <> 'read' order by b.ord")
            .build()
            .fetch_all(&mut *tx)
            .await?;
        rows.iter().map(item).collect()
    }

    pub(crate) fn outbox_changed(&self, tickets: Vec<Uuid>) {
        self.outbox_settled(tickets, Vec::new());
    }

    pub(crate) fn outbox_settled(&self, tickets: Vec<Uuid>, sent_anyway: Vec<TicketNumber>) {
        self.announce(Changed { tickets, outbox: true, sent_anyway, ..Changed::default() });
    }
}

/// The texts of an op, held against the rules that the service holds them against too.
fn checked(act: Act) -> Result<Act> {
    let broken = |field| move |rule: FieldError| ReplicaError::Invalid { field, rule };
    Ok(match act {
        Act::Reply { message } => Act::Reply { message: validate::message(&message).map_err(broken("message"))? },
        Act::SendLater { message, at } => {
            Act::SendLater { message: validate::message(&message).map_err(broken("message"))?, at }
        }
        Act::Note { note } => Act::Note { note: validate::message(&note).map_err(broken("note"))? },
        Act::Tag { tag, on } => Act::Tag { tag: validate::tag(&tag).map_err(broken("tag"))?, on },
        Act::Subject { from, to } => Act::Subject { from, to: validate::subject(&to).map_err(broken("subject"))? },
        // Its first words are the customer's: they are taken from where they stand.
        Act::File { form } if form.splits.is_some() => Act::File {
            form: FileForm {
                subject: validate::subject(&form.subject).map_err(broken("subject"))?,
                message: String::new(),
                ..form
            },
        },
        Act::File { form } => Act::File {
            form: FileForm {
                subject: validate::subject(&form.subject).map_err(broken("subject"))?,
                message: validate::message(&form.message).map_err(broken("message"))?,
                ..form
            },
        },
        other => other,
    })
}

/// What an op changes from is what its author saw.
fn as_seen(act: Act, ticket: &Ticket) -> Act {
    match act {
        Act::Assign { to, .. } => Act::Assign { from: ticket.assigned_to, to },
        Act::Status { to, .. } => Act::Status { from: ticket.status, to },
        Act::Priority { to, .. } => Act::Priority { from: ticket.priority, to },
        Act::Category { to, .. } => Act::Category { from: ticket.category, to },
        Act::Subject { to, .. } => Act::Subject { from: ticket.subject.clone(), to },
        Act::Order { to, .. } => Act::Order { from: ticket.order.clone(), to },
        other => other,
    }
}

/// The answer an op got when it was written for the first time.
async fn written_before(
    tx: &mut SqliteConnection,
    op_id: Uuid,
    ticket: Uuid,
    act: &Act,
    now: Time,
) -> Result<Option<OutboxItem>> {
    if let Some(item) = find(tx, op_id).await? {
        let same = item.ticket_id == ticket && item.act.kind() == act.kind();
        return if same { Ok(Some(item)) } else { Err(ReplicaError::IdTaken) };
    }
    if !events::has_op(tx, op_id).await? {
        return Ok(None);
    }
    let shown = tickets::find(tx, ticket).await?.ticket;
    Ok(Some(OutboxItem {
        op_id,
        ticket_id: ticket,
        number: shown.number,
        subject: shown.subject,
        customer: shown.customer.name,
        act: act.clone(),
        to_name: None,
        state: OpState::Sent,
        perhaps_sent: false,
        wish: None,
        edited: None,
        reason: None,
        winner: None,
        unseen: None,
        written_at: now,
        leaves_at: None,
    }))
}

async fn put(tx: &mut SqliteConnection, op: &Op) -> Result<()> {
    query(
        "insert into outbox (op_id, ticket_id, kind, act, seen_n, written_at, state)
        values (?, ?, ?, ?, ?, ?, 'queued')",
    )
    .bind(op.op_id)
    .bind(op.ticket_id)
    .bind(op.act.kind())
    .bind(serde_json::to_string(&op.act)?)
    .bind(op.seen_n)
    .bind(micros(op.written_at))
    .execute(tx)
    .await?;
    Ok(())
}

async fn find(tx: &mut SqliteConnection, op: Uuid) -> Result<Option<OutboxItem>> {
    let row = sqlx::QueryBuilder::<sqlx::Sqlite>::new(ITEM)
        .push("where b.op_id = ")
        .push_bind(op)
        .build()
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(item).transpose()
}

/// Own words and changes on a ticket that the feed has not brought back yet; one that landed stays, as sent, until then.
pub(crate) async fn of_ticket(tx: &mut SqliteConnection, ticket: Uuid) -> Result<Vec<OutboxItem>> {
    let rows = sqlx::QueryBuilder::<sqlx::Sqlite>::new(ITEM)
        .push("where b.kind <> 'read' and b.ticket_id = ")
        .push_bind(ticket)
        .push(" order by b.ord")
        .build()
        .fetch_all(tx)
        .await?;
    rows.iter().map(item).collect()
}

/// How many words and changes have not been sent.
pub(crate) async fn unsent(tx: &mut SqliteConnection) -> Result<u64> {
    let unsent: i64 =
        query_scalar("select count(*) from outbox where state <> 'sent' and kind <> 'read'").fetch_one(tx).await?;
    Ok(unsent.unsigned_abs())
}

/// The acts that a head with this `n` does not hold yet and that are still expected to come true.
pub(crate) async fn unsent_acts(tx: &mut SqliteConnection, ticket: Uuid, head_n: i64) -> Result<Vec<Act>> {
    let rows: Vec<String> = query_scalar(
        "select act from outbox where ticket_id = ?
            and (state in ('queued', 'sending') and wish is null or (state = 'sent' and landed_n > ?))
        order by ord",
    )
    .bind(ticket)
    .bind(head_n)
    .fetch_all(tx)
    .await?;
    Ok(rows.iter().map(|act| serde_json::from_str(act)).collect::<Result<_, _>>()?)
}

/// What the feed's confirmations came to.
#[derive(Debug, Default)]
pub(crate) struct Confirmed {
    /// The tickets of all that was confirmed or is void.
    pub(crate) tickets: Vec<Uuid>,
    /// Of these something was to be withdrawn.
    pub(crate) sent_anyway: Vec<TicketNumber>,
}

/// Takes out, of these ops and of all that were answered, the ones the feed has brought. Words stay until their own event is here; of a change it is enough that the head is as far, because one that changed nothing has no event.
pub(crate) async fn confirmed(tx: &mut SqliteConnection, ops: &[Uuid]) -> Result<Confirmed> {
    let ops = serde_json::to_string(&ops.iter().map(|op| op.simple().to_string()).collect::<Vec<_>>())?;
    let mut confirmed = settled_otherwise(tx, &ops).await?;
    confirmed.tickets.extend(confirmed_as_written(tx, &ops).await?);
    Ok(confirmed)
}

/// Of ops that their authors changed their minds about, or that turn out to be void, more is to be done than taking them out.
async fn settled_otherwise(tx: &mut SqliteConnection, ops: &str) -> Result<Confirmed> {
    let rows = query(
        "select b.op_id, b.ticket_id, b.wish is not null as wished, e.kind = 'voided' as void
        from json_each(?) j join events e on e.op_id = unhex(j.value) join outbox b on b.op_id = e.op_id
        where e.kind = 'voided' or b.wish is not null or b.edited_act is not null",
    )
    .bind(ops)
    .fetch_all(&mut *tx)
    .await?;
    let mut confirmed = Confirmed::default();
    for row in &rows {
        let op: Uuid = row.try_get("op_id")?;
        match (row.try_get("void")?, row.try_get("wished")?) {
            (true, true) => wishes::void(tx, op).await?,
            // Withdrawn from elsewhere, with an older copy of this file for example: a person decides.
            (true, false) => {
                query("update outbox set state = 'failed', reason = ? where op_id = ?")
                    .bind(Code::Voided.as_str())
                    .bind(op)
                    .execute(&mut *tx)
                    .await?;
            }
            (false, _) => confirmed.sent_anyway.extend(wishes::too_late(tx, op).await?),
        }
        confirmed.tickets.push(row.try_get("ticket_id")?);
    }
    Ok(confirmed)
}

async fn confirmed_as_written(tx: &mut SqliteConnection, ops: &str) -> Result<Vec<Uuid>> {
    sent::keep_landed(tx, ops).await?;
    Ok(query_scalar(
        "delete from outbox
        where op_id in (select e.op_id from json_each(?) j join events e on e.op_id = unhex(j.value) where e.kind <> 'voided')
            or (state = 'sent' and kind not in ('reply', 'note', 'send_later')
                and landed_n <= (select t.n from tickets t where t.id = outbox.ticket_id))
        returning ticket_id",
    )
    .bind(ops)
    .fetch_all(tx)
    .await?)
}

/// Which of these tickets have something in the outbox.
pub(crate) async fn tickets_among(tx: &mut SqliteConnection, tickets: impl Iterator<Item = Uuid>) -> Result<Vec<Uuid>> {
    let ids: Vec<_> = tickets.map(|id| id.simple().to_string()).collect();
    Ok(query_scalar("select distinct ticket_id from outbox where ticket_id in (select unhex(value) from json_each(?))")
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(tx)
        .await?)
}

/// After a crash nothing is on the wire any more; what was stays frozen.
pub(crate) async fn thaw(connection: &mut SqliteConnection) -> Result<()> {
    query("update outbox set state = 'queued' where state = 'sending'").execute(connection).await?;
    Ok(())
}

pub(crate) fn state(word: &str) -> OpState {
    match word {
        "sending" => OpState::Sending,
        "held" => OpState::Held,
        "failed" => OpState::Failed,
        "sent" => OpState::Sent,
        _ => OpState::Queued,
    }
}

fn wish(word: Option<&str>) -> Option<Wish> {
    match word {
        Some("withdraw") => Some(Wish::Withdraw),
        Some("edit") => Some(Wish::Edit),
        _ => None,
    }
}

fn item(row: &SqliteRow) -> Result<OutboxItem> {
    let read = |text: Option<&str>| text.map(str::to_owned);
    let winner = read(row.try_get("winner")?);
    let unseen = read(row.try_get("unseen")?);
    let reason: Option<&str> = row.try_get("reason")?;
    Ok(OutboxItem {
        op_id: row.try_get("op_id")?,
        ticket_id: row.try_get("ticket_id")?,
        number: TicketNumber(row.try_get("number")?),
        subject: row.try_get("subject")?,
        customer: row.try_get("customer")?,
        act: serde_json::from_str(row.try_get("act")?)?,
        to_name: row.try_get("to_name")?,
        state: state(row.try_get("state")?),
        perhaps_sent: row.try_get("perhaps_sent")?,
        wish: wish(row.try_get("wish")?),
        edited: row.try_get("edited")?,
        reason: reason.map(|code| code.parse().unwrap_or(Code::Unknown)),
        winner: winner.map(|event| serde_json::from_str(&event)).transpose()?,
        unseen: unseen.map(|message| serde_json::from_str(&message)).transpose()?,
        written_at: from_micros(row.try_get("written_at")?),
        leaves_at: row.try_get::<Option<i64>, _>("leaves_at")?.map(from_micros),
    })
}
