//! Alerts that are no rings: one pop-up for each ticket, which counts what comes while it stands, and may be put off for a while.

use chrono::TimeDelta;
use gemilang_protocol::Time;
use gemilang_protocol::alert::{About, AlertEntry, AlertInputs, AlertResult, Level, Reason, RingView, Sound, Why};
use gemilang_protocol::self_test::TestPath;
use gemilang_protocol::sync::TicketChange;
use uuid::Uuid;

use super::bell::{Action, Bell, Key, Scene, What, about, step};
use super::decide::{Came, World};
use super::held::HeldReply;

/// An alert on screen, or one that should be there.
#[derive(Debug, Clone)]
pub(super) struct PopUp {
    pub(super) entry: AlertEntry,
    count: u32,
    /// The last event it speaks of.
    pub(super) n: i64,
    what: What,
    ticket: Option<Uuid>,
    level: Level,
    /// It is not on screen before that.
    put_off: Option<Time>,
}

impl PopUp {
    pub(super) fn is_put_off(&self) -> bool {
        self.put_off.is_some()
    }
}

/// Something to be told.
pub(super) struct News {
    key: Key,
    /// The event it is about.
    pub(super) n: i64,
    about: Option<About>,
    reason: Reason,
    what: What,
    /// What the answer is made from, unless it was told as it happened.
    came: Came,
}

impl News {
    /// A change of a ticket.
    pub(super) fn of(change: &TicketChange, came: Came, reason: Reason) -> Self {
        let ticket = &change.ticket;
        let is_message = matches!(reason, Reason::MessageMine | Reason::MessageUnassigned);
        let (key, what) = if is_message {
            let text =
                change.message.as_ref().map_or_else(|| ticket.last_message.text.clone(), |it| it.message.clone());
            let unassigned = reason == Reason::MessageUnassigned;
            let what = What::Messages { customer: ticket.customer.name.clone(), text, count: 1, unassigned };
            (Key::Messages(ticket.id), what)
        } else {
            let what = What::Ticket {
                reason,
                number: ticket.number,
                subject: ticket.subject.clone(),
                customer: ticket.customer.name.clone(),
                by: change.event.actor.as_ref().map(|actor| actor.name.clone()),
                text: change.note.as_ref().map(|note| note.note.clone()),
            };
            (Key::Ticket(ticket.id), what)
        };
        Self { key, n: change.event.n, about: Some(about(ticket)), reason, what, came }
    }

    fn held(reply: HeldReply) -> Self {
        let what = What::Held { customer: reply.about.customer.clone(), colleague: reply.colleague };
        let key = Key::Held(reply.about.ticket);
        Self { key, n: i64::MAX, about: Some(reply.about), reason: Reason::HeldReply, what, came: Came::Live }
    }

    fn inputs(&self, at: Scene<'_>) -> AlertInputs {
        let ticket = self.about.as_ref().map_or(Uuid::nil(), |about| about.ticket);
        at.world.inputs(ticket, self.came, at.now)
    }
}

impl Bell {
    /// Tells something, or holds it back; what stands on the screen already is counted.
    pub(super) fn tell(&mut self, news: News, called: Result<Why, Why>, at: Scene<'_>, actions: &mut Vec<Action>) {
        match called {
            Ok(why) => self.show(news, why, at, actions),
            Err(why) => {
                let inputs = news.inputs(at);
                let mut entry = self.entry(news.about, news.reason, inputs);
                entry.happened(step(AlertResult::HeldBack, Some(why), None, at.now));
                actions.push(Action::Record(Box::new(entry.clone())));
                self.peace.keep(entry, news.n, at.now);
            }
        }
    }

    fn show(&mut self, news: News, why: Why, at: Scene<'_>, actions: &mut Vec<Action>) {
        let (key, now) = (news.key, at.now);
        // What rings says more than what was written in it.
        if let Key::Messages(ticket) = key
            && let Some(ring) = self.rings.get_mut(&ticket).filter(|ring| ring.loud)
        {
            ring.entry.happened(step(AlertResult::Grouped, Some(Why::Burst { count: 1 }), None, now));
            actions.push(Action::Record(Box::new(ring.entry.clone())));
            return;
        }
        let inputs = news.inputs(at);
        let rule = at.world.rule(news.reason);
        let ticket = news.about.as_ref().map(|about| about.ticket);
        let mut pop_up = match self.pop_ups.remove(&key) {
            Some(mut shown) if matches!(key, Key::Messages(_)) => {
                shown.count += 1;
                // The count of a burst replaces the one before.
                if shown.entry.result == AlertResult::Grouped {
                    shown.entry.steps.pop();
                }
                shown.entry.happened(step(AlertResult::Grouped, Some(Why::Burst { count: shown.count }), None, now));
                PopUp { n: news.n, what: news.what, level: rule.level, ..shown }
            }
            _ => {
                let mut entry = self.entry(news.about, news.reason, inputs);
                entry.happened(step(AlertResult::Shown, Some(why), None, now));
                let (n, what, level) = (news.n, news.what, rule.level);
                PopUp { entry, count: 1, n, what, ticket, level, put_off: None }
            }
        };
        if let What::Messages { count, .. } = &mut pop_up.what {
            *count = pop_up.count;
        }
        actions.push(Action::Record(Box::new(pop_up.entry.clone())));
        if !pop_up.is_put_off() {
            // A burst is heard once.
            let sound = if pop_up.count > 1 { Sound::Silent } else { rule.sound };
            actions.push(put(key, &pop_up, sound));
        }
        self.pop_ups.insert(key, pop_up);
    }

