//! A stranger registers with somebody's address before they do: whoever shows that the address is theirs gets the account
//! without the stranger, or rids themselves of it.

use gemilang_service::testing::{PASSWORD, TestApp};

use super::browser::Browser;
use super::links::link;
use crate::client::eventually;

const LIST: &str = "/customer/support/tickets";
const VICTIM: &str = "roro@contoh.id";
const NEW: &str = "kenanga biru 9";

/// A stranger's browser, signed in to an account under the victim's address.
async fn squat(app: &TestApp) -> Browser {
    let stranger = Browser::new(app);
    let fields = [
        ("name", "Penyusup"),
        ("email", VICTIM),
        ("phone", "0812-3456-0198"),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ];
    assert_eq!(stranger.fill("/register", "/register", &fields).await.status, 303);
    assert_eq!(stranger.get(LIST).await.status, 200);
    stranger
}

/// Whether the stranger is out: by session, by password, by device, by number.
async fn is_out(app: &TestApp, stranger: &Browser) {
    assert_eq!(stranger.get(LIST).await.status, 303, "the session ended");
    let fields = [("email", VICTIM), ("password", PASSWORD)];
    assert_eq!(Browser::new(app).fill("/login", "/login", &fields).await.status, 401, "the password is void");
    let left: (i64, i64) = sqlx::query_as(
        "select (select count(*) from push_subscriptions), (select count(*) from users where phone is not null)",
    )
    .fetch_one(&app.app.db)
    .await
    .expect("counts");
    assert_eq!(left, (0, 0), "nothing is told to the stranger");
}

/// A device of the stranger's that is told of replies.
async fn subscribe(app: &TestApp) {
    sqlx::query(
        "insert into push_subscriptions (endpoint, session_id, user_id, public_key, secret, created_at)
         select 'https://push.contoh.id/x', id, user_id, '', '', now() from sessions",
    )
    .execute(&app.app.db)
    .await
    .expect("a device");
}

/// Chooses a new password on the way that the page offers.
async fn choose(browser: &Browser, page: &super::browser::Page) {
    let at = page.text.find("/password/reset/").expect("a way to a new password");
    let path = page.text[at..].split('"').next().expect("its end").to_owned();
    let done = browser.fill(&path, &path, &[("password", NEW), ("password_confirmation", NEW)]).await;
    assert_eq!((done.status, done.location()), (303, LIST));
    assert_eq!(browser.get(LIST).await.status, 200);
}

#[tokio::test]
async fn who_confirms_in_another_browser_gets_the_account_without_who_registered() {
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    subscribe(&app).await;
    let path = link(&app).await;
    let victim = Browser::new(&app);
    let page = victim.get(&path).await;
    for text in ["Penyusup", "22 November 2026, 09:00 WIB", "kami mengakhiri semua sesi lain", "Bukan saya"] {
        assert!(page.has(text), "they are told what they confirm: {text}: {}", page.text);
    }
    assert_eq!(stranger.get(LIST).await.status, 200, "looking changes nothing");
    let page = victim.post(&path, &[("csrf", &page.value("csrf"))]).await;
    assert_eq!(page.status, 200);
    assert!(page.has("Kami mengakhiri sesi lain") && page.has("Silakan buat kata sandi baru"), "{}", page.text);
    is_out(&app, &stranger).await;
    assert_eq!(victim.get(LIST).await.status, 303, "confirming signs nobody in");
    choose(&victim, &page).await;
    assert!(!victim.get(LIST).await.has("Konfirmasi"), "the address is confirmed");
}

#[tokio::test]
async fn who_comes_by_a_sign_in_link_gets_the_account_without_who_registered() {
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    subscribe(&app).await;
    let victim = Browser::new(&app);
    let ask = async || {
        assert_eq!(victim.fill("/login/link", "/login/link", &[("email", VICTIM)]).await.status, 200);
        let path = link(&app).await;
        victim.fill(&path, &path, &[]).await
    };
    let page = ask().await;
    assert!(page.has("Kami mengakhiri sesi lain") && page.has(LIST), "{}", page.text);
    is_out(&app, &stranger).await;
    assert_eq!(victim.get(LIST).await.status, 200, "in already");
    choose(&victim, &page).await;
    // The next link is a sign-in like any other.
    let page = ask().await;
    assert_eq!((page.status, page.location()), (303, LIST));
    let fields = [("email", VICTIM), ("password", NEW)];
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 303);

    // English, and for a program.
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    let path = link(&app).await;
    let victim = Browser::new(&app);
    let page = victim.get(&format!("{path}?lang=en")).await;
    assert!(page.has("we end all other sessions") && page.has("That was not me"), "{}", page.text);
    let fields = [("csrf", page.value("csrf"))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let done = victim.post_with(&path, &fields, &[("accept", "application/json")]).await;
    assert_eq!(done.status, 200);
    assert!(done.json()["new_password"].as_str().is_some_and(|path| path.starts_with("/password/reset/")));
    is_out(&app, &stranger).await;
}

