//! Sessions that a process knows by heart, and how it forgets them: told by the feed, by their time, or when it is deaf.

use std::net::Ipv4Addr;
use std::time::Duration;

use gemilang_protocol::Role;
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::domain::people;
use gemilang_service::testing::{Credentials, PASSWORD, TestApp};
use gemilang_service::{App, Config, serve};
use serde_json::json;
use sqlx::{Connection, PgConnection};
use tokio::net::TcpListener;

use crate::client::{Client, eventually};
use crate::proxy::Proxy;

const LIST: &str = "/admin/support/tickets";

/// What a customer's browser is answered.
async fn portal(app: &TestApp, who: &Credentials) -> u16 {
    let request = reqwest::Client::new()
        .get(app.at("/customer/support/tickets"))
        .header("accept", "application/json")
        .header("cookie", format!("gemilang_session={}", who.token));
    request.send().await.unwrap().status().as_u16()
}

/// Waits until a door answers so.
async fn until(client: &Client, path: &str, status: u16) {
    eventually(async || (client.get(path).await.0 == status).then_some(())).await;
}

#[tokio::test]
async fn the_database_is_asked_once_for_all_doors() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let admin = app.admin("Bagas").await;
    let rina = app.customer("Rina").await;
    let machine = sessions::create(&app.app, admin.person.id, Kind::Machine, "", &["orders".to_owned()]).await.unwrap();
    let order = json!({
        "customer_email": rina.person.email, "package": "Paket Kencana", "event_date": "2026-12-05",
        "venue": "Sleman", "zone": "WIB", "status": "confirmed",
    });
    let (sari, machine) = (Client::new(&app, &agent), Client::with_token(&app, &machine));
    let all = async || {
        let put = machine.ask("PUT", "/admin/orders/GO-1", Some(order.clone())).await.0;
        [sari.get(LIST).await.0, portal(&app, &rina).await, put]
    };
    let first = all().await;
    assert_eq!(first[..2], [200, 200]);
    assert_eq!(app.app.sessions.len(), 3);
    // By hand, without the feed: what is known by heart goes on.
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query("delete from sessions").execute(&mut connection).await.unwrap();
    assert_eq!(all().await, first);
    people::set_language(&app.app, rina.person.id, "en").await.unwrap();
    assert_eq!(portal(&app, &rina).await, 401);
}

#[tokio::test]
async fn who_signs_out_in_one_process_is_refused_in_every_other() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let (here, there) = (Client::new(&app, &agent), Client::new(&other, &agent));
    assert_eq!((here.get(LIST).await.0, there.get(LIST).await.0), (200, 200));
    assert_eq!(here.ask("DELETE", "/admin/session", None).await.0, 204);
    assert_eq!(here.get(LIST).await.0, 401, "here at once");
    until(&there, LIST, 401).await;
    let (_, problem) = there.get(LIST).await;
    assert_eq!(problem["code"], "session_expired");
}

#[tokio::test]
async fn all_sessions_but_one_end_in_every_process() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let rina = app.customer("Rina").await;
    let mut phone = rina.clone();
    phone.token = sessions::create(&app.app, rina.person.id, Kind::Portal, "ponsel", &[]).await.unwrap();
    for process in [&app, &other] {
        assert_eq!((portal(process, &rina).await, portal(process, &phone).await), (200, 200));
    }
    let kept = sessions::find(&app.app, &phone.token, &[Kind::Portal]).await.unwrap().id;
    assert_eq!(sessions::end_all(&app.app, rina.person.id, Some(kept)).await.unwrap(), 1);
    assert_eq!(portal(&app, &rina).await, 401);
    eventually(async || (portal(&other, &rina).await == 401).then_some(())).await;
    assert_eq!((portal(&app, &phone).await, portal(&other, &phone).await), (200, 200));
}

