//! Sharing with the partner: asked by mail, accepted with the address it was sent to, ended at once.

use std::time::Duration;

use futures_util::StreamExt;
use gemilang_service::domain::shares::{self, What};
use gemilang_service::domain::tickets::{self, TicketForm};
use gemilang_service::testing::{Credentials, TestApp};
use uuid::Uuid;

use super::browser::Browser;
use super::links::link;

const LIST: &str = "/customer/support/tickets";
const SHARING: &str = "/customer/preferences/sharing";

/// Asks, and answers the invitation's path.
async fn invite(app: &TestApp, owner: &Browser, email: &str, what: &str) -> String {
    let page = owner.fill(SHARING, SHARING, &[("email", email), ("what", what)]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.has("Undangan sedang dikirim"));
    link(app).await
}

#[tokio::test]
async fn a_partner_without_an_account_registers_and_sees_the_ticket() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    let secret = app.file(&roro, "Kejutan untuk Bimo", "medium").await;
    let own = Browser::of(&app, &roro);
    let path = invite(&app, &own, "Bimo@Contoh.id", &format!("ticket:{}", ticket.id)).await;
    assert!(path.starts_with("/invitation/"), "{path}");
    let mail = app.mails().await.pop().expect("a mail");
    assert_eq!(mail.subject.as_deref(), Some("Roro Kusumawardhani mengajak Anda melihat tiket bersama"));

    let bimo = Browser::new(&app);
    let page = bimo.get(&path).await;
    assert!(page.has("Tambahan kursi") && page.has(&format!("/register?next={path}")), "{}", page.text);
    let fields = [
        ("name", "Bimo Suryaningrat"),
        ("email", "bimo@contoh.id"),
        ("password", "melati putih 7"),
        ("password_confirmation", "melati putih 7"),
        ("next", path.as_str()),
    ];
    let page = bimo.fill("/register", "/register", &fields).await;
    assert_eq!((page.status, page.location()), (303, path.as_str()));
    assert!(!bimo.get(LIST).await.has("Tambahan kursi"), "not before it is accepted");
    let page = bimo.fill(&path, &path, &[]).await;
    assert_eq!((page.status, page.location()), (303, "/customer/preferences/sharing?done=accepted"));
    let list = bimo.get(LIST).await;
    assert!(list.has("Tambahan kursi") && !list.has("Kejutan"), "{}", list.text);
    assert_eq!(bimo.get(&format!("{LIST}/{}", secret.id)).await.status, 404);
    assert_eq!(bimo.get(&path).await.status, 404, "once");
    // He writes, she reads it.
    let conversation = format!("{LIST}/{}", ticket.id);
    let sent = bimo.fill(&conversation, &format!("{conversation}/messages"), &[("message", "Saya ikut baca")]).await;
    assert_eq!(sent.status, 303);
    let page = own.get(&conversation).await;
    assert!(page.has("Saya ikut baca") && page.has("Dibagikan kepada Bimo"), "{}", page.text);
    assert!(own.get("/customer/preferences").await.has(">Bimo<"));
}

