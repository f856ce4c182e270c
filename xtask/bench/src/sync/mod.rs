//! `sync.`: a desk and a service as they are, with the real socket between them. What a desk does is measured in a process of its own where memory counts.

/// One message on its way to the replica.
mod applied;
/// What ten thousand events cost that came while a desk was away.
mod catch_up;
/// The same rows copied by hand: the limit of a first sync.
mod copied;
/// The desk under measure, a process of its own.
pub(crate) mod desk;
/// Everything there is, into an empty file.
mod first;

use crate::figures::Report;
use crate::service::House;
use crate::{Failure, Plan};

pub(crate) async fn measure(plan: &Plan, house: &House, report: &mut Report) -> Result<(), Failure> {
    let (_service, address) = house.serve().await?;
    let mut desk = first::measure(house, address, report).await?;
    catch_up::measure(house, &mut desk, report).await?;
    drop(desk);
    applied::measure(plan, house, report).await
}
