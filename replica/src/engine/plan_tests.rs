//! The plan against stories and against random histories.

use std::time::Duration;

use gemilang_protocol::Cursor;
use gemilang_protocol::desk::views::Line;
use proptest::prelude::*;

use super::*;

fn at(steady: f64) -> Now {
    moment(steady, steady)
}

fn moment(steady: f64, wall: f64) -> Now {
    let start: Time = "2026-11-22T07:00:00Z".parse().unwrap();
    Now { wall: start + TimeDelta::milliseconds((wall * 1000.0) as i64), steady: Duration::from_secs_f64(steady) }
}

fn page(way: Way, more: bool) -> Event {
    Event::Paged { way, rows: 10, more, complete_to: (!more).then(|| at(0.0).wall), tickets: 0 }
}

/// A file that was in step before.
const KNOWN: Known = Known { placed: true, bootstrapped: true, first_sync_done: true, complete_to: None };

/// A desk that is live at second zero.
fn live() -> Plan {
    let mut plan = Plan::new(KNOWN, 7, at(0.0));
    assert_eq!(plan.step(Event::Tick, at(0.0)), [Action::Connect]);
    assert_eq!(plan.line(), Line::Connecting);
    assert_eq!(plan.step(Event::Opened, at(0.0)), [Action::Push]);
    plan.step(Event::Pushed { ops: 0, again: false }, at(0.0));
    assert_eq!(plan.step(page(Way::Live, false), at(0.0)), []);
    assert_eq!(plan.line(), Line::Live);
    plan
}

/// The seconds until the plan connects, ticking once a second.
fn seconds_to_connect(plan: &mut Plan, from: f64) -> f64 {
    (1..40)
        .map(f64::from)
        .find(|second| plan.step(Event::Tick, at(from + second)).contains(&Action::Connect))
        .expect("it connects again")
}

#[test]
fn a_gap_is_pulled_page_by_page_and_told() {
    let mut plan = live();
    assert_eq!(plan.step(Event::Gap, at(1.0)), [Action::Pull]);
    assert_eq!(plan.step(Event::Gap, at(1.0)), [], "one pull at a time");
    assert_eq!(plan.step(page(Way::Pull, true), at(1.1)), [Action::Pull]);
    assert_eq!(plan.line(), Line::CatchingUp { done: 10, of: 20 });
    assert_eq!(plan.step(page(Way::Pull, false), at(1.2)), []);
    assert_eq!(plan.line(), Line::Live);
}

#[test]
fn a_gap_seen_during_a_pull_is_pulled_after_it() {
    let mut plan = live();
    plan.step(Event::Gap, at(1.0));
    plan.step(Event::Gap, at(1.1));
    assert_eq!(plan.step(page(Way::Pull, false), at(1.2)), [Action::Pull]);
    assert_eq!(plan.step(page(Way::Pull, false), at(1.3)), []);
    assert_eq!(plan.line(), Line::Live);
}

#[test]
fn silence_is_death_and_the_way_back_gets_longer() {
    let mut plan = live();
    for second in 1..=15 {
        assert_eq!(plan.step(Event::Tick, at(f64::from(second))), []);
    }
    assert_eq!(plan.step(Event::Tick, at(16.0)), [Action::Disconnect]);
    assert_eq!(plan.line(), Line::Offline { since: at(0.0).wall }, "since it was last heard");
    let mut now = 16.0;
    let mut waits = Vec::new();
    for _ in 0..8 {
        let wait = seconds_to_connect(&mut plan, now);
        waits.push(wait);
        now += wait;
        plan.step(Event::Closed(Fault::Silent), at(now));
    }
    assert_eq!(waits[0], 1.0);
    assert!(waits[7] > 14.0 && waits.iter().all(|wait| *wait <= 31.0), "{waits:?}");
    assert_eq!(plan.line(), Line::Offline { since: at(0.0).wall }, "since the beginning");
    assert_eq!(plan.step(Event::Nudge, at(now)), [Action::Connect]);
}

