//! The team as the service told of it last, and what may be done with each of it. All of it is the service's; nothing is kept here.

use std::rc::Rc;

use gemilang_protocol::desk::commands::{CommandCode, CommandError};
use gemilang_protocol::team::{self, Member, MemberChange, Released};
use gemilang_protocol::{Code, Duty, Time};
use uuid::Uuid;

/// What is known of the team.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    /// Everybody, once the service has said so.
    pub told: Option<Rc<team::Team>>,
    /// Why the service did not say or do the last thing.
    pub fault: Option<CommandError>,
    /// Whether something is on its way.
    pub busy: bool,
    /// Whose tickets went back to nobody just now, and which.
    pub released: Option<(String, Rc<Vec<Released>>)>,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The service was asked.
    Asked,
    /// It answered, or did not.
    Told(Result<Rc<team::Team>, CommandError>),
    /// Somebody's tickets are nobody's now; with their name.
    Released(String, Rc<Vec<Released>>),
    /// The list of them was read.
    Seen,
}

impl Team {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Asked => self.busy = true,
            Action::Told(Ok(told)) => {
                *self = Self { told: Some(told), released: self.released.take(), ..Self::default() }
            }
            // What was known before still helps.
            Action::Told(Err(fault)) => (self.busy, self.fault) = (false, Some(fault)),
            Action::Released(name, tickets) => self.released = (!tickets.is_empty()).then_some((name, tickets)),
            Action::Seen => self.released = None,
        }
    }

    /// How many may come in, and how many of them are on duty.
    pub fn counts(&self, now: Time) -> (usize, usize) {
        let active = || self.told.iter().flat_map(|it| &it.people).filter(|it| it.person.active);
        (active().count(), active().filter(|it| it.person.duty.is_on(now)).count())
    }
}

/// What can be done with somebody, from their menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// See their tickets.
    Tickets,
    /// Set them off duty.
    OffDuty,
    /// End all their sessions.
    EndSessions,
    /// Shut them out.
    Deactivate,
    /// Let them in again.
    Activate,
}

impl Deed {
    /// What may be done with a member, by whoever is `me`: nobody shuts themselves out.
    pub fn of(member: &Member, me: Option<Uuid>) -> Vec<Self> {
        let (is_me, active) = (Some(member.person.id) == me, member.person.active);
        let mut deeds = Vec::new();
        if member.tickets > 0 {
            deeds.push(Self::Tickets);
        }
        if active && member.person.duty != Duty::Off {
            deeds.push(Self::OffDuty);
        }
        if !is_me && member.sessions > 0 {
            deeds.push(Self::EndSessions);
        }
        if !is_me {
            deeds.push(if active { Self::Deactivate } else { Self::Activate });
        }
        deeds
    }

    /// The change it asks of the service, if it is one.
    pub fn change(self) -> Option<MemberChange> {
        match self {
            Self::OffDuty => Some(MemberChange { duty: Some(Duty::Off), ..MemberChange::default() }),
            Self::Deactivate => Some(MemberChange { active: Some(false), ..MemberChange::default() }),
            Self::Activate => Some(MemberChange { active: Some(true), ..MemberChange::default() }),
            Self::Tickets | Self::EndSessions => None,
        }
    }
}

/// The key of the sentence about why somebody was not asked to join, if it belongs beside the address.
pub fn invite_fault(error: &CommandError) -> Option<&'static str> {
    match (error.code, error.field.as_deref()) {
        (CommandCode::Refused(Code::Validation), Some("email")) => Some("desk-team-email-taken"),
        _ => None,
    }
}

/// Whole days until an invitation ends; none when it has.
pub fn days_left(expires_at: Time, now: Time) -> Option<i64> {
    let left = expires_at - now;
    (left.num_seconds() > 0).then(|| left.num_seconds().div_euclid(86_400) + i64::from(left.num_seconds() % 86_400 > 0))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, time};
    use super::*;
    use gemilang_protocol::{Person, Role, TicketNumber, Zone};

    fn member(n: u8) -> Member {
        let person = Person {
            id: id(n),
            name: format!("Orang {n}"),
            email: format!("{n}@contoh.id"),
            phone: None,
            role: Role::Agent,
            language: "id".into(),
            zone: Zone::Wib,
            active: true,
            duty: Duty::On,
            alerts: None,
            created_at: time("2026-11-01T00:00:00Z"),
        };
        Member { person, last_seen_at: None, sessions: 1, tickets: 2 }
    }

    #[test]
    fn nobody_shuts_themselves_out() {
        let me = Some(id(1));
        assert_eq!(Deed::of(&member(1), me), [Deed::Tickets, Deed::OffDuty]);
        let all = [Deed::Tickets, Deed::OffDuty, Deed::EndSessions, Deed::Deactivate];
        assert_eq!(Deed::of(&member(2), me), all);
        let mut gone = member(3);
        (gone.person.active, gone.person.duty, gone.sessions, gone.tickets) = (false, Duty::Off, 0, 0);
        assert_eq!(Deed::of(&gone, me), [Deed::Activate]);
        assert_eq!(Deed::Deactivate.change().unwrap().active, Some(false));
    }

    #[test]
    fn released_tickets_stay_on_screen_until_they_were_read() {
        let now = time("2026-11-30T07:00:00Z");
        let mut team = Team::default();
        team.apply(Action::Asked);
        let mut people = vec![member(1), member(2), member(3)];
        people[1].person.duty = Duty::Away { until: time("2026-11-30T08:00:00Z") };
        people[2].person.active = false;
        let told = Rc::new(team::Team { people, invitations: Vec::new() });
        let ticket = Released { id: id(9), number: TicketNumber(1042), subject: "Genset".into() };
        team.apply(Action::Released("Dimas".into(), Rc::new(vec![ticket])));
        team.apply(Action::Told(Ok(told)));
        assert_eq!((team.counts(now), team.busy, team.released.is_some()), ((2, 1), false, true));
        team.apply(Action::Seen);
        assert!(team.released.is_none());
        team.apply(Action::Released("Dimas".into(), Rc::default()));
        assert!(team.released.is_none(), "who had none leaves nothing to be read");
    }

    #[test]
    fn the_last_day_of_an_invitation_is_one() {
        let end = time("2026-11-30T07:00:00Z");
        let at = |text: &str| days_left(end, time(text));
        assert_eq!(at("2026-11-23T07:00:00Z"), Some(7));
        assert_eq!(at("2026-11-23T07:00:01Z"), Some(7));
        assert_eq!(at("2026-11-29T07:00:00Z"), Some(1));
        assert_eq!(at("2026-11-30T06:59:00Z"), Some(1));
        assert_eq!(at("2026-11-30T07:00:00Z"), None);
    }
}
