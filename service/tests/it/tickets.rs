//! Tickets at the staff door: lists, counts, search, and what staff change.

use std::time::Duration;

use gemilang_protocol::Code;
use gemilang_service::Error;
use gemilang_service::domain::{people, tickets};
use gemilang_service::testing::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Client, eventually};

fn subjects(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lists_are_newest_first_filtered_and_paged_without_gaps() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    let rina = app.customer("Rina").await;
    let mut filed = Vec::new();
    for i in 0..7 {
        app.app.clock.forward(Duration::from_secs(1));
        let priority = if i % 3 == 0 { "urgent" } else { "low" };
        filed.push(app.file(&rina, &format!("Tiket {i}"), priority).await);
    }
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let (status, page) = sari.get(&format!("/admin/support/tickets?limit=3&after={after}")).await;
        assert_eq!(status, 200);
        seen.extend(subjects(&page).iter().map(|subject| (*subject).to_owned()));
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    let expected: Vec<String> = (0..7).rev().map(|i| format!("Tiket {i}")).collect();
    assert_eq!(seen, expected);

    let (_, page) = sari.get("/admin/support/tickets?priority=urgent").await;
    assert_eq!(subjects(&page), ["Tiket 6", "Tiket 3", "Tiket 0"]);
    let id = filed[2].id;
    let whom = json!({ "assigned_to": agent.person.id });
    assert_eq!(sari.patch(&format!("/admin/support/tickets/{id}/assign"), whom).await.0, 200);
    assert_eq!(
        sari.patch(&format!("/admin/support/tickets/{id}/status"), json!({ "status": "resolved" })).await.0,
        200
    );
    let (_, page) = sari.get(&format!("/admin/support/tickets?assigned_to={}", agent.person.id)).await;
    assert_eq!(subjects(&page), ["Tiket 2"]);
    let (_, page) = sari.get("/admin/support/tickets?status=resolved").await;
    assert_eq!(subjects(&page), ["Tiket 2"]);
    let (_, page) = sari.get("/admin/support/tickets?assigned_to=none&category=general&unread=1&limit=200").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 6);
    let (_, page) = sari.get("/admin/support/recent-tickets").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 7);

    let (status, problem) = sari.get("/admin/support/tickets?status=besok&assigned_to=saya").await;
    assert_eq!(status, 422);
    assert!(problem["errors"]["status"].is_array() && problem["errors"]["assigned_to"].is_array());
    assert_eq!(sari.get("/admin/support/tickets?after=ngawur").await.0, 400);
}

#[tokio::test]
async fn counts_follow_every_change_and_a_fresh_count_agrees() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let first = app.file(&rina, "Rias", "urgent").await;
    let second = app.file(&rina, "Tenda", "urgent").await;
    app.file(&rina, "Katering", "low").await;
    let door = |id: Uuid, what: &str| format!("/admin/support/tickets/{id}/{what}");
    sari.patch(&door(first.id, "status"), json!({ "status": "closed" })).await;
    sari.patch(&format!("/admin/support/tickets/{}", second.id), json!({ "priority": "low" })).await;
    sari.patch(&format!("/admin/support/tickets/{}", second.id), json!({ "priority": "urgent" })).await;
    sari.post(&door(second.id, "messages"), json!({ "message": "Baik, Kak." })).await;
    let expected = json!({ "open": 1, "in_progress": 1, "waiting_customer": 0, "resolved": 0, "closed": 1, "urgent": 1, "total": 3 });
    eventually(async || {
        let (_, page) = sari.get("/admin/support/tickets").await;
        (page["stats"] == expected).then_some(())
    })
    .await;
    let second_process = app.second().await;
    assert_eq!(serde_json::to_value(second_process.app.hub.stats()).unwrap(), expected);
}

#[tokio::test]
async fn search_finds_words_names_and_numbers() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina Kusuma").await;
    let order = app.order(&rina, "GO-2291").await;
    let ticket = app.file(&rina, "Jadwal perias", "medium").await;
    app.file(&app.customer("Dewi").await, "Warna bunga", "medium").await;
    let number = ticket.number.to_string();
    sari.patch(&format!("/admin/support/tickets/{}", ticket.id), json!({ "order": order.number })).await;
    sari.post(&format!("/admin/support/tickets/{}/messages", ticket.id), json!({ "message": "Perias tiba jam lima." }))
        .await;
    for q in ["perias", "PERI", "jam lima", "kusuma", number.as_str(), &number[3..], "go-2291", "%27jadwal%27:*%26"] {
        let (status, page) = sari.get(&format!("/admin/support/tickets?q={q}")).await;
        assert_eq!(status, 200, "{q}");
        assert_eq!(subjects(&page), ["Jadwal perias"], "{q}");
    }
    let (_, page) = sari.get("/admin/support/tickets?q=tidakada").await;
    assert!(subjects(&page).is_empty());
    let (_, page) = sari.get("/admin/support/tickets?q=perias&status=closed").await;
    assert!(subjects(&page).is_empty());
}

