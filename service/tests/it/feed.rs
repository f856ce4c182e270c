//! The feed: every visible row is delivered, whatever else is open; the claim never runs ahead of the truth.

use std::collections::BTreeSet;
use std::time::Duration;

use gemilang_protocol::Row;
use gemilang_service::domain::messages;
use gemilang_service::feed::Place;
use gemilang_service::feed::cursor::Position;
use gemilang_service::testing::TestApp;
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::client::{Client, eventually};

/// The (ticket, n) of every ticket row.
fn told(rows: &[Row]) -> BTreeSet<(Uuid, i64)> {
    rows.iter()
        .filter_map(|row| match row {
            Row::Ticket(change) => Some((change.ticket.id, change.event.n)),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn pages_of_any_size_tell_the_same() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    app.order(&rina, "GO-1").await;
    for i in 0..9 {
        app.file(&rina, &format!("Tiket {i}"), "medium").await;
    }
    let (all, page) = sari.pull_all(None, 500).await;
    assert_eq!(told(&all).len(), 9);
    assert!(all.iter().any(|row| matches!(row, Row::Person(person) if person.name == "Rina")));
    assert!(all.iter().any(|row| matches!(row, Row::Order(order) if order.number == "GO-1")));
    for limit in [1, 2, 5] {
        let (rows, _) = sari.pull_all(None, limit).await;
        assert_eq!(rows, all, "{limit}");
    }
    assert!(!page.more);
}

#[tokio::test]
async fn an_open_transaction_delays_the_claim_and_never_a_row() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let opened_at = app.app.clock.now();

    // A slow writer elsewhere takes its number now and commits much later.
    let mut slow = PgConnection::connect(app.database_url()).await.unwrap();
    let mut writing = slow.begin().await.unwrap();
    let generation = app.app.generation();
    let insert = format!(
        "insert into record_events (kind, record_id, generation) values ('person', '{}', {generation})",
        rina.person.id
    );
    writing.execute(sqlx::AssertSqlSafe(insert)).await.unwrap();
    // One that ends after it began shows that it is open; until then "committed before now" is true.
    sqlx::query("select pg_current_xact_id()").execute(&app.app.db).await.unwrap();

    app.app.clock.forward(Duration::from_secs(5));
    let mut desk = sari.live(None).await;
    let staff = gemilang_service::auth::sessions::find(
        &app.app,
        &agent.token,
        &[gemilang_service::auth::sessions::Kind::Staff],
    );
    let staff = staff.await.unwrap().actor();
    let mut tasks = Vec::new();
    for task in 0..8 {
        let (app, staff) = (app.app.clone(), staff.clone());
        tasks.push(tokio::spawn(async move {
            for i in 0..20 {
                messages::send(&app, &staff, ticket.id, Uuid::now_v7(), &format!("{task}-{i}")).await.unwrap();
            }
        }));
    }
    // Pulling in small pages while they write, from a cursor that cannot move.
    let mut pulled = BTreeSet::new();
    let mut cursor = None;
    while !tasks.iter().all(tokio::task::JoinHandle::is_finished) {
        let (rows, page) = sari.pull_all(cursor.clone(), 7).await;
        pulled.extend(told(&rows));
        assert!(page.complete_to.is_none_or(|to| to <= opened_at), "{:?}", page.complete_to);
        cursor = Some(page.to);
    }
    for task in tasks {
        task.await.unwrap();
    }
    let (rows, page) = sari.pull_all(cursor.clone(), 7).await;
    pulled.extend(told(&rows));
    // created, the first answer's status, and 160 messages
    let expected: BTreeSet<_> = (1..=162).map(|n| (ticket.id, n)).collect();
    assert_eq!(pulled, expected, "delivered without waiting");
    assert!(page.complete_to.is_none_or(|to| to <= opened_at));
    desk.until(|rows| told(rows) == expected).await;
    let (_, complete_to) = app.app.hub.standing();
    assert!(complete_to.is_none_or(|to| to <= opened_at));
    while desk.held != Some(app.app.hub.standing().0.cursor()) {
        desk.next().await.expect("the socket stays open");
    }

    writing.commit().await.unwrap();
    let told_of_rina =
        |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::Person(person) if person.name == "Rina")).count();
    let before = told_of_rina(&desk.rows);
    desk.until(|rows| told_of_rina(rows) > before).await;
    let (rows, _) = sari.pull_all(Some(page.to), 500).await;
    assert!(told_of_rina(&rows) > 0, "the late row is behind the cursor of no reader");
    // Other databases of the cluster may hold the horizon for a while; then everything is claimed.
    let now = app.app.clock.now();
    eventually(async || {
        app.app.hub.committed();
        (app.app.hub.standing().1 == Some(now)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_rolled_back_are_never_told() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let (before, page) = sari.pull_all(None, 500).await;
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    let mut writing = connection.begin().await.unwrap();
    let insert =
        format!("insert into record_events (kind, record_id, generation) values ('person', '{}', 1)", rina.person.id);
    writing.execute(sqlx::AssertSqlSafe(insert)).await.unwrap();
    writing.rollback().await.unwrap();
    let ticket = app.file(&rina, "Rias", "medium").await;
    let (rows, _) = sari.pull_all(Some(page.to), 500).await;
    assert_eq!(told(&rows), BTreeSet::from([(ticket.id, 1)]));
    let people = |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::Person(_))).count();
    assert!(people(&rows) <= people(&before), "only rows above the cursor are told again");
}

