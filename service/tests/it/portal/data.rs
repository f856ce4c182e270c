//! Own data: taking it along, and having it erased for good.

use gemilang_protocol::Status;
use gemilang_service::domain::messages;
use gemilang_service::domain::shares::{self, What};
use gemilang_service::domain::tickets;
use gemilang_service::testing::{PASSWORD, TestApp};
use reqwest::header::CONTENT_DISPOSITION;
use uuid::Uuid;

use super::browser::Browser;
use crate::client::Client;

const LIST: &str = "/customer/support/tickets";
const DATA: &str = "/customer/preferences/data";
const ERASE: &str = "/customer/preferences/data/erase";

#[tokio::test]
async fn all_own_data_can_be_taken_along() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let rina = app.staff("Rina Puspitasari").await;
    app.order(&roro, "GO-2611").await;
    let ticket = app.file(&roro, "Tambahan <kursi>", "medium").await;
    app.file(&app.customer("Eva").await, "Milik orang lain", "medium").await;
    let staff = Client::new(&app, &rina);
    let (status, _) = staff
        .ask(
            "PATCH",
            &format!("/admin/support/tickets/{}/notes", ticket.id),
            Some(serde_json::json!({"notes": "rahasia tim"})),
        )
        .await;
    assert_eq!(status, 200);
    let browser = Browser::of(&app, &roro);
    assert!(browser.get(DATA).await.has("gemilang.json"));
    let file = browser.get_json(&format!("{DATA}/gemilang.json")).await;
    assert_eq!(file.headers[CONTENT_DISPOSITION], "attachment; filename=\"gemilang.json\"");
    let json = file.json();
    assert_eq!(json["person"]["email"], roro.person.email.as_str());
    assert_eq!(json["orders"][0]["number"], "GO-2611");
    assert_eq!(json["tickets"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["tickets"][0]["messages"][0]["message"], "Tambahan <kursi>: mohon dibantu ya, Kak.");
    let page = reqwest::Client::new()
        .get(app.at(&format!("{DATA}/gemilang.html")))
        .header("cookie", format!("gemilang_session={}", roro.token))
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("text");
    assert!(page.contains("Tambahan &#60;kursi&#62;: mohon dibantu") && page.contains("GO-2611"), "{page}");
    for text in [file.text.as_str(), page.as_str()] {
        assert!(!text.contains("rahasia tim") && !text.contains("orang lain"));
    }
}

#[tokio::test]
async fn who_only_registered_with_an_address_takes_no_order_along() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    app.order(&roro, "GO-2611").await;
    sqlx::query("update users set email_confirmed_at = null").execute(&app.app.db).await.expect("people");
    let browser = Browser::of(&app, &roro);
    let json = browser.get_json(&format!("{DATA}/gemilang.json")).await.json();
    assert_eq!(json["orders"].as_array().map(Vec::len), Some(0), "{json}");
    assert!(!json.to_string().contains("GO-2611"), "{json}");
}

