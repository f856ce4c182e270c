//! The bell in random histories: whatever happens in whatever order, nothing that is urgent and nobody's is silent for longer than a
//! round to whom it should ring for, nothing taken rings, and every answer is in the ledger.

use std::collections::{BTreeMap, BTreeSet};

use gemilang_protocol::alert::{AlertResult, RingView, Why};
use gemilang_protocol::{Duty, EventBody, Priority, QuietHours, Role, Status, Ticket};
use proptest::prelude::*;
use uuid::Uuid;

use super::bell::{Action, Bell, Happened, Key};
use super::bell_tests::{after, change, id, person, ticket, world};
use super::decide::{Attention, Came, World};

/// One thing that happens; the small numbers choose a ticket of four, two for each of two customers.
#[derive(Debug, Clone)]
enum Turn {
    File(u128),
    Take(u128, u128),
    LetGo(u128),
    Calm(u128),
    Raise(u128),
    End(u128),
    Write(u128),
    Duty(bool),
    Others(bool),
    Look(Option<u128>, bool),
    Input,
    Click(u128),
    Snooze(u128),
    Daemon(bool),
    Quiet(bool, bool),
    Wait(i64),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let one = 0..4_u128;
    let turn = prop_oneof![
        3 => one.clone().prop_map(Turn::File),
        2 => (one.clone(), 1..4_u128).prop_map(|(ticket, who)| Turn::Take(ticket, who)),
        1 => one.clone().prop_map(Turn::LetGo),
        1 => one.clone().prop_map(Turn::Calm),
        1 => one.clone().prop_map(Turn::Raise),
        1 => one.clone().prop_map(Turn::End),
        1 => one.clone().prop_map(Turn::Write),
        1 => any::<bool>().prop_map(Turn::Duty),
        1 => any::<bool>().prop_map(Turn::Others),
        1 => (proptest::option::of(one.clone()), any::<bool>()).prop_map(|(ticket, focused)| Turn::Look(ticket, focused)),
        1 => Just(Turn::Input),
        1 => one.clone().prop_map(Turn::Click),
        1 => one.prop_map(Turn::Snooze),
        1 => any::<bool>().prop_map(Turn::Daemon),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(on, passes)| Turn::Quiet(on, passes)),
        5 => (1..90_i64).prop_map(Turn::Wait),
    ];
    proptest::collection::vec(turn, 1..60)
}

/// What is true, beside what the bell believes.
struct Truth {
    tickets: BTreeMap<u128, Ticket>,
    world: World,
    seconds: i64,
    on_screen: BTreeSet<Key>,
    /// When each customer's alert was last put on screen, or began not to be called for.
    rang: BTreeMap<Uuid, i64>,
    /// Until when each customer's alert was put off.
    put_off: BTreeMap<Uuid, i64>,
    /// Whether there is a notification daemon.
    daemon: bool,
    /// What was on screen when it went, or would have come there since.
    lost: BTreeSet<Key>,
}

impl Truth {
    fn untaken(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets
            .values()
            .filter(|it| it.status.is_active() && it.priority == Priority::Urgent && it.assigned_to.is_none())
    }