#[tokio::test]
async fn a_ticket_is_shown_whole_and_every_change_is_an_event() {
    let app = TestApp::start().await;
    let agent = app.staff("Sari").await;
    let sari = Client::new(&app, &agent);
    let rina = app.customer("Rina").await;
    app.order(&rina, "GO-1").await;
    let ticket = app.file(&rina, "Jadwal perias", "medium").await;
    let door = format!("/admin/support/tickets/{}", ticket.id);
    let edit = json!({ "subject": "Jadwal perias pagi", "category": "vendor", "priority": "high", "order": "GO-1" });
    let (status, edited) = sari.patch(&door, edit).await;
    assert_eq!(status, 200);
    assert_eq!((edited["subject"].as_str(), edited["order"].as_str()), (Some("Jadwal perias pagi"), Some("GO-1")));
    sari.patch(&format!("{door}/assign"), json!({ "assigned_to": agent.person.id })).await;
    sari.post(&format!("{door}/messages"), json!({ "message": "Kami cek, ya." })).await;
    let (status, notes) = sari.patch(&format!("{door}/notes"), json!({ "notes": "Perias: Bu Tuti" })).await;
    assert_eq!((status, notes["items"][0]["note"].as_str()), (200, Some("Perias: Bu Tuti")));
    let (_, cleared) = sari.patch(&door, json!({ "order": null })).await;
    assert_eq!(cleared["order"], Value::Null);
    let (_, whole) = sari.get(&door).await;
    let kinds: Vec<_> =
        whole["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    let expected =
        ["created", "subject", "category", "priority", "order", "assigned", "message", "status", "note", "order"];
    assert_eq!(kinds, expected);
    let ns: Vec<_> = whole["events"].as_array().unwrap().iter().map(|event| event["n"].as_i64().unwrap()).collect();
    assert_eq!(ns, (1..=10).collect::<Vec<_>>());
    assert_eq!(whole["ticket"]["status"], "in_progress");
    assert_eq!(whole["ticket"]["n"], 10);
    assert_eq!(whole["messages"].as_array().unwrap().len(), 2);
    assert_eq!(whole["notes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_staff_cannot_do_is_refused_beside_its_field() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    app.order(&app.customer("Dewi").await, "GO-9").await;
    let gone = app.staff("Tono").await;
    people::set_active(&app.app, gone.person.id, false).await.unwrap();
    let ticket = app.file(&rina, "Tenda", "medium").await;
    let door = format!("/admin/support/tickets/{}", ticket.id);
    for whom in [json!(rina.person.id), json!(gone.person.id), json!(Uuid::now_v7()), json!("saya"), json!(7)] {
        let (status, problem) = sari.patch(&format!("{door}/assign"), json!({ "assigned_to": whom })).await;
        assert_eq!(status, 422, "{whom}");
        assert!(problem["errors"]["assigned_to"].is_array());
    }
    for (body, field) in [
        (json!({ "category": "cuaca" }), "category"),
        (json!({ "subject": "x".repeat(256) }), "subject"),
        (json!({ "subject": "a\u{0}b" }), "subject"),
        (json!({ "priority": "besok" }), "priority"),
        (json!({ "order": "GO-9" }), "order"),
    ] {
        let (status, problem) = sari.patch(&door, body).await;
        assert_eq!(status, 422, "{field}");
        assert!(problem["errors"][field].is_array(), "{field}");
    }
    assert_eq!(sari.patch(&format!("{door}/status"), json!({ "status": "selesai" })).await.0, 422);
    assert_eq!(sari.patch(&format!("{door}/notes"), json!({ "notes": " " })).await.0, 422);
    let nowhere = format!("/admin/support/tickets/{}", Uuid::now_v7());
    assert_eq!(sari.get(&nowhere).await.0, 404);
    assert_eq!(sari.patch(&format!("{nowhere}/status"), json!({ "status": "open" })).await.0, 404);
    assert_eq!(sari.get("/admin/support/tickets/bukan-id").await.0, 404);
    assert_eq!(sari.get("/admin/people?role=staff").await.1["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn filing_twice_is_filing_once_and_limits_hold() {
    let app = TestApp::start().await;
    let rina = app.customer("Rina").await;
    let new = app.new_ticket(&rina, "Tenda bocor", "urgent");
    let tries = (0..8).map(|_| {
        let (app, new) = (app.app.clone(), new.clone());
        tokio::spawn(async move { tickets::file(&app, new).await.unwrap().ticket.number })
    });
    let mut numbers = std::collections::BTreeSet::new();
    for number in tries.collect::<Vec<_>>() {
        numbers.insert(number.await.unwrap());
    }
    assert_eq!(numbers.len(), 1);
    let order = app.order(&rina, "GO-5").await;
    let with_order = tickets::NewTicket { order: Some(order.number), ..app.new_ticket(&rina, "Denah", "low") };
    let filed = tickets::file(&app.app, with_order).await.unwrap().ticket;
    assert_eq!(filed, tickets::find_for_customer(&app.app, rina.person.id, filed.id).await.unwrap());
    let mut other = new.clone();
    other.subject = "Lain".to_owned();
    let error = tickets::file(&app.app, other).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Code::IdTaken)), "{error}");

    for i in 0..2 {
        let filed = tickets::file(&app.app, app.new_ticket(&rina, &format!("Mendesak {i}"), "urgent")).await.unwrap();
        assert!(!filed.lowered);
    }
    let fourth = tickets::file(&app.app, app.new_ticket(&rina, "Mendesak lagi", "urgent")).await.unwrap();
    assert!(fourth.lowered);
    assert_eq!(fourth.ticket.priority.as_str(), "high");
    for i in 5..10 {
        app.file(&rina, &format!("Biasa {i}"), "medium").await;
    }
    let error = tickets::file(&app.app, app.new_ticket(&rina, "Ke-11", "low")).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { retry_after: 3600 }), "{error}");
    assert_eq!(tickets::file(&app.app, new).await.unwrap().ticket.subject, "Tenda bocor", "a retry is no new ticket");
    app.app.clock.forward(Duration::from_secs(3_601));
    app.file(&rina, "Sejam kemudian", "medium").await;
}