#[tokio::test]
async fn a_restored_database_begins_a_new_generation_and_old_rows_stay() {
    let app = TestApp::start().await;
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    assert_eq!(app.app.generation(), 1);
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    // A dump, loaded into another database of the very same cluster.
    connection
        .execute("update feed_generations set system_identifier = split_part(system_identifier, '/', 1) || '/1'")
        .await
        .unwrap();
    let restored = app.second().await;
    assert_eq!(restored.app.generation(), 2);
    let sari = Client::new(&restored, &restored.staff("Sari").await);
    let (rows, page) = sari.pull_all(None, 500).await;
    assert!(told(&rows).contains(&(ticket.id, 1)));
    assert!(rows.iter().any(|row| matches!(row, Row::Person(person) if person.name == "Sari")));
    // A place in a feed that is no more: a desk must fetch everything afresh, whichever door it comes by.
    let at = |generation| {
        let base = Place { generation, xid: 1, seq: 1, created_at: None };
        Position { base, ..Position::default() }.cursor()
    };
    let (future, past, gone) = (at(9), at(1), at(2));
    for place in [future, past, gone] {
        let (status, problem) = sari.get(&format!("/sync/v1/pull?cursor={}", place.0)).await;
        assert_eq!((status, problem["code"].as_str()), (409, Some("place_lost")));
    }
    assert!(!page.more);
    // The feed's numbers beyond the snapshot's: restored to an earlier moment.
    connection
        .execute("insert into record_events (kind, record_id, generation, xid) select 'person', id, 2, 9000000000000 from users limit 1")
        .await
        .unwrap();
    assert_eq!(restored.second().await.app.generation(), 3);
}

#[tokio::test]
async fn a_desk_that_is_too_old_and_a_cursor_that_is_none_are_refused() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    for version in [None, Some("0"), Some("satu")] {
        let mut request = sari.http.get(app.at("/sync/v1/pull")).bearer_auth(&agent.token);
        if let Some(version) = version {
            request = request.header(gemilang_protocol::PROTOCOL_HEADER, version);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 426, "{version:?}");
        assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], "desk_too_old");
    }
    // A newer desk is answered in the words we have.
    let newer = sari.http.get(app.at("/sync/v1/pull")).bearer_auth(&agent.token);
    let newer = newer.header(gemilang_protocol::PROTOCOL_HEADER, "99").send().await.unwrap();
    assert_eq!(newer.status().as_u16(), 200);
    for cursor in ["garbage", "MS4xLjE", "%F0%9F%99%82", "MS4xLjk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ"] {
        assert_eq!(sari.get(&format!("/sync/v1/pull?cursor={cursor}")).await.0, 400, "{cursor}");
    }
    assert_eq!(sari.get("/sync/v1/size").await.1["tickets"], 0);
}

#[tokio::test]
async fn many_rows_above_an_open_transaction_are_told_live_exactly_once() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let mut slow = PgConnection::connect(app.database_url()).await.unwrap();
    let mut writing = slow.begin().await.unwrap();
    writing.execute("select pg_current_xact_id()").await.unwrap();
    let mut desk = sari.live(None).await;
    desk.next().await.unwrap();
    let told_of_rina =
        |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::Person(person) if person.name == "Rina")).count();
    let before = told_of_rina(&desk.rows);
    let mut fast = PgConnection::connect(app.database_url()).await.unwrap();
    let insert = format!(
        "insert into record_events (kind, record_id, generation) select 'person', '{}', 1 from generate_series(1, 1200)",
        rina.person.id
    );
    fast.execute(sqlx::AssertSqlSafe(insert)).await.unwrap();
    app.app.committed();
    desk.until(|rows| told_of_rina(rows) >= before + 1_200).await;
    let last = app.file(&rina, "Sesudahnya", "medium").await;
    desk.until(|rows| told(rows).contains(&(last.id, 1))).await;
    writing.rollback().await.unwrap();
    let next = app.file(&rina, "Terakhir", "medium").await;
    desk.until(|rows| told(rows).contains(&(next.id, 1))).await;
    assert_eq!(told_of_rina(&desk.rows), before + 1_200, "no row is told twice");
    assert_eq!(app.app.hub.stats().total, 2);
}
