//! Decides whether an arrival rings: pure, so that every answer can be explained and tested. Showing is [`super::deliver`]'s.

use chrono::TimeDelta;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::{EventBody, Priority, Time};
use uuid::Uuid;

/// An urgent ticket found while catching up still rings when it is younger than this.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// How a change came to this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// As it happened.
    Live,
    /// While catching up on what was missed.
    Late,
    /// With the very first sync, when everything is new.
    First,
}

/// What its person is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Attention {
    /// Whether the window has the focus.
    pub(crate) focused: bool,
    /// The ticket on screen.
    pub(crate) looking_at: Option<Uuid>,
}

/// What to do about an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Ring, for this reason.
    Ring(Reason),
    /// Take back what rang for this ticket: somebody has it, or it is over.
    Withdraw,
    /// Nothing, and why.
    Quiet(Quiet),
}

/// Why an alert rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Filed as urgent.
    NewUrgent,
    /// Made urgent later.
    BecameUrgent,
}

/// Why nothing rings. Written to the log, so that "why did it not ring" has an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quiet {
    /// Not a change that ever rings.
    NotUrgent,
    /// Its person did it.
    Own,
    /// The first sync brings years of tickets.
    FirstSync,
    /// Resolved or closed already.
    Over,
    /// Somebody has it already.
    Taken,
    /// Not urgent any more.
    Calmed,
    /// It happened too long ago.
    Stale,
    /// It is on screen, and the window has the focus.
    Reading,
}

