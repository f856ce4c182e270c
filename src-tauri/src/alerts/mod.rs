//! Alerts: the pop-ups of the system, raised by the core, so that they ring whatever the page is doing. What rings is decided in the
//! replica's `alerts/`; here it is told what happens, and done what it says.

/// What is on screen, and what happens to it.
pub(crate) mod deliver;
/// What it says.
pub(crate) mod words;

use std::sync::Arc;
use std::time::Duration;

use gemilang_protocol::alert::{AlertEntry, Level, Reason, Rule};
use gemilang_protocol::desk::changes::{ALERTS, Changed, OPEN_TICKET, OpenTicket, SNACK, Snack};
use gemilang_protocol::desk::views::Alerts;
use gemilang_protocol::{Act, Duty, PersonRef};
use gemilang_replica::alerts::{Action, Attention, Bell, Came, Happened, Key, What, World};
use gemilang_replica::{Arrival, Replica};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::desk::Desk;
use crate::duty::OwnDuty;
use crate::platform::Answer;
use crate::window;
use crate::{clock, events};
use deliver::{Heard, Told};

/// How often what rings is looked at.
const TICK: Duration = Duration::from_secs(1);

/// Listens to one replica until it is closed.
pub(crate) async fn listen(
    app: AppHandle,
    replica: Replica,
    duty: Arc<OwnDuty>,
    mut arrivals: broadcast::Receiver<Arrival>,
    mut changes: broadcast::Receiver<Changed>,
) {
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut ear = Ear::new(app, replica, duty, tell).await;
    ear.look_for_untaken().await;
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let duty = Arc::clone(&ear.duty);
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
            change = changes.recv() => match change {
                Ok(change) => ear.changed(&change).await,
                Err(RecvError::Lagged(_)) => ear.changed(&Changed { records: true, all: true, ..Changed::default() }).await,
                Err(RecvError::Closed) => return,
            },
            () = duty.changed() => ear.step(Happened::Tick).await,
            _ = ticks.tick(), if ear.bell.is_waiting() => ear.step(Happened::Tick).await,
        }
    }
}

/// One person's alerts on this desk.
struct Ear {
    app: AppHandle,
    replica: Replica,
    duty: Arc<OwnDuty>,
    tell: mpsc::UnboundedSender<Told>,
    bell: Bell,
    /// Their own duty as the service tells it, and everybody else's.
    team: (Duty, Vec<(PersonRef, Duty)>),
    shown: Alerts,
}

impl Ear {
    async fn new(app: AppHandle, replica: Replica, duty: Arc<OwnDuty>, tell: mpsc::UnboundedSender<Told>) -> Self {
        let next = replica.next_alert().await.unwrap_or_else(|error| {
            tracing::error!(%error, "the ledger cannot be read");
            1
        });
        let team = (Duty::Off, Vec::new());
        let mut ear = Self { app, replica, duty, tell, bell: Bell::new(next), team, shown: Alerts::default() };
        ear.meet_the_team().await;
        ear
    }

    async fn meet_the_team(&mut self) {
        let staff = match self.replica.staff().await {
            Ok(staff) => staff,
            Err(error) => return tracing::error!(%error, "nobody knows who is on duty"),
        };
        let me = self.replica.me().id;
        self.team = (Duty::Off, Vec::new());
        for person in staff {
            if person.id == me {
                self.team.0 = person.duty;
            } else {
                self.team.1.push((PersonRef { id: person.id, name: person.name }, person.duty));
            }
        }
        self.duty.heard(self.team.0, clock::now());
    }

    fn world(&self) -> World {
        let desk = self.app.state::<Desk>();
        let me = self.replica.me();
        let (looking_at, input_at) = desk.attention();
        World {
            me: PersonRef { id: me.id, name: me.name.clone() },
            role: me.role,
            duty: self.duty.now(self.team.0, clock::now()),
            others: self.team.1.clone(),
            rules: desk.settings.alert_rules(),
            attention: Attention { focused: window::is_focused(&self.app), looking_at, input_at },
        }
    }

    async fn changed(&mut self, change: &Changed) {
        if change.records || change.all {
            self.meet_the_team().await;
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

    async fn hear(&mut self, (key, ticket, heard): Told) {
        let desk = self.app.state::<Desk>();
        match heard {
            Heard::Shown => desk.alerts_work(true),
            Heard::NotShown(error) => {
                tracing::warn!(%error, "alert not shown");
                desk.alerts_work(false);
                self.say_in_the_window(ticket);
                self.step(Happened::NotShown(key)).await;
            }
            Heard::Ended(Answer::Clicked) => {
                open(&self.app, ticket);
                self.step(Happened::Clicked(key)).await;
            }
            Heard::Ended(Answer::Took) => {
                self.step(Happened::Clicked(key)).await;
                let take = Act::Assign { from: None, to: Some(self.replica.me().id) };
                if let Err(error) = self.replica.write(Uuid::now_v7(), ticket, take, clock::now()).await {
                    tracing::error!(%error, %ticket, "not taken from its alert");
                }
                open(&self.app, ticket);
            }
            Heard::Ended(Answer::Closed) => self.step(Happened::Closed(key)).await,
            Heard::Ended(Answer::Withdrawn) => {}
        }
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
        let actions = self.bell.step(happened, &self.world(), now);
        let mut entries: Vec<AlertEntry> = Vec::new();
        for action in actions {
            match action {
                Action::Show { key, ticket, what, level } => self.show(key, ticket, &what, level).await,
                Action::Withdraw(key) => self.app.state::<Desk>().on_screen.withdraw(key),
                Action::Record(entry) => {
                    tracing::info!(number = %entry.number, reason = %entry.reason, result = %entry.result, "alert");
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

    async fn show(&self, key: Key, ticket: Uuid, what: &What, level: Level) {
        // Without its order an alert only lacks the days to the wedding.
        let order = match what {
            What::Ring { round: 1, .. } => self.replica.thread(ticket).await.ok().and_then(|thread| thread.order),
            _ => None,
        };
        let desk = self.app.state::<Desk>();
        let words = words::words(desk.settings.language(), what, level, order.as_ref(), clock::now());
        desk.on_screen.show(key, ticket, words, self.tell.clone());
    }

    fn tell_page(&mut self, noted: bool) {
        let now = clock::now();
        let others = self.team.1.iter().filter(|(_, duty)| duty.is_on(now)).count();
        let desk = self.app.state::<Desk>();
        let shown = Alerts {
            ringing: self.bell.ringing(now),
            duty: self.duty.now(self.team.0, now),
            others_on_duty: u32::try_from(others).unwrap_or(u32::MAX),
            rules: rules(&desk.settings.alert_rules()),
            revision: self.shown.revision + u64::from(noted),
        };
        if shown != self.shown {
            self.shown = shown.clone();
            desk.keep_alerts(shown.clone());
            events::emit(&self.app, ALERTS, shown);
        }
    }
}

/// Every reason with what is wanted of it.
fn rules(chosen: &[Rule]) -> Vec<Rule> {
    let of = |reason: &Reason| chosen.iter().find(|rule| rule.reason == *reason).copied().unwrap_or(Rule::of(*reason));
    Reason::ALL.iter().map(of).collect()
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
