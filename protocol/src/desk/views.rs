//! Views: what a screen of the desk shows. Made by the replica from local data, rendered by the UI as they are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::asked::Calendar;
use crate::alert::{AlertEntry, RingView, Rule};
use crate::internal::Snooze;
use crate::self_test::{TestPath, Tried};
use crate::session::SessionUser;
use crate::ticket::Excerpt;
use crate::{
    Category, Code, Duty, Event, Message, Note, Order, Person, PersonRef, Priority, QuietHours, Stats, Status, Ticket,
    TicketNumber, Time, Zone,
};

/// What the first frame needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The app's own version.
    pub version: String,
    /// What was chosen before.
    pub settings: Settings,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// A ticket the app was started for.
    pub open: Option<Uuid>,
}

/// What is remembered between runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The last server address, for the sign-in form.
    pub server: String,
    /// The last email, for the sign-in form.
    pub email: String,
    /// `id` or `en`.
    pub language: String,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// Whether the system starts the app, hidden, when its person signs in to the computer.
    pub start_at_login: bool,
    /// Whether the app goes on when its window is closed.
    pub keep_running: bool,
    /// Seconds for which a reply is held back so that its author can take it back; one of [`UNDO_SECONDS`].
    #[serde(default)]
    pub undo_seconds: u32,
    /// Whether lines and texts are stronger than the system asks for.
    pub contrast: bool,
    /// Whether less moves than the system asks for.
    pub reduce_motion: bool,
    /// The size of everything in percent, one of [`TEXT_SIZES`].
    pub text_size: u16,
}

/// The sizes there are, in percent.
pub const TEXT_SIZES: [u16; 5] = [90, 100, 110, 125, 150];

/// What this desk is and keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Tickets kept on this computer.
    pub tickets: u64,
    /// What they take on its disk, in bytes.
    pub bytes: u64,
    /// For whoever has to find out what is wrong: names and values for a machine's reader. No name, address or word of a person is among them.
    pub facts: Vec<(String, String)>,
}

/// For how many seconds a reply can be held back so that its author can take it back.
pub const UNDO_SECONDS: [u32; 4] = [0, 5, 10, 30];

/// Who is signed in and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who.
    pub user: SessionUser,
    /// Where.
    pub server: String,
    /// False where no keychain exists: signed in until the app closes, and the screen says so.
    pub keychain: bool,
}

/// Which inbox a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inbox {
    /// Active and mine.
    Mine,
    /// Active and nobody's.
    Unassigned,
    /// Active and urgent.
    Urgent,
    /// Waiting for the customer.
    Waiting,
    /// All active.
    #[default]
    Active,
    /// Resolved or closed, latest first.
    Closed,
    /// Active, and put off by its reader.
    Snoozed,
    /// Whatever its status.
    All,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Latest activity first.
    #[default]
    Latest,
    /// Whoever waits longest first.
    Waiting,
    /// Filed last first.
    Filed,
    /// Most urgent first, of each the latest activity.
    Priority,
}

impl Sort {
    /// All of them, as a menu tells them.
    pub const ALL: [Self; 4] = [Self::Latest, Self::Waiting, Self::Filed, Self::Priority];
}

/// A list: an inbox, narrowed by what is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TicketQuery {
    /// Which inbox.
    pub inbox: Inbox,
    /// As typed, operators included, see [`Asked`](super::asked::Asked); words are those of subject, customer, number, order, messages and notes.
    pub q: String,
    /// By which its days are read.
    #[serde(default)]
    pub calendar: Calendar,
    /// In which order; what words find is always latest activity first.
    #[serde(default)]
    pub sort: Sort,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to answer, at most 200; 0 means 200.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketList {
    /// The rows.
    pub rows: Vec<TicketRow>,
    /// How many there are in all.
    pub total: u64,
}

/// What a property of a ticket shall be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// Who has it; nobody lets it go.
    Assignee(Option<Uuid>),
    /// Its status.
    Status(Status),
    /// Its priority.
    Priority(Priority),
    /// Its reader does not want to see it till then; nothing means until the customer writes.
    PutOff(Option<Time>),
    /// Its reader wants to see it.
    Seen,
    /// Filed under this.
    Tagged(String),
    /// Not filed under this.
    Untagged(String),
    /// This ticket has to do with it.
    Linked(Uuid),
    /// This ticket has nothing to do with it.
    Unlinked(Uuid),
    /// What it is about.
    Category(Category),
}

/// A property of one ticket to be changed, or to be changed back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PropertyChange {
    /// Which ticket.
    pub ticket: Uuid,
    /// What it shall be.
    pub to: Property,
}