    /// Own replies that wait: a new one is told, one that was decided about is taken back.
    pub(super) fn hold(&mut self, replies: Vec<HeldReply>, at: Scene<'_>, actions: &mut Vec<Action>) {
        let ops = replies.iter().map(|reply| reply.op).collect();
        let before = self.held.replace(ops);
        let decided: Vec<Key> = self
            .pop_ups
            .keys()
            .filter(|key| matches!(key, Key::Held(of) if replies.iter().all(|reply| reply.about.ticket != *of)))
            .copied()
            .collect();
        for key in decided {
            self.take_back(key, &Why::Decided, at.now, actions);
        }
        // What waited before this desk was started was told then.
        let Some(before) = before else { return };
        for reply in replies.into_iter().filter(|reply| !before.contains(&reply.op)) {
            let called = at.world.calls(Reason::HeldReply, reply.about.ticket, 1, at.now);
            self.tell(News::held(reply), called, at, actions);
        }
    }

    /// Its person wants to see one: whatever duty, pause and quiet hours say.
    pub(super) fn test(&mut self, path: TestPath, ticket: Option<Uuid>, at: Scene<'_>, actions: &mut Vec<Action>) {
        self.pop_ups.remove(&Key::Test);
        let mut entry = self.entry(None, Reason::Test, at.world.inputs(Uuid::nil(), Came::Live, at.now));
        entry.happened(step(AlertResult::Shown, Some(Why::Asked), None, at.now));
        self.stand(Key::Test, entry, What::Test(path), ticket, Sound::Silent, actions);
    }

    /// Puts on screen what no change of a ticket caused.
    pub(super) fn stand(
        &mut self,
        key: Key,
        entry: AlertEntry,
        what: What,
        ticket: Option<Uuid>,
        sound: Sound,
        actions: &mut Vec<Action>,
    ) {
        let pop_up = PopUp { entry, count: 1, n: i64::MAX, what, ticket, level: Level::Normal, put_off: None };
        actions.push(Action::Record(Box::new(pop_up.entry.clone())));
        actions.push(put(key, &pop_up, sound));
        self.pop_ups.insert(key, pop_up);
    }

    pub(super) fn take_back(&mut self, key: Key, why: &Why, now: Time, actions: &mut Vec<Action>) {
        if let Some(mut shown) = self.pop_ups.remove(&key) {
            shown.entry.happened(step(AlertResult::Withdrawn, Some(why.clone()), None, now));
            let was_there = !shown.is_put_off();
            actions.push(Action::Record(Box::new(shown.entry)));
            actions.extend(was_there.then_some(Action::Withdraw(key)));
        }
    }

    /// Its person puts an alert off.
    pub(super) fn snooze(&mut self, key: Key, now: Time, actions: &mut Vec<Action>) {
        let until = now + TimeDelta::minutes(RingView::SNOOZE_MINUTES);
        if let Key::Ring(customer) = key {
            self.snooze_rings(customer, until, now, actions);
        } else if let Some(shown) = self.pop_ups.get_mut(&key).filter(|shown| !shown.is_put_off()) {
            shown.put_off = Some(until);
            shown.entry.happened(step(AlertResult::HeldBack, Some(Why::Snoozed { until }), None, now));
            actions.push(Action::Record(Box::new(shown.entry.clone())));
            actions.push(Action::Withdraw(key));
        }
    }

    /// What was put off comes again when its time is over, if its person is to be called then.
    pub(super) fn go_on(&mut self, at: Scene<'_>, actions: &mut Vec<Action>) {
        let due = |pop_up: &PopUp| pop_up.put_off.is_some_and(|until| until <= at.now);
        let keys: Vec<Key> = self.pop_ups.iter().filter(|(_, it)| due(it)).map(|(key, _)| *key).collect();
        for key in keys {
            let Some(pop_up) = self.pop_ups.get_mut(&key) else { continue };
            pop_up.put_off = None;
            match called(&pop_up.entry, at.world, at.now) {
                Ok(()) => self.show_again(key, Why::PutOff, at, actions),
                Err(why) => {
                    let Some(mut pop_up) = self.pop_ups.remove(&key) else { continue };
                    pop_up.entry.happened(step(AlertResult::HeldBack, Some(why), None, at.now));
                    actions.push(Action::Record(Box::new(pop_up.entry.clone())));
                    self.peace.keep(pop_up.entry, pop_up.n, at.now);
                }
            }
        }
    }

    /// Puts a pop-up on screen once more.
    pub(super) fn show_again(&mut self, key: Key, why: Why, at: Scene<'_>, actions: &mut Vec<Action>) {
        let Some(pop_up) = self.pop_ups.get_mut(&key).filter(|pop_up| !pop_up.is_put_off()) else { return };
        pop_up.entry.happened(step(AlertResult::Shown, Some(why), None, at.now));
        actions.push(Action::Record(Box::new(pop_up.entry.clone())));
        actions.push(put(key, pop_up, at.world.rule(pop_up.entry.reason).sound));
    }
}

fn put(key: Key, pop_up: &PopUp, sound: Sound) -> Action {
    Action::Show { key, ticket: pop_up.ticket, what: pop_up.what.clone(), level: pop_up.level, sound }
}

/// Whether an alert that was put off calls its person now; one about no ticket does.
fn called(entry: &AlertEntry, world: &World, now: Time) -> Result<(), Why> {
    entry.ticket().map_or(Ok(()), |ticket| world.calls(entry.reason, ticket, 1, now).map(drop))
}
