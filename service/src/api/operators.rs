//! Doors for operators, and for a desk that asks whether this is a service of its kind.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use gemilang_protocol::session::ServerInfo;
use gemilang_protocol::{Code, PROTOCOL_VERSION};

use crate::auth::{staff, tokens};
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

/// Figures, for who bears the operator's token or is on this machine as everybody is.
pub async fn metrics(State(app): State<App>, request: Parts) -> Result<impl IntoResponse> {
    let token = app.config.metrics_token.as_deref().map(tokens::hash);
    let bears = token.is_some() && token == staff::bearer(&request).map(tokens::hash);
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>();
    let is_here = app.config.is_local() && peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback());
    if !bears && !is_here {
        return Err(Code::Forbidden.into());
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], metrics::text(&app)))
}

fn info() -> ServerInfo {
    ServerInfo {
        product: ServerInfo::PRODUCT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL_VERSION,
    }
}
