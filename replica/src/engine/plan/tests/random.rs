//! Whatever may happen, in any order: once the line is good, nothing is left.

use proptest::prelude::*;

use super::*;

fn anything() -> impl Strategy<Value = Event> {
    let fault = prop_oneof![
        Just(Fault::Silent),
        Just(Fault::Away),
        Just(Fault::Busy(Duration::from_secs(3))),
        Just(Fault::Lost),
        Just(Fault::Storage),
    ];
    prop_oneof![
        4 => Just(Event::Tick),
        1 => Just(Event::Nudge),
        2 => Just(Event::Written),
        2 => fault.clone().prop_map(Event::Closed),
        3 => any::<bool>().prop_map(|more| page(Way::Live, more)),
        2 => Just(Event::Gap),
        1 => "[ab]".prop_map(|cursor| Event::Ping { cursor: Cursor(cursor), here: false, complete_to: None }),
        1 => Just(Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: None }),
        1 => fault.prop_map(Event::PullFailed),
    ]
}

/// A line that does what it is asked: keeps the books and ends what is under way when told so.
#[derive(Default)]
struct World {
    connecting: bool,
    open: bool,
    pulls: usize,
    pushes: usize,
    parts: usize,
}

impl World {
    fn perform(&mut self, actions: &[Action]) {
        for action in actions {
            match action {
                Action::Disconnect => *self = Self::default(),
                Action::Connect => {
                    assert!(!self.connecting && !self.open, "one socket at a time");
                    self.connecting = true;
                }
                Action::Pull => self.pulls += 1,
                Action::Push => self.pushes += 1,
                Action::Bootstrap => self.parts += 1,
                Action::ForgetCursor => {}
            }
        }
        assert!(self.pulls <= 1 && self.pushes <= 1 && self.parts <= 1, "one of a kind at a time");
    }

    /// Whether such a thing can happen now.
    fn allows(&self, event: &Event) -> bool {
        match event {
            Event::Closed(_) => self.connecting || self.open,
            Event::Gap | Event::Ping { .. } | Event::Paged { .. } => self.open,
            Event::PullFailed(_) => self.pulls == 1,
            _ => true,
        }
    }
}

proptest! {
    /// Whatever happened before: once the line is good, everything that was written is pushed and the desk is live.
    #[test]
    fn a_good_line_always_ends_live_with_nothing_left(history in proptest::collection::vec(anything(), 0..60), seed: u64) {
        let mut plan = Plan::new(KNOWN, seed, at(0.0));
        let mut world = World::default();
        let mut seconds = 0.0;
        for event in history {
            seconds += 0.5;
            if !world.allows(&event) {
                continue;
            }
            match &event {
                Event::Closed(_) => {
                    world.connecting = false;
                    world.open = false;
                }
                Event::PullFailed(_) => world.pulls = 0,
                _ => {}
            }
            let actions = plan.step(event, at(seconds));
            world.perform(&actions);
            if world.connecting && (seconds as u64).is_multiple_of(3) {
                world.connecting = false;
                world.open = true;
                let actions = plan.step(Event::Opened, at(seconds));
                world.perform(&actions);
            }
        }
        world.perform(&plan.step(Event::Written, at(seconds)));
        let mut pushed_at_end = false;
        for _ in 0..200 {
            seconds += 0.5;
            let event = if world.connecting {
                world.connecting = false;
                world.open = true;
                Event::Opened
            } else if world.pushes > 0 {
                world.pushes = 0;
                pushed_at_end = true;
                Event::Pushed { ops: 0, again: false }
            } else if world.parts > 0 {
                world.parts = 0;
                Event::Parted { done: 1, of: 1, more: false }
            } else if world.pulls > 0 {
                world.pulls = 0;
                page(Way::Pull, false)
            } else if world.open && plan.line() != Line::Live {
                page(Way::Live, false)
            } else if world.open && (seconds as u64).is_multiple_of(5) {
                Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: None }
            } else {
                Event::Tick
            };
            let actions = plan.step(event, at(seconds));
            world.perform(&actions);
        }
        prop_assert!(pushed_at_end);
        prop_assert_eq!(plan.line(), Line::Live);
        prop_assert_eq!((world.pulls, world.pushes), (0, 0));
    }

    /// However long a service was away, and whatever else went wrong before: once it serves again, the desk is live within
    /// seconds, also when it must fetch everything afresh.
    #[test]
    fn a_service_that_was_away_is_followed_within_seconds(
        before in proptest::collection::vec(prop_oneof![Just(Fault::Silent), Just(Fault::Away)], 0..40),
        is_restored: bool,
        seed: u64,
    ) {
        let mut plan = Plan::new(KNOWN, seed, at(0.0));
        let mut world = World::default();
        let mut now = 0.0;
        let mut faults = before.into_iter().chain([Fault::Away]).collect::<Vec<_>>().into_iter();
        let (mut back, mut is_lost) = (None, is_restored);
        for _ in 0..4_000 {
            now += 0.5;
            let asked = world.connecting || world.parts > 0;
            let fault = if asked && back.is_none() { faults.next() } else { None };
            let event = if let Some(fault) = fault {
                if world.parts > 0 { Event::PartFailed(fault) } else { Event::Closed(fault) }
            } else if world.connecting && is_lost {
                is_lost = false;
                Event::Closed(Fault::Lost)
            } else if world.connecting {
                Event::Opened
            } else if world.parts > 0 {
                Event::Parted { done: 1, of: 1, more: false }
            } else if world.pushes > 0 {
                Event::Pushed { ops: 0, again: false }
            } else if world.open && plan.line() != Line::Live {
                page(Way::Live, false)
            } else {
                Event::Tick
            };
            match &event {
                Event::Closed(_) => (world.connecting, world.open) = (false, false),
                Event::PartFailed(_) | Event::Parted { .. } => world.parts = 0,
                Event::Pushed { .. } => world.pushes = 0,
                Event::Opened => (world.connecting, world.open) = (false, true),
                _ => {}
            }
            world.perform(&plan.step(event, at(now)));
            if fault.is_some() && faults.len() == 0 {
                back = Some(now);
            }
            if back.is_some() && plan.line() == Line::Live {
                break;
            }
        }
        let back = back.expect("all faults were met");
        prop_assert_eq!(plan.line(), Line::Live);
        prop_assert!(now - back <= 10.0, "live after {} s", now - back);
    }
}
