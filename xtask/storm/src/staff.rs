//! Somebody at a desk: writes in bursts, changes things, looks into the outbox and decides about what is held, and goes on when the core is killed under their hands.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gemilang_protocol::desk::views::{OpState, OutboxItem, SyncStatus};
use gemilang_protocol::{Act, Code, Priority, Status};
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use crate::chance::Chance;
use crate::desk::Desk;
use crate::ledger::{Fate, Ledger, Mark};
use crate::plan::DESKS;
use crate::tally::Tally;
use crate::words::{Answer, Ask};

/// Between two bursts, on average.
const PAUSE: Duration = Duration::from_millis(290);
/// Bursts between two looks into the outbox.
const LOOK: u64 = 7;
/// Who sees more than this unsent waits until some of it has left: on a machine that stores less than is written, the rest
/// would be left for the calm.
const ENOUGH: usize = 150;
/// While the core is away.
const AWAY: Duration = Duration::from_millis(40);

const WORDS: [&str; 5] = [
    "Baik Kak, kami cek ke vendor.",
    "Denah kursi sudah kami kirim ulang ya.",
    "Terima kasih, jadwal rias kami geser ke pukul 05.30.",
    "Pembayaran kedua sudah kami terima.",
    "Mohon tunggu sebentar, kami tanyakan ke gedung.",
];

/// The tickets that everybody knows of. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Mutex<Vec<Uuid>>>);

impl Board {
    /// A ticket was filed.
    pub fn put(&self, ticket: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(ticket);
    }

    /// All of them, in the order filed.
    pub fn all(&self) -> Vec<Uuid> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A member of the staff.
#[derive(Debug)]
pub struct Staff {
    desk: Arc<Desk>,
    colleagues: Vec<Uuid>,
    chance: Chance,
    ledger: Ledger,
    board: Board,
    tally: Tally,
    seq: u64,
    written: HashMap<Uuid, Mark>,
    /// As seen at the last look into the outbox.
    unsent: usize,
}

impl Staff {
    /// Who sits at this desk.
    pub fn new(seed: u64, desk: Arc<Desk>, colleagues: Vec<Uuid>, ledger: Ledger, board: Board, tally: Tally) -> Self {
        let chance = Chance::of(seed, "staff", desk.nth);
        Self { desk, colleagues, chance, ledger, board, tally, seq: 0, written: HashMap::new(), unsent: 0 }
    }

    /// Works until the day is over. Answers themselves, to decide about what is left.
    pub async fn work(mut self, mut over: watch::Receiver<bool>) -> Self {
        let mut due = Instant::now();
        for turn in 1_u64.. {
            // Who was kept from working goes on the faster.
            due += self.chance.wait(PAUSE);
            if tokio::time::timeout_at(due, over.wait_for(|over| *over)).await.is_ok() {
                break;
            }
            if turn.is_multiple_of(LOOK) || self.unsent > ENOUGH {
                self.unsent = self.decide(false).await.map_or(0, |items| items.len());
                if self.unsent > ENOUGH {
                    self.tally.add("op.put_off");
                    due = Instant::now() + PAUSE;
                }
            } else {
                self.burst().await;
            }
        }
        self
    }

    /// One to three things in a row on one ticket.
    async fn burst(&mut self) {
        let tickets = self.board.all();
        // Mostly one's own: colleagues on one ticket hold each other's replies up.
        let own: Vec<Uuid> = tickets.iter().skip(self.desk.nth).step_by(DESKS).copied().collect();
        let from = if self.chance.percent(93) && !own.is_empty() { &own } else { &tickets };
        let Some(ticket) = self.chance.one_of(from).copied() else { return };
        for _ in 0..=self.chance.below(3) {
            match self.chance.below(100) {
                0..80 => self.write(ticket, false).await,
                80..88 => self.write(ticket, true).await,
                88..92 => {
                    let to = *self
                        .chance
                        .one_of(&[Status::InProgress, Status::WaitingCustomer, Status::Resolved])
                        .unwrap_or(&Status::Open);
                    self.change(ticket, Act::Status { from: Status::Open, to }).await;
                }
                92..95 => {
                    let to = self.chance.one_of(&self.colleagues).copied();
                    self.change(ticket, Act::Assign { from: None, to }).await;
                }
                95..97 => {
                    let to = *self.chance.one_of(Priority::ALL).unwrap_or(&Priority::Low);
                    self.change(ticket, Act::Priority { from: Priority::Low, to }).await;
                }
                _ => {
                    let op = self.chance.id();
                    self.desk.ask(Ask::Read { op, ticket }).await;
                }
            }
        }
    }

    fn mark(&mut self) -> Mark {
        self.seq += 1;
        Mark { author: format!("s{}", self.desk.nth), seq: self.seq }
    }

