//! What the service answered, and trying again. Taking back is `wishes`.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use gemilang_protocol::desk::views::OpState;
use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, TicketNumber, Time};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use super::batch::{Waiting, choose};
use super::fate::{Fate, fate};
use super::{as_seen, state, wishes};
use crate::batch::Batch;
use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica};
use crate::time::{from_micros, micros};
use crate::{erased, sabotage, tickets};

/// Nothing is held back for longer; a clock that was set back since must not make it so.
const LONGEST: TimeDelta = TimeDelta::minutes(1);

/// What a push came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Some ops must be tried again later.
    pub again: bool,
}

impl Replica {
    /// Takes the next ops to the wire, `most` of them at most: from here on they are frozen. Every claim must be followed by [`Self::settle`].
    ///
    /// # Errors
    /// The disk is full or the file is damaged.
    pub async fn claim(&self, most: usize, now: Time) -> Result<Vec<Op>> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        // One push at a time: what still says that it is on the wire was left so by a fault.
        super::thaw(&mut tx).await?;
        let rows = query(
            "select op_id, ticket_id, act, seen_n, written_at, state, wish is not null or edited_act is not null as wished,
                ifnull(leaves_at > ?1 and leaves_at <= ?2, 0) as early
            from outbox where state <> 'sent' order by ord",
        )
        .bind(micros(now))
        .bind(micros(now + LONGEST))
        .fetch_all(&mut *tx)
        .await?;
        let mut waiting = rows.iter().map(waiting).collect::<Result<Vec<_>>>()?;
        if sabotage::is_order_off() {
            waiting.reverse();
        }
        let ops = choose(&waiting, most);
        if ops.is_empty() {
            return Ok(ops);
        }
        let ids: Vec<_> = ops.iter().map(|op| op.op_id.simple().to_string()).collect();
        query(
            "update outbox set state = 'sending', tries = tries + 1, behind = 0, frozen_at = ifnull(frozen_at, ?)
            where op_id in (select unhex(value) from json_each(?))",
        )
        .bind(micros(now))
        .bind(serde_json::to_string(&ids)?)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        drop(writer);
        self.outbox_changed(ops.iter().map(|op| op.ticket_id).collect());
        Ok(ops)
    }

    /// When the next op may leave of those that their authors can still take back.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) async fn next_leaves_at(&self, now: Time) -> Result<Option<Time>> {
        let mut tx = self.read().await?;
        let next: Option<i64> = sqlx::query_scalar(
            "select min(leaves_at) from outbox where state = 'queued' and leaves_at > ?1 and leaves_at <= ?2",
        )
        .bind(micros(now))
        .bind(micros(now + LONGEST))
        .fetch_one(&mut *tx)
        .await?;
        Ok(next.map(from_micros))
    }

    /// Stores what became of a push's ops. One that got no answer is queued again, under the same id.
    ///
    /// # Errors
    /// The disk is full or the file is damaged; then the next claim finds the ops again.
    pub async fn settle(&self, ops: &[Op], answers: &[OpAnswer]) -> Result<Settled> {
        let mut settled = Settled::default();
        let mut sent_anyway = Vec::new();
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Refetchable).await?;
        for op in ops {
            let outcome = answers.iter().find(|answer| answer.op_id == op.op_id).map(|answer| &answer.outcome);
            match answered(&mut tx, op, outcome).await? {
                Answered::Again => settled.again = true,
                Answered::SentAnyway(number) => sent_anyway.push(number),
                Answered::Done => {}
            }
        }
        let tickets = BTreeSet::from_iter(ops.iter().map(|op| op.ticket_id));
        for ticket in &tickets {
            tickets::overlay(&mut tx, *ticket).await?;
        }
        tx.commit().await?;
        drop(writer);
        self.outbox_settled(Vec::from_iter(tickets), sent_anyway);
        Ok(settled)
    }

    /// All of a push was refused for one reason that trying again will not change.
    pub(crate) async fn refuse(&self, op: &Op, code: Code) -> Result<()> {
        let answer =
            OpAnswer { op_id: op.op_id, outcome: Outcome::Refused { code, detail: String::new(), winner: None } };
        self.settle(std::slice::from_ref(op), &[answer]).await.map(drop)
    }

    /// Sends a failed or held item again, against the thread as it is shown now. One whose id is void goes under the id `fresh`;
    /// one that is being changed waits for its author still.
    ///
    /// # Errors
    /// No such item, or it is already on its way.
    pub async fn retry(&self, op: Uuid, fresh: Uuid) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let (waiting, _) = take(&mut tx, op).await?;
        if !matches!(waiting.state, OpState::Held | OpState::Failed) {
            return Err(ReplicaError::Frozen);
        }
        let ticket = waiting.op.ticket_id;
        // What files a ticket has seen nothing of it.
        let (act, seen_n) = match waiting.op.act {
            act @ Act::File { .. } => (act, 0),
            act => {
                let shown = tickets::find(&mut tx, ticket).await?.ticket;
                (as_seen(act, &shown), shown.n)
            }
        };
        query(
            "update outbox set state = 'queued', act = ?, seen_n = ?,
                tries = state = 'held' and frozen_at is not null,
                frozen_at = case when reason = 'unknown' or state = 'held' then frozen_at end,
                op_id = case when reason = 'voided' then ? else op_id end,
                reason = null, winner = null, unseen = null
            where op_id = ?",
        )
        .bind(serde_json::to_string(&act)?)
        .bind(seen_n)
        .bind(fresh)
        .bind(op)
        .execute(&mut *tx)
        .await?;
        if waiting.state == OpState::Held {
            followers_saw(&mut tx, ticket, seen_n).await?;
        }
        tickets::overlay(&mut tx, ticket).await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.outbox_changed(vec![ticket]);
        self.wake();
        Ok(())
    }
}

