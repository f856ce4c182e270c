//! Taking back and changing what was written. What is being changed does not leave. What certainly has not landed is changed at once; what was on the wire without an answer waits as a wish until the service has said that it never will land.

use gemilang_protocol::desk::views::{OpState, OutboxItem, TakenBack, Undone};
use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, TicketNumber, Time, VoidRequest};
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use super::batch::Waiting;
use super::settle::{followers_saw, remove, take};
use super::{checked, confirmed};
use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica};
use crate::{drafts, tickets};

impl Replica {
    /// Takes an item back.
    ///
    /// # Errors
    /// No such item, it has landed, or the disk is full.
    pub async fn withdraw(&self, op: Uuid) -> Result<TakenBack> {
        self.want(op, None).await
    }

    /// Sends other words in the place of these, under the id `fresh`: the old one may be on its way still.
    ///
    /// # Errors
    /// No such item, one without words, a text that breaks a rule, it has landed, or the disk is full.
    pub async fn edit(&self, op: Uuid, text: &str, fresh: Uuid) -> Result<TakenBack> {
        self.want(op, Some((text, fresh))).await
    }

    /// Keeps words that are being written instead of an item's own; it does not leave meanwhile. Without words it is left as it was and goes on.
    ///
    /// # Errors
    /// No such item, one without words or with a wish, it has landed, or the disk is full.
    pub async fn keep_edit(&self, op: Uuid, text: Option<&str>, fresh: Uuid) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let (waiting, _) = take(&mut tx, op).await?;
        let before = query("select wish, edited_act is not null as edited from outbox where op_id = ?")
            .bind(op)
            .fetch_one(&mut *tx)
            .await?;
        if waiting.state == OpState::Sent || before.try_get::<Option<&str>, _>("wish")?.is_some() {
            return Err(ReplicaError::Frozen);
        }
        // Not held against the rules yet: half a sentence, or none, is kept as well.
        let act = match (&waiting.op.act, text) {
            (_, None) => None,
            (Act::Reply { .. }, Some(text)) => Some(Act::Reply { message: text.to_owned() }),
            (Act::SendLater { at, .. }, Some(text)) => Some(Act::SendLater { message: text.to_owned(), at: *at }),
            (Act::Note { .. }, Some(text)) => Some(Act::Note { note: text.to_owned() }),
            _ => return Err(ReplicaError::NotFound),
        };
        query("update outbox set edited_act = ?1, edited_id = iif(?1 is null, null, ifnull(edited_id, ?2)) where op_id = ?3")
            .bind(act.map(|act| serde_json::to_string(&act)).transpose()?)
            .bind(fresh)
            .bind(op)
            .execute(&mut *tx)
            .await?;
        let begins_or_ends = before.try_get::<bool, _>("edited")? != text.is_some();
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        if begins_or_ends {
            self.outbox_changed(vec![waiting.op.ticket_id]);
            self.wake();
        }
        Ok(())
    }

    async fn want(&self, op: Uuid, edited: Option<(&str, Uuid)>) -> Result<TakenBack> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let (waiting, taken) = wanted(&mut tx, op, edited).await?;
        tickets::overlay(&mut tx, waiting.op.ticket_id).await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![waiting.op.ticket_id]);
        // What waited behind it may go now, or the service is to be asked.
        self.wake();
        Ok(taken)
    }

    /// Takes a reply back that was just written, with the change of status that was to follow it: its words are the draft again,
    /// before what has been written since.
    ///
    /// # Errors
    /// No such reply, it has landed, or the disk is full.
    pub async fn undo_send(&self, op: Uuid, then: Option<Uuid>, now: Time) -> Result<Undone> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let (waiting, taken) = wanted(&mut tx, op, None).await?;
        let (Act::Reply { message: text } | Act::SendLater { message: text, .. }) = waiting.op.act else {
            return Err(ReplicaError::NotFound);
        };
        let ticket = waiting.op.ticket_id;
        if let Some(then) = then {
            match wanted(&mut tx, then, None).await {
                Ok(_) | Err(ReplicaError::NotFound | ReplicaError::Frozen) => {}
                Err(error) => return Err(error),
            }
        }
        drafts::put_back(&mut tx, ticket, drafts::REPLY, &text, now).await?;
        tickets::overlay(&mut tx, ticket).await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![ticket]);
        self.wake();
        Ok(Undone { text, taken })
    }

    /// A reply that was to be sent later is not: its words are the draft again, before what is there, or leave now.
    ///
    /// # Errors
    /// No such reply is here any more, or the disk is full.
    pub async fn call_off(
        &self,
        op_id: Uuid,
        ticket: Uuid,
        later: Uuid,
        edit: bool,
        send: bool,
        now: Time,
    ) -> Result<OutboxItem> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let shown = tickets::find(&mut tx, ticket).await?.ticket;
        let text = shown.internal.later(later).ok_or(ReplicaError::NotFound)?.message.clone();
        let op = |op_id, act| Op { op_id, ticket_id: ticket, seen_n: shown.n, written_at: now, act };
        super::put(&mut tx, &op(op_id, Act::CallOff { id: later, now: send })).await?;
        if edit {
            drafts::put_back(&mut tx, ticket, drafts::REPLY, &text, now).await?;
        }
        tickets::overlay(&mut tx, ticket).await?;
        let item = super::find(&mut tx, op_id).await?.ok_or(ReplicaError::NotFound)?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![ticket]);
        self.wake();
        Ok(item)
    }

    /// The ops of which the service must say whether they have landed, in the order written.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn to_void(&self) -> Result<Vec<VoidRequest>> {
        let mut tx = self.read().await?;
        let rows =
            query("select op_id, ticket_id from outbox where wish is not null and state = 'queued' order by ord")
                .fetch_all(&mut *tx)
                .await?;
        rows.iter()
            .map(|row| Ok(VoidRequest { op_id: row.try_get("op_id")?, ticket_id: row.try_get("ticket_id")? }))
            .collect()
    }

    /// Stores what the service said of an op that was to be void.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then the service is asked again.
    pub async fn voided(&self, answer: &OpAnswer) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let (waiting, _) = match take(&mut tx, answer.op_id).await {
            // The feed was faster.
            Err(ReplicaError::NotFound) => return Ok(()),
            found => found?,
        };
        let mut sent_anyway = None;
        match &answer.outcome {
            Outcome::Landed { n, .. } => sent_anyway = landed(&mut tx, answer.op_id, *n).await?,
            Outcome::Held { .. } | Outcome::Behind | Outcome::Refused { .. } => void(&mut tx, answer.op_id).await?,
        }
        tickets::overlay(&mut tx, waiting.op.ticket_id).await?;
        tx.commit().await?;
        drop(writer);
        self.outbox_settled(vec![waiting.op.ticket_id], Vec::from_iter(sent_anyway));
        self.wake();
        Ok(())
    }
}

