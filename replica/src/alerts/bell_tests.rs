//! The bell by example: each sentence of what staff were promised.

use chrono::TimeDelta;
use gemilang_protocol::alert::{About, AlertChoices, AlertResult, Meanwhile, Reason, Rule, Sound, Why};
use gemilang_protocol::sync::TicketChange;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{
    Category, Duty, Event, EventBody, Message, Person, PersonRef, Priority, QuietHours, Role, SenderType, Status,
    Ticket, TicketNumber, Time, Zone,
};
use uuid::Uuid;

use super::bell::{Action, Bell, Happened, Key, What};
use super::decide::{Attention, Came, World, duty_of};
use super::held::HeldReply;
use super::untaken::{Left, Untaken};

pub(super) fn now() -> Time {
    "2026-11-22T07:00:00Z".parse().unwrap()
}

pub(super) fn after(seconds: i64) -> Time {
    now() + TimeDelta::seconds(seconds)
}

pub(super) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn person(n: u128) -> PersonRef {
    PersonRef { id: id(n), name: format!("Orang {n}") }
}

/// Person 1 is at this desk, 2 and 3 are colleagues, 9 and 10 are customers.
pub(super) fn world() -> World {
    World {
        me: person(1),
        role: Role::Agent,
        duty: Duty::On,
        others: vec![(person(2), Duty::On), (person(3), Duty::Off)],
        choices: AlertChoices::default(),
        zone: Zone::Wib,
        attention: Attention::default(),
    }
}

pub(super) fn ticket(n: u128, customer: u128) -> Ticket {
    Ticket {
        id: id(100 + n),
        number: TicketNumber(1_000 + n as i64),
        subject: format!("Tiket {n}"),
        category: Category::Vendor,
        priority: Priority::Urgent,
        status: Status::Open,
        customer: person(customer),
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
        last_message: Excerpt { text: "Tolong".to_owned(), sender_type: SenderType::Customer, sender: Some(person(9)) },
        follows: None,
    }
}

pub(super) fn change(ticket: &Ticket, body: EventBody, actor: u128, n: i64, at: Time) -> TicketChange {
    let actor_type = if actor >= 9 { SenderType::Customer } else { SenderType::Admin };
    let message = matches!(body, EventBody::Message { .. }).then(|| Message {
        id: id(7_000 + n as u128),
        n,
        message: format!("Pesan {n}"),
        sender_type: actor_type,
        sender: Some(person(actor)),
        is_read: false,
        read_at: None,
        written_at: at,
        created_at: at,
    });
    TicketChange {
        ticket: ticket.clone(),
        event: Event { n, op_id: None, actor: Some(person(actor)), actor_type, body, written_at: at, created_at: at },
        message,
        note: None,
    }
}

fn created(ticket: &Ticket) -> TicketChange {
    change(ticket, EventBody::Created { message: id(7), follows: None }, 9, 1, now())
}

fn wrote(ticket: &Ticket, n: i64) -> TicketChange {
    change(ticket, EventBody::Message { message: id(7) }, 9, n, now())
}

fn took(ticket: &Ticket, who: u128) -> TicketChange {
    let mut taken = ticket.clone();
    taken.assigned_to = Some(id(who));
    change(&taken, EventBody::Assigned { from: None, to: Some(person(who)) }, who, 2, now())
}

fn live(bell: &mut Bell, change: &TicketChange, world: &World, at: i64) -> Vec<Action> {
    bell.step(Happened::Arrived(change, Came::Live), world, after(at))
}

fn shown(actions: &[Action]) -> Vec<(Key, &What)> {
    actions
        .iter()
        .filter_map(|it| if let Action::Show { key, what, .. } = it { Some((*key, what)) } else { None })
        .collect()
}

fn withdrawn(actions: &[Action]) -> Vec<Key> {
    actions.iter().filter_map(|it| if let Action::Withdraw(key) = it { Some(*key) } else { None }).collect()
}

/// What the ledger says last: result and why.
fn noted(actions: &[Action]) -> Vec<(AlertResult, Option<Why>)> {
    let entries = actions.iter().filter_map(|it| if let Action::Record(entry) = it { Some(entry) } else { None });
    entries.map(|entry| (entry.result, entry.steps.last().and_then(|step| step.why.clone()))).collect()
}

