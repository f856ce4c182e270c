//! `sync.applied`: from the commit that the service saw return to the commit in a desk's replica, with the real socket between them; beside a bare LISTEN/NOTIFY round trip.

use std::time::{Duration, Instant};

use gemilang_protocol::desk::views::Line;
use gemilang_protocol::{EventBody, PersonRef, SenderType, Status};
use gemilang_replica::{Engine, Link, Replica, engine, link};
use gemilang_service::domain::Actor;
use gemilang_service::domain::Paging;
use gemilang_service::domain::tickets::{self, Filter, Intent};
use gemilang_service::{App, Clock, serve};
use sqlx::postgres::{PgListener, PgPool};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::figures::{Good, Report, micros, share};
use crate::service::House;
use crate::{Failure, Plan};

/// How long the first sync may take before this gives up.
const FIRST_SYNC: Duration = Duration::from_secs(300);

pub(crate) async fn measure(plan: &Plan, house: &House, report: &mut Report) -> Result<(), Failure> {
    // Tasks of the runtime, both: the thread that waits for it takes part in neither.
    let (database, count) = (house.database.clone(), plan.messages());
    let mut bare = tokio::spawn(async move { round_trips(&database, count).await }).await??;
    let (plan, house) = (plan.clone(), house.clone());
    let mut applied = tokio::spawn(async move { applied(&plan, &house).await }).await??;
    let note = "commit at the service to commit in the replica; limit: a bare LISTEN/NOTIFY round trip";
    for (name, part, bar) in [("sync.applied_p50", 0.5, 3.0), ("sync.applied_p99", 0.99, 5.0)] {
        let value = micros(share(&mut applied, part));
        let limit = micros(share(&mut bare, part));
        report.add((name, "us"), (value, limit), (Good::Low, bar), true, note.to_owned());
    }
    Ok(())
}

/// NOTIFY on one connection, heard on another.
async fn round_trips(database: &str, count: usize) -> Result<Vec<Duration>, Failure> {
    let pool = PgPool::connect(database).await?;
    let mut listener = PgListener::connect(database).await?;
    listener.listen("bench").await?;
    let mut times = Vec::with_capacity(count);
    for n in 0..count + 50 {
        let sent = Instant::now();
        let notify = sqlx::query("select pg_notify('bench', 'x')").execute(&pool);
        let (notified, heard) = tokio::join!(notify, listener.recv());
        notified?;
        heard?;
        if n >= 50 {
            times.push(sent.elapsed());
        }
    }
    Ok(times)
}

/// Messages written at a service in this process, so that its commit is timed to the microsecond,
/// and waited for in a replica that is connected as any desk is.
async fn applied(plan: &Plan, house: &House) -> Result<Vec<Duration>, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = App::new(house.config(address), Clock::System)?;
    let serving = tokio::spawn(serve::serve(app.clone(), listener));
    let server = format!("http://{address}");
    let deadline = Instant::now() + Duration::from_secs(30);
    while !app.is_ready() {
        if Instant::now() > deadline {
            return Err("the service does not start".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let session = link::sign_in(&server, &house.email, &house.password).await?;
    let dir = tempfile::tempdir()?;
    let file = Replica::file_for(dir.path(), &server, session.user.id);
    let replica = Replica::open(&file, session.user.clone()).await?;
    let engine = Engine::start(replica.clone(), Link::new(&server, &session.token)?, engine::Clock::system(), 1);
    let mut status = engine.status();
    tokio::time::timeout(FIRST_SYNC, status.wait_for(|status| status.line == Line::Live))
        .await
        .map_err(|_| "the first sync did not end")??;

    let page = Paging { after: None, limit: 1 };
    let filter = Filter { status: Some(Status::InProgress), ..Filter::default() };
    let ticket = tickets::list_for_staff(&app, &filter, &page).await?.items.into_iter().next().ok_or("no ticket")?;
    let author = PersonRef { id: ticket.customer.id, name: ticket.customer.name };
    let actor = Actor { person: author, side: SenderType::Customer };
    let mut arrivals = replica.arrivals();
    let mut times = Vec::with_capacity(plan.messages());
    for n in 0..plan.messages() + 50 {
        let id = Uuid::now_v7();
        let text = format!("Pesan ke-{n}: mohon dicek jam kedatangan vendor, ya, Kak.");
        tickets::act(&app, ticket.id, &actor, Intent::Message { id, text }).await?;
        let committed = Instant::now();
        loop {
            let arrival = tokio::time::timeout(Duration::from_secs(20), arrivals.recv())
                .await
                .map_err(|_| "a message did not arrive")??;
            if matches!(arrival.change.event.body, EventBody::Message { message } if message == id) {
                break;
            }
        }
        if n >= 50 {
            times.push(committed.elapsed());
        }
    }
    engine.stop().await;
    app.ending.cancel();
    serving.await??;
    Ok(times)
}