/// Notes what its author wants of an item, and does it where it certainly has not landed.
async fn wanted(tx: &mut SqliteConnection, op: Uuid, edited: Option<(&str, Uuid)>) -> Result<(Waiting, TakenBack)> {
    let (waiting, frozen) = take(tx, op).await?;
    let is_certain = match waiting.state {
        OpState::Held => !frozen,
        OpState::Failed => !is_uncertain(tx, op).await?,
        OpState::Queued => !frozen,
        OpState::Sending => false,
        OpState::Sent => return Err(ReplicaError::Frozen),
    };
    // There is no ticket yet that could say that it never will be filed.
    if !is_certain && matches!(waiting.op.act, Act::File { .. }) {
        return Err(ReplicaError::Frozen);
    }
    let (act, fresh) = match edited {
        None => (None, None),
        Some((text, fresh)) => (Some(serde_json::to_string(&reworded(&waiting.op.act, text)?)?), Some(fresh)),
    };
    query(
        "update outbox set wish = ?1, edited_act = ?2, edited_id = ?3,
            state = case when state in ('held', 'failed') then 'queued' else state end,
            seen_n = case when ?2 is null then seen_n
                else ifnull((select t.n from tickets t where t.id = outbox.ticket_id), seen_n) end
        where op_id = ?4",
    )
    .bind(if edited.is_some() { "edit" } else { "withdraw" })
    .bind(act)
    .bind(fresh)
    .bind(op)
    .execute(&mut *tx)
    .await?;
    if waiting.state == OpState::Held && edited.is_some() {
        let shown = tickets::find(tx, waiting.op.ticket_id).await?.ticket;
        followers_saw(tx, waiting.op.ticket_id, shown.n).await?;
    }
    if is_certain {
        void(tx, op).await?;
    }
    Ok((waiting, if is_certain { TakenBack::Done } else { TakenBack::Asked }))
}

