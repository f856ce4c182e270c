//! `/admin/session`: signing in and out at the staff door.

use axum::extract::State;
use axum::http::StatusCode;
use gemilang_protocol::session::{Session, SessionUser, SignIn};

use crate::auth::sessions::{self, Kind};
use crate::auth::{Staff, throttle};
use crate::domain::duty;
use crate::request::{ClientAddress, Json};
use crate::{App, Result};

/// Signs a member of the staff in. To a customer it says what it says to a stranger.
pub async fn create(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Json(sign_in): Json<SignIn>,
) -> Result<axum::Json<Session>> {
    let verified =
        throttle::sign_in_if(&app, &sign_in.email, sign_in.password, address, |person| person.role.is_staff()).await?;
    let token = sessions::create_by_password(&app, &verified, Kind::Staff, "").await?;
    let person = verified.person;
    tracing::info!(person = %person.id, "signed in at the staff door");
    Ok(axum::Json(Session {
        token,
        user: SessionUser { id: person.id, name: person.name, email: person.email, role: person.role },
    }))
}

/// Signs out.
pub async fn end(State(app): State<App>, Staff(session): Staff) -> Result<StatusCode> {
    sessions::end(&app, session.id).await?;
    duty::left(&app, session.person.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