#[test]
fn urgent_rings_every_minute_until_somebody_takes_it() {
    let (mut bell, world, urgent) = (Bell::new(1, Vec::new()), world(), ticket(1, 9));
    let first = live(&mut bell, &created(&urgent), &world, 0);
    assert_eq!(shown(&first).len(), 1);
    assert_eq!(noted(&first), [(AlertResult::Ringing, Some(Why::OnDuty))]);
    assert!(bell.step(Happened::Tick, &world, after(59)).is_empty());
    for round in 2..6 {
        let again = bell.step(Happened::Tick, &world, after(60 * (round - 1)));
        let [(Key::Ring(_), What::Ring { round: says, .. })] = shown(&again)[..] else { panic!("{again:?}") };
        assert_eq!(i64::from(*says), round);
    }
    assert_eq!(bell.ringing(after(250)).len(), 1);
    let over = live(&mut bell, &took(&urgent, 2), &world, 251);
    assert_eq!(withdrawn(&over), [Key::Ring(id(9))]);
    assert_eq!(noted(&over), [(AlertResult::Withdrawn, Some(Why::Taken { name: "Orang 2".to_owned() }))]);
    assert!(bell.ringing(after(252)).is_empty() && !bell.is_waiting());
    assert!(bell.step(Happened::Tick, &world, after(400)).is_empty());
}

#[test]
fn it_is_withdrawn_by_an_end_by_calm_and_by_what_this_desk_did_itself() {
    let urgent = ticket(1, 9);
    let mut resolved = urgent.clone();
    resolved.status = Status::Resolved;
    let mut calm = urgent.clone();
    calm.priority = Priority::High;
    let ended = EventBody::Status { from: Status::Open, to: Status::Resolved, reason: None };
    let calmed = EventBody::Priority { from: Priority::Urgent, to: Priority::High };
    for (change, why) in
        [(change(&resolved, ended, 2, 2, now()), Why::Ended), (change(&calm, calmed, 2, 2, now()), Why::Calmed)]
    {
        let mut bell = Bell::new(1, Vec::new());
        live(&mut bell, &created(&urgent), &world(), 0);
        let over = live(&mut bell, &change, &world(), 1);
        assert_eq!(
            (withdrawn(&over), noted(&over)),
            (vec![Key::Ring(id(9))], vec![(AlertResult::Withdrawn, Some(why))])
        );
    }
    // Taken here a moment ago: the service does not know yet.
    let mut bell = Bell::new(1, Vec::new());
    live(&mut bell, &created(&urgent), &world(), 0);
    let left = vec![(urgent.id, Left::Taken("Orang 1".to_owned()))];
    let over = bell.step(Happened::Untaken(Vec::new(), left), &world(), after(1));
    assert_eq!(withdrawn(&over), [Key::Ring(id(9))]);
}

