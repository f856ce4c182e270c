//! The crash: cores of desks are killed while they open, fetch and write, hundreds of times. After each the file opens and is whole, and nothing that was acknowledged is lost or doubled.

use std::collections::{BTreeMap, HashSet};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gemilang_protocol::Act;
use gemilang_protocol::session::SessionUser;
use gemilang_replica::link;
use tokio::process::Command;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use crate::Failure;
use crate::audit::{self, Audit};
use crate::chance::Chance;
use crate::desk::Desk;
use crate::equal;
use crate::findings::Findings;
use crate::house::{House, PASSWORD, Places};
use crate::ledger::{Fate, Ledger, Mark};
use crate::tally::Tally;
use crate::truth::Truth;
use crate::words::{Answer, Ask};

/// A file opens and is whole, whatever was going on when its core was killed.
pub const OPENS: &str = "every file opens after a kill";
/// What was said to be kept is there after a kill.
pub const KEPT: &str = "nothing acknowledged is lost by a kill";

/// Desks that are killed at the same time, each of another person.
const CHAINS: usize = 4;
/// Tickets and messages to fetch: several parts of a bootstrap.
const TICKETS: &str = "450";
const MESSAGES: &str = "2500";
/// Lives of a core until its desk begins anew with an empty file, and of these the ones in which everything is fetched.
const LIVES: usize = 25;
const FETCHING: usize = 9;
/// How long a core lives that is killed while it opens its file.
const OPENING: (u64, u64) = (2, 120);
/// Another one lives until it has answered fewer than so many times, then a moment longer, and never longer than this.
const ANSWERS: usize = 12;
const MOMENT: (u64, u64) = (0, 60);
const LIFE: Duration = Duration::from_secs(2);
/// How long everything may take to be fetched when nobody is killed over it.
const WHOLE: Duration = Duration::from_secs(60);
/// Between two looks whether it is.
const LOOK: Duration = Duration::from_millis(20);
/// Between two things that are written.
const PAUSE: (u64, u64) = (1, 25);

/// What is wanted of a crash.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Kills altogether.
    pub kills: usize,
    /// What decides every choice.
    pub seed: u64,
    /// Where.
    pub places: Places,
}

/// What every chain works with.
#[derive(Debug, Clone)]
struct Scene {
    house: Arc<House>,
    tickets: Arc<[Uuid]>,
    ledger: Ledger,
    tally: Tally,
    findings: Findings,
    seed: u64,
}

/// Kills, and looks after each kill. Answers what was counted and found.
///
/// # Errors
/// What keeps the test itself from running.
pub async fn blow(wanted: &Wanted) -> Result<(Tally, Findings), Failure> {
    let house = House::open(wanted.places.clone(), false).await?;
    let mut seed = Command::new(&house.places.service);
    seed.args(["seed", "--tickets", TICKETS, "--messages", MESSAGES]).env("DATABASE_URL", &house.database);
    if !seed.env("GEMILANG_LOG", "warn").stdout(Stdio::null()).status().await?.success() {
        return Err("no tickets to fetch".into());
    }
    let mut truth = Truth::open(&house.database).await?;
    let tickets: Vec<Uuid> = truth.newest_active().await?;
    let scene = Scene {
        house,
        tickets: tickets.into(),
        ledger: Ledger::default(),
        tally: Tally::default(),
        findings: Findings::default(),
        seed: wanted.seed,
    };
    let mut chains = JoinSet::new();
    for nth in 0..CHAINS {
        chains.spawn(Chain::new(scene.clone(), nth).await?.run(wanted.kills / CHAINS));
    }
    let mut desks = Vec::new();
    while let Some(chain) = chains.join_next().await {
        desks.extend(chain??);
    }
    scene.look(&mut truth, desks).await?;
    Ok((scene.tally, scene.findings))
}

