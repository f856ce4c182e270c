//! Arrivals: a customer's message has arrived when a desk has read it off its socket. After the rows the service sends a
//! ping of the websocket itself; desks answer in order, so the pong says that the rows before it were read.

use std::collections::VecDeque;
use std::sync::PoisonError;
use std::time::Duration;

use axum::body::Bytes;
use gemilang_protocol::{EventBody, Row, SenderType};
use uuid::Uuid;

use super::presence::Pen;
use super::{Hub, News};
use crate::App;
use crate::domain::messages;

/// Desks that are asked about the same rows: one is enough, and one may just be leaving.
const ASKED_MOST: usize = 3;
/// Questions without an answer that a socket keeps.
const OPEN_MOST: usize = 64;

/// How long an arrival waits to be written down.
const TOGETHER: Duration = Duration::from_millis(20);

/// A ticket, and the event up to which its messages have arrived.
pub type Arrival = (Uuid, i64);

/// The customers' messages among rows that no member of the staff has read yet: the last of each ticket.
pub fn arrivals(rows: &[Row]) -> Vec<Arrival> {
    let mut all: Vec<Arrival> = Vec::new();
    for row in rows {
        let Row::Ticket(change) = row else { continue };
        let by_customer = match &change.event.body {
            EventBody::Created { .. } => change.event.actor_type == SenderType::Customer,
            EventBody::Message { .. } => {
                change.message.as_ref().is_some_and(|it| it.sender_type == SenderType::Customer && !it.is_read)
            }
            _ => false,
        };
        if !by_customer {
            continue;
        }
        match all.iter_mut().find(|(ticket, _)| *ticket == change.ticket.id) {
            Some((_, n)) => *n = change.event.n.max(*n),
            None => all.push((change.ticket.id, change.event.n)),
        }
    }
    all
}

/// What one socket's desk was asked and has not answered.
#[derive(Debug, Default)]
pub struct Questions {
    open: VecDeque<(u64, Vec<Arrival>)>,
    last: u64,
}

impl Questions {
    /// The ping to send after rows with these arrivals; nothing when there is nothing to ask.
    pub fn ask(&mut self, arrivals: Vec<Arrival>) -> Option<Bytes> {
        if arrivals.is_empty() || self.open.len() >= OPEN_MOST {
            return None;
        }
        self.last += 1;
        self.open.push_back((self.last, arrivals));
        Some(Bytes::copy_from_slice(&self.last.to_be_bytes()))
    }

    /// What has arrived, by a pong.
    pub fn answered(&mut self, pong: &[u8]) -> Vec<Arrival> {
        let Ok(number) = pong.try_into().map(u64::from_be_bytes) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        while let Some((_, arrivals)) = self.open.pop_front_if(|(asked, _)| *asked <= number) {
            all.extend(arrivals);
        }
        all
    }
}

impl super::Shared {
    /// The arrivals among these rows, for the first few sockets that come to ask.
    pub fn to_ask(&self) -> Vec<Arrival> {
        let asked = self.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if asked < ASKED_MOST { arrivals(&self.rows) } else { Vec::new() }
    }
}

impl Hub {
    /// Customers' messages have arrived at a desk: it is written down, and who follows the ticket is told. Never waits.
    pub fn arrived(&self, app: &App, arrivals: Vec<Arrival>) {
        if arrivals.is_empty() {
            return;
        }
        {
            let mut waiting = self.0.arrived.lock().unwrap_or_else(PoisonError::into_inner);
            let is_first = waiting.is_empty();
            waiting.extend(arrivals);
            if !is_first {
                return;
            }
        }
        let (hub, app) = (self.clone(), app.clone());
        app.tasks.clone().spawn(async move {
            // The next message has the right of way, and its arrival goes along.
            tokio::time::sleep(TOGETHER).await;
            let arrivals = std::mem::take(&mut *hub.0.arrived.lock().unwrap_or_else(PoisonError::into_inner));
            match messages::arrived(&app, &arrivals).await {
                Ok(fresh) => {
                    for (ticket, up_to) in fresh {
                        // Nobody is listening is no error.
                        let _ = hub.0.news.send(News::Delivered { ticket, up_to });
                        let said = format!("delivered:{}:{ticket}:{up_to}", hub.0.id);
                        if super::tasks::notify(&app, &said).await.is_err() {
                            break;
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "messages arrived, and it was not written down"),
            }
        });
    }
}

/// Whether something said between processes is of an arrival or of typing.
pub(super) fn is_ours(said: &str) -> bool {
    said.split_once(':').is_some_and(|(kind, _)| kind == "delivered" || Pen::read(kind).is_some())
}

/// What another process said of an arrival or of typing; nothing when it was this one.
pub(super) fn heard(said: &str, own: &str) -> Option<News> {
    let mut parts = said.splitn(5, ':');
    let (kind, process) = (parts.next()?, parts.next()?);
    if process == own {
        return None;
    }
    let ticket = parts.next()?.parse().ok()?;
    if kind == "delivered" {
        return Some(News::Delivered { ticket, up_to: parts.next()?.parse().ok()? });
    }
    let (id, name) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
    Some(News::Typing { ticket, person: gemilang_protocol::PersonRef { id, name }, pen: Pen::read(kind)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_says_oneself_is_not_heard_again() {
        let ticket = Uuid::now_v7();
        let said = format!("delivered:other:{ticket}:7");
        assert!(matches!(heard(&said, "own"), Some(News::Delivered { up_to: 7, .. })));
        assert!(heard(&said, "other").is_none());
        let said = format!("typing:other:{ticket}:{ticket}:Ni Luh: Ayu");
        assert!(matches!(heard(&said, "own"), Some(News::Typing { person, .. }) if person.name == "Ni Luh: Ayu"));
        assert!(is_ours(&said) && !is_ours("session:x"));
        assert!(matches!(
            heard(&said.replace("typing", "asking"), "own"),
            Some(News::Typing { pen: Pen::Customer, .. })
        ));
    }

    #[test]
    fn a_pong_answers_its_ping_and_those_before() {
        let mut questions = Questions::default();
        let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
        assert_eq!(questions.ask(Vec::new()), None);
        let _first = questions.ask(vec![(a, 1)]).expect("a ping");
        let second = questions.ask(vec![(b, 4)]).expect("a ping");
        let _third = questions.ask(vec![(a, 9)]).expect("a ping");
        assert_eq!(questions.answered(b"heartbeat"), []);
        assert_eq!(questions.answered(&second), [(a, 1), (b, 4)]);
        assert_eq!(questions.answered(&second), []);
    }
}
