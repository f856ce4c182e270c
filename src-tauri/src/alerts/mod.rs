//! Alerts: the pop-ups of the system, raised by the core, so that they ring whatever the page is doing.

/// Whether something rings, and why not.
pub(crate) mod decide;
/// What is on screen, and what happens to it.
pub(crate) mod deliver;
/// What it says.
pub(crate) mod words;

use gemilang_protocol::Time;
use gemilang_protocol::desk::changes::{OPEN_TICKET, OpenTicket, SNACK, Snack};
use gemilang_protocol::sync::TicketChange;
use gemilang_replica::{Arrival, Replica};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::desk::Desk;
use crate::platform::NotShown;
use crate::window;
use crate::{clock, events};
use decide::{Attention, Came, Decision, Reason, decide};
use deliver::Listener;

/// Listens to what arrives in a replica until it is closed.
pub(crate) async fn listen(app: AppHandle, replica: Replica, mut arrivals: broadcast::Receiver<Arrival>) {
    loop {
        match arrivals.recv().await {
            Ok(arrival) => weigh(&app, &replica, &arrival, clock::now()).await,
            Err(RecvError::Lagged(missed)) => tracing::error!(missed, "arrivals passed without a look"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn weigh(app: &AppHandle, replica: &Replica, arrival: &Arrival, now: Time) {
    let desk = app.state::<Desk>();
    let attention = Attention { focused: window::is_focused(app), looking_at: desk.looking_at() };
    let change = &arrival.change;
    let ticket = change.ticket.id;
    let decision = decide(change, came(arrival), replica.me().id, attention, now);
    tracing::debug!(%ticket, n = change.event.n, ?decision, "arrival");
    match decision {
        Decision::Ring(reason) => {
            tracing::info!(number = %change.ticket.number, ?reason, "alert rings");
            let words = worded(&desk, replica, change, reason, now).await;
            desk.ringing.ring(ticket, words, Bell::new(app, change));
        }
        Decision::Withdraw => desk.ringing.withdraw(ticket),
        Decision::Quiet(_) => {}
    }
}

async fn worded(desk: &Desk, replica: &Replica, change: &TicketChange, reason: Reason, now: Time) -> words::Words {
    // Without its order an alert only lacks the days to the wedding.
    let order = match &change.ticket.order {
        Some(_) => replica.thread(change.ticket.id).await.ok().and_then(|thread| thread.order),
        None => None,
    };
    let event = order.as_ref().map(|order| order.event_date);
    let today = order.as_ref().map_or(now.date_naive(), |order| order.zone.day(now));
    words::words(desk.settings.language(), reason, change, event, today)
}

/// What follows from an alert: the window, and the truth about alerts.
struct Bell {
    app: AppHandle,
    subject: String,
    customer: String,
}

impl Bell {
    fn new(app: &AppHandle, change: &TicketChange) -> Self {
        Self { app: app.clone(), subject: change.ticket.subject.clone(), customer: change.ticket.customer.name.clone() }
    }
}

impl Listener for Bell {
    fn shown(&self) {
        self.app.state::<Desk>().alerts_work(true);
    }

    fn clicked(&self, ticket: Uuid) {
        open(&self.app, ticket);
    }

    fn not_shown(&self, error: &NotShown) {
        tracing::warn!(%error, subject = self.subject, "alert not shown");
        self.app.state::<Desk>().alerts_work(false);
        let snack = Snack {
            key: "alert-not-shown".to_owned(),
            args: vec![("subject".to_owned(), self.subject.clone()), ("customer".to_owned(), self.customer.clone())],
        };
        events::emit(&self.app, SNACK, snack);
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
