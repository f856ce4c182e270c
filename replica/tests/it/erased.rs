//! What customers asked to have erased goes from every desk, whenever it comes back.

use std::path::Path;

use gemilang_protocol::desk::views::{Thread, TicketQuery};
use gemilang_protocol::{Act, OpAnswer, Outcome, PersonRef, Row, Status};
use gemilang_service::auth::sessions;
use gemilang_service::domain::erasure;
use gemilang_service::testing::{TestApp, start_of_time};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::desk::{Desk, engine};
use crate::sample::{self, NOBODY, RINA, Story, at};

#[tokio::test]
async fn what_was_erased_while_a_desk_was_offline_goes_as_soon_as_it_is_back() {
    let app = TestApp::start().await;
    let (rina, roro) = (app.staff("Rina Puspitasari").await, app.customer("Roro Kusumawardhani").await);
    let ticket = app.file(&roro, "Kursi rahasia", "medium").await;
    let desk = Desk::live(&app.url, &rina).await;
    let reply = desk.reply(&ticket, "Balasan melati").await;
    desk.thread(ticket.id, |thread| thread.unsent.is_empty() && thread.messages.len() == 2).await;
    let asked = TicketQuery { q: "melati".to_owned(), ..TicketQuery::default() };
    while desk.replica.is_index_behind().await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert_eq!(desk.replica.tickets(&asked).await.unwrap().rows.len(), 1);
    let Desk { replica, engine: old, who, dir } = desk;
    old.stop().await;

    let session = sessions::find(&app.app, &roro.token, &[sessions::Kind::Portal]).await.unwrap();
    erasure::erase(&app.app, &session).await.unwrap();
    assert_eq!(replica.thread(ticket.id).await.unwrap().messages[1].message, "Balasan melati", "it does not know yet");

    let engine = engine(&replica, &app.url, &rina.token);
    let desk = Desk { replica, engine, who, dir };
    let erased = |thread: &Thread| thread.messages.iter().all(|message| message.message.is_empty());
    let thread = desk.thread(ticket.id, erased).await;
    assert_eq!((thread.messages.len(), thread.ticket.subject.as_str()), (2, ""));
    assert_eq!(thread.customer.as_ref().map(|person| person.name.as_str()), Some("Pelanggan (akun dihapus)"));
    let told = serde_json::to_string(&thread).unwrap();
    assert!(!told.contains("Kusumawardhani"), "{told}");
    while desk.replica.is_index_behind().await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert!(desk.replica.tickets(&asked).await.unwrap().rows.is_empty(), "and no search finds it");
    let sent = desk.replica.sent_since(start_of_time() - chrono::TimeDelta::days(1)).await;
    assert!(sent.unwrap().iter().all(|item| item.op_id != reply), "nor is it kept to be sent again");
}

#[tokio::test]
async fn what_was_read_before_the_erasure_and_comes_after_it_is_emptied() {
    let mut desk = sample::Desk::new().await;
    let (mut story, mut other) = (Story::new(1042, "Kursi rahasia"), Story::new(1043, "Katering"));
    let rows = vec![story.filed("Kursi untuk tamu rahasia.")];
    let more = vec![story.customer("Warna melati."), other.filed("Menu katering berubah lagi.")];
    let alert = crate::alerts::entry(7, story.id(), "Kursi rahasia");
    desk.replica.note_alerts(&[alert], at(0)).await.unwrap();
    // As a part of a bootstrap, or a page, that the service read a moment before it told of the erasure.
    desk.apply(vec![story.erased()]).await;
    // The first on what is remembered of the page before, the second on what the file says as well.
    desk.apply(rows).await;
    desk.apply(more).await;
    let thread = desk.replica.thread(story.id()).await.unwrap();
    assert_eq!(thread.messages.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), ["", ""]);
    assert_eq!(thread.ticket.subject, "");
    assert!(
        desk.replica.alerts(None, "", None, at(0)).await.unwrap().entries.is_empty(),
        "nor does the ledger name it"
    );
    assert_eq!(desk.replica.thread(other.id()).await.unwrap().messages[0].message, "Menu katering berubah lagi.");
}

