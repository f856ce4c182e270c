//! Alerts: the pop-ups of the system, raised by the core, so that they ring whatever the page is doing. What rings is decided in the
//! replica's `alerts/`; here it is told what happens, and done what it says.

/// What is on screen, and what happens to it.
pub(crate) mod deliver;
/// The self-test.
mod trial;
/// What it says.
pub(crate) mod words;

use std::sync::Arc;
use std::time::Duration;

use gemilang_protocol::alert::{AlertChoices, AlertEntry, Level, Sound};
use gemilang_protocol::desk::changes::{ALERTS, Changed, OPEN_ALERTS, OPEN_TICKET, OpenTicket, SNACK, Snack};
use gemilang_protocol::desk::views::{Alerts, Inbox, PopUps, TicketQuery};
use gemilang_protocol::self_test::{Saw, TestPath};
use gemilang_protocol::{Act, Duty, Person, PersonRef, Time, Zone};
use gemilang_replica::alerts::{Action, Attention, Bell, Came, Happened, Key, What, World, duty_of};
use gemilang_replica::{Arrival, Replica};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};
use uuid::Uuid;

use crate::desk::Desk;
use crate::own::Own;
use crate::platform::{self, Able, Answer, Missing};
use crate::tray::icon::Face;
use crate::{clock, events, sound, window};
use deliver::{Heard, Told};
use trial::Trials;

/// How often what rings is looked at.
const TICK: Duration = Duration::from_secs(1);
/// A notification daemon that ends again and again is given what stands no more often than this.
const BACK: Duration = Duration::from_secs(2);
/// No quiet hours are longer, so nothing older waits to be summed up.
const NIGHT: chrono::TimeDelta = chrono::TimeDelta::hours(36);

/// What is asked of alerts from outside.
#[derive(Debug)]
pub(crate) enum Asked {
    /// What rings about this ticket's customer can wait.
    Snooze(Uuid),
    /// Its person wants to see whether this works.
    Try(TestPath),
    /// Whether they see what only they can see.
    Saw(TestPath, bool),
    /// A ticket is on screen.
    Looks(Option<Uuid>),
    /// What was seen when a way was tried.
    Tried(TestPath, Saw),
    /// Whether the computer shows alerts may have changed.
    Daemon,
    /// Whether it does.
    Able(Able),
}

/// Listens to one replica until it is closed. Whoever calls this misses nothing from then on.
pub(crate) fn listen(
    app: AppHandle,
    replica: Replica,
    own: Arc<Own>,
    (asked, mut asks): (mpsc::UnboundedSender<Asked>, mpsc::UnboundedReceiver<Asked>),
) -> impl Future<Output = ()> + Send {
    let (mut arrivals, mut changes) = (replica.arrivals(), replica.changes());
    async move {
        let (tell, mut told) = mpsc::unbounded_channel();
        let mut ear = Ear::new(app, replica, own, tell, asked).await;
        ear.begin().await;
        let watch = watch_daemon(ear.asked.clone());
        tokio::pin!(watch);
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let own = Arc::clone(&ear.own);
        loop {
            tokio::select! {
                biased;
                arrival = arrivals.recv() => match arrival {
                    Ok(arrival) => ear.step(Happened::Arrived(&arrival.change, came(&arrival))).await,
                    Err(RecvError::Lagged(missed)) => {
                        tracing::error!(missed, "arrivals passed without a look");
                        ear.look_for_untaken().await;
                    }
                    Err(RecvError::Closed) => return,
                },
                Some(heard) = told.recv() => ear.hear(heard).await,
                Some(asked) = asks.recv() => ear.heed(asked).await,
                change = changes.recv() => match change {
                    Ok(change) => ear.changed(&change).await,
                    Err(RecvError::Lagged(_)) => {
                        ear.changed(&Changed { records: true, outbox: true, all: true, ..Changed::default() }).await;
                    }
                    Err(RecvError::Closed) => return,
                },
                () = own.changed() => ear.step(Happened::Tick).await,
                _ = ticks.tick(), if ear.bell.is_waiting() => ear.step(Happened::Tick).await,
                () = &mut watch => {}
            }
        }
    }
}

/// Says whenever a notification daemon comes or goes. Never ends.
async fn watch_daemon(asked: mpsc::UnboundedSender<Asked>) {
    platform::watch_alerts(|| drop(asked.send(Asked::Daemon))).await;
    std::future::pending::<()>().await;
}

/// One person's alerts on this desk.
struct Ear {
    app: AppHandle,
    replica: Replica,
    own: Arc<Own>,
    tell: mpsc::UnboundedSender<Told>,
    asked: mpsc::UnboundedSender<Asked>,
    bell: Bell,
    /// Themselves and everybody else, as the service tells.
    me: Option<Person>,
    others: Vec<Person>,
    trials: Trials,
    shown: Alerts,
    /// When a daemon was last given what stands.
    back: Option<Instant>,
}

