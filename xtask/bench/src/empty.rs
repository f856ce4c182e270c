//! The same bytes from a handler that does nothing: what HTTP alone costs here. Runs in a process of its own, as the service does.

use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

use crate::Failure;

/// Listens on a free port, prints it, and answers every request with the recorded answer.
pub(crate) async fn serve(answer: &Path) -> Result<(), Failure> {
    let recorded = std::fs::read(answer)?;
    let head = recorded.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or("no answer")?;
    let body = Bytes::copy_from_slice(&recorded[head + 4..]);
    let text = std::str::from_utf8(&recorded[..head])?.to_owned();
    let mut lines = text.lines();
    let status: u16 = lines.next().and_then(|line| line.get(9..12)).ok_or("no status")?.parse()?;
    let mut headers = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(": ").ok_or("no header")?;
        if !["content-length", "date", "connection"].contains(&name) {
            headers.push((HeaderName::try_from(name)?, HeaderValue::try_from(value)?));
        }
    }
    let status = StatusCode::from_u16(status)?;
    let app = Router::new().fallback(async move |_body: Bytes| {
        let mut response = Response::new(Body::from(body.clone()));
        *response.status_mut() = status;
        response.headers_mut().extend(headers.clone());
        response
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
