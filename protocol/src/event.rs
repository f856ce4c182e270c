//! Events: every change of a ticket, numbered 1, 2, 3… within it. Audit trail, timeline and sync feed are this one list.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::internal::{Hold, TicketRef, Wake};
use crate::{Category, PersonRef, Priority, SenderType, Status, TicketNumber, Time};

/// One change of one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place within the ticket, from 1 without gaps.
    pub n: i64,
    /// The op that asked for it, if a client did: asking again gets this event again.
    pub op_id: Option<Uuid>,
    /// Who did it; empty for the service itself.
    pub actor: Option<PersonRef>,
    /// Which side did it.
    pub actor_type: SenderType,
    /// What changed.
    #[serde(flatten)]
    pub body: EventBody,
    /// The author's clock; only shown.
    #[serde(serialize_with = "crate::time::write")]
    pub written_at: Time,
    /// The service's clock.
    #[serde(serialize_with = "crate::time::write")]
    pub created_at: Time,
}

/// What changed, from what, to what. `kind` and `data` on the wire and in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum EventBody {
    /// Filed. Carries the first message; always `n` = 1.
    Created {
        /// The first message's id.
        message: Uuid,
        /// The ticket it follows up, if any.
        follows: Option<TicketNumber>,
    },
    /// A public message.
    Message {
        /// The message's id.
        message: Uuid,
    },
    /// An internal note; never sent through a customer's door.
    Note {
        /// The note's id.
        note: Uuid,
        /// The colleagues it calls by their names.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<PersonRef>,
    },
    /// The status changed.
    Status {
        /// What it was.
        from: Status,
        /// What it is.
        to: Status,
        /// Why, when nobody chose it.
        reason: Option<StatusReason>,
    },
    /// Somebody took it, gave it or let it go.
    Assigned {
        /// Who had it.
        from: Option<PersonRef>,
        /// Who has it.
        to: Option<PersonRef>,
    },
    /// The priority changed.
    Priority {
        /// What it was.
        from: Priority,
        /// What it is.
        to: Priority,
    },
    /// The category changed.
    Category {
        /// What it was.
        from: Category,
        /// What it is.
        to: Category,
    },
    /// The subject changed.
    Subject {
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// It was moved to another order.
    Order {
        /// The order's number before.
        from: Option<String>,
        /// The order's number now.
        to: Option<String>,
    },
    /// One side read the other side's messages.
    Read {
        /// Who read: `customer` or `admin` (any staff).
        by: SenderType,
        /// Messages up to this `n` are read.
        up_to: i64,
    },
    /// Somebody else may see it now: its customer asked them to.
    Shared {
        /// Who.
        with: PersonRef,
    },
    /// Somebody may see it no more.
    Unshared {
        /// Who.
        with: PersonRef,
    },
    /// Its words were erased because their author asked for it. What was erased is an empty text from then on.
    Erased {
        /// Whose messages; nothing means everything that was said in the ticket, by whomever.
        whose: Option<Uuid>,
    },
    /// Its actor does not want to see it for a while.
    Snoozed {
        /// Till then; nothing means until the customer writes.
        until: Option<Time>,
    },
    /// Somebody is shown it again.
    Woken {
        /// Who.
        person: PersonRef,
        /// Why.
        why: Wake,
    },
    /// A reply is to be sent later.
    SendLater {
        /// Which; the message's id once it is sent.
        id: Uuid,
        /// When.
        at: Time,
    },
    /// A reply that was to be sent later is not: somebody decided so.
    CalledOff {
        /// Which.
        id: Uuid,
    },
    /// A reply that was to be sent later waits for its author.
    HeldBack {
        /// Which.
        id: Uuid,
        /// Its author.
        author: PersonRef,
        /// Why.
        why: Hold,
    },
    /// What it is filed under changed.
    Tags {
        /// What it was.
        from: Vec<String>,
        /// What it is.
        to: Vec<String>,
    },
    /// Which tickets have to do with it changed.
    Links {
        /// Which they were.
        from: Vec<TicketRef>,
        /// Which they are.
        to: Vec<TicketRef>,
    },
    /// A message of the customer's was copied, and begins a ticket of its own.
    Split {
        /// The message's id here.
        message: Uuid,
        /// The ticket that begins with it.
        to: TicketRef,
    },
    /// It begins with a copy of a message of the customer's.
    SplitFrom {
        /// The ticket the message was written in.
        ticket: TicketRef,
    },
    /// It went into another ticket of its customer and is read there; a change of status follows.
    Merged {
        /// The one that goes on.
        into: TicketRef,
    },
    /// It goes its own way again.
    Unmerged {
        /// The one it had gone into.
        from: TicketRef,
    },
    /// Another ticket of its customer went into it.
    Absorbed {
        /// Which.
        ticket: TicketRef,
    },
    /// One that had goes its own way again.
    Released {
        /// Which.
        ticket: TicketRef,
    },
    /// An op was withdrawn before it landed: its id is void for ever, and a late copy of it is refused.
    Voided {},
}

