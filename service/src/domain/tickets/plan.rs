//! The plan: from a ticket as it stands and what somebody wants to the ticket as it will be and the events that say so. Pure.

/// What merging does to either ticket.
mod merging;

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::internal::{Hold, Later, Wake};
use gemilang_protocol::{
    Category, EventBody, Internal, Merged, PersonRef, Priority, SenderType, Status, TicketRef, Time, ticket::Excerpt,
};
use uuid::Uuid;

use super::due::is_due;
use crate::domain::Actor;

/// A ticket's head, with the columns that a change may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which ticket.
    pub id: Uuid,
    /// Its latest event.
    pub n: i64,
    /// What it is called.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Who filed it.
    pub customer_id: Uuid,
    /// Who has it.
    pub assigned_to: Option<PersonRef>,
    /// The order it is about, with its number.
    pub order: Option<(Uuid, String)>,
    /// The customer's messages that staff have not read.
    pub unread_staff: i32,
    /// The staff's messages that the customer has not read.
    pub unread_customer: i32,
    /// The latest public message, cut.
    pub last_message_text: String,
    /// Which side wrote it.
    pub last_message_sender_type: SenderType,
    /// Who wrote it.
    pub last_message_sender_id: Option<Uuid>,
    /// When.
    pub last_message_at: Time,
    /// When staff first answered.
    pub first_responded_at: Option<Time>,
    /// When it was resolved.
    pub resolved_at: Option<Time>,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// What only staff know of it.
    pub internal: Internal,
}

/// What somebody wants of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Write a public message.
    Message {
        /// Its id, made by its author.
        id: Uuid,
        /// Checked text.
        text: String,
    },
    /// Write an internal note.
    Note {
        /// Its id, made by its author.
        id: Uuid,
        /// Checked text.
        text: String,
        /// The colleagues it calls by name.
        mentions: Vec<PersonRef>,
    },
    /// Give it to somebody, or let it go.
    Assign {
        /// Who shall have it.
        to: Option<PersonRef>,
    },
    /// Change where it stands.
    Status {
        /// Where it shall stand.
        to: Status,
        /// Why, when nobody chose it.
        reason: Option<StatusReason>,
    },
    /// Change what it is: only what is given.
    Edit(Edit),
    /// Say that somebody else may see it.
    Share {
        /// Who.
        with: PersonRef,
    },
    /// Say that somebody may see it no more.
    Unshare {
        /// Who.
        with: PersonRef,
    },
    /// Erase its words. A ticket without words is closed.
    Erase {
        /// Whose messages; nothing means all that was said.
        whose: Option<Uuid>,
    },
    /// Do not show it to its actor for a while.
    Snooze {
        /// Till then; nothing means until the customer writes.
        until: Option<Time>,
    },
    /// Show it to its actor again.
    Wake,
    /// The same, because the time has come; nothing if it has not.
    WakeDue,
    /// Send a reply later.
    SendLater {
        /// Made by its author; the message's id once it is sent.
        id: Uuid,
        /// Checked text.
        text: String,
        /// When.
        at: Time,
    },
    /// Do not send it.
    CallOff {
        /// Which.
        id: Uuid,
    },
    /// Send it now, because somebody decided so; it is theirs then.
    SendNow {
        /// Which.
        id: Uuid,
    },
    /// Send it now, because the time has come; nothing if it has not, or if it waits for a decision.
    SendDue {
        /// Which.
        id: Uuid,
    },
    /// Do not send it before its author has decided.
    HoldBack {
        /// Which.
        id: Uuid,
        /// Why.
        why: Hold,
    },
    /// File it under a tag, or take the tag off.
    Tag {
        /// Checked.
        tag: String,
        /// Whether it is put on.
        on: bool,
    },
    /// Name another ticket that has to do with it, or no longer does.
    Link {
        /// The other one.
        to: TicketRef,
        /// Whether it has.
        on: bool,
    },
    /// Say that a message was copied into a ticket of its own.
    Split {
        /// Which message.
        message: Uuid,
        /// The ticket that begins with it.
        to: TicketRef,
    },
    /// Say that it begins with a copy of another ticket's message.
    SplitFrom {
        /// That other ticket.
        ticket: TicketRef,
    },
    /// Go into another ticket.
    Merge {
        /// The one that goes on.
        into: TicketRef,
    },
    /// Go its own way again.
    Unmerge {
        /// The one it had gone into.
        from: TicketRef,
    },
    /// Be read with another ticket, which goes in.
    Absorb {
        /// The one that goes in.
        ticket: TicketRef,
        /// What had gone into that before.
        parts: Vec<TicketRef>,
    },
    /// Be read without it again.
    Release {
        /// The one that goes its own way.
        ticket: TicketRef,
        /// What goes with it.
        parts: Vec<TicketRef>,
    },
    /// Nothing, because it is so already: an event that nobody is shown, which is the op's answer.
    AsIs,
    /// Nothing, under the id of an op that shall never land.
    Void,
}

