//! `/admin/team`, `/admin/people/{id}` and `/admin/invitations`: the team, for admins.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use gemilang_protocol::team::{Invite, MemberChange, Team, TeamChanged};

use crate::auth::Admin;
use crate::domain::team;
use crate::request::{Id, Json};
use crate::{App, Result};

/// Everybody, and who was asked to join.
pub async fn show(State(app): State<App>, _: Admin) -> Result<Answer<Team>> {
    Ok(Answer(team::show(&app).await?))
}

/// Asks somebody to join; answers the team with them.
pub async fn invite(
    State(app): State<App>,
    Admin(session): Admin,
    Json(invite): Json<Invite>,
) -> Result<(StatusCode, Answer<Team>)> {
    team::invite(&app, &session.person, &invite).await?;
    Ok((StatusCode::CREATED, Answer(team::show(&app).await?)))
}

/// Sends an invitation once more.
pub async fn resend(State(app): State<App>, _: Admin, Id(id): Id) -> Result<Answer<Team>> {
    team::resend(&app, id).await?;
    Ok(Answer(team::show(&app).await?))
}

/// Takes an invitation back.
pub async fn withdraw(State(app): State<App>, _: Admin, Id(id): Id) -> Result<Answer<Team>> {
    team::withdraw(&app, id).await?;
    Ok(Answer(team::show(&app).await?))
}

/// Changes somebody; answers what their tickets became as well.
pub async fn change(
    State(app): State<App>,
    Admin(session): Admin,
    Id(id): Id,
    Json(change): Json<MemberChange>,
) -> Result<Answer<TeamChanged>> {
    let changed = team::change(&app, &session, id, &change).await?;
    tracing::info!(by = %session.person.id, person = %id, ?change, released = changed.released.len(), "changed the team");
    Ok(Answer(changed))
}

/// Ends all of somebody's sessions.
pub async fn end_sessions(State(app): State<App>, _: Admin, Id(id): Id) -> Result<Answer<Team>> {
    team::end_sessions(&app, id).await?;
    Ok(Answer(team::show(&app).await?))
}
