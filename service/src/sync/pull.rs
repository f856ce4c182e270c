//! `GET /sync/v1/pull`: pages of the feed after a cursor, the same rows as over the live socket.

use axum::Json;
use axum::extract::State;
use gemilang_protocol::{Cursor, Page};

use super::Desk;
use crate::feed::{self, read::MOST};
use crate::request::Params;
use crate::{App, Result};

/// Where a desk is.
#[derive(Debug, serde::Deserialize)]
pub struct Query {
    #[serde(default)]
    cursor: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
}

impl Query {
    /// The cursor; an empty one is none.
    pub fn cursor(self) -> Option<Cursor> {
        self.cursor.filter(|text| !text.is_empty()).map(Cursor)
    }
}

/// A page of the feed.
pub async fn pull(State(app): State<App>, Desk(session): Desk, Params(query): Params<Query>) -> Result<Json<Page>> {
    let limit = query.limit.unwrap_or(MOST);
    let cursor = query.cursor();
    Ok(Json(feed::page(&app, session.person.id, cursor.as_ref(), limit).await?))
}

/// How much there is, so that a first sync can say how far it is.
#[derive(Debug, serde::Serialize)]
pub struct Size {
    /// Tickets.
    tickets: i64,
}

/// How much there is.
pub async fn size(State(app): State<App>, _: Desk) -> Json<Size> {
    Json(Size { tickets: app.hub.stats().total })
}
