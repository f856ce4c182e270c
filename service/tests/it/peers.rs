//! Several processes tell each other of their commits; one that is alone tells nobody.

use gemilang_service::testing::TestApp;
use serde_json::json;
use sqlx::postgres::PgListener;
use uuid::Uuid;

use crate::client::{Client, eventually};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_are_told_as_long_as_another_process_is_there() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.ticket(&app.customer("Rina").await, "Denah kursi").await;
    // It listens without a word of its own, so that nobody takes it for a process.
    let mut listener = PgListener::connect(app.database_url()).await.unwrap();
    listener.listen_all(["feed", "end"]).await.unwrap();
    let path = format!("/admin/support/tickets/{}/messages", ticket.id);
    let mut is_told = async || {
        let (status, answer) = sari.post(&path, json!({ "message": "Denahnya kami kirim hari ini." })).await;
        assert_eq!(status, 201, "{answer}");
        sqlx::query("select pg_notify('end', '')").execute(&app.app.db).await.unwrap();
        let mut told = false;
        loop {
            let said = listener.recv().await.unwrap();
            if said.channel() == "end" {
                return told;
            }
            // A commit is told by the name of its process alone.
            told |= said.payload().parse::<Uuid>().is_ok();
        }
    };
    assert!(eventually(async || is_told().await.then_some(true)).await, "somebody may be there");
    // One that comes late stands among those of the next.
    let mut quiet = 0;
    eventually(async || {
        quiet = if is_told().await { 0 } else { quiet + 1 };
        (quiet == 10).then_some(())
    })
    .await;
    let second = app.second().await;
    eventually(async || is_told().await.then_some(())).await;
    second.stop().await;
    quiet = 0;
    eventually(async || {
        quiet = if is_told().await { 0 } else { quiet + 1 };
        (quiet == 10).then_some(())
    })
    .await;
}
