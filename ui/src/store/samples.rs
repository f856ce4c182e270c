//! Small data for the reducers' tests.

use gemilang_protocol::desk::views::{
    OpState, OutboxItem, SavedViewRow, SignedIn, Sort, Thread, TicketQuery, TicketRow,
};
use gemilang_protocol::session::SessionUser;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Act, Category, Event, EventBody, Message, Note, Person, PersonRef, Priority, Role, SenderType, Status, Ticket,
    TicketNumber, Time,
};
use uuid::Uuid;

pub(crate) fn id(n: u8) -> Uuid {
    Uuid::from_u128(u128::from(n))
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

pub(crate) fn person(n: u8, name: &str) -> PersonRef {
    PersonRef { id: id(n), name: name.to_owned() }
}

pub(crate) fn signed_in() -> SignedIn {
    SignedIn {
        user: SessionUser {
            id: id(100),
            name: "Rina Puspitasari".into(),
            email: "rina@gemilang.example".into(),
            role: Role::Agent,
        },
        server: "https://desk.gemilang.example".into(),
        keychain: true,
    }
}

fn excerpt() -> Excerpt {
    Excerpt { text: "Halo".into(), sender_type: SenderType::Customer, sender: Some(person(50, "Raden Roro")) }
}

pub(crate) fn row(n: u8) -> TicketRow {
    TicketRow {
        id: id(n),
        number: TicketNumber(1000 + i64::from(n)),
        subject: format!("Tiket {n}"),
        category: Category::General,
        status: Status::Open,
        priority: Priority::Medium,
        customer: person(50, "Raden Roro"),
        assignee: None,
        unread: 0,
        last_message: excerpt(),
        last_message_at: time("2026-11-30T07:00:00Z"),
        created_at: time("2026-11-30T06:00:00Z"),
        event_date: None,
        event_zone: None,
        unsent: None,
        own_reply: None,
        snooze: None,
    }
}

pub(crate) fn customer_says(n: i64, text: &str) -> Message {
    Message {
        id: Uuid::from_u128(1_000 + n as u128),
        n,
        message: text.to_owned(),
        sender_type: SenderType::Customer,
        sender: Some(person(50, "Raden Roro")),
        is_read: false,
        read_at: None,
        written_at: time("2026-11-30T07:00:00Z"),
        created_at: time("2026-11-30T07:00:00Z"),
    }
}

pub(crate) fn staff_says(n: i64, text: &str) -> Message {
    Message { sender_type: SenderType::Admin, sender: Some(person(100, "Rina Puspitasari")), ..customer_says(n, text) }
}

pub(crate) fn note(n: i64, text: &str) -> Note {
    Note {
        id: Uuid::from_u128(2_000 + n as u128),
        n,
        note: text.to_owned(),
        author: person(101, "Bagas Wicaksono"),
        written_at: time("2026-11-30T07:00:00Z"),
        created_at: time("2026-11-30T07:00:00Z"),
    }
}

pub(crate) fn event(n: i64, body: EventBody) -> Event {
    Event {
        n,
        op_id: None,
        actor: Some(person(101, "Bagas Wicaksono")),
        actor_type: SenderType::Admin,
        body,
        written_at: time("2026-11-30T07:00:00Z"),
        created_at: time("2026-11-30T07:00:00Z"),
    }
}

pub(crate) fn queued(n: u8, act: Act) -> OutboxItem {
    OutboxItem {
        op_id: id(200 + n),
        ticket_id: id(1),
        number: TicketNumber(1001),
        subject: "Tiket 1".into(),
        customer: "Raden Roro".into(),
        act,
        to_name: None,
        state: OpState::Queued,
        perhaps_sent: false,
        wish: None,
        edited: None,
        reason: None,
        winner: None,
        unseen: None,
        written_at: time("2026-11-30T07:30:00Z"),
        leaves_at: None,
    }
}

pub(crate) fn held_reply(n: u8, unseen: Message) -> OutboxItem {
    OutboxItem {
        state: OpState::Held,
        unseen: Some(unseen),
        ..queued(n, Act::Reply { message: "Pukul 07.00 aman".into() })
    }
}

/// Two colleagues, by name.
pub(crate) fn staff() -> Vec<Person> {
    let of = |n: u8, name: &str| Person {
        id: id(n),
        name: name.to_owned(),
        email: format!("{n}@gemilang.example"),
        phone: None,
        role: Role::Agent,
        language: "id".into(),
        zone: gemilang_protocol::Zone::Wib,
        active: true,
        duty: gemilang_protocol::Duty::Off,
        alerts: None,
        created_at: time("2026-01-01T00:00:00Z"),
    };
    vec![of(101, "Bagas Wicaksono"), of(102, "Dimas Wibowo")]
}

pub(crate) fn thread(n: u8) -> Thread {
    let row = row(n);
    Thread {
        ticket: Ticket {
            id: row.id,
            number: row.number,
            subject: row.subject,
            category: row.category,
            priority: row.priority,
            status: row.status,
            customer: row.customer,
            assigned_to: None,
            order: None,
            unread: 1,
            created_at: row.created_at,
            updated_at: row.last_message_at,
            last_message_at: row.last_message_at,
            first_responded_at: None,
            resolved_at: None,
            closed_at: None,
            n: 1,
            last_message: row.last_message,
            follows: None,
            internal: Default::default(),
        },
        assignee: None,
        customer: None,
        other_tickets: 0,
        other_active: 0,
        parts: Vec::new(),
        linked: Vec::new(),
        order: None,
        messages: vec![customer_says(1, "Halo")],
        notes: vec![],
        events: vec![],
        partial: false,
        newer: 0,
        unsent: vec![],
        draft_reply: String::new(),
        draft_note: String::new(),
        read_up_to: 0,
    }
}

pub(crate) fn saved_view(n: u8, name: &str) -> SavedViewRow {
    SavedViewRow {
        id: id(n),
        name: name.to_owned(),
        shared: false,
        owner: person(100, "Rina Puspitasari"),
        may_change: true,
        query: Some(TicketQuery { q: "kategori:vendor".into(), sort: Sort::Waiting, ..TicketQuery::default() }),
        unsent: false,
        refused: None,
        deleting: false,
    }
}
