//! A service as the protocol promises it, in a few tables: ids that land once, held replies, void, refusals, generations, a feed whose claim may lag behind its rows.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use gemilang_protocol::{Act, Code, Cursor, Event, Message, Op, OpAnswer, Outcome, VoidRequest};
use uuid::Uuid;

use super::super::event::Fault;
use super::time;

/// Rows of a page at most: few, so that there are often more.
const MOST: usize = 4;

/// How it is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Good,
    Away,
    Busy,
    TooOld,
    Revoked,
}

/// A place in the feed: rows before `base` are claimed, those before `shown` were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) generation: u32,
    pub(super) base: usize,
    shown: usize,
}

impl Place {
    pub(super) fn cursor(self) -> Cursor {
        Cursor(format!("{}.{}.{}", self.generation, self.base, self.shown))
    }
}

/// A row of the feed.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// When it was committed.
    pub(super) at: Duration,
    ticket: Uuid,
    pub(super) n: i64,
    pub(super) op: Option<Uuid>,
    pub(super) voided: bool,
    /// A public message of somebody else.
    is_news: bool,
}

/// A page, over the socket or pulled.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) from: Place,
    pub(super) to: Place,
    /// Indexes of its rows.
    pub(super) rows: std::ops::Range<usize>,
    pub(super) more: bool,
    pub(super) complete_to: Option<Duration>,
    /// How many rows there were when it was made.
    pub(super) end: usize,
}

/// A part of a bootstrap: of two, the first has every second row.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) feed: Place,
    pub(super) rows: Vec<usize>,
    pub(super) more: bool,
}

#[derive(Debug)]
pub(super) struct Service {
    pub(super) rows: Vec<Row>,
    pub(super) mood: Mood,
    pub(super) generation: u32,
    /// An old transaction holds the claim back to this row and time.
    pub(super) horizon: Option<(usize, Duration)>,
    answers: HashMap<Uuid, Outcome>,
    /// What every id that ever arrived said: it must never say anything else.
    bodies: HashMap<Uuid, String>,
    heads: HashMap<Uuid, i64>,
}

impl Service {
    pub(super) fn new() -> Self {
        Self {
            rows: Vec::new(),
            mood: Mood::Good,
            generation: 1,
            horizon: None,
            answers: HashMap::new(),
            bodies: HashMap::new(),
            heads: HashMap::new(),
        }
    }

    /// What it says before it looks at a request.
    pub(super) fn door(&self) -> Result<(), Fault> {
        match self.mood {
            Mood::Good => Ok(()),
            Mood::Away => Err(Fault::Away),
            Mood::Busy => Err(Fault::Busy(Duration::from_secs(7))),
            Mood::TooOld => Err(Fault::TooOld),
            Mood::Revoked => Err(Fault::Ended),
        }
    }

    pub(super) fn n(&self, ticket: Uuid) -> i64 {
        self.heads.get(&ticket).copied().unwrap_or(0)
    }

    /// Somebody else says something.
    pub(super) fn news(&mut self, ticket: Uuid, now: Duration) {
        self.commit(ticket, None, now, false, true);
    }

    pub(super) fn push(&mut self, ops: &[Op], now: Duration) -> Vec<OpAnswer> {
        let mut behind = HashSet::new();
        let mut settle = |op: &Op| {
            if behind.contains(&op.ticket_id) && !matches!(op.act, Act::Read { .. }) {
                return Outcome::Behind;
            }
            let outcome = self.settle(op, now);
            if matches!(op.act, Act::Reply { .. }) && !matches!(outcome, Outcome::Landed { .. }) {
                behind.insert(op.ticket_id);
            }
            outcome
        };
        ops.iter().map(|op| OpAnswer { op_id: op.op_id, outcome: settle(op) }).collect()
    }

