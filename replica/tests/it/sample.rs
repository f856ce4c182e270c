//! Made-up rows of the feed, with the least that a story needs.

use gemilang_protocol::session::SessionUser;
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Category, Cursor, Duty, Event, EventBody, Message, Note, Page, Person, PersonRef, Priority, Role, Row, SenderType,
    Status, Ticket, TicketNumber, Time, Zone,
};
use gemilang_replica::{Applied, Replica};
use tempfile::TempDir;
use uuid::Uuid;

/// Kadek, whose desk it is.
pub const ME: Uuid = Uuid::from_u128(0xA1);
/// A colleague.
pub const RINA: Uuid = Uuid::from_u128(0xA2);
/// A customer.
pub const SARI: Uuid = Uuid::from_u128(0xC1);

/// What is left of a customer's name.
pub const NOBODY: &str = "Pelanggan (akun dihapus)";

/// A moment of the afternoon of 22 November 2026, so many seconds after it began.
pub fn at(seconds: i64) -> Time {
    Time::from_timestamp(1_795_327_200 + seconds, 0).unwrap()
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn me() -> SessionUser {
    SessionUser {
        id: ME,
        name: String::from("Kadek Ayu"),
        email: String::from("kadek@gemilangwo.id"),
        role: Role::Agent,
    }
}

/// A desk with its own file.
pub struct Desk {
    pub replica: Replica,
    _dir: TempDir,
    place: u64,
}

impl Desk {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = Replica::file_for(dir.path(), "https://desk.gemilangwo.id", ME);
        let replica = Replica::open(&file, me()).await.unwrap();
        let mut desk = Self { replica, _dir: dir, place: 0 };
        // The end of a first, empty sync.
        desk.apply(vec![Row::Person(person(ME, "Kadek Ayu", Role::Agent))]).await;
        desk
    }

    /// Applies rows as the next pulled page.
    pub async fn apply(&mut self, rows: Vec<Row>) {
        let page = self.page(rows);
        assert_eq!(self.replica.apply(page.into(), false).await.unwrap(), Applied::Done);
    }

    /// The next page; the cursor goes on.
    pub fn page(&mut self, rows: Vec<Row>) -> Page {
        let from = (self.place > 0).then(|| Cursor(self.place.to_string()));
        self.place += 1;
        Page { from, to: Cursor(self.place.to_string()), rows, more: false, complete_to: Some(at(0)) }
    }
}

pub fn person(id: Uuid, name: &str, role: Role) -> Person {
    Person {
        id,
        name: name.to_owned(),
        email: format!("{}@contoh.id", id.simple()),
        phone: None,
        role,
        language: String::from("id"),
        zone: Zone::Wib,
        active: true,
        duty: Duty::Off,
        alerts: None,
        created_at: at(-1_000_000),
    }
}

/// A ticket that a story changes step by step; every step is a row of the feed.
#[derive(Clone)]
pub struct Story(pub Ticket);

impl Story {
    /// Filed by Sari. Its first row is `filed`.
    pub fn new(number: i64, subject: &str) -> Self {
        let time = at(number);
        Self(Ticket {
            id: id(u128::from(number.unsigned_abs())),
            number: TicketNumber(number),
            subject: subject.to_owned(),
            category: Category::Vendor,
            priority: Priority::Medium,
            status: Status::Open,
            customer: PersonRef { id: SARI, name: String::from("Sari Wulandari") },
            assigned_to: None,
            order: None,
            unread: 0,
            created_at: time,
            updated_at: time,
            last_message_at: time,
            first_responded_at: None,
            resolved_at: None,
            closed_at: None,
            n: 0,
            last_message: Excerpt { text: String::new(), sender_type: SenderType::Customer, sender: None },
            follows: None,
            internal: Default::default(),
        })
    }

    pub fn id(&self) -> Uuid {
        self.0.id
    }

    pub fn filed(&mut self, text: &str) -> Row {
        let message = self.says(SARI, SenderType::Customer, text, Uuid::now_v7());
        let body = EventBody::Created { message: message.id, follows: None };
        self.row(Some(SARI), None, body, Some(message), None)
    }

