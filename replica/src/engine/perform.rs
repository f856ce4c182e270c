//! Doing what was planned: one task that owns the socket and whatever is under way, and tells the plan what came of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{Storage, SyncStatus};
use gemilang_protocol::sync::Said;
use gemilang_protocol::{Cursor, Op, PushAnswer, PushRequest, Time};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use super::answer::place_fault;
use super::carry::{Push, Voided, void_all};
use super::company::Company;
use super::event::{Action, Event, Fault};
use super::network::Network;
use super::plan::{Known, Plan};
use super::{Calls, Clock};
use crate::error::Result;
use crate::file::Replica;
use crate::link::{Link, LinkError, Socket};
use crate::page::{Incoming, IncomingFrame, IncomingPart};
use crate::{saved_views, upkeep};

/// How often the watchdog looks at the clocks.
const TICK: Duration = Duration::from_secs(1);
/// Tickets that are looked at for a shorter time than this are not told of, but the last.
const LEAFING: Duration = Duration::from_millis(300);

/// What came of something that was under way.
enum Done {
    Connected(Result<Socket, LinkError>),
    Pulled(Result<Incoming, LinkError>),
    Pushed(Result<PushAnswer, LinkError>),
    Voided(Voided),
    /// Of the ops asked about, those that a restored service has.
    Compared(Vec<Uuid>, Result<Vec<Uuid>, LinkError>),
    Parted(Result<IncomingPart, LinkError>),
}

/// What the task woke up for.
enum Happened {
    Event(Event),
    Done(Result<Done, JoinError>),
    Frame(Option<Result<IncomingFrame, LinkError>>),
    Changed(Result<Changed, RecvError>),
    /// There is something to say that is of use only now.
    Saying,
}

pub(super) struct Performer {
    pub(super) replica: Replica,
    pub(super) link: Link,
    pub(super) clock: Clock,
    pub(super) plan: Plan,
    pub(super) cursor: Option<Cursor>,
    /// Where the next part of the bootstrap begins.
    pub(super) part: Option<Cursor>,
    /// The part after the one that is being stored, and where it begins: it travels meanwhile.
    pub(super) ahead: Option<(Cursor, JoinSet<Result<IncomingPart, LinkError>>)>,
    pub(super) socket: Option<Socket>,
    under_way: JoinSet<Done>,
    /// The ops of the push that is under way.
    pub(super) on_the_wire: Vec<Op>,
    /// Ops of the next push at most: one at a time after a whole push was refused, to find the one that is at fault.
    pub(super) push_most: usize,
    /// Some op could not be asked about: the next push is for the others.
    pub(super) void_later: bool,
    pub(super) unsent: u64,
    /// Rows that only a newer app can show.
    pub(super) newer: u64,
    /// What is wrong with the file, as seen last.
    pub(super) storage: Option<Storage>,
    pub(super) status: watch::Sender<SyncStatus>,
    pub(super) company: Company,
    /// What the service was told its person looks at, and when.
    looks: (Option<Uuid>, Option<Instant>),
    /// When the next op may leave that its author can still take back, by the wall clock.
    pub(super) due: Option<Time>,
}

/// Starts the task; the receiver always holds the latest status.
pub(crate) fn spawn(
    replica: Replica,
    link: Link,
    clock: Clock,
    seed: u64,
    calls: Arc<Calls>,
    stopped: oneshot::Receiver<()>,
) -> (watch::Receiver<SyncStatus>, watch::Receiver<gemilang_protocol::Company>, JoinHandle<()>) {
    let plan = Plan::new(Known::default(), seed, clock.now());
    let (status, receiver) = watch::channel(SyncStatus {
        line: plan.line(),
        complete_to: None,
        unsent: 0,
        newer: 0,
        storage: None,
        next_try: None,
    });
    let (company, told) = Company::new(replica.me().id);
    let performer = Performer {
        replica,
        link,
        clock,
        plan,
        cursor: None,
        part: None,
        ahead: None,
        socket: None,
        under_way: JoinSet::new(),
        on_the_wire: Vec::new(),
        push_most: PushRequest::MOST,
        void_later: false,
        unsent: 0,
        newer: 0,
        storage: None,
        status,
        company,
        looks: (None, None),
        due: None,
    };
    let task = tokio::spawn(performer.run(seed, calls, stopped));
    (receiver, told, task)
}