#[tokio::test]
async fn nothing_of_a_name_and_no_word_beside_a_held_reply_survives() {
    for held_first in [true, false] {
        let mut desk = sample::Desk::new().await;
        let mut story = Story::new(1042, "Kursi rahasia");
        desk.apply(vec![story.filed("Kursi untuk tamu rahasia."), story.reply(RINA, Uuid::now_v7(), "Baik.")]).await;
        desk.apply(vec![story.status(RINA, None, Status::WaitingCustomer)]).await;
        let op = Uuid::now_v7();
        let act = Act::Reply { message: "Sudah saya pesan.".to_owned() };
        desk.replica.write(op, story.id(), act, at(1)).await.unwrap();
        let ops = desk.replica.claim(100, at(2)).await.unwrap();
        let Row::Ticket(news) = story.customer("Warnanya melati.") else { panic!() };
        let held = [OpAnswer { op_id: op, outcome: Outcome::Held { unseen: news.message.clone().unwrap() } }];
        let mut news = vec![Row::Ticket(news), story.erased()];
        if held_first {
            desk.replica.settle(&ops, &held).await.unwrap();
            desk.apply(news).await;
        } else {
            // The answer was made before the erasure, and comes after it.
            let erased = news.split_off(1);
            desk.apply(news).await;
            desk.apply(erased).await;
            desk.replica.settle(&ops, &held).await.unwrap();
        }
        let thread = desk.replica.thread(story.id()).await.unwrap();
        let unseen = thread.unsent[0].unseen.clone().unwrap();
        assert_eq!((unseen.message.as_str(), unseen.sender.unwrap().name.as_str()), ("", NOBODY));
        let of_sari = |it: &PersonRef| it.id == sample::SARI;
        let senders = thread.messages.iter().filter_map(|it| it.sender.as_ref());
        let actors = thread.events.iter().filter_map(|it| it.actor.as_ref());
        let names: Vec<_> = senders.chain(actors).filter(|it| of_sari(it)).map(|it| it.name.as_str()).collect();
        assert_eq!(names, [NOBODY; 5]);
        assert_eq!(thread.messages[1].sender.as_ref().unwrap().name, "Seseorang", "others keep theirs");
        assert_eq!(said_in_the_file(desk.replica.path(), "melati").await, 0);
    }
}

/// In how many rows of the file, whatever its table, this is said.
async fn said_in_the_file(file: &Path, text: &str) -> i64 {
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    let mut said = 0;
    for (table, column) in [
        ("tickets", "head"),
        ("messages", "message"),
        ("notes", "note"),
        ("events", "event"),
        ("outbox", "unseen"),
        ("sent", "act"),
        ("unknown_rows", "\"row\""),
    ] {
        let count = format!("select count(*) from {table} where {column} like '%' || ? || '%'");
        said += sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(count))
            .bind(text)
            .fetch_one(&mut connection)
            .await
            .unwrap();
    }
    said
}

#[tokio::test]
async fn what_only_a_newer_app_can_read_is_erased_as_well() {
    let desk = sample::Desk::new().await;
    let mut story = Story::new(1042, "Kursi rahasia");
    let mut row = serde_json::to_value(story.filed("Warna melati.")).unwrap();
    row["event"]["kind"] = "survey".into();
    row["row"] = "ticket_with_survey".into();
    let page = serde_json::json!({ "from": "1", "to": "2", "rows": [row] }).to_string();
    let page = gemilang_replica::page::Incoming::read(&page).unwrap();
    desk.replica.apply(page, false).await.unwrap();
    assert_eq!(said_in_the_file(desk.replica.path(), "melati").await, 2, "in the row and in the head");
    let page = gemilang_protocol::Page {
        from: Some(gemilang_protocol::Cursor("2".to_owned())),
        to: gemilang_protocol::Cursor("3".to_owned()),
        rows: vec![story.erased()],
        more: false,
        complete_to: None,
    };
    desk.replica.apply(page.into(), false).await.unwrap();
    assert_eq!(said_in_the_file(desk.replica.path(), "melati").await, 0);
}
