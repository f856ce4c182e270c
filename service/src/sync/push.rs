//! `POST /sync/v1/push`: ops in the order they were written, each answered by itself, so that a bad one blocks no other.

use axum::extract::State;
use chrono::TimeDelta;
use gemilang_protocol::sync::PushRequest;
use gemilang_protocol::{Act, Code, Op, OpAnswer, Outcome, PushAnswer, Time};
use serde_json::Value;
use uuid::Uuid;

use super::Desk;
use crate::domain::tickets::{self, Done, Edit, Intent, Landed, OpKey, Request, Seen};
use crate::domain::{Actor, messages, notes};
use crate::request::Json;
use crate::{App, Error, Result};

/// A reply that waited longer than this unsent may answer what is no longer the question.
const WAITED: TimeDelta = TimeDelta::seconds(20);

/// The ops, still raw.
#[derive(Debug, serde::Deserialize)]
pub struct Raw {
    ops: Vec<Value>,
}

/// Does the ops one after the other.
pub async fn push(State(app): State<App>, Desk(session): Desk, Json(raw): Json<Raw>) -> Result<axum::Json<PushAnswer>> {
    if raw.ops.len() > PushRequest::MOST {
        return Err(Code::TooLarge.into());
    }
    let actor = session.actor();
    let mut answers = Vec::with_capacity(raw.ops.len());
    for value in raw.ops {
        let op_id = value.get("op_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let outcome = match serde_json::from_value::<Op>(value) {
            Ok(op) => match settle(&app, &actor, &op).await {
                Ok(outcome) => outcome,
                Err(error) => refused(error)?,
            },
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

/// A refusal of one op; a fault of ours or of the database ends the whole push, to be tried again.
pub(super) fn refused(error: Error) -> Result<Outcome> {
    let code = error.code();
    if matches!(code, Code::Unavailable | Code::Unknown) {
        return Err(error);
    }
    let detail = error.to_string();
    let winner = match error {
        Error::LostRace(winner) => winner.map(|event| *event),
        _ => None,
    };
    Ok(Outcome::Refused { code, detail, winner })
}

async fn settle(app: &App, actor: &Actor, op: &Op) -> Result<Outcome> {
    if op.op_id.is_nil() {
        return Err(Code::Malformed.into());
    }
    let key = OpKey::new(op.op_id, op.ticket_id, actor.person.id, &op.act);
    let now = app.clock.now();
    let written_at = written_at(op, now);
    let seen = Seen { n: op.seen_n, waited: now - op.written_at > WAITED, act: op.act.clone() };
    let done = match &op.act {
        Act::Reply { message } => messages::reply(app, actor, op.ticket_id, key, message, written_at, seen).await?,
        Act::Note { note } => Done::Landed(notes::append(app, actor, op.ticket_id, Some(key), note, written_at).await?),
        Act::Read { up_to } => Done::Landed(tickets::read(app, op.ticket_id, actor, Some(&key), *up_to).await?),
        Act::Assign { to, .. } => {
            let to = tickets::assignee(app, *to).await?;
            act(app, actor, op, key, Intent::Assign { to }, seen).await?
        }
        Act::Status { to, .. } => {
            let intent = Intent::Status { to: *to, reason: None };
            act(app, actor, op, key, intent, seen).await?
        }
        Act::Priority { to, .. } => {
            let edit = Edit { priority: Some(*to), ..Edit::default() };
            act(app, actor, op, key, Intent::Edit(edit), seen).await?
        }
    };
    Ok(match done {
        Done::Landed(Landed { n, created_at }) => Outcome::Landed { n, created_at },
        Done::Held(unseen) => Outcome::Held { unseen: *unseen },
    })
}

/// When an op was written. A desk whose clock runs ahead cannot have written in our future, nor one without a clock
/// before there were any: Postgres knows no such time, and what it refuses would hold up every op behind.
fn written_at(op: &Op, now: Time) -> Time {
    op.written_at.max(Time::UNIX_EPOCH).min(now)
}

async fn act(app: &App, actor: &Actor, op: &Op, key: OpKey, intent: Intent, seen: Seen) -> Result<Done> {
    let request = Request {
        ticket_id: op.ticket_id,
        actor,
        op: Some(key),
        written_at: written_at(op, app.clock.now()),
        intent,
        seen: Some(seen),
    };
    tickets::change(app, request).await
}
