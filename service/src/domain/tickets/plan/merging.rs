//! The plan of a merge: what it does to the ticket that goes in, and to the one that goes on.

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{EventBody, Merged, Status, TicketRef, Time};

use super::Plan;

impl Plan {
    /// It is closed and read with the other one from now on.
    pub(super) fn merge(&mut self, into: TicketRef, now: Time) {
        self.head.internal.merged = Some(Merged { into, was: self.head.status });
        self.push(EventBody::Merged { into }, 0);
        if self.head.status != Status::Closed {
            self.status(Status::Closed, Some(StatusReason::Merged), now);
        }
    }

    /// It stands where it stood.
    pub(super) fn unmerge(&mut self, now: Time) {
        let Some(Merged { into: from, was }) = self.head.internal.merged.take() else { return };
        self.push(EventBody::Unmerged { from }, 0);
        if self.head.status != was {
            self.status(was, Some(StatusReason::Unmerged), now);
        }
    }

    /// The other one goes in, with those that went into it before.
    pub(super) fn absorb(&mut self, ticket: TicketRef, parts: &[TicketRef]) {
        self.head.internal.absorb(ticket, parts);
        self.push(EventBody::Absorbed { ticket }, 0);
    }

    /// It goes its own way again, and they with it.
    pub(super) fn release(&mut self, ticket: TicketRef, parts: &[TicketRef]) {
        self.head.internal.release(ticket, parts);
        self.push(EventBody::Released { ticket }, 0);
    }
}
