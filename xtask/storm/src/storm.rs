//! The whole of it: builds the house, lets everybody work, breaks and kills by plan, calms down, and looks.

use std::sync::Arc;
use std::time::Duration;

use gemilang_replica::link;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use uuid::Uuid;

use crate::Failure;
use crate::audit::{self, Audit};
use crate::customer::{self, Customer, Hand};
use crate::desk::Desk;
use crate::drain::{Drain, Stand};
use crate::equal;
use crate::erased;
use crate::findings::Findings;
use crate::house::{House, PASSWORD, Places, until};
use crate::ledger::Ledger;
use crate::line::Line;
use crate::plan::{CUSTOMERS, DESKS, Plan, Victim};
use crate::reader::{self, Eyes};
use crate::report::Report;
use crate::restore::{self, Restores};
use crate::slow;
use crate::staff::{Board, Staff};
use crate::tally::Tally;
use crate::truth::Truth;
use crate::watch as look;
use crate::{proxy, words};

/// Everything that was written has left within this time after the storm.
const LEAVE: Duration = Duration::from_secs(150);
/// Between two looks into the outboxes after the storm.
const GLANCE: Duration = Duration::from_millis(250);
/// The file of a desk opens, whatever it was doing when it was killed.
const OPENS: &str = "every desk opens its file after a kill";
/// Neither a service nor a core meets a fault of its own, whatever is done to it.
const FAULTLESS: &str = "no program meets a fault of its own";
/// Nothing stays on its way.
const LEAVES: &str = "everything written leaves once the lines are good";
/// What a storm that ends by itself must have been held against.
const RULES: &[&str] = &[
    audit::ONCE,
    audit::HONEST,
    audit::ORDER,
    audit::NUMBERS,
    equal::EQUAL,
    equal::BACK,
    equal::FILE,
    erased::ERASED,
    look::CLAIM,
    reader::SCREEN,
    reader::LIVE,
    customer::SERVED,
    OPENS,
    FAULTLESS,
    LEAVES,
];

/// What is wanted of a storm.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How long it blows.
    pub span: Duration,
    /// What decides every choice.
    pub seed: u64,
    /// Where.
    pub places: Places,
    /// The rule that is to be broken: the storm ends as soon as it is.
    pub until_broken: Option<&'static str>,
}

/// Everything that works and is worked upon.
struct Scene {
    house: Arc<House>,
    lines: Vec<Arc<Line>>,
    desks: Vec<Arc<Desk>>,
    token: String,
    board: Board,
    ledger: Ledger,
    tally: Tally,
    findings: Findings,
    restores: Restores,
}

/// A line for who waits.
fn say(what: std::fmt::Arguments<'_>) {
    println!("  {} {what}", chrono::Utc::now().format("%H:%M:%S"));
}

/// Lets it blow.
///
/// # Errors
/// What keeps the storm itself from blowing; what it finds is in the report.
pub async fn blow(wanted: &Wanted) -> Result<Report, Failure> {
    let scene = Scene::set(wanted).await?;
    let minutes = wanted.span.as_secs_f64() / 60.0;
    say(format_args!("{DESKS} desks and {CUSTOMERS} customers begin; {minutes} min with seed {}", wanted.seed));
    let (day, over) = watch::channel(false);
    let begun = Instant::now();
    let people = scene.people(wanted.seed, &over);
    let tables = tokio::spawn(look::tables(
        scene.house.database.clone(),
        scene.ledger.clone(),
        scene.findings.clone(),
        scene.restores.clone(),
        over.clone(),
    ));
    tokio::spawn(look::claims(
        scene.desks.clone(),
        scene.ledger.clone(),
        scene.findings.clone(),
        scene.restores.clone(),
        over.clone(),
    ));

    let plan = Plan::new(wanted.seed, wanted.span);
    let broken = async {
        match wanted.until_broken {
            Some(check) => scene.findings.broken(check).await,
            None => std::future::pending().await,
        }
    };
    let is_broken = tokio::select! {
        done = scene.suffer(&plan, begun, wanted.span) => done.map(|()| false)?,
        () = broken => true,
    };
    let blew = begun.elapsed();
    // The day is over: nobody begins anything new.
    day.send_replace(true);
    let calm = Instant::now();
    say(format_args!("calm"));
    let (audit, _) = tables.await?;
    let drain = if is_broken { None } else { Some(scene.settle(people, audit).await?) };
    let Scene { tally, findings, .. } = &scene;
    Ok(Report::new(wanted.seed, wanted.places.sabotage, blew, calm.elapsed(), drain, tally, findings))
}