impl Performer {
    async fn run(mut self, seed: u64, calls: Arc<Calls>, mut stopped: oneshot::Receiver<()>) {
        let replica = self.replica.clone();
        let mut changes = replica.changes();
        if let Err(error) = self.load(seed).await {
            self.storage_failed(&error, "sync cannot begin: the replica cannot be read");
            self.tell();
            return;
        }
        let upkeep = tokio::spawn(upkeep::keep(self.replica.clone()));
        let views = saved_views::tell::keep(self.replica.clone(), self.link.clone(), self.status.subscribe());
        let views = tokio::spawn(views);
        let _network = Network::watch(Arc::clone(&calls));
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.tell();
            // Only waiting may be cut short here; whatever happened is worked off outside, whole.
            let happened = tokio::select! {
                biased;
                _ = &mut stopped => break,
                _ = ticks.tick() => Happened::Event(Event::Tick),
                () = calls.nudge.notified() => Happened::Event(Event::Nudge),
                () = calls.network.notified() => Happened::Event(Event::Network),
                () = calls.saying.notified() => Happened::Saying,
                () = replica.written() => Happened::Event(Event::Written),
                Some(done) = self.under_way.join_next() => Happened::Done(done),
                frame = next_frame(&mut self.socket) => Happened::Frame(frame),
                change = changes.recv() => Happened::Changed(change),
            };
            let event = match happened {
                Happened::Event(Event::Tick) => {
                    self.company.tick(Instant::now());
                    self.look(calls.looking_at()).await;
                    if self.is_due() {
                        self.act(Event::Written).await;
                    }
                    Some(Event::Tick)
                }
                Happened::Event(event) => Some(event),
                Happened::Done(Ok(done)) => self.done(done).await,
                Happened::Done(Err(error)) => {
                    // What was under way would never end: all of it is begun anew.
                    tracing::error!(%error, "a task of the engine died");
                    self.socket = None;
                    Some(Event::Closed(Fault::Storage))
                }
                Happened::Frame(frame) => self.framed(frame).await,
                Happened::Changed(change) => {
                    self.recount(change).await;
                    None
                }
                Happened::Saying => {
                    self.look(calls.looking_at()).await;
                    if let Some((ticket, note)) = calls.typing_in() {
                        self.say(&Said::Typing { ticket, note }).await;
                    }
                    None
                }
            };
            if event == Some(Event::Opened) {
                self.looks = (None, None);
                self.look(calls.looking_at()).await;
            }
            if let Some(event) = event {
                self.act(event).await;
            }
            if self.socket.is_none() {
                self.company.alone();
            }
        }
        upkeep.abort();
        views.abort();
        self.end().await;
    }

    /// Where the file stands.
    async fn load(&mut self, seed: u64) -> Result<()> {
        let standing = self.replica.standing().await?;
        self.unsent = self.replica.navigation().await?.unsent;
        self.cursor = standing.cursor;
        self.part = standing.bootstrap;
        self.newer = standing.newer;
        self.storage = standing.rebuilding.then_some(Storage::Rebuilding);
        let known = Known {
            placed: self.cursor.is_some(),
            bootstrapped: standing.bootstrapped,
            first_sync_done: standing.first_sync_done,
            complete_to: standing.complete_to,
        };
        self.plan = Plan::new(known, seed, self.clock.now());
        Ok(())
    }

    async fn done(&mut self, done: Done) -> Option<Event> {
        match done {
            Done::Connected(Ok(socket)) => {
                self.socket = Some(socket);
                Some(Event::Opened)
            }
            Done::Connected(Err(error)) => {
                tracing::debug!(%error, "no live socket");
                Some(Event::Closed(place_fault(&error)))
            }
            Done::Pulled(Ok(page)) => Some(self.pulled(page).await),
            Done::Pulled(Err(error)) => {
                tracing::debug!(%error, "no pull");
                Some(Event::PullFailed(place_fault(&error)))
            }
            Done::Pushed(answer) => Some(self.pushed(answer).await),
            Done::Voided(voided) => Some(self.voided(voided).await),
            Done::Compared(asked, known) => Some(self.compared(&asked, known).await),
            Done::Parted(Ok(part)) => Some(self.parted(part).await),
            Done::Parted(Err(error)) => {
                tracing::debug!(%error, "no part of the bootstrap");
                Some(Event::PartFailed(place_fault(&error)))
            }
        }
    }

    async fn act(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for action in self.plan.step(event, self.clock.now()) {
                events.extend(self.perform(action).await);
            }
        }
    }

    /// Starts what was planned. What ends at once is an event of its own.
    async fn perform(&mut self, action: Action) -> Option<Event> {
        let link = self.link.clone();
        let cursor = self.cursor.clone();
        match action {
            Action::Connect => {
                self.under_way.spawn(async move { Done::Connected(link.live(cursor.as_ref()).await) });
            }
            Action::Pull => {
                self.under_way.spawn(async move { Done::Pulled(link.pull(cursor.as_ref()).await) });
            }
            Action::Bootstrap => {
                let from = self.part.clone();
                let ahead = self.ahead.take().filter(|(begin, _)| Some(begin) == from.as_ref());
                self.under_way.spawn(async move {
                    if let Some((_, mut task)) = ahead
                        && let Some(Ok(part)) = task.join_next().await
                    {
                        return Done::Parted(part);
                    }
                    Done::Parted(link.bootstrap(from.as_ref()).await)
                });
            }
            Action::Push => match self.next_push().await {
                Ok(Push::Voids(requests)) => {
                    self.under_way.spawn(async move { Done::Voided(void_all(link, requests).await) });
                }
                Ok(Push::Compare(asked)) => {
                    self.under_way.spawn(async move {
                        let known = link.known(&asked).await;
                        Done::Compared(asked, known)
                    });
                }
                Ok(Push::Nothing { again }) => return Some(Event::Pushed { ops: 0, again }),
                Ok(Push::Ops(ops)) => {
                    tracing::debug!(ops = ops.len(), "push");
                    self.on_the_wire.clone_from(&ops);
                    let now = self.clock.now().wall;
                    self.under_way.spawn(async move { Done::Pushed(link.push(ops, now).await) });
                }
                Err(error) => {
                    self.storage_failed(&error, "the outbox cannot be read");
                    return Some(Event::PushFailed(Fault::Storage));
                }
            },
            Action::Disconnect => self.disconnect().await,
            Action::ForgetCursor => match self.replica.forget_cursor().await {
                Ok(()) => {
                    tracing::warn!("the service does not know this desk's place: everything is fetched again");
                    self.cursor = None;
                    self.part = None;
                }
                Err(error) => tracing::error!(%error, "the place could not be forgotten"),
            },
        }
        None
    }

    async fn disconnect(&mut self) {
        self.socket = None;
        self.ahead = None;
        self.under_way.shutdown().await;
        let ops = std::mem::take(&mut self.on_the_wire);
        if !ops.is_empty()
            && let Err(error) = self.replica.settle(&ops, &[]).await
        {
            // The next start finds them as they are and queues them.
            tracing::error!(%error, "ops on the wire could not be queued again");
        }
    }

    /// Tells what its person looks at; who leafs through a list is told of where they stop.
    async fn look(&mut self, ticket: Option<Uuid>) {
        let (told, at) = self.looks;
        if self.socket.is_some() && told != ticket && at.is_none_or(|at| at.elapsed() >= LEAFING) {
            self.looks = (ticket, Some(Instant::now()));
            self.say(&Said::Looking { ticket }).await;
        }
    }

    /// Whether something may leave now that its author could take back until now.
    fn is_due(&mut self) -> bool {
        let now = self.clock.now().wall;
        // By a clock that was set back it is never longer than this.
        self.due.take_if(|due| *due <= now || *due - now > chrono::TimeDelta::minutes(1)).is_some()
    }

    /// Says what is of use only now: without a line, or over one that takes nothing, it is not said.
    async fn say(&mut self, said: &Said) {
        if let Some(socket) = &mut self.socket
            && !matches!(tokio::time::timeout(TICK, socket.say(said)).await, Ok(Ok(())))
        {
            // Whether the line is dead is judged by what it brings.
            tracing::debug!("the service was not told what its person does");
        }
    }

    async fn end(mut self) {
        if let Some(socket) = self.socket.take() {
            let _ = tokio::time::timeout(TICK, socket.close()).await;
        }
        self.disconnect().await;
        if let Some(to) = self.plan.complete_to()
            && let Err(error) = self.replica.complete(to).await
        {
            tracing::warn!(%error, "the last \"complete up to\" could not be stored");
        }
    }
}

/// The socket's next frame; without a socket there is none.
async fn next_frame(socket: &mut Option<Socket>) -> Option<Result<IncomingFrame, LinkError>> {
    match socket {
        Some(socket) => socket.next().await,
        None => std::future::pending().await,
    }
}
