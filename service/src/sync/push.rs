//! `POST /sync/v1/push`: ops in the order they were written, each answered by itself, so that a bad one blocks no other ticket.

use std::collections::HashSet;

use axum::extract::State;
use chrono::{SubsecRound, TimeDelta};
use gemilang_protocol::sync::PushRequest;
use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, PushAnswer, Time, validate};
use serde_json::Value;
use uuid::Uuid;

use super::Desk;
use crate::domain::tickets::{self, Done, Edit, Intent, Landed, OpKey, Request, Seen};
use crate::domain::{Actor, messages, notes};
use crate::request::Json;
use crate::{App, Error, Result};

/// A reply that waited longer than this unsent may answer what is no longer the question.
const WAITED: TimeDelta = TimeDelta::seconds(20);
/// A desk's clock that differs more than this from ours is wrong; less may be the way between.
const ASKEW: TimeDelta = TimeDelta::seconds(60);

/// Nothing is put off for longer than a year, and a little.
const FARTHEST: TimeDelta = TimeDelta::days(400);

/// The ops, still raw.
#[derive(Debug, serde::Deserialize)]
pub struct Raw {
    ops: Vec<Value>,
    #[serde(default)]
    sent_at: Value,
}

/// Does the ops one after the other.
pub async fn push(State(app): State<App>, Desk(session): Desk, Json(raw): Json<Raw>) -> Result<axum::Json<PushAnswer>> {
    if raw.ops.len() > PushRequest::MOST {
        return Err(Code::TooLarge.into());
    }
    let actor = session.actor();
    let sent_at = serde_json::from_value(raw.sent_at).ok();
    let mut answers = Vec::with_capacity(raw.ops.len());
    // Tickets in which a reply of this push has not landed: what its author wrote behind it goes no further either.
    let mut behind = HashSet::new();
    for value in raw.ops {
        let op_id = value.get("op_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let outcome = match serde_json::from_value::<Op>(value) {
            // Having read something depends on nothing the person wrote.
            Ok(op) if behind.contains(&op.ticket_id) && !matches!(op.act, Act::Read { .. }) => Outcome::Behind,
            Ok(op) => {
                let outcome = match settle(&app, &actor, &op, sent_at).await {
                    Ok(outcome) => outcome,
                    Err(error) => refused(error)?,
                };
                if matches!(op.act, Act::Reply { .. }) && !matches!(outcome, Outcome::Landed { .. }) {
                    behind.insert(op.ticket_id);
                }
                outcome
            }
            Err(error) => Outcome::Refused {
                code: Code::Malformed,
                // Names the field and the place, and says nothing of what was written.
                detail: format!("not an op: {:?}", error.classify()),
                winner: None,
            },
        };
        answers.push(OpAnswer { op_id: op_id.unwrap_or(Uuid::nil()), outcome });
    }
    Ok(axum::Json(PushAnswer { answers }))
}

/// A refusal of one op. A database that is away ends the whole push, to be tried again; over a fault of ours that
/// one op meets, the others do not stumble.
pub(super) fn refused(error: Error) -> Result<Outcome> {
    let code = error.code();
    if code == Code::Unavailable {
        return Err(error);
    }
    if code == Code::Unknown {
        tracing::error!(%error, "an op met a fault of ours");
        return Ok(Outcome::Refused { code, detail: String::new(), winner: None });
    }
    let detail = error.to_string();
    let winner = match error {
        Error::LostRace(winner) | Error::Merged(winner) => winner.map(|event| *event),
        _ => None,
    };
    Ok(Outcome::Refused { code, detail, winner })
}

