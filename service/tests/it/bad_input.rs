//! Whatever a client sends, no answer is a 5xx: nonsense is refused with a code.

use gemilang_service::testing::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;

#[tokio::test]
async fn nonsense_at_every_door_is_refused() {
    let app = TestApp::start().await;
    let agent = app.admin("Bayu").await;
    let sari = Client::new(&app, &agent);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let ticket = format!("/admin/support/tickets/{}", ticket.id);
    let doors = [
        ("POST", "/admin/session".to_owned()),
        ("POST", "/admin/session/password".to_owned()),
        ("POST", "/admin/people".to_owned()),
        ("PATCH", format!("/admin/people/{}", Uuid::now_v7())),
        ("PUT", format!("/admin/people/{}/blocked", Uuid::now_v7())),
        ("PATCH", ticket.clone()),
        ("PATCH", format!("{ticket}/assign")),
        ("PATCH", format!("{ticket}/status")),
        ("PATCH", format!("{ticket}/notes")),
        ("POST", format!("{ticket}/messages")),
        ("POST", format!("{ticket}/read")),
        ("PUT", "/admin/orders/GO-1".to_owned()),
        ("POST", "/sync/v1/push".to_owned()),
    ];
    let deep = "[".repeat(100_000);
    let huge = format!("{{\"message\":\"{}\"}}", "x".repeat(300 * 1024));
    let bodies: [(&[u8], &[u16]); 8] = [
        (b"", &[400]),
        (b"{", &[400]),
        (b"\xff\xfe{}", &[400]),
        (b"[]", &[400, 422]),
        (b"7", &[400, 422]),
        (deep.as_bytes(), &[400]),
        (huge.as_bytes(), &[413]),
        (
            br#"{"email":7,"password":[],"subject":{},"assigned_to":[],"status":null,"notes":1,"message":{},"up_to":1e400,"customer_email":1,"active":7,"ops":{}}"#,
            &[400, 422],
        ),
    ];
    for (method, path) in &doors {
        for (body, expected) in bodies {
            let response = sari
                .http
                .request(method.parse().unwrap(), app.at(path))
                .bearer_auth(&agent.token)
                .header(gemilang_protocol::PROTOCOL_HEADER, "1")
                .header("content-type", "application/json")
                .body(body.to_vec())
                .send()
                .await
                .unwrap();
            let status = response.status().as_u16();
            let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            assert!(expected.contains(&status), "{method} {path} {shown}: {status}");
            assert_eq!(response.headers()["content-type"], "application/problem+json");
            let problem: Value = response.json().await.unwrap();
            assert!(problem["title"].is_string() && problem["detail"].is_string() && problem["code"].is_string());
            assert_eq!(problem["status"], status);
        }
    }
}

#[tokio::test]
async fn odd_paths_queries_and_headers_are_refused() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    for (path, expected) in [
        ("/admin/support/tickets?q=%00", 400),
        ("/admin/support/tickets?q=%ff%fe", 200),
        ("/admin/support/tickets?limit=-5", 200),
        ("/admin/support/tickets?limit=99999999999999999999", 400),
        ("/admin/support/tickets?limit=banyak", 400),
        ("/admin/support/tickets?status=open&status=closed", 400),
        ("/admin/support/tickets/%ff%fe", 404),
        ("/admin/support/tickets/00000000-0000-0000-0000-000000000000", 404),
        ("/admin/orders?customer=saya", 400),
        ("/admin/orders?q=%00", 400),
        ("/admin/people", 400),
        ("/sync/v1/pull?limit=0", 200),
        ("/tidak/ada", 404),
    ] {
        let (status, body) = sari.get(path).await;
        assert_eq!(status, expected, "{path} {body}");
    }
    let long = format!("/admin/support/tickets?q={}", "%F0%9F%99%8F+".repeat(500));
    assert_eq!(sari.get(&long).await.0, 200);
    let quotes = "/admin/support/tickets?q=%27%22%3A*%26%7C%21%28%29%5C";
    assert_eq!(sari.get(quotes).await.0, 200);
    let response =
        sari.http.get(app.at("/admin/support/tickets")).header("authorization", b"Bearer \xff".as_slice()).send().await;
    assert_eq!(response.unwrap().status().as_u16(), 401);
    let response = sari.http.get(app.at("/admin/support/tickets")).header("authorization", "Basic x").send().await;
    assert_eq!(response.unwrap().status().as_u16(), 401);
    let (status, problem) = sari.ask("DELETE", "/admin/support/tickets", None).await;
    assert_eq!((status, problem["status"].as_i64()), (405, Some(405)));
}

#[tokio::test]
async fn odd_words_are_kept_as_they_are_or_refused() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let door = format!("/admin/support/tickets/{}/messages", ticket.id);
    for text in ["<script>alert(1)</script>", "👰🏽‍♀️🤵🏽‍♂️", "'; drop table users; --", "\u{202e}terbalik", "garis\nbaru"]
    {
        let (status, message) = sari.post(&door, json!({ "message": text })).await;
        assert_eq!((status, message["message"].as_str()), (201, Some(text)));
    }
    for text in ["", " \n ", "a\u{0}b", &"é".repeat(10_001)] {
        let (status, problem) = sari.post(&door, json!({ "message": text })).await;
        assert_eq!((status, &problem["code"]), (422, &json!("validation")));
        assert!(problem["errors"]["message"].is_array());
    }
    assert_eq!(sari.post(&door, json!({ "message": "é".repeat(10_000) })).await.0, 201);
    assert_eq!(sari.post(&door, json!({ "id": "bukan", "message": "x" })).await.0, 400);
    let nowhere = format!("/admin/support/tickets/{}/messages", Uuid::now_v7());
    assert_eq!(sari.post(&nowhere, json!({ "message": "x" })).await.0, 404);
    let sign_in = json!({ "email": "a\u{0}b@contoh.id", "password": "x\u{0}y" });
    assert_eq!(sari.post("/admin/session", sign_in).await.0, 401);
}

#[tokio::test]
async fn a_refusal_speaks_the_readers_language() {
    let app = TestApp::start().await;
    let http = reqwest::Client::new();
    let mut details = Vec::new();
    for language in ["id", "en"] {
        let response =
            http.get(app.at("/admin/support/tickets")).header("accept-language", language).send().await.unwrap();
        for header in ["x-content-type-options", "referrer-policy", "content-security-policy", "x-request-id"] {
            assert!(response.headers().contains_key(header), "{header}");
        }
        details.push(response.json::<Value>().await.unwrap()["detail"].as_str().unwrap().to_owned());
    }
    assert_ne!(details[0], details[1]);
    for path in ["/customer/support/tickets", "/tidak/ada", "/admin/support/tickets"] {
        for accept in ["application/json", "text/html"] {
            let response = http.get(app.at(path)).header("accept", accept).send().await.unwrap();
            let keep = response.headers()["cache-control"].to_str().unwrap();
            assert!(keep.contains("no-store"), "{path} {accept}: {keep}");
        }
    }
}
