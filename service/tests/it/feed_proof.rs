//! The proof that nothing is skipped: hundreds of transactions that take their numbers in one order and end in another, a slow one here and one in another database, rollbacks, two processes, and readers who follow all the while.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gemilang_protocol::{Row, Time};
use gemilang_service::domain::messages;
use gemilang_service::testing::TestApp;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use sqlx::{Connection, Executor, PgConnection};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::client::{Client, Live, eventually};

/// Connections that write at once, each with a transaction of its own.
const WRITERS: usize = 12;
/// Rounds; every one ends its transactions in another order.
const ROUNDS: usize = 26;

/// The people that rows tell of.
fn people(rows: &[Row]) -> BTreeSet<Uuid> {
    rows.iter().filter_map(|row| if let Row::Person(person) = row { Some(person.id) } else { None }).collect()
}

/// No reader hears a ticket's events out of their order, or one before those that it follows. What was read from the database
/// while news arrived may be told a second time.
fn check_order(rows: &[Row]) {
    let mut reached: BTreeMap<Uuid, i64> = BTreeMap::new();
    for row in rows {
        if let Row::Ticket(change) = row {
            let reached = reached.entry(change.ticket.id).or_insert(0);
            assert!(change.event.n <= *reached + 1, "{} after {reached}", change.event.n);
            *reached = change.event.n.max(*reached);
        }
    }
}

async fn make_people(app: &TestApp, count: usize) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query("insert into users (id, name, email, role) select id, 'Orang', id::text || '@contoh.id', 'customer' from unnest($1::uuid[]) as id")
        .bind(&ids)
        .execute(&mut connection)
        .await
        .unwrap();
    ids
}

/// A transaction that takes its number now and ends when it is told to.
async fn begun(connection: &mut PgConnection, person: Uuid) {
    connection.execute("begin").await.unwrap();
    sqlx::query("insert into record_events (kind, record_id, generation) values ('person', $1, 1)")
        .bind(person)
        .execute(connection)
        .await
        .unwrap();
}

/// What a puller in small pages held, and whether its claim ever ran ahead of `truth`.
async fn follow(desk: Client, size: usize, truth: Time, ending: tokio_util::sync::CancellationToken) -> BTreeSet<Uuid> {
    let (mut cursor, mut held) = (None, BTreeSet::new());
    loop {
        let is_last = ending.is_cancelled();
        let (rows, page) = desk.pull_all(cursor, size).await;
        held.extend(people(&rows));
        assert!(page.complete_to.is_none_or(|to| to <= truth), "{:?} is ahead of {truth}", page.complete_to);
        cursor = Some(page.to);
        if is_last {
            return held;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_skipped_and_nothing_waits_for_a_slow_transaction() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let elsewhere = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let mut everybody = make_people(&app, WRITERS * ROUNDS + 1).await;
    let slow_person = everybody.pop().unwrap();

    // One slow writer in our database, one in another of the cluster.
    let mut slow = PgConnection::connect(app.database_url()).await.unwrap();
    begun(&mut slow, slow_person).await;
    let mut far = PgConnection::connect(elsewhere.database_url()).await.unwrap();
    far.execute("begin").await.unwrap();
    far.execute("select pg_current_xact_id()").await.unwrap();
    // A transaction that ends after these began shows that they are open; until then "committed before now" is true.
    app.file(&rina, "Tenda", "medium").await;
    let truth = app.app.clock.now();
    app.app.clock.forward(std::time::Duration::from_secs(10));

    let mut lives: Vec<Live> =
        vec![Client::new(&app, &agent).live(None).await, Client::new(&other, &agent).live(None).await];
    let ending = tokio_util::sync::CancellationToken::new();
    let pullers: Vec<_> = [(&app, 3), (&other, 50), (&app, 500)]
        .map(|(process, size)| tokio::spawn(follow(Client::new(process, &agent), size, truth, ending.clone())))
        .into();
    let talking = {
        let (app, other) = (app.app.clone(), other.app.clone());
        let staff = gemilang_service::auth::sessions::find(
            &app,
            &agent.token,
            &[gemilang_service::auth::sessions::Kind::Staff],
        );
        let staff = staff.await.unwrap().actor();
        tokio::spawn(async move {
            for i in 0..60 {
                let process = if i % 2 == 0 { &app } else { &other };
                messages::send(process, &staff, ticket.id, Uuid::now_v7(), &format!("Pesan {i}")).await.unwrap();
            }
        })
    };

    // All of a round hold their numbers before the first of them ends, and they end in a shuffled order.
    let mut random = StdRng::seed_from_u64(20_261_122);
    let mut committed = BTreeSet::new();
    let mut connections = Vec::new();
    for _ in 0..WRITERS {
        connections.push(PgConnection::connect(app.database_url()).await.unwrap());
    }
    for round in everybody.chunks(WRITERS) {
        let barrier = Arc::new(Barrier::new(WRITERS));
        let mut order: Vec<usize> = (0..WRITERS).collect();
        order.shuffle(&mut random);
        let mut tasks = Vec::new();
        for ((mut connection, person), place) in connections.drain(..).zip(round.to_vec()).zip(order) {
            let rolls_back = random.random_bool(0.25);
            if !rolls_back {
                committed.insert(person);
            }
            let (barrier, process) =
                (Arc::clone(&barrier), if place % 2 == 0 { app.app.clone() } else { other.app.clone() });
            tasks.push(tokio::spawn(async move {
                begun(&mut connection, person).await;
                barrier.wait().await;
                for _ in 0..place {
                    tokio::task::yield_now().await;
                }
                connection.execute(if rolls_back { "rollback" } else { "commit" }).await.unwrap();
                process.committed();
                connection
            }));
        }
        for task in tasks {
            connections.push(task.await.unwrap());
        }
    }
    talking.await.unwrap();
    assert!(committed.len() > 200, "{}", committed.len());

    // Everything that was committed is with everybody, although both slow ones are open still.
    for live in &mut lives {
        live.until(|rows| people(rows).is_superset(&committed)).await;
    }
    ending.cancel();
    for puller in pullers {
        let held = puller.await.unwrap();
        assert!(held.is_superset(&committed), "{} are missing", committed.difference(&held).count());
        assert!(!held.contains(&slow_person));
    }
    let rolled_back: BTreeSet<Uuid> = everybody.iter().copied().filter(|person| !committed.contains(person)).collect();
    for process in [&app, &other] {
        assert!(process.app.hub.standing().1.is_none_or(|to| to <= truth), "the claim waits for the truth");
    }

    slow.execute("commit").await.unwrap();
    app.app.committed();
    far.execute("rollback").await.unwrap();
    for live in &mut lives {
        live.until(|rows| people(rows).contains(&slow_person)).await;
        assert!(people(&live.rows).is_disjoint(&rolled_back), "what never was is never told");
        check_order(&live.rows);
    }
    let now = app.app.clock.now();
    for process in [&app, &other] {
        eventually(async || {
            process.app.hub.committed();
            (process.app.hub.standing().1 == Some(now)).then_some(())
        })
        .await;
    }
}