/// The news beside a held reply was seen with everything that waits behind it: it goes on as of now.
pub(super) async fn followers_saw(tx: &mut SqliteConnection, ticket: Uuid, n: i64) -> Result<()> {
    query("update outbox set seen_n = ?1 where ticket_id = ?2 and kind = 'reply' and state = 'queued' and seen_n < ?1")
        .bind(n)
        .bind(ticket)
        .execute(tx)
        .await?;
    Ok(())
}

/// What storing one answer came to.
enum Answered {
    Done,
    /// It is to be tried again later.
    Again,
    /// Something of this ticket was to be withdrawn.
    SentAnyway(TicketNumber),
}

/// Stores one answer.
async fn answered(tx: &mut SqliteConnection, op: &Op, outcome: Option<&Outcome>) -> Result<Answered> {
    if let Some(Outcome::Refused { code, detail, .. }) = outcome {
        tracing::info!(op = %op.op_id, act = op.act.kind(), %code, detail, "op refused");
    }
    let (tries, wished) = standing(tx, op.op_id).await?;
    match fate(&op.act, wished, tries, outcome) {
        Fate::Landed(n) => {
            let sent_anyway = wishes::landed(tx, op.op_id, n).await?;
            return Ok(sent_anyway.map_or(Answered::Done, Answered::SentAnyway));
        }
        Fate::Void => wishes::void(tx, op.op_id).await?,
        Fate::Held(unseen) => {
            // One that left once has certainly not landed. Of one that left twice the first copy may be on its way still, from a
            // time when it had not waited so long.
            query(
                "update outbox set state = 'held', unseen = ?, frozen_at = case when tries > 1 then frozen_at end
                where op_id = ?",
            )
            .bind(serde_json::to_string(&unseen)?)
            .bind(op.op_id)
            .execute(&mut *tx)
            .await?;
            no_erased_words(tx).await?;
        }
        Fate::Failed(code, winner) => {
            query("update outbox set state = 'failed', reason = ?, winner = ? where op_id = ?")
                .bind(code.as_str())
                .bind(winner.as_ref().map(serde_json::to_string).transpose()?)
                .bind(op.op_id)
                .execute(&mut *tx)
                .await?;
            no_erased_words(tx).await?;
        }
        Fate::Gone => remove(tx, op.op_id).await?,
        Fate::Behind => {
            // Of one that left before it is not known.
            query("update outbox set state = 'queued', behind = tries = 1 where op_id = ? and state = 'sending'")
                .bind(op.op_id)
                .execute(tx)
                .await?;
        }
        Fate::Again { later } => {
            query("update outbox set state = 'queued' where op_id = ? and state = 'sending'")
                .bind(op.op_id)
                .execute(tx)
                .await?;
            return Ok(if later { Answered::Again } else { Answered::Done });
        }
    }
    Ok(Answered::Done)
}

/// An answer may have been made before an erasure that is here already.
async fn no_erased_words(tx: &mut SqliteConnection) -> Result<()> {
    let mut batch = Batch::default();
    erased::beside_unsent(&mut batch);
    batch.run(tx).await.map(drop)
}

/// How often it was taken to the wire, and whether its author changed their mind meanwhile.
async fn standing(tx: &mut SqliteConnection, op: Uuid) -> Result<(i64, bool)> {
    let row = query("select tries, wish is not null as wished from outbox where op_id = ?")
        .bind(op)
        .fetch_optional(tx)
        .await?;
    Ok(match row {
        Some(row) => (row.try_get("tries")?, row.try_get("wished")?),
        None => (0, false),
    })
}

pub(super) async fn remove(tx: &mut SqliteConnection, op: Uuid) -> Result<()> {
    query("delete from outbox where op_id = ?").bind(op).execute(tx).await?;
    Ok(())
}

/// An item and whether it is frozen.
pub(super) async fn take(tx: &mut SqliteConnection, op: Uuid) -> Result<(Waiting, bool)> {
    let row = query(
        "select op_id, ticket_id, act, seen_n, written_at, state, frozen_at is not null as frozen,
            wish is not null or edited_act is not null as wished, 0 as early
        from outbox where op_id = ?",
    )
    .bind(op)
    .fetch_optional(tx)
    .await?
    .ok_or(ReplicaError::NotFound)?;
    Ok((waiting(&row)?, row.try_get("frozen")?))
}

fn waiting(row: &SqliteRow) -> Result<Waiting> {
    Ok(Waiting {
        op: Op {
            op_id: row.try_get("op_id")?,
            ticket_id: row.try_get("ticket_id")?,
            seen_n: row.try_get("seen_n")?,
            written_at: from_micros(row.try_get("written_at")?),
            act: serde_json::from_str(row.try_get("act")?)?,
        },
        state: state(row.try_get("state")?),
        wished: row.try_get("wished")?,
        early: row.try_get("early")?,
    })
}
