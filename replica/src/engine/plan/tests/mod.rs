//! The plan against stories and against random histories: a desk that is live, and how its time passes.

use std::time::Duration;

use gemilang_protocol::Cursor;
use gemilang_protocol::desk::views::Line;

use super::*;

/// Places in the feed: gaps, claims, a bootstrap.
mod places;
/// Whatever may happen, in any order.
mod random;
/// What fails, and when it is tried again.
mod tries;

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