/// What shall be different about a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Another subject, checked.
    pub subject: Option<String>,
    /// Another category.
    pub category: Option<Category>,
    /// Another priority.
    pub priority: Option<Priority>,
    /// Another order (`Some(None)`: none any more).
    pub order: Option<Option<(Uuid, String)>>,
}

/// An event to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// What changed.
    pub body: EventBody,
    /// How much it changes the count of urgent work.
    pub urgent: i16,
}

/// The ticket as it will be, and the events that say so, the op's own first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The head afterwards; its `n` is still that of before.
    pub head: Head,
    /// The events, numbered from `n` + 1.
    pub events: Vec<NewEvent>,
    /// The message that the first event carries.
    pub message: Option<(Uuid, String)>,
    /// The note that the first event carries.
    pub note: Option<(Uuid, String)>,
}

impl Plan {
    /// Works out what an intent leads to.
    pub fn new(head: &Head, actor: &Actor, intent: &Intent, now: Time) -> Self {
        let mut plan = Self { head: head.clone(), events: Vec::new(), message: None, note: None };
        match intent {
            Intent::Message { id, text } => plan.message(actor, *id, text, now),
            Intent::Note { id, text, mentions } => {
                plan.note = Some((*id, text.clone()));
                plan.push(EventBody::Note { note: *id, mentions: mentions.clone() }, 0);
            }
            Intent::Tag { tag, on } => {
                let from = head.internal.tags.clone();
                plan.head.internal.tag(tag, *on);
                plan.push(EventBody::Tags { from, to: plan.head.internal.tags.clone() }, 0);
            }
            Intent::Link { to, on } => {
                let from = head.internal.links.clone();
                plan.head.internal.link(*to, *on);
                plan.push(EventBody::Links { from, to: plan.head.internal.links.clone() }, 0);
            }
            Intent::Assign { to } => {
                let from = std::mem::replace(&mut plan.head.assigned_to, to.clone());
                plan.push(EventBody::Assigned { from, to: to.clone() }, 0);
            }
            Intent::Status { to, reason } => plan.status(*to, *reason, now),
            Intent::Edit(edit) => plan.edit(edit),
            Intent::Share { with } => plan.push(EventBody::Shared { with: with.clone() }, 0),
            Intent::Unshare { with } => plan.push(EventBody::Unshared { with: with.clone() }, 0),
            Intent::Erase { whose } => plan.erase(*whose, now),
            Intent::Snooze { until } => {
                plan.head.internal.snooze(actor.person.clone(), *until);
                plan.push(EventBody::Snoozed { until: *until }, 0);
            }
            Intent::Wake => plan.wake(&actor.person, Wake::Asked),
            Intent::WakeDue => {
                let until = head.internal.snooze_of(actor.person.id).and_then(|snooze| snooze.until);
                if until.is_some_and(|until| until <= now) {
                    plan.wake(&actor.person, Wake::Due);
                }
            }
            Intent::SendLater { id, text, at } => {
                let author = actor.person.clone();
                plan.head.internal.send_later(Later { id: *id, author, message: text.clone(), at: *at, held: None });
                plan.push(EventBody::SendLater { id: *id, at: *at }, 0);
            }
            Intent::CallOff { id } => {
                plan.head.internal.take_later(*id);
                plan.push(EventBody::CalledOff { id: *id }, 0);
            }
            Intent::SendNow { id } => {
                if let Some(later) = plan.head.internal.take_later(*id) {
                    plan.message(actor, *id, &later.message, now);
                }
            }
            Intent::SendDue { id } => {
                if head.internal.later(*id).is_some_and(|later| is_due(later, now))
                    && let Some(later) = plan.head.internal.take_later(*id)
                {
                    plan.message(actor, *id, &later.message, now);
                }
            }
            Intent::HoldBack { id, why } => plan.hold_back(*why, |later| later.id == *id),
            Intent::Split { message, to } => plan.push(EventBody::Split { message: *message, to: *to }, 0),
            Intent::SplitFrom { ticket } => plan.push(EventBody::SplitFrom { ticket: *ticket }, 0),
            Intent::Merge { into } => plan.merge(*into, now),
            Intent::Unmerge { .. } => plan.unmerge(now),
            Intent::Absorb { ticket, parts } => plan.absorb(*ticket, parts),
            Intent::Release { ticket, parts } => plan.release(*ticket, parts),
            Intent::AsIs => plan.status(head.status, None, now),
            Intent::Void => plan.push(EventBody::Voided {}, 0),
        }
        plan
    }

