//! Messages: both sides, reading, paging, the pace, and what a note never does.

use std::time::Duration;

use futures_util::StreamExt;
use gemilang_protocol::{Code, EventBody, Status};
use gemilang_service::Error;
use gemilang_service::auth::sessions::{Kind, find};
use gemilang_service::domain::messages::{self, Part};
use gemilang_service::domain::{Actor, notes, tickets};
use gemilang_service::testing::{Credentials, TestApp};
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;

async fn actor(app: &TestApp, credentials: &Credentials) -> Actor {
    find(&app.app, &credentials.token, &[Kind::Portal, Kind::Staff]).await.unwrap().actor()
}

#[tokio::test]
async fn a_conversation_moves_its_ticket_by_the_rules() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let couple = actor(&app, &rina).await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let door = format!("/admin/support/tickets/{}", ticket.id);
    let id = Uuid::now_v7();
    let (status, message) =
        sari.post(&format!("{door}/messages"), json!({ "id": id, "message": "Halo 🙏 <b>Kak</b>" })).await;
    assert_eq!((status, message["message"].as_str()), (201, Some("Halo 🙏 <b>Kak</b>")));
    assert_eq!(message["n"], 2);
    let (status, again) =
        sari.post(&format!("{door}/messages"), json!({ "id": id, "message": "Halo 🙏 <b>Kak</b>" })).await;
    assert_eq!((status, &again), (201, &message));
    let (status, problem) = sari.post(&format!("{door}/messages"), json!({ "id": id, "message": "Lain" })).await;
    assert_eq!((status, &problem["code"]), (409, &json!("id_taken")));

    let seen = tickets::find_for_customer(&app.app, rina.person.id, ticket.id).await.unwrap();
    assert_eq!((seen.status, seen.unread, seen.first_responded_at.is_some()), (Status::InProgress, 1, true));
    tickets::read(&app.app, ticket.id, &couple, None, 1_000).await.unwrap();
    let seen = tickets::find_for_customer(&app.app, rina.person.id, ticket.id).await.unwrap();
    assert_eq!(seen.unread, 0);
    let before = seen.n;
    tickets::read(&app.app, ticket.id, &couple, None, 1_000).await.unwrap();
    let seen = tickets::find_for_customer(&app.app, rina.person.id, ticket.id).await.unwrap();
    assert_eq!(seen.n, before, "reading what is read is no event");
    assert_eq!(sari.post(&format!("{door}/read"), json!({ "up_to": 99 })).await.0, 204);
    let (_, page) = sari.get(&format!("{door}/messages")).await;
    assert!(page["items"].as_array().unwrap().iter().all(|message| message["is_read"] == true));

    sari.patch(&format!("{door}/status"), json!({ "status": "resolved" })).await;
    messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Masih belum").await.unwrap();
    let seen = tickets::find_for_customer(&app.app, rina.person.id, ticket.id).await.unwrap();
    assert_eq!((seen.status, seen.resolved_at), (Status::Open, None), "nobody has it, so it is open again");
    let closed = tickets::close_as_customer(&app.app, &couple, ticket.id).await.unwrap();
    assert_eq!(closed.status, Status::Closed);
    let again = tickets::close_as_customer(&app.app, &couple, ticket.id).await.unwrap();
    assert_eq!(again.n, closed.n);
    let error = messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Halo?").await.unwrap_err();
    assert!(matches!(error, Error::Refused(Code::TicketClosed)));
}

