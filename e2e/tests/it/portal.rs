//! The portal as its customers meet it: on a small phone and on a computer, with and without script, on a line that breaks.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::page::look_over;
use gemilang_e2e::portal::{Customer, FILED, Filed};
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection};

const LIST: &str = "/customer/support/tickets";
const CREATE: &str = "/customer/support/tickets/create";
#[tokio::test]
async fn every_page_is_right_on_a_small_phone_and_on_a_computer() -> Result<()> {
    let service = Service::start().await?;
    let rina = Colleague::joins(&service, "Ni Luh Ayu Puspitasari").await?;
    let mut wrong = Vec::new();
    for (width, height) in [(360, 740), (1280, 800)] {
        let customer = Customer::at(Browser::sized(width, height).await?, &service.url());
        let page = customer.window();
        let name = |name: &str| format!("{name}-{width}");
        let mut look = async |path: &str, as_name: &str| -> Result<()> {
            if !path.is_empty() {
                page.go(&format!("{}{path}", service.url())).await?;
            }
            wrong.extend(look_over(page, &name(as_name)).await?);
            Ok(())
        };
        look("/login", "login").await?;
        look("/register", "register").await?;
        let account = Account::new("Raden Roro Kusumawardhani Prameswari Hadiningrat Suryosumarto");
        customer.register(&account).await?;
        look("", "list-empty").await?;
        look(CREATE, "create").await?;
        page.click(".dock .btn-primary").await?;
        page.see("#subject-error").await?;
        look("", "create-errors").await?;
        let number = customer.file(&FILED).await?;
        look("", "conversation-sent").await?;
        rina.reply(&number, "Baik, Kak Roro. Petanya di https://contoh.id/peta_(lokasi)?a=1&b=2, ya.").await?;
        customer.reads("Petanya di").await?;
        customer.write("Terimakasihbanyakatasbantuannyaselamainisemogasukses".repeat(4).as_str()).await?;
        page.see(".mine .bubble[data-n='6'], .mine .bubble[data-n='5'], .mine .bubble[data-n='4']").await?;
        rina.read(&number).await?;
        page.read("[data-flow]", "Dibaca").await?;
        rina.reply(&number, "Sama-sama, Kak.").await?;
        customer.reads("Sama-sama, Kak.").await?;
        customer
            .holds("return document.querySelector('.bubble a').href === 'https://contoh.id/peta_(lokasi)?a=1&b=2'")
            .await?;
        customer.holds("return document.querySelector('.them .by b').textContent === 'Ni Luh'").await?;
        look("", "conversation").await?;
        let conversation = page.address().await?;
        page.go(&format!("{}{LIST}", service.url())).await?;
        rina.reply(&number, "Satu hal lagi: mohon kirim daftar tamu VIP.").await?;
        look(LIST, "list").await?;
        look(&format!("{LIST}?status=closed"), "list-no-match").await?;
        look("/customer/support/tickets/bukan-tiket", "fault").await?;
        look("/offline/id", "offline").await?;
        page.go(&conversation).await?;
        page.run(
            "document.querySelector('details.confirm:not(.phone-only *), .chat-head details').open = true; \
                  for (const it of document.querySelectorAll('details.confirm')) it.open = true",
            json!([]),
        )
        .await?;
        look("", "conversation-closing").await?;
        page.run(
            "[...document.querySelectorAll('details.confirm form')].find((it) => it.checkVisibility()).requestSubmit()",
            json!([]),
        )
        .await?;
        page.see("[data-shut]").await?;
        look("", "conversation-closed").await?;
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// The pages beside the tickets, with names and addresses as long as they come.
#[tokio::test]
async fn every_page_beside_the_tickets_is_right_on_a_small_phone_and_on_a_computer() -> Result<()> {
    const LONG: &str = "bimo.adiwangsa.suryaningrat.kusumonegoro.hadiningrat@keluarga-besar.contoh.id";
    let service = Service::start().await?;
    let mut wrong = Vec::new();
    for (width, height, language) in [(360, 740, "id"), (1280, 800, "en")] {
        let customer = Customer::at(Browser::sized(width, height).await?, &service.url());
        let page = customer.window();
        let go = async |path: &str| page.go(&format!("{}{path}", service.url())).await;
        let mut look = async |name: &str| -> Result<()> {
            wrong.extend(look_over(page, &format!("{name}-{width}")).await?);
            Ok(())
        };
        let account = Account::new("Raden Roro Kusumawardhani Prameswari Hadiningrat Suryosumarto");
        customer.register(&account).await?;
        go(&format!("{LIST}?lang={language}")).await?;
        customer.open_letter("confirm").await?;
        page.see("main form .btn-primary").await?;
        look("confirm").await?;
        page.click("main form .btn-primary").await?;
        page.see(".told").await?;
        look("confirmed").await?;
        customer.file(&FILED).await?;
        go("/customer/preferences/sharing").await?;
        page.fill("[name=email]", LONG).await?;
        page.click("main form .btn-primary").await?;
        page.see(".form-banner").await?;
        look("sharing").await?;
        customer.open_letter("invitation").await?;
        page.see(".offered").await?;
        look("invitation").await?;
        for name in ["preferences", "profile", "display", "devices", "data"] {
            go(&format!("/customer/preferences/{name}").replace("/preferences/preferences", "/preferences")).await?;
            page.run("for (const it of document.querySelectorAll('details.confirm, [data-push]')) { it.open = true; it.hidden = false; }", json!([])).await?;
            look(name).await?;
        }
        page.click(".bar details.pop summary").await?;
        page.click("form[action='/logout'] button").await?;
        customer.arrive("/login?out=1").await?;
        for (path, name) in [("/login/link", "sign_in"), ("/password/forgot", "reset")] {
            go(path).await?;
            look(&format!("ask-{name}")).await?;
            page.fill("[name=email]", &account.email).await?;
            page.click("main form .btn-primary").await?;
            page.see(".told").await?;
            look(&format!("told-{name}")).await?;
            customer.open_letter(name).await?;
            page.see("main form .btn-primary").await?;
            look(&format!("spend-{name}")).await?;
        }
        page.fill("[name=password]", "pendek").await?;
        page.click("main form .btn-primary").await?;
        page.see(".is-invalid").await?;
        look("spend-errors").await?;
        go("/password/reset/lama").await?;
        look("link-over").await?;
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn two_customers_and_a_colleague_talk_live_over_a_line_that_breaks() -> Result<()> {
    let service = Service::start().await?;
    let rina = Colleague::joins(&service, "Rina Puspitasari").await?;
    let (roro, dewi) = (Account::new("Raden Roro"), Account::new("Dewi Anggraini"));
    let phone = Customer::at(Browser::sized(360, 740).await?, &service.url());
    let computer = Customer::at(Browser::sized(1280, 800).await?, &service.url());
    phone.register(&roro).await?;
    computer.register(&dewi).await?;
    let first = phone.file(&FILED).await?;
    let second = computer.file(&Filed { subject: "Tambahan 40 kursi", ..FILED }).await?;
    phone.mark_page().await?;
    computer.mark_page().await?;
    phone.window().read("[data-link-text]", "Tersambung").await?;

    rina.reply(&first, "Untuk Kak Roro").await?;
    rina.reply(&second, "Untuk Kak Dewi").await?;
    phone.reads("Untuk Kak Roro").await?;
    computer.reads("Untuk Kak Dewi").await?;
    assert_eq!(phone.count("Untuk Kak Dewi").await?, 0);

    // Tapped twice, sent once; read by staff, marked so.
    phone.window().fill("[data-writer] [name=message]", "Diketuk dua kali").await?;
    let twice = "const button = document.querySelector('.sendbtn'); button.click(); button.click()";
    phone.window().run(twice, json!([])).await?;
    phone.window().see(".mine .bubble[data-n]").await?;
    rina.read(&first).await?;
    phone.holds("return [...document.querySelectorAll('.msg.mine')].pop().querySelector('.read') !== null").await?;
    assert_eq!(phone.count("Diketuk dua kali").await?, 1);

    // The line is cut in the middle of a message: it waits, outlined, and leaves once.
    // The service worker's line is not cut with the page's, so it must not send meanwhile.
    let denied = json!({ "permission": { "name": "background-sync" }, "setting": "denied", "origin": service.url() });
    phone.window().devtools("Browser.setPermission", denied).await?;
    let line = async |offline: bool| {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        phone.window().devtools("Network.enable", json!({})).await?;
        // What passes by the service worker would not be cut.
        phone.window().devtools("Network.setBypassServiceWorker", json!({ "bypass": true })).await?;
        phone.window().devtools("Network.emulateNetworkConditions", conditions).await
    };
    line(true).await?;
    phone.write("Ditulis di terowongan").await?;
    phone.window().read("[data-pending] .msg.unsent, [data-pending] .msg.failed", "Ditulis di terowongan").await?;
    phone.window().see("[data-offline]").await?;
    phone.window().picture("portal-conversation-offline").await?;
    rina.reply(&first, "Dijawab sementara itu").await?;
    line(false).await?;
    phone.reads("Dijawab sementara itu").await?;
    phone.holds("return document.querySelector('[data-pending]').children.length === 0").await?;
    assert_eq!(phone.count("Ditulis di terowongan").await?, 1);
    phone.is_same_page().await?;
    computer.is_same_page().await?;

    // The session ends while something is being typed: it is kept, and leaves after signing in again.
    let mut database = PgConnection::connect(service.database()).await?;
    computer.window().fill("[data-writer] [name=message]", "Ditulis setelah sesi berakhir").await?;
    database.execute("delete from sessions where user_id in (select id from users where role = 'customer')").await?;
    database.close().await?;
    let service = service.start_again().await?;
    computer.window().click(".sendbtn").await?;
    computer.window().read("[data-pending] .msg.failed", "Masuk").await?;
    computer.window().picture("portal-conversation-session-ended").await?;
    computer.window().click("[data-pending] a.retry").await?;
    computer.window().fill("[name=email]", &dewi.email).await?;
    computer.window().fill("[name=password]", &dewi.password).await?;
    computer.window().click("form[action='/login'] .btn-primary").await?;
    computer.reads("Ditulis setelah sesi berakhir").await?;
    computer.holds("return document.querySelector('[data-pending]').children.length === 0").await?;
    assert_eq!(computer.count("Ditulis setelah sesi berakhir").await?, 1);
    drop(service);
    Ok(())
}

#[tokio::test]
async fn without_script_the_whole_story_can_be_told() -> Result<()> {
    let service = Service::start().await?;
    let rina = Colleague::joins(&service, "Rina Puspitasari").await?;
    let customer = Customer::at(Browser::without_script(360, 740).await?, &service.url());
    let page = customer.window();
    let account = Account::new("Dewi Anggraini");
    customer.register(&account).await?;
    page.go(&format!("{}{CREATE}", service.url())).await?;
    page.fill("[name=subject]", "Tambahan kursi").await?;
    page.fill("[name=description]", "Terlalu pendek").await?;
    page.click(".dock .btn-primary").await?;
    page.read("#description-error", "Baru 14").await?;
    assert_eq!(page.find("[name=subject]").await?.value().await?, "Tambahan kursi", "filled as typed");
    let number = customer.file(&FILED).await?;
    rina.reply(&number, "Kami sesuaikan, Kak.").await?;
    customer.write("Terima kasih, Mbak.").await?;
    customer.reads("Terima kasih, Mbak.").await?;
    customer.reads("Kami sesuaikan, Kak.").await?;
    page.picture("portal-without-script").await?;
    page.click(".chat-head details.pop summary").await?;
    page.click(".chat-head details.confirm summary").await?;
    page.click(".chat-head details.confirm .btn-primary").await?;
    page.read("[data-shut]", "tidak menerima pesan lagi").await?;
    page.click("[data-shut] .btn-primary").await?;
    page.read(".follows", &number).await?;
    page.click(".bar details.pop summary").await?;
    page.click("form[action='/logout'] button").await?;
    page.read("main", "Masuk").await?;
    customer.sign_in(&account).await?;
    page.read(".tickets", &number).await.map(drop)
}

#[tokio::test]
async fn the_app_shows_what_it_saw_sends_what_waits_and_forgets_who_leaves() -> Result<()> {
    let mut service = Service::start().await?;
    let rina = Colleague::joins(&service, "Rina Puspitasari").await?;
    let roro = Account::new("Raden Roro");
    let customer = Customer::at(Browser::sized(360, 740).await?, &service.url());
    let page = customer.window();
    customer.register(&roro).await?;
    customer.holds("return navigator.serviceWorker.ready.then(() => true)").await?;
    let number = customer.file(&FILED).await?;
    rina.reply(&number, "Kami sesuaikan, Kak.").await?;
    customer.reads("Kami sesuaikan, Kak.").await?;
    let conversation = page.address().await?;
    let list = format!("{}{LIST}", service.url());
    page.go(&list).await?;
    page.read(".tickets", &number).await?;
    page.go(&conversation).await?;
    customer.reads("Kami sesuaikan, Kak.").await?;
    // What is shown is kept a moment later.
    let kept = "return caches.keys().then((names) => Promise.all(names.filter((it) => it.startsWith('pages-')).map(async (it) => \
                (await (await caches.open(it)).keys()).length))).then((all) => all[0] >= 2)";
    customer.holds(kept).await?;

    // A reply while no page is open is announced; one for somebody else on this device is not.
    let origin = json!({ "origin": service.url(), "permissions": ["notifications"] });
    page.devtools("Browser.grantPermissions", origin).await?;
    let me = page.run("return document.body.dataset.me", json!([])).await?;
    page.devtools("ServiceWorker.enable", json!({})).await?;
    let path = conversation.strip_prefix(&service.url()).unwrap_or_default();
    let shown = "return navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => \
                 all.map((it) => it.tag + ':' + it.title).join())";
    until("the announcement", || async {
        // A worker that is just being woken may miss one; the same again is shown once.
        for (person, tag) in [(&json!("somebody else"), "theirs"), (&me, "ours")] {
            let news = json!({ "person": person, "title": "Rina · Gemilang WO", "body": "Halo", "url": LIST, "tag": tag, "language": "id" });
            for registration in 0..4 {
                let message = json!({ "origin": service.url(), "registrationId": registration.to_string(), "data": news.to_string() });
                // There is only one registration, and no telling which number it has.
                let _ = page.devtools("ServiceWorker.deliverPushMessage", message).await;
            }
        }
        let seen = page.run(shown, json!([])).await?;
        Ok(if seen == json!("ours:Rina · Gemilang WO") { Ok(()) } else { Err(seen.to_string()) })
    })
    .await?;
    assert!(path.starts_with(LIST));

    // The service cannot be reached: what was seen last is there, and says so; what is written waits.
    service.kill();
    page.go(&list).await?;
    page.read(".banner", "Ini tampilan terakhir").await?;
    page.read(".tickets", &number).await?;
    page.picture("portal-list-kept").await?;
    page.go(&format!("{list}?status=open")).await?;
    page.read("main", "belum tersimpan di perangkat ini").await?;
    page.go(&conversation).await?;
    customer.reads("Kami sesuaikan, Kak.").await?;
    customer.write("Ditulis tanpa layanan").await?;
    page.read("[data-pending] .msg", "Ditulis tanpa layanan").await?;
    page.picture("portal-conversation-kept").await?;
    page.go(&list).await?;
    let mut service = service.start_again().await?;
    page.go(&conversation).await?;
    page.see(".mine .bubble[data-n='4'], .mine .bubble[data-n='5'], .mine .bubble[data-n='6']").await?;
    customer.holds("return document.querySelector('[data-pending]').children.length === 0").await?;
    assert_eq!(customer.count("Ditulis tanpa layanan").await?, 1);

    // Who signs out leaves nothing behind.
    page.go(&list).await?;
    page.click(".bar details.pop summary").await?;
    page.click("form[action='/logout'] button").await?;
    page.read("main", "Anda sudah keluar").await?;
    let nothing = "return caches.keys().then((names) => Promise.all(names.filter((it) => !it.startsWith('shell-')).map(async (it) => \
                   (await (await caches.open(it)).keys()).length))).then((all) => all.every((it) => it === 0) && localStorage.length === 0)";
    customer.holds(nothing).await?;
    service.kill();
    page.go(&conversation).await?;
    page.read("main", "Tidak ada jaringan").await?;
    let text = page.find("body").await?.text().await?;
    assert!(!text.contains("Akad") && !text.contains("Roro"), "{text}");
    Ok(())
}
