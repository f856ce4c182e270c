//! `…/messages` and `…/read` at the staff door.

use axum::extract::State;
use axum::http::StatusCode;
use gemilang_protocol::Message;
use uuid::Uuid;

use crate::auth::Staff;
use crate::domain::messages::{self, Part};
use crate::domain::{Listing, tickets};
use crate::request::{Id, Json, Params};
use crate::{App, Result, answer};

/// Which part of a conversation; both ends name a message.
#[derive(Debug, serde::Deserialize)]
pub struct Query {
    #[serde(default)]
    after: Option<Uuid>,
    #[serde(default)]
    before: Option<Uuid>,
    #[serde(default)]
    limit: Option<i64>,
}

impl Query {
    /// Finds the named messages.
    ///
    /// # Errors
    /// `not_found`; the database.
    async fn part(&self, app: &App, ticket: Uuid) -> Result<Part> {
        let mut part = Part { limit: self.limit.unwrap_or_default().max(0), ..Part::default() };
        if let Some(id) = self.after {
            part.after = Some(messages::place(app, ticket, id).await?);
        }
        if let Some(id) = self.before {
            part.before = Some(messages::place(app, ticket, id).await?);
        }
        Ok(part)
    }
}

/// A message to write.
#[derive(Debug, serde::Deserialize)]
pub struct Body {
    /// Made by its author, so that a retry is recognised.
    #[serde(default)]
    id: Option<Uuid>,
    message: String,
}

/// Up to where somebody has read.
#[derive(Debug, serde::Deserialize)]
pub struct ReadBody {
    up_to: i64,
}

/// A part of a conversation.
pub async fn list(
    State(app): State<App>,
    _: Staff,
    Id(ticket): Id,
    Params(query): Params<Query>,
) -> Result<answer::Json<Listing<Message>>> {
    let part = query.part(&app, ticket).await?;
    Ok(answer::Json(Listing { items: messages::list(&app, ticket, None, part).await?, next: None }))
}

/// Answers the customer.
pub async fn send(
    State(app): State<App>,
    Staff(session): Staff,
    Id(ticket): Id,
    Json(body): Json<Body>,
) -> Result<(StatusCode, answer::Json<Message>)> {
    let id = body.id.unwrap_or_else(Uuid::now_v7);
    let sent = messages::send(&app, &session.actor(), ticket, id, &body.message).await?;
    Ok((StatusCode::CREATED, answer::Json(sent.message)))
}

/// Staff have read the customer's messages.
pub async fn read(
    State(app): State<App>,
    Staff(session): Staff,
    Id(ticket): Id,
    Json(body): Json<ReadBody>,
) -> Result<StatusCode> {
    tickets::read(&app, ticket, &session.actor(), None, body.up_to).await?;
    Ok(StatusCode::NO_CONTENT)
}