/// Whether it failed by a fault of the service's own, that may have struck after it had landed.
async fn is_uncertain(tx: &mut SqliteConnection, op: Uuid) -> Result<bool> {
    let reason: Option<String> =
        sqlx::query_scalar("select reason from outbox where op_id = ?").bind(op).fetch_one(tx).await?;
    Ok(reason.as_deref() == Some(Code::Unknown.as_str()))
}

/// It will never land: its author's wish is done. Other words go as of what was on their author's screen, not of what has
/// come since.
pub(super) async fn void(tx: &mut SqliteConnection, op: Uuid) -> Result<()> {
    let edited = query(
        "update outbox set op_id = edited_id, act = edited_act, state = 'queued', tries = 0, frozen_at = null,
            reason = null, winner = null, unseen = null, wish = null, edited_act = null, edited_id = null
        where op_id = ? and wish = 'edit'",
    )
    .bind(op)
    .execute(&mut *tx)
    .await?;
    if edited.rows_affected() == 0 {
        remove(tx, op).await?;
    }
    Ok(())
}

/// It has landed after all, and is shown as sent. Answers as [`too_late`] does.
pub(super) async fn landed(tx: &mut SqliteConnection, op: Uuid, n: i64) -> Result<Option<TicketNumber>> {
    let sent_anyway = too_late(tx, op).await?;
    query("update outbox set state = 'sent', landed_n = ? where op_id = ?").bind(n).bind(op).execute(&mut *tx).await?;
    // The feed may have been faster.
    confirmed(tx, &[op]).await?;
    Ok(sent_anyway)
}

/// The words that were to replace what has landed, or were being written to, become an item of their own, for a person to decide about.
/// Of what was to be withdrawn the ticket is answered, once: its author has to be told.
pub(super) async fn too_late(tx: &mut SqliteConnection, op: Uuid) -> Result<Option<TicketNumber>> {
    let withdrawn: Option<i64> = sqlx::query_scalar(
        "select ifnull(t.number, 0) from outbox b left join tickets t on t.id = b.ticket_id
        where b.op_id = ? and b.wish = 'withdraw' and b.state <> 'sent'",
    )
    .bind(op)
    .fetch_optional(&mut *tx)
    .await?;
    query(
        "insert into outbox (op_id, ticket_id, kind, act, seen_n, written_at, state, reason)
        select edited_id, ticket_id, kind, edited_act, seen_n, written_at, 'failed', ?
        from outbox where op_id = ? and edited_act is not null and edited_act <> act",
    )
    .bind(Code::AlreadySent.as_str())
    .bind(op)
    .execute(&mut *tx)
    .await?;
    query(
        "update outbox set wish = iif(wish = 'withdraw', wish, null), edited_act = null, edited_id = null
        where op_id = ?",
    )
    .bind(op)
    .execute(tx)
    .await?;
    Ok(withdrawn.map(TicketNumber))
}

fn reworded(act: &Act, text: &str) -> Result<Act> {
    match act {
        Act::Reply { .. } => checked(Act::Reply { message: text.to_owned() }),
        Act::SendLater { at, .. } => checked(Act::SendLater { message: text.to_owned(), at: *at }),
        Act::Note { .. } => checked(Act::Note { note: text.to_owned() }),
        // A change has no words.
        _ => Err(ReplicaError::NotFound),
    }
}