#[test]
fn what_this_desk_missed_rings_when_it_comes_back_unless_it_is_a_day_old() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    let untaken = |n: u128, hours: i64| Untaken {
        ticket: id(n),
        number: TicketNumber(n as i64),
        subject: "Genset".to_owned(),
        customer: person(n),
        since: now() - TimeDelta::hours(hours),
    };
    let come = bell.step(Happened::Untaken(vec![untaken(20, 3), untaken(21, 25)], Vec::new()), &world, now());
    let [(Key::Ring(customer), What::Ring { round, .. })] = shown(&come)[..] else { panic!("{come:?}") };
    assert_eq!((customer, *round), (id(20), 181));
    let again = bell.step(Happened::Untaken(vec![untaken(20, 3), untaken(21, 25)], Vec::new()), &world, after(5));
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn who_is_off_duty_is_called_only_when_nobody_is_on_and_admins_after_three_rounds() {
    let urgent = ticket(1, 9);
    let off = World { duty: Duty::Off, ..world() };
    let mut bell = Bell::new(1, Vec::new());
    let held = live(&mut bell, &created(&urgent), &off, 0);
    assert_eq!((shown(&held).len(), noted(&held)), (0, vec![(AlertResult::HeldBack, Some(Why::OffDuty))]));
    assert!(bell.step(Happened::Tick, &off, after(600)).is_empty());
    // They come on duty: at once, not with the next round.
    let on = World { duty: Duty::On, ..off.clone() };
    assert_eq!(shown(&bell.step(Happened::Tick, &on, after(601))).len(), 1);
    // And go: it is taken from their screen.
    let gone = bell.step(Happened::Tick, &off, after(602));
    assert_eq!(
        (withdrawn(&gone), noted(&gone)),
        (vec![Key::Ring(id(9))], vec![(AlertResult::Withdrawn, Some(Why::OffDuty))])
    );

    let nobody = World { others: vec![(person(2), Duty::Off)], ..off.clone() };
    let called = live(&mut Bell::new(1, Vec::new()), &created(&urgent), &nobody, 0);
    assert_eq!(noted(&called), [(AlertResult::Ringing, Some(Why::NobodyOnDuty))]);

    let admin = World { role: Role::Admin, ..off };
    let mut bell = Bell::new(1, Vec::new());
    live(&mut bell, &created(&urgent), &admin, 0);
    assert!(bell.step(Happened::Tick, &admin, after(179)).is_empty());
    let called = bell.step(Happened::Tick, &admin, after(180));
    assert_eq!(noted(&called), [(AlertResult::Ringing, Some(Why::AdminsToo))]);
}

#[test]
fn a_pause_holds_back_what_is_not_urgent_even_when_nobody_else_is_there() {
    let until = after(3_600);
    let paused = World { duty: Duty::Away { until }, others: Vec::new(), ..world() };
    let mut calm = ticket(1, 9);
    calm.priority = Priority::Low;
    let held = live(&mut Bell::new(1, Vec::new()), &created(&calm), &paused, 0);
    assert_eq!(noted(&held), [(AlertResult::HeldBack, Some(Why::Paused { until }))]);
    let called = live(&mut Bell::new(1, Vec::new()), &created(&ticket(1, 9)), &paused, 0);
    assert_eq!(noted(&called), [(AlertResult::Ringing, Some(Why::NobodyOnDuty))]);
    assert_eq!(
        noted(&live(&mut Bell::new(1, Vec::new()), &created(&calm), &paused, 3_600)),
        [(AlertResult::Shown, Some(Why::OnDuty))]
    );
}

#[test]
fn it_is_held_back_only_in_a_focused_window_with_the_thread_on_screen_and_input_lately() {
    let urgent = ticket(1, 9);
    let with = |focused, looking_at, seconds_ago: Option<i64>| {
        let input_at = seconds_ago.map(|ago| after(-ago));
        let world = World { attention: Attention { focused, looking_at, input_at }, ..world() };
        noted(&live(&mut Bell::new(1, Vec::new()), &created(&urgent), &world, 0)).remove(0)
    };
    let here = Some(urgent.id);
    assert_eq!(with(true, here, Some(4)), (AlertResult::HeldBack, Some(Why::Reading { idle: 4 })));
    for (focused, looking_at, ago) in [
        (false, here, Some(4)),
        (true, None, Some(4)),
        (true, Some(id(55)), Some(4)),
        (true, here, Some(60)),
        (true, here, None),
        (true, here, Some(-9)),
    ] {
        assert_eq!(with(focused, looking_at, ago).0, AlertResult::Ringing, "{focused} {looking_at:?} {ago:?}");
    }
}

#[test]
fn one_alert_for_each_customer() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    let (one, two, other) = (ticket(1, 9), ticket(2, 9), ticket(3, 10));
    live(&mut bell, &created(&one), &world, 0);
    let both = live(&mut bell, &created(&two), &world, 10);
    let [(Key::Ring(customer), What::Ring { count: 2, .. })] = shown(&both)[..] else { panic!("{both:?}") };
    assert_eq!(customer, id(9));
    live(&mut bell, &created(&other), &world, 20);
    let minute = bell.step(Happened::Tick, &world, after(60));
    assert_eq!(shown(&minute).len(), 1, "the other customer's minute is not over");
    // One of two is taken: the alert speaks of the other.
    let left = live(&mut bell, &took(&one, 2), &world, 61);
    let [(_, What::Ring { count: 1, subject, .. })] = shown(&left)[..] else { panic!("{left:?}") };
    assert_eq!((subject.as_str(), withdrawn(&left).len()), ("Tiket 2", 0));
}