/// A customer who may be the one that called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Who.
    pub person: Person,
    /// Their orders, the next wedding first.
    pub orders: Vec<Order>,
    /// How many of their tickets are active.
    pub active: u64,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRow {
    /// Which ticket.
    pub id: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// What it is called.
    pub subject: String,
    /// About what.
    pub category: Category,
    /// Where it stands, own unsent changes included.
    pub status: Status,
    /// How soon, own unsent changes included.
    pub priority: Priority,
    /// Whose.
    pub customer: PersonRef,
    /// Who has it, own unsent changes included.
    pub assignee: Option<PersonRef>,
    /// The customer's messages nobody of staff has read.
    pub unread: i32,
    /// The last public message.
    pub last_message: Excerpt,
    /// When it was written.
    pub last_message_at: Time,
    /// When the ticket was filed.
    pub created_at: Time,
    /// The wedding day of its order, if it has one.
    pub event_date: Option<NaiveDate>,
    /// The zone of the venue, by which the days to the wedding are counted.
    pub event_zone: Option<Zone>,
    /// The state of own unsent words on it, the worst first, if any.
    pub unsent: Option<OpState>,
    /// The last own reply that is on its way and stands in the list instead of the last message. One that waits for a
    /// decision does not: what came in between is what it is about.
    pub own_reply: Option<String>,
    /// For how long its reader does not want to see it, own unsent changes included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
}

/// What a search found on this desk, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The newest of the tickets that hold every word.
    pub hits: Vec<Hit>,
    /// How many there are in all; counted up to 1 000.
    pub total: u64,
}

/// A ticket that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its row.
    pub row: TicketRow,
    /// Where the words stand in its conversation, if they do.
    pub said: Option<Said>,
}

/// A message or a note that holds what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its place in the conversation.
    pub n: i64,
    /// Who said it; nobody for the system.
    pub by: Option<PersonRef>,
    /// Whether it is an internal note.
    pub note: bool,
    /// The words around the first of the searched ones.
    pub text: String,
}

/// A customer as they are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Who.
    pub person: Person,
    /// Their tickets.
    pub tickets: u64,
    /// How many of them are active.
    pub active: u64,
}

/// Customers that were meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customers {
    /// The first of them.
    pub rows: Vec<CustomerRow>,
    /// How many there are in all.
    pub total: u64,
}

/// A customer with all that is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    /// Who.
    pub person: Person,
    /// Their weddings, the last one first.
    pub orders: Vec<Order>,
    /// Their tickets, latest activity first; at most 200.
    pub tickets: TicketList,
}

/// Orders that were meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The first of them.
    pub rows: Vec<Order>,
    /// How many there are in all.
    pub total: u64,
}

/// An order with whose it is and what was asked about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// It.
    pub order: Order,
    /// Whose, as far as this desk knows.
    pub customer: Option<Person>,
    /// The tickets about it, latest activity first; at most 200.
    pub tickets: TicketList,
}

/// Counts beside the inbox views; the same query feeds list and badge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Navigation {
    /// Active and mine.
    pub mine: u64,
    /// Active and nobody's.
    pub unassigned: u64,
    /// Active and urgent.
    pub urgent: u64,
    /// Waiting for the customer.
    pub waiting: u64,
    /// All active.
    pub active: u64,
    /// Put off by its reader.
    #[serde(default)]
    pub snoozed: u64,
    /// Own words not sent yet.
    pub unsent: u64,
}

/// What rings here, and what its person wants to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    /// What rings on this desk, longest first.
    pub ringing: Vec<RingView>,
    /// Its person's duty, own unsent changes included.
    pub duty: Duty,
    /// How many others are on duty.
    pub others_on_duty: u32,
    /// What is wanted of each reason.
    pub rules: Vec<Rule>,
    /// When its person is left in peace.
    pub quiet: QuietHours,
    /// By which clock that is, once it is known.
    pub zone: Option<Zone>,
    /// Whether the computer shows alerts.
    pub pop_ups: PopUps,
    /// Which ways can be tried on this computer.
    pub paths: Vec<TestPath>,
    /// Those that were, and what was seen.
    pub tried: Vec<Tried>,
    /// Grows with every change of the ledger.
    pub revision: u64,
    /// Grows with every telling: of two the smaller is older.
    pub number: u64,
}

/// Whether the computer shows alerts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopUps {
    /// As far as is known.
    #[default]
    Shown,
    /// Its person asked the system for no pop-ups.
    Hushed,
    /// The system does not let this app show any.
    Denied,
    /// No notification daemon answers.
    Missing,
}

/// A page of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Newest first.
    pub entries: Vec<AlertEntry>,
    /// Whether there are older ones.
    pub more: bool,
}

/// The dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The five counts of the original system, and the rest.
    pub stats: Stats,
    /// Open and nobody's.
    pub open_unassigned: u64,
    /// Urgent, active and nobody's.
    pub urgent_unassigned: u64,
    /// Filed since midnight, in the reader's zone.
    pub filed_today: u64,
    /// Resolved since midnight.
    pub resolved_today: u64,
    /// Closed since midnight.
    pub closed_today: u64,
    /// Active urgent ones first, then high ones nobody has; of each those that wait longest. At most five.
    pub urgent: Vec<TicketRow>,
    /// The newest tickets; at most eight.
    pub newest: Vec<TicketRow>,
}

