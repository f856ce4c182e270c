//! A snapshot of every wire type: a change here is a change that other programs will see.

use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::changes::{Changed, OpenTicket, Snack};
use gemilang_protocol::desk::commands::{ChangeProperties, Command, CommandCode, CommandError, ListTickets, Reply};
use gemilang_protocol::desk::views::{
    Boot, Dashboard, Day, Inbox, Line, Load, Navigation, OpState, OutboxItem, Property, PropertyChange, Settings,
    SignedIn, Sort, SyncStatus, Thread, TicketList, TicketQuery, TicketRow, Wedding,
};
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::internal::{Hold, Later, Snooze, Wake};
use gemilang_protocol::session::{Device, DeviceKind, NewPassword, ServerInfo, Session, SessionUser, SignIn};
use gemilang_protocol::sync::{Said, TicketChange};
use gemilang_protocol::team::{Invitation, Invite, Member, MemberChange, Released, Team, TeamChanged};
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::*;
use insta::assert_json_snapshot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Reads back what was written: a type that cannot survive its own JSON is no wire type.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) -> T {
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    value
}

fn filed() -> Act {
    let form = FileForm {
        customer: rina(),
        subject: "Tenda".into(),
        category: Category::Vendor,
        priority: Priority::High,
        order: Some("GO-2291".into()),
        message: "Kak Rina menelepon soal tenda.".into(),
        take: true,
        link: None,
        splits: None,
    };
    Act::File { form }
}

fn linked() -> TicketRef {
    TicketRef { id: id(11), number: TicketNumber(1014) }
}

fn id(last: u8) -> Uuid {
    Uuid::from_u128(0x0193_5f00_0000_7000_8000_0000_0000_0000 + u128::from(last))
}

fn time(minute: u32) -> Time {
    format!("2026-11-30T07:{minute:02}:07Z").parse().unwrap()
}

fn roro() -> PersonRef {
    PersonRef { id: id(1), name: "Raden Roro Kusumawardhani Prameswari Hadiningrat".into() }
}

fn rina() -> PersonRef {
    PersonRef { id: id(2), name: "Rina Puspitasari".into() }
}

fn ticket() -> Ticket {
    Ticket {
        id: id(10),
        number: TicketNumber(1021),
        subject: "Akad dimajukan ke 06.30, mohon sesuaikan MUA dan katering".into(),
        category: Category::Schedule,
        priority: Priority::Urgent,
        status: Status::InProgress,
        customer: roro(),
        assigned_to: Some(rina().id),
        order: Some("GO-2291".into()),
        unread: 1,
        created_at: time(0),
        updated_at: time(31),
        last_message_at: time(31),
        first_responded_at: Some(time(5)),
        resolved_at: None,
        closed_at: None,
        n: 7,
        last_message: Excerpt {
            text: "Mbak, maaf mendadak.".into(),
            sender_type: SenderType::Customer,
            sender: Some(roro()),
        },
        follows: Some(TicketNumber(902)),
        internal: Internal::default(),
    }
}

fn message() -> Message {
    Message {
        id: id(20),
        n: 7,
        message: "Mbak, maaf mendadak.\nAkadnya jadi 06.30 🙏".into(),
        sender_type: SenderType::Customer,
        sender: Some(roro()),
        is_read: true,
        read_at: Some(time(32)),
        written_at: time(30),
        created_at: time(31),
    }
}

fn note() -> Note {
    Note {
        id: id(21),
        n: 4,
        note: "MUA bisa mulai 03.30".into(),
        author: rina(),
        written_at: time(10),
        created_at: time(12),
    }
}

fn event(body: EventBody) -> Event {
    Event {
        n: 7,
        op_id: Some(id(30)),
        actor: Some(rina()),
        actor_type: SenderType::Admin,
        body,
        written_at: time(30),
        created_at: time(31),
    }
}

fn person() -> Person {
    Person {
        id: roro().id,
        name: roro().name,
        email: "roro.kusumawardhani@contoh.id".into(),
        phone: Some("+6281234560198".into()),
        role: Role::Customer,
        language: "id".into(),
        zone: Zone::Wib,
        active: true,
        duty: Duty::Off,
        alerts: None,
        created_at: time(0),
    }
}

