//! Quiet hours, and what is said at their end.

use super::*;

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
fn quiet_hours_that_begin_while_it_is_read_take_it_from_the_screen() {
    let attention = Attention { focused: true, looking_at: Some(id(1)), input_at: Some(now()) };
    let (mut bell, open) = (Bell::new(1, Vec::new()), World { attention, ..world() });
    live(&mut bell, &created(&ticket(1, 9)), &world(), 0);
    assert_eq!(withdrawn(&bell.step(Happened::Tick, &open, after(1))), [], "who reads it has it where it is");
    let begun = World { attention, ..quiet(false) };
    assert_eq!(withdrawn(&bell.step(Happened::Tick, &begun, after(2))), [Key::Ring(id(9))]);
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
