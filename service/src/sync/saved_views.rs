//! `POST /sync/v1/saved-views`: a desk's change of a saved view. What became of it comes by the feed, too.

use axum::Json as Answer;
use axum::extract::State;
use gemilang_protocol::{SavedView, SavedViewChange};

use super::Desk;
use crate::domain::saved_views;
use crate::request::Json;
use crate::{App, Result};

/// Makes, changes or deletes it, and answers it as it is now.
pub async fn change(
    State(app): State<App>,
    Desk(session): Desk,
    Json(wanted): Json<SavedViewChange>,
) -> Result<Answer<SavedView>> {
    Ok(Answer(saved_views::change(&app, &session.person, wanted).await?))
}