fn order() -> Order {
    Order {
        id: id(40),
        number: "GO-2291".into(),
        customer: roro(),
        package: "Paket Kencana, 500 tamu".into(),
        event_date: "2026-12-12".parse().unwrap(),
        venue: "Pendopo Arumsari, Sleman".into(),
        zone: Zone::Wib,
        status: OrderStatus::Confirmed,
    }
}

fn row() -> TicketRow {
    let ticket = ticket();
    TicketRow {
        id: ticket.id,
        number: ticket.number,
        subject: ticket.subject,
        category: ticket.category,
        status: ticket.status,
        priority: ticket.priority,
        customer: ticket.customer,
        assignee: Some(rina()),
        unread: 1,
        last_message: ticket.last_message,
        last_message_at: ticket.last_message_at,
        created_at: ticket.created_at,
        event_date: Some(order().event_date),
        event_zone: Some(Zone::Wita),
        unsent: Some(OpState::Queued),
        own_reply: Some("Baik, Kak.".into()),
        snooze: Some(Snooze { person: rina(), until: Some(time(59)) }),
    }
}

fn item() -> OutboxItem {
    OutboxItem {
        op_id: id(50),
        ticket_id: id(10),
        number: TicketNumber(1021),
        subject: "Akad dimajukan".into(),
        customer: roro().name,
        act: Act::Status { from: Status::Open, to: Status::Resolved },
        to_name: None,
        state: OpState::Failed,
        perhaps_sent: false,
        wish: None,
        edited: None,
        reason: Some(Code::LostRace),
        winner: Some(event(EventBody::Status {
            from: Status::Open,
            to: Status::Closed,
            reason: Some(StatusReason::CustomerClosed),
        })),
        unseen: None,
        written_at: time(30),
        leaves_at: None,
    }
}

fn signed_in() -> SignedIn {
    SignedIn { user: user(), server: "https://desk.contoh.id".into(), keychain: false }
}

fn user() -> SessionUser {
    SessionUser { id: rina().id, name: rina().name, email: "rina@contoh.id".into(), role: Role::Agent }
}

#[test]
fn nouns() {
    assert_json_snapshot!("ticket", there_and_back(ticket()));
    let later = Later { id: id(60), author: rina(), message: "Besok, Kak.".into(), at: time(59), held: None };
    let held = Later { id: id(61), held: Some(Hold::ColleagueWrote), ..later.clone() };
    let snoozes = vec![Snooze { person: rina(), until: Some(time(58)) }, Snooze { person: roro(), until: None }];
    let (tags, links) = (vec!["vip".into()], vec![linked()]);
    let internal = Internal { snoozes, later: vec![later, held], tags, links, ..Internal::default() };
    assert_json_snapshot!("ticket_internal", there_and_back(Ticket { internal, ..ticket() }));
    assert_json_snapshot!("message", there_and_back(message()));
    assert_json_snapshot!("note", there_and_back(note()));
    assert_json_snapshot!("person", there_and_back(person()));
    assert_json_snapshot!("order", there_and_back(order()));
    assert_json_snapshot!(
        "stats",
        there_and_back(Stats { open: 12, in_progress: 25, total: 1043, ..Stats::default() })
    );
}

