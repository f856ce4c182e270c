//! Time, the network between desk and service, and what happens when. One seed decides everything.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::super::Now;
use super::super::event::{Event, Fault};
use super::desk::{Answer, Desk, Frame, Request};
use super::service::{Place, Service};
use super::time;

/// A request that got no answer fails after this.
const SILENCE: Duration = Duration::from_secs(15);
const SECOND: Duration = Duration::from_secs(1);

/// What is going to happen.
#[derive(Debug, Clone)]
enum Next {
    Tick,
    Ping,
    /// A request arrives at the service; its answer goes back or is lost.
    Reach {
        line: u32,
        request: Request,
        answered: bool,
    },
    /// An answer arrives at the desk.
    Answer {
        line: u32,
        answer: Answer,
    },
    Fail {
        line: u32,
        request: Request,
        fault: Fault,
    },
    Frame {
        line: u32,
        frame: Frame,
    },
    Close {
        line: u32,
    },
}

impl Next {
    /// Whether it is for the desk, which hears nothing while its machine sleeps.
    fn is_for_the_desk(&self) -> bool {
        !matches!(self, Self::Ping | Self::Reach { .. })
    }
}

/// The service's end of a socket.
#[derive(Debug, Clone, Copy)]
struct Socket {
    line: u32,
    held: Place,
    /// Rows it was told of.
    told: usize,
    /// Dead without a word.
    mute: bool,
    /// Frames arrive in order.
    last: Duration,
}

