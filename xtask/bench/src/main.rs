//! Measures the service and the sync beside what the machine allows in the same run: absolute times drift from machine to machine, ratios hold.
//!
//! `cargo xtask bench` starts it with a PostgreSQL of its own in `DATABASE_URL`. A figure that falls short is printed, not hidden.

/// `desk.`: what the real desk does.
mod desk;
/// The same bytes from a handler that does nothing.
mod empty;
/// Figures, their limits, and the report.
mod figures;
/// `service.growth` and `service.search_…`: the same doors of a house that is ten and a hundred times as large.
mod growth;
/// Requests over a few connections, as fast as they are answered.
mod load;
/// A request's SQL alone.
mod pgbench;
/// `portal.`: pages beside their SQL and an empty handler, the weight of a first view, and open lines.
mod portal;
/// `desk.open_p95` and the like: what the page asks of the desk's core.
mod replica;
/// `service.`: requests beside the series limit of their SQL and of an empty handler.
mod requests;
/// Starting the service under measure.
mod service;
/// `sync.sockets_bytes`, `sync.broadcast_ms`: ten thousand desks.
mod sockets;
/// `sync.`: a desk and a service, with the real socket between them.
mod sync;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::figures::Report;

/// What can go wrong while measuring; there is nobody to branch on it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How much is measured.
#[derive(Debug, Clone, Parser)]
struct Plan {
    /// Fewer tickets and shorter runs.
    #[arg(long)]
    quick: bool,
    /// Where the report goes.
    #[arg(long)]
    out: PathBuf,
    /// `sync`, `service`, `portal` or `desk`; all when none is named.
    areas: Vec<String>,
    /// Where it is written how long the desk's alerts took.
    #[arg(long)]
    alerts: Option<PathBuf>,
    /// Where it is written how the desk feels.
    #[arg(long)]
    feel: Option<PathBuf>,
    /// Where it is written what starts of the desk cost.
    #[arg(long)]
    starts: Option<PathBuf>,
    /// Where the desk's page lies.
    #[arg(long)]
    page: Option<PathBuf>,
    /// Answers every request with this file instead of measuring.
    #[arg(long, hide = true)]
    empty: Option<PathBuf>,
    #[command(flatten)]
    seat: sync::desk::Seat,
}

impl Plan {
    fn measures(&self, area: &str) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|named| named == area)
    }

    /// Tickets and messages in the database.
    fn amount(&self) -> (u64, u64) {
        if self.quick { (20_000, 200_000) } else { (100_000, 1_000_000) }
    }

    /// Seconds for each run of requests.
    fn seconds(&self) -> u64 {
        if self.quick { 6 } else { 20 }
    }

    /// How many times as large the large house is; the small one has ten thousand tickets with ten messages each.
    fn growth(&self) -> u64 {
        if self.quick { 10 } else { 100 }
    }

    /// Messages timed on their way to the replica.
    fn messages(&self) -> usize {
        if self.quick { 500 } else { 3_000 }
    }
}

fn main() -> ExitCode {
    let plan = Plan::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let measured = runtime.map_err(Failure::from).and_then(|runtime| runtime.block_on(run(&plan)));
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(plan: &Plan) -> Result<(), Failure> {
    if let Some(answer) = &plan.empty {
        return empty::serve(answer).await;
    }
    if plan.seat.is_taken() {
        return sync::desk::sit(&plan.seat).await;
    }
    let mut report = Report::default();
    if let Some(alerts) = &plan.alerts {
        desk::tell(alerts, &mut report)?;
    }
    if let Some(feel) = &plan.feel {
        desk::tell_feel(feel, &mut report)?;
    }
    if let Some(starts) = &plan.starts {
        desk::tell_starts(starts, &mut report)?;
    }
    if let Some(page) = &plan.page {
        desk::tell_page(page, &mut report)?;
    }
    let house = service::House::prepare(plan).await?;
    if plan.measures("desk") {
        replica::measure(&house, &mut report).await?;
    }
    if plan.measures("sync") {
        sync::measure(plan, &house, &mut report).await?;
        sockets::measure(&house, &mut report).await?;
    }
    if plan.measures("service") {
        requests::measure(plan, &house, &mut report).await?;
        growth::measure(plan, &mut report).await?;
    }
    if plan.measures("portal") {
        portal::measure(plan, &house, &mut report).await?;
    }
    report.write(&plan.out)
}