#[test]
fn events() {
    assert_json_snapshot!(
        "events",
        there_and_back(vec![
            event(EventBody::Created { message: id(20), follows: Some(TicketNumber(902)) }),
            event(EventBody::Message { message: id(20) }),
            event(EventBody::Note { note: id(21), mentions: vec![] }),
            event(EventBody::Note { note: id(21), mentions: vec![rina()] }),
            event(EventBody::Tags { from: vec![], to: vec!["vip".into()] }),
            event(EventBody::Links { from: vec![], to: vec![linked()] }),
            event(EventBody::Split { message: id(20), to: linked() }),
            event(EventBody::SplitFrom { ticket: linked() }),
            event(EventBody::Status {
                from: Status::Open,
                to: Status::InProgress,
                reason: Some(StatusReason::FirstReply)
            }),
            event(EventBody::Assigned { from: None, to: Some(rina()) }),
            event(EventBody::Priority { from: Priority::High, to: Priority::Urgent }),
            event(EventBody::Category { from: Category::General, to: Category::Schedule }),
            event(EventBody::Subject { from: "Akad".into(), to: "Akad dimajukan".into() }),
            event(EventBody::Order { from: None, to: Some("GO-2291".into()) }),
            event(EventBody::Read { by: SenderType::Customer, up_to: 6 }),
            event(EventBody::Shared { with: rina() }),
            event(EventBody::Unshared { with: rina() }),
            event(EventBody::Snoozed { until: Some(time(59)) }),
            event(EventBody::Snoozed { until: None }),
            event(EventBody::Woken { person: rina(), why: Wake::Due }),
            event(EventBody::SendLater { id: id(60), at: time(59) }),
            event(EventBody::CalledOff { id: id(60) }),
            event(EventBody::HeldBack { id: id(60), author: rina(), why: Hold::CustomerWrote }),
            event(EventBody::Erased { whose: None }),
            event(EventBody::Erased { whose: Some(rina().id) }),
        ])
    );
}

#[test]
fn ops_and_answers() {
    let op = |act| Op { op_id: id(50), ticket_id: id(10), seen_n: 6, written_at: time(30), act };
    assert_json_snapshot!(
        "push_request",
        there_and_back(PushRequest {
            ops: vec![
                op(Act::Reply { message: "Baik, Kak.".into() }),
                op(Act::Note { note: "Sudah dicek".into() }),
                op(Act::Tag { tag: "vip".into(), on: true }),
                op(Act::Link { to: id(11), on: false }),
                op(filed()),
                op(Act::Assign { from: None, to: Some(rina().id) }),
                op(Act::Status { from: Status::Open, to: Status::Resolved }),
                op(Act::Priority { from: Priority::Medium, to: Priority::Urgent }),
                op(Act::Category { from: Category::General, to: Category::Payment }),
                op(Act::Subject { from: "Akad".into(), to: "Akad dimajukan".into() }),
                op(Act::Order { from: Some("GO-2291".into()), to: None }),
                op(Act::Snooze { until: Some(time(59)) }),
                op(Act::Snooze { until: None }),
                op(Act::Wake {}),
                op(Act::SendLater { message: "Besok, Kak.".into(), at: time(59) }),
                op(Act::CallOff { id: id(60), now: false }),
                op(Act::CallOff { id: id(60), now: true }),
                op(Act::Read { up_to: 7 }),
            ],
            sent_at: Some(time(31)),
        })
    );
    // Beside what every item tells there is room for all that is filed.
    there_and_back(OutboxItem { act: filed(), ..item() });
    let answer = |outcome| OpAnswer { op_id: id(50), outcome };
    assert_json_snapshot!(
        "push_answer",
        there_and_back(PushAnswer {
            answers: vec![
                answer(Outcome::Landed { n: 8, created_at: time(31) }),
                answer(Outcome::Held { unseen: message() }),
                answer(Outcome::Behind),
                answer(Outcome::Refused {
                    code: Code::LostRace,
                    detail: "closed by Dimas".into(),
                    winner: Some(event(EventBody::Note { note: id(21), mentions: vec![] }))
                }),
            ],
        })
    );
}

#[test]
fn pages_and_frames() {
    let page = Page {
        from: Some(Cursor("a".into())),
        to: Cursor("b".into()),
        rows: vec![
            Row::Ticket(Box::new(TicketChange {
                ticket: ticket(),
                event: event(EventBody::Message { message: id(20) }),
                message: Some(message()),
                note: None,
            })),
            Row::Person(person()),
            Row::Order(order()),
        ],
        more: false,
        complete_to: Some(time(32)),
    };
    assert_json_snapshot!("frame_page", there_and_back(Frame::Page(page)));
    assert_json_snapshot!(
        "frame_ping",
        there_and_back(Frame::Ping { at: time(33), complete_to: Some(time(32)), cursor: Cursor("b".into()) })
    );
}