#[tokio::test]
async fn somebody_elses_ticket_is_not_there() {
    let app = TestApp::start().await;
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let dewi = app.customer("Dewi").await;
    let couple = actor(&app, &dewi).await;
    let not_found = |error: Error| assert!(matches!(error, Error::Refused(Code::NotFound)), "{error}");
    not_found(tickets::find_for_customer(&app.app, dewi.person.id, ticket.id).await.unwrap_err());
    not_found(messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Hai").await.unwrap_err());
    not_found(tickets::close_as_customer(&app.app, &couple, ticket.id).await.unwrap_err());
    not_found(tickets::read(&app.app, ticket.id, &couple, None, 1).await.unwrap_err());
    not_found(messages::list(&app.app, ticket.id, Some(dewi.person.id), Part::default()).await.unwrap_err());
}

#[tokio::test]
async fn a_customer_writes_thirty_messages_a_minute_and_retries_freely() {
    let app = TestApp::start().await;
    let rina = app.customer("Rina").await;
    let couple = actor(&app, &rina).await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let mut last = Uuid::nil();
    for i in 1..30 {
        last = Uuid::now_v7();
        messages::send(&app.app, &couple, ticket.id, last, &format!("Pesan {i}")).await.unwrap();
    }
    let error = messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Pesan 30").await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { retry_after: 60 }), "{error}");
    messages::send(&app.app, &couple, ticket.id, last, "Pesan 29").await.unwrap();
    app.app.clock.forward(Duration::from_secs(61));
    messages::send(&app.app, &couple, ticket.id, Uuid::now_v7(), "Pesan 30").await.unwrap();
}

#[tokio::test]
async fn pages_of_a_conversation_meet_at_a_message() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let ticket = app.file(&app.customer("Rina").await, "Rias", "medium").await;
    let door = format!("/admin/support/tickets/{}/messages", ticket.id);
    let mut ids = Vec::new();
    for i in 0..6 {
        let (_, message) = sari.post(&door, json!({ "message": format!("Baris {i}") })).await;
        ids.push(message["id"].as_str().unwrap().to_owned());
    }
    let texts = |page: &serde_json::Value| -> Vec<String> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["message"].as_str().unwrap().to_owned())
            .collect()
    };
    let (_, page) = sari.get(&format!("{door}?after={}&limit=2", ids[1])).await;
    assert_eq!(texts(&page), ["Baris 2", "Baris 3"]);
    let (_, page) = sari.get(&format!("{door}?before={}&limit=2", ids[3])).await;
    assert_eq!(texts(&page), ["Baris 1", "Baris 2"]);
    let (_, page) = sari.get(&format!("{door}?after={}&before={}", ids[0], ids[2])).await;
    assert_eq!(texts(&page), ["Baris 1"]);
    assert_eq!(sari.get(&format!("{door}?after={}", Uuid::now_v7())).await.0, 404);
    assert_eq!(sari.get(&format!("{door}?after=x")).await.0, 400);
}

#[tokio::test]
async fn following_a_ticket_skips_nothing_and_tells_no_note() {
    let app = TestApp::start().await;
    let staff = actor(&app, &app.staff("Sari").await).await;
    let rina = app.customer("Rina").await;
    let ticket = app.file(&rina, "Rias", "medium").await;
    let page = messages::conversation(&app.app, rina.person.id, ticket.id, 50).await.unwrap();
    assert_eq!((page.messages.len(), page.more), (1, false));
    // Between the page and its connection.
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Satu").await.unwrap();
    notes::append(&app.app, &staff, ticket.id, None, "rahasia", app.app.clock.now()).await.unwrap();
    let stream = app.app.hub.follow_ticket(&app.app, ticket.id, Some(&page.cursor)).unwrap();
    let mut stream = Box::pin(stream);
    let mut texts = Vec::new();
    let mut ns = Vec::new();
    let mut cursor = None;
    let writing = {
        let (app, staff) = (app.app.clone(), staff.clone());
        tokio::spawn(async move {
            for text in ["Dua", "Tiga", "Empat"] {
                messages::send(&app, &staff, ticket.id, Uuid::now_v7(), text).await.unwrap();
                notes::append(&app, &staff, ticket.id, None, "rahasia", app.clock.now()).await.unwrap();
            }
        })
    };
    while texts.len() < 4 {
        let (at, change) = tokio::time::timeout(Duration::from_secs(10), stream.next()).await.unwrap().unwrap();
        assert!(change.note.is_none() && !matches!(change.event.body, EventBody::Note { .. }));
        ns.push(change.event.n);
        texts.extend(change.message.map(|message| message.message));
        cursor = Some(at);
    }
    writing.await.unwrap();
    assert_eq!(texts, ["Satu", "Dua", "Tiga", "Empat"]);
    assert!(ns.is_sorted());
    let mut resumed = Box::pin(app.app.hub.follow_ticket(&app.app, ticket.id, cursor.as_ref()).unwrap());
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Lima").await.unwrap();
    let (_, change) = tokio::time::timeout(Duration::from_secs(10), resumed.next()).await.unwrap().unwrap();
    assert_eq!(change.message.unwrap().message, "Lima");
}