/// One conversation, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The head, own unsent changes included.
    pub ticket: Ticket,
    /// Who has it.
    pub assignee: Option<PersonRef>,
    /// Who filed it, as far as this desk knows.
    pub customer: Option<Person>,
    /// Their other tickets.
    pub other_tickets: u64,
    /// How many of these are active.
    pub other_active: u64,
    /// Its order, if it is about one.
    pub order: Option<Order>,
    /// Tickets that have to do with it, as far as they are on this desk.
    #[serde(default)]
    pub linked: Vec<TicketRow>,
    /// Messages by `n`.
    pub messages: Vec<Message>,
    /// Notes by `n`.
    pub notes: Vec<Note>,
    /// Events by `n`, silent ones left out.
    pub events: Vec<Event>,
    /// The beginning of the conversation is not on this desk: it is at the service, to be fetched.
    pub partial: bool,
    /// How many changes of it only a newer app can show.
    pub newer: u64,
    /// Own unsent words and changes, in the order written.
    pub unsent: Vec<OutboxItem>,
    /// The kept draft of a reply.
    pub draft_reply: String,
    /// The kept draft of a note.
    pub draft_note: String,
    /// The customer's messages above this `n` were unread when the thread was last marked read.
    pub read_up_to: i64,
}

/// The state of an unsent item. Honest: what has not left never looks as if it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpState {
    /// Waits for its turn or for the network.
    Queued,
    /// On the wire; frozen.
    Sending,
    /// Held back: the thread moved meanwhile.
    Held,
    /// Refused; see the reason.
    Failed,
    /// In the feed.
    Sent,
}

/// What an author wants of an op that may have landed: done as soon as the service has said that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Take it back.
    Withdraw,
    /// Send other words instead.
    Edit,
}

/// What became of the wish to take something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenBack {
    /// It had not left: done.
    Done,
    /// It may have landed: the service is asked first.
    Asked,
}

/// One item of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// Which op.
    pub op_id: Uuid,
    /// The ticket it is about.
    pub ticket_id: Uuid,
    /// `GW-1042`.
    pub number: TicketNumber,
    /// Its subject.
    pub subject: String,
    /// Its customer.
    pub customer: String,
    /// What it does.
    #[serde(flatten)]
    pub act: crate::Act,
    /// For an assignment: the name of who shall have it.
    pub to_name: Option<String>,
    /// Its state.
    pub state: OpState,
    /// It was on the wire and got no answer: it may have landed.
    pub perhaps_sent: bool,
    /// What its author wants of it, once it is known whether it has landed.
    pub wish: Option<Wish>,
    /// Other words instead of its own: with a wish they are to be sent, without one they are being written, and nothing leaves meanwhile.
    pub edited: Option<String>,
    /// Why it failed.
    pub reason: Option<Code>,
    /// For a lost race: the change that won.
    pub winner: Option<Event>,
    /// For a held reply: the message its author had not seen.
    pub unseen: Option<Message>,
    /// When it was written.
    pub written_at: Time,
    /// It does not leave before this time, by this machine's clock, so that its author can take it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves_at: Option<Time>,
}

/// A reply that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// It.
    pub item: OutboxItem,
    /// The change of status that was written in the same breath.
    pub then: Option<Uuid>,
}

/// A reply that its author took back to go on writing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Its words.
    pub text: String,
    /// Whether it had left: then the service is asked whether it has arrived.
    pub taken: TakenBack,
}

/// Where sync stands: what the status line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncStatus {
    /// The line.
    pub line: Line,
    /// Everything the service committed before this time is here.
    pub complete_to: Option<Time>,
    /// Own words not sent yet.
    pub unsent: u64,
    /// Rows that only a newer app can show; they are kept as they came.
    pub newer: u64,
    /// What is wrong with the local data, if anything.
    pub storage: Option<Storage>,
    /// When the service is tried next, by this machine's clock; nothing while a try is under way or all is well.
    pub next_try: Option<Time>,
}

/// What is wrong with the local data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// No space left: nothing that comes can be stored. Nothing is lost.
    Full,
    /// It is damaged; at the next start it is made anew.
    Damaged,
    /// It was damaged and is being fetched anew; own words were carried over.
    Rebuilding,
}

/// The state of the line to the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// Nobody is signed in.
    SignedOut,
    /// Trying for the first time since the start.
    Connecting,
    /// The first sync of this replica runs.
    FirstSync {
        /// Tickets here.
        done: u64,
        /// Tickets there.
        of: u64,
    },
    /// Rows are being fetched.
    CatchingUp {
        /// Rows applied.
        done: u64,
        /// Rows there were, as far as is known.
        of: u64,
    },
    /// Every change arrives as it happens.
    Live,
    /// No way to the service.
    Offline {
        /// Since when.
        since: Time,
    },
    /// The network is there, but nothing serves: no service at its address, or one without its database.
    ServiceAway {
        /// Since when.
        since: Time,
    },
    /// The session ended; the outbox waits for a new one.
    SessionEnded,
    /// The service needs a newer app; the outbox is kept.
    AppTooOld,
}
