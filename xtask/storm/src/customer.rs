//! A customer: files tickets, writes in bursts, sends again what got no answer, in order and each under the id it was first given.
//! One of them shares a ticket, another one writes in it too, and one has everything erased.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use crate::chance::Chance;
use crate::findings::Findings;
use crate::house::{Account, PASSWORD};
use crate::ledger::{Fate, Ledger, Mark};
use crate::plan::CUSTOMERS;
use crate::portal::{ERASE, LIST, Portal, SHARING, Silent};
use crate::restore::Restores;
use crate::staff::Board;
use crate::tally::Tally;

/// Between two bursts, on average: a customer may write thirty messages a minute.
const PAUSE: Duration = Duration::from_millis(5_200);
/// Tickets at once at the beginning.
const FIRST: usize = 2;
/// Between two tickets after that; ten an hour are allowed.
const NEXT: Duration = Duration::from_secs(460);
/// Who has account and words erased, and after how many bursts; at the end of the day at the latest.
pub const LEAVER: usize = CUSTOMERS - 1;
const LEAVES_AFTER: usize = 3;
/// Who shares a ticket.
const SHARER: usize = CUSTOMERS - 2;
/// With whom.
pub const PARTNER: usize = CUSTOMERS - 3;
/// Between two tries of something that got no answer.
const AGAIN: (u64, u64) = (150, 600);

/// The same refusal of what cannot be done, honest and final.
const CLOSED: &str = "ticket_closed";
/// A client that does everything right is never refused otherwise.
pub const SERVED: &str = "no customer is refused what is their right";

/// What the writing and the reading half of a customer share.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Which.
    pub nth: usize,
    /// Who.
    pub account: Account,
    /// The line.
    pub base: String,
    /// The browser, once it is signed in.
    pub portal: Arc<watch::Sender<Option<Portal>>>,
    /// Own tickets, and those that are shared with them.
    pub tickets: Arc<Mutex<Vec<Uuid>>>,
    /// The address of with whom one of them shares.
    pub partner: String,
    /// Their account is erased.
    pub left: Arc<AtomicBool>,
    /// What is told to whom.
    pub ledger: Ledger,
    /// Tickets that everybody knows of.
    pub board: Board,
    /// What is counted.
    pub tally: Tally,
    /// What is found.
    pub findings: Findings,
    /// Restores of the database.
    pub restores: Restores,
}

impl Customer {
    /// Signs in, however often it takes.
    async fn sign_in(&self, chance: &mut Chance) -> Portal {
        loop {
            if let Ok(portal) = Portal::sign_in(&self.base, &self.account.user.email, PASSWORD).await {
                self.portal.send_replace(Some(portal.clone()));
                return portal;
            }
            self.tally.add("customer.sign_in_again");
            tokio::time::sleep(chance.millis(AGAIN.0, AGAIN.1)).await;
        }
    }

