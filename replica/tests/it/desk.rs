//! A desk for tests: a replica in a directory of its own, and a running engine.

use std::time::Duration;

use gemilang_protocol::desk::views::{Line, SyncStatus, Thread};
use gemilang_protocol::session::SessionUser;
use gemilang_protocol::{Act, Message, SenderType, Ticket, Time};
use gemilang_replica::engine::Clock;
use gemilang_replica::{Engine, Link, Replica};
use gemilang_service::domain::{Actor, messages};
use gemilang_service::testing::{Credentials, TestApp};
use tempfile::TempDir;
use uuid::Uuid;

/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A desk with a running engine.
pub struct Desk {
    pub replica: Replica,
    pub engine: Engine,
    pub who: Credentials,
    pub dir: TempDir,
}

impl Desk {
    pub async fn start(url: &str, who: &Credentials) -> Self {
        Self::start_by(url, who, Clock::system()).await
    }

    /// Starts one with a wall clock of its own.
    pub async fn start_by(url: &str, who: &Credentials, clock: Clock) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = Replica::file_for(dir.path(), url, who.person.id);
        let replica = Replica::open(&file, user(who)).await.unwrap();
        let engine = Engine::start(replica.clone(), Link::new(url, &who.token).unwrap(), clock, 7);
        Self { replica, engine, who: who.clone(), dir }
    }

    pub async fn live(url: &str, who: &Credentials) -> Self {
        Self::live_by(url, who, Clock::system()).await
    }

    pub async fn live_by(url: &str, who: &Credentials, clock: Clock) -> Self {
        let desk = Self::start_by(url, who, clock).await;
        desk.line(|line| *line == Line::Live).await;
        desk
    }

    /// Waits until the status line says so.
    pub async fn line(&self, wanted: impl Fn(&Line) -> bool) -> SyncStatus {
        self.line_within(PATIENCE, wanted).await
    }

    async fn line_within(&self, patience: Duration, wanted: impl Fn(&Line) -> bool) -> SyncStatus {
        let mut status = self.engine.status();
        let reached = tokio::time::timeout(patience, status.wait_for(|status| wanted(&status.line))).await;
        match reached {
            Ok(status) => status.unwrap().clone(),
            Err(_) => panic!("the line says {:?}", self.engine.status().borrow().line),
        }
    }

    /// The same, by somebody who asks to try again all the time: hundreds of tries take long on a busy machine.
    pub async fn line_with_impatience(&self, wanted: impl Fn(&Line) -> bool) {
        let mut ticks = tokio::time::interval(Duration::from_millis(30));
        let reached = self.line_within(6 * PATIENCE, wanted);
        tokio::pin!(reached);
        loop {
            tokio::select! {
                _ = &mut reached => return,
                _ = ticks.tick() => self.engine.nudge(),
            }
        }
    }

    /// Waits until the thread looks so.
    pub async fn thread(&self, ticket: Uuid, wanted: impl Fn(&Thread) -> bool) -> Thread {
        let mut changes = self.replica.changes();
        let waiting = async {
            loop {
                if let Ok(thread) = self.replica.thread(ticket).await
                    && wanted(&thread)
                {
                    return thread;
                }
                let _ = changes.recv().await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(thread) => thread,
            Err(_) => panic!("the thread is {:#?}", self.replica.thread(ticket).await),
        }
    }

    pub async fn reply(&self, ticket: &Ticket, text: &str) -> Uuid {
        let op = Uuid::now_v7();
        self.write(op, ticket, Act::Reply { message: text.to_owned() }).await;
        op
    }

    /// The same, at a time of the desk's own clock.
    pub async fn reply_at(&self, ticket: &Ticket, text: &str, now: Time) {
        let act = Act::Reply { message: text.to_owned() };
        self.replica.write(Uuid::now_v7(), ticket.id, act, now).await.unwrap();
    }

    pub async fn write(&self, op: Uuid, ticket: &Ticket, act: Act) {
        self.replica.write(op, ticket.id, act, chrono::Utc::now()).await.unwrap();
    }

    pub async fn restart(self, url: &str, token: &str) -> Self {
        let Self { replica, engine: old, who, dir } = self;
        old.stop().await;
        let engine = engine(&replica, url, token);
        Self { replica, engine, who, dir }
    }
}

pub fn engine(replica: &Replica, url: &str, token: &str) -> Engine {
    let link = Link::new(url, token).unwrap();
    Engine::start(replica.clone(), link, Clock::system(), 7)
}

pub fn user(who: &Credentials) -> SessionUser {
    SessionUser {
        id: who.person.id,
        name: who.person.name.clone(),
        email: who.person.email.clone(),
        role: who.person.role,
    }
}

pub fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.message.as_str()).collect()
}

/// The conversation at the service.
pub async fn at_the_service(app: &TestApp, ticket: &Ticket) -> Vec<String> {
    let part = messages::Part { limit: 500, ..messages::Part::default() };
    let messages = messages::list(&app.app, ticket.id, None, part).await.unwrap();
    messages.into_iter().map(|message| message.message).collect()
}

pub async fn customer_says(app: &TestApp, who: &Credentials, ticket: &Ticket, text: &str) {
    let actor = Actor {
        person: gemilang_protocol::PersonRef { id: who.person.id, name: who.person.name.clone() },
        side: SenderType::Customer,
    };
    messages::send(&app.app, &actor, ticket.id, Uuid::now_v7(), text).await.unwrap();
}

/// Whether everything written is confirmed and shown once.
pub fn settled(thread: &Thread, messages: usize) -> bool {
    thread.messages.len() == messages && thread.unsent.is_empty()
}
