//! Alerts that are no rings: bursts, own tickets, own replies, what is put off.

use super::*;

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

#[test]
fn who_is_called_by_name_is_told_whatever_the_ticket_and_nobody_else_is() {
    let mut closed = ticket(1, 9);
    (closed.status, closed.assigned_to) = (Status::Closed, Some(id(2)));
    let calls = |who: u128, by: u128| {
        let note = Note {
            id: id(8),
            n: 2,
            note: "@Orang 1 tolong dicek".to_owned(),
            author: person(by),
            written_at: now(),
            created_at: now(),
        };
        let body = EventBody::Note { note: note.id, mentions: vec![person(who)] };
        TicketChange { note: Some(note), ..change(&closed, body, by, 2, now()) }
    };
    let world = world();
    let told = live(&mut Bell::new(1, Vec::new()), &calls(1, 2), &world, 0);
    assert_eq!(noted(&told), [(AlertResult::Shown, Some(Why::Called))]);
    let [(Key::Ticket(_), What::Ticket { reason: Reason::Mentioned, text: Some(text), by: Some(by), .. })] =
        shown(&told)[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((text.as_str(), by.as_str()), ("@Orang 1 tolong dicek", "Orang 2"));
    assert!(live(&mut Bell::new(1, Vec::new()), &calls(2, 3), &world, 0).is_empty(), "somebody else is called");
    assert!(live(&mut Bell::new(1, Vec::new()), &calls(1, 1), &world, 0).is_empty(), "by oneself");
    let first = Happened::Arrived(&calls(1, 2), Came::First);
    assert!(Bell::new(1, Vec::new()).step(first, &world, now()).is_empty(), "long ago");
    let mut quiet = world.clone();
    quiet.choices.choose(Rule { on: false, ..Rule::of(Reason::Mentioned) });
    let held = live(&mut Bell::new(1, Vec::new()), &calls(1, 2), &quiet, 0);
    assert_eq!(noted(&held), [(AlertResult::HeldBack, Some(Why::SwitchedOff))]);
}

#[test]
fn what_one_put_off_and_what_one_wrote_for_later_come_back_however_late() {
    let (mine, world) = (mine(1), world());
    let woken = |who: u128, why| change(&mine, EventBody::Woken { person: person(who), why }, 9, 2, now());
    let step = |change: &TicketChange, came| {
        Bell::new(1, Vec::new()).step(Happened::Arrived(change, came), &world, after(3_600))
    };
    let due = step(&woken(1, Wake::Due), Came::Late);
    assert_eq!(noted(&due), [(AlertResult::Shown, Some(Why::PutOff))]);
    assert!(matches!(shown(&due)[..], [(_, What::Ticket { reason: Reason::SnoozeDue, .. })]), "{due:?}");
    for quiet in [woken(2, Wake::Due), woken(1, Wake::Asked), woken(1, Wake::Replied)] {
        assert!(step(&quiet, Came::Live).is_empty(), "{quiet:?}");
    }
    let held = |author: u128| {
        let body = EventBody::HeldBack { id: id(5), author: person(author), why: Hold::CustomerWrote };
        change(&mine, body, 9, 3, now())
    };
    let told = step(&held(1), Came::Late);
    assert_eq!(noted(&told), [(AlertResult::Shown, Some(Why::ThreadMoved))]);
    assert!(matches!(shown(&told)[..], [(_, What::Ticket { reason: Reason::LaterHeld, .. })]), "{told:?}");
    assert!(step(&held(2), Came::Live).is_empty());
}
