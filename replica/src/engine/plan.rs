//! Deciding what to do: pure data in, actions out. No clock, no network and no file here.

use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::{Cursor, Frame, Time};

use super::Now;
use super::backoff::Backoff;
use super::event::{Action, Event, Fault, Way};
use fault::{Over, Trouble};

/// A tick every second; clocks that drift apart by more than this in between mean that the machine slept or its clock was set.
const JUMP: Duration = Duration::from_secs(10);
/// Silence of a socket that means that it is dead, whatever it says of itself.
const DEADLINE: Duration = Duration::from_secs(Frame::DEADLINE_SECONDS);
/// The same once the network has changed: one ping, and a little.
const DOUBT: Duration = Duration::from_secs(Frame::PING_SECONDS + 1);

/// A request that was cut while the socket stays open is tried again within this time.
const SOON: Duration = Duration::from_secs(3);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Socket {
    Down { retry_at: Duration },
    Connecting,
    Open { heard: Duration },
}

/// What the file says at the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// It has a place in the feed.
    pub(crate) placed: bool,
    /// The bootstrap is over.
    pub(crate) bootstrapped: bool,
    /// It once held everything.
    pub(crate) first_sync_done: bool,
    /// Everything before this time is in it.
    pub(crate) complete_to: Option<Time>,
}

/// A kind of request: at most one is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Lane {
    wanted: bool,
    under_way: bool,
    not_before: Duration,
}

impl Lane {
    fn start(&mut self, now: Now) -> bool {
        let start = self.wanted && !self.under_way && now.steady >= self.not_before;
        if start {
            self.wanted = false;
            self.under_way = true;
        }
        start
    }

