//! The words: plain data that portal, service, replica, desk and UI share. No I/O here, and it compiles to wasm.
//!
//! One noun, one file. A rule that more than one room must keep ([`validate`]) is written here once.

/// Alerts: why one is raised, and what becomes of it.
pub mod alert;
/// The desk's own commands, views and changes between its core and its page.
pub mod desk;
/// Duty: whom what is urgent rings for.
pub mod duty;
/// Events: every change of a ticket; audit trail, timeline and feed in one.
pub mod event;
/// Opening hours: a weekly table and dated exceptions.
pub mod hours;
/// What only staff know of a ticket.
pub mod internal;
/// Mentions: colleagues that a note calls by their names.
pub mod mention;
/// Merging: tickets that are read together.
pub mod merge;
/// Messages: what customer and staff write to each other.
pub mod message;
/// Internal notes: a type of their own, so that none can leave by a message's door.
pub mod note;
/// Orders: a couple's wedding, with its date, venue and zone.
pub mod order;
/// People: customers and staff.
pub mod person;
/// Preferences: what a customer may be told of, and how.
pub mod preferences;
/// Presence: who looks at which ticket, and who is writing in it.
pub mod presence;
/// Quiet hours: when a person is left in peace.
pub mod quiet;
/// Refusal: the one shape of every error a client can read.
pub mod refusal;
/// Saved views: lists that people keep under a name.
pub mod saved_view;
/// The self-test: each way by which an alert reaches its person.
pub mod self_test;
/// Session: signing in at the staff door.
pub mod session;
/// Sync: cursor, pages of the feed, ops and their answers, live frames.
pub mod sync;
/// The team, as admins see and change it.
pub mod team;
/// Tickets: status, priority, category, the head of a ticket and the counts.
pub mod ticket;
/// Points in time on the wire.
mod time;
/// The rules of what may be written, with the field they belong to.
pub mod validate;
/// Plain words for a moment to come.
pub mod when;
/// Zones and local time: the three Indonesian zones as fixed offsets.
pub mod zone;

pub use duty::Duty;
pub use event::{Event, EventBody};
pub use hours::OpeningHours;
pub use internal::{Internal, TicketRef};
pub use merge::{Merged, interleave};
pub use message::{Message, SenderType};
pub use note::Note;
pub use order::{Order, OrderStatus};
pub use person::{Block, Person, PersonRef, Role};
pub use preferences::{Channel, Happening};
pub use presence::{Company, Present};
pub use quiet::QuietHours;
pub use refusal::{Code, Problem};
pub use saved_view::{SavedList, SavedView, SavedViewChange};
pub use sync::{
    Act, Cursor, FileForm, Frame, KnownOps, Op, OpAnswer, Outcome, Page, Part, PushAnswer, PushRequest, Row,
    VoidRequest,
};
pub use ticket::{Category, Priority, Stats, Status, Ticket, TicketNumber};
pub use validate::{FieldError, Fields};
pub use zone::Zone;

/// A point in time, always UTC on the wire (RFC 3339).
pub type Time = chrono::DateTime<chrono::Utc>;

/// The version of the words. A service refuses a desk that speaks an older one than it can answer (426).
pub const PROTOCOL_VERSION: u32 = 1;

/// The header in which a desk names the [`PROTOCOL_VERSION`] it speaks.
pub const PROTOCOL_HEADER: &str = "x-gemilang-protocol";
