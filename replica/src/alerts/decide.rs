//! What a change of a ticket calls for, and whether its person is to be called: pure, so that every answer can be explained and tested.

use chrono::TimeDelta;
use gemilang_protocol::alert::{AlertChoices, AlertInputs, Reason, RingView, Rule, Why};
use gemilang_protocol::internal::Wake;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{Duty, EventBody, Person, PersonRef, Priority, Role, SenderType, Time, Zone};
use uuid::Uuid;

/// A message or an assignment found while catching up is news while it is younger than this.
pub const FRESH: TimeDelta = TimeDelta::minutes(15);
/// Whoever touched nothing for so long is not reading.
pub const READING: TimeDelta = TimeDelta::seconds(60);

/// How a change came to this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// As it happened.
    Live,
    /// While catching up on what was missed.
    Late,
    /// With the very first sync, when everything is new.
    First,
}

/// What its person is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attention {
    /// Whether the window has the focus.
    pub focused: bool,
    /// The ticket on screen.
    pub looking_at: Option<Uuid>,
    /// When they last pressed a key or moved the pointer.
    pub input_at: Option<Time>,
}

/// Everything beside the change that an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Whose desk this is.
    pub me: PersonRef,
    /// What they may do.
    pub role: Role,
    /// Whether they are on duty.
    pub duty: Duty,
    /// Everybody else of the staff.
    pub others: Vec<(PersonRef, Duty)>,
    /// What they want of alerts.
    pub choices: AlertChoices,
    /// Their own zone, by which their quiet hours go.
    pub zone: Zone,
    /// What they are doing.
    pub attention: Attention,
}

/// Whether a colleague is there for what is urgent. Who lets nothing in during their quiet hours is not, whatever their duty says:
/// nothing may be left to somebody who does not hear it.
pub fn duty_of(colleague: &Person, now: Time) -> Duty {
    let quiet = colleague.alerts.as_ref().map(|choices| choices.quiet).filter(|quiet| !quiet.urgent_passes);
    if quiet.is_some_and(|quiet| quiet.around(now, colleague.zone).is_some()) { Duty::Off } else { colleague.duty }
}

impl World {
    /// What its person wants of a reason.
    pub fn rule(&self, reason: Reason) -> Rule {
        self.choices.rule(reason)
    }

    /// Whether its person is in their quiet hours.
    pub fn is_quiet(&self, now: Time) -> bool {
        self.choices.quiet.around(now, self.zone).is_some()
    }

    /// Why it is held back in quiet hours.
    pub(super) fn quiet(&self) -> Why {
        let quiet = self.choices.quiet;
        Why::Quiet { from: quiet.from, to: quiet.to, summary: quiet.summary }
    }

    /// Seconds since the last input; nothing before the first.
    fn idle(&self, now: Time) -> Option<u32> {
        let idle = now - self.attention.input_at?;
        // A clock set back would make everybody active.
        Some(u32::try_from(idle.num_seconds()).unwrap_or(u32::MAX))
    }

    /// Since when they have touched nothing, if they are reading this ticket.
    fn reads(&self, ticket: Uuid, now: Time) -> Option<u32> {
        let here = self.attention.focused && self.attention.looking_at == Some(ticket);
        self.idle(now).filter(|idle| here && i64::from(*idle) < READING.num_seconds())
    }

    fn others_on(&self, now: Time) -> usize {
        self.others.iter().filter(|(_, duty)| duty.is_on(now)).count()
    }

    /// What an answer about this ticket is made from.
    pub fn inputs(&self, ticket: Uuid, came: Came, now: Time) -> AlertInputs {
        AlertInputs {
            focused: self.attention.focused,
            on_screen: self.attention.looking_at == Some(ticket),
            idle: self.idle(now),
            on_duty: self.duty.is_on(now),
            others_on_duty: u32::try_from(self.others_on(now)).unwrap_or(u32::MAX),
            live: came == Came::Live,
            quiet: self.is_quiet(now),
        }
    }

    /// Whether its person is called for this reason about this ticket, in this round of what rings: why, or why not.
    ///
    /// # Errors
    /// Why it is held back.
    pub fn calls(&self, reason: Reason, ticket: Uuid, round: u32, now: Time) -> Result<Why, Why> {
        if !self.rule(reason).on {
            return Err(Why::SwitchedOff);
        }
        let called = self.on_call(reason, round, now)?;
        if self.is_quiet(now) && !(reason.is_urgent() && self.choices.quiet.urgent_passes) {
            return Err(self.quiet());
        }
        // Asked last: whoever is to be left in peace is, also from what stands on the screen while they read.
        self.reads(ticket, now).map_or(Ok(called), |idle| Err(Why::Reading { idle }))
    }

