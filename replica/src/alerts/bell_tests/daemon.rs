//! A computer that shows no alerts, and one that shows them again.

use super::*;

#[test]
fn a_computer_that_cannot_show_it_is_noted_and_tried_again_with_the_next_round() {
    let (mut bell, world) = (Bell::new(1, Vec::new()), world());
    live(&mut bell, &created(&ticket(1, 9)), &world, 0);
    let failed = bell.step(Happened::NotShown(Key::Ring(id(9)), Why::NoDaemon), &world, after(1));
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
        bell.step(Happened::NotShown(key, Why::NoDaemon), &world, after(1));
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
        last = bell.step(Happened::NotShown(Key::Ring(id(9)), Why::NoDaemon), &world, after(60 * round + 1));
    }
    let Some(Action::Record(entry)) = last.first() else { panic!("{last:?}") };
    assert!(entry.steps.len() <= 4, "{} steps", entry.steps.len());
    assert_eq!(entry.steps.iter().filter_map(|step| step.round).max(), Some(200));
}
