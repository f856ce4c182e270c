//! Preferences: news by channel, name and phone, language, zone and look; password and devices.

use gemilang_service::testing::{PASSWORD, TestApp};

use super::browser::Browser;

const LIST: &str = "/customer/support/tickets";
const PREFERENCES: &str = "/customer/preferences";
const DEVICES: &str = "/customer/preferences/devices";

#[tokio::test]
async fn news_are_chosen_by_channel_and_happening() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let page = browser.get(PREFERENCES).await;
    assert!(page.has("name=\"email_reply\" aria-label=\"Ada balasan lewat Email\" checked"), "{}", page.text);
    assert!(page.has("name=\"sms_reply\" aria-label=\"Ada balasan lewat SMS\">"));
    // A form sends what is on; the rest is off.
    let chosen = [("boxes", "1"), ("sms_assigned", "on"), ("email_reply", "on")];
    let page = browser.fill(PREFERENCES, PREFERENCES, &chosen).await;
    assert_eq!((page.status, page.location()), (303, "/customer/preferences?saved=1"));
    let json = browser.get_json(PREFERENCES).await.json();
    assert_eq!([&json["sms_assigned"], &json["email_reply"]], [true, true]);
    assert_eq!([&json["email_status"], &json["whatsapp_reply"], &json["quiet_nights"]], [false, false, false]);
    assert!(browser.get("/customer/preferences?saved=1").await.has("Tersimpan"));
    // As JSON only what is named changes.
    let token = browser.get_json(PREFERENCES).await.headers["x-csrf-token"].to_str().expect("text").to_owned();
    let headers = [("accept", "application/json"), ("x-csrf-token", token.as_str())];
    let json = browser.post_with(PREFERENCES, &[("whatsapp_status", "true")], &headers).await;
    assert_eq!(json.status, 200);
    assert_eq!([&json.json()["whatsapp_status"], &json.json()["sms_assigned"]], [true, true]);
    assert_eq!(browser.post(PREFERENCES, &chosen).await.status, 403, "not without the form's token");
}

#[tokio::test]
async fn name_and_phone_are_changed_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let browser = Browser::of(&app, &roro);
    let page = "/customer/preferences/profile";
    let wrong = browser.fill(page, PREFERENCES, &[("name", " "), ("phone", "0812")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Isi nama Anda dulu.") && wrong.has("Nomor belum lengkap.") && wrong.has("value=\"0812\""));
    let right = browser.fill(page, PREFERENCES, &[("name", "Roro K."), ("phone", "0812 3456 0198")]).await;
    assert_eq!(right.status, 303);
    let json = browser.get_json(PREFERENCES).await.json();
    assert_eq!((&json["name"], &json["phone"]), (&"Roro K.".into(), &"+6281234560198".into()));
    assert!(browser.get(PREFERENCES).await.has("0812-3456-0198"));
    browser.fill(page, PREFERENCES, &[("name", "Roro K."), ("phone", "")]).await;
    assert!(browser.get_json(PREFERENCES).await.json()["phone"].is_null());
}

#[tokio::test]
async fn the_language_of_a_person_is_kept_with_the_person() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let (phone, laptop) = (Browser::of(&app, &roro), Browser::of(&app, &roro));
    assert!(laptop.get(LIST).await.has("Tiket saya"));
    let form = [("language", "en"), ("zone", "WIT"), ("theme", "dark")];
    assert_eq!(phone.fill("/customer/preferences/display", PREFERENCES, &form).await.status, 303);
    let page = phone.get(PREFERENCES).await;
    assert!(page.has("<html lang=\"en\" data-bs-theme=\"dark\">") && page.has("WIT, Jayapura"), "{}", page.text);
    let page = laptop.get(LIST).await;
    assert!(page.has("My tickets"), "her other browser speaks it too");
    assert!(page.has("data-bs-theme=\"auto\""), "and keeps its own look");
    let bad = phone.fill("/customer/preferences/display", PREFERENCES, &[("zone", "CET")]).await;
    assert_eq!(bad.status, 422);
    // The switch on every page does the same.
    assert!(laptop.get("/customer/support/tickets?lang=id").await.has("Tiket saya"));
    assert!(phone.get(LIST).await.has("Tiket saya"));
    let language: String =
        sqlx::query_scalar("select language from users").fetch_one(&app.app.db).await.expect("a person");
    assert_eq!(language, "id", "mails speak it");
}

#[tokio::test]
async fn a_stranger_in_the_list_of_devices_is_put_out() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let bimo = app.customer("Bimo Suryaningrat").await;
    let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD)];
    let (own, stranger) = (Browser::new(&app), Browser::new(&app));
    own.fill("/login", "/login", &fields).await;
    stranger.fill("/login", "/login", &fields).await;
    let page = own.get(DEVICES).await;
    assert!(page.has("Perangkat ini") && page.has("Masuk Hari ini 09:00"), "{}", page.text);
    let devices = own.get_json(DEVICES).await.json();
    let items = devices["items"].as_array().expect("a list");
    assert_eq!(items.len(), 3);
    assert_eq!(items.iter().filter(|it| it["here"] == true).count(), 1);
    let ids = stranger.get_json(DEVICES).await.json();
    let id = ids["items"].as_array().expect("a list").iter().find(|it| it["here"] == true).expect("one")["id"].clone();
    let end = format!("{DEVICES}/{}/end", id.as_str().expect("an id"));
    let others = Browser::of(&app, &bimo);
    assert_eq!(others.fill(PREFERENCES, &end, &[]).await.status, 404, "not somebody else's");
    assert_eq!(stranger.get(LIST).await.status, 200);
    let page = own.fill(DEVICES, &end, &[]).await;
    assert_eq!((page.status, page.location()), (303, "/customer/preferences/devices?done=ended"));
    assert_eq!(stranger.get(LIST).await.status, 303);
    assert_eq!(own.fill(DEVICES, &format!("{DEVICES}/others/end"), &[]).await.status, 303);
    assert_eq!(own.get_json(DEVICES).await.json()["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(own.get(LIST).await.status, 200);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_the_old_one() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro Kusumawardhani").await;
    let (browser, other) = (Browser::of(&app, &roro), Browser::new(&app));
    let fields = [("email", roro.person.email.as_str()), ("password", PASSWORD)];
    other.fill("/login", "/login", &fields).await;
    let change = async |current: &str, new: &str, again: &str| {
        let form = [("current_password", current), ("password", new), ("password_confirmation", again)];
        browser.fill(DEVICES, "/customer/preferences/password", &form).await
    };
    let page = change("", "pendek", "").await;
    assert_eq!(page.status, 422);
    assert!(page.has("Isi kata sandi Anda sekarang.") && page.has("Kata sandi minimal 10 huruf."));
    let page = change("bukan yang ini", "kenanga biru 9", "kenanga biru 9").await;
    assert_eq!(page.status, 422);
    assert!(page.has("Kata sandi ini belum cocok. Tersisa 4 percobaan."), "{}", page.text);
    assert_eq!(other.get(LIST).await.status, 200);
    let page = change(PASSWORD, "kenanga biru 9", "kenanga biru 9").await;
    assert_eq!((page.status, page.location()), (303, "/customer/preferences/devices?done=password"));
    assert!(browser.get(page.location()).await.has("Kata sandi sudah diganti."));
    assert_eq!(other.get(LIST).await.status, 303, "other devices are out");
    assert_eq!(Browser::new(&app).fill("/login", "/login", &fields).await.status, 401);
}