    fn drop_it(&mut self) {
        self.wanted |= self.under_way;
        self.under_way = false;
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Progress {
    done: u64,
    of: u64,
}

/// Everything the next decision depends on.
#[derive(Debug)]
pub(crate) struct Plan {
    socket: Socket,
    pull: Lane,
    push: Lane,
    bootstrap: Lane,
    /// Whether there is a place in the feed to go on from.
    placed: bool,
    backoff: Backoff,
    stumble: Backoff,
    /// Between a lost place and the bootstrap that follows, so that a service that loses each new one is not asked in a loop.
    lost: Backoff,
    trouble: Option<Trouble>,
    over: Option<Over>,
    /// When the service was last heard, by the wall clock.
    heard: Option<Time>,
    first_sync_done: bool,
    tickets: Progress,
    catching_up: Option<Progress>,
    caught_up: bool,
    complete_to: Option<Time>,
    pulled_for: Option<Cursor>,
    ticked: Now,
    stepped: Now,
}

/// How far the wall clock went ahead of the steady one in between.
fn ahead(from: Now, to: Now) -> TimeDelta {
    let steady = to.steady.saturating_sub(from.steady);
    to.wall - from.wall - TimeDelta::from_std(steady).unwrap_or_default()
}

impl Plan {
    pub(crate) fn new(known: Known, seed: u64, now: Now) -> Self {
        let Known { placed, bootstrapped, first_sync_done, complete_to } = known;
        Self {
            socket: Socket::Down { retry_at: now.steady },
            pull: Lane::default(),
            push: Lane::default(),
            bootstrap: Lane { wanted: !bootstrapped, ..Lane::default() },
            placed,
            backoff: Backoff::new(seed),
            stumble: Backoff::new(seed.wrapping_add(1)),
            lost: Backoff::new(seed.wrapping_add(2)),
            trouble: None,
            over: None,
            heard: None,
            first_sync_done,
            tickets: Progress::default(),
            catching_up: None,
            caught_up: false,
            complete_to,
            pulled_for: None,
            ticked: now,
            stepped: now,
        }
    }

    /// Takes in what happened and answers what to do.
    pub(crate) fn step(&mut self, event: Event, now: Now) -> Vec<Action> {
        let mut actions = Vec::new();
        let back = ahead(self.stepped, now).min(TimeDelta::zero());
        // No sleep sets a clock back: somebody did, and what happened before did so as long ago as ever.
        self.heard = self.heard.map(|at| at + back);
        self.trouble = self.trouble.map(|it| {
            let failed = Now { wall: it.failed.wall + back, ..it.failed };
            Trouble { since: it.since + back, failed, ..it }
        });
        self.stepped = now;
        match event {
            Event::Tick => self.tick(now, &mut actions),
            Event::Nudge => {
                if self.over == Some(Over::SessionEnded) {
                    self.over = None;
                }
                self.nudge(now);
            }
            Event::Network => self.network_changed(now, &mut actions),
            Event::Written => self.push.wanted = true,
            Event::Opened => {
                // The socket begins with what is after our cursor: nothing to pull.
                self.socket = Socket::Open { heard: now.steady };
                self.heard = Some(now.wall);
                self.over = None;
                self.stumble.reset();
                self.push.wanted = true;
                self.push.not_before = now.steady;
            }
            Event::Closed(fault) => {
                self.fail(fault, now, &mut actions);
                self.hang_up(now, fault, &mut actions);
            }
            Event::Paged { way, rows, more, complete_to, tickets } => {
                match way {
                    Way::Live => self.hear(now),
                    Way::Pull => {
                        self.heard = Some(now.wall);
                        self.pull.under_way = false;
                        self.pull.wanted |= more;
                    }
                }
                if tickets > 0 {
                    self.tickets.done = tickets;
                }
                self.paged(rows, more);
                self.complete(complete_to);
            }
            Event::Gap => {
                self.hear(now);
                self.pull.wanted = true;
            }
            Event::Ping { cursor, here, complete_to } => {
                self.hear(now);
                if here {
                    self.caught_up = true;
                    self.complete(complete_to);
                } else if !self.pull.under_way && self.pulled_for.as_ref() != Some(&cursor) {
                    // Once for each place: a feed that waits for an old transaction is not asked in a loop.
                    self.pull.wanted = true;
                    self.pulled_for = Some(cursor);
                }
            }
            Event::Overtaken => {
                self.pull.under_way = false;
                self.pull.wanted = true;
            }
            Event::PullFailed(fault) => {
                self.pull.under_way = false;
                self.pull.wanted = true;
                self.caught_up = false;
                let wait = self.fail(fault, now, &mut actions);
                self.pull.not_before = now.steady + self.at_most(wait, fault);
            }
            Event::Pushed { ops, again } => {
                self.push.under_way = false;
                if !again && (ops > 0 || !self.pull.wanted) {
                    // Answered; or nothing is left to be answered, and a dead socket would have said so.
                    self.trouble = None;
                }
                if again {
                    self.push.wanted = true;
                    self.push.not_before = now.steady + self.stumble.wait();
                } else if ops > 0 {
                    // What waited for these answers may leave now.
                    self.heard = Some(now.wall);
                    self.push.wanted = true;
                    self.stumble.reset();
                }
            }
            Event::PushFailed(fault) => {
                self.push.under_way = false;
                self.push.wanted = true;
                let wait = self.fail(fault, now, &mut actions);
                let wait = match fault {
                    Fault::Silent => self.at_most(wait, fault),
                    // Pages that come meanwhile say nothing about a service that takes no op: it has waits of its own.
                    _ => wait.max(self.stumble.wait()),
                };
                self.push.not_before = now.steady + wait;
            }
            Event::Parted { done, of, more } => {
                self.bootstrap.under_way = false;
                self.bootstrap.wanted = more;
                // As long as there was no place, the socket was not tried: what it waited for says nothing any more.
                if !std::mem::replace(&mut self.placed, true)
                    && let Socket::Down { retry_at } = &mut self.socket
                {
                    *retry_at = now.steady;
                }
                self.heard = Some(now.wall);
                self.over = None;
                self.tickets = Progress { done, of };
                self.backoff.reset();
                self.trouble = None;
                self.first_sync_done |= !more;
                // What was sent before a restore is held against what there is now.
                self.push.wanted |= !more;
            }
            Event::PartFailed(fault) => {
                self.bootstrap.under_way = false;
                self.bootstrap.wanted = true;
                let wait = self.fail(fault, now, &mut actions);
                self.bootstrap.not_before = now.steady + self.at_most(wait, fault);
            }
        }
        self.drive(now, &mut actions);
        actions
    }

    /// A line that cut one request and carries the socket is tried again soon.
    fn at_most(&self, wait: Duration, fault: Fault) -> Duration {
        match (fault, self.socket) {
            (Fault::Silent, Socket::Open { .. }) => wait.min(SOON),
            _ => wait,
        }
    }

    fn is_bootstrapping(&self) -> bool {
        self.bootstrap.wanted || self.bootstrap.under_way
    }

    fn tick(&mut self, now: Now, actions: &mut Vec<Action>) {
        let steady = now.steady.saturating_sub(self.ticked.steady);
        let ahead = ahead(self.ticked, now);
        self.ticked = now;
        if ahead.abs().to_std().unwrap_or_default() > JUMP || steady > JUMP {
            // Slept: whatever was open is as good as dead, and the network may be another one.
            self.hang_up(now, Fault::Silent, actions);
            self.nudge(now);
        } else if let Socket::Open { heard } = self.socket
            && now.steady.saturating_sub(heard) > DEADLINE
        {
            self.fail(Fault::Silent, now, actions);
            self.hang_up(now, Fault::Silent, actions);
        }
    }

    /// Tries everything now.
    fn nudge(&mut self, now: Now) {
        self.backoff.reset();
        self.stumble.reset();
        self.lost.reset();
        self.pull.not_before = now.steady;
        self.push.not_before = now.steady;
        self.bootstrap.not_before = now.steady;
        if let Some(Over::AppTooOld { again }) = &mut self.over {
            *again = now.steady;
        }
        match &mut self.socket {
            Socket::Down { retry_at } => *retry_at = now.steady,
            Socket::Open { .. } => self.pull.wanted |= self.caught_up,
            Socket::Connecting => {}
        }
    }

    /// What was dead may be alive, and what is open may be dead without a word.
    fn network_changed(&mut self, now: Now, actions: &mut Vec<Action>) {
        match &mut self.socket {
            Socket::Open { heard } => *heard = (*heard).min((now.steady + DOUBT).saturating_sub(DEADLINE)),
            // Its first packet may have gone where nothing answers any more.
            Socket::Connecting => self.hang_up(now, Fault::Silent, actions),
            Socket::Down { .. } => {}
        }
        self.nudge(now);
    }

    fn hear(&mut self, now: Now) {
        self.heard = Some(now.wall);
        if let Socket::Open { heard } = &mut self.socket {
            *heard = now.steady;
        }
    }

    fn complete(&mut self, to: Option<Time>) {
        // Another process of the service may have looked a moment earlier.
        self.complete_to = self.complete_to.max(to);
    }

    fn paged(&mut self, rows: u64, more: bool) {
        self.backoff.reset();
        self.lost.reset();
        self.trouble = None;
        if more {
            self.caught_up = false;
            let done = self.catching_up.unwrap_or_default().done + rows;
            self.catching_up = Some(Progress { done, of: done + rows });
        } else if !self.pull.wanted && !self.pull.under_way {
            self.catching_up = None;
            self.caught_up = true;
            self.first_sync_done |= !self.is_bootstrapping();
        }
    }

    fn drive(&mut self, now: Now, actions: &mut Vec<Action>) {
        if self.over.is_some_and(|over| !over.is_tried_again(now)) {
            return;
        }
        if self.bootstrap.start(now) {
            actions.push(Action::Bootstrap);
        }
        match self.socket {
            // Without a place in the feed there is nothing to be live from.
            Socket::Down { .. } if !self.placed => {}
            Socket::Down { retry_at } if now.steady >= retry_at => {
                self.socket = Socket::Connecting;
                actions.push(Action::Connect);
            }
            Socket::Open { .. } => {
                // The outbox first: a person waits for it.
                if self.push.start(now) {
                    actions.push(Action::Push);
                }
                if self.pull.start(now) {
                    actions.push(Action::Pull);
                }
            }
            Socket::Down { .. } | Socket::Connecting => {}
        }
    }
}

/// What fails, and when it is tried again.
mod fault;
/// What the status line says.
mod line;

/// Stories and random histories.
#[cfg(test)]
mod tests;
