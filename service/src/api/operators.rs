//! Doors for operators, and for a desk that asks whether this is a service of its kind.

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use gemilang_protocol::session::ServerInfo;
use gemilang_protocol::{Code, PROTOCOL_VERSION};

use crate::{App, Result, metrics};

/// Who we are. Answers at once, whatever the database does.
pub async fn health() -> Json<ServerInfo> {
    Json(info())
}

/// Whether requests can be served: asks the database.
pub async fn ready(State(app): State<App>) -> Result<Json<ServerInfo>> {
    if !app.is_ready() {
        return Err(Code::Unavailable.into());
    }
    sqlx::Connection::ping(&mut *app.db.acquire().await?).await?;
    Ok(Json(info()))
}

/// Figures.
pub async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], metrics::text(&app))
}

fn info() -> ServerInfo {
    ServerInfo {
        product: ServerInfo::PRODUCT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL_VERSION,
    }
}