#[tokio::test]
async fn who_chooses_a_new_password_gets_the_account_without_who_registered() {
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    subscribe(&app).await;
    let victim = Browser::new(&app);
    victim.fill("/password/forgot", "/password/forgot", &[("email", VICTIM)]).await;
    let path = link(&app).await;
    let done = victim.fill(&path, &path, &[("password", NEW), ("password_confirmation", NEW)]).await;
    assert_eq!(done.status, 303);
    is_out(&app, &stranger).await;
}

#[tokio::test]
async fn who_registered_and_confirms_in_the_same_browser_loses_nothing() {
    let app = TestApp::start().await;
    let roro = squat(&app).await;
    let path = link(&app).await;
    let page = roro.get(&path).await;
    assert!(!page.has("mengakhiri semua sesi lain"), "nothing will end");
    let page = roro.post(&path, &[("csrf", &page.value("csrf"))]).await;
    assert!(page.has("Email terkonfirmasi") && page.has(LIST), "{}", page.text);
    assert_eq!(roro.get(LIST).await.status, 200);
    let fields = [("email", VICTIM), ("password", PASSWORD)];
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 303);
    // A session of somebody else in the browser is none of the account's.
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    let path = link(&app).await;
    let other = Browser::of(&app, &app.customer("Bimo").await);
    let page = other.fill(&path, &path, &[]).await;
    assert!(page.has("Kami mengakhiri sesi lain"), "{}", page.text);
    is_out(&app, &stranger).await;
}

#[tokio::test]
async fn who_did_not_register_says_so_and_has_their_address_back() {
    let app = TestApp::start().await;
    let stranger = squat(&app).await;
    let path = link(&app).await;
    let victim = Browser::new(&app);
    let answer = [("answer", "not_me")];
    assert_eq!(victim.post(&path, &answer).await.status, 403, "a form of ours or none");
    let page = victim.fill(&path, &path, &answer).await;
    assert_eq!(page.status, 200);
    assert!(page.has("Alamat Anda sudah dilepaskan") && page.has("href=\"/register\""), "{}", page.text);
    assert_eq!(stranger.get(LIST).await.status, 303);
    for email in [VICTIM, "disowned"] {
        let fields = [("email", email), ("password", PASSWORD)];
        assert_ne!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 303);
    }
    assert_eq!(victim.fill("/login", &path, &answer).await.status, 410, "once");
    // The address is free for its owner.
    squat(&app).await;
    // A link of before confirmation takes nothing from an account that is confirmed.
    let path = link(&app).await;
    sqlx::query("update users set email_confirmed_at = now() where email = $1")
        .bind(VICTIM)
        .execute(&app.app.db)
        .await
        .expect("an account");
    assert!(!victim.get(&path).await.has("Bukan saya"));
    assert_eq!(victim.fill("/login", &path, &answer).await.status, 410);
}

#[tokio::test]
async fn a_password_that_was_right_a_moment_ago_opens_nothing() {
    let app = TestApp::start().await;
    squat(&app).await;
    // Between looking at the password and the new session, its account is taken back.
    let mut claim = app.app.db.begin().await.expect("a transaction");
    sqlx::query("select from users for update").execute(&mut *claim).await.expect("the account");
    let late = Browser::new(&app);
    let fields = [("email", VICTIM), ("password", PASSWORD)];
    let waiting = async {
        eventually(async || {
            let waits: i64 = sqlx::query_scalar(
                "select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into sessions%'",
            )
            .fetch_one(&app.app.db)
            .await
            .ok()?;
            (waits == 1).then_some(())
        })
        .await;
        sqlx::query("update users set password_hash = null").execute(&mut *claim).await.expect("void");
        sqlx::query("delete from sessions").execute(&mut *claim).await.expect("void");
        claim.commit().await.expect("a commit");
    };
    let (page, ()) = tokio::join!(late.fill("/login", "/login", &fields), waiting);
    assert_eq!(page.status, 401);
    assert_eq!(late.get(LIST).await.status, 303);
}
