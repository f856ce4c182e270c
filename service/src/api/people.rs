//! `/admin/people`: whose names stand beside tickets, and which customers are shut out.

use axum::Json;
use axum::extract::State;
use gemilang_protocol::{Block, Code, Person};

use crate::auth::Staff;
use crate::domain::{Listing, people};
use crate::request::{Id, Json as Body, Params};
use crate::{App, Result};

/// Which people.
#[derive(Debug, serde::Deserialize)]
pub struct Query {
    /// Only `staff` can be listed.
    #[serde(default)]
    role: Option<String>,
}

/// Shuts a customer out of the portal, or lets them in again.
pub async fn block(
    State(app): State<App>,
    Staff(session): Staff,
    Id(id): Id,
    Body(block): Body<Block>,
) -> Result<Json<Person>> {
    let person = people::block(&app, id, block.blocked).await?;
    tracing::info!(by = %session.person.id, person = %id, blocked = block.blocked, "blocked a customer or let them in");
    Ok(Json(person))
}

/// Everybody of the staff.
pub async fn list(State(app): State<App>, _: Staff, Params(query): Params<Query>) -> Result<Json<Listing<Person>>> {
    if query.role.as_deref() != Some("staff") {
        return Err(Code::Malformed.into());
    }
    Ok(Json(Listing { items: people::staff(&app).await?, next: None }))
}