#[tokio::test]
async fn an_order_brings_the_tickets_to_come_and_nobody_else_gets_in() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Roro Kusumawardhani").await, app.customer("Bimo Suryaningrat").await);
    let eve = app.customer("Eva Pengintip").await;
    let order = app.order(&roro, "GO-2611").await;
    let (hers, his) = (Browser::of(&app, &roro), Browser::of(&app, &bimo));
    let path = invite(&app, &hers, &bimo.person.email, &format!("order:{}", order.id)).await;
    // The link is his, not the finder's.
    let stranger = Browser::of(&app, &eve);
    assert!(stranger.get(&path).await.has("Undangan ini untuk"));
    let token = stranger.get("/customer/preferences").await.value("csrf");
    assert_eq!(stranger.post(&path, &[("csrf", &token)]).await.status, 404);
    // His address is confirmed: he finds it among his own things too.
    let page = his.get(SHARING).await;
    assert!(page.has("Dari Roro Kusumawardhani") && page.has("GO-2611"), "{}", page.text);
    let id = his.get_json(SHARING).await.json()["theirs"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(stranger.fill(SHARING, &format!("{SHARING}/{id}/accept"), &[]).await.status, 404);
    assert_eq!(stranger.fill(SHARING, &format!("{SHARING}/{id}/end"), &[]).await.status, 404);
    assert_eq!(his.fill(SHARING, &format!("{SHARING}/{id}/accept"), &[]).await.status, 303);
    let later = about(&app, &roro, "GO-2611").await;
    let other = app.file(&roro, "Hal lain", "medium").await;
    assert_eq!(his.get(&format!("{LIST}/{later}")).await.status, 200, "a ticket filed afterwards");
    assert_eq!(his.get(&format!("{LIST}/{}", other.id)).await.status, 404);
    // Staff move one to the order, and another off it: he sees the one and not the other.
    let rina = crate::client::Client::new(&app, &app.staff("Rina Puspitasari").await);
    let moved = async |id: Uuid, order: serde_json::Value| {
        let body = serde_json::json!({ "order": order });
        rina.ask("PATCH", &format!("/admin/support/tickets/{id}"), Some(body)).await.0
    };
    let off = about(&app, &roro, "GO-2611").await;
    assert_eq!([moved(other.id, "GO-2611".into()).await, moved(off, serde_json::Value::Null).await], [200, 200]);
    assert_eq!(his.get(&format!("{LIST}/{}", other.id)).await.status, 200);
    assert_eq!(his.get(&format!("{LIST}/{off}")).await.status, 404);
    // She ends it, and he is out of all of them.
    assert_eq!(hers.fill(SHARING, &format!("{SHARING}/{id}/end"), &[]).await.status, 303);
    assert_eq!(his.get(&format!("{LIST}/{later}")).await.status, 404);
    assert_eq!(his.get(&format!("{LIST}/{}", about(&app, &roro, "GO-2611").await)).await.status, 404);
    assert_eq!(his.get(&format!("{LIST}/{}", other.id)).await.status, 404);
    assert_eq!(hers.get(&format!("{LIST}/{later}")).await.status, 200);
}

async fn about(app: &TestApp, customer: &Credentials, order: &str) -> Uuid {
    let form = TicketForm {
        subject: "Tentang pesanan".to_owned(),
        category: "order".to_owned(),
        description: "Mohon dibantu soal pesanan ini.".to_owned(),
        order: Some(order.to_owned()),
        ..TicketForm::default()
    };
    let ticket = form.check(customer.person.id, Uuid::now_v7()).expect("filled in");
    tickets::file(&app.app, ticket).await.expect("a ticket").ticket.id
}

#[tokio::test]
async fn an_open_page_closes_when_sharing_ends() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Roro Kusumawardhani").await, app.customer("Bimo Suryaningrat").await);
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    let (hers, his) = (Browser::of(&app, &roro), Browser::of(&app, &bimo));
    let path = invite(&app, &hers, &bimo.person.email, &format!("ticket:{}", ticket.id)).await;
    his.fill(&path, &path, &[]).await;
    let response = reqwest::Client::new()
        .get(app.at(&format!("{LIST}/{}/live", ticket.id)))
        .header("cookie", format!("gemilang_session={}", bimo.token))
        .send()
        .await
        .expect("a stream");
    assert_eq!(response.status(), 200);
    let mut stream = response.bytes_stream();
    let id = his.get_json(SHARING).await.json()["theirs"][0]["id"].as_str().expect("an id").to_owned();
    hers.fill(SHARING, &format!("{SHARING}/{id}/end"), &[]).await;
    let rest = async {
        let mut text = String::new();
        while let Some(Ok(bytes)) = stream.next().await {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        text
    };
    let text = tokio::time::timeout(Duration::from_secs(10), rest).await.expect("the stream ends");
    assert!(text.contains("event: gone") && !text.contains("Unshared"), "{text}");
    assert_eq!(his.get(&format!("{LIST}/{}", ticket.id)).await.status, 404);
}

#[tokio::test]
async fn what_is_not_ones_own_is_not_shared() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Roro Kusumawardhani").await, app.customer("Bimo Suryaningrat").await);
    app.file(&roro, "Tambahan kursi", "medium").await;
    let his_ticket = app.file(&bimo, "Rahasia", "medium").await;
    let browser = Browser::of(&app, &roro);
    let what = format!("ticket:{}", his_ticket.id);
    let page = browser.fill(SHARING, SHARING, &[("email", "eva@contoh.id"), ("what", &what)]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Yang ini bukan milik akun Anda.") && page.has("value=\"eva@contoh.id\""), "{}", page.text);
    let page = browser.fill(SHARING, SHARING, &[("email", &roro.person.email), ("what", "")]).await;
    assert!(page.has("Ini alamat Anda sendiri.") && page.has("Pilih yang mau dibagikan."), "{}", page.text);
    sqlx::query("update users set email_confirmed_at = null").execute(&app.app.db).await.expect("people");
    let own = format!("ticket:{}", app.file(&roro, "Lain", "medium").await.id);
    let page = browser.fill(SHARING, SHARING, &[("email", "eva@contoh.id"), ("what", &own)]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Konfirmasi alamat email Anda dulu"), "{}", page.text);
    assert!(app.mails().await.is_empty());
}