#[test]
fn five_messages_are_one_alert_and_reading_them_elsewhere_takes_it_back() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    let mut mine = ticket(1, 9);
    mine.priority = Priority::Low;
    mine.assigned_to = Some(id(1));
    let first = live(&mut bell, &wrote(&mine, 2), &world, 0);
    assert_eq!(noted(&first), [(AlertResult::Shown, Some(Why::Yours))]);
    let mut last = first;
    for n in 3..7 {
        last = live(&mut bell, &wrote(&mine, n), &world, n);
    }
    let [(Key::Messages(_), What::Messages { count: 5, text, .. })] = shown(&last)[..] else { panic!("{last:?}") };
    assert_eq!((text.as_str(), noted(&last)), ("Pesan 6", vec![(AlertResult::Grouped, Some(Why::Burst { count: 5 }))]));
    let ids: Vec<u64> =
        last.iter().filter_map(|it| if let Action::Record(entry) = it { Some(entry.id) } else { None }).collect();
    assert_eq!(ids, [1], "a burst is one entry");

    let read = |up_to| change(&mine, EventBody::Read { by: SenderType::Admin, up_to }, 2, 20 + up_to, now());
    assert!(live(&mut bell, &read(5), &world, 20).is_empty(), "the last one is not read");
    let over = live(&mut bell, &read(6), &world, 21);
    assert_eq!(noted(&over), [(AlertResult::Withdrawn, Some(Why::Read { name: "Orang 2".to_owned() }))]);
    // What comes after a click is a new alert.
    live(&mut bell, &wrote(&mine, 8), &world, 30);
    let clicked = bell.step(Happened::Clicked(Key::Messages(mine.id)), &world, after(33));
    assert_eq!(noted(&clicked), [(AlertResult::Clicked, None)]);
    assert_eq!(noted(&live(&mut bell, &wrote(&mine, 9), &world, 34)), [(AlertResult::Shown, Some(Why::Yours))]);
}

#[test]
fn a_message_gives_way_to_what_rings() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    let mut calm = ticket(1, 9);
    calm.priority = Priority::High;
    live(&mut bell, &created(&calm), &world, 0);
    let raised = change(&ticket(1, 9), EventBody::Priority { from: Priority::High, to: Priority::Urgent }, 2, 2, now());
    let rings = live(&mut bell, &raised, &world, 5);
    assert_eq!(withdrawn(&rings), [Key::Messages(calm.id)]);
    assert!(
        matches!(shown(&rings)[..], [(Key::Ring(_), What::Ring { reason: Reason::BecameUrgent, .. })]),
        "{rings:?}"
    );
    // What is written while it rings is counted there.
    let more = live(&mut bell, &wrote(&ticket(1, 9), 3), &world, 6);
    assert_eq!((shown(&more).len(), noted(&more)), (0, vec![(AlertResult::Ringing, Some(Why::Burst { count: 1 }))]));
}

#[test]
fn others_tickets_own_acts_and_the_first_sync_are_no_alerts() {
    let mut others = ticket(1, 9);
    others.assigned_to = Some(id(2));
    let mut calm = ticket(2, 9);
    calm.priority = Priority::Low;
    let world = world();
    assert!(live(&mut Bell::new(1, Vec::new()), &wrote(&others, 2), &world, 0).is_empty());
    let own = change(&calm, EventBody::Created { message: id(7), follows: None }, 1, 1, now());
    assert!(live(&mut Bell::new(1, Vec::new()), &own, &world, 0).is_empty());
    let first = Bell::new(1, Vec::new()).step(Happened::Arrived(&created(&ticket(3, 9)), Came::First), &world, now());
    assert!(first.is_empty());
    let late = Bell::new(1, Vec::new()).step(Happened::Arrived(&created(&calm), Came::Late), &world, after(16 * 60));
    assert_eq!(noted(&late), [(AlertResult::HeldBack, Some(Why::Late { minutes: 16 }))]);
}