#[test]
fn a_desk_that_is_too_old_asks_again_once_in_a_while() {
    let mut plan = live();
    plan.step(Event::Closed(Fault::TooOld), at(1.0));
    assert_eq!(plan.line(), Line::AppTooOld);
    let hour = fault::TOO_OLD.as_secs_f64();
    assert_eq!(plan.step(Event::Written, at(2.0)), []);
    for second in 2..=u32::from(hour as u16) {
        assert_eq!(plan.step(Event::Tick, at(f64::from(second))), [], "{second}");
    }
    let now = hour + 1.0;
    assert_eq!(plan.step(Event::Tick, at(now)), [Action::Connect]);
    assert_eq!(plan.line(), Line::AppTooOld, "until it is known better");
    plan.step(Event::Closed(Fault::TooOld), at(now));
    assert_eq!(plan.step(Event::Tick, at(now + 1.0)), []);
    // Another network, a person who asks, or a computer that wakes up, may know better.
    assert_eq!(plan.step(Event::Network, at(now + 2.0)), [Action::Connect]);
    plan.step(Event::Closed(Fault::TooOld), at(now + 2.0));
    assert_eq!(plan.step(Event::Nudge, at(now + 3.0)), [Action::Connect]);
    plan.step(Event::Closed(Fault::Silent), at(now + 3.0));
    assert!(matches!(plan.line(), Line::Offline { .. }), "nobody says so any more");
    assert_eq!(plan.step(Event::Nudge, at(now + 4.0)), [Action::Connect]);
    plan.step(Event::Opened, at(now + 4.0));
    plan.step(page(Way::Live, false), at(now + 4.0));
    assert_eq!(plan.line(), Line::Live, "the service was rolled back");
}

#[test]
fn the_next_try_is_told_and_kept() {
    let mut plan = live();
    assert_eq!(plan.next_try(), None, "nothing is wrong");
    let mut now = 1.0;
    for _ in 0..6 {
        plan.step(Event::Closed(Fault::Silent), at(now));
        let told = plan.next_try().expect("it will be tried");
        loop {
            now += 1.0;
            let tries = plan.step(Event::Tick, at(now)).contains(&Action::Connect);
            assert_eq!(tries, at(now).wall >= told, "at the time that was told");
            if tries {
                break;
            }
            assert_eq!(plan.next_try(), Some(told), "what was told stays");
        }
        assert_eq!(plan.next_try(), None, "it is being tried");
    }
    plan.step(Event::Closed(Fault::Ended), at(now));
    assert_eq!(plan.next_try(), None, "without a session nothing is tried");
}

#[test]
fn a_machine_that_slept_reconnects_at_once() {
    let mut plan = live();
    assert_eq!(plan.step(Event::Tick, moment(1.0, 1.0)), []);
    let three_hours = 3.0 * 3600.0;
    let woken = plan.step(Event::Tick, moment(2.0, three_hours));
    assert_eq!(woken, [Action::Disconnect, Action::Connect]);
    // A clock set back is no different.
    let mut plan = live();
    let set_back = plan.step(Event::Tick, moment(1.0, -3600.0));
    assert_eq!(set_back, [Action::Disconnect, Action::Connect]);
}