#[tokio::test]
async fn who_is_deactivated_is_out_in_every_process_and_stays_out() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let (here, there) = (Client::new(&app, &agent), Client::new(&other, &agent));
    assert_eq!((here.get(LIST).await.0, there.get(LIST).await.0), (200, 200));
    people::set_active(&app.app, agent.person.id, false).await.unwrap();
    let (status, problem) = here.get(LIST).await;
    assert_ne!(status, 200, "here at once");
    assert_eq!(problem["code"], "session_expired");
    until(&there, LIST, status).await;
    // Whoever is let in again signs in again: no session of before comes back, the one on a lost laptop neither.
    people::set_active(&app.app, agent.person.id, true).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from sessions").fetch_one(&app.app.db).await.unwrap();
    assert_eq!((here.get(LIST).await.0, there.get(LIST).await.0, left), (401, 401, 0));
    let sign_in = json!({ "email": agent.person.email, "password": PASSWORD });
    let (status, session) = here.post("/admin/session", sign_in).await;
    assert_eq!(status, 200);
    let again = Client::with_token(&app, session["token"].as_str().unwrap());
    assert_eq!(again.get(LIST).await.0, 200);
}

#[tokio::test]
async fn a_role_that_changed_changes_what_every_process_allows() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let clients = [Client::new(&app, &agent), Client::new(&other, &agent)];
    let mut sockets = Vec::new();
    for client in &clients {
        assert_eq!(client.get(LIST).await.0, 200);
        let mut socket = client.live(None).await;
        socket.next().await.unwrap();
        sockets.push(socket);
    }
    // As whatever manages people writes it: the person and the feed's row in one statement.
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query(
        "with person as (update users set role = $2 where id = $1 returning id)
         insert into record_events (kind, record_id, generation) select 'person', id, $3 from person",
    )
    .bind(agent.person.id)
    .bind(Role::Customer.as_str())
    .bind(app.app.generation())
    .execute(&mut connection)
    .await
    .unwrap();
    for client in &clients {
        until(client, LIST, 403).await;
    }
    for socket in &mut sockets {
        let code = loop {
            if let Err(code) = socket.next().await {
                break code;
            }
        };
        assert_eq!(code, 4401);
    }
}

#[tokio::test]
async fn a_session_ends_by_its_time_unless_another_process_saw_it_used() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let (here, there) = (Client::new(&app, &agent), Client::new(&other, &agent));
    assert_eq!((here.get(LIST).await.0, there.get(LIST).await.0), (200, 200));
    // Both share the clock.
    app.app.clock.forward(20 * DAY);
    assert_eq!(here.get(LIST).await.0, 200, "used: it lasts another 30 days");
    app.app.clock.forward(20 * DAY);
    assert_eq!(there.get(LIST).await.0, 200, "what this process knew had ended, and it asked");
    app.app.clock.forward(31 * DAY);
    assert_eq!((here.get(LIST).await.0, there.get(LIST).await.0), (401, 401));
}

#[tokio::test]
async fn a_process_that_hears_nothing_takes_nobody_for_signed_in() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let url: sqlx::postgres::PgConnectOptions = app.database_url().parse().unwrap();
    let mut proxy = Proxy::shut((url.get_host().to_owned(), url.get_port())).await;
    let through = url.host("127.0.0.1").port(proxy.port);
    proxy.open().await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let config = Config {
        database_url: sqlx::ConnectOptions::to_url_lossy(&through).to_string(),
        connections: 2,
        ..Config::default()
    };
    let deaf = App::new(config, app.app.clock.clone()).unwrap();
    let serving = tokio::spawn(serve::serve(deaf.clone(), listener));
    eventually(async || deaf.is_ready().then_some(())).await;
    let there = Client { url: base, token: agent.token.clone(), http: reqwest::Client::new() };
    // A cursor that is none of ours is refused after the session was found, without the database.
    let door = "/sync/v1/pull?cursor=none";
    assert_eq!(there.get(door).await.0, 400);
    proxy.cut().await;
    until(&there, door, 503).await;
    assert_eq!(Client::new(&app, &agent).ask("DELETE", "/admin/session", None).await.0, 204);
    proxy.open().await;
    let refused = eventually(async || {
        let status = there.get(door).await.0;
        assert_ne!(status, 400, "signed out meanwhile");
        (status == 401).then_some(status)
    });
    assert_eq!(refused.await, 401);
    deaf.ending.cancel();
    serving.await.unwrap().unwrap();
}
