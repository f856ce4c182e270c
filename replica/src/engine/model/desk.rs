//! The desk: the real plan, a file and an outbox in memory, and what `perform` does with them, without waiting for anything.

use std::collections::BTreeSet;
use std::time::Duration;

use gemilang_protocol::{Op, OpAnswer, PushRequest, VoidRequest};
use uuid::Uuid;

use super::super::Now;
use super::super::event::{Action, Event, Fault, Way};
use super::super::plan::{Known, Plan};
use super::outbox::Outbox;
use super::service::{Page, Part, Place, Service};
use super::time;

/// What leaves for the service.
#[derive(Debug, Clone)]
pub(super) enum Request {
    Connect(Option<Place>),
    Pull(Place),
    Push(Vec<Op>),
    Void(Vec<VoidRequest>),
    Compare(Vec<Uuid>),
    Part(Option<Place>),
}

/// What comes back.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Connected,
    Pulled(Page),
    Pushed(Vec<OpAnswer>),
    Voided(Vec<OpAnswer>),
    Compared(Vec<Uuid>, Vec<Uuid>),
    Parted(Part),
}

/// What comes over the socket.
#[derive(Debug, Clone)]
pub(super) enum Frame {
    Page(Page),
    Ping { at: Place, complete_to: Duration, end: usize },
}

/// What outlives the process.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) cursor: Option<Place>,
    part: Option<Place>,
    bootstrapped: bool,
    first_sync_done: bool,
    complete_to: Option<Duration>,
    restored: bool,
    pub(super) have: BTreeSet<usize>,
    pub(super) outbox: Outbox,
    pub(super) is_full: bool,
}

pub(super) struct Desk {
    pub(super) plan: Plan,
    pub(super) file: File,
    pub(super) on_the_wire: Vec<Op>,
    void_later: bool,
    /// Told by what arrived: how many rows there certainly were.
    pub(super) told: usize,
    /// Requests that left since the last decision, and whether everything was dropped before.
    pub(super) out: Vec<Request>,
    pub(super) dropped: bool,
    /// What waited behind a confirmed op may leave.
    pub(super) woken: bool,
    pub(super) requests: usize,
}

impl Desk {
    pub(super) fn new(seed: u64, now: Now) -> Self {
        Self {
            plan: Plan::new(Known::default(), seed, now),
            file: File::default(),
            on_the_wire: Vec::new(),
            void_later: false,
            told: 0,
            out: Vec::new(),
            dropped: false,
            woken: false,
            requests: 0,
        }
    }

    /// The process ends, well or not, and another begins with the file.
    pub(super) fn restart(&mut self, seed: u64, now: Now) {
        self.disconnect();
        self.out.clear();
        self.file.outbox.thaw();
        let known = Known {
            placed: self.file.cursor.is_some(),
            bootstrapped: self.file.bootstrapped,
            first_sync_done: self.file.first_sync_done,
            complete_to: self.file.complete_to.map(time),
        };
        self.plan = Plan::new(known, seed, now);
    }

    pub(super) fn happened(&mut self, event: Event, now: Now) {
        let mut events = vec![event];
        let mut steps = 0;
        while let Some(event) = events.pop() {
            steps += 1;
            assert!(steps < 8, "it spins: {event:?}");
            let actions = self.plan.step(event, now);
            assert!(actions.len() <= 5, "{actions:?}");
            for action in actions {
                events.extend(self.perform(action));
            }
        }
    }

    fn perform(&mut self, action: Action) -> Option<Event> {
        let cursor = self.file.cursor;
        let request = match action {
            Action::Connect => Request::Connect(cursor),
            Action::Pull => Request::Pull(cursor.expect("a pull has a place to go on from")),
            Action::Bootstrap => Request::Part(self.file.part),
            Action::Push => match self.next_push() {
                Ok(request) => request,
                Err(event) => return Some(event),
            },
            Action::Disconnect => {
                self.disconnect();
                return None;
            }
            Action::ForgetCursor => {
                if !self.file.is_full {
                    let outbox = std::mem::take(&mut self.file.outbox);
                    self.file = File { restored: true, outbox, ..File::default() };
                    self.file.outbox.unsure();
                    self.told = 0;
                }
                return None;
            }
        };
        self.requests += 1;
        self.out.push(request);
        None
    }

    fn next_push(&mut self) -> Result<Request, Event> {
        assert!(self.on_the_wire.is_empty(), "one push at a time");
        let outbox = &mut self.file.outbox;
        if self.file.restored && self.file.bootstrapped {
            return Ok(Request::Compare(outbox.all_sent()));
        }
        let asked = outbox.to_void();
        let later = std::mem::take(&mut self.void_later);
        if !asked.is_empty() && !later {
            return Ok(Request::Void(asked));
        }
        if self.file.is_full {
            return Err(Event::PushFailed(Fault::Storage));
        }
        let ops = outbox.claim(PushRequest::MOST);
        if ops.is_empty() {
            return Err(Event::Pushed { ops: 0, again: !asked.is_empty() });
        }
        self.on_the_wire.clone_from(&ops);
        Ok(Request::Push(ops))
    }

