//! A database that dies: what is written after its recovery is told, whatever the recovery gave away anew.

use std::process::Command;
use std::time::Duration;

use chrono::TimeDelta;
use gemilang_postgres::{Options, Postgres};
use gemilang_service::live::News;
use gemilang_service::testing::{TestApp, start_of_time};
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection};
use tokio::time::{interval, timeout};

use crate::client::Client;

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
