//! Registering, signing in and out, and a session that ends in the middle of a sentence.

use gemilang_service::testing::{PASSWORD, TestApp};
use std::time::Duration;

use super::browser::Browser;

const LIST: &str = "/customer/support/tickets";
const MONTH: Duration = Duration::from_secs(31 * 24 * 3600);

#[tokio::test]
async fn a_couple_registers_and_is_in() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    assert_eq!(browser.get("/").await.location(), "/login");
    let fields = [
        ("name", "Raden Roro Kusumawardhani"),
        ("email", "Roro@Contoh.ID"),
        ("phone", "0812-3456-0198"),
        ("password", "melati putih 7"),
        ("password_confirmation", "melati putih 7"),
    ];
    let page = browser.fill("/register", "/register", &fields).await;
    assert_eq!((page.status, page.location()), (303, LIST));
    assert_eq!(browser.get("/").await.location(), LIST);
    let list = browser.get(LIST).await;
    assert!(list.has("Belum ada tiket") && list.has("Raden Roro Kusumawardhani"), "{}", list.text);

    // The same address again is told so, and nothing typed is lost but the passwords.
    let other = Browser::new(&app);
    let page = other.fill("/register", "/register", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Alamat ini sudah punya akun") && page.has("value=\"0812-3456-0198\""));
    assert!(!page.has("melati putih 7"));

    let out = browser.fill(LIST, "/logout", &[]).await;
    assert_eq!(out.status, 303);
    assert_eq!(browser.get(LIST).await.status, 303);
}

#[tokio::test]
async fn pressing_twice_registers_once_and_is_in() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    let csrf = browser.get("/register").await.value("csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("name", "Bimo"),
        ("email", "bimo@contoh.id"),
        ("password", "melati putih 7"),
        ("password_confirmation", "melati putih 7"),
    ];
    let (first, second) = tokio::join!(browser.post("/register", &fields), browser.post("/register", &fields));
    for page in [first, second] {
        assert_eq!((page.status, page.location()), (303, LIST), "{}", page.text);
    }
    assert!(browser.get(LIST).await.has("Belum ada tiket"));
}

#[tokio::test]
async fn every_broken_rule_of_registering_is_told_beside_its_field() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    let page = browser
        .fill(
            "/register",
            "/register",
            &[
                ("name", ""),
                ("email", "roro@"),
                ("phone", "12"),
                ("password", "melati putih"),
                ("password_confirmation", "melati merah"),
            ],
        )
        .await;
    assert_eq!(page.status, 422);
    for text in [
        "Isi nama Anda dulu.",
        "Alamat email belum lengkap.",
        "Nomor belum lengkap. Contoh: 0812-3456-0198.",
        "Kedua kata sandi belum sama.",
        "Belum terkirim. Lengkapi 4 isian di bawah.",
        "aria-describedby=\"email-error\"",
    ] {
        assert!(page.has(text), "{text}");
    }
}

#[tokio::test]
async fn a_wrong_password_keeps_the_email_and_counts_down() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::new(&app);
    let email = roro.person.email.as_str();
    let page = browser.fill("/login", "/login", &[("email", email), ("password", "bukan ini")]).await;
    assert_eq!(page.status, 401);
    assert!(page.has("Email atau kata sandi tidak cocok. Tersisa 4 percobaan."));
    assert!(page.has(&format!("value=\"{email}\"")) && !page.has("bukan ini"));
    for _ in 0..4 {
        browser.fill("/login", "/login", &[("email", email), ("password", "bukan ini")]).await;
    }
    let page = browser.fill("/login", "/login", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 429);
    assert!(page.has("Terlalu banyak percobaan. Coba lagi dalam 15 menit."), "{}", page.text);
    assert!(page.headers.contains_key("retry-after"));
    let empty = browser.fill("/login", "/login", &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("Isi alamat email Anda dulu.") && empty.has("Isi kata sandinya dulu."));
}