#[test]
fn a_network_that_changes_is_tried_at_once_and_doubted_where_it_is_open() {
    let mut plan = live();
    // Open: alive if the next ping comes, else dead long before its silence would say so.
    assert_eq!(plan.step(Event::Network, at(1.0)), [Action::Pull]);
    plan.step(page(Way::Pull, false), at(1.1));
    let ping = Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: None };
    assert_eq!(plan.step(ping, at(5.0)), []);
    assert_eq!(plan.step(Event::Tick, at(9.0)), [], "it was alive");
    plan.step(Event::Network, at(10.0));
    plan.step(Event::Tick, at(13.0));
    assert_eq!(plan.step(Event::Tick, at(16.5)), [Action::Disconnect]);
    assert_eq!(plan.line(), Line::Offline { since: at(5.0).wall });
    // Being opened: its first packet may have gone nowhere.
    let mut now = 16.5;
    now += seconds_to_connect(&mut plan, now);
    assert_eq!(plan.step(Event::Network, at(now)), [Action::Disconnect, Action::Connect]);
    // Down, in the middle of a long wait.
    for _ in 0..6 {
        plan.step(Event::Closed(Fault::Silent), at(now));
        now += seconds_to_connect(&mut plan, now);
    }
    plan.step(Event::Closed(Fault::Silent), at(now));
    assert_eq!(plan.step(Event::Network, at(now)), [Action::Connect]);
    // An ended session is nothing that a network mends.
    plan.step(Event::Closed(Fault::Ended), at(now));
    assert_eq!(plan.step(Event::Network, at(now)), []);
    assert_eq!(plan.line(), Line::SessionEnded);
}

#[test]
fn a_push_that_turns_out_to_be_done_leaves_no_trouble() {
    let mut plan = live();
    plan.step(Event::Written, at(1.0));
    plan.step(Event::PushFailed(Fault::Silent), at(2.0));
    assert_eq!(plan.line(), Line::Offline { since: at(0.0).wall });
    // The feed has brought the op meanwhile: there is nothing to send any more.
    assert_eq!(plan.step(Event::Tick, at(3.0)), [Action::Push]);
    plan.step(Event::Pushed { ops: 0, again: false }, at(3.0));
    assert_eq!(plan.line(), Line::Live);
}

#[test]
fn a_clock_that_is_set_back_leaves_offline_since_where_it_was() {
    let mut plan = live();
    plan.step(Event::Closed(Fault::Silent), moment(10.0, 10.0));
    plan.step(Event::Tick, moment(11.0, 11.0 - 3600.0));
    plan.step(Event::Closed(Fault::Silent), moment(12.0, 12.0 - 3600.0));
    assert_eq!(plan.line(), Line::Offline { since: moment(0.0, -3600.0).wall });
}

#[test]
fn a_claim_never_goes_back_but_with_the_place_it_was_made_at() {
    let mut plan = live();
    let ping = |second| Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: Some(at(second).wall) };
    plan.step(ping(5.0), at(5.0));
    plan.step(ping(4.0), at(6.0));
    assert_eq!(plan.complete_to(), Some(at(5.0).wall));
    plan.step(Event::Closed(Fault::Lost), at(7.0));
    assert_eq!(plan.complete_to(), None);
    plan.step(Event::Parted { done: 1, of: 1, more: false }, at(8.0));
    assert_eq!(plan.complete_to(), None, "what was true before a restore need not be true after it");
}

#[test]
fn an_ended_session_stops_everything_until_somebody_acts() {
    let mut plan = live();
    plan.step(Event::Written, at(1.0));
    let over = plan.step(Event::PushFailed(Fault::Ended), at(1.0));
    assert_eq!(over, [Action::Disconnect]);
    assert_eq!(plan.line(), Line::SessionEnded);
    for second in 2..100 {
        assert_eq!(plan.step(Event::Tick, at(f64::from(second))), []);
    }
    assert_eq!(plan.step(Event::Written, at(100.0)), []);
    assert_eq!(plan.step(Event::Nudge, at(100.0)), [Action::Connect]);
}

#[test]
fn a_service_that_is_away_is_not_a_network_that_is_down() {
    let mut plan = live();
    plan.step(Event::Written, at(1.0));
    assert_eq!(plan.step(Event::PushFailed(Fault::Away), at(1.0)), []);
    assert_eq!(plan.line(), Line::ServiceAway { since: at(0.0).wall });
    assert_eq!(plan.step(Event::Tick, at(2.0)), [Action::Push]);
    plan.step(Event::Pushed { ops: 1, again: false }, at(2.1));
    assert_eq!(plan.line(), Line::Live);
}