    async fn write(&mut self, ticket: Uuid, note: bool) {
        self.wait_for_core().await;
        let (mark, op) = (self.mark(), self.chance.id());
        let text = mark.text(self.chance.one_of(&WORDS).copied().unwrap_or_default());
        let what = if note { Act::Note { note: text } } else { Act::Reply { message: text } };
        self.ledger.write(mark.clone(), ticket, op, note);
        self.written.insert(op, mark.clone());
        let ask = Ask::Write { op, ticket, what };
        let mut answer = self.desk.ask(ask.clone()).await;
        // What a window does that got no answer: the same under the same id. Or the person gives up.
        if answer.is_none() && self.chance.percent(60) {
            self.wait_for_core().await;
            answer = self.desk.ask(ask).await;
            self.tally.add("op.again_after_kill");
        }
        match answer {
            Some(Answer::Done) => {
                self.ledger.tell(&mark, Fate::Kept);
                self.tally.add(if note { "op.note" } else { "op.reply" });
            }
            Some(Answer::Refused(why)) => {
                self.tally.add(&format!("not_written.{why}"));
                self.ledger.tell(&mark, Fate::Refused(why));
            }
            Some(_) | None => self.tally.add("op.unsaid"),
        }
    }

    async fn change(&mut self, ticket: Uuid, what: Act) {
        let (op, kind) = (self.chance.id(), what.kind());
        if let Some(Answer::Done) = self.desk.ask(Ask::Write { op, ticket, what }).await {
            self.tally.add(&format!("op.{kind}"));
        }
    }

    /// What the status line says.
    pub async fn status(&self) -> Option<SyncStatus> {
        match self.desk.ask(Ask::Status).await {
            Some(Answer::Status(status)) => Some(status),
            _ => None,
        }
    }

    /// Looks into the outbox and decides. At the end everything held is sent and what failed is taken back. Answers what is left.
    pub async fn decide(&mut self, at_the_end: bool) -> Option<Vec<OutboxItem>> {
        let Some(Answer::Outbox(items)) = self.desk.ask(Ask::Outbox).await else { return None };
        for item in &items {
            if item.wish.is_some() {
                continue;
            }
            match item.state {
                OpState::Held => {
                    self.tally.add("outbox.held");
                    match self.chance.below(100) {
                        _ if at_the_end => self.retry(item).await,
                        0..60 => self.retry(item).await,
                        60..80 => self.reword(item).await,
                        _ => self.withdraw(item).await,
                    }
                }
                OpState::Failed => {
                    let why = item.reason.map_or("", Code::as_str);
                    self.tally.add(&format!("outbox.failed.{}.{why}", item.act.kind()));
                    if item.reason == Some(Code::LostByRestore) && self.chance.percent(70) {
                        self.retry(item).await;
                    } else {
                        self.withdraw(item).await;
                    }
                }
                OpState::Queued if item.perhaps_sent && !at_the_end && self.chance.percent(8) => {
                    self.tally.add("outbox.wanted_back");
                    if self.chance.percent(50) { self.reword(item).await } else { self.withdraw(item).await }
                }
                OpState::Queued | OpState::Sending | OpState::Sent => {}
            }
        }
        Some(items)
    }

    async fn retry(&mut self, item: &OutboxItem) {
        let fresh = self.chance.id();
        if let Some(Answer::Done) = self.desk.ask(Ask::Retry { op: item.op_id, fresh }).await {
            self.tally.add("outbox.sent_anyway");
        }
    }

    async fn withdraw(&mut self, item: &OutboxItem) {
        let answer = self.desk.ask(Ask::Withdraw { op: item.op_id }).await;
        let Some(mark) = self.written.get(&item.op_id) else { return };
        match answer {
            Some(Answer::TakenBack { certain: true }) => self.ledger.tell(mark, Fate::TakenBack),
            Some(Answer::TakenBack { certain: false }) | None => self.ledger.tell(mark, Fate::Wanted),
            // It had landed meanwhile.
            Some(_) => return,
        }
        self.tally.add("outbox.withdrawn");
    }

    async fn reword(&mut self, item: &OutboxItem) {
        let Some(old) = self.written.get(&item.op_id).cloned() else { return };
        let note = matches!(item.act, Act::Note { .. });
        if !note && !matches!(item.act, Act::Reply { .. }) {
            return;
        }
        let (new, fresh) = (self.mark(), self.chance.id());
        self.ledger.write(new.clone(), item.ticket_id, fresh, note);
        self.ledger.learn(&new, |said| said.reworded = true);
        self.written.insert(fresh, new.clone());
        let text = new.text("Maaf Kak, maksud kami: sudah kami cek.");
        match self.desk.ask(Ask::Edit { op: item.op_id, text, fresh }).await {
            Some(Answer::TakenBack { certain }) => {
                self.ledger.tell(&old, if certain { Fate::TakenBack } else { Fate::Wanted });
                self.ledger.tell(&new, Fate::Kept);
            }
            Some(Answer::Refused(why)) => return self.ledger.tell(&new, Fate::Refused(why)),
            Some(_) | None => self.ledger.tell(&old, Fate::Wanted),
        }
        self.tally.add("outbox.reworded");
    }

    /// Waits until the core answers again.
    async fn wait_for_core(&self) {
        while self.status().await.is_none() {
            tokio::time::sleep(AWAY).await;
        }
    }
}
