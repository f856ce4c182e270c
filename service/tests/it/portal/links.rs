//! Links that come by mail: confirming, signing in without a password, choosing a new one; and what a stranger learns from it.

use std::time::Duration;

use gemilang_service::testing::{PASSWORD, TestApp};
use reqwest::Method;

use super::browser::{Browser, Page};

const LIST: &str = "/customer/support/tickets";
const MINUTE: Duration = Duration::from_secs(60);

/// The path of the link in the newest mail.
pub(super) async fn link(app: &TestApp) -> String {
    let mail = app.mails().await.pop().expect("a mail");
    let text = mail.text.expect("its text");
    let line = text.lines().find(|line| line.starts_with(&app.url) && line.len() > app.url.len()).expect("a link");
    line.strip_prefix(&app.url).expect("ours").to_owned()
}

async fn register(browser: &Browser, email: &str) -> Page {
    let fields = [
        ("name", "Raden Roro Kusumawardhani"),
        ("email", email),
        ("phone", "0812-3456-0198"),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ];
    browser.fill("/register", "/register", &fields).await
}

#[tokio::test]
async fn an_address_is_confirmed_by_a_button_and_not_by_a_scanner() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    register(&browser, "Roro@Contoh.ID").await;
    let path = link(&app).await;
    assert!(path.starts_with("/email/confirm/"), "{path}");
    let kept: i64 = sqlx::query_scalar("select count(*) from links where encode(token_hash, 'escape') like '%' || $1")
        .bind(path.rsplit('/').next())
        .fetch_one(&app.app.db)
        .await
        .expect("links");
    assert_eq!(kept, 0, "only a hash is kept");
    // A scanner opens it, and again, from elsewhere and without cookies.
    for _ in 0..2 {
        assert_eq!(Browser::new(&app).get(&path).await.status, 200);
        assert_eq!(reqwest::Client::new().head(app.at(&path)).send().await.expect("an answer").status(), 200);
    }
    let confirmed = async || -> bool {
        sqlx::query_scalar("select email_confirmed_at is not null from users")
            .fetch_one(&app.app.db)
            .await
            .expect("one")
    };
    assert!(!confirmed().await);
    assert_eq!(browser.post(&path, &[]).await.status, 403, "a form of ours or none");
    let page = browser.fill(&path, &path, &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.has("Email terkonfirmasi") && page.has("roro@contoh.id"), "{}", page.text);
    assert!(confirmed().await);
    let phone = Browser::new(&app);
    let again = phone.get(&path).await;
    assert_eq!(again.status, 410);
    assert!(again.has("Tautan ini tidak berlaku lagi"));
    let token = phone.get("/login").await.value("csrf");
    assert_eq!(phone.post(&path, &[("csrf", &token)]).await.status, 410);
}

#[tokio::test]
async fn a_link_signs_in_once_and_not_for_long() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::new(&app);
    let page = browser.fill("/login", "/login/link", &[("email", &roro.person.email)]).await;
    assert_eq!(page.status, 200);
    assert!(page.has("Periksa email Anda"));
    let path = link(&app).await;
    let page = browser.get(&path).await;
    assert!(page.has(&format!("Masuk sebagai {}", roro.person.email)));
    let token = page.value("csrf");
    let page = browser.post(&path, &[("csrf", &token)]).await;
    assert_eq!((page.status, page.location()), (303, LIST));
    assert!(browser.get(LIST).await.has("Roro Kusumawardhani"));
    assert_eq!(browser.post(&path, &[("csrf", &token)]).await.status, 410, "once");

    // What was typed when a session ended stays on the page that asks for the link.
    let typing =
        [("email", roro.person.email.as_str()), ("kept_to", "/customer/support/tickets"), ("kept_subject", "Gladi")];
    let page = Browser::new(&app).fill("/login", "/login/link", &typing).await;
    assert!(page.has("Kalau ") && page.has("name=\"kept_subject\"") && page.has("Gladi"), "{}", page.text);

    let late = Browser::new(&app);
    late.fill("/login/link", "/login/link", &[("email", &roro.person.email)]).await;
    let path = link(&app).await;
    let token = late.get(&path).await.value("csrf");
    app.app.clock.forward(16 * MINUTE);
    assert_eq!(late.post(&path, &[("csrf", &token)]).await.status, 410);
    assert_eq!(late.get(LIST).await.status, 303);
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let thief = Browser::of(&app, &roro);
    assert_eq!(thief.get(LIST).await.status, 200);
    let browser = Browser::new(&app);
    for _ in 0..5 {
        browser.fill("/login", "/login", &[("email", &roro.person.email), ("password", "lupa lupa lupa")]).await;
    }
    browser.fill("/password/forgot", "/password/forgot", &[("email", &roro.person.email)]).await;
    let path = link(&app).await;
    let page = browser.get(&path).await;
    let token = page.value("csrf");
    let short = [("csrf", token.as_str()), ("password", "pendek"), ("password_confirmation", "pendek")];
    let page = browser.post(&path, &short).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Kata sandi minimal 10 huruf."), "{}", page.text);
    let differs =
        [("csrf", token.as_str()), ("password", "kenanga biru 9"), ("password_confirmation", "kenanga biru 8")];
    assert!(browser.post(&path, &differs).await.has("Kedua kata sandi belum sama."));
    let good = [("csrf", token.as_str()), ("password", "kenanga biru 9"), ("password_confirmation", "kenanga biru 9")];
    let page = browser.post(&path, &good).await;
    assert_eq!((page.status, page.location()), (303, LIST));
    assert_eq!(browser.get(LIST).await.status, 200);
    assert_eq!(thief.get(LIST).await.status, 303, "whoever else was in is out");
    assert_eq!(browser.post(&path, &good).await.status, 410);
    // Who was locked out by wrong tries may come in with the new one at once.
    let fields = [("email", roro.person.email.as_str()), ("password", "kenanga biru 9")];
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 303);
    let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD)];
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 401);
}

