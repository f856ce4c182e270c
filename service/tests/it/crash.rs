//! A database that dies: what is written after its recovery is told, whatever the recovery gave away anew.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_postgres::{Options, Postgres};
use gemilang_protocol::Page;
use gemilang_service::feed::Place;
use gemilang_service::feed::cursor::Position;
use gemilang_service::live::News;
use gemilang_service::testing::{TestApp, start_of_time};
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection};
use tokio::time::{interval, timeout};

use crate::client::{Client, eventually};

const PATIENCE: Duration = Duration::from_secs(30);

/// Asks again until it is so, at most [`PATIENCE`] long.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let mut ticks = interval(Duration::from_millis(20));
    let waiting = async {
        while !is_so().await {
            ticks.tick().await;
        }
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("not within {PATIENCE:?}: {what}"));
}

#[tokio::test]
async fn a_running_service_starts_anew_when_the_database_went_back_in_time() {
    let dir = tempfile::Builder::new().prefix("gemilang-crash-").tempdir_in("/var/tmp").unwrap();
    let cluster = dir.path().join("cluster");
    let postgres = Postgres::start(dir.path(), Options::default()).unwrap();
    let app = TestApp::start_in(postgres.url()).await;
    assert_eq!(app.app.generation(), 1);

    // A recovery from an archive ends on another timeline, whether or not anything was lost.
    std::fs::write(cluster.join("recovery.signal"), "").unwrap();
    let conf = cluster.join("postgresql.auto.conf");
    let settings = std::fs::read_to_string(&conf).unwrap_or_default();
    std::fs::write(&conf, settings + "restore_command = 'false'\n").unwrap();
    Command::new("kill").args(["-s", "KILL", &postgres.pid().to_string()]).status().unwrap();
    until("the service to notice", async || app.app.is_replaced()).await;
    assert!(app.app.ending.is_cancelled());
    assert_eq!(app.second().await.app.generation(), 2);
}

/// Copies a cluster that stands still to a place where nothing is.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

