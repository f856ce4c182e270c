//! The bell: which alerts stand on this desk, and what becomes of them as things happen. A state and a step, no clock and no screen.
//!
//! What is urgent and nobody's rings in rounds until it is taken, one pop-up for each customer. Everything else is one pop-up for
//! each ticket, which counts what comes while it stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use gemilang_protocol::alert::{
    About, AlertEntry, AlertInputs, AlertResult, AlertStep, Level, Meanwhile, Reason, RingView, Sound, Why,
};
use gemilang_protocol::self_test::TestPath;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{EventBody, Ticket, TicketNumber, Time};
use uuid::Uuid;

use super::decide::{Came, Verdict, World, verdict};
use super::held::HeldReply;
use super::peace::Peace;
use super::pop_ups::{News, PopUp};
use super::rings::Ring;
use super::untaken::{Left, Untaken};

/// What has been urgent for so long before this desk came does not begin to ring here; it stands in the queue.
pub const STALE: TimeDelta = TimeDelta::hours(24);

/// A place on the screen: what is shown under a key takes the place of what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Everything of one customer that rings.
    Ring(Uuid),
    /// What was written in one ticket.
    Messages(Uuid),
    /// What else happened to one ticket.
    Ticket(Uuid),
    /// An own reply in one ticket that waits.
    Held(Uuid),
    /// What came in during quiet hours.
    Summary,
    /// What its person wanted to see.
    Test,
}

/// What an alert says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It rings: the first of a customer's tickets, and how many there are.
    Ring {
        /// Why the first does.
        reason: Reason,
        /// What it is called.
        subject: String,
        /// Whose.
        customer: String,
        /// Who made it so.
        by: Option<String>,
        /// Tickets that ring.
        count: u32,
        /// Which round it is.
        round: u32,
        /// Since when it is urgent.
        since: Time,
    },
    /// The customer wrote.
    Messages {
        /// Whose ticket.
        customer: String,
        /// The last text.
        text: String,
        /// How many while the alert stood.
        count: u32,
        /// Whether nobody has the ticket.
        unassigned: bool,
    },
    /// Something else happened to a ticket.
    Ticket {
        /// Why it alerts.
        reason: Reason,
        /// Its number.
        number: TicketNumber,
        /// What it is called.
        subject: String,
        /// Whose.
        customer: String,
        /// Who did it.
        by: Option<String>,
        /// What they wrote, if that is what it is about.
        text: Option<String>,
    },
    /// An own reply waits for a decision.
    Held {
        /// Whose ticket.
        customer: String,
        /// The colleague who answered first; nobody where the customer wrote again.
        colleague: Option<String>,
    },
    /// What came in during quiet hours and still waits.
    Summary(Meanwhile),
    /// Its person wanted to see one.
    Test(TestPath),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Put it on screen.
    Show {
        /// Its place.
        key: Key,
        /// The ticket that a click opens and a button takes.
        ticket: Option<Uuid>,
        /// What it says.
        what: What,
        /// How much it insists.
        level: Level,
        /// What is heard when it is shown; nothing when it only changes what stands.
        sound: Sound,
    },
    /// Take it from the screen.
    Withdraw(Key),
    /// Note an alert in the ledger, or what it became.
    Record(Box<AlertEntry>),
}

/// What happens to a bell.
#[derive(Debug, Clone)]
pub enum Happened<'a> {
    /// A change arrived.
    Arrived(&'a TicketChange, Came),
    /// All urgent tickets that nobody has, as this desk shows them, and what became of those that ring and are not among them.
    Untaken(Vec<Untaken>, Vec<(Uuid, Left)>),
    /// All own replies that wait for a decision.
    Held(Vec<HeldReply>),
    /// Time passed, or duty or choices changed.
    Tick,
    /// A pop-up was clicked.
    Clicked(Key),
    /// A pop-up was put off for a while.
    Snoozed(Key),
    /// A pop-up was closed by its person or went by itself.
    Closed(Key),
    /// A pop-up could not be shown, or not any longer: nobody is there to show it, or it is not allowed.
    NotShown(Key, Why),
    /// The computer shows alerts again.
    DaemonBack,
    /// A pop-up was given to a system that keeps it to itself.
    Hushed(Key, Why),
    /// Its person wants to see one; with the ticket that a click opens.
    Test(TestPath, Option<Uuid>),
}

/// What an answer is made in.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) now: Time,
}