/// Everybody who is at work.
struct People {
    staff: JoinSet<Staff>,
    customers: JoinSet<()>,
    import: JoinHandle<std::collections::BTreeMap<String, String>>,
}

impl Scene {
    /// Builds house and lines, and opens the desks.
    async fn set(wanted: &Wanted) -> Result<Self, Failure> {
        let house = House::open(wanted.places.clone(), true).await?;
        let tally = Tally::default();
        let mut lines = Vec::new();
        for turn in 0..DESKS + CUSTOMERS {
            lines.push(proxy::open(&house.doors(), turn, &tally).await?);
        }
        let mut desks = Vec::new();
        let mut token = String::new();
        for (nth, (account, line)) in house.staff.iter().zip(&lines).enumerate() {
            let session = link::sign_in(&line.url, &account.user.email, PASSWORD).await?;
            token.clone_from(&session.token);
            let seed = wanted.seed.wrapping_add(nth as u64);
            let desk = Desk::new(&house.places, nth, session.user, &line.url, &session.token, seed);
            desk.start().await?;
            desks.push(Arc::new(desk));
        }
        let (board, ledger, findings) = (Board::default(), Ledger::default(), Findings::of(RULES));
        if wanted.span >= restore::LEAST {
            findings.looked(restore::OFFERED, 0);
        }
        Ok(Self { house, lines, desks, token, board, ledger, tally, findings, restores: Restores::default() })
    }

    /// Sends everybody to work.
    fn people(&self, seed: u64, over: &watch::Receiver<bool>) -> People {
        let colleagues: Vec<Uuid> = self.house.staff.iter().map(|account| account.user.id).collect();
        let mut staff = JoinSet::new();
        for desk in &self.desks {
            let (ledger, board, tally) = (self.ledger.clone(), self.board.clone(), self.tally.clone());
            staff
                .spawn(Staff::new(seed, Arc::clone(desk), colleagues.clone(), ledger, board, tally).work(over.clone()));
        }
        let mut customers = JoinSet::new();
        let partner = self.house.customers.get(customer::PARTNER).map(|it| it.user.email.clone()).unwrap_or_default();
        for (nth, (account, line)) in self.house.customers.iter().zip(self.lines.iter().skip(DESKS)).enumerate() {
            let customer = Customer {
                nth,
                account: account.clone(),
                base: line.url.clone(),
                portal: Arc::new(watch::channel(None).0),
                tickets: Arc::default(),
                partner: partner.clone(),
                left: Arc::default(),
                ledger: self.ledger.clone(),
                board: self.board.clone(),
                tally: self.tally.clone(),
                findings: self.findings.clone(),
                restores: self.restores.clone(),
            };
            customers.spawn(Hand::new(seed, customer.clone()).write(over.clone()));
            customers.spawn(Eyes::new(seed, customer, self.house.database.clone()).read(over.clone()));
        }
        let database = &self.house.database;
        let accounts = self.house.customers.clone();
        let (tally, restores) = (self.tally.clone(), self.restores.clone());
        let import = tokio::spawn(slow::import(seed, database.clone(), accounts, tally, restores, over.clone()));
        tokio::spawn(slow::hold_rows(seed, database.clone(), self.board.clone(), self.tally.clone(), over.clone()));
        People { staff, customers, import }
    }

