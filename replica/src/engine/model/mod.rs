//! The plan in a simulated world: thousands of random histories of networks, services, clocks and people, after each of which desk and service must agree.

/// The desk: the real plan, with a file and an outbox in memory.
mod desk;
/// The properties, and the histories that are to break them.
mod histories;
/// The outbox in memory.
mod outbox;
/// The simulated service.
mod service;
/// Time, the network between them, and what happens when.
mod world;

use std::time::Duration;

use gemilang_protocol::Time;

/// A moment of true time as the service's clock shows it.
fn time(at: Duration) -> Time {
    Time::UNIX_EPOCH + chrono::TimeDelta::days(20_000) + chrono::TimeDelta::from_std(at).unwrap()
}