#[tokio::test]
async fn staff_do_not_come_in_by_the_customers_door() {
    let app = TestApp::start().await;
    let rina = app.staff("Rina Puspitasari").await;
    let browser = Browser::new(&app);
    let page = browser.fill("/login", "/login", &[("email", &rina.person.email), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 401);
    let with_staff_token = Browser::of(&app, &rina);
    assert_eq!(with_staff_token.get(LIST).await.status, 303);
}

#[tokio::test]
async fn the_way_back_is_only_to_our_own_pages() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::new(&app);
    let to = browser.get("/customer/support/tickets/create").await;
    assert_eq!((to.status, to.location()), (303, "/login?next=/customer/support/tickets/create"));
    for (next, location) in [
        ("/customer/support/tickets/create", "/customer/support/tickets/create"),
        ("//evil.example/x", LIST),
        ("https://evil.example", LIST),
        ("/\\evil.example", LIST),
    ] {
        let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD), ("next", next)];
        let page = Browser::new(&app).fill("/login", "/login", &fields).await;
        assert_eq!((page.status, page.location()), (303, location), "{next}");
    }
    let json = browser.get_json(LIST).await;
    assert_eq!(json.status, 401);
    assert_eq!(json.json()["code"], "session_expired");
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_does_nothing() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let token = browser.get("/customer/support/tickets/create").await.value("csrf");
    let fields = |token| {
        [
            ("csrf", token),
            ("subject", "Gladi resik"),
            ("category", "schedule"),
            ("description", "Apakah gladi bisa dimajukan ke pukul dua?"),
        ]
    };
    let strangers = Browser::new(&app).get("/login").await.value("csrf");
    for bad in ["", "x", strangers.as_str()] {
        let page = browser.post(LIST, &fields(bad)).await;
        assert_eq!(page.status, 403, "{bad}");
        assert!(page.has("Formulir"), "{}", page.text);
    }
    for headers in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let page = browser.post_with(LIST, &fields(&token), &[headers, ("accept", "text/html")]).await;
        assert_eq!(page.status, 403, "{headers:?}");
    }
    assert_eq!(browser.post("/logout", &[]).await.status, 403);
    assert_eq!(browser.post("/login", &[("email", "a"), ("password", "b")]).await.status, 403);
    // Somebody else's page on the same device: their token is not hers.
    let bimo = app.customer("Bimo Suryaningrat").await;
    browser.set_cookie("gemilang_session", &bimo.token);
    assert_eq!(browser.post(LIST, &fields(&token)).await.status, 403);
    assert_eq!(browser.get_json(LIST).await.json()["items"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn what_was_typed_outlives_the_session() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    let text = "Satu lagi: kursi untuk sesepuh\nbisa ditambah 6? <b>&amp;</b>";
    let browser = Browser::of(&app, &roro);
    let conversation = format!("{LIST}/{}", ticket.id);
    let token = browser.get(&conversation).await.value("csrf");
    app.app.clock.forward(MONTH);

    // The message comes back as the sign-in page that holds it, once more after a wrong password.
    let page = browser.post(&format!("{conversation}/messages"), &[("csrf", &token), ("message", text)]).await;
    assert_eq!(page.status, 401);
    assert!(page.has("Sesi berakhir. Masuk lagi, tulisan Anda aman."));
    let shown = "Satu lagi: kursi untuk sesepuh\nbisa ditambah 6? &#60;b&#62;&#38;amp;&#60;/b&#62;";
    assert!(page.has(shown), "{}", page.text);
    let kept_to = page.value("kept_to");
    let token = page.value("csrf");
    let fields = |password| {
        [
            ("csrf", token.as_str()),
            ("kept_to", kept_to.as_str()),
            ("kept_message", text),
            ("email", roro.person.email.as_str()),
            ("password", password),
        ]
    };
    let page = browser.post("/login", &fields("bukan ini")).await;
    assert_eq!(page.status, 401);
    assert!(page.has(shown));
    let page = browser.post("/login", &fields(PASSWORD)).await;
    assert_eq!(page.status, 200);
    assert!(page.has("name=\"message\"") && page.has(shown) && page.has("Tambahan kursi"), "{}", page.text);
    assert!(browser.cookie("gemilang_session").is_some_and(|token| token != roro.token));
    // Nothing was sent by itself; the form sends it.
    let again =
        browser.post(&format!("{conversation}/messages"), &[("csrf", &page.value("csrf")), ("message", text)]).await;
    assert_eq!(again.status, 303);
    assert!(browser.get(&conversation).await.has(shown));
}

#[tokio::test]
async fn a_ticket_typed_while_the_session_ended_is_still_there() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let token = browser.get("/customer/support/tickets/create").await.value("csrf");
    app.app.clock.forward(MONTH);
    let page = browser
        .post(
            LIST,
            &[
                ("csrf", &token),
                ("subject", "Gladi \"resik\""),
                ("category", "schedule"),
                ("priority", "high"),
                ("description", "Bisa pukul 2?"),
            ],
        )
        .await;
    assert_eq!(page.status, 401);
    let token = page.value("csrf");
    let page = browser
        .post(
            "/login",
            &[
                ("csrf", &token),
                ("kept_to", LIST),
                ("kept_subject", "Gladi \"resik\""),
                ("kept_category", "schedule"),
                ("kept_priority", "high"),
                ("kept_description", "Bisa pukul 2?"),
                ("email", &roro.person.email),
                ("password", PASSWORD),
            ],
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(page.has("value=\"Gladi &#34;resik&#34;\"") && page.has("Bisa pukul 2?"), "{}", page.text);
    assert!(page.has("value=\"schedule\" required checked") && page.has("value=\"high\" checked"));
    // For JSON it is a plain refusal; the page's script keeps the text itself.
    app.app.clock.forward(MONTH);
    let json = browser.post_with(LIST, &[("subject", "x")], &[("accept", "application/json")]).await;
    assert_eq!(json.status, 401);
}

#[tokio::test]
async fn the_language_is_asked_for_kept_and_guessed() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    assert!(browser.get("/login").await.has("<html lang=\"id\""));
    let english = browser
        .send(reqwest::Method::GET, "/login", &[("accept", "text/html"), ("accept-language", "en-GB")], None)
        .await;
    assert!(english.has("<html lang=\"en\"") && english.has("Sign in"));
    assert!(browser.get("/login?lang=en").await.has("Password"));
    assert!(browser.get("/register").await.has("Full name"), "it is kept");
    assert!(browser.get("/login?lang=id&next=/customer/support/tickets/create").await.has("Kata sandi"));
    let page = browser.get("/tidak-ada").await;
    assert_eq!(page.status, 404);
    assert!(page.has("Tidak ditemukan") && page.has("Halaman ini tidak ada, atau bukan milik akun Anda."));
}