    /// Breaks and kills by plan.
    async fn suffer(&self, plan: &Plan, begun: Instant, span: Duration) -> Result<(), Failure> {
        let breaking = async {
            for (at, line, fault) in &plan.faults {
                tokio::time::sleep_until(begun + *at).await;
                if let Some(line) = self.lines.get(*line) {
                    line.suffer(*fault);
                }
            }
            Ok(())
        };
        let killing = async {
            for (at, victim, away) in &plan.kills {
                tokio::time::sleep_until(begun + *at).await;
                self.kill(*victim, *away).await?;
            }
            Ok(())
        };
        let restoring = async {
            if span >= restore::LEAST {
                tokio::time::sleep_until(begun + restore::DUMPED).await;
                self.restore().await?;
            }
            Ok(())
        };
        tokio::try_join!(breaking, killing, restoring).map(|_| ())
    }

    /// The database is put back to a while ago.
    async fn restore(&self) -> Result<(), Failure> {
        // What is done once, by people who are never told that it was undone, is behind them.
        let once = ["customer.erased", "customer.shared"];
        until("the beginning to be over", restore::DUMPED, async || {
            self.board.all().len() >= 2 * CUSTOMERS && once.iter().all(|deed| self.tally.sum(deed) > 0)
        })
        .await?;
        let file = restore::dump(&self.house).await?;
        tokio::time::sleep(restore::AGES).await;
        let gone = restore::restore(&self.house, &file, &self.restores, &self.ledger, &self.findings).await?;
        say(format_args!("the database is restored; {gone} messages are gone"));
        self.tally.more("restore.messages_lost", gone);
        Ok(())
    }

    /// Kills somebody, who is back after a while.
    async fn kill(&self, victim: Victim, away: Duration) -> Result<(), Failure> {
        match victim {
            Victim::Postgres => {
                let _turn = self.restores.turn().await;
                self.tally.add("kill.postgres");
                self.house.kill_postgres().await?;
            }
            Victim::Service(nth) => {
                let Some(service) = self.house.services.get(nth) else { return Ok(()) };
                let _turn = self.restores.turn().await;
                self.tally.add("kill.service");
                service.kill().await;
                tokio::time::sleep(away).await;
                service.start(&self.house).await?;
            }
            Victim::Desk(nth) => {
                let Some(desk) = self.desks.get(nth) else { return Ok(()) };
                self.tally.add("kill.desk");
                desk.kill().await;
                tokio::time::sleep(away).await;
                self.findings.looked(OPENS, 1);
                if let Err(error) = desk.start().await {
                    self.findings.wrong(OPENS, error.to_string());
                }
            }
        }
        Ok(())
    }

    /// Everything calms down, leaves, arrives; then it is looked at.
    async fn settle(&self, mut people: People, mut audit: Audit) -> Result<Drain, Failure> {
        for line in &self.lines {
            line.calm();
        }
        for service in &self.house.services {
            if !service.runs().await {
                self.findings.wrong(LEAVES, "a service process ended by itself".to_owned());
                service.start(&self.house).await?;
            }
        }
        self.house.ready().await?;
        let venues = people.import.await?;
        let mut staff = Vec::new();
        while let Some(one) = people.staff.join_next().await {
            staff.push(one?);
        }
        let drain = self.leave(&mut staff).await;
        say(format_args!("every outbox is empty"));
        let customers = async { while people.customers.join_next().await.is_some() {} };
        self.findings.looked(LEAVES, DESKS + CUSTOMERS);
        if tokio::time::timeout(LEAVE, customers).await.is_err() {
            self.findings.wrong(LEAVES, format!("customers still wait after {LEAVE:?}"));
        }

        say(format_args!("every customer was served"));
        erased::finish(&self.house).await?;
        let calm = chrono::Utc::now();
        for desk in &self.desks {
            equal::caught_up(desk, calm, &self.findings).await;
        }
        say(format_args!("everybody is live and complete again"));
        let mut truth = Truth::open(&self.house.database).await?;
        let ledger = self.ledger.read();
        let texts = truth.texts_since(gemilang_protocol::Time::UNIX_EPOCH).await?;
        audit.add(&texts, &ledger, &self.findings);
        audit.close(&ledger, &self.unsent().await, &truth.erased().await?, &self.findings);
        audit::numbers(&truth.numbering().await?, &self.findings);
        let stands = truth.venues().await?;
        for (order, venue) in &venues {
            if stands.get(order) != Some(venue) {
                return Err(format!("order {order} should be at {venue}: {:?}", stands.get(order)).into());
            }
        }
        self.count(&texts);
        self.look(&truth.numbering().await?.iter().map(|it| it.ticket).collect::<Vec<_>>(), &stands).await?;
        Ok(drain)
    }