impl Ear {
    async fn new(
        app: AppHandle,
        replica: Replica,
        own: Arc<Own>,
        tell: mpsc::UnboundedSender<Told>,
        asked: mpsc::UnboundedSender<Asked>,
    ) -> Self {
        let next = replica.next_alert().await.unwrap_or_else(|error| {
            tracing::error!(%error, "the ledger cannot be read");
            1
        });
        let kept = replica.kept_alerts(clock::now() - NIGHT).await.unwrap_or_default();
        let bell = Bell::new(next, kept);
        let (me, others, trials, shown) = Default::default();
        let mut ear = Self { app, replica, own, tell, asked, bell, me, others, trials, shown, back: None };
        ear.meet_the_team().await;
        ear
    }

    /// Looks at what is there already, and tries once whether anything would be seen.
    async fn begin(&mut self) {
        self.look_for_untaken().await;
        self.look_for_held().await;
        self.probe();
        let settings = self.app.state::<Desk>().settings.clone();
        if !settings.tried_alerts() {
            settings.have_tried_alerts();
            self.try_out(TestPath::PopUp).await;
        }
    }

    async fn meet_the_team(&mut self) {
        let staff = match self.replica.staff().await {
            Ok(staff) => staff,
            Err(error) => return tracing::error!(%error, "nobody knows who is on duty"),
        };
        let (mut me, others) = staff.into_iter().partition::<Vec<_>, _>(|person| person.id == self.replica.me().id);
        (self.me, self.others) = (me.pop(), others);
        let (duty, choices, _) = self.told();
        self.own.duty.heard(&duty, clock::now());
        self.own.alerts.heard(&choices, clock::now());
    }

    /// Duty, choices and zone, as the service tells them.
    fn told(&self) -> (Duty, AlertChoices, Zone) {
        let me = self.me.as_ref();
        let choices = me.and_then(|me| me.alerts.clone()).unwrap_or_default();
        (me.map(|me| me.duty).unwrap_or_default(), choices, me.map_or(Zone::Wib, |me| me.zone))
    }

    fn world(&self, now: Time) -> World {
        let me = self.replica.me();
        let (looking_at, input_at) = self.app.state::<Desk>().attention();
        let (duty, choices, zone) = self.told();
        let name = |person: &Person| PersonRef { id: person.id, name: person.name.clone() };
        World {
            me: PersonRef { id: me.id, name: me.name.clone() },
            role: me.role,
            duty: self.own.duty.now(duty, now),
            others: self.others.iter().map(|other| (name(other), duty_of(other, now))).collect(),
            choices: self.own.alerts.now(choices, now),
            zone,
            attention: Attention { focused: window::is_focused(&self.app), looking_at, input_at },
        }
    }

    async fn changed(&mut self, change: &Changed) {
        if change.records || change.all {
            self.meet_the_team().await;
        }
        if change.outbox || change.all {
            self.look_for_held().await;
        }
        let rings = self.bell.tickets();
        if change.all || change.outbox || change.tickets.iter().any(|ticket| rings.contains(ticket)) {
            self.look_for_untaken().await;
        } else if change.records {
            self.step(Happened::Tick).await;
        }
    }

    async fn look_for_untaken(&mut self) {
        match self.replica.untaken(&self.bell.tickets()).await {
            Ok((untaken, left)) => self.step(Happened::Untaken(untaken, left)).await,
            Err(error) => tracing::error!(%error, "what is urgent cannot be looked for"),
        }
    }

    async fn look_for_held(&mut self) {
        match self.replica.held_replies().await {
            Ok(held) => self.step(Happened::Held(held)).await,
            Err(error) => tracing::error!(%error, "what waits for a decision cannot be looked for"),
        }
    }

    async fn heed(&mut self, asked: Asked) {
        let now = clock::now();
        match asked {
            Asked::Snooze(ticket) => {
                if let Some(customer) = self.bell.customer_of(ticket) {
                    self.step(Happened::Snoozed(Key::Ring(customer))).await;
                }
            }
            Asked::Try(path) => self.try_out(path).await,
            Asked::Saw(path, seen) => {
                self.trials.saw(path, if seen { Saw::Works } else { Saw::NotSeen }, now);
                if path == TestPath::Badge {
                    self.set_badge_right().await;
                }
            }
            Asked::Tried(path, saw) => self.trials.saw(path, saw, now),
            Asked::Looks(ticket) => self.trials.looks(ticket, now),
            Asked::Daemon => self.probe(),
            Asked::Able(able) => self.able(able).await,
        }
        self.tell_page(false);
    }

