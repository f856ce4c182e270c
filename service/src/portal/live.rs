//! Following a conversation live: server-sent events, resumed where the page or the line left off. Nothing internal is among them.

use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event as Sent, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use gemilang_locales::Texts;
use gemilang_locales::names::called;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{Code, Cursor, EventBody, PersonRef, Present, Role, SenderType, TicketRef};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, interval_at};
use uuid::Uuid;

use super::conversation::ticket_id;
use super::history;
use super::tickets::eyes;
use super::views::Eyes;
use super::visit::Visit;
use crate::auth::{Session, sessions};
use crate::domain::tickets::{self, Opened};
use crate::live::{Here, News, Pen, Seat, Watcher};
use crate::{App, Result};

/// The page takes a line that is silent for three of these for dead.
const PING: Duration = Duration::from_secs(15);
/// How often a session is looked up although nothing was said about it.
const RECHECK: Duration = Duration::from_secs(300);

/// `GET /customer/support/tickets/{id}/live`
pub(super) async fn follow(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visit: Visit,
) -> Result<Response> {
    let id = ticket_id(&id)?;
    let session = visit.session.clone().ok_or(Code::SessionExpired)?;
    let seat = app.seats.take(&session, app.config.live_most)?;
    let Opened { ticket, parts, .. } = tickets::open_for_customer(&app, session.person.id, id).await?;
    // The browser's own header is newer than the address, which is as old as the page.
    let after = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
        .or_else(|| visit.asked("after"))
        .filter(|after| !after.is_empty())
        .map_or_else(|| crate::feed::cursor::thread(ticket.n), Cursor);
    let watcher = app.hub.watch();
    let own = app.hub.follow_ticket(&app, id, Some(&after))?;
    let changes: Changes = if parts.is_empty() {
        Box::pin(own)
    } else {
        // The line ends with the ticket's own, whatever else is followed.
        let parts = with_parts(&app, session.person.id, &parts).await?;
        let both = stream::select(own.map(Some).chain(stream::iter([None])), parts.map(Some));
        Box::pin(both.take_while(|it| ready(it.is_some())).filter_map(ready))
    };
    let mut ping = interval_at(Instant::now() + PING, PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let eyes = eyes(&app, &visit, &session);
    // The team knows who reads along: what they write is there at once.
    let here = app.hub.enter(&app, Present { ticket: id, person: session.person.id, side: SenderType::Customer });
    let line = Line {
        changes,
        watcher,
        ping,
        // At once too: the session may have ended before the line began to listen.
        recheck: interval(RECHECK),
        app,
        ticket: id,
        session,
        eyes,
        _here: here,
        _seat: seat,
        over: false,
    };
    // The first words at once, so that the page knows that the line is open.
    let hello = stream::once(async { vec![Sent::default().event("ping").data("{}").retry(Duration::from_secs(2))] });
    let events = hello
        .chain(stream::unfold(line, Line::next))
        .flat_map(|events| stream::iter(events.into_iter().map(Ok::<_, Infallible>)));
    let mut response = Sse::new(events).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Proxies that gather answers before passing them on would gather for ever.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// What is told of a ticket, and of those that are read with it.
type Changes = Pin<Box<dyn Stream<Item = (Cursor, TicketChange)> + Send>>;

/// What is told from now on of the tickets that went into one, as far as the reader may see them.
async fn with_parts(app: &App, me: Uuid, parts: &[TicketRef]) -> Result<Changes> {
    let mut all: Vec<Changes> = Vec::new();
    for part in tickets::parts_for(app, me, parts).await? {
        let after = crate::feed::cursor::thread(part.n);
        all.push(Box::pin(app.hub.follow_ticket(app, part.id, Some(&after))?));
    }
    Ok(Box::pin(stream::select_all(all)))
}

struct Line {
    changes: Changes,
    watcher: Watcher,
    ping: Interval,
    recheck: Interval,
    app: App,
    ticket: Uuid,
    session: Session,
    eyes: Eyes,
    _here: Here,
    _seat: Seat,
    over: bool,
}

impl Line {
    /// The last word to who is no longer signed in.
    fn bye(mut self) -> (Vec<Sent>, Self) {
        self.over = true;
        (vec![Sent::default().event("bye").data("{}")], self)
    }

    /// The last word to who may not see the ticket any more.
    fn gone(mut self) -> (Vec<Sent>, Self) {
        self.over = true;
        (vec![Sent::default().event("gone").data("{}")], self)
    }

    /// Whether the conversation is another one from now on: it goes on in another ticket, or one went into it that its reader may see,
    /// or does no longer. The page comes anew then; who may not see the other one hears nothing.
    async fn moves(app: &App, me: Uuid, of: Uuid, body: &EventBody) -> bool {
        match body {
            EventBody::Merged { .. } => matches!(tickets::goes_on(app, me, of).await, Ok(Some(_))),
            EventBody::Absorbed { ticket } | EventBody::Released { ticket } => {
                tickets::find_for_customer(app, me, ticket.id).await.is_ok()
            }
            _ => false,
        }
    }

    /// What is said next; nothing once the line is over.
    async fn next(mut self) -> Option<(Vec<Sent>, Self)> {
        if self.over {
            return None;
        }
        loop {
            tokio::select! {
                change = self.changes.next() => {
                    let (cursor, change) = change?;
                    if matches!(&change.event.body, EventBody::Unshared { with } if with.id == self.eyes.me) {
                        return Some(self.gone());
                    }
                    if change.ticket.id != self.ticket {
                        // Of what is read with it only that it is gone from the page; the rest comes with the next one.
                        if matches!(change.event.body, EventBody::Erased { .. }) {
                            return Some((vec![Sent::default().event("erased").data("{}")], self));
                        }
                        continue;
                    }
                    if Self::moves(&self.app, self.eyes.me, self.ticket, &change.event.body).await {
                        return Some((vec![Sent::default().event("moved").data("{}").id(cursor.0)], self));
                    }
                    let events = tell(&cursor, &change, &self.eyes);
                    if !events.is_empty() {
                        return Some((events, self));
                    }
                }
                news = self.watcher.news.recv() => match news {
                    Ok(News::Rows(shared)) if shared.shows_out(&self.session, |role| role == Role::Customer) => {
                        return Some(self.bye());
                    }
                    Ok(News::Delivered { ticket, up_to }) if ticket == self.ticket => {
                        let data = serde_json::json!({ "up_to": up_to });
                        return Some((vec![Sent::default().event("delivered").data(data.to_string())], self));
                    }
                    Ok(News::Typing { ticket, person, pen: Pen::Reply }) if ticket == self.ticket => {
                        return Some((vec![Sent::default().event("typing").data(typing(&person, &self.eyes))], self));
                    }
                    Ok(_) => {}
                    // What was missed may have been said about this session.
                    Err(RecvError::Lagged(_)) => self.recheck.reset_immediately(),
                    Err(RecvError::Closed) => return None,
                },
                // Expired, or deactivated in a moment that this line did not hear. While the database is away nobody's
                // session has ended.
                _ = self.recheck.tick() => if let Ok(false) = sessions::stands(&self.app, self.session.id).await {
                    return Some(self.bye());
                },
                _ = self.ping.tick() => {
                    return Some((vec![Sent::default().event("ping").data("{}")], self));
                }
            }
        }
    }
}

/// That somebody of the staff is writing.
fn typing(person: &PersonRef, eyes: &Eyes) -> String {
    let text = Texts::of(eyes.language).with("typing", &[("name", called(&person.name).into())]);
    serde_json::json!({ "id": person.id, "name": person.name, "text": text }).to_string()
}

/// One change as the page hears it. Only the last part carries the place, so that a line cut between two parts repeats both.
fn tell(cursor: &Cursor, change: &TicketChange, eyes: &Eyes) -> Vec<Sent> {
    let mut said: Vec<(&str, serde_json::Value)> = Vec::new();
    let event = &change.event;
    if let Some(message) = &change.message {
        said.extend(serde_json::to_value(message).ok().map(|it| ("message", it)));
    }
    match &event.body {
        EventBody::Read { by, up_to } => said.push(("read", serde_json::json!({ "by": by, "up_to": up_to }))),
        EventBody::Message { .. } | EventBody::Created { .. } => {}
        body if body.is_silent() || body.is_internal() => {}
        body => {
            if matches!(body, EventBody::Erased { .. }) {
                said.push(("erased", serde_json::json!({})));
            }
            if let Some(text) = history::sentence(event, eyes) {
                let icon = history::icon(body);
                let line =
                    serde_json::json!({ "n": event.n, "icon": icon, "text": text, "created_at": event.created_at });
                said.push(("trail", line));
            }
            if let Ok(serde_json::Value::Object(mut ticket)) = serde_json::to_value(&change.ticket) {
                if let EventBody::Assigned { to, .. } = body {
                    ticket.insert("assignee".to_owned(), to.as_ref().map(|person| person.name.clone()).into());
                }
                said.push(("ticket", ticket.into()));
            }
        }
    }
    let last = said.len();
    said.into_iter()
        .enumerate()
        .map(|(at, (name, data))| {
            let sent = Sent::default().event(name).data(data.to_string());
            if at + 1 == last { sent.id(&cursor.0) } else { sent }
        })
        .collect()
}