impl EventBody {
    /// The word in the `kind` column.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Message { .. } => "message",
            Self::Note { .. } => "note",
            Self::Status { .. } => "status",
            Self::Assigned { .. } => "assigned",
            Self::Priority { .. } => "priority",
            Self::Category { .. } => "category",
            Self::Subject { .. } => "subject",
            Self::Order { .. } => "order",
            Self::Read { .. } => "read",
            Self::Shared { .. } => "shared",
            Self::Unshared { .. } => "unshared",
            Self::Erased { .. } => "erased",
            Self::Snoozed { .. } => "snoozed",
            Self::Woken { .. } => "woken",
            Self::SendLater { .. } => "send_later",
            Self::CalledOff { .. } => "called_off",
            Self::HeldBack { .. } => "held_back",
            Self::Tags { .. } => "tags",
            Self::Links { .. } => "links",
            Self::Split { .. } => "split",
            Self::SplitFrom { .. } => "split_from",
            Self::Merged { .. } => "merged",
            Self::Unmerged { .. } => "unmerged",
            Self::Absorbed { .. } => "absorbed",
            Self::Released { .. } => "released",
            Self::Voided {} => "voided",
        }
    }

    /// Whether the change left everything as it was: kept as the op's answer, not shown in a timeline.
    pub fn is_silent(&self) -> bool {
        match self {
            Self::Status { from, to, .. } => from == to,
            Self::Assigned { from, to } => from == to,
            Self::Priority { from, to } => from == to,
            Self::Category { from, to } => from == to,
            Self::Subject { from, to } => from == to,
            Self::Order { from, to } => from == to,
            Self::Tags { from, to } => from == to,
            Self::Links { from, to } => from == to,
            Self::Read { .. } | Self::Voided {} => true,
            Self::Created { .. }
            | Self::Message { .. }
            | Self::Note { .. }
            | Self::Shared { .. }
            | Self::Unshared { .. }
            | Self::Erased { .. }
            | Self::Snoozed { .. }
            | Self::Woken { .. }
            | Self::SendLater { .. }
            | Self::CalledOff { .. }
            | Self::HeldBack { .. }
            | Self::Split { .. }
            | Self::SplitFrom { .. }
            | Self::Merged { .. }
            | Self::Unmerged { .. }
            | Self::Absorbed { .. }
            | Self::Released { .. } => false,
        }
    }

    /// Whether it is none of a customer's business: nothing of it, not even that something happened, leaves by their doors.
    pub const fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::Note { .. }
                | Self::Snoozed { .. }
                | Self::Woken { .. }
                | Self::SendLater { .. }
                | Self::CalledOff { .. }
                | Self::HeldBack { .. }
                | Self::Tags { .. }
                | Self::Links { .. }
                | Self::Split { .. }
                | Self::SplitFrom { .. }
                // Who may see one of two tickets need not know of the other.
                | Self::Merged { .. }
                | Self::Unmerged { .. }
                | Self::Absorbed { .. }
                | Self::Released { .. }
        )
    }
}

/// Why a status changed when nobody chose the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusReason {
    /// The first public staff reply.
    FirstReply,
    /// The customer wrote again.
    CustomerReplied,
    /// The customer closed it.
    CustomerClosed,
    /// It went into another ticket.
    Merged,
    /// It goes its own way again.
    Unmerged,
}