    fn disconnect(&mut self) {
        self.dropped = true;
        self.out.clear();
        let ops = std::mem::take(&mut self.on_the_wire);
        if !self.file.is_full {
            self.file.outbox.settle(&ops, &[]);
        }
    }

    /// An answer arrived.
    pub(super) fn answered(&mut self, answer: Answer, service: &Service) -> Event {
        let full = self.file.is_full;
        match answer {
            Answer::Connected => Event::Opened,
            Answer::Pulled(_) if full => Event::PullFailed(Fault::Storage),
            Answer::Pulled(page) => self.apply(&page, Way::Pull, service).unwrap_or(Event::Overtaken),
            Answer::Pushed(answers) => {
                let ops = std::mem::take(&mut self.on_the_wire);
                if full {
                    return Event::PushFailed(Fault::Storage);
                }
                Event::Pushed { ops: ops.len(), again: self.file.outbox.settle(&ops, &answers) }
            }
            Answer::Voided(_) | Answer::Compared(..) if full => Event::PushFailed(Fault::Storage),
            Answer::Voided(answers) => {
                for answer in &answers {
                    self.file.outbox.voided(answer);
                }
                Event::Pushed { ops: answers.len(), again: false }
            }
            Answer::Compared(asked, known) => {
                self.file.outbox.compared(&asked, &known);
                self.file.restored = false;
                Event::Pushed { ops: 1, again: false }
            }
            Answer::Parted(_) if full => Event::PartFailed(Fault::Storage),
            Answer::Parted(part) => {
                self.hold(part.rows.iter().copied(), service);
                self.file.cursor = self.file.cursor.or(Some(part.feed));
                self.file.part = part.more.then_some(part.feed);
                self.file.bootstrapped = !part.more;
                self.file.first_sync_done |= !part.more;
                Event::Parted { done: self.file.have.len() as u64, of: service.rows.len() as u64, more: part.more }
            }
        }
    }

    /// A request came to nothing.
    pub(super) fn failed(&mut self, request: &Request, fault: Fault) -> Event {
        let fault = match request {
            // These name no place in the feed.
            Request::Push(_) | Request::Void(_) | Request::Compare(_) if fault == Fault::Lost => Fault::Away,
            _ => fault,
        };
        match request {
            Request::Connect(_) => Event::Closed(fault),
            Request::Pull(_) => Event::PullFailed(fault),
            Request::Part(_) => Event::PartFailed(fault),
            Request::Push(_) | Request::Void(_) | Request::Compare(_) => {
                let ops = std::mem::take(&mut self.on_the_wire);
                if !self.file.is_full {
                    self.file.outbox.settle(&ops, &[]);
                }
                Event::PushFailed(fault)
            }
        }
    }

    pub(super) fn framed(&mut self, frame: Frame, service: &Service) -> Event {
        match frame {
            Frame::Page(_) if self.file.is_full => Event::Closed(Fault::Storage),
            Frame::Page(page) => self.apply(&page, Way::Live, service).unwrap_or(Event::Gap),
            Frame::Ping { at, complete_to, end } => {
                let here = self.file.cursor == Some(at);
                if here {
                    self.told = self.told.max(end);
                }
                Event::Ping { cursor: at.cursor(), here, complete_to: Some(time(complete_to)) }
            }
        }
    }

    fn apply(&mut self, page: &Page, way: Way, service: &Service) -> Option<Event> {
        if self.file.cursor != Some(page.from) {
            return None;
        }
        self.hold(page.rows.clone(), service);
        self.file.cursor = Some(page.to);
        self.file.complete_to = page.complete_to.or(self.file.complete_to);
        self.file.first_sync_done |= !page.more && self.file.bootstrapped;
        if !page.more {
            self.told = self.told.max(page.end);
        }
        Some(Event::Paged {
            way,
            rows: page.rows.len() as u64,
            more: page.more,
            complete_to: page.complete_to.map(time),
            tickets: 0,
        })
    }

    fn hold(&mut self, rows: impl Iterator<Item = usize>, service: &Service) {
        for row in rows {
            // A restore may have taken rows that were on their way.
            let Some(told) = service.rows.get(row) else { continue };
            self.file.have.insert(row);
            if let Some(op) = told.op {
                self.woken |= self.file.outbox.confirmed(op, told.voided);
            }
        }
    }
}
