//! `sync.first_sync`: everything a desk keeps, into an empty file, until it is live and every word is found; beside the same rows copied by hand.

use std::net::SocketAddr;

use super::copied;
use super::desk::Desk;
use crate::Failure;
use crate::figures::{Good, Report};
use crate::service::House;

/// The first screen is there within so many milliseconds.
const USABLE: f64 = 1_000.0;
/// The desk's core takes less than so many MB.
const MEMORY: f64 = 150.0;

/// Answers the desk, for what is measured next.
pub(crate) async fn measure(house: &House, address: SocketAddr, report: &mut Report) -> Result<Desk, Failure> {
    let mut desk = Desk::start(house, address).await?;
    desk.sync().await?;
    let usable = desk.heard("usable").await?;
    let live = desk.heard("live").await?;
    let indexed = desk.heard("indexed").await?;
    let memory = desk.heard("memory").await?;
    let copied = copied::measure(house, &desk.file).await?;
    let note = format!(
        "{} tickets and {} messages, live after {live:.0} ms; first 200 tickets after {usable:.0} ms (at most {USABLE:.0}), \
        core {memory:.0} MB (at most {MEMORY:.0}); limit: COPY out in {:.0} ms, the same rows inserted from a file in {:.0} ms",
        copied.tickets, copied.messages, copied.out, copied.inserted,
    );
    let also = usable <= USABLE && memory <= MEMORY;
    let limit = copied.out + copied.inserted;
    report.add(("sync.first_sync", "ms"), (indexed, limit), (Good::Low, 1.5), also, note);
    Ok(desk)
}
