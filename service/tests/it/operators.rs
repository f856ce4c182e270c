//! Operators' doors, and a database that is not there, goes and comes back.

use std::net::Ipv4Addr;
use std::time::Duration;

use gemilang_protocol::session::ServerInfo;
use gemilang_service::testing::TestApp;
use gemilang_service::{App, Clock, Config, serve};
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
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

    // An administrator shuts the database, to restore it: that too is "not now".
    drop(admin);
    let url: sqlx::postgres::PgConnectOptions = app.database_url().parse().unwrap();
    let name = url.get_database().unwrap().to_owned();
    let mut other = PgConnection::connect_with(&url.database("postgres")).await.unwrap();
    for (open, wanted) in [(false, 503), (true, 200)] {
        let shut = sqlx::AssertSqlSafe(format!("alter database \"{name}\" allow_connections {open}"));
        other.execute(shut).await.unwrap();
        let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        sqlx::query(end).bind(&name).execute(&mut other).await.unwrap();
        eventually(async || {
            let (status, problem): (u16, Value) = sari.get("/admin/support/tickets").await;
            assert!(status == 200 || status == 503, "{status} {problem}");
            (status == wanted).then_some(())
        })
        .await;
    }
}

/// A service whose clients must be quick, and which people reach by another name.
async fn impatient() -> (TestApp, App, std::net::SocketAddr) {
    let home = TestApp::start().await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Config {
        database_url: home.database_url().to_owned(),
        public_url: "https://bantuan.contoh.id".to_owned(),
        connections: 2,
        request_seconds: 1,
        metrics_token: Some("hitung-semua".to_owned()),
        ..Config::default()
    };
    let app = App::new(config, Clock::System).unwrap();
    app.start().await;
    tokio::spawn(serve::serve(app.clone(), listener));
    (home, app, address)
}

#[tokio::test]
async fn a_client_that_sends_half_a_request_is_hung_up_on() {
    let (_home, app, address) = impatient().await;
    let half_head = "POST /login HTTP/1.1\r\nhost: bantuan.contoh.id\r\ncontent-le";
    let half_body = "POST /login HTTP/1.1\r\nhost: bantuan.contoh.id\r\ncontent-length: 100\r\n\r\nemail=";
    // What is kept for who typed it while the service is away is read before its handler is asked.
    let half_form = "POST /customer/support/tickets HTTP/1.1\r\nhost: bantuan.contoh.id\r\naccept: text/html\r\n\
                     content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nsubject=";
    for (sent, answered) in [("", false), (half_head, false), (half_body, true), (half_form, true)] {
        let mut line = tokio::net::TcpStream::connect(address).await.unwrap();
        line.write_all(sent.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        let over = tokio::time::timeout(Duration::from_secs(10), line.read_to_end(&mut heard)).await;
        over.expect("the line is closed within ten seconds").unwrap();
        let heard = String::from_utf8_lossy(&heard);
        assert_eq!(heard.starts_with("HTTP/1.1 400"), answered, "{sent:?}: {heard}");
    }
    app.ending.cancel();
}

#[tokio::test]
async fn figures_are_for_this_machine_or_for_who_bears_the_token() {
    let (home, app, address) = impatient().await;
    let url = format!("http://{address}/metrics");
    let http = reqwest::Client::new();
    // Behind a proxy everybody seems to be on this machine.
    assert_eq!(http.get(&url).send().await.unwrap().status(), 403);
    assert_eq!(http.get(&url).bearer_auth("hitung").send().await.unwrap().status(), 403);
    assert_eq!(http.get(&url).bearer_auth("hitung-semua").send().await.unwrap().status(), 200);
    assert_eq!(http.get(home.at("/metrics")).send().await.unwrap().status(), 200);
    app.ending.cancel();
}