async fn settle(app: &App, actor: &Actor, op: &Op, sent_at: Option<Time>) -> Result<Outcome> {
    if op.op_id.is_nil() {
        return Err(Code::Malformed.into());
    }
    let key = OpKey::new(op.op_id, op.ticket_id, actor.person.id, &op.act);
    let now = app.clock.now();
    let Written { at: written_at, waited } = Written::new(op.written_at, sent_at, now);
    let seen = Seen { n: op.seen_n, waited, act: op.act.clone() };
    let ticket_id = op.ticket_id;
    let act = |intent| {
        let (op, seen) = (Some(key.clone()), Some(seen.clone()));
        tickets::change(app, Request { ticket_id, actor, op, written_at, intent, seen })
    };
    let done = match &op.act {
        Act::Reply { message } => {
            messages::reply(app, actor, ticket_id, key.clone(), message, written_at, seen.clone()).await?
        }
        Act::Note { note } => {
            Done::Landed(notes::append(app, actor, ticket_id, Some(key.clone()), note, written_at).await?)
        }
        Act::Read { up_to } => Done::Landed(tickets::read(app, ticket_id, actor, Some(&key), *up_to).await?),
        Act::Assign { to, .. } => {
            let to = tickets::assignee(app, *to).await?;
            act(Intent::Assign { to }).await?
        }
        Act::Snooze { until } => {
            in_time(*until, now)?;
            act(Intent::Snooze { until: *until }).await?
        }
        Act::Wake {} => act(Intent::Wake).await?,
        Act::SendLater { message, at } => {
            in_time(Some(*at), now)?;
            let text = validate::message(message).map_err(|error| Error::field("message", error))?;
            act(Intent::SendLater { id: op.op_id, text, at: *at }).await?
        }
        Act::Tag { tag, on } => {
            let tag = validate::tag(tag).map_err(|error| Error::field("tag", error))?;
            act(Intent::Tag { tag, on: *on }).await?
        }
        Act::Link { to, on } => {
            let intent = Intent::Link { to: tickets::named(app, *to).await?, on: *on };
            let (op, seen) = (Some(key.clone()), Some(seen.clone()));
            tickets::link(app, Request { ticket_id, actor, op, written_at, intent, seen }).await?
        }
        Act::Merge { into, on } => {
            let other = tickets::named(app, *into).await?;
            let intent = if *on { Intent::Merge { into: other } } else { Intent::Unmerge { from: other } };
            let (op, seen) = (Some(key.clone()), Some(seen.clone()));
            tickets::merge(app, Request { ticket_id, actor, op, written_at, intent, seen }).await?
        }
        Act::File { form } => Done::Landed(tickets::file_for(app, actor, ticket_id, &key, form, written_at).await?),
        Act::CallOff { id, now: false } => act(Intent::CallOff { id: *id }).await?,
        Act::CallOff { id, now: true } => act(Intent::SendNow { id: *id }).await?,
        Act::Status { to, .. } => act(Intent::Status { to: *to, reason: None }).await?,
        Act::Category { to, .. } => {
            let edit = Edit { category: Some(*to), ..Edit::default() };
            act(Intent::Edit(edit)).await?
        }
        Act::Subject { to, .. } => {
            let to = validate::subject(to).map_err(|error| Error::field("subject", error))?;
            act(Intent::Edit(Edit { subject: Some(to), ..Edit::default() })).await?
        }
        Act::Order { to, .. } => {
            let to = match to {
                Some(number) => Some(tickets::own_order(app, ticket_id, number).await?),
                None => None,
            };
            act(Intent::Edit(Edit { order: Some(to), ..Edit::default() })).await?
        }
        Act::Priority { to, .. } => {
            let edit = Edit { priority: Some(*to), ..Edit::default() };
            act(Intent::Edit(edit)).await?
        }
    };
    Ok(match done {
        Done::Landed(Landed { n, created_at }) => Outcome::Landed { n, created_at },
        Done::Held(unseen) => Outcome::Held { unseen: *unseen },
    })
}

/// Whether a moment is one that can be waited for. One that has passed comes at once: it was in time when it was written.
fn in_time(at: Option<Time>, now: Time) -> Result<()> {
    if at.is_some_and(|at| at > now + FARTHEST || at < Time::UNIX_EPOCH) {
        return Err(Code::Malformed.into());
    }
    Ok(())
}

/// When an op was written, as far as that can be known.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    at: Time,
    /// It lay unsent for so long that it may answer what is no longer the question.
    waited: bool,
}

impl Written {
    /// Two readings of the desk's own clock say how long an op lay there, however wrong that clock is; against ours they
    /// say when. One that was set back in between says nothing. No desk can have written in our future, nor one without a
    /// clock before there were any: Postgres knows no such time, and what it refuses would hold up every op behind.
    fn new(written_at: Time, sent_at: Option<Time>, now: Time) -> Self {
        let lay = sent_at.map_or(now - written_at, |sent_at| sent_at - written_at);
        let is_askew = sent_at.is_some_and(|sent_at| (now - sent_at).abs() > ASKEW);
        let was_set_back = sent_at.is_some() && lay < TimeDelta::zero();
        let at = if is_askew && !was_set_back { now.checked_sub_signed(lay) } else { Some(written_at) };
        // As exact as it is kept.
        let at = at.unwrap_or_default().max(Time::UNIX_EPOCH).min(now).trunc_subsecs(6);
        Self { at, waited: lay > WAITED || was_set_back }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Time {
        Time::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(hour)
    }

    #[test]
    fn a_wrong_clock_is_set_right_and_never_tells_how_long_an_op_waited() {
        let now = at(0);
        let soon = TimeDelta::seconds(1);
        for (written, sent, told, waited) in [
            // Written offline three hours ago, by a good clock.
            (at(-3), Some(at(0)), at(-3), true),
            (at(-3), None, at(-3), true),
            // Typed now, by a clock that is an hour behind, three hours or three days ahead.
            (at(-1), Some(at(-1) + soon), now - soon, false),
            (at(3), Some(at(3) + soon), now - soon, false),
            (at(72), Some(at(72) + soon), now - soon, false),
            // Written offline three hours ago, by one that is three hours ahead.
            (at(0), Some(at(3)), at(-3), true),
            // Set back, or set ahead, while it lay there.
            (at(0), Some(at(-1)), at(0), true),
            (at(0), Some(at(3)), at(-3), true),
            (Time::MIN_UTC, Some(now), Time::UNIX_EPOCH, true),
            (Time::MAX_UTC, Some(now), now, true),
            (Time::MIN_UTC, Some(Time::MAX_UTC), Time::UNIX_EPOCH, true),
            (now, Some(now), now, false),
        ] {
            assert_eq!(Written::new(written, sent, now), Written { at: told, waited }, "{written} {sent:?}");
        }
    }
}