#[tokio::test]
async fn what_is_erased_is_nowhere_any_more() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Roro Kusumawardhani").await, app.staff("Rina Puspitasari").await);
    let eva = app.customer("Eva Prameswari").await;
    let ticket = app.file(&roro, "Kursi rahasia", "urgent").await;
    let shared = app.file(&eva, "Milik Eva", "medium").await;
    let order = app.order(&roro, "GO-2611").await;
    // She wrote in somebody else's ticket too, and may see it no more.
    shares::invite(&app.app, &eva.person, &roro.person.email, Some(What::Ticket(shared.id))).await.expect("asked");
    let share = shares::with_person(&app.app, &roro.person).await.expect("shares").pop().expect("one").id;
    shares::accept(&app.app, &roro.person, share, false).await.expect("accepted");
    let actor = gemilang_service::domain::Actor {
        person: gemilang_protocol::PersonRef { id: roro.person.id, name: roro.person.name.clone() },
        side: gemilang_protocol::SenderType::Customer,
    };
    messages::send(&app.app, &actor, shared.id, Uuid::now_v7(), "bisikan rahasia").await.expect("sent");
    // One she only looked at.
    let seen = app.file(&eva, "Hanya dilihat", "medium").await;
    shares::invite(&app.app, &eva.person, &roro.person.email, Some(What::Ticket(seen.id))).await.expect("asked");
    let looked = shares::with_person(&app.app, &roro.person).await.expect("shares");
    let looked = looked.iter().find(|it| it.id != share).expect("another").id;
    shares::accept(&app.app, &roro.person, looked, false).await.expect("accepted");
    shares::end(&app.app, &eva.person, looked).await.expect("ended");
    // A letter of hers to somebody else names her and her ticket.
    shares::invite(&app.app, &roro.person, "bimo@contoh.id", Some(What::Ticket(ticket.id))).await.expect("asked");
    let letter = app.mails().await.pop().expect("a letter");
    assert!(letter.text.is_some_and(|text| text.contains("Kursi rahasia")));
    shares::end(&app.app, &eva.person, share).await.expect("ended");
    let staff = Client::new(&app, &rina);
    let path = format!("/admin/support/tickets/{}", ticket.id);
    staff.ask("PATCH", &format!("{path}/notes"), Some(serde_json::json!({"notes": "catatan rahasia"}))).await;
    staff.ask("PATCH", &path, Some(serde_json::json!({"subject": "Judul rahasia"}))).await;
    staff.ask("POST", &format!("{path}/messages"), Some(serde_json::json!({"message": "balasan rahasia"}))).await;

    let (browser, other) = (Browser::of(&app, &roro), Browser::new(&app));
    let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD)];
    other.fill("/login", "/login", &fields).await;
    let page = browser.get(DATA).await;
    assert!(page.has("Ini tidak bisa dikembalikan.") && page.has("Pesanan Anda tetap berjalan"), "{}", page.text);
    let page = browser.fill(DATA, ERASE, &[("current_password", "bukan ini dia")]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Kata sandi ini belum cocok. Tersisa 4 percobaan."), "{}", page.text);
    assert_eq!(browser.fill(DATA, ERASE, &[]).await.status, 422);
    let page = browser.fill(DATA, ERASE, &[("current_password", PASSWORD)]).await;
    assert_eq!((page.status, page.location()), (303, "/login?erased=1"));
    assert!(browser.get(page.location()).await.has("Akun dan tulisan Anda sudah dihapus."));
    assert_eq!(other.get(LIST).await.status, 303, "every device is out");
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 401);

    // Nowhere in the database, whatever the table.
    let tables: Vec<String> =
        sqlx::query_scalar("select table_name::text from information_schema.tables where table_schema = 'public'")
            .fetch_all(&app.app.db)
            .await
            .expect("tables");
    for table in tables {
        for word in ["rahasia", roro.person.email.as_str(), "Kusumawardhani"] {
            let statement = format!("select count(*) from {table} t where t::text ilike '%' || $1 || '%'");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
                .bind(word)
                .fetch_one(&app.app.db)
                .await
                .expect("a count");
            assert_eq!(found, 0, "{word} in {table}");
        }
    }
    // Desks hear of her order once more, because they keep her name with it.
    let told: i64 = sqlx::query_scalar("select count(*) from record_events where kind = 'order' and record_id = $1")
        .bind(order.id)
        .fetch_one(&app.app.db)
        .await
        .expect("a count");
    assert_eq!(told, 2);
    // What Eva wrote is there, and the staff see that something was.
    let (_, json) = staff.ask("GET", &format!("/admin/support/tickets/{}/messages", shared.id), None).await;
    let texts: Vec<_> = json["items"].as_array().expect("messages").iter().map(|it| it["message"].clone()).collect();
    assert_eq!(texts, ["Milik Eva: mohon dibantu ya, Kak.", ""]);
    let erased = tickets::find_for_staff(&app.app, ticket.id).await.expect("a ticket");
    assert_eq!((erased.status, erased.subject.as_str()), (Status::Closed, ""));
    assert_eq!(app.app.hub.stats().urgent, 0, "and no desk rings for it");
    // The address is free again.
    let again = [
        ("name", "Roro"),
        ("email", roro.person.email.as_str()),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ];
    assert_eq!(Browser::new(&app).fill("/register", "/register", &again).await.status, 303);
}

#[tokio::test]
async fn an_interrupted_erasure_is_finished_by_whoever_serves() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let ticket = app.file(&roro, "Kursi rahasia", "medium").await;
    sqlx::query("insert into erasures (user_id, asked_at) values ($1, now())")
        .bind(roro.person.id)
        .execute(&app.app.db)
        .await
        .expect("as a crash leaves it");
    for _ in 0..2 {
        gemilang_service::prune::once(&app.app).await.expect("it is finished");
    }
    let (text, events): (String, i64) = sqlx::query_as(
        "select (select message from chat_messages where ticket_id = $1),
                (select count(*) from ticket_events where ticket_id = $1 and kind = 'erased')",
    )
    .bind(ticket.id)
    .fetch_one(&app.app.db)
    .await
    .expect("a ticket");
    assert_eq!((text.as_str(), events), ("", 1), "once");
}

#[tokio::test]
async fn of_a_partner_who_was_erased_no_page_and_no_file_knows_the_name() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Raden Roro").await, app.customer("Bimo Suryaningrat").await);
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    shares::invite(&app.app, &roro.person, &bimo.person.email, Some(What::Ticket(ticket.id))).await.expect("asked");
    let share = shares::with_person(&app.app, &bimo.person).await.expect("shares").pop().expect("one").id;
    shares::accept(&app.app, &bimo.person, share, false).await.expect("accepted");
    let his = Browser::of(&app, &bimo);
    let path = format!("{LIST}/{}", ticket.id);
    assert_eq!(his.fill(&path, &format!("{path}/messages"), &[("message", "Kursi lipat saja")]).await.status, 303);
    let hers = Browser::of(&app, &roro);
    let seen = async || {
        let files = [format!("{DATA}/gemilang.json"), format!("{DATA}/gemilang.html")];
        let mut texts = Vec::new();
        for page in [&path, LIST, "/customer/preferences/sharing"] {
            texts.push(hers.get(page).await.text);
        }
        let html =
            reqwest::Client::new().get(app.at(&files[1])).header("cookie", format!("gemilang_session={}", roro.token));
        texts.push(html.send().await.expect("an answer").text().await.expect("text"));
        for page in [path.clone(), format!("{path}/messages"), LIST.to_owned(), files[0].clone()] {
            texts.push(hers.get_json(&page).await.text);
        }
        texts
    };
    assert!(seen().await[0].contains("Bimo"), "while he is there");
    assert_eq!(his.fill(DATA, ERASE, &[("current_password", PASSWORD)]).await.status, 303);
    for text in seen().await {
        assert!(!text.contains("Bimo") && !text.contains("Kursi lipat"), "{text}");
    }
    let page = &seen().await[0];
    assert!(page.contains("Dibagikan kepada Pelanggan (akun dihapus)"), "{page}");
}