#[test]
fn too_often_waits_as_long_as_it_was_told() {
    let mut plan = live();
    plan.step(Event::Written, at(1.0));
    plan.step(Event::PushFailed(Fault::Busy(Duration::from_secs(9))), at(1.0));
    for second in 2..10 {
        plan.step(Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: None }, at(f64::from(second)));
        assert_eq!(plan.step(Event::Tick, at(f64::from(second))), []);
    }
    assert_eq!(plan.step(Event::Tick, at(10.0)), [Action::Push]);
}

#[test]
fn a_ping_from_elsewhere_is_followed_once() {
    let mut plan = live();
    let ping = |place: &str| Event::Ping { cursor: Cursor(place.to_owned()), here: false, complete_to: None };
    assert_eq!(plan.step(ping("a"), at(1.0)), [Action::Pull]);
    plan.step(page(Way::Pull, false), at(1.1));
    assert_eq!(plan.step(ping("a"), at(6.0)), []);
    assert_eq!(plan.step(ping("b"), at(11.0)), [Action::Pull]);
}

#[test]
fn a_first_sync_is_live_from_its_first_part_and_shows_how_far_it_is() {
    let mut plan = Plan::new(Known::default(), 7, at(0.0));
    assert_eq!(plan.step(Event::Tick, at(0.0)), [Action::Bootstrap], "nothing to be live from yet");
    let part = |done, more| Event::Parted { done, of: 40, more };
    assert_eq!(plan.step(part(10, true), at(0.1)), [Action::Bootstrap, Action::Connect]);
    assert_eq!(plan.line(), Line::FirstSync { done: 10, of: 40 });
    assert_eq!(plan.step(Event::Opened, at(0.2)), [Action::Push]);
    plan.step(page(Way::Live, false), at(0.2));
    assert!(plan.is_caught_up() && plan.is_first_sync());
    assert_eq!(plan.line(), Line::FirstSync { done: 10, of: 40 });
    assert_eq!(plan.complete_to(), None, "what is missing is not claimed");
    assert_eq!(plan.step(part(40, false), at(0.3)), []);
    assert_eq!(plan.line(), Line::Live);
    assert!(plan.complete_to().is_some());
}

#[test]
fn a_bootstrap_that_is_cut_off_goes_on_where_it_was() {
    let mut plan = Plan::new(Known::default(), 7, at(0.0));
    plan.step(Event::Tick, at(0.0));
    plan.step(Event::PartFailed(Fault::Silent), at(1.0));
    assert_eq!(plan.line(), Line::Offline { since: at(1.0).wall });
    assert_eq!(plan.step(Event::Tick, at(2.0)), [Action::Bootstrap]);
    plan.step(Event::Parted { done: 10, of: 40, more: true }, at(2.1));
    // The socket dies in the middle of a part: both are taken up again.
    let dead = plan.step(Event::Closed(Fault::Silent), at(3.0));
    assert!(dead.contains(&Action::Disconnect) && dead.contains(&Action::Bootstrap), "{dead:?}");
}

#[test]
fn a_place_that_is_lost_is_left_for_a_bootstrap() {
    let mut plan = live();
    let lost = plan.step(Event::Closed(Fault::Lost), at(1.0));
    assert_eq!(lost, [Action::ForgetCursor, Action::Disconnect]);
    let mut actions = Vec::new();
    for second in 2..5 {
        actions.extend(plan.step(Event::Tick, at(f64::from(second))));
    }
    assert_eq!(actions, [Action::Bootstrap]);
    plan.step(Event::Parted { done: 40, of: 40, more: false }, at(5.0));
    assert_eq!(plan.line(), Line::Connecting);
}

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
}
