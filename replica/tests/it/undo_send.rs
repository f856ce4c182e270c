//! Taking a reply back that was just written: it waits for its time, over a restart too, and what follows it waits with it.

use chrono::TimeDelta;
use gemilang_protocol::desk::views::{OpState, TakenBack};
use gemilang_protocol::{Act, Status};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::desk::Desk;

fn reply(text: &str) -> Act {
    Act::Reply { message: text.to_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_leaves_when_its_time_has_come_and_not_before() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let desk = Desk::live(&app.url, &kadek).await;
    desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    let now = chrono::Utc::now();
    let leaves_at = now + TimeDelta::seconds(2);
    let item = desk.replica.write_until(Uuid::now_v7(), ticket.id, reply("Baik"), now, Some(leaves_at)).await.unwrap();
    assert_eq!(item.leaves_at.map(|at| at.timestamp_micros()), Some(leaves_at.timestamp_micros()));
    let resolve = Act::Status { from: Status::Open, to: Status::Resolved };
    desk.replica.write(Uuid::now_v7(), ticket.id, resolve, now).await.unwrap();
    let thread =
        desk.thread(ticket.id, |thread| thread.unsent.is_empty() && thread.ticket.status == Status::Resolved).await;
    assert_eq!(thread.messages.last().map(|sent| sent.message.as_str()), Some("Baik"));
    assert!(chrono::Utc::now() >= leaves_at, "it left before its time");
}

#[tokio::test]
async fn taken_back_it_is_the_draft_again_before_what_was_written_since() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let desk = Desk::live(&app.url, &kadek).await;
    let before = desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    let now = chrono::Utc::now();
    let leaves_at = Some(now + TimeDelta::seconds(30));
    let (op, then) = (Uuid::now_v7(), Uuid::now_v7());
    desk.replica.write_until(op, ticket.id, reply("Baik"), now, leaves_at).await.unwrap();
    let resolve = Act::Status { from: Status::Open, to: Status::Resolved };
    desk.replica.write(then, ticket.id, resolve, now).await.unwrap();
    desk.replica.save_draft(ticket.id, false, "Satu lagi", now).await.unwrap();
    assert_eq!(desk.replica.claim(100, now).await.unwrap(), []);
    let undone = desk.replica.undo_send(op, Some(then), now).await.unwrap();
    assert_eq!((undone.text.as_str(), undone.taken), ("Baik", TakenBack::Done));
    let thread = desk.replica.thread(ticket.id).await.unwrap();
    assert_eq!(thread.draft_reply, "Baik\n\nSatu lagi");
    assert_eq!((thread.unsent, thread.ticket.status), (vec![], before.ticket.status));
    assert!(desk.replica.undo_send(op, None, now).await.is_err(), "once");
}

#[tokio::test]
async fn a_clock_that_is_set_back_holds_nothing_for_ever() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let desk = Desk::live(&app.url, &kadek).await;
    desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    let now = chrono::Utc::now() + TimeDelta::hours(5);
    let op = Uuid::now_v7();
    desk.replica.write_until(op, ticket.id, reply("Baik"), now, Some(now + TimeDelta::seconds(5))).await.unwrap();
    let thread = desk.thread(ticket.id, |thread| thread.unsent.iter().all(|it| it.state == OpState::Sent)).await;
    assert!(thread.unsent.iter().all(|item| item.op_id == op));
}