    fn message(&mut self, actor: &Actor, id: Uuid, text: &str, now: Time) {
        self.message = Some((id, text.to_owned()));
        self.push(EventBody::Message { message: id }, 0);
        self.head.last_message_text = Excerpt::cut(text);
        self.head.last_message_sender_type = actor.side;
        self.head.last_message_sender_id = Some(actor.person.id);
        self.head.last_message_at = now;
        // Whatever was to be said later was written without having seen this.
        let (me, by_customer) = (actor.person.id, actor.side == SenderType::Customer);
        let why = if by_customer { Hold::CustomerWrote } else { Hold::ColleagueWrote };
        self.hold_back(why, |later| by_customer || later.author.id != me);
        if by_customer {
            for snooze in self.head.internal.snoozes.clone() {
                self.wake(&snooze.person, Wake::Replied);
            }
            self.head.unread_staff += 1;
            if matches!(self.head.status, Status::WaitingCustomer | Status::Resolved) {
                let to = if self.head.assigned_to.is_some() { Status::InProgress } else { Status::Open };
                self.status(to, Some(StatusReason::CustomerReplied), now);
            }
        } else {
            self.head.unread_customer += 1;
            if self.head.first_responded_at.is_none() {
                self.head.first_responded_at = Some(now);
                if self.head.status == Status::Open {
                    self.status(Status::InProgress, Some(StatusReason::FirstReply), now);
                }
            }
        }
    }

    /// Shows it to somebody again. Who has not put it off is told so by an event as well: it may be an op's answer.
    fn wake(&mut self, person: &PersonRef, why: Wake) {
        self.head.internal.wake(person.id);
        self.push(EventBody::Woken { person: person.clone(), why }, 0);
    }

    /// Replies that were to be sent later wait for their authors.
    fn hold_back(&mut self, why: Hold, which: impl Fn(&Later) -> bool) {
        let mut held = Vec::new();
        for later in self.head.internal.later.iter_mut().filter(|later| later.held.is_none() && which(later)) {
            later.held = Some(why);
            held.push(EventBody::HeldBack { id: later.id, author: later.author.clone(), why });
        }
        held.into_iter().for_each(|event| self.push(event, 0));
    }

    fn status(&mut self, to: Status, reason: Option<StatusReason>, now: Time) {
        let from = self.head.status;
        let before = self.urgent();
        self.head.status = to;
        if from != to {
            self.head.resolved_at = (to == Status::Resolved).then_some(now);
            self.head.closed_at = (to == Status::Closed).then_some(now);
        }
        let after = self.urgent();
        self.push(EventBody::Status { from, to, reason }, after - before);
    }