    /// The same by duty alone.
    fn on_call(&self, reason: Reason, round: u32, now: Time) -> Result<Why, Why> {
        if self.duty.is_on(now) {
            return Ok(match reason {
                Reason::HeldReply | Reason::LaterHeld => Why::ThreadMoved,
                Reason::SnoozeDue => Why::PutOff,
                Reason::Mentioned => Why::Called,
                _ if reason.is_own() => Why::Yours,
                _ => Why::OnDuty,
            });
        }
        let paused = self.duty.paused_until(now);
        if reason.is_urgent() && round > RingView::ROUNDS && self.role == Role::Admin {
            return Ok(Why::AdminsToo);
        }
        // One's own words wait for nobody else, whoever is on duty.
        if matches!(reason, Reason::HeldReply | Reason::LaterHeld) && paused.is_none() {
            return Ok(Why::ThreadMoved);
        }
        // Only what is urgent breaks a pause that its person asked for.
        if self.others_on(now) == 0 && (paused.is_none() || reason.is_urgent()) {
            return Ok(Why::NobodyOnDuty);
        }
        Err(paused.map_or(Why::OffDuty, |until| Why::Paused { until }))
    }
}

/// What a change calls for, whoever's desk this is on duty or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is urgent and nobody has it: it rings.
    Ring(Reason),
    /// One alert.
    Alert(Reason, Option<Why>),
    /// An alert that comes too late.
    Late(Reason, Why),
    /// Nothing that was said about this ticket is news any more: neither that it is urgent nor what was written.
    Over(Why),
    /// It rings no more.
    Calm(Why),
    /// What was written up to this event is read.
    Read(i64, Why),
    /// Nothing.
    Quiet,
}

/// What one change calls for. The head in `change` is the ticket as it is now, which may be later than the event.
pub fn verdict(change: &TicketChange, came: Came, world: &World, now: Time) -> Verdict {
    let (ticket, event) = (&change.ticket, &change.event);
    let own = event.actor.as_ref().is_some_and(|actor| actor.id == world.me.id);
    let name = || event.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default();
    let is_untaken = ticket.status.is_active() && ticket.priority == Priority::Urgent && ticket.assigned_to.is_none();
    let fresh = |reason| {
        if came == Came::First {
            Verdict::Quiet
        } else if came == Came::Late && now - event.created_at > FRESH {
            let minutes = u32::try_from((now - event.created_at).num_minutes()).unwrap_or(u32::MAX);
            Verdict::Late(reason, Why::Late { minutes })
        } else {
            Verdict::Alert(reason, None)
        }
    };
    let news = |reason| if own || !ticket.status.is_active() { Verdict::Quiet } else { fresh(reason) };
    match &event.body {
        EventBody::Created { .. } if is_untaken => Verdict::Ring(Reason::NewUrgent),
        EventBody::Created { .. } if ticket.assigned_to.is_none() => news(Reason::MessageUnassigned),
        EventBody::Priority { from, to: Priority::Urgent } if *from != Priority::Urgent => {
            if is_untaken {
                Verdict::Ring(Reason::BecameUrgent)
            } else {
                became_urgent(change, world, now).map_or(Verdict::Quiet, |why| match news(Reason::BecameUrgent) {
                    Verdict::Alert(reason, _) => Verdict::Alert(reason, Some(why)),
                    other => other,
                })
            }
        }
        EventBody::Priority { to, .. } if *to != Priority::Urgent => Verdict::Calm(Why::Calmed),
        EventBody::Assigned { to: Some(to), .. } if to.id == world.me.id && ticket.assigned_to == Some(to.id) => {
            news(Reason::AssignedToMe)
        }
        EventBody::Assigned { to: None, .. } if is_untaken => Verdict::Ring(Reason::LetGo),
        // Who is called by name is asked something, whatever the ticket's status.
        EventBody::Note { mentions, .. } if !own && mentions.iter().any(|person| person.id == world.me.id) => {
            fresh(Reason::Mentioned)
        }
        // What one wished oneself, and one's own words, are no news of others and are never too late.
        EventBody::Woken { person, why: Wake::Due } if person.id == world.me.id => {
            if came == Came::First || !ticket.status.is_active() {
                Verdict::Quiet
            } else {
                Verdict::Alert(Reason::SnoozeDue, None)
            }
        }
        EventBody::HeldBack { author, .. } if author.id == world.me.id && came != Came::First => {
            Verdict::Alert(Reason::LaterHeld, None)
        }
        EventBody::Status { to, .. } if !to.is_active() => Verdict::Over(Why::Ended),
        EventBody::Status { from, .. } if !from.is_active() && is_untaken => Verdict::Ring(Reason::BecameUrgent),
        EventBody::Message { .. } if event.actor_type == SenderType::Customer => {
            if ticket.assigned_to == Some(world.me.id) {
                news(Reason::MessageMine)
            } else if ticket.assigned_to.is_none() {
                news(Reason::MessageUnassigned)
            } else {
                Verdict::Quiet
            }
        }
        EventBody::Message { .. } => Verdict::Read(event.n, Why::Answered { name: name() }),
        EventBody::Read { by: SenderType::Admin, up_to } => Verdict::Read(*up_to, Why::Read { name: name() }),
        _ => Verdict::Quiet,
    }
}

/// A ticket that somebody has became urgent: it concerns who has it, and everybody when they are not there.
fn became_urgent(change: &TicketChange, world: &World, now: Time) -> Option<Why> {
    let holder = change.ticket.assigned_to?;
    if change.ticket.priority != Priority::Urgent {
        return None;
    }
    if holder == world.me.id {
        return Some(Why::Yours);
    }
    let (holder, duty) = world.others.iter().find(|(other, _)| other.id == holder)?;
    (!duty.is_on(now)).then(|| Why::HolderOff { name: holder.name.clone() })
}
