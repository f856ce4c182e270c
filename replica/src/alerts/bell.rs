//! The bell: which alerts stand on this desk, and what becomes of them as things happen. A state and a step, no clock and no screen.
//!
//! What is urgent and nobody's rings in rounds until it is taken, one pop-up for each customer. Everything else is one pop-up for
//! each ticket, which counts what comes while it stands.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use gemilang_protocol::alert::{AlertEntry, AlertResult, AlertStep, Level, Reason, RingView, Why};
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{EventBody, Ticket, TicketNumber, Time};
use uuid::Uuid;

use super::decide::{Came, Verdict, World, verdict};
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
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Put it on screen.
    Show {
        /// Its place.
        key: Key,
        /// The ticket that a click opens and a button takes.
        ticket: Uuid,
        /// What it says.
        what: What,
        /// How much it insists.
        level: Level,
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
    /// Time passed, or duty or rules changed.
    Tick,
    /// A pop-up was clicked.
    Clicked(Key),
    /// A pop-up was closed by its person or went by itself.
    Closed(Key),
    /// A pop-up could not be shown.
    NotShown(Key),
}

#[derive(Debug, Clone)]
struct PopUp {
    entry: AlertEntry,
    count: u32,
    /// The last event it speaks of.
    n: i64,
}

/// What an answer is made in.
#[derive(Clone, Copy)]
struct Scene<'a> {
    world: &'a World,
    now: Time,
}

/// Which alerts stand.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    pub(super) rings: BTreeMap<Uuid, Ring>,
    /// The last round that was gone through, by customer.
    pub(super) rounds: BTreeMap<Uuid, u32>,
    pop_ups: BTreeMap<Key, PopUp>,
    next: u64,
}

impl Bell {
    /// A bell whose first alert gets this number.
    pub fn new(next: u64) -> Self {
        Self { next, ..Self::default() }
    }