    fn erase(&mut self, whose: Option<Uuid>, now: Time) {
        self.push(EventBody::Erased { whose }, 0);
        if whose.is_none() || whose == self.head.last_message_sender_id {
            self.head.last_message_text.clear();
        }
        if whose.is_none() {
            // Which tickets are read together is no word of anybody's.
            let Internal { merged, parts, .. } = std::mem::take(&mut self.head.internal);
            self.head.internal.merged = merged.map(|merged| Merged { was: Status::Closed, ..merged });
            self.head.internal.parts = parts;
            self.head.subject.clear();
            if self.head.status != Status::Closed {
                self.status(Status::Closed, None, now);
            }
        }
    }

    fn edit(&mut self, edit: &Edit) {
        if let Some(to) = &edit.subject {
            let from = std::mem::replace(&mut self.head.subject, to.clone());
            self.push(EventBody::Subject { from, to: to.clone() }, 0);
        }
        if let Some(to) = edit.category {
            let from = std::mem::replace(&mut self.head.category, to);
            self.push(EventBody::Category { from, to }, 0);
        }
        if let Some(to) = edit.priority {
            let before = self.urgent();
            let from = std::mem::replace(&mut self.head.priority, to);
            let after = self.urgent();
            self.push(EventBody::Priority { from, to }, after - before);
        }
        if let Some(to) = &edit.order {
            let from = std::mem::replace(&mut self.head.order, to.clone());
            let number = |order: &Option<(Uuid, String)>| order.as_ref().map(|(_, number)| number.clone());
            self.push(EventBody::Order { from: number(&from), to: number(to) }, 0);
        }
        // What is so already is told only where nothing else is: it may be an op's answer.
        if self.events.iter().any(|event| !event.body.is_silent()) {
            self.events.retain(|event| !event.body.is_silent());
        }
    }

    /// 1 while the ticket counts as urgent work.
    fn urgent(&self) -> i16 {
        i16::from(self.head.priority == Priority::Urgent && self.head.status.is_active())
    }

