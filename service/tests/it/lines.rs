//! Lines that stay open: how many one person may hold, and what becomes of one whose other end never reads.

use std::io::ErrorKind;
use std::time::Duration;

use gemilang_protocol::PROTOCOL_HEADER;
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::testing::{Credentials, TestApp};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpSocket;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::client::{Client, eventually};

/// Opens a customer's line to a ticket.
async fn follow(app: &TestApp, token: &str, ticket: uuid::Uuid) -> reqwest::Response {
    reqwest::Client::new()
        .get(app.at(&format!("/customer/support/tickets/{ticket}/live")))
        .header("cookie", format!("gemilang_session={token}"))
        .send()
        .await
        .expect("an answer")
}

/// Another session of the same person.
async fn again(app: &TestApp, who: &Credentials, kind: Kind) -> String {
    sessions::create(&app.app, who.person.id, kind, "test", &[]).await.expect("a session")
}

#[tokio::test]
async fn a_customer_holds_so_many_lines_and_no_more() {
    let app = TestApp::start_as(|config| config.live_most = 4).await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await.id;
    let (second, third) = (again(&app, &roro, Kind::Portal).await, again(&app, &roro, Kind::Portal).await);
    let mut lines = Vec::new();
    for token in [&roro.token, &roro.token, &second, &second] {
        let line = follow(&app, token, ticket).await;
        assert_eq!(line.status().as_u16(), 200);
        lines.push(line);
    }
    // As many as a session may have, and as many as a person may.
    for token in [&second, &third] {
        let refused = follow(&app, token, ticket).await;
        assert_eq!(refused.status().as_u16(), 429);
        let problem: serde_json::Value = refused.json().await.expect("JSON");
        assert_eq!(problem["code"], "too_many_lines");
        assert!(problem["detail"].as_str().is_some_and(|text| text.contains("Tutup beberapa")), "{problem}");
    }
    // Nobody else is kept out, and a line that was closed makes room.
    let bimo = app.customer("Bimo").await;
    let his = app.file(&bimo, "Kursi", "medium").await.id;
    assert_eq!(follow(&app, &bimo.token, his).await.status().as_u16(), 200);
    drop(lines.pop());
    eventually(async || (follow(&app, &third, ticket).await.status().as_u16() == 200).then_some(())).await;
}

#[tokio::test]
async fn a_desk_holds_so_many_sockets_and_no_more() {
    let app = TestApp::start_as(|config| config.live_most = 4).await;
    let sari = app.staff("Sari").await;
    let client = Client::new(&app, &sari);
    let mut sockets = vec![client.live(None).await, client.live(None).await];
    let mut request = app.at("/sync/v1/live").replacen("http", "ws", 1).into_client_request().expect("a request");
    let bearer = format!("Bearer {}", sari.token).parse().expect("a header");
    request.headers_mut().insert("authorization", bearer);
    request.headers_mut().insert(PROTOCOL_HEADER, "1".parse().expect("a header"));
    let Err(Error::Http(refused)) = tokio_tungstenite::connect_async(request).await else {
        panic!("a third socket opened");
    };
    assert_eq!(refused.status().as_u16(), 429);
    let other = Client::with_token(&app, &again(&app, &sari, Kind::Staff).await);
    sockets.push(other.live(None).await);
}

#[tokio::test]
async fn who_never_reads_is_hung_up_on() {
    let app = TestApp::start_as(|config| config.request_seconds = 1).await;
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let mut line = socket.connect(app.app.config.listen).await.expect("a line");
    // Answers pile up between the two until the service can write no more; then only waiting is left.
    let request = b"GET /login HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n\r\n";
    let ask = async {
        loop {
            if let Err(error) = line.write_all(request).await {
                return error.kind();
            }
        }
    };
    let end = tokio::time::timeout(Duration::from_secs(20), ask).await.expect("it is hung up on");
    assert!(matches!(end, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{end}");
    // Whoever reads slowly is not.
    assert_eq!(reqwest::get(app.at("/login")).await.expect("an answer").status().as_u16(), 200);
}