    /// Goes one step.
    pub fn step(&mut self, happened: Happened<'_>, world: &World, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        match happened {
            Happened::Arrived(change, came) => self.arrived(change, came, world, now, &mut actions),
            Happened::Untaken(untaken, left) => self.untaken(untaken, left, world, now, &mut actions),
            Happened::Tick => {}
            Happened::Clicked(key) => self.told(key, AlertResult::Clicked, None, now, &mut actions),
            Happened::Closed(key) => {
                self.pop_ups.remove(&key);
            }
            Happened::NotShown(key) => {
                self.told(key, AlertResult::NotShown, Some(Why::NoDaemon), now, &mut actions);
            }
        }
        self.go_round(world, now, &mut actions);
        actions
    }

    fn arrived(&mut self, change: &TicketChange, came: Came, world: &World, now: Time, actions: &mut Vec<Action>) {
        let (ticket, at) = (&change.ticket, Scene { world, now });
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
            Verdict::Alert(reason, why) => match world.calls(reason, ticket.id, 1, now) {
                Ok(called) => self.show((change, came), reason, why.unwrap_or(called), at, actions),
                Err(held) => self.held((change, came), reason, held, at, actions),
            },
            Verdict::Late(reason, why) => self.held((change, came), reason, why, at, actions),
            Verdict::Over(why) => self.over(ticket.id, &why, now, actions),
            Verdict::Calm(why) => {
                self.end(ticket.id, &why, now, actions);
                self.take_back(Key::Ticket(ticket.id), &why, now, actions);
            }
            Verdict::Read(up_to, why) => {
                if self.pop_ups.get(&Key::Messages(ticket.id)).is_some_and(|shown| shown.n <= up_to) {
                    self.take_back(Key::Messages(ticket.id), &why, now, actions);
                }
            }
            Verdict::Quiet => {}
        }
    }

    fn untaken(
        &mut self,
        untaken: Vec<Untaken>,
        left: Vec<(Uuid, Left)>,
        world: &World,
        now: Time,
        actions: &mut Vec<Action>,
    ) {
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
            self.redraw(ring.customer.id, now, actions);
        }
        for key in [Key::Messages(ticket), Key::Ticket(ticket)] {
            if self.pop_ups.remove(&key).is_some() {
                actions.push(Action::Withdraw(key));
            }
        }
    }

    /// Nothing about a ticket is to be said any more.
    fn over(&mut self, ticket: Uuid, why: &Why, now: Time, actions: &mut Vec<Action>) {
        self.end(ticket, why, now, actions);
        self.take_back(Key::Messages(ticket), why, now, actions);
        self.take_back(Key::Ticket(ticket), why, now, actions);
    }

    /// One alert on screen; what stands there already is counted.
    fn show(
        &mut self,
        told: (&TicketChange, Came),
        reason: Reason,
        why: Why,
        at: Scene<'_>,
        actions: &mut Vec<Action>,
    ) {
        let ((change, _), now) = (told, at.now);
        let ticket = &change.ticket;
        let is_message = matches!(reason, Reason::MessageMine | Reason::MessageUnassigned);
        let key = if is_message { Key::Messages(ticket.id) } else { Key::Ticket(ticket.id) };
        // What rings says more than what was written in it.
        if is_message && let Some(ring) = self.rings.get_mut(&ticket.id).filter(|ring| ring.loud) {
            ring.entry.happened(step(AlertResult::Grouped, Some(Why::Burst { count: 1 }), None, now));
            actions.push(Action::Record(Box::new(ring.entry.clone())));
            return;
        }
        let pop_up = match self.pop_ups.remove(&key) {
            Some(mut shown) if is_message => {
                shown.count += 1;
                shown.n = change.event.n;
                let why = Why::Burst { count: shown.count };
                // The count of a burst replaces the one before.
                if shown.entry.result == AlertResult::Grouped {
                    shown.entry.steps.pop();
                }
                shown.entry.happened(step(AlertResult::Grouped, Some(why), None, now));
                shown
            }
            _ => {
                let mut entry = self.entry(told, reason, at);
                entry.happened(step(AlertResult::Shown, Some(why), None, now));
                PopUp { entry, count: 1, n: change.event.n }
            }
        };
        let by = change.event.actor.as_ref().map(|actor| actor.name.clone());
        let what = if is_message {
            What::Messages {
                customer: ticket.customer.name.clone(),
                text: change.message.as_ref().map_or_else(|| ticket.last_message.text.clone(), |it| it.message.clone()),
                count: pop_up.count,
                unassigned: reason == Reason::MessageUnassigned,
            }
        } else {
            What::Ticket {
                reason,
                number: ticket.number,
                subject: ticket.subject.clone(),
                customer: ticket.customer.name.clone(),
                by,
            }
        };
        actions.push(Action::Record(Box::new(pop_up.entry.clone())));
        self.pop_ups.insert(key, pop_up);
        actions.push(Action::Show { key, ticket: ticket.id, what, level: at.world.rule(reason).level });
    }

    fn held(
        &mut self,
        told: (&TicketChange, Came),
        reason: Reason,
        why: Why,
        at: Scene<'_>,
        actions: &mut Vec<Action>,
    ) {
        let mut entry = self.entry(told, reason, at);
        entry.happened(step(AlertResult::HeldBack, Some(why), None, at.now));
        actions.push(Action::Record(Box::new(entry)));
    }

    pub(super) fn take_back(&mut self, key: Key, why: &Why, now: Time, actions: &mut Vec<Action>) {
        if let Some(mut shown) = self.pop_ups.remove(&key) {
            shown.entry.happened(step(AlertResult::Withdrawn, Some(why.clone()), None, now));
            actions.push(Action::Record(Box::new(shown.entry)));
            actions.push(Action::Withdraw(key));
        }
    }

    /// Something happened to a pop-up on the screen, and so to all that it stands for.
    fn told(&mut self, key: Key, result: AlertResult, why: Option<Why>, now: Time, actions: &mut Vec<Action>) {
        if let Key::Ring(customer) = key {
            for ring in self.rings.values_mut().filter(|ring| ring.customer.id == customer && ring.loud) {
                ring.entry.happened(step(result, why.clone(), None, now));
                actions.push(Action::Record(Box::new(ring.entry.clone())));
            }
        } else if let Some(mut shown) = self.pop_ups.remove(&key) {
            shown.entry.happened(step(result, why, None, now));
            actions.push(Action::Record(Box::new(shown.entry)));
        }
    }

    fn entry(&mut self, (change, came): (&TicketChange, Came), reason: Reason, at: Scene<'_>) -> AlertEntry {
        let ticket = &change.ticket;
        AlertEntry {
            id: self.number(),
            ticket: ticket.id,
            number: ticket.number,
            subject: ticket.subject.clone(),
            customer: ticket.customer.name.clone(),
            reason,
            result: AlertResult::HeldBack,
            steps: Vec::new(),
            inputs: at.world.inputs(ticket.id, came, at.now),
        }
    }

    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
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
