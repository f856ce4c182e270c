//! `GET /sync/v1/live`: the desk's socket. It listens to the hub first, catches up from the database, then forwards the hub's shared frames.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use gemilang_protocol::sync::Said;
use gemilang_protocol::{Code, Cursor, Frame, Page, PersonRef, Present, Role, Row, SenderType};
use tokio::sync::broadcast::error::RecvError;

use super::{Desk, pull};
use crate::auth::{Session, sessions};
use crate::domain::duty;
use crate::feed::cursor::Position;
use crate::feed::{
    self,
    read::{MOST, only_for},
};
use crate::live::{Here, News, Pen, Questions, Shared, arrivals};
use crate::request::Params;
use crate::{App, Result};

/// The session ended; sign in again.
const SIGN_IN_AGAIN: u16 = 4401;
/// The service ends; come back.
const GOING_AWAY: u16 = 1001;
/// Something of ours failed; come back.
const TRY_AGAIN: u16 = 1013;
/// A desk that takes no byte for so long is gone.
const SEND: Duration = Duration::from_secs(10);
/// How often a session is looked up although nothing was said about it.
const RECHECK: Duration = Duration::from_secs(300);
/// How many tickets a desk may look at in one second; who leafs through a list faster is nowhere meanwhile.
const LOOKS: u32 = 8;
/// What a desk may say: pongs, what its person looks at, and that they type.
const HEARD_MOST: usize = 4 * 1024;

