//! Places in the feed: gaps are closed, claims stay true, a bootstrap goes on.

use super::*;

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

/// Ticks twice a second until one of the actions is that one; answers when.
fn seconds_to(action: Action, plan: &mut Plan, from: f64) -> f64 {
    (1..80)
        .map(|half| from + 0.5 * f64::from(half))
        .find(|second| plan.step(Event::Tick, at(*second)).contains(&action))
        .unwrap_or_else(|| panic!("no {action:?}"))
}

#[test]
fn a_service_that_comes_back_from_a_restore_is_taken_up_within_seconds() {
    let mut plan = live();
    // No network for minutes, then a service that is being restored.
    let mut now = 1.0;
    plan.step(Event::Closed(Fault::Silent), at(now));
    for fault in [Fault::Silent; 8].into_iter().chain([Fault::Away; 8]) {
        now = seconds_to(Action::Connect, &mut plan, now);
        plan.step(Event::Closed(fault), at(now));
    }
    let away = now;
    now = seconds_to(Action::Connect, &mut plan, now);
    assert!(now - away <= 5.5, "a service that answers is asked again after {} s", now - away);
    // It is back, as another one.
    plan.step(Event::Closed(Fault::Lost), at(now));
    let lost = now;
    now = seconds_to(Action::Bootstrap, &mut plan, now);
    assert!(now - lost <= 1.0, "fetched again after {} s", now - lost);
    // It goes away once more in the middle of that, for a while.
    for _ in 0..8 {
        let asked = now;
        plan.step(Event::PartFailed(Fault::Away), at(now));
        now = seconds_to(Action::Bootstrap, &mut plan, now);
        assert!(now - asked <= 5.5, "asked again after {} s", now - asked);
    }
    let part = plan.step(Event::Parted { done: 10, of: 40, more: true }, at(now));
    assert_eq!(part, [Action::Bootstrap, Action::Connect], "live with the first part");
}

#[test]
fn a_service_that_loses_every_place_is_not_asked_in_a_loop() {
    let mut plan = live();
    let mut now = 1.0;
    let mut waits = Vec::new();
    for _ in 0..9 {
        plan.step(Event::Closed(Fault::Lost), at(now));
        let lost = now;
        now = seconds_to(Action::Bootstrap, &mut plan, now);
        waits.push(now - lost);
        plan.step(Event::Parted { done: 1, of: 1, more: false }, at(now));
    }
    assert!(waits[0] <= 1.0 && waits[8] >= 15.0, "{waits:?}");
}