impl Scene {
    /// Lets everything that is left leave and arrive, and looks.
    async fn look(&self, truth: &mut Truth, desks: Vec<(Arc<Desk>, String)>) -> Result<(), Failure> {
        let Some(door) = self.house.doors().first().copied() else { return Ok(()) };
        let numbering = truth.numbering().await?;
        // Some of them, oldest and newest: all would take longer than the kills.
        let some: Vec<Uuid> = numbering.iter().step_by(7).map(|it| it.ticket).collect();
        let now = chrono::Utc::now();
        let mut unsent = Vec::new();
        for (desk, token) in &desks {
            equal::caught_up(desk, now, &self.findings).await;
            if let Some(Answer::Outbox(items)) = desk.ask(Ask::Outbox).await {
                unsent.extend(items.iter().map(|item| item.op_id));
            }
            let there = equal::conversations(&format!("http://{door}"), token, &some).await?;
            equal::compare(desk, &there, &BTreeMap::new(), &self.findings).await;
            desk.stop().await?;
            equal::file(desk.nth, &desk.file, &self.findings).await?;
        }
        let (mut audit, ledger) = (Audit::default(), self.ledger.read());
        audit.add(&truth.texts_since(gemilang_protocol::Time::UNIX_EPOCH).await?, &ledger, &self.findings);
        audit.close(&ledger, &unsent, &[], &self.findings);
        audit::numbers(&truth.numbering().await?, &self.findings);
        self.tally.more("kept", ledger.values().filter(|said| said.fate == Fate::Kept).count() as u64);
        self.tally.more("unsaid", ledger.values().filter(|said| said.fate == Fate::Unsaid).count() as u64);
        Ok(())
    }
}

/// One desk after the other of one person, each killed again and again.
struct Chain {
    scene: Scene,
    nth: usize,
    chance: Chance,
    user: SessionUser,
    token: String,
    seq: u64,
    files: usize,
}

/// A desk, and what it was told to keep.
struct Life {
    desk: Arc<Desk>,
    kept: Vec<(Mark, Uuid)>,
    landed: HashSet<Uuid>,
}

impl Chain {
    async fn new(scene: Scene, nth: usize) -> Result<Self, Failure> {
        let server = format!("http://{}", scene.house.doors()[0]);
        let email = &scene.house.staff[nth].user.email;
        let session = link::sign_in(&server, email, PASSWORD).await?;
        let chance = Chance::of(scene.seed, "chain", nth);
        Ok(Self { scene, nth, chance, user: session.user, token: session.token, seq: 0, files: 0 })
    }

    /// Kills so often; answers the desks, running, with the token of who sits there.
    async fn run(mut self, kills: usize) -> Result<Vec<(Arc<Desk>, String)>, Failure> {
        let mut truth = Truth::open(&self.scene.house.database).await?;
        let mut desks = Vec::new();
        let mut life = self.begin();
        for kill in 1..=kills {
            if kill % LIVES == 0 {
                // What is still in the old file leaves at the end.
                desks.push(std::mem::replace(&mut life, self.begin()));
            }
            self.live_and_die(&mut life, &mut truth, kill % LIVES).await?;
        }
        desks.push(life);
        let mut running = Vec::new();
        for life in &mut desks {
            match life.desk.start().await {
                Ok(opened) => life.look(&opened.unsent, &mut truth, &self.scene.findings).await?,
                Err(error) => {
                    self.scene.findings.wrong(OPENS, error.to_string());
                    continue;
                }
            }
            running.push((Arc::clone(&life.desk), self.token.clone()));
        }
        Ok(running)
    }

    /// A desk with an empty file.
    fn begin(&mut self) -> Life {
        let nth = self.nth + CHAINS * self.files;
        self.files += 1;
        let server = format!("http://{}", self.scene.house.doors()[nth % 2]);
        let places = &self.scene.house.places;
        let desk = Desk::new(places, nth, self.user.clone(), &server, &self.token, self.scene.seed);
        Life { desk: Arc::new(desk), kept: Vec::new(), landed: HashSet::new() }
    }