#[tokio::test]
async fn what_pages_load_is_compressed_and_kept_for_ever() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    let page = browser.get("/login").await;
    let mut loaded = 0;
    let mut scripts = 0;
    for (at, _) in page.text.match_indices("\"/assets/") {
        let path = &page.text[at + 1..];
        let path = &path[..path.find(['"', '#']).expect("its end")];
        let asset = browser.send(reqwest::Method::GET, path, &[("accept-encoding", "gzip, br")], None).await;
        assert_eq!(asset.status, 200, "{path}");
        assert_eq!(asset.headers["cache-control"], "public, max-age=31536000, immutable");
        if !path.ends_with(".png") {
            assert_eq!(asset.headers["content-encoding"], "br", "{path}");
        }
        let length: usize = asset.headers["content-length"].to_str().expect("text").parse().expect("a length");
        loaded += length;
        if path.ends_with(".js") {
            scripts += length;
        }
    }
    assert!(loaded > 10_000 && loaded < 100 * 1024, "first view: {loaded} bytes");
    assert!(scripts > 500 && scripts < 30 * 1024, "script: {scripts} bytes");
    assert_eq!(browser.get("/assets/portal-000000000000.css").await.status, 404);
}

#[tokio::test]
async fn the_cookie_lasts_as_long_as_the_session() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro").await;
    let browser = Browser::of(&app, &roro);
    let kept = async || {
        let page = browser.get(LIST).await;
        assert_eq!(page.status, 200);
        let cookies = page.headers.get_all("set-cookie").iter();
        cookies.filter(|cookie| cookie.as_bytes().starts_with(b"gemilang_session=")).count()
    };
    assert_eq!(kept().await, 0);
    app.app.clock.forward(Duration::from_secs(20 * 24 * 3600));
    assert_eq!([kept().await, kept().await], [1, 0], "once, when the session's end moves");
    assert_eq!(browser.cookie("gemilang_session").as_deref(), Some(roro.token.as_str()));
    let token = browser.get(LIST).await.value("csrf");
    app.app.clock.forward(Duration::from_secs(20 * 24 * 3600));
    assert_eq!(browser.post("/logout", &[("csrf", &token)]).await.status, 303);
    assert_eq!(browser.cookie("gemilang_session"), None, "signing out has the last word");
}
