//! Filing tickets and finding them again; what must not come in, and what must not be shown as markup.

use std::time::Duration;

use gemilang_service::domain::messages;
use gemilang_service::domain::tickets::{self, Edit, Intent};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::conversation::actor;

const LIST: &str = "/customer/support/tickets";
const CREATE: &str = "/customer/support/tickets/create";
const XSS: &str = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

#[tokio::test]
async fn a_ticket_is_filed_found_and_opened() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro Kusumawardhani").await;
    app.order(&roro, "GO-2291").await;
    let browser = Browser::of(&app, &roro);
    let form = browser.get(CREATE).await;
    assert!(form.has("GO-2291 · Paket Kencana, 500 tamu") && form.has("H-13"), "{}", form.text);
    let page = browser
        .fill(
            CREATE,
            LIST,
            &[
                ("subject", "Jam gladi resik bisa dimajukan?"),
                ("category", "schedule"),
                ("priority", "urgent"),
                ("order", "GO-2291"),
                ("description", "Gladi resik Jumat depan, apakah bisa mulai pukul 14.00? 🙏"),
            ],
        )
        .await;
    assert_eq!(page.status, 303);
    let conversation = browser.get(page.location()).await;
    for text in ["sudah kami terima.", "Jam gladi resik", "pukul 14.00? 🙏", "Mendesak", "GO-2291", "Terbuka"] {
        assert!(conversation.has(text), "{text}");
    }
    let list = browser.get(LIST).await;
    assert!(list.has("Jam gladi resik") && list.has("GW-1001") && list.has("Sabtu, 5 Desember 2026"));
    assert!(browser.get(&format!("{LIST}?status=closed")).await.has("Tidak ada yang cocok"));
    assert!(browser.get(&format!("{LIST}?q=gladi")).await.has("GW-1001"));
    let json = browser.get_json(&format!("{LIST}?status=open")).await.json();
    assert_eq!(json["items"][0]["number"], "GW-1001");
    assert_eq!(json["items"][0]["order"], "GO-2291");
    assert_eq!(browser.get_json(&format!("{LIST}?status=xyz")).await.status, 422);
}

#[tokio::test]
async fn pressing_twice_files_one_ticket() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let form = browser.get(CREATE).await;
    let (token, id) = (form.value("csrf"), form.value("id"));
    let fields = [
        ("csrf", token.as_str()),
        ("id", id.as_str()),
        ("subject", "Kursi"),
        ("category", "order"),
        ("description", "Mohon ditambah 40 kursi untuk keluarga."),
    ];
    let (first, second) = tokio::join!(browser.post(LIST, &fields), browser.post(LIST, &fields));
    let third = browser.post(LIST, &fields).await;
    assert_eq!([first.status, second.status, third.status], [303; 3], "{}", third.text);
    assert_eq!(first.location(), second.location());
    assert_eq!(browser.get_json(LIST).await.json()["items"].as_array().map(Vec::len), Some(1));
    // The same id for another text is not silently the first ticket.
    let other = [fields[0], fields[1], ("subject", "Meja"), fields[3], fields[4]];
    let page = browser.post(LIST, &other).await;
    assert_eq!(page.status, 409);
    assert!(page.has("value=\"Meja\"") && page.value("id") != id);
}

#[tokio::test]
async fn a_form_that_breaks_rules_comes_back_as_typed() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let long = "é".repeat(300);
    for (fields, text) in [
        (
            [("subject", ""), ("category", "order"), ("description", "Bisa ditambah 40 kursi, Mbak?")],
            "Isi judulnya dulu.",
        ),
        (
            [("subject", long.as_str()), ("category", "order"), ("description", "Bisa ditambah 40 kursi, Mbak?")],
            "Judul paling panjang 255 huruf, ini 300.",
        ),
        (
            [("subject", "Kursi"), ("category", "order"), ("description", "Bisa pukul 2?")],
            "Tulis minimal 20 huruf supaya kami langsung paham. Baru 13.",
        ),
        (
            [("subject", "Kursi"), ("category", "pesta"), ("description", "Bisa ditambah 40 kursi, Mbak?")],
            "Pilih salah satu.",
        ),
        (
            [("subject", "Ku\0rsi"), ("category", "order"), ("description", "Bisa ditambah 40 kursi, Mbak?")],
            "Ada huruf yang tidak bisa disimpan.",
        ),
        ([("subject", "Kursi"), ("order", "GO-9999"), ("description", "Bisa ditambah 40 kursi, Mbak?")], "Lengkapi"),
    ] {
        let page = browser.fill(CREATE, LIST, &fields).await;
        assert_eq!(page.status, 422, "{text}");
        assert!(page.has(text), "{text}: {}", page.text);
        assert!(page.has(fields[2].1), "the description is still there");
    }
    let strange = browser
        .fill(
            CREATE,
            LIST,
            &[
                ("subject", "Kursi"),
                ("category", "order"),
                ("order", "GO-9999"),
                ("description", "Bisa ditambah 40 kursi, Mbak?"),
            ],
        )
        .await;
    assert_eq!(strange.status, 422);
    assert_eq!(browser.get_json(LIST).await.json()["items"].as_array().map(Vec::len), Some(0));
    let huge = "a".repeat(300 * 1024);
    let page = browser.fill(CREATE, LIST, &[("subject", "Kursi"), ("description", &huge)]).await;
    assert_eq!(page.status, 413);
    assert!(page.has("Tulisan ini terlalu besar"));
    let json = browser
        .post_with(
            LIST,
            &[("csrf", &browser.get(CREATE).await.value("csrf")), ("subject", "")],
            &[("accept", "application/json")],
        )
        .await;
    assert_eq!(json.status, 422);
    assert_eq!(json.headers["content-type"], "application/problem+json");
    assert_eq!(json.json()["errors"]["subject"][0], "Isi judulnya dulu.");
}

