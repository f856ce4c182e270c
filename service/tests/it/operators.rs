//! Operators' doors, and a database that is not there, goes and comes back.

use std::net::Ipv4Addr;

use gemilang_protocol::session::ServerInfo;
use gemilang_service::testing::TestApp;
use gemilang_service::{App, Clock, Config, serve};
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection};
use tokio::net::TcpListener;

use crate::client::{Client, eventually};
use crate::proxy::Proxy;

#[tokio::test]
async fn a_service_says_who_it_is_and_how_it_is() {
    let app = TestApp::start().await;
    let info: ServerInfo = reqwest::get(app.at("/healthz")).await.unwrap().json().await.unwrap();
    assert_eq!((info.product.as_str(), info.protocol), (ServerInfo::PRODUCT, 1));
    assert_eq!(reqwest::get(app.at("/readyz")).await.unwrap().status().as_u16(), 200);
    let metrics = reqwest::get(app.at("/metrics")).await.unwrap().text().await.unwrap();
    for name in ["feed_horizon_age_seconds", "http_requests_total{status=\"2xx\"}", "live_watchers 0", "ready 1"] {
        assert!(metrics.contains(name), "{name} in {metrics}");
    }
}

#[tokio::test]
async fn the_database_may_come_late_go_and_come_back() {
    let home = TestApp::start().await;
    let agent = home.staff("Sari").await;
    let rina = home.customer("Rina").await;
    let url: sqlx::postgres::PgConnectOptions = home.database_url().parse().unwrap();
    let mut proxy = Proxy::shut((url.get_host().to_owned(), url.get_port())).await;
    let through = url.host("127.0.0.1").port(proxy.port);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let config = Config {
        database_url: sqlx::ConnectOptions::to_url_lossy(&through).to_string(),
        connections: 4,
        ..Config::default()
    };
    let app = App::new(config, Clock::System).unwrap();
    let serving = tokio::spawn(serve::serve(app.clone(), listener));
    let sari = Client { url: base.clone(), token: agent.token.clone(), http: reqwest::Client::new() };

    assert_eq!(sari.get("/healthz").await.0, 200);
    for path in ["/readyz", "/admin/support/tickets", "/sync/v1/pull"] {
        let (status, problem) = sari.get(path).await;
        assert_eq!((status, problem["code"].as_str()), (503, Some("unavailable")), "{path}");
    }
    proxy.open().await;
    eventually(async || (sari.get("/readyz").await.0 == 200).then_some(())).await;
    let mut desk = sari.live(None).await;
    desk.next().await.unwrap();
    let ticket = home.file(&rina, "Sebelum", "medium").await;
    desk.until(|rows| format!("{rows:?}").contains("Sebelum")).await;

    proxy.cut().await;
    let door = format!("/admin/support/tickets/{}", ticket.id);
    for path in ["/readyz", door.as_str(), "/sync/v1/pull", "/admin/people?role=staff"] {
        let (status, problem) = sari.get(path).await;
        assert_eq!((status, problem["code"].as_str()), (503, Some("unavailable")), "{path} {problem}");
    }
    assert_eq!(sari.get("/healthz").await.0, 200);
    home.file(&rina, "Selama", "medium").await;
    proxy.open().await;
    eventually(async || (sari.get(&door).await.0 == 200).then_some(())).await;
    // The socket stayed open, and hears what happened meanwhile.
    desk.until(|rows| format!("{rows:?}").contains("Selama")).await;
    app.ending.cancel();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_killed_backend_is_a_503_at_most_and_never_a_500() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let mut admin = PgConnection::connect(app.database_url()).await.unwrap();
    for _ in 0..5 {
        admin
            .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
            .await
            .unwrap();
        let (status, problem): (u16, Value) = sari.get("/admin/support/tickets").await;
        assert!(status == 200 || status == 503, "{status} {problem}");
    }
    eventually(async || (sari.get("/admin/support/tickets").await.0 == 200).then_some(())).await;
}
