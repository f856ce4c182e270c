//! `POST /sync/v1/void`: settles an op that was on the wire without an answer. The answer is what a push of the op is told from now on.
//! `POST /sync/v1/known`: which ops are here, asked after a restore of the database.

use axum::extract::State;
use gemilang_protocol::{Code, KnownOps, OpAnswer, Outcome, VoidRequest};

use super::Desk;
use super::push::refused;
use crate::domain::events;
use crate::domain::tickets::{self, Landed};
use crate::request::Json;
use crate::{App, Result};

/// Either the op has landed, or it never will.
pub async fn void(
    State(app): State<App>,
    Desk(session): Desk,
    Json(request): Json<VoidRequest>,
) -> Result<axum::Json<OpAnswer>> {
    let VoidRequest { op_id, ticket_id } = request;
    if op_id.is_nil() {
        return Err(Code::Malformed.into());
    }
    let outcome = match tickets::void(&app, ticket_id, &session.actor(), op_id).await {
        Ok(Some(Landed { n, created_at })) => Outcome::Landed { n, created_at },
        Ok(None) => refused(Code::Voided.into())?,
        Err(error) => refused(error)?,
    };
    Ok(axum::Json(OpAnswer { op_id, outcome }))
}

/// Which of these ops are here.
pub async fn known(
    State(app): State<App>,
    Desk(session): Desk,
    Json(asked): Json<KnownOps>,
) -> Result<axum::Json<KnownOps>> {
    if asked.ops.len() > KnownOps::MOST {
        return Err(Code::TooLarge.into());
    }
    Ok(axum::Json(KnownOps { ops: events::known_ops(&app, session.person.id, &asked.ops).await? }))
}