    /// Changes a ticket as the service would, and answers the event; nothing when nothing changes.
    fn turn(&mut self, turn: &Turn) -> Option<(Uuid, EventBody, u128)> {
        let (n, body, actor) = match turn {
            Turn::File(n) if !self.tickets.contains_key(n) => {
                self.tickets.insert(*n, ticket(*n, 9 + n % 2));
                (*n, EventBody::Created { message: id(7), follows: None }, 9 + n % 2)
            }
            Turn::Take(n, who) => {
                let it = self.tickets.get_mut(n)?;
                let from = it.assigned_to.replace(id(*who));
                if from == Some(id(*who)) {
                    return None;
                }
                (*n, EventBody::Assigned { from: None, to: Some(person(*who)) }, *who)
            }
            Turn::LetGo(n) => {
                self.tickets.get_mut(n)?.assigned_to.take()?;
                (*n, EventBody::Assigned { from: Some(person(2)), to: None }, 2)
            }
            Turn::Calm(n) | Turn::Raise(n) => {
                let it = self.tickets.get_mut(n)?;
                let to = if matches!(turn, Turn::Calm(_)) { Priority::Low } else { Priority::Urgent };
                let from = std::mem::replace(&mut it.priority, to);
                if from == to {
                    return None;
                }
                (*n, EventBody::Priority { from, to }, 2)
            }
            Turn::End(n) => {
                let it = self.tickets.get_mut(n)?;
                let from = std::mem::replace(&mut it.status, Status::Resolved);
                if !from.is_active() {
                    return None;
                }
                (*n, EventBody::Status { from, to: Status::Resolved, reason: None }, 2)
            }
            Turn::Write(n) if self.tickets.get(n)?.status.is_active() => {
                (*n, EventBody::Message { message: id(7) }, 9 + n % 2)
            }
            _ => return None,
        };
        let it = self.tickets.get_mut(&n)?;
        it.n += 1;
        Some((it.id, body, actor))
    }
}

/// Does as the shell does; without a daemon the bell hears that nothing was shown.
fn obey(truth: &mut Truth, bell: &mut Bell, actions: &[Action]) -> Result<(), TestCaseError> {
    for action in actions {
        match action {
            Action::Show { key, .. } if !truth.daemon => {
                truth.lost.insert(*key);
                for noted in bell.step(Happened::NotShown(*key, Why::NoDaemon), &truth.world, after(truth.seconds)) {
                    prop_assert!(matches!(noted, Action::Record(_)), "{noted:?}");
                }
            }
            Action::Show { key, .. } => {
                truth.on_screen.insert(*key);
                if let Key::Ring(customer) = key {
                    truth.rang.insert(*customer, truth.seconds);
                }
            }
            Action::Withdraw(key) => {
                prop_assert!(
                    matches!(key, Key::Ring(_)) || !truth.daemon || truth.on_screen.contains(key),
                    "{key:?} was not shown"
                );
                truth.on_screen.remove(key);
            }
            Action::Record(entry) => {
                let Some(step) = entry.steps.last() else { return Err(TestCaseError::fail("an entry without a step")) };
                prop_assert!(step.why.is_some() || step.result == AlertResult::Clicked, "{step:?} says no why");
                if let Some(Why::Reading { idle }) = step.why {
                    prop_assert!(truth.world.attention.focused && idle < 60);
                    prop_assert_eq!(truth.world.attention.looking_at, entry.ticket());
                }
            }
        }
    }
    Ok(())
}

fn holds(truth: &mut Truth, bell: &Bell) -> Result<(), TestCaseError> {
    let now = after(truth.seconds);
    let untaken: Vec<(Uuid, Uuid)> = truth.untaken().map(|it| (it.id, it.customer.id)).collect();
    for view in bell.ringing(now) {
        prop_assert!(untaken.iter().any(|(ticket, _)| *ticket == view.ticket), "{} rings and is taken", view.number);
    }
    let called = truth.world.duty.is_on(now) || truth.world.others.iter().all(|(_, duty)| !duty.is_on(now));
    for customer in [id(9), id(10)] {
        let reads = truth.world.attention.focused
            && untaken.iter().any(|(it, whose)| *whose == customer && truth.world.attention.looking_at == Some(*it));
        let rings = untaken.iter().any(|(_, whose)| *whose == customer);
        let is_put_off = truth.put_off.get(&customer).is_some_and(|until| truth.seconds < *until);
        let quiet = truth.world.is_quiet(now) && !truth.world.choices.quiet.urgent_passes;
        prop_assert!(!quiet || !truth.on_screen.contains(&Key::Ring(customer)), "it rings in quiet hours");
        if !rings || !called || reads || is_put_off || quiet || !truth.daemon {
            truth.rang.insert(customer, truth.seconds);
            prop_assert!(rings || !truth.on_screen.contains(&Key::Ring(customer)), "what is over stands on the screen");
        }
        let silent = truth.seconds - truth.rang.get(&customer).copied().unwrap_or(truth.seconds);
        prop_assert!(silent <= RingView::ROUND_SECONDS, "silent for {silent} s");
    }
    Ok(())
}