/// Opens the socket.
pub async fn live(
    State(app): State<App>,
    Desk(session): Desk,
    Params(query): Params<pull::Query>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response> {
    let upgrade = upgrade.map_err(|_| Code::Malformed)?;
    let seat = app.seats.take(&session, app.config.live_most)?;
    let cursor = query.cursor();
    if let Some(cursor) = &cursor {
        let position = Position::read(cursor).ok_or(Code::Malformed)?;
        feed::read::stands(&app, position).await?;
    }
    // The default buffers would fill 128 KiB with zeros for every desk.
    let upgrade =
        upgrade.read_buffer_size(4096).write_buffer_size(4096).max_message_size(HEARD_MOST).max_frame_size(HEARD_MOST);
    let tasks = app.tasks.clone();
    Ok(upgrade.on_upgrade(move |socket| {
        tasks.track_future(async move {
            let mut desk = Line {
                socket,
                app,
                session,
                questions: Questions::default(),
                looked: (tokio::time::Instant::now(), 0),
                here: None,
            };
            let code = desk.run(cursor).await;
            desk.close(code).await;
            drop(seat);
        })
    }))
}

/// One desk's socket.
struct Line {
    socket: WebSocket,
    app: App,
    session: Session,
    /// Whether what was sent has arrived.
    questions: Questions,
    /// When this desk began to leaf, and how many tickets it has looked at since.
    looked: (tokio::time::Instant, u32),
    /// What its person has before them.
    here: Option<Here>,
}

/// Why a socket ends: a code to close it with, or nothing when the desk is gone already.
type End = Option<u16>;

impl Line {
    /// Serves the socket to its end.
    async fn run(&mut self, cursor: Option<Cursor>) -> End {
        let app = self.app.clone();
        let (_live, first) = app.desks.enter(self.session.person.id);
        let mut watcher = app.hub.watch();
        // The socket waits for nothing that may fail: the next one tries again.
        if first && let Err(error) = duty::came(&app, self.session.person.id).await {
            tracing::warn!(%error, "a duty that had lapsed is not on again yet");
        }
        let mut held = match self.catch_up(cursor).await {
            Ok(held) => held,
            Err(end) => return end,
        };
        // Who listens already misses nobody: what comes meanwhile is told after this.
        let company = app.hub.company(&app);
        if let Err(end) = self.send_frame(&company).await {
            return end;
        }
        let left = (self.session.expires_at - app.clock.now()).to_std().unwrap_or_default();
        let expiry = tokio::time::sleep(left);
        tokio::pin!(expiry);
        // At once too: the session may have ended before the line began to listen.
        let mut recheck = tokio::time::interval(RECHECK);
        loop {
            let sent = tokio::select! {
                () = app.ending.cancelled() => return Some(GOING_AWAY),
                () = &mut expiry => return Some(SIGN_IN_AGAIN),
                _ = recheck.tick() => match sessions::stands(&app, self.session.id).await {
                    Ok(false) => return Some(SIGN_IN_AGAIN),
                    // While the database is away nobody's session has ended.
                    Ok(true) | Err(_) => Ok(()),
                },
                heard = self.socket.recv() => match heard {
                    None | Some(Err(_)) => return None,
                    Some(Ok(Message::Close(_))) => return None,
                    Some(Ok(Message::Pong(pong))) => {
                        app.hub.arrived(&app, self.questions.answered(&pong));
                        Ok(())
                    }
                    Some(Ok(Message::Text(text))) => {
                        self.hear(&text);
                        Ok(())
                    }
                    Some(Ok(_)) => Ok(()),
                },
                news = watcher.news.recv() => match news {
                    Ok(News::Rows(shared)) => {
                        let sent = self.forward(&shared, &mut held).await;
                        if shared.shows_out(&self.session, Role::is_staff) {
                            return Some(SIGN_IN_AGAIN);
                        }
                        sent
                    }
                    Ok(News::Ping { at, now, complete_to, text }) => {
                        if at == held {
                            self.send(text).await
                        } else {
                            let cursor = held.cursor();
                            self.send_frame(&Frame::Ping { at: now, complete_to, cursor }).await
                        }
                    }
                    Ok(News::Presence { text }) => self.send(text).await,
                    Ok(News::Typing { ticket, person, pen }) => self.types(ticket, &person, pen).await,
                    Ok(News::Delivered { .. }) => Ok(()),
                    // Too slow for the shared frames: what was missed is in the database.
                    Err(RecvError::Lagged(_)) => match self.catch_up(Some(held.cursor())).await {
                        Ok(place) => {
                            held = place;
                            // What was missed may have been said about this session.
                            recheck.reset_immediately();
                            Ok(())
                        }
                        Err(end) => return end,
                    },
                    Err(RecvError::Closed) => return Some(GOING_AWAY),
                },
            };
            if let Err(end) = sent {
                return end;
            }
        }
    }

    /// Sends what is in the database after the cursor. Answers where the desk then is.
    async fn catch_up(&mut self, mut cursor: Option<Cursor>) -> Result<Position, End> {
        loop {
            // A first sync takes many pages; the service does not wait for its end.
            if self.app.ending.is_cancelled() {
                return Err(Some(GOING_AWAY));
            }
            let page = feed::page(&self.app, self.session.person.id, cursor.as_ref(), MOST);
            let page = page.await.map_err(|_| Some(TRY_AGAIN))?;
            let more = page.more;
            let to = page.to.clone();
            // A first sync asks nothing: what it holds is long read.
            let arrived = if cursor.is_some() { arrivals(&page.rows) } else { Vec::new() };
            self.send_frame(&Frame::Page(page)).await?;
            self.ask(arrived).await?;
            if !more {
                return Ok(Position::read(&to).unwrap_or_default());
            }
            cursor = Some(to);
        }
    }

    /// Forwards shared rows. A desk that stands elsewhere, until both meet, or to whose person alone there is something to
    /// tell gets them under a header of its own.
    async fn forward(&mut self, shared: &Shared, held: &mut Position) -> Result<(), End> {
        let me = self.session.person.id;
        let own: Vec<Row> = shared.own.iter().filter(|row| only_for(row) == Some(me)).cloned().collect();
        if shared.from == *held && own.is_empty() {
            *held = shared.to;
            self.send(shared.text.clone()).await?;
            return self.ask(shared.to_ask()).await;
        }
        let from = *held;
        *held = if from == shared.from { shared.to } else { from.and(shared.to) };
        let page = Page {
            from: Some(from.cursor()),
            to: held.cursor(),
            rows: shared.rows.iter().cloned().chain(own).collect(),
            more: false,
            complete_to: shared.complete_to,
        };
        self.send_frame(&Frame::Page(page)).await?;
        self.ask(shared.to_ask()).await
    }

    /// Asks whether what was just sent has arrived.
    async fn ask(&mut self, arrivals: Vec<(uuid::Uuid, i64)>) -> Result<(), End> {
        match self.questions.ask(arrivals) {
            Some(ping) => self.send_message(Message::Ping(ping)).await,
            None => Ok(()),
        }
    }

    /// What a desk says by itself; what is not understood is not heard.
    fn hear(&mut self, text: &str) {
        let now = tokio::time::Instant::now();
        match serde_json::from_str(text) {
            Ok(Said::Typing { ticket, note }) => {
                let pen = if note { Pen::Note } else { Pen::Reply };
                self.app.hub.typing(&self.app, ticket, &self.session.actor().person, pen);
            }
            Ok(Said::Looking { ticket }) => {
                if self.looked.0.elapsed() >= Duration::from_secs(1) {
                    self.looked = (now, 0);
                }
                self.looked.1 += 1;
                let person = self.session.person.id;
                // Whoever is first present elsewhere has left here only then: nobody flickers who looks at the same again.
                self.here = ticket
                    .filter(|_| self.looked.1 <= LOOKS)
                    .map(|ticket| self.app.hub.enter(&self.app, Present { ticket, person, side: SenderType::Admin }));
            }
            Err(_) => {}
        }
    }

    /// A colleague is writing.
    async fn types(&mut self, ticket: uuid::Uuid, person: &PersonRef, pen: Pen) -> Result<(), End> {
        if person.id == self.session.person.id {
            return Ok(());
        }
        let who = Present { ticket, person: person.id, side: pen.side() };
        self.send_frame(&Frame::Typing { who }).await
    }

    async fn send_frame(&mut self, frame: &Frame) -> Result<(), End> {
        let text = serde_json::to_string(frame).map_err(|_| Some(TRY_AGAIN))?;
        self.send(text.into()).await
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), End> {
        self.send_message(Message::Text(text)).await
    }

    async fn send_message(&mut self, message: Message) -> Result<(), End> {
        match tokio::time::timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(None),
        }
    }

    async fn close(&mut self, end: End) {
        let Some(code) = end else { return };
        let frame = CloseFrame { code, reason: Utf8Bytes::default() };
        // A desk that is gone does not hear it.
        let _ = tokio::time::timeout(SEND, self.socket.send(Message::Close(Some(frame)))).await;
    }
}