#[test]
fn presence() {
    let here = Present { ticket: id(10), person: rina().id, side: SenderType::Admin };
    let customer = Present { ticket: id(10), person: roro().id, side: SenderType::Customer };
    assert_json_snapshot!(
        "frame_presence",
        there_and_back(Frame::Presence { anew: true, came: vec![here, customer], left: vec![] })
    );
    assert_json_snapshot!("frame_typing", there_and_back(Frame::Typing { who: here }));
    assert_json_snapshot!(
        "said",
        there_and_back(vec![
            Said::Typing { ticket: id(10), note: false },
            Said::Typing { ticket: id(10), note: true },
            Said::Looking { ticket: Some(id(10)) },
            Said::Looking { ticket: None },
        ])
    );
    let company = Company { here: vec![here], typing: vec![customer] };
    assert!(!company.has_customer(id(10)), "who types need not have been told of");
    assert_json_snapshot!("company", there_and_back(company));
}

#[test]
fn a_newer_service_is_understood_as_far_as_possible() {
    let row: Row = serde_json::from_str(r#"{"row":"seating_plan","tables":40}"#).unwrap();
    assert_eq!(row, Row::Unknown);
    let frame: Frame = serde_json::from_str(r#"{"frame":"dancing","who":"Bagas"}"#).unwrap();
    assert_eq!(frame, Frame::Unknown);
    let mut ticket = serde_json::to_value(ticket()).unwrap();
    ticket["mood"] = "calm".into();
    assert!(serde_json::from_value::<Ticket>(ticket).is_ok());
}

#[test]
fn sessions_and_refusals() {
    assert_json_snapshot!(
        "sign_in",
        there_and_back(SignIn { email: "rina@contoh.id".into(), password: "rahasia-sekali".into(), device: None })
    );
    assert_json_snapshot!(
        "new_password",
        there_and_back(NewPassword { current_password: "melati".into(), password: "kenanga putih 7".into() })
    );
    let device = Device {
        id: id(9),
        name: "laptop-rina · Gemilang Desk 0.1.0, Linux".into(),
        kind: DeviceKind::Desk,
        here: true,
        created_at: time(0),
        last_seen_at: time(59),
    };
    assert_json_snapshot!("device", there_and_back(device));
    let invitation = Invitation {
        id: id(9),
        email: "hanifah@contoh.id".into(),
        role: Role::Agent,
        by: rina(),
        expires_at: time(59),
    };
    let member = Member { person: person(), last_seen_at: Some(time(59)), sessions: 3, tickets: 7 };
    let team = Team { people: vec![member], invitations: vec![invitation] };
    let released = vec![Released { id: id(10), number: TicketNumber(1042), subject: "Genset".into() }];
    assert_json_snapshot!("team_changed", there_and_back(TeamChanged { team, released }));
    assert_json_snapshot!("invite", there_and_back(Invite { email: "hanifah@contoh.id".into(), role: Role::Admin }));
    assert_json_snapshot!(
        "member_change",
        there_and_back(MemberChange { active: Some(false), ..MemberChange::default() })
    );
    assert_json_snapshot!("session", there_and_back(Session { token: "t0k3n".into(), user: user() }));
    assert_json_snapshot!(
        "server_info",
        there_and_back(ServerInfo {
            product: ServerInfo::PRODUCT.into(),
            version: "0.1.0".into(),
            protocol: PROTOCOL_VERSION
        })
    );
    for code in Code::ALL {
        assert!((400..=503).contains(&code.status()), "{code}");
    }
    assert_json_snapshot!("codes", Code::ALL.iter().map(|code| (code.as_str(), code.status())).collect::<Vec<_>>());
}

#[test]
fn the_desk() {
    assert_json_snapshot!(
        "boot",
        there_and_back(Boot {
            version: "0.1.0".into(),
            settings: Settings {
                server: "https://desk.contoh.id".into(),
                email: "rina@contoh.id".into(),
                language: "id".into(),
                theme: "system".into(),
                start_at_login: false,
                keep_running: true,
                undo_seconds: 5,
                contrast: false,
                reduce_motion: false,
                text_size: 100,
            },
            signed_in: Some(signed_in()),
            open: None,
            first: None,
        })
    );
    let query = TicketQuery {
        inbox: Inbox::Unassigned,
        q: "status:open genset".into(),
        calendar: Calendar { today: "2026-11-30".parse().unwrap(), zone: Zone::Wib },
        sort: Sort::Waiting,
        offset: 200,
        limit: 200,
    };
    assert_json_snapshot!("list_tickets", there_and_back(ListTickets { query }));
    assert_eq!(ListTickets::NAME, "list_tickets");
    assert_json_snapshot!(
        "reply",
        there_and_back(Reply { ticket: id(10), message: "Baik".into(), then: Some(Status::Resolved) })
    );
    let to = [
        Property::Assignee(None),
        Property::Status(Status::Resolved),
        Property::Priority(Priority::Low),
        Property::Category(Category::Payment),
        Property::Subject("Akad dimajukan".into()),
        Property::Order(None),
    ];
    let changes = to.map(|to| PropertyChange { ticket: id(10), to }).to_vec();
    assert_json_snapshot!("change_properties", there_and_back(ChangeProperties { changes }));
    assert_json_snapshot!("ticket_list", there_and_back(TicketList { rows: vec![row()], total: 58, more: false }));
    assert_json_snapshot!("navigation", there_and_back(Navigation { mine: 14, unsent: 2, ..Navigation::default() }));
    assert_json_snapshot!(
        "dashboard",
        there_and_back(Dashboard {
            stats: Stats::default(),
            open_unassigned: 6,
            urgent_unassigned: 1,
            filed_today: 8,
            resolved_today: 9,
            closed_today: 4,
            urgent: vec![row()],
            newest: vec![],
            load: vec![Load { person: rina(), duty: Duty::On, tickets: 14 }],
            weddings: vec![Wedding {
                order: order().id,
                number: order().number,
                customer: order().customer.name,
                event_date: order().event_date,
                venue: order().venue,
                zone: order().zone,
                active: 2,
            }],
            days: vec![Day { day: order().event_date, filed: 8, resolved: 9 }],
        })
    );
    assert_json_snapshot!(
        "thread",
        there_and_back(Thread {
            ticket: ticket(),
            assignee: Some(rina()),
            customer: Some(person()),
            other_tickets: 4,
            other_active: 1,
            parts: Vec::new(),
            linked: Vec::new(),
            order: Some(order()),
            messages: vec![message()],
            notes: vec![note()],
            events: vec![],
            partial: true,
            newer: 0,
            unsent: vec![item()],
            draft_reply: "Baik, Kak Roro, saya geser".into(),
            draft_note: String::new(),
            read_up_to: 6,
        })
    );
    assert_json_snapshot!(
        "sync_status",
        there_and_back(
            [
                Line::SignedOut,
                Line::Connecting,
                Line::FirstSync { done: 312, of: 1040 },
                Line::CatchingUp { done: 312, of: 1040 },
                Line::Live,
                Line::Offline { since: time(2) },
                Line::ServiceAway { since: time(2) },
                Line::SessionEnded,
                Line::AppTooOld,
            ]
            .map(|line| SyncStatus {
                line,
                complete_to: Some(time(32)),
                unsent: 2,
                newer: 0,
                storage: None,
                next_try: Some(time(33))
            })
            .to_vec()
        )
    );
    assert_json_snapshot!(
        "command_error",
        there_and_back(CommandError {
            code: CommandCode::Refused(Code::WrongCredentials),
            field: Some("password".into()),
            rule: Some(FieldError::TooLong { most: 1000, is: 1001 }),
            figure: Some(4),
            detail: String::new(),
        })
    );
    assert_json_snapshot!(
        "changed",
        there_and_back(Changed {
            tickets: vec![id(10)],
            records: false,
            views: true,
            outbox: true,
            all: false,
            sent_anyway: vec![TicketNumber(1021)],
        })
    );
    assert_json_snapshot!("open_ticket", there_and_back(OpenTicket { ticket: id(10) }));
    assert_json_snapshot!(
        "snack",
        there_and_back(Snack { key: "snack-assigned".into(), args: vec![("name".into(), "Bagas".into())] })
    );
}