pub(super) struct World {
    pub(super) now: Duration,
    /// How far the desk's wall clock is off.
    pub(super) ahead: i64,
    slept: Duration,
    next: BTreeMap<(Duration, u64), Next>,
    count: u64,
    /// Everything of an older line is lost on its way to the desk.
    line: u32,
    socket: Option<Socket>,
    pub(super) up: bool,
    /// Whether the network is as bad as it likes.
    pub(super) wild: bool,
    pub(super) service: Service,
    pub(super) desk: Desk,
    pub(super) random: StdRng,
    heard: Duration,
    complete_to: Option<gemilang_protocol::Time>,
    generation: u32,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let start = Now { wall: time(Duration::ZERO), steady: Duration::ZERO };
        let mut world = Self {
            now: Duration::ZERO,
            ahead: 0,
            slept: Duration::ZERO,
            next: BTreeMap::new(),
            count: 0,
            line: 0,
            socket: None,
            up: true,
            wild: true,
            service: Service::new(),
            desk: Desk::new(seed, start),
            random: StdRng::seed_from_u64(seed),
            heard: Duration::ZERO,
            complete_to: None,
            generation: 1,
        };
        world.put(Duration::ZERO, Next::Tick);
        world.put(Duration::from_secs(5), Next::Ping);
        world
    }

    /// Both clocks of the desk.
    pub(super) fn clocks(&self) -> Now {
        Now { wall: time(self.now) + chrono::TimeDelta::seconds(self.ahead), steady: self.now - self.slept }
    }

    fn put(&mut self, after: Duration, next: Next) {
        self.count += 1;
        self.next.insert((self.now + after, self.count), next);
    }

    fn millis(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.random.random_range(1..=most))
    }

    /// Lets time go by.
    pub(super) fn run(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(entry) = self.next.first_entry().filter(|entry| entry.key().0 <= end) {
            self.now = self.now.max(entry.key().0);
            let next = entry.remove();
            self.happens(next);
        }
        self.now = end;
    }

    /// The machine sleeps: what is for the desk waits for it to wake.
    pub(super) fn sleep(&mut self, span: Duration) {
        let end = self.now + span;
        if let Some(socket) = &mut self.socket {
            // Nobody takes its bytes any more.
            socket.mute |= span > SILENCE;
        }
        while let Some(entry) = self.next.first_entry().filter(|entry| entry.key().0 <= end) {
            self.now = self.now.max(entry.key().0);
            let next = entry.remove();
            if next.is_for_the_desk() {
                let after = end - self.now + Duration::from_micros(1);
                self.put(after, next);
            } else {
                self.happens(next);
            }
        }
        self.now = end;
        self.slept += span;
        self.heard = self.heard.max(self.now.saturating_sub(SECOND));
    }

    /// Tells the desk, and carries away what it sends.
    pub(super) fn tell(&mut self, event: Event) {
        let now = self.clocks();
        self.desk.happened(event, now);
        if std::mem::take(&mut self.desk.woken) {
            self.desk.happened(Event::Written, now);
        }
        self.carry();
        self.holds();
    }

    pub(super) fn carry(&mut self) {
        if std::mem::take(&mut self.desk.dropped) {
            self.line += 1;
            self.socket = None;
        }
        for request in std::mem::take(&mut self.desk.out) {
            self.send(&request);
        }
    }

    fn send(&mut self, request: &Request) {
        let line = self.line;
        let luck = if self.wild { self.random.random_range(0..100) } else { 99 };
        let (there, long) = (self.millis(60), self.millis(40_000));
        let fails = |fault| Next::Fail { line, request: request.clone(), fault };
        let reaches = |answered| Next::Reach { line, request: request.clone(), answered };
        let silence = if self.random.random_bool(0.5) { SILENCE } else { there * 2 };
        match luck {
            _ if !self.up => self.put(silence, fails(Fault::Silent)),
            // Lost on the way there, or on the way back; or it arrives when nobody waits for it any more.
            0..7 => self.put(silence, fails(Fault::Silent)),
            7..15 => {
                self.put(there, reaches(false));
                self.put(silence.max(there), fails(Fault::Silent));
            }
            15..20 => {
                self.put(long, reaches(false));
                self.put(silence, fails(Fault::Silent));
            }
            // Twice.
            20..26 => {
                self.put(there, reaches(true));
                self.put(long, reaches(false));
            }
            _ => self.put(there, reaches(true)),
        }
    }

    fn happens(&mut self, next: Next) {
        match next {
            Next::Tick => {
                self.put(SECOND, Next::Tick);
                self.tell(Event::Tick);
            }
            Next::Ping => {
                self.put(Duration::from_secs(5), Next::Ping);
                self.flush();
                let (at, end) = (self.service.standing(), self.service.rows.len());
                let complete_to = self.service.complete_to(self.now);
                self.frame(Frame::Ping { at, complete_to, end });
            }
            Next::Reach { line, request, answered } => self.reach(line, request, answered),
            Next::Answer { line, answer } if line == self.line => {
                let event = self.desk.answered(answer, &self.service);
                self.heard = self.now;
                self.tell(event);
            }
            Next::Fail { line, request, fault } if line == self.line => {
                let event = self.desk.failed(&request, fault);
                self.tell(event);
            }
            Next::Frame { line, frame } if line == self.line && self.socket.is_some() => {
                self.heard = self.now;
                let event = self.desk.framed(frame, &self.service);
                if let Event::Closed(_) = event {
                    self.socket = None;
                }
                self.tell(event);
            }
            Next::Close { line } if line == self.line && self.socket.is_some() => {
                self.socket = None;
                self.tell(Event::Closed(Fault::Silent));
            }
            Next::Answer { .. } | Next::Fail { .. } | Next::Frame { .. } | Next::Close { .. } => {}
        }
    }

    fn reach(&mut self, line: u32, request: Request, answered: bool) {
        let back = self.millis(60);
        let answer = self.service.door().and_then(|()| {
            Ok(match &request {
                Request::Connect(place) => {
                    let place = place.expect("a desk without a place does not connect");
                    self.service.page(place, self.now)?;
                    if answered && line == self.line {
                        let held = place;
                        self.socket = Some(Socket { line, held, told: 0, mute: false, last: self.now + back });
                    }
                    Answer::Connected
                }
                Request::Pull(place) => Answer::Pulled(self.service.page(*place, self.now)?),
                Request::Push(ops) => Answer::Pushed(self.service.push(ops, self.now)),
                Request::Void(asked) => {
                    Answer::Voided(asked.iter().map(|request| self.service.void(*request, self.now)).collect())
                }
                Request::Compare(asked) => Answer::Compared(asked.clone(), self.service.known(asked)),
                Request::Part(from) => Answer::Parted(self.service.part(*from)?),
            })
        });
        let opens = matches!((&request, &answer), (Request::Connect(_), Ok(_)));
        match answer {
            _ if !answered => {}
            Ok(answer) => self.put(back, Next::Answer { line, answer }),
            Err(fault) => self.put(back, Next::Fail { line, request, fault }),
        }
        if opens && answered && line == self.line {
            // What is after its place comes first, be it nothing.
            self.pages();
        }
        self.flush();
    }

    /// Tells the socket what it has not been told.
    pub(super) fn flush(&mut self) {
        let rows = self.service.rows.len();
        if self.socket.is_some_and(|socket| socket.told < rows) {
            self.pages();
        }
    }

    /// Sends pages up to the end, at least one.
    fn pages(&mut self) {
        while let Some(socket) = &mut self.socket
            && let Ok(page) = self.service.page(socket.held, self.now)
        {
            socket.held = page.to;
            socket.told = page.end;
            let more = page.more;
            self.frame(Frame::Page(page));
            if !more {
                return;
            }
        }
    }

    fn frame(&mut self, frame: Frame) {
        let way = self.millis(60);
        let lost = !self.up || (self.wild && self.random.random_bool(0.02));
        let Some(socket) = &mut self.socket else { return };
        socket.mute |= lost;
        if socket.mute {
            return;
        }
        socket.last = socket.last.max(self.now + way) + Duration::from_micros(1);
        let (line, after) = (socket.line, socket.last - self.now);
        self.put(after, Next::Frame { line, frame });
    }

    /// The network comes or goes; what was open dies with or without a word.
    pub(super) fn network(&mut self, up: bool) {
        self.up = up;
        if !up {
            self.cut();
        }
    }

    pub(super) fn cut(&mut self) {
        let line = self.line;
        if let Some(socket) = &mut self.socket {
            socket.mute = true;
            if self.random.random_bool(0.5) {
                self.put(Duration::from_millis(5), Next::Close { line });
            }
        }
    }

    /// The service goes down with its database, and another comes up with a copy of it.
    pub(super) fn restore(&mut self, lost: usize) {
        self.service.restore(lost);
        self.cut();
        let dead = |next: &Next| matches!(next, Next::Answer { .. } | Next::Frame { .. });
        let lost: Vec<_> = self.next.iter().filter(|(_, next)| dead(next)).map(|(key, _)| *key).collect();
        for key in lost {
            self.next.remove(&key);
        }
        // Whatever still waits for an answer gets none.
        self.tell(Event::Closed(Fault::Silent));
    }

    pub(super) fn restart(&mut self, seed: u64) {
        let now = self.clocks();
        self.desk.restart(seed, now);
        self.complete_to = None;
        self.carry();
    }

    /// What the status line claims is true, whatever happened.
    fn holds(&mut self) {
        use gemilang_protocol::desk::views::Line;
        let have = &self.desk.file.have;
        match self.desk.plan.line() {
            Line::Live => {
                assert!(self.socket.is_some(), "live without a socket");
                let silent = self.now - self.heard;
                assert!(silent < Duration::from_secs(18), "live after {silent:?} of silence");
                let missing = (0..self.desk.told).find(|row| !have.contains(row));
                assert_eq!(missing, None, "live, and a row that was told of is missing");
            }
            Line::Offline { since } | Line::ServiceAway { since } => {
                assert!(since <= self.clocks().wall, "offline since a time that has not come");
            }
            _ => {}
        }
        let claim = self.desk.plan.complete_to();
        if let Some(claim) = claim {
            let upto = (claim - time(Duration::ZERO)).to_std().unwrap();
            let missing = |(at, row): &(usize, &super::service::Row)| row.at < upto && !have.contains(at);
            let missing = self.service.rows.iter().enumerate().find(missing);
            assert!(
                missing.is_none() || self.desk.file.cursor.is_some_and(|at| at.generation != self.service.generation),
                "complete up to {claim}, without {missing:?}"
            );
            let same = self.generation == self.service.generation;
            assert!(!same || self.complete_to.is_none_or(|before| before <= claim), "the claim went back");
        }
        if claim.is_some() || self.generation != self.service.generation {
            self.complete_to = claim;
            self.generation = self.service.generation;
        }
    }
}
