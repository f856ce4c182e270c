//! The eyes of a customer: opens a conversation, follows it live or by asking, resumes after every cut, and misses nothing, sees nothing twice and nothing out of order.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use crate::chance::Chance;
use crate::customer::Customer;
use crate::portal::{LIST, Portal};
use crate::truth::Truth;

/// A conversation as it stands on the customer's screen.
pub const SCREEN: &str = "a customer's open page misses nothing";
/// Events of a conversation come in its order.
pub const LIVE: &str = "live messages come in order and are what they were";

/// How long one conversation is looked at.
const VISIT: (u64, u64) = (4_000, 12_000);
/// Between two questions of a page that cannot be live.
const POLL: Duration = Duration::from_millis(700);
/// The last words come within this time after the storm.
const LAST: Duration = Duration::from_secs(60);

/// The eyes that read.
#[derive(Debug)]
pub struct Eyes {
    who: Customer,
    chance: Chance,
    database: String,
}

/// What is on the screen.
#[derive(Debug, Default)]
struct Screen {
    messages: BTreeMap<i64, Uuid>,
    /// From this `n` on.
    from: i64,
    /// Up to this `n`.
    heard: i64,
    cursor: String,
    /// Of the database before which restore.
    age: u64,
}

impl Eyes {
    /// Its eyes.
    pub fn new(seed: u64, who: Customer, database: String) -> Self {
        let chance = Chance::of(seed, "eyes", who.nth);
        Self { who, chance, database }
    }

    /// Reads until the day is over, and then until the last conversation is whole.
    pub async fn read(mut self, over: watch::Receiver<bool>) {
        let Some(portal) = self.who.signed_in().await else { return };
        // A quarter of all lines let no events through.
        let polls = self.who.nth % 4 == 3;
        while !*over.borrow() {
            if self.who.has_left() {
                return;
            }
            let Some(ticket) = self.chance.one_of(&self.who.own()).copied() else {
                tokio::time::sleep(POLL).await;
                continue;
            };
            let Some(mut screen) = self.open(&portal, ticket).await else { continue };
            let end = Instant::now() + self.chance.millis(VISIT.0, VISIT.1);
            self.follow(&portal, ticket, &mut screen, polls, end).await;
            self.compare(ticket, &screen).await;
        }
        let Some(ticket) = self.chance.one_of(&self.who.own()).copied() else { return };
        self.last(&portal, ticket, polls).await;
    }

    /// The page: its messages and the place from which it is live.
    async fn open(&mut self, portal: &Portal, ticket: Uuid) -> Option<Screen> {
        let age = self.who.restores.count();
        let Ok((200, page)) = portal.get(&format!("{LIST}/{ticket}")).await else {
            tokio::time::sleep(self.chance.millis(50, 300)).await;
            return None;
        };
        let mut screen = Screen { cursor: page["cursor"].as_str()?.to_owned(), age, ..Screen::default() };
        for message in page["messages"].as_array()? {
            let (n, id) = place(message)?;
            screen.messages.insert(n, id);
        }
        screen.from = screen.messages.keys().next().copied().unwrap_or_default();
        // A message that landed between head and messages is on the page, and will be told again.
        let last = screen.messages.keys().next_back().copied().unwrap_or_default();
        screen.heard = page["ticket"]["n"].as_i64()?.max(last);
        self.who.tally.add("customer.page");
        Some(screen)
    }

    async fn follow(&mut self, portal: &Portal, ticket: Uuid, screen: &mut Screen, polls: bool, end: Instant) {
        while Instant::now() < end {
            let followed = if polls {
                self.poll(portal, ticket, screen).await;
                tokio::time::sleep(POLL).await;
                continue;
            } else {
                tokio::time::timeout_at(end, self.listen(portal, ticket, screen)).await
            };
            if followed.is_ok() {
                self.who.tally.add("customer.live_again");
                tokio::time::sleep(self.chance.millis(50, 400)).await;
            }
        }
    }

    /// Hears events until the line is cut.
    async fn listen(&mut self, portal: &Portal, ticket: Uuid, screen: &mut Screen) {
        let Ok(mut events) = portal.follow(ticket, &screen.cursor).await else { return };
        while let Ok(event) = events.next().await {
            if event.name == "message"
                && let Ok(message) = serde_json::from_str::<Value>(&event.data)
                && let Some((n, id)) = place(&message)
            {
                self.hear(ticket, screen, n, id);
            }
            if let Some(id) = event.id {
                screen.cursor = id;
            }
        }
    }

    async fn poll(&mut self, portal: &Portal, ticket: Uuid, screen: &mut Screen) {
        let after = screen.messages.values().next_back().map(|id| format!("?after={id}")).unwrap_or_default();
        let Ok((200, page)) = portal.get(&format!("{LIST}/{ticket}/messages{after}")).await else { return };
        for message in page["items"].as_array().into_iter().flatten() {
            if let Some((n, id)) = place(message) {
                self.hear(ticket, screen, n, id);
            }
        }
    }

    fn hear(&self, ticket: Uuid, screen: &mut Screen, n: i64, id: Uuid) {
        if self.is_out_of_date(screen) {
            return;
        }
        self.who.findings.looked(LIVE, 1);
        let before = screen.messages.insert(n, id);
        if before.is_some_and(|before| before != id) || (before.is_none() && n <= screen.heard) {
            let what = format!("ticket {ticket}: {id} came as {n} after {} ({before:?} was there)", screen.heard);
            self.who.findings.wrong(LIVE, what);
        }
        screen.heard = screen.heard.max(n);
    }

    /// Holds the screen against the tables, if they can be asked just now.
    async fn compare(&self, ticket: Uuid, screen: &Screen) {
        let _turn = self.who.restores.turn().await;
        if self.is_out_of_date(screen) {
            return;
        }
        let Ok(mut truth) = Truth::open(&self.database).await else { return };
        let Ok(there) = truth.messages(ticket, screen.from, screen.heard).await else { return };
        self.who.findings.looked(SCREEN, there.len());
        if there != screen.messages {
            let missing: Vec<_> = there.iter().filter(|(n, _)| !screen.messages.contains_key(n)).collect();
            let what = format!("ticket {ticket}, from {} to {}: missing {missing:?}", screen.from, screen.heard);
            self.who.findings.wrong(SCREEN, what);
        }
    }

    /// It shows what a restore took: whoever looks again sees what there is.
    fn is_out_of_date(&self, screen: &Screen) -> bool {
        screen.age != self.who.restores.count()
    }

    /// After the storm the page comes to hold everything.
    async fn last(&mut self, portal: &Portal, ticket: Uuid, polls: bool) {
        let end = Instant::now() + LAST;
        let mut screen = None;
        while Instant::now() < end {
            if self.who.has_left() {
                return;
            }
            let Some(screen) = screen.as_mut() else {
                screen = self.open(portal, ticket).await;
                continue;
            };
            self.follow(portal, ticket, screen, polls, Instant::now() + POLL).await;
            let Ok(mut truth) = Truth::open(&self.database).await else { continue };
            if truth.messages(ticket, screen.from, i64::MAX).await.is_ok_and(|there| there == screen.messages) {
                return;
            }
        }
        self.who.findings.wrong(SCREEN, format!("ticket {ticket} is not whole {LAST:?} after the storm"));
    }
}

/// A message's number and id.
fn place(message: &Value) -> Option<(i64, Uuid)> {
    Some((message["n"].as_i64()?, message["id"].as_str()?.parse().ok()?))
}