#[tokio::test]
async fn asking_tells_nobody_who_has_an_account() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let rina = app.staff("Rina Puspitasari").await;
    for door in ["/password/forgot", "/login/link"] {
        let mut answers = Vec::new();
        for email in [roro.person.email.as_str(), rina.person.email.as_str(), "tidak.ada@contoh.id"] {
            let page = Browser::new(&app).fill(door, door, &[("email", email)]).await;
            let text = page.text[page.text.find("<main").expect("a page")..].replace(email, "…");
            answers.push((page.status, text));
        }
        assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    }
    // As many letters, whoever was asked for; only one reader has mails.
    let letters: i64 =
        sqlx::query_scalar("select count(*) from message_outbox").fetch_one(&app.app.db).await.expect("letters");
    assert_eq!(letters, 6);
    assert!(app.mails().await.iter().all(|mail| mail.recipient == roro.person.email));
    assert_eq!(app.mails().await.len(), 2);

    let browser = Browser::new(&app);
    let page = browser.fill("/password/forgot", "/password/forgot", &[("email", "roro@")]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Alamat email belum lengkap.") && page.has("value=\"roro@\""));
}

#[tokio::test]
async fn nobodys_mailbox_is_flooded() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    for email in [roro.person.email.as_str(), "tidak.ada@contoh.id"] {
        let ask = async || Browser::new(&app).fill("/login/link", "/login/link", &[("email", email)]).await;
        for _ in 0..3 {
            assert_eq!(ask().await.status, 200);
        }
        let page = ask().await;
        assert_eq!(page.status, 429, "{email}");
        assert!(page.has("Terlalu banyak percobaan. Coba lagi dalam 15 menit."));
        assert!(page.headers.contains_key("retry-after") && page.has(&format!("value=\"{email}\"")));
    }
    app.app.clock.forward(16 * MINUTE);
    let page = Browser::new(&app).fill("/login/link", "/login/link", &[("email", &roro.person.email)]).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn accounts_are_not_made_by_the_hundred() {
    let app = TestApp::start().await;
    let mut last = 303;
    for n in 0..25 {
        last = register(&Browser::new(&app), &format!("roro{n}@contoh.id")).await.status;
        if last != 303 {
            assert_eq!(n, 20);
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn a_browser_that_never_signed_in_is_told_by_mail() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD)];
    let phone = Browser::new(&app);
    phone.fill("/login", "/login", &fields).await;
    let token = phone.get(LIST).await.value("csrf");
    phone.post("/logout", &[("csrf", &token)]).await;
    phone.fill("/login", "/login", &fields).await;
    assert!(app.mails().await.is_empty(), "her own phone is known");
    let stranger = Browser::new(&app);
    let token = stranger.get("/login").await.value("csrf");
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    let form = [("csrf", token.as_str()), fields[0], fields[1]];
    assert_eq!(
        stranger.post_with("/login", &form, &[("accept", "text/html"), ("user-agent", agent)]).await.status,
        303
    );
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    let text = mails[0].text.as_deref().expect("text");
    assert!(text.contains("Firefox, Linux") && text.contains("22 November 2026, 09:00 WIB"), "{text}");
}

#[tokio::test]
async fn what_is_for_developers_is_shown_to_nobody_else() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::new(&app);
    browser.fill("/login/link", "/login/link", &[("email", &roro.person.email)]).await;
    let path = link(&app).await;
    let page = browser.get("/dev/outbox").await;
    assert_eq!(page.status, 200);
    assert!(page.has("Tautan untuk masuk") && page.has(&path) && page.has(&roro.person.email), "{}", page.text);
    let json = browser.get_json("/dev/outbox").await.json();
    assert_eq!(json["items"][0]["state"], "sent");
    let id = json["items"][0]["id"].as_str().expect("an id").to_owned();
    let raw = browser.send(Method::GET, &format!("/dev/outbox/{id}.txt"), &[], None).await;
    assert!(
        raw.has("Auto-Submitted: auto-generated")
            && raw.has(&format!("To: \"Roro Kusumawardhani\" <{}>", roro.person.email)),
        "{}",
        raw.text
    );

    for set in [
        |config: &mut gemilang_service::Config| config.dev = false,
        |config: &mut gemilang_service::Config| config.listen = ([0, 0, 0, 0], 8080).into(),
    ] {
        let app = TestApp::start_as(set).await;
        let browser = Browser::new(&app);
        assert_eq!(browser.get("/dev/outbox").await.status, 404);
        assert_eq!(browser.get_json("/dev/outbox").await.status, 404);
        assert_eq!(browser.get(&format!("/dev/outbox/{id}")).await.status, 404);
    }
}