    /// A core is started, hears of writes one after the other without waiting for an answer, and is killed at any moment from its first breath on.
    async fn live_and_die(&mut self, life: &mut Life, truth: &mut Truth, lives: usize) -> Result<(), Failure> {
        let Scene { ledger, tally, findings, tickets, .. } = self.scene.clone();
        findings.looked(OPENS, 1);
        if self.chance.percent(20) && lives != FETCHING {
            let opening = self.chance.millis(OPENING.0, OPENING.1);
            if let Ok(Err(error)) = timeout(opening, life.desk.start()).await {
                findings.wrong(OPENS, error.to_string());
            }
            life.desk.kill().await;
            tally.add("kill.opening");
            return Ok(());
        }
        match life.desk.start().await {
            Ok(opened) => life.look(&opened.unsent, truth, &findings).await?,
            Err(error) => {
                findings.wrong(OPENS, error.to_string());
                return Ok(());
            }
        }
        if lives == FETCHING {
            life.fetch_all().await?;
        }
        let (most, moment) = (self.chance.below(ANSWERS), self.chance.millis(MOMENT.0, MOMENT.1));
        let answered = Arc::new(AtomicUsize::new(0));
        let mut end = Instant::now() + LIFE;
        let mut last = false;
        let mut answers = JoinSet::new();
        while Instant::now() < end {
            if !last && answered.load(Ordering::Relaxed) >= most {
                last = true;
                end = end.min(Instant::now() + moment);
            }
            tokio::time::sleep(self.chance.millis(PAUSE.0, PAUSE.1)).await;
            self.seq += 1;
            // What is left in an old file leaves later: the order is a desk's own.
            let mark = Mark { author: format!("d{}", life.desk.nth), seq: self.seq };
            // The newest come first in a bootstrap; nobody else writes on these.
            let own = tickets.iter().skip(self.nth).step_by(CHAINS).take(12).copied().collect::<Vec<_>>();
            let (Some(ticket), op) = (self.chance.one_of(&own).copied(), self.chance.id()) else { break };
            let note = self.chance.percent(40);
            let text = mark.text("Baik Kak, kami cek.");
            let what = if note { Act::Note { note: text } } else { Act::Reply { message: text } };
            ledger.write(mark.clone(), ticket, op, note);
            let Some(answer) = life.desk.send(Ask::Write { op, ticket, what }).await else { break };
            let answered = Arc::clone(&answered);
            answers.spawn(async move {
                let answer = answer.await;
                answered.fetch_add(1, Ordering::Relaxed);
                (mark, op, answer)
            });
        }
        life.desk.kill().await;
        tally.add(if lives < FETCHING { "kill.fetching" } else { "kill.writing" });
        // What was said before it died was said.
        while let Some(answer) = answers.join_next().await {
            match answer? {
                (mark, op, Ok(Answer::Done)) => {
                    ledger.tell(&mark, Fate::Kept);
                    life.kept.push((mark, op));
                }
                (mark, _, Ok(Answer::Refused(why))) => ledger.tell(&mark, Fate::Refused(why)),
                (_, _, Ok(_) | Err(_)) => {}
            }
        }
        Ok(())
    }
}

impl Life {
    /// Whether everything has been fetched once.
    async fn is_whole(&self) -> bool {
        matches!(self.desk.ask(Ask::Status).await, Some(Answer::Status(status)) if status.complete_to.is_some())
    }

    async fn fetch_all(&self) -> Result<(), Failure> {
        let end = Instant::now() + WHOLE;
        while !self.is_whole().await {
            if Instant::now() > end {
                return Err(format!("desk {} has not everything after {WHOLE:?}", self.desk.nth).into());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    /// What was kept is in the outbox, or at the service.
    async fn look(&mut self, unsent: &[Uuid], truth: &mut Truth, findings: &Findings) -> Result<(), Failure> {
        findings.looked(KEPT, self.kept.len());
        let gone = |(_, op): &&(Mark, Uuid)| !unsent.contains(op) && !self.landed.contains(op);
        let ops: Vec<Uuid> = self.kept.iter().filter(gone).map(|(_, op)| *op).collect();
        self.landed.extend(truth.landed(&ops).await?);
        for (mark, op) in self.kept.iter().filter(|(_, op)| ops.contains(op) && !self.landed.contains(op)) {
            findings.wrong(
                KEPT,
                format!("desk {}: {mark} ({op}) is neither in the outbox nor at the service", self.desk.nth),
            );
        }
        Ok(())
    }
}
