//! Properties of many tickets at once: one trip to the disk, all of them or none, and the way back.

use gemilang_protocol::desk::views::{Property, PropertyChange};
use gemilang_protocol::{Act, Internal, Op, PersonRef, Ticket, Time, validate};
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica};
use crate::outbox::put;
use crate::tickets::{self, merge};

impl Replica {
    /// Writes down what shall become of these tickets, an op for each, and answers how those that change were before, in the same order. What is so already is left alone, and so, among several, is what went into another ticket. `ids` makes the ids of the ops.
    ///
    /// # Errors
    /// One of the tickets is not on this desk, or the disk is full: then nothing is changed.
    pub async fn change_properties(
        &self,
        wanted: &[PropertyChange],
        now: Time,
        mut ids: impl FnMut() -> Uuid + Send,
    ) -> Result<Vec<PropertyChange>> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        let mut before = Vec::with_capacity(wanted.len());
        for change in wanted {
            let shown = tickets::find(&mut tx, change.ticket).await?.ticket;
            let Some((was, act)) = between(&shown, &change.to, self.me().id)? else { continue };
            if matches!(act, Act::Snooze { .. } | Act::Wake {}) {
                tickets::note_own(&mut tx, &PersonRef { id: self.me().id, name: self.me().name.clone() }).await?;
            }
            if let Act::Link { to, .. } = act
                && (to == change.ticket || tickets::number(&mut tx, to).await?.is_none())
            {
                return Err(ReplicaError::NotFound);
            }
            match merge::is_free(&shown, &act) {
                Err(ReplicaError::Refused(_)) if wanted.len() > 1 => continue,
                free => free?,
            }
            if let Act::Merge { into, on: true } = act {
                merge::may(&mut tx, &shown, into).await?;
            }
            if !called_off(&mut tx, change.ticket, &act).await? {
                let op = Op { op_id: ids(), ticket_id: change.ticket, seen_n: shown.n, written_at: now, act };
                put(&mut tx, &op).await?;
            }
            tickets::overlay(&mut tx, change.ticket).await?;
            before.push(PropertyChange { ticket: change.ticket, to: was });
        }
        if before.is_empty() {
            return Ok(before);
        }
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        let others = before.iter().filter_map(|change| match change.to {
            Property::Merged(other) | Property::Unmerged(other) => Some(other),
            _ => None,
        });
        self.outbox_changed(before.iter().map(|change| change.ticket).chain(others).collect());
        self.wake();
        Ok(before)
    }
}

/// Takes out the last change of this property, if this one is its way back and it has not left yet: then neither needs to be told.
async fn called_off(tx: &mut SqliteConnection, ticket: Uuid, act: &Act) -> Result<bool> {
    let last = "select op_id, act from outbox where ticket_id = ? and kind = ? order by ord desc limit 1";
    let Some(last) = query(last).bind(ticket).bind(act.kind()).fetch_optional(&mut *tx).await? else {
        return Ok(false);
    };
    let there: Act = serde_json::from_str(last.try_get("act")?)?;
    // What was put off before it was put off again comes back by no taking out.
    if *act != back(&there) || matches!(act, Act::Snooze { .. } | Act::Wake {}) {
        return Ok(false);
    }
    let gone = query("delete from outbox where op_id = ? and state = 'queued' and frozen_at is null")
        .bind(last.try_get::<Uuid, _>("op_id")?)
        .execute(tx)
        .await?;
    Ok(gone.rows_affected() == 1)
}

/// What takes a change back.
fn back(act: &Act) -> Act {
    match act.clone() {
        Act::Assign { from, to } => Act::Assign { from: to, to: from },
        Act::Status { from, to } => Act::Status { from: to, to: from },
        Act::Priority { from, to } => Act::Priority { from: to, to: from },
        Act::Tag { tag, on } => Act::Tag { tag, on: !on },
        Act::Link { to, on } => Act::Link { to, on: !on },
        Act::Category { from, to } => Act::Category { from: to, to: from },
        Act::Subject { from, to } => Act::Subject { from: to, to: from },
        Act::Order { from, to } => Act::Order { from: to, to: from },
        Act::Merge { into, on } => Act::Merge { into, on: !on },
        other => other,
    }
}

/// The same property as this desk shows it, and what changes it from that: what its author saw. Nothing where it is so already.
fn between(ticket: &Ticket, to: &Property, me: Uuid) -> Result<Option<(Property, Act)>> {
    let internal = &ticket.internal;
    let (was, act) = match to {
        Property::Assignee(to) => {
            (Property::Assignee(ticket.assigned_to), Act::Assign { from: ticket.assigned_to, to: *to })
        }
        Property::Status(to) => (Property::Status(ticket.status), Act::Status { from: ticket.status, to: *to }),
        Property::Priority(to) => {
            (Property::Priority(ticket.priority), Act::Priority { from: ticket.priority, to: *to })
        }
        Property::Category(to) => {
            (Property::Category(ticket.category), Act::Category { from: ticket.category, to: *to })
        }
        Property::Subject(to) => {
            let to = validate::subject(to).map_err(|rule| ReplicaError::Invalid { field: "subject", rule })?;
            if to == ticket.subject {
                return Ok(None);
            }
            (Property::Subject(ticket.subject.clone()), Act::Subject { from: ticket.subject.clone(), to })
        }
        Property::Order(to) => {
            (Property::Order(ticket.order.clone()), Act::Order { from: ticket.order.clone(), to: to.clone() })
        }
        Property::PutOff(until) => (put_off(internal, me), Act::Snooze { until: *until }),
        Property::Seen => (put_off(internal, me), Act::Wake {}),
        Property::Tagged(tag) => {
            let tag = validate::tag(tag).map_err(|rule| ReplicaError::Invalid { field: "tag", rule })?;
            if internal.has_tag(&tag) {
                return Ok(None);
            }
            (Property::Untagged(tag.clone()), Act::Tag { tag, on: true })
        }
        Property::Untagged(tag) if internal.has_tag(tag) => {
            (Property::Tagged(tag.clone()), Act::Tag { tag: tag.clone(), on: false })
        }
        Property::Linked(to) if !internal.is_linked(*to) => (Property::Unlinked(*to), Act::Link { to: *to, on: true }),
        Property::Unlinked(to) if internal.is_linked(*to) => (Property::Linked(*to), Act::Link { to: *to, on: false }),
        Property::Merged(into) if internal.merged.is_none() => {
            (Property::Unmerged(*into), Act::Merge { into: *into, on: true })
        }
        Property::Unmerged(from) if internal.merged.is_some_and(|merged| merged.into.id == *from) => {
            (Property::Merged(*from), Act::Merge { into: *from, on: false })
        }
        Property::Untagged(_)
        | Property::Linked(_)
        | Property::Unlinked(_)
        | Property::Merged(_)
        | Property::Unmerged(_) => return Ok(None),
    };
    Ok((was != *to).then_some((was, act)))
}

fn put_off(internal: &Internal, me: Uuid) -> Property {
    internal.snooze_of(me).map_or(Property::Seen, |snooze| Property::PutOff(snooze.until))
}