/// What others have been caught by.
const CORPUS: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">klik di sini</a>",
    "javascript:alert(1)//\\x0a",
    "{{7*7}} {% include \"base.html\" %} ${7*7}",
    "\" autofocus onfocus=\"alert(1)",
    "https://contoh.id/\"onmouseover=\"alert(1)",
    "https://contoh.id/<img src=x onerror=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "\u{202e}<ScRiPt\u{a0}>alert(1)</sCrIpT>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;b&#x3e;",
];

#[tokio::test]
async fn nothing_of_a_corpus_gets_out_of_its_place_in_either_language() {
    let app = TestApp::start().await;
    for text in CORPUS {
        let evil = app.customer(text).await;
        let staff = actor(&app, &app.staff(text).await).await;
        let browser = Browser::of(&app, &evil);
        let description = format!("{text} supaya cukup panjang");
        let filled = [("subject", text), ("category", "other"), ("description", description.as_str())];
        let page = browser.fill(CREATE, LIST, &filled).await;
        assert_eq!(page.status, 303, "{text}: {}", page.text);
        let path = page.location().split('?').next().expect("a path").to_owned();
        let id: Uuid = path[LIST.len() + 1..].parse().expect("an id");
        messages::send(&app.app, &staff, id, Uuid::now_v7(), text).await.expect("sent");
        let edit = Edit { subject: Some(format!("{text} lagi")), ..Edit::default() };
        tickets::act(&app.app, id, &staff, Intent::Edit(edit)).await.expect("changed");
        tickets::act(&app.app, id, &staff, Intent::Assign { to: Some(staff.person.clone()) }).await.expect("taken");
        for language in ["id", "en"] {
            let q = super::browser::encoded(&[("q", text)]);
            for address in [
                format!("{LIST}?lang={language}"),
                format!("{LIST}?{q}"),
                path.clone(),
                format!("{CREATE}?follows={id}"),
                format!("/login?{}", super::browser::encoded(&[("next", text)])),
            ] {
                let page = browser.get(&address).await;
                assert!(page.status < 500, "{address}");
                holds(&page, text, &address);
            }
            let wrong = [("subject", text), ("category", text), ("order", text), ("priority", text), ("follows", text)];
            let refused = browser.fill(CREATE, LIST, &wrong).await;
            assert_eq!(refused.status, 422);
            holds(&refused, text, "a refused form");
            let door = [("email", text), ("password", text), ("next", text), ("kept_to", text), ("kept_message", text)];
            holds(&Browser::new(&app).fill("/login", "/login", &door).await, text, "the door");
            let made = [("name", text), ("email", text), ("phone", text), ("password", text), ("next", text)];
            holds(&Browser::new(&app).fill("/register", "/register", &made).await, text, "registering");
        }
    }
}

/// Nothing of a text is markup on a page.
fn holds(page: &Page, text: &str, place: &str) {
    let html = page.text.to_lowercase();
    for sign in [
        "<script>",
        "<script ",
        "<svg onload",
        "<img",
        "<a href=\"javascript",
        "href=\"javascript",
        "\" onfocus",
        "\"onmouse",
    ] {
        let ours = if sign == "<script " { "<script type=\"module\" src=\"/assets/" } else { "" };
        for (at, _) in html.match_indices(sign) {
            assert!(!ours.is_empty() && html[at..].starts_with(ours), "{text} in {place}: {sign}");
        }
    }
    assert!(!page.has(">49<") && !page.has("49 {%"), "{text} in {place}");
    if text.contains(['<', '"']) {
        assert!(!page.has(text), "{text} in {place}");
    }
}

