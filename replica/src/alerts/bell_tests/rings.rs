//! What rings: in rounds, for whom, until when.

use super::*;

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
