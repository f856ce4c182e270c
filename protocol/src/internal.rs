//! Internal: what only staff know of a ticket, beside its notes. It travels with the head to every desk; no customer's door shows any of it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ticket::words;
use crate::{Merged, PersonRef, TicketNumber, Time};

/// What only staff know of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Internal {
    /// Who does not want to see it for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snoozes: Vec<Snooze>,
    /// Replies that are to be sent later, in the order of their times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Later>,
    /// What it is filed under, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Tickets that have to do with it; each of them names this one as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<TicketRef>,
    /// The ticket it went into, if it did: it is closed then, and read there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// Tickets that went into it and are read with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<TicketRef>,
}

impl Internal {
    /// Replies that may wait in a ticket.
    pub const LATER_MOST: usize = 20;
    /// Tags that a ticket may have.
    pub const TAGS_MOST: usize = 20;
    /// Tickets that one may be linked to.
    pub const LINKS_MOST: usize = 50;

    /// Whether there is nothing to tell.
    pub const fn is_empty(&self) -> bool {
        self.snoozes.is_empty()
            && self.later.is_empty()
            && self.tags.is_empty()
            && self.links.is_empty()
            && self.merged.is_none()
            && self.parts.is_empty()
    }

    /// For how long a person does not want to see it.
    pub fn snooze_of(&self, person: Uuid) -> Option<&Snooze> {
        self.snoozes.iter().find(|snooze| snooze.person.id == person)
    }

    /// A reply that waits.
    pub fn later(&self, id: Uuid) -> Option<&Later> {
        self.later.iter().find(|later| later.id == id)
    }

    /// When the next of it is due.
    pub fn due_at(&self) -> Option<Time> {
        let snoozes = self.snoozes.iter().filter_map(|snooze| snooze.until);
        let later = self.later.iter().filter(|later| later.held.is_none()).map(|later| later.at);
        snoozes.chain(later).min()
    }

    /// Puts a person's snooze in the place of the one before.
    pub fn snooze(&mut self, person: PersonRef, until: Option<Time>) {
        self.wake(person.id);
        self.snoozes.push(Snooze { person, until });
    }

    /// Ends a person's snooze, and answers whether there was one.
    pub fn wake(&mut self, person: Uuid) -> bool {
        let before = self.snoozes.len();
        self.snoozes.retain(|snooze| snooze.person.id != person);
        self.snoozes.len() < before
    }

    /// Adds a reply that is to be sent later.
    pub fn send_later(&mut self, later: Later) {
        self.later.push(later);
        self.later.sort_by_key(|later| later.at);
    }

    /// Takes such a reply out.
    pub fn take_later(&mut self, id: Uuid) -> Option<Later> {
        let at = self.later.iter().position(|later| later.id == id)?;
        Some(self.later.remove(at))
    }

    /// Whether it is filed under this.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|it| it == tag)
    }

    /// Files it under a tag, or takes the tag off.
    pub fn tag(&mut self, tag: &str, on: bool) {
        self.tags.retain(|it| on || it != tag);
        if on && !self.has_tag(tag) {
            self.tags.push(tag.to_owned());
        }
    }

    /// Whether it names this ticket as one that has to do with it.
    pub fn is_linked(&self, ticket: Uuid) -> bool {
        self.links.iter().any(|it| it.id == ticket)
    }

    /// Names a ticket that has to do with it, or no longer does.
    pub fn link(&mut self, ticket: TicketRef, on: bool) {
        self.links.retain(|it| on || it.id != ticket.id);
        if on && !self.is_linked(ticket.id) {
            self.links.push(ticket);
        }
    }
}

/// Another ticket, as it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRef {
    /// Which.
    pub id: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
}

/// Somebody does not want to see the ticket for a while. A message of the customer ends it in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Who.
    pub person: PersonRef,
    /// Till then; nothing means until the customer writes.
    pub until: Option<Time>,
}

/// A reply that is to be sent later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// Made by its author; the message's id once it is sent.
    pub id: Uuid,
    /// Who wrote it.
    pub author: PersonRef,
    /// The text.
    pub message: String,
    /// When it is to be sent.
    pub at: Time,
    /// Why it is not, until its author has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Hold>,
}

words! {
    /// Why a reply that was to be sent later is not.
    Hold {
        /// The customer wrote first.
        CustomerWrote = "customer_wrote",
        /// A colleague answered first.
        ColleagueWrote = "colleague_wrote",
        /// Its author may not come in any more.
        AuthorLeft = "author_left",
    }
}

words! {
    /// Why a snooze ended.
    Wake {
        /// Its time came.
        Due = "due",
        /// The customer wrote.
        Replied = "replied",
        /// Its person ended it.
        Asked = "asked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Time {
        Time::UNIX_EPOCH + chrono::TimeDelta::hours(hour)
    }

    fn person(n: u128) -> PersonRef {
        PersonRef { id: Uuid::from_u128(n), name: n.to_string() }
    }

    #[test]
    fn the_next_that_is_due_is_neither_held_nor_without_an_end() {
        let mut internal = Internal::default();
        assert_eq!((internal.due_at(), internal.is_empty()), (None, true));
        internal.snooze(person(1), None);
        internal.snooze(person(2), Some(at(9)));
        let later = |n, hour, held| Later {
            id: Uuid::from_u128(n),
            author: person(1),
            message: "a".into(),
            at: at(hour),
            held,
        };
        internal.send_later(later(1, 12, None));
        internal.send_later(later(2, 3, Some(Hold::CustomerWrote)));
        assert_eq!(internal.due_at(), Some(at(9)));
        assert!(internal.wake(person(2).id) && !internal.wake(person(2).id));
        assert_eq!(internal.due_at(), Some(at(12)));
        assert_eq!(internal.later[0].id, Uuid::from_u128(2));
        internal.snooze(person(1), Some(at(1)));
        assert_eq!(internal.snoozes.len(), 1);
    }

    #[test]
    fn what_is_there_once_is_there_once() {
        let mut internal = Internal::default();
        let other = TicketRef { id: Uuid::from_u128(9), number: TicketNumber(9) };
        for on in [true, true] {
            internal.tag("vip", on);
            internal.link(other, on);
        }
        internal.tag("akad", false);
        assert_eq!((internal.tags.as_slice(), internal.links.as_slice()), (&["vip".to_owned()][..], &[other][..]));
        internal.tag("vip", false);
        internal.link(other, false);
        assert!(internal.is_empty());
    }
}