/// Which alerts stand.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    pub(super) rings: BTreeMap<Uuid, Ring>,
    /// The last round that was gone through, by customer.
    pub(super) rounds: BTreeMap<Uuid, u32>,
    pub(super) pop_ups: BTreeMap<Key, PopUp>,
    /// What should be on screen and is not, for lack of a notification daemon.
    pub(super) lost: BTreeSet<Key>,
    pub(super) peace: Peace,
    /// Own replies that wait, once they were looked for.
    pub(super) held: Option<BTreeSet<Uuid>>,
    next: u64,
}

impl Bell {
    /// A bell whose first alert gets this number, and what quiet hours held back before, as the ledger has it.
    pub fn new(next: u64, kept: Vec<AlertEntry>) -> Self {
        Self { next, peace: Peace::recalled(kept), ..Self::default() }
    }

    /// Whether time has to pass for it.
    pub fn is_waiting(&self) -> bool {
        !self.rings.is_empty() || !self.peace.is_empty() || self.pop_ups.values().any(PopUp::is_put_off)
    }

    /// Whether something should be on screen and is not, for lack of a notification daemon.
    pub fn is_lost(&self) -> bool {
        !self.lost.is_empty()
    }

    /// Goes one step.
    pub fn step(&mut self, happened: Happened<'_>, world: &World, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        let at = Scene { world, now };
        match happened {
            Happened::Arrived(change, came) => self.arrived(change, came, at, &mut actions),
            Happened::Untaken(untaken, left) => self.untaken(untaken, left, at, &mut actions),
            Happened::Held(held) => self.hold(held, at, &mut actions),
            Happened::Tick => {}
            Happened::Clicked(key) => self.told(key, AlertResult::Clicked, None, now, &mut actions),
            Happened::Snoozed(key) => self.snooze(key, now, &mut actions),
            Happened::Closed(key) => {
                self.pop_ups.remove(&key);
            }
            Happened::NotShown(key, why) => {
                self.lost.insert(key);
                self.told(key, AlertResult::NotShown, Some(why), now, &mut actions);
            }
            Happened::DaemonBack => self.raise_again(at, &mut actions),
            Happened::Hushed(key, why) => self.told(key, AlertResult::NotShown, Some(why), now, &mut actions),
            Happened::Test(path, ticket) => self.test(path, ticket, at, &mut actions),
        }
        self.go_round(world, now, &mut actions);
        self.go_on(at, &mut actions);
        self.sum_up(at, &mut actions);
        for action in &actions {
            if let Action::Show { key, .. } | Action::Withdraw(key) = action {
                self.lost.remove(key);
            }
        }
        actions
    }

    fn arrived(&mut self, change: &TicketChange, came: Came, at: Scene<'_>, actions: &mut Vec<Action>) {
        let (ticket, Scene { world, now }) = (&change.ticket, at);
        let own = change.event.actor.as_ref().is_some_and(|actor| actor.id == world.me.id);
        if let EventBody::Assigned { to: Some(to), .. } = &change.event.body {
            self.over(ticket.id, &Why::Taken { name: to.name.clone() }, now, actions);
        }
        if let EventBody::Erased { .. } = &change.event.body {
            self.forget(ticket.id, now, actions);
        }
        match verdict(change, came, world, now) {
            // What the first sync brings is asked for when it is all here.
            Verdict::Ring(_) if came == Came::First => {}
            Verdict::Ring(reason) => {
                let by = change.event.actor.as_ref().map(|actor| actor.name.clone());
                let since = if came == Came::Live { now } else { change.event.created_at.min(now) };
                // Whoever makes a ticket urgent knows that it is: for them it rings with the second round, if nobody takes it.
                let from = if own { since + TimeDelta::seconds(RingView::ROUND_SECONDS) } else { since };
                let inputs = world.inputs(ticket.id, came, now);
                self.begin(untaken_of(ticket, since), reason, by, from, inputs);
            }
            Verdict::Alert(reason, why) => {
                let called = world.calls(reason, ticket.id, 1, now).map(|called| why.unwrap_or(called));
                self.tell(News::of(change, came, reason), called, at, actions);
            }
            // What came in during quiet hours that are just over belongs to what is said at their end.
            Verdict::Late(reason, why) => {
                let told = self.peace.belongs(change.event.created_at, world, now) && world.rule(reason).on;
                let why = if told { world.quiet() } else { why };
                self.tell(News::of(change, came, reason), Err(why), at, actions);
            }
            Verdict::Over(why) => self.over(ticket.id, &why, now, actions),
            Verdict::Calm(why) => {
                self.end(ticket.id, &why, now, actions);
                self.take_back(Key::Ticket(ticket.id), &why, now, actions);
            }
            Verdict::Read(up_to, why) => {
                if self.pop_ups.get(&Key::Messages(ticket.id)).is_some_and(|shown| shown.n <= up_to) {
                    self.take_back(Key::Messages(ticket.id), &why, now, actions);
                }
                self.let_go(ticket.id, Some(up_to), &why, now, actions);
            }
            Verdict::Quiet => {}
        }
    }

