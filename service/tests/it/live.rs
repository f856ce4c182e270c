//! The live socket: rows within moments, from every process, and an end when the session ends.

use std::collections::BTreeSet;

use gemilang_protocol::{Frame, Row};
use gemilang_service::domain::people;
use gemilang_service::testing::TestApp;
use serde_json::json;

use crate::client::Client;

fn subjects(rows: &[Row]) -> BTreeSet<String> {
    rows.iter()
        .filter_map(|row| match row {
            Row::Ticket(change) => Some(change.ticket.subject.clone()),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_desk_hears_what_it_missed_and_then_what_happens() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    app.file(&rina, "Lama", "medium").await;
    let mut desk = sari.live(None).await;
    desk.until(|rows| subjects(rows).contains("Lama")).await;
    let held = desk.held.clone();
    drop(desk);
    app.file(&rina, "Sementara", "medium").await;
    let mut desk = sari.live(held.as_ref()).await;
    app.file(&rina, "Baru", "medium").await;
    desk.until(|rows| subjects(rows).contains("Sementara") && subjects(rows).contains("Baru")).await;
}

#[tokio::test]
async fn everybody_hears_everything_across_two_processes() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let mut desks = Vec::new();
    for (i, process) in [&app, &other, &app, &other].into_iter().enumerate() {
        let client = Client::new(process, &agent);
        let cursor = if i < 2 { None } else { Some(client.pull_all(None, 500).await.1.to) };
        desks.push(client.live(cursor.as_ref()).await);
    }
    let mut filing = Vec::new();
    for i in 0..24 {
        let process = if i % 2 == 0 { app.app.clone() } else { other.app.clone() };
        let rina = app.customer(&format!("Rina {i}")).await;
        let new = app.new_ticket(&rina, &format!("Tiket {i}"), "medium");
        filing.push(tokio::spawn(async move { gemilang_service::domain::tickets::file(&process, new).await.unwrap() }));
    }
    for one in filing {
        one.await.unwrap();
    }
    let expected: BTreeSet<String> = (0..24).map(|i| format!("Tiket {i}")).collect();
    for desk in &mut desks {
        desk.until(|rows| subjects(rows) == expected).await;
    }
}

#[tokio::test]
async fn the_socket_ends_with_its_session_in_whatever_process() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let agent = app.staff("Sari").await;
    let mut here = Client::new(&app, &agent).live(None).await;
    let mut there = Client::new(&other, &agent).live(None).await;
    here.next().await.unwrap();
    there.next().await.unwrap();
    assert_eq!(Client::new(&app, &agent).ask("DELETE", "/admin/session", None).await.0, 204);
    for desk in [&mut here, &mut there] {
        let code = loop {
            if let Err(code) = desk.next().await {
                break code;
            }
        };
        assert_eq!(code, 4401);
    }
    let gone = app.staff("Tono").await;
    let mut desk = Client::new(&other, &gone).live(None).await;
    desk.next().await.unwrap();
    people::set_active(&app.app, gone.person.id, false).await.unwrap();
    let code = loop {
        if let Err(code) = desk.next().await {
            break code;
        }
    };
    assert_eq!(code, 4401);
}

#[tokio::test]
async fn it_beats_tells_where_the_feed_stands_and_says_goodbye() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let mut desk = sari.live(None).await;
    let cursor = loop {
        if let Frame::Ping { cursor, .. } = desk.next().await.unwrap() {
            break cursor;
        }
    };
    assert_eq!(Some(cursor), desk.held);
    let ending = tokio::spawn(app.stop());
    let code = loop {
        if let Err(code) = desk.next().await {
            break code;
        }
    };
    assert_eq!(code, 1001);
    drop(desk);
    ending.await.unwrap();
}

#[tokio::test]
async fn who_may_not_listen_is_told_before_the_socket_opens() {
    let app = TestApp::start().await;
    let rina = app.customer("Rina").await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    assert_eq!(Client::new(&app, &rina).get("/sync/v1/live").await.0, 401);
    assert_eq!(sari.get("/sync/v1/live").await.0, 400, "no upgrade was asked for");
    assert_eq!(sari.post("/sync/v1/live", json!({})).await.0, 405);
}