/// Ends a share while something that lets the partner in waits for a row that `hold` holds. Afterwards they are not in.
async fn ends_meanwhile<T: Send + 'static>(
    app: &TestApp,
    owner: &Credentials,
    share: Uuid,
    hold: &'static str,
    held: Uuid,
    letting_in: impl Future<Output = T> + Send + 'static,
) {
    let mut holding = app.app.db.begin().await.expect("a transaction");
    sqlx::query(hold).bind(held).execute(&mut *holding).await.expect("a row");
    let letting_in = tokio::spawn(letting_in);
    let waiting = async |most: i64| {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
        .fetch_one(&app.app.db)
        .await
        .expect("a count");
        count >= most
    };
    eventually(async || waiting(1).await).await;
    let (app_too, person) = (app.app.clone(), owner.person.clone());
    let ending = tokio::spawn(async move { shares::end(&app_too, &person, share).await });
    eventually(async || ending.is_finished() || waiting(2).await).await;
    holding.rollback().await.expect("let go");
    letting_in.await.expect("no panic");
    ending.await.expect("no panic").expect("ended");
    let partners: i64 = sqlx::query_scalar(
        "select count(*) from ticket_people p join support_tickets t on t.id = p.ticket_id where p.user_id <> t.customer_id",
    )
    .fetch_one(&app.app.db)
    .await
    .expect("a count");
    assert_eq!(partners, 0, "nobody is left in by a share that ended");
}

async fn eventually(is: impl AsyncFn() -> bool) {
    let all = async {
        while !is().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.expect("in time");
}

#[tokio::test]
async fn who_accepts_while_it_is_taken_back_is_not_in() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Roro Kusumawardhani").await, app.customer("Bimo Suryaningrat").await);
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    shares::invite(&app.app, &roro.person, &bimo.person.email, Some(What::Ticket(ticket.id))).await.expect("asked");
    let share = shares::of_owner(&app.app, roro.person.id).await.expect("shares").pop().expect("one").id;
    let (app_too, person) = (app.app.clone(), bimo.person.clone());
    let accepting = async move { shares::accept(&app_too, &person, share, false).await };
    let hold = "select from support_tickets where id = $1 for update";
    ends_meanwhile(&app, &roro, share, hold, ticket.id, accepting).await;
}

#[tokio::test]
async fn a_ticket_filed_while_sharing_ends_is_not_shared() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Roro Kusumawardhani").await, app.customer("Bimo Suryaningrat").await);
    let order = app.order(&roro, "GO-2611").await;
    shares::invite(&app.app, &roro.person, &bimo.person.email, Some(What::Order(order.id))).await.expect("asked");
    let share = shares::of_owner(&app.app, roro.person.id).await.expect("shares").pop().expect("one").id;
    shares::accept(&app.app, &bimo.person, share, false).await.expect("accepted");
    let form = TicketForm {
        subject: "Tentang pesanan".to_owned(),
        category: "order".to_owned(),
        description: "Mohon dibantu soal pesanan ini.".to_owned(),
        order: Some("GO-2611".to_owned()),
        ..TicketForm::default()
    };
    let ticket = form.check(roro.person.id, Uuid::now_v7()).expect("filled in");
    let app_too = app.app.clone();
    let filing = async move { tickets::file(&app_too, ticket).await.expect("a ticket") };
    // What a ticket refers to is looked at last: by then its people are written.
    let hold = "select from orders where id = $1 for update";
    ends_meanwhile(&app, &roro, share, hold, order.id, filing).await;
}

#[tokio::test]
async fn invitations_are_not_sent_by_the_dozen() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    let own = Browser::of(&app, &roro);
    let what = format!("ticket:{}", ticket.id);
    let ask = async |n: usize| {
        let email = format!("tamu{n}@contoh.id");
        own.fill(SHARING, SHARING, &[("email", email.as_str()), ("what", what.as_str())]).await
    };
    for n in 0..3 {
        assert_eq!(ask(n).await.status, 200);
    }
    let page = ask(3).await;
    assert_eq!(page.status, 429);
    assert!(page.has("value=\"tamu3@contoh.id\"") && page.headers.contains_key("retry-after"));
    assert_eq!(app.mails().await.len(), 3);
    app.app.clock.forward(Duration::from_secs(16 * 60));
    assert_eq!(ask(3).await.status, 200);
}