#[test]
fn whoever_makes_it_urgent_is_called_a_minute_later() {
    let (mut bell, world, urgent) = (Bell::new(1, Vec::new()), world(), ticket(1, 9));
    let raised = EventBody::Priority { from: Priority::Low, to: Priority::Urgent };
    assert!(live(&mut bell, &change(&urgent, raised.clone(), 1, 2, now()), &world, 0).is_empty());
    assert_eq!(shown(&bell.step(Happened::Tick, &world, after(60))).len(), 1);
    // For its holder it is one alert; for others only while the holder is away.
    let mut held = urgent;
    held.assigned_to = Some(id(1));
    let mine = live(&mut Bell::new(1, Vec::new()), &change(&held, raised.clone(), 2, 2, now()), &world, 0);
    assert_eq!(noted(&mine), [(AlertResult::Shown, Some(Why::Yours))]);
    held.assigned_to = Some(id(2));
    assert!(live(&mut Bell::new(1, Vec::new()), &change(&held, raised.clone(), 3, 2, now()), &world, 0).is_empty());
    held.assigned_to = Some(id(3));
    let away = live(&mut Bell::new(1, Vec::new()), &change(&held, raised, 2, 2, now()), &world, 0);
    assert_eq!(noted(&away), [(AlertResult::Shown, Some(Why::HolderOff { name: "Orang 3".to_owned() }))]);
}

#[test]
fn a_ticket_given_to_one_is_told_and_no_longer_rings() {
    let (mut bell, world, urgent) = (Bell::new(1, Vec::new()), world(), ticket(1, 9));
    live(&mut bell, &created(&urgent), &world, 0);
    let mut mine = urgent.clone();
    mine.assigned_to = Some(id(1));
    let given = live(
        &mut bell,
        &change(&mine, EventBody::Assigned { from: None, to: Some(person(1)) }, 2, 2, now()),
        &world,
        5,
    );
    assert_eq!(withdrawn(&given), [Key::Ring(id(9))]);
    let [(Key::Ticket(_), What::Ticket { reason: Reason::AssignedToMe, .. })] = shown(&given)[..] else {
        panic!("{given:?}")
    };
    // Let go again it rings anew.
    let let_go = change(&urgent, EventBody::Assigned { from: Some(person(1)), to: None }, 2, 3, now());
    let again = live(&mut bell, &let_go, &world, 9);
    assert!(matches!(shown(&again)[..], [(Key::Ring(_), What::Ring { reason: Reason::LetGo, .. })]), "{again:?}");
}

#[test]
fn what_was_erased_stands_in_no_alert() {
    let (mut bell, world, urgent) = (Bell::new(1, Vec::new()), world(), ticket(1, 9));
    live(&mut bell, &created(&urgent), &world, 0);
    let erased = live(&mut bell, &change(&urgent, EventBody::Erased { whose: None }, 9, 2, now()), &world, 1);
    assert_eq!((withdrawn(&erased), noted(&erased).len()), (vec![Key::Ring(id(9))], 0));
    assert!(bell.ringing(after(2)).is_empty());
}

#[test]
fn what_was_switched_off_is_held_back_and_said_so() {
    let mut choices = AlertChoices::default();
    choices.choose(Rule { on: false, ..Rule::of(Reason::NewUrgent) });
    let world = World { choices, ..world() };
    let held = live(&mut Bell::new(1, Vec::new()), &created(&ticket(1, 9)), &world, 0);
    assert_eq!(noted(&held), [(AlertResult::HeldBack, Some(Why::SwitchedOff))]);
}

#[test]
fn a_computer_that_cannot_show_it_is_noted_and_tried_again_with_the_next_round() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    live(&mut bell, &created(&ticket(1, 9)), &world, 0);
    let failed = bell.step(Happened::NotShown(Key::Ring(id(9))), &world, after(1));
    assert_eq!(noted(&failed), [(AlertResult::NotShown, Some(Why::NoDaemon))]);
    assert_eq!(shown(&bell.step(Happened::Tick, &world, after(60))).len(), 1);
}

