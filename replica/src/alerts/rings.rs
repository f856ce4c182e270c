//! What rings: in rounds of a minute until somebody takes it, one pop-up for each customer.

use gemilang_protocol::alert::{About, AlertEntry, AlertInputs, AlertResult, Level, Reason, RingView, Sound, Why};
use gemilang_protocol::{PersonRef, Time};
use uuid::Uuid;

use super::bell::{Action, Bell, Key, Scene, What, step};
use super::decide::World;
use super::untaken::Untaken;

/// A ticket that is urgent and nobody's.
#[derive(Debug, Clone)]
pub(super) struct Ring {
    pub(super) entry: AlertEntry,
    about: About,
    pub(super) customer: PersonRef,
    pub(super) by: Option<String>,
    pub(super) since: Time,
    /// Before that it does not ring here.
    pub(super) from: Time,
    /// Its person is called; otherwise it is held back, and looked at again.
    pub(super) loud: bool,
}

impl Bell {
    /// Which tickets ring or would, held back or not.
    pub fn tickets(&self) -> Vec<Uuid> {
        self.rings.keys().copied().collect()
    }

    /// What rings here, longest first.
    pub fn ringing(&self, now: Time) -> Vec<RingView> {
        let mut views: Vec<_> = self.rings.values().filter(|ring| ring.loud).map(|ring| view(ring, now)).collect();
        views.sort_by_key(|view| (view.since, view.number.0));
        views
    }

    /// A ticket is urgent and nobody's. Whether it is loud is the next round's to say.
    pub(super) fn begin(&mut self, it: Untaken, reason: Reason, by: Option<String>, from: Time, inputs: AlertInputs) {
        if self.rings.contains_key(&it.ticket) {
            return;
        }
        let about =
            About { ticket: it.ticket, number: it.number, subject: it.subject, customer: it.customer.name.clone() };
        let entry = self.entry(Some(about.clone()), reason, inputs);
        self.rings
            .insert(it.ticket, Ring { entry, about, customer: it.customer, by, since: it.since, from, loud: false });
    }

    /// A ticket rings no more.
    pub(super) fn end(&mut self, ticket: Uuid, why: &Why, now: Time, actions: &mut Vec<Action>) {
        let Some(mut ring) = self.rings.remove(&ticket) else { return };
        let customer = ring.customer.id;
        if ring.loud {
            ring.entry.happened(step(AlertResult::Withdrawn, Some(why.clone()), None, now));
            actions.push(Action::Record(Box::new(ring.entry)));
            self.redraw(customer, Sound::Silent, now, actions);
        }
        if !self.rings.values().any(|ring| ring.customer.id == customer) {
            self.rounds.remove(&customer);
        }
    }

    /// One of a customer's tickets is not loud any more: the pop-up goes, or speaks of the others.
    pub(super) fn redraw(&self, customer: Uuid, sound: Sound, now: Time, actions: &mut Vec<Action>) {
        match self.ring_of(customer, sound, now) {
            Some(show) => actions.push(show),
            None => actions.push(Action::Withdraw(Key::Ring(customer))),
        }
    }