    /// The browser, once it is signed in.
    pub async fn signed_in(&self) -> Option<Portal> {
        self.portal.subscribe().wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Whether their account is erased.
    pub fn has_left(&self) -> bool {
        self.left.load(Ordering::Acquire)
    }

    /// Own tickets so far.
    pub fn own(&self) -> Vec<Uuid> {
        self.tickets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The hand that writes.
#[derive(Debug)]
pub struct Hand {
    who: Customer,
    chance: Chance,
    seq: u64,
}

impl Hand {
    /// Its hand.
    pub fn new(seed: u64, who: Customer) -> Self {
        let chance = Chance::of(seed, "hand", who.nth);
        Self { who, chance, seq: 0 }
    }

    /// Writes until the day is over, and then until everything written has been sent.
    pub async fn write(mut self, mut over: watch::Receiver<bool>) {
        let portal = self.who.sign_in(&mut self.chance).await;
        for _ in 0..FIRST {
            self.file(&portal).await;
        }
        let mut filed = Instant::now();
        let mut is_shared = false;
        for burst in 0.. {
            let pause = self.chance.wait(PAUSE);
            let is_over = tokio::time::timeout(pause, over.wait_for(|over| *over)).await.is_ok();
            if self.who.nth == LEAVER && (is_over || burst == LEAVES_AFTER) {
                return self.leave(&portal).await;
            }
            if is_over {
                return;
            }
            // Whatever is not done yet is tried again before the next burst.
            is_shared = is_shared || self.share(&portal).await.unwrap_or(false);
            if filed.elapsed() > NEXT {
                self.file(&portal).await;
                filed = Instant::now();
            }
            let Some(ticket) = self.chance.one_of(&self.who.own()).copied() else { continue };
            for _ in 0..=self.chance.below(3) {
                self.say(&portal, ticket).await;
            }
        }
    }

    /// One invites, the other one accepts. Whether that is done.
    async fn share(&mut self, portal: &Portal) -> Result<bool, Silent> {
        let (_, shares) = match self.who.nth {
            SHARER | PARTNER => portal.get(SHARING).await?,
            _ => return Ok(true),
        };
        if self.who.nth == SHARER {
            if shares["mine"].as_array().is_some_and(|mine| !mine.is_empty()) {
                return Ok(true);
            }
            let Some(ticket) = self.who.own().first().copied() else { return Ok(false) };
            let what = format!("ticket:{ticket}");
            portal.post(SHARING, &[("email", self.who.partner.as_str()), ("what", what.as_str())]).await?;
            return Ok(false);
        }
        let Some(share) = shares["theirs"].as_array().and_then(|theirs| theirs.first()) else { return Ok(false) };
        if share["person"].is_null() {
            let id = share["id"].as_str().unwrap_or_default();
            portal.post(&format!("{SHARING}/{id}/accept"), &[]).await?;
            return Ok(false);
        }
        let (_, list) = portal.get(LIST).await?;
        for ticket in list["items"].as_array().into_iter().flatten() {
            let id = ticket["id"].as_str().and_then(|id| id.parse().ok());
            if let Some(id) = id.filter(|id| !self.who.own().contains(id)) {
                self.who.tickets.lock().unwrap_or_else(PoisonError::into_inner).push(id);
                self.who.tally.add("customer.shared");
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Has everything erased. Who is no customer any more has got no answer to what was done.
    async fn leave(&mut self, portal: &Portal) {
        loop {
            match portal.post(ERASE, &[("current_password", PASSWORD)]).await {
                Ok((200..300 | 401, _)) => break,
                Ok((429 | 500.., _)) | Err(_) => tokio::time::sleep(self.chance.millis(AGAIN.0, AGAIN.1)).await,
                Ok((status, body)) => {
                    self.who.findings.wrong(SERVED, format!("an erasure was refused with {status} {body}"));
                    return;
                }
            }
        }
        self.who.tally.add("customer.erased");
        self.who.left.store(true, Ordering::Release);
    }

    fn mark(&mut self) -> Mark {
        self.seq += 1;
        Mark { author: format!("k{}", self.who.nth), seq: self.seq }
    }

    async fn file(&mut self, portal: &Portal) {
        let (mark, id) = (self.mark(), self.chance.id());
        self.who.ledger.write(mark.clone(), id, id, false);
        let (text, name) = (mark.text("Kak, dekorasi pelaminan belum datang sampai sekarang."), id.to_string());
        let order = self.who.account.order.clone();
        let fields = [
            ("id", name.as_str()),
            ("subject", "Dekorasi belum datang"),
            ("category", "vendor"),
            ("priority", "medium"),
            ("order", order.as_str()),
            ("description", text.as_str()),
        ];
        if self.send(portal, &mark, LIST, &fields).await {
            self.who.tickets.lock().unwrap_or_else(PoisonError::into_inner).push(id);
            self.who.board.put(id);
            self.who.tally.add("customer.filed");
        }
    }

    async fn say(&mut self, portal: &Portal, ticket: Uuid) {
        let (mark, id) = (self.mark(), self.chance.id());
        self.who.ledger.write(mark.clone(), ticket, id, false);
        let (text, name) = (mark.text("Kak, bagaimana kabar terakhirnya?"), id.to_string());
        let path = format!("{LIST}/{ticket}/messages");
        if self.send(portal, &mark, &path, &[("id", name.as_str()), ("message", text.as_str())]).await {
            self.who.tally.add("customer.message");
        }
    }

    /// Sends it until there is an answer. Whether it was taken.
    async fn send(&mut self, portal: &Portal, mark: &Mark, path: &str, fields: &[(&str, &str)]) -> bool {
        let Customer { ledger, tally, findings, .. } = &self.who;
        ledger.tell(mark, Fate::Kept);
        findings.looked(SERVED, 1);
        loop {
            match portal.post(path, fields).await {
                Ok((200..300, _)) => {
                    ledger.tell(mark, Fate::Sent);
                    return true;
                }
                Ok((429 | 500.., body)) => {
                    tally.add("customer.asked_to_wait");
                    let wait = body["retry_after"].as_u64().map_or(Duration::ZERO, Duration::from_secs);
                    tokio::time::sleep(wait.max(self.chance.millis(AGAIN.0, AGAIN.1))).await;
                }
                Ok((status, body)) => {
                    let code = body["code"].as_str().unwrap_or_default().to_owned();
                    tally.add(&format!("refused.{code}"));
                    if code != CLOSED {
                        findings.wrong(SERVED, format!("{mark} was refused with {status} {code}"));
                    }
                    ledger.tell(mark, Fate::Refused(code));
                    return false;
                }
                Err(_) => {
                    tally.add("customer.no_answer");
                    tokio::time::sleep(self.chance.millis(AGAIN.0, AGAIN.1)).await;
                }
            }
        }
    }
}