proptest! {
    #[test]
    fn nothing_urgent_is_silent_and_nothing_taken_rings(turns in turns()) {
        let world = World { role: Role::Agent, ..world() };
        let mut truth = Truth { tickets: BTreeMap::new(), world, seconds: 0, on_screen: BTreeSet::new(), rang: BTreeMap::new(), put_off: BTreeMap::new(), daemon: true, lost: BTreeSet::new() };
        let mut bell = Bell::new(1, Vec::new());
        for turn in &turns {
            match turn {
                Turn::Duty(on) => truth.world.duty = if *on { Duty::On } else { Duty::Off },
                Turn::Others(on) => {
                    for (_, duty) in &mut truth.world.others {
                        *duty = if *on { Duty::On } else { Duty::Off };
                    }
                }
                Turn::Look(n, focused) => {
                    let looking_at = n.and_then(|n| truth.tickets.get(&n)).map(|it| it.id);
                    truth.world.attention = Attention { focused: *focused, looking_at, ..truth.world.attention };
                }
                Turn::Input => truth.world.attention.input_at = Some(after(truth.seconds)),
                Turn::Click(n) => {
                    let key = Key::Ring(id(9 + n % 2));
                    if truth.on_screen.remove(&key) {
                        let actions = bell.step(Happened::Clicked(key), &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                    }
                }
                Turn::Snooze(n) => {
                    let customer = id(9 + n % 2);
                    if truth.on_screen.contains(&Key::Ring(customer)) {
                        truth.put_off.insert(customer, truth.seconds + 600);
                        let actions = bell.step(Happened::Snoozed(Key::Ring(customer)), &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                        prop_assert!(!truth.on_screen.contains(&Key::Ring(customer)));
                    }
                }
                Turn::Daemon(there) => {
                    let came = *there && !truth.daemon;
                    let gone: Vec<Key> = truth.on_screen.iter().filter(|_| !there).copied().collect();
                    truth.daemon = *there;
                    for key in gone {
                        truth.on_screen.remove(&key);
                        truth.lost.insert(key);
                        let actions = bell.step(Happened::NotShown(key, Why::NoDaemon), &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                    }
                    if came {
                        let actions = bell.step(Happened::DaemonBack, &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                        let lost = std::mem::take(&mut truth.lost);
                        let loud = bell.ringing(after(truth.seconds));
                        for view in loud {
                            // One that was clicked comes with its next round.
                            let key = Key::Ring(bell.customer_of(view.ticket).expect("it rings"));
                            prop_assert!(!lost.contains(&key) || truth.on_screen.contains(&key), "it stands and was not raised again");
                        }
                    }
                }
                Turn::Quiet(on, urgent_passes) => {
                    truth.world.choices.quiet = QuietHours {
                        on: *on,
                        from: "00:00".parse().expect("a time"),
                        to: "24:00".parse().expect("a time"),
                        urgent_passes: *urgent_passes,
                        summary: true,
                    };
                }
                // As the shell does: once a second.
                Turn::Wait(seconds) => {
                    for _ in 0..*seconds {
                        truth.seconds += 1;
                        let actions = bell.step(Happened::Tick, &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                        holds(&mut truth, &bell)?;
                    }
                }
                other => {
                    if let Some((ticket, body, actor)) = truth.turn(other) {
                        let head = truth.tickets.values().find(|it| it.id == ticket).cloned().expect("it was changed");
                        let change = change(&head, body, actor, head.n, after(truth.seconds));
                        let actions = bell.step(Happened::Arrived(&change, Came::Live), &truth.world, after(truth.seconds));
                        obey(&mut truth, &mut bell, &actions)?;
                    }
                }
            }
            let actions = bell.step(Happened::Tick, &truth.world, after(truth.seconds));
            obey(&mut truth, &mut bell, &actions)?;
            holds(&mut truth, &bell)?;
        }
    }
}