    fn push(&mut self, body: EventBody, urgent: i16) {
        self.events.push(NewEvent { body, urgent });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Time {
        "2026-11-22T09:00:00Z".parse().unwrap()
    }

    fn head(status: Status) -> Head {
        Head {
            id: Uuid::nil(),
            n: 4,
            subject: "Jadwal rias".to_owned(),
            category: Category::Schedule,
            priority: Priority::Urgent,
            status,
            customer_id: Uuid::nil(),
            assigned_to: None,
            order: None,
            unread_staff: 0,
            unread_customer: 0,
            last_message_text: String::new(),
            last_message_sender_type: SenderType::Customer,
            last_message_sender_id: None,
            last_message_at: now(),
            first_responded_at: None,
            resolved_at: (status == Status::Resolved).then(now),
            closed_at: (status == Status::Closed).then(now),
            internal: Internal::default(),
        }
    }

    fn actor(side: SenderType) -> Actor {
        Actor { person: PersonRef { id: Uuid::from_u128(7), name: "Sari".to_owned() }, side }
    }

    fn message() -> Intent {
        Intent::Message { id: Uuid::from_u128(1), text: "Baik, Kak".to_owned() }
    }

    #[test]
    fn the_first_staff_reply_takes_an_open_ticket_into_progress() {
        let plan = Plan::new(&head(Status::Open), &actor(SenderType::Admin), &message(), now());
        assert_eq!(plan.head.status, Status::InProgress);
        assert_eq!(plan.head.first_responded_at, Some(now()));
        assert_eq!(plan.head.unread_customer, 1);
        assert_eq!(plan.events.len(), 2);
        let again = Plan::new(&plan.head, &actor(SenderType::Admin), &message(), now());
        assert_eq!(again.events.len(), 1);
    }

    #[test]
    fn a_customers_message_reopens_what_was_resolved() {
        for (assigned, status) in [(None, Status::Open), (Some(actor(SenderType::Admin).person), Status::InProgress)] {
            let mut before = head(Status::Resolved);
            before.assigned_to = assigned;
            let plan = Plan::new(&before, &actor(SenderType::Customer), &message(), now());
            assert_eq!(plan.head.status, status);
            assert_eq!(plan.head.resolved_at, None);
            assert_eq!(plan.events[1].urgent, 1, "it is urgent work again");
            assert_eq!(plan.head.unread_staff, 1);
        }
    }

    #[test]
    fn leaving_a_status_clears_its_time_and_staying_keeps_it() {
        let close = Intent::Status { to: Status::Closed, reason: None };
        let plan = Plan::new(&head(Status::Resolved), &actor(SenderType::Admin), &close, now());
        assert_eq!((plan.head.resolved_at, plan.head.closed_at), (None, Some(now())));
        let later = now() + chrono::TimeDelta::hours(1);
        let again = Plan::new(&plan.head, &actor(SenderType::Admin), &close, later);
        assert_eq!(again.head.closed_at, Some(now()));
        assert!(again.events[0].body.is_silent());
    }

    #[test]
    fn urgent_counts_follow_priority_and_status_together() {
        let edit = |priority| Intent::Edit(Edit { priority: Some(priority), ..Edit::default() });
        let staff = actor(SenderType::Admin);
        let plan = Plan::new(&head(Status::Open), &staff, &edit(Priority::Low), now());
        assert_eq!(plan.events[0].urgent, -1);
        let plan = Plan::new(&head(Status::Closed), &staff, &edit(Priority::Low), now());
        assert_eq!(plan.events[0].urgent, 0);
        let close = Intent::Status { to: Status::Closed, reason: None };
        assert_eq!(Plan::new(&head(Status::Open), &staff, &close, now()).events[0].urgent, -1);
    }

    #[test]
    fn an_edit_writes_one_event_for_each_thing_that_differs() {
        let edit = Intent::Edit(Edit {
            subject: Some("Jadwal rias".to_owned()),
            category: Some(Category::Vendor),
            order: Some(Some((Uuid::nil(), "GO-1".to_owned()))),
            ..Edit::default()
        });
        let plan = Plan::new(&head(Status::Open), &actor(SenderType::Admin), &edit, now());
        let kinds: Vec<_> = plan.events.iter().map(|event| event.body.kind()).collect();
        assert_eq!(kinds, ["category", "order"]);
    }

    #[test]
    fn who_writes_first_holds_back_what_was_to_be_said_later_and_a_customer_wakes_all() {
        let (me, colleague) = (
            actor(SenderType::Admin),
            Actor { person: PersonRef { id: Uuid::from_u128(8), name: "Bagas".to_owned() }, side: SenderType::Admin },
        );
        let later = Intent::SendLater { id: Uuid::from_u128(3), text: "Besok, Kak".to_owned(), at: now() };
        let mut plan = Plan::new(&head(Status::InProgress), &me, &later, now());
        plan = Plan::new(&plan.head, &me, &Intent::Snooze { until: None }, now());
        let kinds = |plan: &Plan| plan.events.iter().map(|event| event.body.kind()).collect::<Vec<_>>();
        assert_eq!(plan.head.internal.due_at(), Some(now()));
        assert_eq!(
            kinds(&Plan::new(&plan.head, &me, &message(), now())),
            ["message"],
            "one's own words are no news to oneself"
        );
        assert_eq!(kinds(&Plan::new(&plan.head, &colleague, &message(), now())), ["message", "held_back"]);
        let customer = Plan::new(&plan.head, &actor(SenderType::Customer), &message(), now());
        assert_eq!(kinds(&customer), ["message", "held_back", "woken"]);
        assert_eq!((customer.head.internal.due_at(), customer.head.internal.snoozes.len()), (None, 0));
        let send = Intent::SendDue { id: Uuid::from_u128(3) };
        assert_eq!(kinds(&Plan::new(&customer.head, &me, &send, now())), [""; 0], "it waits for its author");
        let sent = Plan::new(&plan.head, &me, &send, now());
        assert_eq!((kinds(&sent), sent.head.internal.later.len()), (vec!["message"], 0));
        let early = now() - chrono::TimeDelta::seconds(1);
        assert_eq!(kinds(&Plan::new(&plan.head, &me, &send, early)), [""; 0]);
    }
}