    async fn try_out(&mut self, path: TestPath) {
        let app = self.app.clone();
        match path {
            TestPath::PopUp | TestPath::Click => self.try_pop_up(path).await,
            TestPath::Sound => self.find_out(path, async { sound::play(Sound::Gender).await.map(|()| Saw::Works) }),
            TestPath::Tray => self.find_out(path, async { platform::probe_tray().await.map(|()| Saw::Works) }),
            TestPath::Badge => self.find_out(path, async move {
                platform::probe_badge().await?;
                platform::set_badge(&app, Face { count: 7, ..Face::default() }).await;
                Ok(Saw::Asks { number: 7 })
            }),
        }
    }

    /// Tries a way that may take its time, and nothing waits for it.
    fn find_out(&self, path: TestPath, trial: impl Future<Output = Result<Saw, Missing>> + Send + 'static) {
        let asked = self.asked.clone();
        tauri::async_runtime::spawn(async move {
            let saw = trial.await.unwrap_or_else(|missing| {
                tracing::info!(%missing, "tried");
                Saw::Missing
            });
            let _ = asked.send(Asked::Tried(path, saw));
        });
    }

    /// The number of the trial gives way to the true one.
    async fn set_badge_right(&self) {
        if let Ok(counts) = self.replica.navigation().await {
            let face = Face { count: counts.unassigned, urgent: counts.urgent > 0, offline: false };
            platform::set_badge(&self.app, face).await;
        }
    }

    async fn try_pop_up(&mut self, path: TestPath) {
        // A click leads to the ticket that was active last, if there is one.
        let query = TicketQuery { inbox: Inbox::All, limit: 1, ..TicketQuery::default() };
        let list = self.replica.tickets(&query).await.unwrap_or_default();
        let ticket = list.rows.first().map(|row| row.id);
        self.trials.begin(path, ticket);
        self.step(Happened::Test(path, ticket)).await;
    }

    /// Asks whether the computer shows alerts. The answer may take its time, and nothing waits for it.
    fn probe(&self) {
        let asked = self.asked.clone();
        tauri::async_runtime::spawn(async move {
            let able = platform::probe_alerts().await;
            let _ = asked.send(Asked::Able(able));
        });
    }

    async fn able(&mut self, able: Able) {
        self.shown_by(match &able {
            Able::Shows => PopUps::Shown,
            Able::Hushes => PopUps::Hushed,
            Able::Not(error) => {
                tracing::warn!(%error, "no notification daemon");
                PopUps::Missing
            }
        });
        if able == Able::Shows && self.bell.is_lost() {
            let rest = self.back.map(|back| BACK.saturating_sub(back.elapsed())).unwrap_or_default();
            if rest.is_zero() {
                self.back = Some(Instant::now());
                self.step(Happened::DaemonBack).await;
            } else {
                let asked = self.asked.clone();
                tauri::async_runtime::spawn(async move {
                    tokio::time::sleep(rest).await;
                    let _ = asked.send(Asked::Daemon);
                });
            }
        }
    }

    /// Keeps whether the computer shows alerts, for the page.
    fn shown_by(&mut self, pop_ups: PopUps) {
        let desk = self.app.state::<Desk>();
        if desk.alerts().pop_ups != pop_ups {
            desk.keep_alerts(Alerts { pop_ups, ..desk.alerts() });
            self.tell_page(false);
        }
    }

    async fn hear(&mut self, (key, ticket, heard): Told) {
        let now = clock::now();
        let hushed = self.app.state::<Desk>().alerts().pop_ups == PopUps::Hushed;
        match heard {
            Heard::Shown => {
                if !hushed {
                    self.shown_by(PopUps::Shown);
                }
                if key == Key::Test {
                    self.trials.shown(hushed, now);
                }
                if hushed {
                    self.step(Happened::Hushed(key)).await;
                }
            }
            Heard::NotShown(error) => {
                tracing::warn!(%error, "alert not shown");
                self.shown_by(PopUps::Missing);
                if key == Key::Test {
                    self.trials.not_shown(now);
                }
                ticket.into_iter().for_each(|ticket| self.say_in_the_window(ticket));
                self.step(Happened::NotShown(key)).await;
                // One that ended may have come back before this was heard.
                if error.gone {
                    self.probe();
                }
            }
            Heard::Ended(answer) if key == Key::Test => {
                let ticket = self.trials.ended(answer, now);
                if matches!(answer, Answer::Clicked | Answer::Took) {
                    show(&self.app, ticket);
                    self.step(Happened::Clicked(key)).await;
                } else {
                    self.step(Happened::Closed(key)).await;
                }
            }
            Heard::Ended(Answer::Clicked) => {
                show(&self.app, ticket);
                self.step(Happened::Clicked(key)).await;
            }
            Heard::Ended(Answer::Took) => {
                self.step(Happened::Clicked(key)).await;
                let take = Act::Assign { from: None, to: Some(self.replica.me().id) };
                if let Some(ticket) = ticket
                    && let Err(error) = self.replica.write(Uuid::now_v7(), ticket, take, now).await
                {
                    tracing::error!(%error, %ticket, "not taken from its alert");
                }
                show(&self.app, ticket);
            }
            Heard::Ended(Answer::Snoozed) => self.step(Happened::Snoozed(key)).await,
            Heard::Ended(Answer::Closed) => self.step(Happened::Closed(key)).await,
            Heard::Ended(Answer::Withdrawn) => {}
        }
        self.tell_page(false);
    }