    pub fn customer(&mut self, text: &str) -> Row {
        let message = self.says(SARI, SenderType::Customer, text, Uuid::now_v7());
        self.row(Some(SARI), None, EventBody::Message { message: message.id }, Some(message), None)
    }

    /// A staff reply; its op's id is the message's.
    pub fn reply(&mut self, who: Uuid, op: Uuid, text: &str) -> Row {
        let message = self.says(who, SenderType::Admin, text, op);
        self.row(Some(who), Some(op), EventBody::Message { message: op }, Some(message), None)
    }

    pub fn note(&mut self, who: Uuid, text: &str) -> Row {
        let note = Note {
            id: Uuid::now_v7(),
            n: self.0.n + 1,
            note: text.to_owned(),
            author: PersonRef { id: who, name: String::from("Rina") },
            written_at: at(0),
            created_at: at(0),
        };
        self.row(Some(who), None, EventBody::Note { note: note.id, mentions: Vec::new() }, None, Some(note))
    }

    pub fn status(&mut self, who: Uuid, op: Option<Uuid>, to: Status) -> Row {
        let from = std::mem::replace(&mut self.0.status, to);
        self.row(Some(who), op, EventBody::Status { from, to, reason: None }, None, None)
    }

    pub fn assigned(&mut self, who: Uuid, op: Option<Uuid>, to: Option<Uuid>) -> Row {
        let named = |id: Uuid| PersonRef { id, name: String::from("Rina") };
        let from = std::mem::replace(&mut self.0.assigned_to, to).map(named);
        let body = EventBody::Assigned { from, to: to.map(named) };
        self.row(Some(who), op, body, None, None)
    }

    pub fn subject(&mut self, who: Uuid, to: &str) -> Row {
        let from = std::mem::replace(&mut self.0.subject, to.to_owned());
        let body = EventBody::Subject { from, to: to.to_owned() };
        self.row(Some(who), None, body, None, None)
    }

    /// All that was said, at the customer's wish; their name is this from now on.
    pub fn erased(&mut self) -> Row {
        self.0.subject.clear();
        self.0.last_message.text.clear();
        self.0.customer.name = String::from(NOBODY);
        let mut row = self.row(Some(SARI), None, EventBody::Erased { whose: None }, None, None);
        if let Row::Ticket(change) = &mut row {
            change.event.actor = Some(self.0.customer.clone());
            change.event.actor_type = SenderType::System;
        }
        row
    }

    pub fn voided(&mut self, who: Uuid, op: Uuid) -> Row {
        self.row(Some(who), Some(op), EventBody::Voided {}, None, None)
    }

    pub fn read(&mut self, by: SenderType, up_to: i64) -> Row {
        if by == SenderType::Admin {
            self.0.unread = 0;
        }
        self.row(Some(RINA), None, EventBody::Read { by, up_to }, None, None)
    }

    fn says(&mut self, who: Uuid, sender_type: SenderType, text: &str, id: Uuid) -> Message {
        let n = self.0.n + 1;
        let sender = PersonRef { id: who, name: String::from("Seseorang") };
        self.0.last_message_at = at(n * 1_000 + self.0.number.0);
        self.0.last_message = Excerpt { text: Excerpt::cut(text), sender_type, sender: Some(sender.clone()) };
        if sender_type == SenderType::Customer {
            self.0.unread += 1;
        }
        Message {
            id,
            n,
            message: text.to_owned(),
            sender_type,
            sender: Some(sender),
            is_read: false,
            read_at: None,
            written_at: at(n),
            created_at: self.0.last_message_at,
        }
    }

    fn row(
        &mut self,
        actor: Option<Uuid>,
        op_id: Option<Uuid>,
        body: EventBody,
        message: Option<Message>,
        note: Option<Note>,
    ) -> Row {
        self.0.n += 1;
        let is_customer = actor == Some(SARI);
        Row::Ticket(Box::new(TicketChange {
            ticket: self.0.clone(),
            event: Event {
                n: self.0.n,
                op_id,
                actor: actor.map(|id| PersonRef { id, name: String::from("Seseorang") }),
                actor_type: if is_customer { SenderType::Customer } else { SenderType::Admin },
                body,
                written_at: at(self.0.n),
                created_at: at(self.0.n),
            },
            message,
            note,
        }))
    }
}
