//! `/admin/orders`: reading them, and the main platform's upsert.

use axum::extract::State;
use gemilang_protocol::Order;
use uuid::Uuid;

use crate::auth::Machine;
use crate::domain::orders::OrderForm;
use crate::domain::{Listing, orders};
use crate::request::{Json, Name, Params};
use crate::{App, Result, auth};

/// The scope of a token that may write orders.
pub const SCOPE: &str = "orders";

/// Which orders.
#[derive(Debug, serde::Deserialize)]
pub struct Query {
    #[serde(default)]
    customer: Option<Uuid>,
    #[serde(default)]
    q: Option<String>,
}

/// Orders of a customer, or that hold some words.
pub async fn list(
    State(app): State<App>,
    _: auth::Staff,
    Params(query): Params<Query>,
) -> Result<axum::Json<Listing<Order>>> {
    Ok(axum::Json(Listing { items: orders::list(&app, query.customer, query.q.as_deref()).await?, next: None }))
}

/// A new order, or what is new about a known one.
pub async fn upsert(
    State(app): State<App>,
    machine: Machine,
    Name(number): Name,
    Json(form): Json<OrderForm>,
) -> Result<axum::Json<Order>> {
    machine.must_have(SCOPE)?;
    Ok(axum::Json(orders::upsert(&app, &number, &form).await?))
}
