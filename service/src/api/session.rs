//! `/admin/session` and `/admin/sessions`: signing in and out at the staff door, and where else one is signed in.

use axum::extract::State;
use axum::http::StatusCode;
use gemilang_protocol::session::{Device, DeviceKind, NewPassword, Session, SessionUser, SignIn};
use gemilang_protocol::{FieldError, Fields, validate};

use crate::auth::sessions::{self, Kind};
use crate::auth::{Staff, throttle};
use crate::domain::{Listing, devices, duty, people};
use crate::request::{ClientAddress, Id, Json};
use crate::{App, Error, Result};

/// Characters of a device's name at most.
const DEVICE_MOST: usize = 120;

/// Signs a member of the staff in. To a customer it says what it says to a stranger.
pub async fn create(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Json(sign_in): Json<SignIn>,
) -> Result<axum::Json<Session>> {
    let verified =
        throttle::sign_in_if(&app, &sign_in.email, sign_in.password, address, |person| person.role.is_staff()).await?;
    let device = device_name(sign_in.device.as_deref().unwrap_or_default());
    let token = sessions::create_by_password(&app, &verified, Kind::Staff, &device).await?;
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

/// Chooses a new password; all other sessions of its person end with it.
pub async fn password(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Staff(session): Staff,
    Json(asked): Json<NewPassword>,
) -> Result<StatusCode> {
    let mut fields = Fields::default();
    if asked.current_password.is_empty() {
        fields.put("current_password", FieldError::Empty);
    }
    let new = fields.take("password", validate::password(&asked.password));
    let Some(new) = new.filter(|_| fields.is_empty()) else {
        return Err(Error::Validation(fields));
    };
    // With the same limits as at the door: a desk that was left open is no place to guess.
    throttle::sign_in(&app, &session.person.email, asked.current_password, address).await?;
    people::change_password(&app, session.person.id, new, session.id).await?;
    tracing::info!(person = %session.person.id, "chose a new password at the staff door");
    Ok(StatusCode::NO_CONTENT)
}

/// Where whoever asks is signed in.
pub async fn list(State(app): State<App>, Staff(session): Staff) -> Result<axum::Json<Listing<Device>>> {
    let items = devices::of_staff(&app, session.person.id).await?.into_iter().map(|device| Device {
        id: device.id,
        name: device.name,
        kind: if device.kind == Kind::Portal.as_str() { DeviceKind::Browser } else { DeviceKind::Desk },
        here: device.id == session.id,
        created_at: device.created_at,
        last_seen_at: device.last_seen_at,
    });
    Ok(axum::Json(Listing { items: items.collect(), next: None }))
}

/// Ends one of their sessions, this one included.
pub async fn end_one(State(app): State<App>, Staff(session): Staff, Id(id): Id) -> Result<StatusCode> {
    devices::end_of_staff(&app, session.person.id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all of their sessions but this one.
pub async fn end_others(State(app): State<App>, Staff(session): Staff) -> Result<StatusCode> {
    sessions::end_all(&app, session.person.id, Some(session.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a desk calls its computer, in one line that can be kept.
fn device_name(told: &str) -> String {
    let line =
        told.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty()).collect::<Vec<_>>();
    line.join(" ").chars().take(DEVICE_MOST).collect()
}