#[tokio::test]
async fn places_taken_anew_after_files_were_copied_back_are_told_apart() {
    let dir = tempfile::Builder::new().prefix("gemilang-crash-").tempdir_in("/var/tmp").unwrap();
    let (cluster, aside) = (dir.path().join("cluster"), dir.path().join("aside"));
    let postgres = Postgres::start(dir.path(), Options::default()).unwrap();
    let app = TestApp::start_in(postgres.url()).await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    let ticket = app.ticket(&app.customer("Rina").await, "Denah kursi").await;
    let pull = async |from: &str| {
        // A restart cuts connections, of which the service learns one by one.
        eventually(async || {
            let (status, page) = sari.get(&format!("/sync/v1/pull?cursor={from}")).await;
            (status == 200).then(|| serde_json::from_value::<Page>(page).unwrap())
        })
        .await
    };
    // What else is open in the cluster may hold the place for a moment.
    let settled = async |from: &str| {
        let page = pull(from).await;
        Position::read(&page.to).filter(|position| position.told.is_none())
    };
    let kept = eventually(async || settled("").await).await;
    postgres.stop();
    copy(&cluster, &aside);

    let postgres = Postgres::start(dir.path(), Options::default()).unwrap();
    let mut slow = None;
    until("Postgres to be back", async || {
        slow = PgConnection::connect(app.database_url()).await.ok();
        slow.is_some()
    })
    .await;
    let mut slow = slow.unwrap();
    slow.execute("begin; select pg_current_xact_id()").await.unwrap();
    let path = format!("/admin/support/tickets/{}/messages", ticket.id);
    let write = async || {
        let message = Some(json!({ "message": "Denahnya kami kirim hari ini." }));
        until("a reply to be taken", async || sari.ask("POST", &path, message.clone()).await.0 < 300).await;
    };
    write().await;
    let page = pull(&kept.cursor().0).await;
    let ahead = Position::read(&page.to).unwrap();
    assert!(!page.rows.is_empty() && ahead.base == kept.base, "told behind an open transaction: {ahead:?}");
    let told = ahead.told.expect("the last row it was told");
    slow.execute("rollback").await.unwrap();
    drop(slow);
    write().await;
    let lost = eventually(async || settled(&page.to.0).await).await;
    assert!(lost.base > told);
    until("the hub to be there too", async || app.app.hub.standing().0 == lost).await;

    postgres.stop();
    std::fs::remove_dir_all(&cluster).unwrap();
    copy(&aside, &cluster);
    let postgres = Postgres::start(dir.path(), Options::default()).unwrap();
    until("the service to notice", async || app.app.is_replaced()).await;
    let second = app.second().await;
    assert_eq!(second.app.generation(), 1, "Postgres itself knows no difference");

    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    let mut reached = 0;
    while reached <= lost.base.xid {
        let id = sqlx::query_scalar("select pg_current_xact_id()::text::bigint").fetch_one(&mut connection).await;
        reached = id.unwrap();
    }
    for Place { generation, xid, seq, .. } in [told, lost.base] {
        sqlx::query(
            "insert into record_events (kind, record_id, generation, xid, seq) values ('person', $1, $2, $3, $4)",
        )
        .bind(agent.person.id)
        .bind(generation)
        .bind(xid)
        .bind(seq)
        .execute(&mut connection)
        .await
        .expect("the place is free again");
    }
    let sari = Client::new(&second, &agent);
    let ask = async |position: Position| {
        let (status, answer) = sari.get(&format!("/sync/v1/pull?cursor={}", position.cursor().0)).await;
        (status, answer["code"].as_str().map(str::to_owned))
    };
    let place_lost = (409, Some("place_lost".to_owned()));
    assert_eq!(ask(kept).await, (200, None), "what was there when the files were copied is there");
    assert_eq!(ask(lost).await, place_lost, "another row stands there now");
    assert_eq!(ask(ahead).await, place_lost, "its base stands, what it was told behind it does not");
    // Older cursors do not say when their row was written.
    let old = Position { base: Place { created_at: None, ..lost.base }, ..lost };
    assert_eq!(ask(old).await, (200, None));
    second.stop().await;
    postgres.stop();
}

#[tokio::test]
async fn transaction_ids_given_away_anew_by_a_recovery_hide_nothing() {
    let dir = tempfile::Builder::new().prefix("gemilang-crash-").tempdir_in("/var/tmp").unwrap();
    // The log is written out by commits alone, so that ids of empty transactions never reach the disk.
    let options = Options::default().with("wal_writer_delay", "10s");
    let postgres = Postgres::start(&dir.path().join("cluster"), options).unwrap();
    let app = TestApp::start_in(postgres.url()).await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.ticket(&app.customer("Rina").await, "Denah kursi").await;

    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    for _ in 0..100 {
        connection.execute("select pg_current_xact_id()").await.unwrap();
    }
    app.app.clock.forward(Duration::from_secs(1));
    let later = start_of_time() + TimeDelta::seconds(1);
    until("the hub to have seen them all end", async || app.app.hub.standing().1 >= Some(later)).await;

    let mut watcher = app.app.hub.watch();
    let killed = postgres.pid();
    Command::new("kill").args(["-s", "KILL", &killed.to_string()]).status().unwrap();
    let path = format!("/admin/support/tickets/{}/messages", ticket.id);
    until("a reply to be taken after the recovery", async || {
        sari.ask("POST", &path, Some(json!({ "message": "Denahnya kami kirim hari ini." }))).await.0 < 300
    })
    .await;
    let told = async {
        loop {
            if let News::Rows(shared) = watcher.news.recv().await.unwrap()
                && shared.tickets.contains(&ticket.id)
            {
                break;
            }
        }
    };
    timeout(PATIENCE, told).await.expect("the reply is told");
    app.stop().await;
}