#[tokio::test]
async fn markup_is_shown_and_never_obeyed() {
    let app = TestApp::start().await;
    let evil = app.customer(XSS).await;
    let browser = Browser::of(&app, &evil);
    let page = browser.fill(CREATE, LIST, &[("subject", XSS), ("category", "other"), ("description", XSS)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let ticket = page.location().split('?').next().expect("a path").to_owned();
    for path in [
        LIST.to_owned(),
        ticket.clone(),
        CREATE.to_owned(),
        format!("{LIST}?q=%3Cscript%3E"),
        format!("{CREATE}?follows={}", &ticket[LIST.len() + 1..]),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.has("<script>alert") && !page.has("<img src=x"), "{path}");
    }
    let refused = browser
        .fill(
            CREATE,
            LIST,
            &[("subject", XSS), ("category", XSS), ("order", XSS), ("priority", XSS), ("description", "<b>")],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert!(!refused.has("<script>alert") && !refused.has("<img src=x"));
    let login = Browser::new(&app)
        .fill(
            "/login",
            "/login",
            &[("email", XSS), ("password", "x"), ("next", XSS), ("kept_to", XSS), ("kept_message", XSS)],
        )
        .await;
    assert!(!login.has("<script>alert") && !login.has("<img src=x"));
}

/// The subjects of a list, in order.
fn rows(page: &Page) -> Vec<String> {
    let titles = page.text.split("class=\"subject\" title=\"").skip(1);
    titles.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn the_list_pages_by_fifteen() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    for at in 0..17 {
        app.app.clock.forward(Duration::from_secs(3600));
        app.file(&roro, &format!("Pertanyaan {at}"), "low").await;
    }
    let browser = Browser::of(&app, &roro);
    let first = browser.get(LIST).await;
    assert_eq!(first.text.matches("class=\"trow").count(), 15);
    assert!(first.has("Pertanyaan 16") && !first.has("Pertanyaan 1<"));
    let link = |page: &Page, rel: &str| {
        let at = page.text.find(&format!("rel=\"{rel}\"")).expect("a link");
        let href = page.text[..at].rfind("href=\"").expect("its address") + 6;
        page.text[href..].split('"').next().expect("the address").replace("&#38;", "&")
    };
    let second = browser.get(&link(&first, "next")).await;
    assert_eq!(second.text.matches("class=\"trow").count(), 2);
    assert!(second.has("Pertanyaan 0") && second.has("Lebih baru") && !second.has("rel=\"next\""));
    // Sixteen more arrive: a link shows what it showed, and the way back leads over every one of them.
    for at in 17..33 {
        app.app.clock.forward(Duration::from_secs(3600));
        app.file(&roro, &format!("Pertanyaan {at}"), "low").await;
    }
    assert_eq!(rows(&browser.get(&link(&first, "next")).await), rows(&second));
    let newer = browser.get(&link(&second, "prev")).await;
    assert_eq!(rows(&newer), rows(&first), "the page before is the one that was left");
    assert_eq!(rows(&browser.get(&link(&newer, "next")).await), rows(&second));
    let newest = browser.get(&link(&newer, "prev")).await;
    assert_eq!(newest.status, 200, "one more page of fifteen, and one ticket beyond it");
    assert_eq!(rows(&newest).len(), 15);
    let top = browser.get(&link(&newest, "prev")).await;
    assert_eq!((top.status, top.location()), (303, LIST), "the last step is the first page, whole");
    let by_word = browser.get(&format!("{LIST}?q=pertanyaan")).await;
    let second = browser.get(&link(&by_word, "next")).await;
    assert_eq!(rows(&second).len(), 15);
    assert!(link(&second, "prev").contains("q=pertanyaan"));
    assert_eq!(browser.get(&link(&second, "prev")).await.location(), format!("{LIST}?q=pertanyaan"));
    assert_eq!(browser.get(&format!("{LIST}?before=kosong")).await.status, 400);
    assert_eq!(browser.get(&format!("{LIST}?after=kosong")).await.status, 400);
}

#[tokio::test]
async fn limits_are_told_with_their_figures_and_lose_nothing() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let fields = [
        ("subject", "Mohon bantuan"),
        ("category", "vendor"),
        ("priority", "urgent"),
        ("description", "Vendor rias belum datang sampai sekarang."),
    ];
    for _ in 0..3 {
        assert!(browser.fill(CREATE, LIST, &fields).await.location().ends_with("?filed=yes"));
    }
    let fourth = browser.fill(CREATE, LIST, &fields).await;
    assert!(fourth.location().ends_with("?filed=high"), "{}", fourth.location());
    assert!(browser.get(fourth.location()).await.has("kami catat sebagai Tinggi"));
    for _ in 0..6 {
        browser.fill(CREATE, LIST, &fields).await;
    }
    let page = browser.fill(CREATE, LIST, &fields).await;
    assert_eq!(page.status, 429);
    assert!(page.has("Coba lagi dalam 60 menit.") && page.has("value=\"Mohon bantuan\""), "{}", page.text);
    assert!(page.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_closed_ticket_leads_to_one_that_follows_it() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let old = app.file(&roro, "Pilihan gending", "medium").await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", old.id);
    let closed = browser.fill(&path, &format!("{path}/close"), &[]).await;
    assert_eq!(closed.status, 303);
    let page = browser.get(&path).await;
    assert!(page.has("Tiket ini sudah ditutup dan tidak menerima pesan lagi.") && page.has("Anda menutup tiket ini"));
    let refused = browser.fill(&path, &format!("{path}/messages"), &[("message", "Masih di sana?")]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.has("Masih di sana?"), "what was typed is still to be read");

    let form = browser.get(&format!("{CREATE}?follows={}", old.id)).await;
    assert!(form.has(&format!("Lanjutan dari {}", old.number)) && form.has("value=\"Pilihan gending\""));
    let filed = browser
        .fill(
            CREATE,
            LIST,
            &[
                ("subject", "Gending lagi"),
                ("category", "vendor"),
                ("description", "Boleh ditambah satu gending lagi?"),
                ("follows", &old.id.to_string()),
            ],
        )
        .await;
    let page = browser.get(filed.location()).await;
    assert!(page.has(&format!("Lanjutan dari {}", old.number)));
    // Somebody else's ticket can neither be followed up nor be seen by trying.
    let bimo = app.customer("Bimo Suryaningrat").await;
    let other = Browser::of(&app, &bimo);
    assert!(!other.get(&format!("{CREATE}?follows={}", old.id)).await.has("Pilihan gending"));
    let refused = other
        .fill(
            CREATE,
            LIST,
            &[
                ("subject", "x"),
                ("category", "vendor"),
                ("description", "Boleh ditambah satu gending lagi?"),
                ("follows", &old.id.to_string()),
            ],
        )
        .await;
    assert_eq!(refused.status, 422);
    for path in [
        path.clone(),
        format!("{path}/messages"),
        format!("{path}/live"),
        format!("{LIST}/{}", Uuid::now_v7()),
        format!("{LIST}/bukan-id"),
    ] {
        assert_eq!(other.get_json(&path).await.status, 404, "{path}");
    }
    assert_eq!(other.get(&path).await.status, 404);
    assert_eq!(other.fill(CREATE, &format!("{path}/close"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_customer_searches_own_tickets_and_no_note() {
    let app = TestApp::start().await;
    let (roro, dewi) = (app.customer("Raden Roro").await, app.customer("Dewi Roro").await);
    app.order(&roro, "GO-2291").await;
    let mine = app.file(&roro, "Jadwal perias", "medium").await;
    let theirs = app.file(&dewi, "Jadwal perias", "medium").await;
    let rina = app.staff("Rina").await;
    let staff = actor(&app, &rina).await;
    let order = Edit {
        order: Some(Some(tickets::own_order(&app.app, mine.id, "GO-2291").await.expect("theirs"))),
        ..Edit::default()
    };
    let note = Intent::Note { id: Uuid::now_v7(), text: "Keluarganya rewel".to_owned(), mentions: vec![] };
    for intent in [Intent::Edit(order), note] {
        tickets::act(&app.app, mine.id, &staff, intent).await.expect("done");
    }
    messages::send(&app.app, &staff, mine.id, Uuid::now_v7(), "Perias tiba jam lima.").await.expect("sent");
    let browser = Browser::of(&app, &roro);
    let found = async |q: &str| {
        let page = browser.get_json(&format!("{LIST}?{q}")).await;
        assert_eq!(page.status, 200, "{q}");
        let items = page.json()["items"].as_array().expect("items").clone();
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let number = format!("q={}", mine.number);
    for q in ["q=perias", "q=PERI", "q=jam+lima", "q=raden", "q=go-2291", "q=roro&unread=1", number.as_str()] {
        assert_eq!(found(q).await, [mine.id.to_string()], "{q}");
    }
    let number = format!("q={}", theirs.number);
    for q in ["q=dewi", "q=rewel", "q=perias&status=closed", "q=%27%3A*%26%00", number.as_str()] {
        assert!(found(q).await.is_empty(), "{q}");
    }
}