    fn settle(&mut self, op: &Op, now: Duration) -> Outcome {
        let body = match &op.act {
            Act::Reply { message } => message.clone(),
            other => format!("{other:?}"),
        };
        let before = self.bodies.entry(op.op_id).or_insert_with(|| body.clone());
        assert_eq!(*before, body, "a frozen op never says anything else");
        if let Some(answer) = self.answers.get(&op.op_id) {
            return answer.clone();
        }
        if body.contains("tersandung") {
            return refused(Code::Unknown);
        }
        if body.contains("ditolak") {
            return refused(Code::Validation);
        }
        let is_reply = matches!(op.act, Act::Reply { .. });
        let unseen = |row: &&Row| row.is_news && row.ticket == op.ticket_id && row.n > op.seen_n;
        if is_reply && let Some(unseen) = self.rows.iter().find(unseen) {
            return Outcome::Held { unseen: message(unseen) };
        }
        self.land(op.op_id, op.ticket_id, now, false)
    }

    pub(super) fn void(&mut self, request: VoidRequest, now: Duration) -> OpAnswer {
        let VoidRequest { op_id, ticket_id } = request;
        let outcome = match self.answers.get(&op_id) {
            Some(answer) => answer.clone(),
            None => {
                self.land(op_id, ticket_id, now, true);
                self.answers.insert(op_id, refused(Code::Voided));
                refused(Code::Voided)
            }
        };
        OpAnswer { op_id, outcome }
    }

    pub(super) fn known(&self, ops: &[Uuid]) -> Vec<Uuid> {
        ops.iter().copied().filter(|op| matches!(self.answers.get(op), Some(Outcome::Landed { .. }))).collect()
    }

    fn land(&mut self, op: Uuid, ticket: Uuid, now: Duration, voided: bool) -> Outcome {
        let n = self.commit(ticket, Some(op), now, voided, false);
        let landed = Outcome::Landed { n, created_at: time(now) };
        self.answers.insert(op, landed.clone());
        landed
    }

    fn commit(&mut self, ticket: Uuid, op: Option<Uuid>, at: Duration, voided: bool, is_news: bool) -> i64 {
        let n = self.heads.entry(ticket).or_insert(0);
        *n += 1;
        self.rows.push(Row { at, ticket, n: *n, op, voided, is_news });
        *n
    }

    /// The database as it was some rows ago, in another cluster.
    pub(super) fn restore(&mut self, lost: usize) {
        let kept = self.rows.len().saturating_sub(lost);
        for row in self.rows.drain(kept..) {
            if let Some(op) = row.op {
                self.answers.remove(&op);
            }
            *self.heads.entry(row.ticket).or_insert(1) -= 1;
        }
        self.generation += 1;
        self.horizon = None;
    }

    /// Where a reader that has everything stands.
    pub(super) fn standing(&self) -> Place {
        let base = self.horizon.map_or(self.rows.len(), |(row, _)| row);
        Place { generation: self.generation, base, shown: base }
    }

    pub(super) fn complete_to(&self, now: Duration) -> Duration {
        self.horizon.map_or(now, |(_, since)| since)
    }

    pub(super) fn page(&self, from: Place, now: Duration) -> Result<Page, Fault> {
        if from.generation != self.generation {
            return Err(Fault::Lost);
        }
        let end = self.rows.len();
        let upto = (from.shown + MOST).min(end);
        let more = upto < end;
        let standing = self.standing();
        let base = from.base.max(standing.base.min(upto));
        let shown = if more { upto } else { base };
        let complete_to = (!more).then(|| self.complete_to(now));
        Ok(Page { from, to: Place { base, shown, ..from }, rows: from.shown..upto, more, complete_to, end })
    }

    pub(super) fn part(&self, from: Option<Place>) -> Result<Part, Fault> {
        let feed = from.unwrap_or_else(|| self.standing());
        if feed.generation != self.generation {
            return Err(Fault::Lost);
        }
        let more = from.is_none();
        let rows = (0..self.rows.len()).filter(|row| !more || row % 2 == 0).collect();
        Ok(Part { feed, rows, more })
    }
}

fn refused(code: Code) -> Outcome {
    Outcome::Refused { code, detail: String::new(), winner: None::<Event> }
}

fn message(row: &Row) -> Message {
    Message {
        id: Uuid::nil(),
        n: row.n,
        message: String::new(),
        sender_type: gemilang_protocol::SenderType::Admin,
        sender: None,
        is_read: false,
        read_at: None,
        written_at: time(row.at),
        created_at: time(row.at),
    }
}
