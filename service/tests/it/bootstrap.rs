//! The bootstrap: what is wanted first comes first, nothing is missing whatever happens meanwhile, and every part can be asked for again.

use std::collections::BTreeSet;

use gemilang_protocol::{Cursor, Part, Row, Status};
use gemilang_service::testing::{Credentials, TestApp};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::client::Client;

async fn part(desk: &Client, from: Option<&Cursor>) -> Part {
    let from = from.map_or("", |cursor| cursor.0.as_str());
    let (status, part) = desk.get(&format!("/sync/v1/bootstrap?cursor={from}")).await;
    assert_eq!(status, 200, "{part}");
    serde_json::from_value(part).unwrap()
}

async fn parts(desk: &Client) -> Vec<Part> {
    let mut parts = vec![part(desk, None).await];
    while let Some(next) = parts[parts.len() - 1].to.clone() {
        parts.push(part(desk, Some(&next)).await);
    }
    parts
}

fn tickets(rows: &[Row]) -> BTreeSet<Uuid> {
    rows.iter()
        .filter_map(|row| match row {
            Row::Thread(thread) => Some(thread.ticket.id),
            Row::Head(ticket) => Some(ticket.id),
            _ => None,
        })
        .collect()
}

/// A ticket that was over a year before.
async fn old(app: &TestApp, customer: &Credentials, subject: &str) -> Uuid {
    let ticket = app.file(customer, subject, "medium").await;
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query("update support_tickets set status = 'closed', created_at = created_at - interval '1 year', last_message_at = last_message_at - interval '1 year' where id = $1")
        .bind(ticket.id)
        .execute(&mut connection)
        .await
        .unwrap();
    ticket.id
}

#[tokio::test]
async fn active_tickets_come_first_and_whole_and_old_ones_as_heads() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    assert!(parts(&sari).await.iter().all(|part| tickets(&part.rows).is_empty()), "an empty house has a bootstrap too");
    let rina = app.customer("Rina").await;
    let order = app.order(&rina, "GO-1").await;
    let long_ago = old(&app, &rina, "Tahun lalu").await;
    let first = app.file(&rina, "Rias", "medium").await;
    let second = app.file(&rina, "Tenda", "medium").await;
    sari.ask(
        "PATCH",
        &format!("/admin/support/tickets/{}/notes", second.id),
        Some(serde_json::json!({"notes": "catat"})),
    )
    .await;
    let parts = parts(&sari).await;
    let whole: Vec<_> = parts[0]
        .rows
        .iter()
        .filter_map(|row| if let Row::Thread(thread) = row { Some(thread) } else { None })
        .collect();
    assert_eq!(whole.iter().map(|thread| thread.ticket.id).collect::<Vec<_>>(), [second.id, first.id], "newest first");
    assert_eq!((whole[0].events.len(), whole[0].messages.len(), whole[0].notes.len()), (2, 1, 1));
    assert!(parts[0].rows.iter().any(|row| matches!(row, Row::Person(person) if person.name == "Sari")));
    assert!(parts[0].rows.iter().any(|row| matches!(row, Row::Person(person) if person.name == "Rina")));
    assert_eq!(parts[0].tickets, 3);
    let all: Vec<Row> = parts.iter().flat_map(|part| part.rows.clone()).collect();
    assert!(all.iter().any(|row| matches!(row, Row::Head(ticket) if ticket.id == long_ago)));
    assert!(all.iter().any(|row| matches!(row, Row::Order(it) if it.number == order.number)));
    assert_eq!(tickets(&all), BTreeSet::from([first.id, second.id, long_ago]));

    let (status, row) = sari.get(&format!("/sync/v1/thread/{long_ago}")).await;
    assert_eq!(status, 200);
    assert!(
        matches!(serde_json::from_value(row).unwrap(), Row::Thread(thread) if thread.messages.len() == 1 && thread.ticket.status == Status::Closed)
    );
    assert_eq!(sari.get(&format!("/sync/v1/thread/{}", Uuid::nil())).await.0, 404);
    assert_eq!(sari.get("/sync/v1/thread/x").await.0, 404);
    for cursor in ["garbage", "YjEuMS4x"] {
        assert_eq!(sari.get(&format!("/sync/v1/bootstrap?cursor={cursor}")).await.0, 400, "{cursor}");
    }
    assert_eq!(Client::new(&app, &rina).get("/sync/v1/bootstrap").await.0, 401);
}

#[tokio::test]
async fn what_happens_between_two_parts_is_in_a_part_or_in_the_feed_behind_them() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let mut expected = BTreeSet::new();
    for i in 0..4 {
        expected.insert(app.file(&rina, &format!("Tiket {i}"), "medium").await.id);
    }
    let mut rows = Vec::new();
    let first = part(&sari, None).await;
    rows.extend(first.rows);
    let mut next = first.to;
    while let Some(from) = next {
        let budi = app.customer("Budi").await;
        expected.insert(app.file(&budi, "Di tengah", "medium").await.id);
        let here = part(&sari, Some(&from)).await;
        // The same part again, as after an answer that was lost on the way.
        assert_eq!(part(&sari, Some(&from)).await.to, here.to);
        assert_eq!(here.feed, first.feed);
        rows.extend(here.rows);
        next = here.to;
    }
    let (fed, _) = sari.pull_all(Some(first.feed), 500).await;
    let mut here = tickets(&rows);
    here.extend(fed.iter().filter_map(|row| if let Row::Ticket(change) = row { Some(change.ticket.id) } else { None }));
    assert_eq!(here, expected);
}

#[tokio::test]
async fn a_conversation_that_rested_goes_once_and_one_that_moved_lately_goes_again() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let rested = app.file(&rina, "Rias", "medium").await.id;
    let moved = app.file(&rina, "Tenda", "medium").await.id;
    let mut connection = PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query("update support_tickets set updated_at = updated_at - interval '1 hour' where id = $1")
        .bind(rested)
        .execute(&mut connection)
        .await
        .unwrap();
    let parts = parts(&sari).await;
    let told = |id| parts.iter().filter(|part| tickets(&part.rows).contains(&id)).count();
    assert_eq!((told(rested), told(moved)), (1, 2));
}