/// Everything that stands is put on screen again, and what was taken back meanwhile is not.
#[test]
fn what_stands_is_raised_again_when_a_daemon_is_there_again() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    let (urgent, mine, read) = (ticket(1, 9), mine(2), mine(3));
    live(&mut bell, &created(&urgent), &world, 0);
    live(&mut bell, &wrote(&mine, 2), &world, 0);
    live(&mut bell, &wrote(&read, 2), &world, 0);
    for key in [Key::Ring(id(9)), Key::Messages(mine.id), Key::Messages(read.id)] {
        bell.step(Happened::NotShown(key), &world, after(1));
    }
    assert!(bell.is_lost());
    let gone = change(&read, EventBody::Read { by: SenderType::Admin, up_to: 2 }, 2, 3, now());
    let over = live(&mut bell, &gone, &world, 2);
    assert_eq!(noted(&over), [(AlertResult::NotShown, Some(Why::Read { name: "Orang 2".to_owned() }))]);
    let back = bell.step(Happened::DaemonBack, &world, after(3));
    assert_eq!(
        shown(&back).iter().map(|(key, _)| *key).collect::<Vec<_>>(),
        [Key::Ring(id(9)), Key::Messages(mine.id)]
    );
    assert_eq!(
        noted(&back),
        [(AlertResult::Ringing, Some(Why::DaemonBack)), (AlertResult::Shown, Some(Why::DaemonBack))]
    );
    assert!(!bell.is_lost() && bell.step(Happened::DaemonBack, &world, after(4)).is_empty());
}

#[test]
fn tries_that_fail_in_every_round_do_not_fill_the_ledger() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    live(&mut bell, &created(&ticket(1, 9)), &world, 0);
    let mut last = Vec::new();
    for round in 1..200 {
        bell.step(Happened::Tick, &world, after(60 * round));
        last = bell.step(Happened::NotShown(Key::Ring(id(9))), &world, after(60 * round + 1));
    }
    let Some(Action::Record(entry)) = last.first() else { panic!("{last:?}") };
    assert!(entry.steps.len() <= 4, "{} steps", entry.steps.len());
    assert_eq!(entry.steps.iter().filter_map(|step| step.round).max(), Some(200));
}

/// A ticket of one's own that is not urgent.
fn mine(n: u128) -> Ticket {
    Ticket { priority: Priority::Low, assigned_to: Some(id(1)), ..ticket(n, 10) }
}

/// From two hours ago until in one: 14:00 to 15:00 in Jakarta is where the tests are.
fn quiet(urgent_passes: bool) -> World {
    let clock = |text: &str| text.parse().unwrap();
    let quiet = QuietHours { on: true, from: clock("12:00"), to: clock("15:00"), urgent_passes, summary: true };
    World { choices: AlertChoices { quiet, ..AlertChoices::default() }, ..world() }
}

fn why_quiet(world: &World) -> Why {
    let QuietHours { from, to, summary, .. } = world.choices.quiet;
    Why::Quiet { from, to, summary }
}

#[test]
fn quiet_hours_hold_back_and_one_alert_at_their_end_says_what_still_waits() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), quiet(true));
    let (one, two, read) = (mine(1), mine(2), mine(3));
    for ticket in [&one, &two, &read] {
        let held = live(&mut bell, &wrote(ticket, 2), &world, 0);
        assert_eq!((shown(&held).len(), noted(&held)), (0, vec![(AlertResult::HeldBack, Some(why_quiet(&world)))]));
    }
    let given = change(&one, EventBody::Assigned { from: None, to: Some(person(1)) }, 2, 3, now());
    live(&mut bell, &given, &world, 1);
    live(&mut bell, &wrote(&one, 4), &world, 2);
    // What somebody else answers meanwhile waits for nobody.
    let answered = live(&mut bell, &change(&read, EventBody::Message { message: id(8) }, 2, 3, now()), &world, 3);
    assert_eq!(noted(&answered), [(AlertResult::Withdrawn, Some(Why::Answered { name: "Orang 2".to_owned() }))]);
    // What is urgent passes.
    let urgent = live(&mut bell, &created(&ticket(7, 9)), &world, 4);
    assert_eq!(noted(&urgent), [(AlertResult::Ringing, Some(Why::OnDuty))]);
    live(&mut bell, &took(&ticket(7, 9), 2), &world, 5);
    assert!(bell.is_waiting() && shown(&bell.step(Happened::Tick, &world, after(3_599))).is_empty());

    let end = bell.step(Happened::Tick, &world, after(3_600));
    let counts = Meanwhile { messages: 2, assigned: 1, ..Meanwhile::default() };
    assert_eq!(
        shown(&end),
        [(Key::Summary, &What::Summary(counts))],
        "the given ticket takes back what stood before it"
    );
    assert_eq!(noted(&end), [(AlertResult::Shown, Some(Why::Meanwhile { counts }))]);
    assert!(!bell.is_waiting() && bell.step(Happened::Tick, &world, after(3_700)).is_empty(), "said once");
}

