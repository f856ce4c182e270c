//! A conversation: written, read, answered, paged; notes stay inside.

use std::time::Duration;

use gemilang_protocol::Status;
use gemilang_service::auth::sessions;
use gemilang_service::domain::tickets::{self, Intent};
use gemilang_service::domain::{Actor, messages};
use gemilang_service::testing::{Credentials, TestApp};
use uuid::Uuid;

use super::browser::Browser;

const LIST: &str = "/customer/support/tickets";

/// Who acts, as the service knows them.
pub(crate) async fn actor(app: &TestApp, who: &Credentials) -> Actor {
    let kinds = [sessions::Kind::Staff, sessions::Kind::Portal];
    sessions::find(&app.app, &who.token, &kinds).await.expect("a session").actor()
}

#[tokio::test]
async fn a_conversation_is_written_read_and_marked() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Tambahan 40 kursi", "medium").await;
    let staff = actor(&app, &rina).await;
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Baik, Kak Roro.\nSaya siapkan.").await.expect("sent");
    tickets::act(
        &app.app,
        ticket.id,
        &staff,
        Intent::Note { id: Uuid::now_v7(), text: "RAHASIA: kursi tinggal 30".to_owned(), mentions: vec![] },
    )
    .await
    .expect("a note");

    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    assert!(browser.get(LIST).await.has("aria-label=\"1 balasan baru\""));
    let page = browser.get(&path).await;
    for text in ["Baik, Kak Roro.\nSaya siapkan.", "<b>Rina</b>", "1 balasan baru", "Diproses", "Hari ini"] {
        assert!(page.has(text), "{text}: {}", page.text);
    }
    assert!(!browser.get(&path).await.has("balasan baru</div>"), "it was read by being shown");
    assert!(!browser.get(LIST).await.has("balasan baru"));

    let sent = browser
        .fill(&path, &format!("{path}/messages"), &[("message", "  Alhamdulillah 🙏\r\nterima kasih, Mbak.  ")])
        .await;
    assert_eq!((sent.status, sent.location()), (303, path.as_str()));
    let page = browser.get(&path).await;
    assert!(page.has("Alhamdulillah 🙏\nterima kasih, Mbak.</div>") && page.has("Terkirim"));
    tickets::read(&app.app, ticket.id, &staff, None, 99).await.expect("read");
    assert!(browser.get(&path).await.has("Dibaca"));

    for path in [path.clone(), format!("{path}/messages"), LIST.to_owned()] {
        for page in [browser.get(&path).await, browser.get_json(&path).await] {
            assert!(!page.has("RAHASIA"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_message_sent_twice_is_one_and_a_bad_one_comes_back() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Tambahan 40 kursi", "medium").await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let form = browser.get(&path).await;
    let token = form.value("csrf");
    let id = Uuid::now_v7().to_string();
    let json = [("accept", "application/json")];
    let fields = [("csrf", token.as_str()), ("id", id.as_str()), ("message", "Halo?")];
    let to = format!("{path}/messages");
    let (first, second) = tokio::join!(browser.post_with(&to, &fields, &json), browser.post_with(&to, &fields, &json));
    assert_eq!([first.status, second.status], [201; 2], "{} {}", first.text, second.text);
    assert_eq!(first.json()["id"], id.as_str());
    assert_eq!(first.json(), second.json());
    assert_eq!(first.json()["sender_type"], "customer");
    assert_eq!(browser.get_json(&to).await.json()["items"].as_array().map(Vec::len), Some(2));
    let other = browser.post_with(&to, &[fields[0], fields[1], ("message", "Lain")], &json).await;
    assert_eq!((other.status, other.json()["code"].clone()), (409, "id_taken".into()));

    let long = "a".repeat(10_001);
    for (message, text) in [
        ("", "Pesan masih kosong."),
        ("   \n ", "Pesan masih kosong."),
        (long.as_str(), "Pesan terlalu panjang, paling banyak 10.000 huruf."),
        ("a\0b", "Ada huruf yang tidak bisa disimpan."),
    ] {
        let page = browser.post(&to, &[("csrf", &token), ("message", message)]).await;
        assert_eq!(page.status, 422);
        assert!(page.has(text), "{text}");
    }
    assert!(browser.post(&to, &[("csrf", &token), ("message", &long)]).await.has(&long), "it is filled as typed");
    assert_eq!(browser.get(&to).await.location(), path, "a reload after a refusal leads back");
}

#[tokio::test]
async fn too_many_messages_in_a_minute_wait() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Tambahan 40 kursi", "medium").await;
    let browser = Browser::of(&app, &roro);
    let to = format!("{LIST}/{}/messages", ticket.id);
    let token = browser.get(&format!("{LIST}/{}", ticket.id)).await.value("csrf");
    let mut last = 0;
    for at in 0..31 {
        last = browser.post(&to, &[("csrf", &token), ("message", &format!("pesan {at}"))]).await.status;
    }
    assert_eq!(last, 429);
    let page = browser.post(&to, &[("csrf", &token), ("message", "yang ini jangan hilang")]).await;
    assert!(page.has("Pesan terlalu beruntun. Tunggu beberapa detik.") && page.has("yang ini jangan hilang"));
    app.app.clock.forward(Duration::from_secs(61));
    assert_eq!(browser.post(&to, &[("csrf", &token), ("message", "sekarang")]).await.status, 303);
}

#[tokio::test]
async fn a_long_conversation_is_paged_backwards_and_polled_forwards() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Rundown", "medium").await;
    let me = actor(&app, &roro).await;
    let mut ids = Vec::new();
    for at in 0..59 {
        app.app.clock.forward(Duration::from_secs(300));
        let id = Uuid::now_v7();
        messages::send(&app.app, &me, ticket.id, id, &format!("baris {at:02}")).await.expect("sent");
        ids.push(id);
    }
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let page = browser.get(&path).await;
    assert!(page.has("baris 58") && page.has("baris 09") && !page.has("baris 08"));
    let older = browser.get(&format!("{path}?before={}", ids[9])).await;
    assert!(older.has("baris 08") && !older.has("baris 09") && older.has("Pesan terbaru"));
    let list = format!("{path}/messages");
    let news = browser.get_json(&format!("{list}?after={}", ids[56])).await.json();
    assert_eq!(news["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(news["items"][0]["message"], "baris 57");
    assert!(news["next"].is_null());
    let back = browser.get_json(&format!("{list}?before={}", ids[55])).await.json();
    assert_eq!(back["items"].as_array().map(Vec::len), Some(50));
    assert_eq!(back["next"], back["items"][0]["id"]);
    assert_eq!(browser.get_json(&format!("{list}?after={}", Uuid::now_v7())).await.status, 404);
    assert_eq!(browser.get_json(&format!("{list}?after=x")).await.status, 404);
}

#[tokio::test]
async fn writing_opens_a_resolved_ticket_again() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Kuitansi", "medium").await;
    let staff = actor(&app, &rina).await;
    tickets::act(&app.app, ticket.id, &staff, Intent::Status { to: Status::Resolved, reason: None })
        .await
        .expect("resolved");
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    assert!(browser.get(&path).await.has("Rina menandai tiket ini selesai"));
    browser.fill(&path, &format!("{path}/messages"), &[("message", "Ternyata belum, Mbak.")]).await;
    let page = browser.get(&path).await;
    assert!(page.has("Dibuka kembali karena Anda membalas") && page.has("data-status=\"open\""), "{}", page.text);
    let json = browser.get_json(&path).await.json();
    assert_eq!(json["ticket"]["status"], "open");
    assert_eq!(json["messages"].as_array().map(Vec::len), Some(2));
    let read = browser
        .post_with(
            &format!("{path}/read"),
            &[("csrf", &page.value("csrf")), ("up_to", "2")],
            &[("accept", "application/json")],
        )
        .await;
    assert_eq!(read.status, 200);
    let bad = browser
        .post_with(
            &format!("{path}/read"),
            &[("csrf", &page.value("csrf")), ("up_to", "x")],
            &[("accept", "application/json")],
        )
        .await;
    assert_eq!(bad.status, 422);
}