    fn untaken(&mut self, untaken: Vec<Untaken>, left: Vec<(Uuid, Left)>, at: Scene<'_>, actions: &mut Vec<Action>) {
        let Scene { world, now } = at;
        for (ticket, left) in left {
            match left {
                Left::Taken(name) => self.over(ticket, &Why::Taken { name }, now, actions),
                Left::Ended => self.over(ticket, &Why::Ended, now, actions),
                Left::Calmed => self.end(ticket, &Why::Calmed, now, actions),
            }
        }
        for one in untaken {
            if now - one.since < STALE {
                let (since, inputs) = (one.since.min(now), world.inputs(one.ticket, Came::Late, now));
                self.begin(Untaken { since, ..one }, Reason::NewUrgent, None, since, inputs);
            }
        }
    }

    /// A ticket's words are erased: no alert keeps them. Is it urgent still, it rings anew, without them.
    fn forget(&mut self, ticket: Uuid, now: Time, actions: &mut Vec<Action>) {
        if let Some(ring) = self.rings.remove(&ticket).filter(|ring| ring.loud) {
            self.redraw(ring.customer.id, Sound::Silent, now, actions);
        }
        for key in [Key::Messages(ticket), Key::Ticket(ticket), Key::Held(ticket)] {
            if self.pop_ups.remove(&key).is_some() {
                actions.push(Action::Withdraw(key));
            }
        }
        self.peace.forget(ticket);
    }

    /// Nothing about a ticket is to be said any more.
    fn over(&mut self, ticket: Uuid, why: &Why, now: Time, actions: &mut Vec<Action>) {
        self.end(ticket, why, now, actions);
        self.take_back(Key::Messages(ticket), why, now, actions);
        self.take_back(Key::Ticket(ticket), why, now, actions);
        self.let_go(ticket, None, why, now, actions);
    }

    /// Something happened to a pop-up on the screen, and so to all that it stands for. What could not be shown stays, to be shown later.
    fn told(&mut self, key: Key, result: AlertResult, why: Option<Why>, now: Time, actions: &mut Vec<Action>) {
        if let Key::Ring(customer) = key {
            for ring in self.rings.values_mut().filter(|ring| ring.customer.id == customer && ring.loud) {
                ring.entry.happened(step(result, why.clone(), None, now));
                actions.push(Action::Record(Box::new(ring.entry.clone())));
            }
        } else if let Some(shown) = self.pop_ups.get_mut(&key) {
            shown.entry.happened(step(result, why, None, now));
            actions.push(Action::Record(Box::new(shown.entry.clone())));
            if result == AlertResult::Clicked {
                self.pop_ups.remove(&key);
            }
        }
    }

    /// A daemon is there again: what should stand on the screen is put there.
    fn raise_again(&mut self, at: Scene<'_>, actions: &mut Vec<Action>) {
        for key in std::mem::take(&mut self.lost) {
            match key {
                Key::Ring(customer) => self.ring_again(customer, at, actions),
                _ => self.show_again(key, Why::DaemonBack, at, actions),
            }
        }
    }

    pub(super) fn entry(&mut self, about: Option<About>, reason: Reason, inputs: AlertInputs) -> AlertEntry {
        let (steps, result) = (Vec::new(), AlertResult::HeldBack);
        AlertEntry { id: self.number(), about, reason, result, steps, inputs }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }
}

/// What the ledger says a ticket is.
pub(super) fn about(ticket: &Ticket) -> About {
    About {
        ticket: ticket.id,
        number: ticket.number,
        subject: ticket.subject.clone(),
        customer: ticket.customer.name.clone(),
    }
}

fn untaken_of(ticket: &Ticket, since: Time) -> Untaken {
    Untaken {
        ticket: ticket.id,
        number: ticket.number,
        subject: ticket.subject.clone(),
        customer: ticket.customer.clone(),
        since,
    }
}

pub(super) fn step(result: AlertResult, why: Option<Why>, round: Option<u32>, at: Time) -> AlertStep {
    AlertStep { at, result, why, round }
}