#[test]
fn what_is_urgent_is_silent_in_quiet_hours_only_where_its_person_says_so_and_rings_at_their_end() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), quiet(false));
    let held = live(&mut bell, &created(&ticket(1, 9)), &world, 0);
    assert_eq!((shown(&held).len(), noted(&held)), (0, vec![(AlertResult::HeldBack, Some(why_quiet(&world)))]));
    let end = bell.step(Happened::Tick, &world, after(3_600));
    assert!(matches!(shown(&end)[..], [(Key::Ring(_), What::Ring { .. })]), "{end:?}");
    // Whose quiet hours are silent is not there for the others, and they are called.
    let mut colleague = colleague();
    assert_eq!(duty_of(&colleague, now()), Duty::On);
    colleague.alerts = Some(world.choices.clone());
    assert_eq!((duty_of(&colleague, now()), duty_of(&colleague, after(3_600))), (Duty::Off, Duty::On));
    colleague.alerts = Some(quiet(true).choices);
    assert_eq!(duty_of(&colleague, now()), Duty::On);
}

fn colleague() -> Person {
    Person {
        id: id(2),
        name: "Orang 2".to_owned(),
        email: "dua@contoh.id".to_owned(),
        phone: None,
        role: Role::Agent,
        language: "id".to_owned(),
        zone: Zone::Wib,
        active: true,
        duty: Duty::On,
        alerts: None,
        created_at: now(),
    }
}

#[test]
fn a_night_the_desk_slept_through_is_summed_up_once_it_has_caught_up() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), quiet(true));
    let morning = |seconds: i64| after(3_600 + seconds);
    for (n, seconds) in [(1, 300), (2, 301_i64)] {
        let late = bell.step(Happened::Arrived(&wrote(&mine(n), 2), Came::Late), &world, morning(seconds));
        assert_eq!((shown(&late).len(), noted(&late)), (0, vec![(AlertResult::HeldBack, Some(why_quiet(&world)))]));
    }
    // Started anew meanwhile: the ledger has them.
    let entries = |actions: &[Action]| -> Vec<_> {
        actions
            .iter()
            .filter_map(|it| if let Action::Record(entry) = it { Some((**entry).clone()) } else { None })
            .collect()
    };
    let held = bell.step(Happened::Arrived(&wrote(&mine(3), 2), Came::Late), &world, morning(302));
    assert!(bell.step(Happened::Tick, &world, morning(303)).is_empty(), "more may come");
    let said = bell.step(Happened::Tick, &world, morning(305));
    assert_eq!(shown(&said), [(Key::Summary, &What::Summary(Meanwhile { messages: 3, ..Meanwhile::default() }))]);
    let said = Bell::new(9, entries(&held)).step(Happened::Tick, &world, morning(400));
    assert_eq!(shown(&said), [(Key::Summary, &What::Summary(Meanwhile { messages: 1, ..Meanwhile::default() }))]);
    // What is half a day old is no news.
    let late =
        Bell::new(1, Vec::new()).step(Happened::Arrived(&wrote(&mine(1), 2), Came::Late), &world, morning(12 * 3_600));
    assert_eq!(noted(&late), [(AlertResult::HeldBack, Some(Why::Late { minutes: 13 * 60 }))]);
}

