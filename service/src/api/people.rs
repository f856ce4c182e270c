//! `/admin/people`: whose names stand beside tickets.

use axum::Json;
use axum::extract::State;
use gemilang_protocol::{Code, Person};

use crate::auth::Staff;
use crate::domain::{Listing, people};
use crate::request::Params;
use crate::{App, Result};

/// Which people.
#[derive(Debug, serde::Deserialize)]
pub struct Query {
    /// Only `staff` can be listed.
    #[serde(default)]
    role: Option<String>,
}

/// Everybody of the staff.
pub async fn list(State(app): State<App>, _: Staff, Params(query): Params<Query>) -> Result<Json<Listing<Person>>> {
    if query.role.as_deref() != Some("staff") {
        return Err(Code::Malformed.into());
    }
    Ok(Json(Listing { items: people::staff(&app).await?, next: None }))
}