    /// Decides at every desk until nothing is on its way any more.
    async fn leave(&self, staff: &mut [Staff]) -> Drain {
        let mut drain = Drain::begin();
        let empty = async {
            let mut looks = tokio::time::interval(GLANCE);
            loop {
                looks.tick().await;
                let mut stand = Stand::default();
                for one in staff.iter_mut() {
                    if let Some(items) = one.decide(true).await {
                        stand.add(&items, one.status().await.as_ref());
                    } else {
                        stand.add(&[], None);
                    }
                }
                if drain.look(stand) {
                    return;
                }
            }
        };
        if tokio::time::timeout(LEAVE, empty).await.is_err() {
            self.findings.wrong(LEAVES, format!("the outboxes are not empty after {LEAVE:?}"));
        }
        drain
    }

    /// The ids of what is held or failed in an outbox.
    async fn unsent(&self) -> Vec<Uuid> {
        let mut unsent = Vec::new();
        for desk in &self.desks {
            if let Some(words::Answer::Outbox(items)) = desk.ask(words::Ask::Outbox).await {
                unsent.extend(items.iter().map(|item| item.op_id));
            }
        }
        unsent
    }

    fn count(&self, texts: &[crate::truth::Text]) {
        let notes = texts.iter().filter(|text| text.note).count();
        self.tally.more("stored.messages", (texts.len() - notes) as u64);
        self.tally.more("stored.notes", notes as u64);
        self.tally.more("stored.tickets", self.board.all().len() as u64);
    }

    /// Looks through what the programs said for faults of their own.
    fn read_logs(&self) -> Result<(), Failure> {
        for file in std::fs::read_dir(&self.house.places.dir)? {
            let path = file?.path();
            if path.extension().is_none_or(|ending| ending != "log") {
                continue;
            }
            let said = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            self.findings.looked(FAULTLESS, said.lines().count());
            let faults = ["\"level\":\"ERROR\"", " ERROR ", "panicked at"];
            for line in said.lines().filter(|line| faults.iter().any(|fault| line.contains(fault))) {
                self.findings.wrong(FAULTLESS, format!("{}: {line}", path.display()));
            }
        }
        Ok(())
    }

    /// Holds every desk against the service, then ends them and looks into their files.
    async fn look(&self, tickets: &[Uuid], venues: &std::collections::BTreeMap<String, String>) -> Result<(), Failure> {
        let Some(door) = self.house.doors().first().copied() else { return Ok(()) };
        let truth = Arc::new(equal::conversations(&format!("http://{door}"), &self.token, tickets).await?);
        let mut looking = JoinSet::new();
        for desk in &self.desks {
            let (desk, truth, venues, findings) =
                (Arc::clone(desk), Arc::clone(&truth), venues.clone(), self.findings.clone());
            let house = Arc::clone(&self.house);
            looking.spawn(async move {
                equal::compare(&desk, &truth, &venues, &findings).await;
                desk.stop().await?;
                equal::file(desk.nth, &desk.file, &findings).await?;
                erased::file(&house, desk.nth, &desk.file, &findings).await
            });
        }
        while let Some(looked) = looking.join_next().await {
            looked??;
        }
        self.read_logs()
    }
}