    /// Where the computer shows no alert, the window at least says what is urgent.
    fn say_in_the_window(&self, ticket: Uuid) {
        if let Some(ring) = self.shown.ringing.iter().find(|ring| ring.ticket == ticket) {
            let args =
                vec![("subject".to_owned(), ring.subject.clone()), ("customer".to_owned(), ring.customer.clone())];
            events::emit(&self.app, SNACK, Snack { key: "alert-not-shown".to_owned(), args });
        }
    }

    async fn step(&mut self, happened: Happened<'_>) {
        let now = clock::now();
        let actions = self.bell.step(happened, &self.world(now), now);
        let mut entries: Vec<AlertEntry> = Vec::new();
        for action in actions {
            match action {
                Action::Show { key, ticket, what, level, sound } => self.show(key, ticket, &what, (level, sound)).await,
                Action::Withdraw(key) => self.app.state::<Desk>().on_screen.withdraw(key),
                Action::Record(entry) => {
                    tracing::info!(ticket = ?entry.ticket(), reason = %entry.reason, result = %entry.result, "alert");
                    entries.push(*entry);
                }
            }
        }
        let noted = !entries.is_empty();
        if noted && let Err(error) = self.replica.note_alerts(&entries, now).await {
            tracing::error!(%error, "alerts are missing in the ledger");
        }
        self.tell_page(noted);
    }

    async fn show(&self, key: Key, ticket: Option<Uuid>, what: &What, (level, sound): (Level, Sound)) {
        // Without its order an alert only lacks the days to the wedding.
        let order = match (what, ticket) {
            (What::Ring { round: 1, .. }, Some(ticket)) => {
                self.replica.thread(ticket).await.ok().and_then(|thread| thread.order)
            }
            _ => None,
        };
        let desk = self.app.state::<Desk>();
        let words = words::words(desk.settings.language(), what, level, order.as_ref(), clock::now());
        desk.on_screen.show(key, ticket, words, self.tell.clone());
        // Whoever asked the system for peace is not called by ear.
        if desk.alerts().pop_ups != PopUps::Hushed {
            tauri::async_runtime::spawn(async move {
                if let Err(missing) = sound::play(sound).await {
                    tracing::info!(%missing, "nothing was heard");
                }
            });
        }
    }

    fn tell_page(&mut self, noted: bool) {
        let now = clock::now();
        let world = self.world(now);
        let others = world.others.iter().filter(|(_, duty)| duty.is_on(now)).count();
        let desk = self.app.state::<Desk>();
        let shown = Alerts {
            ringing: self.bell.ringing(now),
            duty: world.duty,
            others_on_duty: u32::try_from(others).unwrap_or(u32::MAX),
            rules: world.choices.rules(),
            quiet: world.choices.quiet,
            zone: Some(world.zone),
            pop_ups: desk.alerts().pop_ups,
            paths: trial::PATHS.to_vec(),
            tried: self.trials.tried.clone(),
            revision: self.shown.revision + u64::from(noted),
        };
        if shown != self.shown {
            self.shown = shown.clone();
            desk.keep_alerts(shown.clone());
            events::emit(&self.app, ALERTS, shown);
        }
    }
}

/// Brings a ticket before its person; without one, what became of alerts.
fn show(app: &AppHandle, ticket: Option<Uuid>) {
    match ticket {
        Some(ticket) => open(app, ticket),
        None => {
            window::raise(app);
            events::emit(app, OPEN_ALERTS, ());
        }
    }
}

/// Brings a ticket before its person.
pub(crate) fn open(app: &AppHandle, ticket: Uuid) {
    window::raise(app);
    app.state::<Desk>().open_at_boot(ticket);
    events::emit(app, OPEN_TICKET, OpenTicket { ticket });
}

fn came(arrival: &Arrival) -> Came {
    match arrival {
        Arrival { first_sync: true, .. } => Came::First,
        Arrival { live: true, .. } => Came::Live,
        Arrival { .. } => Came::Late,
    }
}
