//! The live socket: frames as they come. Whether it is still alive is judged by the engine, by the frames it sees.

use futures_util::{SinkExt, StreamExt};
use gemilang_protocol::sync::Said;
use gemilang_protocol::{Cursor, PROTOCOL_HEADER, PROTOCOL_VERSION};
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::{CONNECT, Link, LinkError, is_shut, refusal};
use crate::page::IncomingFrame;

/// The service closes with this when the session has ended.
const SIGN_IN_AGAIN: u16 = 4401;

/// An open live socket.
pub struct Socket {
    // Boxed: it is large, and travels through a few enums.
    stream: Box<WebSocketStream<MaybeTlsStream<TcpStream>>>,
}

impl Link {
    /// Opens the live socket at `cursor`.
    ///
    /// # Errors
    /// No answer in time, or refused.
    pub async fn live(&self, cursor: Option<&Cursor>) -> Result<Socket, LinkError> {
        let door = String::from(self.door("/sync/v1/live", cursor)?);
        let mut request = door.replacen("http", "ws", 1).into_client_request().map_err(|_| LinkError::BadAddress)?;
        let bearer = HeaderValue::from_str(&format!("Bearer {}", self.token)).map_err(|_| LinkError::BadAddress)?;
        request.headers_mut().insert(AUTHORIZATION, bearer);
        request.headers_mut().insert(PROTOCOL_HEADER, HeaderValue::from(PROTOCOL_VERSION));
        // Twice the time of a plain connection: name, TCP, TLS and the upgrade.
        let connecting = connect_async_with_config(request, None, true);
        match tokio::time::timeout(CONNECT * 2, connecting).await {
            Ok(Ok((stream, _))) => Ok(Socket { stream: Box::new(stream) }),
            Ok(Err(Error::Http(answer))) => {
                let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
                let body = answer.body().as_deref().unwrap_or_default();
                Err(refusal(status, &String::from_utf8_lossy(body)))
            }
            Ok(Err(Error::Io(error))) if is_shut(&error) => Err(LinkError::Shut(error.to_string())),
            Ok(Err(error)) => Err(LinkError::Silent(error.to_string())),
            Err(_) => Err(LinkError::Silent(String::from("no answer in time"))),
        }
    }
}

impl Socket {
    /// The next frame; `None` once the line is closed.
    ///
    /// # Errors
    /// The line broke, or what came is no frame.
    pub async fn next(&mut self) -> Option<Result<IncomingFrame, LinkError>> {
        loop {
            let read = match self.stream.next().await? {
                Ok(Message::Text(text)) => IncomingFrame::read(text.as_str()),
                Ok(Message::Binary(bytes)) => IncomingFrame::read(&String::from_utf8_lossy(&bytes)),
                Ok(Message::Close(Some(frame))) if u16::from(frame.code) == SIGN_IN_AGAIN => {
                    return Some(Err(refusal(StatusCode::UNAUTHORIZED, "")));
                }
                Ok(Message::Close(_)) => return None,
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => continue,
                Err(error) => return Some(Err(LinkError::Silent(error.to_string()))),
            };
            return Some(read.map_err(|error| LinkError::NotOurs(error.to_string())));
        }
    }

    /// Says something to the service.
    ///
    /// # Errors
    /// The line broke.
    pub async fn say(&mut self, said: &Said) -> Result<(), LinkError> {
        let text = serde_json::to_string(said).map_err(|error| LinkError::NotOurs(error.to_string()))?;
        self.stream.send(Message::text(text)).await.map_err(|error| LinkError::Silent(error.to_string()))
    }

    /// Says goodbye, so that the service need not find out by itself.
    pub async fn close(mut self) {
        let _ = (*self.stream).close(None).await;
    }
}