    /// Looks at everything that rings: whose round it is, who is called now and who no more.
    pub(super) fn go_round(&mut self, world: &World, now: Time, actions: &mut Vec<Action>) {
        let mut customers: Vec<Uuid> = self.rings.values().map(|ring| ring.customer.id).collect();
        customers.sort_unstable();
        customers.dedup();
        for customer in customers {
            let (mut show, mut hush, mut loud) = (false, false, Vec::new());
            let of_them = self.rings.values().filter(|ring| ring.customer.id == customer);
            let round = of_them.map(|ring| round(ring.since, now)).max().unwrap_or(1);
            let due = self.rounds.insert(customer, round).is_none_or(|before| before < round);
            for ring in self.rings.values_mut().filter(|ring| ring.customer.id == customer && ring.from <= now) {
                let fresh = ring.entry.steps.is_empty();
                match world.calls(ring.entry.reason, ring.about.ticket, round, now) {
                    Ok(why) if due || !ring.loud => {
                        loud.push(ring.about.ticket);
                        ring.loud = true;
                        show = true;
                        ring.entry.happened(step(AlertResult::Ringing, Some(why), Some(round), now));
                    }
                    Ok(_) => continue,
                    // Whoever reads it hears no further round; the alert stays where it is.
                    Err(why @ Why::Reading { .. }) if ring.loud && due => {
                        ring.entry.happened(step(AlertResult::HeldBack, Some(why), Some(round), now));
                    }
                    Err(Why::Reading { .. }) if ring.loud => continue,
                    Err(why) if ring.loud => {
                        ring.loud = false;
                        hush = true;
                        ring.entry.happened(step(AlertResult::Withdrawn, Some(why), None, now));
                    }
                    Err(why) if fresh => ring.entry.happened(step(AlertResult::HeldBack, Some(why), None, now)),
                    Err(_) => continue,
                }
                actions.push(Action::Record(Box::new(ring.entry.clone())));
            }
            // What rings says more than what was written.
            let sound =
                loud.first().and_then(|ticket| self.rings.get(ticket)).map(|ring| world.rule(ring.entry.reason).sound);
            for ticket in loud {
                self.take_back(Key::Messages(ticket), &Why::Rings, now, actions);
            }
            if show || hush {
                self.redraw(customer, sound.unwrap_or(Sound::Silent), now, actions);
            }
        }
    }

    /// Its person puts off what rings of a customer.
    pub(super) fn snooze_rings(&mut self, customer: Uuid, until: Time, now: Time, actions: &mut Vec<Action>) {
        for ring in self.rings.values_mut().filter(|ring| ring.customer.id == customer && ring.loud) {
            (ring.loud, ring.from) = (false, until);
            ring.entry.happened(step(AlertResult::HeldBack, Some(Why::Snoozed { until }), None, now));
            actions.push(Action::Record(Box::new(ring.entry.clone())));
        }
        self.redraw(customer, Sound::Silent, now, actions);
    }

    /// Whose a ticket is that rings here.
    pub fn customer_of(&self, ticket: Uuid) -> Option<Uuid> {
        self.rings.get(&ticket).map(|ring| ring.customer.id)
    }

    /// What rings of a customer is put on screen once more.
    pub(super) fn ring_again(&mut self, customer: Uuid, at: Scene<'_>, actions: &mut Vec<Action>) {
        let Scene { world, now } = at;
        let mut sound = Sound::Silent;
        for ring in self.rings.values_mut().filter(|ring| ring.customer.id == customer && ring.loud) {
            sound = world.rule(ring.entry.reason).sound;
            let round = round(ring.since, now);
            ring.entry.happened(step(AlertResult::Ringing, Some(Why::DaemonBack), Some(round), now));
            actions.push(Action::Record(Box::new(ring.entry.clone())));
        }
        self.redraw(customer, sound, now, actions);
    }

    /// The pop-up of all that rings of a customer; nothing when nothing does.
    fn ring_of(&self, customer: Uuid, sound: Sound, now: Time) -> Option<Action> {
        let mut loud: Vec<&Ring> = self.rings.values().filter(|it| it.customer.id == customer && it.loud).collect();
        loud.sort_by_key(|ring| (ring.since, ring.about.number.0));
        let first = loud.first()?;
        Some(Action::Show {
            key: Key::Ring(customer),
            ticket: Some(first.about.ticket),
            what: What::Ring {
                reason: first.entry.reason,
                subject: first.about.subject.clone(),
                customer: first.customer.name.clone(),
                by: first.by.clone(),
                count: u32::try_from(loud.len()).unwrap_or(u32::MAX),
                round: round(first.since, now),
                since: first.since,
            },
            level: Level::Critical,
            sound,
        })
    }
}

/// Which round it is, from 1.
fn round(since: Time, now: Time) -> u32 {
    let rounds = (now - since).num_seconds().max(0) / RingView::ROUND_SECONDS;
    u32::try_from(rounds).unwrap_or(u32::MAX - 1) + 1
}

fn view(ring: &Ring, now: Time) -> RingView {
    RingView {
        ticket: ring.about.ticket,
        number: ring.about.number,
        subject: ring.about.subject.clone(),
        customer: ring.about.customer.clone(),
        since: ring.since,
        round: round(ring.since, now),
    }
}
