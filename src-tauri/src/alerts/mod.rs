//! Alerts: the pop-ups of the system, raised by the core, so that they ring whatever the page is doing. What rings is decided in the
//! replica's `alerts/`; here it is told what happens, and done what it says.

/// One task for each alert on screen.
pub(crate) mod deliver;
/// Whether the computer shows alerts, and what becomes of those on screen.
mod screen;
/// The self-test.
mod trial;
/// What it says.
pub(crate) mod words;

use std::sync::Arc;
use std::time::Duration;

use gemilang_protocol::alert::{AlertChoices, AlertEntry};
use gemilang_protocol::desk::changes::{ALERTS, Changed};
use gemilang_protocol::desk::views::Alerts;
use gemilang_protocol::self_test::{Saw, TestPath};
use gemilang_protocol::{Duty, Person, PersonRef, Time, Zone};
use gemilang_replica::alerts::{Action, Attention, Bell, Came, Happened, Key, World, duty_of};
use gemilang_replica::{Arrival, Replica};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};
use uuid::Uuid;

use crate::desk::Desk;
use crate::own::Own;
use crate::platform::{self, Able};
use crate::{clock, events, window};
use deliver::Told;
pub(crate) use screen::open;
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
    /// The same, once it is known whether the computer shows alerts.
    TryPopUp(TestPath),
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
            self.try_out(TestPath::PopUp);
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
            Asked::Try(path) => self.try_out(path),
            Asked::TryPopUp(path) => self.try_pop_up(path).await,
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
            number: self.shown.number,
        };
        if shown != self.shown {
            self.shown = desk.keep_alerts(shown);
            events::emit(&self.app, ALERTS, self.shown.clone());
        }
    }
}

fn came(arrival: &Arrival) -> Came {
    match arrival {
        Arrival { first_sync: true, .. } => Came::First,
        Arrival { live: true, .. } => Came::Live,
        Arrival { .. } => Came::Late,
    }
}