/// Decides about one change. The head in `change` is the ticket as it is now, which may be later than the event.
pub(crate) fn decide(change: &TicketChange, came: Came, me: Uuid, attention: Attention, now: Time) -> Decision {
    let ticket = &change.ticket;
    let reason = match &change.event.body {
        EventBody::Created { .. } if ticket.priority == Priority::Urgent => Reason::NewUrgent,
        EventBody::Priority { from, to: Priority::Urgent } if *from != Priority::Urgent => Reason::BecameUrgent,
        EventBody::Priority { .. } if ticket.priority != Priority::Urgent => return Decision::Withdraw,
        EventBody::Assigned { to: Some(_), .. } => return Decision::Withdraw,
        EventBody::Status { to, .. } if !to.is_active() => return Decision::Withdraw,
        _ => return Decision::Quiet(Quiet::NotUrgent),
    };
    let own = change.event.actor.as_ref().is_some_and(|actor| actor.id == me);
    let quiet = if came == Came::First {
        Some(Quiet::FirstSync)
    } else if own {
        Some(Quiet::Own)
    } else if !ticket.status.is_active() {
        Some(Quiet::Over)
    } else if ticket.priority != Priority::Urgent {
        Some(Quiet::Calmed)
    } else if reason == Reason::NewUrgent && ticket.assigned_to.is_some() {
        Some(Quiet::Taken)
    } else if came == Came::Late && now - change.event.created_at > FRESH {
        Some(Quiet::Stale)
    } else if attention.focused && attention.looking_at == Some(ticket.id) {
        Some(Quiet::Reading)
    } else {
        None
    };
    quiet.map_or(Decision::Ring(reason), Decision::Quiet)
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::ticket::Excerpt;
    use gemilang_protocol::{Category, Event, PersonRef, SenderType, Status, Ticket, TicketNumber};

    use super::*;

    const NOW: &str = "2026-11-22T07:00:00Z";

    fn now() -> Time {
        NOW.parse().unwrap_or_default()
    }

    fn person(id: u128) -> PersonRef {
        PersonRef { id: Uuid::from_u128(id), name: format!("Orang {id}") }
    }

    fn me() -> Uuid {
        Uuid::from_u128(1)
    }

    fn change(body: EventBody, actor: u128) -> TicketChange {
        TicketChange {
            ticket: Ticket {
                id: Uuid::from_u128(42),
                number: TicketNumber(1042),
                subject: "Tenda bocor".to_owned(),
                category: Category::Vendor,
                priority: Priority::Urgent,
                status: Status::Open,
                customer: person(9),
                assigned_to: None,
                order: None,
                unread: 1,
                created_at: now(),
                updated_at: now(),
                last_message_at: now(),
                first_responded_at: None,
                resolved_at: None,
                closed_at: None,
                n: 1,
                last_message: Excerpt {
                    text: "Tenda bocor".to_owned(),
                    sender_type: SenderType::Customer,
                    sender: Some(person(9)),
                },
                follows: None,
            },
            event: Event {
                n: 1,
                op_id: None,
                actor: Some(person(actor)),
                actor_type: SenderType::Customer,
                body,
                written_at: now(),
                created_at: now(),
            },
            message: None,
            note: None,
        }
    }

    fn created() -> TicketChange {
        change(EventBody::Created { message: Uuid::from_u128(7), follows: None }, 9)
    }

    fn raised(actor: u128) -> TicketChange {
        change(EventBody::Priority { from: Priority::Medium, to: Priority::Urgent }, actor)
    }

    fn live(change: &TicketChange) -> Decision {
        decide(change, Came::Live, me(), Attention::default(), now())
    }

    #[test]
    fn a_new_urgent_ticket_rings_and_one_that_becomes_urgent_too() {
        assert_eq!(live(&created()), Decision::Ring(Reason::NewUrgent));
        assert_eq!(live(&raised(2)), Decision::Ring(Reason::BecameUrgent));
        let mut held = raised(2);
        held.ticket.assigned_to = Some(Uuid::from_u128(3));
        assert_eq!(live(&held), Decision::Ring(Reason::BecameUrgent));
    }

    #[test]
    fn what_is_not_urgent_own_taken_or_over_is_quiet() {
        let mut calm = created();
        calm.ticket.priority = Priority::High;
        assert_eq!(live(&calm), Decision::Quiet(Quiet::NotUrgent));
        assert_eq!(live(&raised(1)), Decision::Quiet(Quiet::Own));
        let mut over = created();
        over.ticket.status = Status::Resolved;
        assert_eq!(live(&over), Decision::Quiet(Quiet::Over));
        let mut taken = created();
        taken.ticket.assigned_to = Some(Uuid::from_u128(3));
        assert_eq!(live(&taken), Decision::Quiet(Quiet::Taken));
        let mut calmed = raised(2);
        calmed.ticket.priority = Priority::Low;
        assert_eq!(live(&calmed), Decision::Quiet(Quiet::Calmed));
        let again = change(EventBody::Priority { from: Priority::Urgent, to: Priority::Urgent }, 2);
        assert_eq!(live(&again), Decision::Quiet(Quiet::NotUrgent));
    }

    #[test]
    fn what_was_missed_rings_while_it_is_fresh_and_the_first_sync_never() {
        let attention = Attention::default();
        let late = |minutes| {
            let later = now() + TimeDelta::minutes(minutes);
            decide(&created(), Came::Late, me(), attention, later)
        };
        assert_eq!(late(15), Decision::Ring(Reason::NewUrgent));
        assert_eq!(late(16), Decision::Quiet(Quiet::Stale));
        let day_later = now() + TimeDelta::days(1);
        assert_eq!(
            decide(&created(), Came::Live, me(), attention, day_later),
            Decision::Ring(Reason::NewUrgent),
            "a wrong clock must not silence what arrives live"
        );
        assert_eq!(decide(&created(), Came::First, me(), attention, now()), Decision::Quiet(Quiet::FirstSync));
    }

    #[test]
    fn only_a_focused_window_with_the_thread_on_screen_holds_back() {
        let with = |focused, looking_at| {
            let attention = Attention { focused, looking_at };
            decide(&raised(2), Came::Live, me(), attention, now())
        };
        let this = Some(Uuid::from_u128(42));
        assert_eq!(with(true, this), Decision::Quiet(Quiet::Reading));
        assert_eq!(with(false, this), Decision::Ring(Reason::BecameUrgent));
        assert_eq!(with(true, None), Decision::Ring(Reason::BecameUrgent));
        assert_eq!(with(true, Some(Uuid::from_u128(43))), Decision::Ring(Reason::BecameUrgent));
    }

    #[test]
    fn taking_ending_or_calming_a_ticket_withdraws() {
        let withdrawn = [
            change(EventBody::Assigned { from: None, to: Some(person(3)) }, 3),
            change(EventBody::Status { from: Status::Open, to: Status::Resolved, reason: None }, 3),
            change(EventBody::Status { from: Status::Open, to: Status::Closed, reason: None }, 9),
        ];
        for change in withdrawn {
            assert_eq!(live(&change), Decision::Withdraw);
        }
        let mut calmed = change(EventBody::Priority { from: Priority::Urgent, to: Priority::High }, 3);
        calmed.ticket.priority = Priority::High;
        assert_eq!(live(&calmed), Decision::Withdraw);
        let let_go = change(EventBody::Assigned { from: Some(person(3)), to: None }, 3);
        assert_eq!(live(&let_go), Decision::Quiet(Quiet::NotUrgent));
    }
}
