//! A client of the staff API and the desk's door, as small as tests need it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use gemilang_protocol::{Cursor, Frame, Op, OpAnswer, PROTOCOL_HEADER, Page, PushAnswer};
use gemilang_service::testing::{Credentials, TestApp};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Somebody who asks, with a token.
#[derive(Debug, Clone)]
pub struct Client {
    pub url: String,
    pub token: String,
    pub http: reqwest::Client,
}

impl Client {
    pub fn new(app: &TestApp, credentials: &Credentials) -> Self {
        Self::with_token(app, &credentials.token)
    }

    pub fn with_token(app: &TestApp, token: &str) -> Self {
        Self { url: app.url.clone(), token: token.to_owned(), http: reqwest::Client::new() }
    }

    /// Asks, and answers status and JSON (null when there is none).
    pub async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let method = method.parse().unwrap();
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
            .header(PROTOCOL_HEADER, "1");
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.bytes().await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.ask("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.ask("POST", path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.ask("PATCH", path, Some(body)).await
    }

    pub async fn push(&self, ops: &[Op]) -> Vec<OpAnswer> {
        let (status, answer) = self.post("/sync/v1/push", json!({ "ops": ops })).await;
        assert_eq!(status, 200, "{answer}");
        serde_json::from_value::<PushAnswer>(answer).unwrap().answers
    }

    pub async fn pull(&self, cursor: Option<&Cursor>, limit: usize) -> Page {
        let cursor = cursor.map_or("", |cursor| cursor.0.as_str());
        let (status, page) = self.get(&format!("/sync/v1/pull?cursor={cursor}&limit={limit}")).await;
        assert_eq!(status, 200, "{page}");
        serde_json::from_value(page).unwrap()
    }

    /// Pulls until there is no more.
    pub async fn pull_all(&self, mut cursor: Option<Cursor>, limit: usize) -> (Vec<gemilang_protocol::Row>, Page) {
        let mut rows = Vec::new();
        loop {
            let mut page = self.pull(cursor.as_ref(), limit).await;
            rows.append(&mut page.rows);
            if !page.more {
                return (rows, page);
            }
            cursor = Some(page.to);
        }
    }

    /// Opens the live socket.
    pub async fn live(&self, cursor: Option<&Cursor>) -> Live {
        let cursor = cursor.map_or("", |cursor| cursor.0.as_str());
        let url = format!("{}/sync/v1/live?cursor={cursor}", self.url.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {}", self.token).parse().unwrap());
        request.headers_mut().insert(PROTOCOL_HEADER, "1".parse().unwrap());
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        Live { socket, held: None, rows: Vec::new() }
    }
}

/// A desk's socket, which checks that frames fit together.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    pub held: Option<Cursor>,
    pub rows: Vec<gemilang_protocol::Row>,
}

impl Live {
    /// The next frame, or the code the socket was closed with.
    pub async fn next(&mut self) -> Result<Frame, u16> {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(10), self.socket.next())
                .await
                .expect("a frame within ten seconds");
            match message {
                Some(Ok(Message::Text(text))) => {
                    let frame: Frame = serde_json::from_str(&text).unwrap();
                    if let Frame::Page(page) = &frame {
                        if self.held.is_some() {
                            assert_eq!(page.from, self.held, "a frame follows what is held");
                        }
                        self.held = Some(page.to.clone());
                        self.rows.extend(page.rows.iter().cloned());
                    }
                    return Ok(frame);
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// Says something, as a desk does.
    pub async fn say(&mut self, text: &str) {
        self.socket.send(Message::Text(text.into())).await.expect("it is sent");
    }

    /// Reads frames until the rows say what is waited for.
    pub async fn until(&mut self, mut told: impl FnMut(&[gemilang_protocol::Row]) -> bool) {
        while !told(&self.rows) {
            self.next().await.expect("the socket stays open");
        }
    }
}

/// Asks again until the answer is there; a failure after ten seconds.
pub async fn eventually<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let trying = async {
        loop {
            ticks.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), trying).await.expect("it happens within ten seconds")
}
