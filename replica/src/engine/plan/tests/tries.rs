//! What fails, what the line says of it, and when it is tried again.

use super::*;

/// The seconds until the plan connects, ticking once a second.
fn seconds_to_connect(plan: &mut Plan, from: f64) -> f64 {
    (1..40)
        .map(f64::from)
        .find(|second| plan.step(Event::Tick, at(from + second)).contains(&Action::Connect))
        .expect("it connects again")
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
fn a_line_that_cuts_pushes_and_carries_pings_is_tried_again_soon() {
    let mut plan = live();
    plan.step(Event::Written, at(1.0));
    let mut now = 1.0;
    for _ in 0..12 {
        plan.step(Event::PushFailed(Fault::Silent), at(now));
        let cut = now;
        loop {
            now += 1.0;
            let ping = Event::Ping { cursor: Cursor(String::new()), here: true, complete_to: None };
            let mut actions = plan.step(ping, at(now));
            actions.extend(plan.step(Event::Tick, at(now)));
            if actions.contains(&Action::Push) {
                break;
            }
            assert!(now - cut < SOON.as_secs_f64() + 1.0, "{now} after {cut}");
        }
    }
    // What the service itself does not take waits longer and longer.
    for _ in 0..8 {
        plan.step(Event::PushFailed(Fault::Away), at(now));
    }
    for second in 1..10 {
        assert_eq!(plan.step(Event::Tick, at(now + f64::from(second))), []);
    }
}