#[test]
fn an_alert_that_was_put_off_comes_again_after_ten_minutes_unless_it_is_over() {
    let (mut bell, world, urgent, mine) = (Bell::new(1, Vec::new()), world(), ticket(1, 9), mine(2));
    live(&mut bell, &created(&urgent), &world, 0);
    live(&mut bell, &wrote(&mine, 2), &world, 0);
    for key in [Key::Ring(id(9)), Key::Messages(mine.id)] {
        let put_off = bell.step(Happened::Snoozed(key), &world, after(30));
        assert_eq!(
            (withdrawn(&put_off), noted(&put_off)),
            (vec![key], vec![(AlertResult::HeldBack, Some(Why::Snoozed { until: after(630) }))])
        );
    }
    assert!(bell.ringing(after(31)).is_empty() && bell.is_waiting());
    // What comes meanwhile is counted, and not heard.
    let more = live(&mut bell, &wrote(&mine, 3), &world, 40);
    assert_eq!((shown(&more).len(), noted(&more)), (0, vec![(AlertResult::Grouped, Some(Why::Burst { count: 2 }))]));
    assert!(bell.step(Happened::Tick, &world, after(629)).is_empty());
    let again = bell.step(Happened::Tick, &world, after(630));
    assert!(
        matches!(
            shown(&again)[..],
            [(Key::Ring(_), What::Ring { round: 11, .. }), (_, What::Messages { count: 2, .. })]
        ),
        "{again:?}"
    );
    // Taken while it is put off it never comes again.
    bell.step(Happened::Snoozed(Key::Ring(id(9))), &world, after(640));
    live(&mut bell, &took(&urgent, 2), &world, 650);
    assert!(bell.step(Happened::Tick, &world, after(1_300)).is_empty());
}

#[test]
fn an_own_reply_that_waits_is_told_once_and_taken_back_when_it_is_decided_about() {
    let mut bell = Bell::new(1, Vec::new());
    let off = World { duty: Duty::Off, ..world() };
    let held = |op: u128, ticket: u128| HeldReply {
        op: id(op),
        about: About {
            ticket: id(ticket),
            number: TicketNumber(1),
            subject: "Genset".to_owned(),
            customer: "Roro".to_owned(),
        },
        colleague: None,
    };
    assert!(bell.step(Happened::Held(vec![held(1, 1)]), &off, now()).is_empty(), "it waited before the start");
    let told = bell.step(Happened::Held(vec![held(1, 1), held(2, 2)]), &off, after(1));
    let [(Key::Held(ticket), What::Held { customer, .. })] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!((ticket, customer.as_str()), (id(2), "Roro"));
    assert_eq!(noted(&told), [(AlertResult::Shown, Some(Why::ThreadMoved))], "off duty, too: they are one's own words");
    assert!(bell.step(Happened::Held(vec![held(1, 1), held(2, 2)]), &off, after(2)).is_empty());
    let over = bell.step(Happened::Held(vec![held(1, 1)]), &off, after(3));
    assert_eq!(noted(&over), [(AlertResult::Withdrawn, Some(Why::Decided))]);
}

#[test]
fn every_alert_is_heard_as_its_person_chose_and_a_burst_once() {
    let mut choices = AlertChoices::default();
    choices.choose(Rule { sound: Sound::Kecrek, ..Rule::of(Reason::MessageMine) });
    let (mut bell, world) = (Bell::new(1, Vec::new()), World { choices, ..world() });
    let heard = |actions: &[Action]| -> Vec<Sound> {
        actions.iter().filter_map(|it| if let Action::Show { sound, .. } = it { Some(*sound) } else { None }).collect()
    };
    assert_eq!(heard(&live(&mut bell, &wrote(&mine(1), 2), &world, 0)), [Sound::Kecrek]);
    assert_eq!(heard(&live(&mut bell, &wrote(&mine(1), 3), &world, 1)), [Sound::Silent]);
    assert_eq!(heard(&live(&mut bell, &created(&ticket(2, 9)), &world, 2)), [Sound::Gong]);
    assert_eq!(heard(&bell.step(Happened::Tick, &world, after(62))), [Sound::Gong], "every round is heard");
}
