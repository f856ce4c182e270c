//! Web push against a push service of our own: it decrypts what arrives, says that a device is gone, and is never a neighbour.

use std::sync::{Arc, Mutex};

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hmac;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gemilang_service::domain::shares::{self, What};
use gemilang_service::domain::{messages, tickets};
use gemilang_service::testing::TestApp;
use serde_json::Value;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::conversation::actor;
use crate::client::eventually;

const LIST: &str = "/customer/support/tickets";

/// A device and the push service that reaches it.
#[derive(Clone)]
struct Device {
    endpoint: String,
    key: Arc<PrivateKey>,
    secret: [u8; 16],
    heard: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Device {
    async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let device = Self {
            endpoint: format!("http://{address}/device"),
            key: Arc::new(PrivateKey::generate(&ECDH_P256).expect("a key")),
            secret: *Uuid::new_v4().as_bytes(),
            heard: Arc::default(),
            answer: Arc::new(Mutex::new(StatusCode::CREATED)),
        };
        let take = async |State(device): State<Self>, headers: HeaderMap, body: Bytes| {
            device.heard.lock().expect("heard").push((headers, body));
            *device.answer.lock().expect("an answer")
        };
        let router = axum::Router::new().route("/device", post(take)).with_state(device.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        device
    }

    fn fields(&self) -> [(&'static str, String); 3] {
        let public = self.key.compute_public_key().expect("a key");
        [
            ("endpoint", self.endpoint.clone()),
            ("p256dh", URL_SAFE_NO_PAD.encode(public.as_ref())),
            ("auth", URL_SAFE_NO_PAD.encode(self.secret)),
        ]
    }

    /// The message with this number, once it is there.
    async fn message(&self, number: usize) -> (HeaderMap, Value) {
        let (headers, body) = eventually(async || self.heard.lock().expect("heard").get(number).cloned()).await;
        (headers, serde_json::from_slice(&self.open(&body)).expect("JSON"))
    }

    /// As a browser decrypts it: written down anew from RFC 8188 and RFC 8291, by HMAC alone.
    fn open(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (record, rest) = rest.split_at(4);
        assert!(
            u32::from_be_bytes(record.try_into().expect("four bytes")) >= u32::try_from(body.len()).expect("short")
        );
        let (sender, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let own = self.key.compute_public_key().expect("a key");
        let shared =
            agree(&self.key, UnparsedPublicKey::new(&ECDH_P256, sender), (), |it| Ok(it.to_vec())).expect("a key");
        let mac = |key: &[u8], data: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data).as_ref().to_vec();
        let info = [b"WebPush: info\0", own.as_ref(), sender, &[1]].concat();
        let ikm = mac(&mac(&self.secret, &shared), &info);
        let prk = mac(salt, &ikm);
        let key = &mac(&prk, b"Content-Encoding: aes128gcm\0\x01")[..16];
        let nonce = &mac(&prk, b"Content-Encoding: nonce\0\x01")[..12];
        let aead = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key).expect("a key"));
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).expect("twelve bytes");
        let plain = aead.open_in_place(nonce, Aad::empty(), &mut sealed).expect("it opens").to_vec();
        let (end, text) = plain.split_last().expect("padding");
        assert_eq!(*end, 2, "the last record");
        text.to_vec()
    }
}

async fn ask(browser: &Browser, path: &str, fields: &[(&str, String)]) -> Page {
    let token = browser.get(LIST).await.value("csrf");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("csrf", &token));
    browser.post_with(path, &fields, &[("accept", "application/json")]).await
}

#[tokio::test]
async fn a_reply_reaches_the_device_and_nobody_else_can_read_it() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    let browser = Browser::of(&app, &roro);
    let device = Device::new().await;
    assert_eq!(ask(&browser, "/customer/push", &device.fields()).await.status, 204);
    assert_eq!(ask(&browser, "/customer/push", &device.fields()).await.status, 204, "said twice is said once");

    // The test button.
    assert_eq!(ask(&browser, "/customer/push/test", &device.fields()).await.status, 204);
    let (headers, news) = device.message(0).await;
    assert_eq!(
        (news["test"].as_bool(), news["person"].as_str()),
        (Some(true), Some(roro.person.id.to_string().as_str()))
    );
    assert_eq!(headers["content-encoding"], "aes128gcm");
    let authorization = headers["authorization"].to_str().expect("text");
    let public = authorization.split("k=").nth(1).expect("a key");
    assert!(browser.get(LIST).await.has(&format!("data-push=\"{public}\"")), "the key that browsers subscribed to");

    // A reply; a second process hears of it too, and it is announced once.
    let second = app.second().await;
    let staff = actor(&app, &rina).await;
    let text = "Baik, Kak Roro.\nSaya geser semuanya ke 06.30.";
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), text).await.expect("sent");
    let (headers, news) = device.message(1).await;
    assert_eq!(news["title"], "Rina · Gemilang WO");
    assert_eq!(news["body"], "Baik, Kak Roro. Saya geser semuanya ke 06.30.");
    assert_eq!(news["url"], format!("{LIST}/{}", ticket.id));
    assert_eq!(headers["topic"], ticket.id.simple().to_string().as_str());
    // One that is read at once stays quiet; the next one shows that nothing came between.
    messages::send(&second.app, &staff, ticket.id, Uuid::now_v7(), "Sudah dibaca").await.expect("sent");
    tickets::read(&app.app, ticket.id, &actor(&app, &roro).await, None, 99).await.expect("read");
    messages::send(&second.app, &staff, ticket.id, Uuid::now_v7(), "Belum dibaca").await.expect("sent");
    assert_eq!(device.message(2).await.1["body"], "Belum dibaca");

    // A device that is gone is written to no more.
    *device.answer.lock().expect("an answer") = StatusCode::GONE;
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Masih di sana?").await.expect("sent");
    device.message(3).await;
    eventually(async || {
        let left: i64 =
            sqlx::query_scalar("select count(*) from push_subscriptions").fetch_one(&app.app.db).await.ok()?;
        (left == 0).then_some(())
    })
    .await;
    assert_eq!(ask(&browser, "/customer/push/test", &device.fields()).await.status, 404);
    second.stop().await;
}

#[tokio::test]
async fn a_device_belongs_to_who_is_signed_in_on_it() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let browser = Browser::of(&app, &roro);
    let device = Device::new().await;
    let other = Browser::of(&app, &app.customer("Bimo").await);
    assert_eq!(ask(&browser, "/customer/push", &device.fields()).await.status, 204);
    assert_eq!(ask(&other, "/customer/push/test", &device.fields()).await.status, 404, "not theirs");
    assert_eq!(ask(&other, "/customer/push/end", &device.fields()).await.status, 204);
    assert_eq!(ask(&browser, "/customer/push/test", &device.fields()).await.status, 204, "nor theirs to end");
    browser.fill(LIST, "/logout", &[]).await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from push_subscriptions").fetch_one(&app.app.db).await.expect("a count");
    assert_eq!(left, 0, "who signs out is told nothing more here");

    for endpoint in
        ["http://localhost/x", "https://169.254.169.254/x", "https://[::1]/x", "http://127.0.0.2/x", "x", ""]
    {
        let [_, p256dh, auth] = device.fields();
        let refused = ask(&other, "/customer/push", &[("endpoint", endpoint.to_owned()), p256dh, auth]).await;
        assert_eq!((refused.status, refused.json()["errors"]["endpoint"].is_array()), (422, true), "{endpoint}");
    }
    let plain = other
        .post_with("/customer/push", &[("endpoint", "https://push.contoh.id/x")], &[("accept", "application/json")])
        .await;
    assert_eq!(plain.status, 403, "a form of another site does nothing");
}

#[tokio::test]
async fn the_test_button_tells_what_the_push_service_says_and_has_a_limit() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let browser = Browser::of(&app, &roro);
    let device = Device::new().await;
    assert_eq!(ask(&browser, "/customer/push", &device.fields()).await.status, 204);
    for status in [StatusCode::BAD_REQUEST, StatusCode::SERVICE_UNAVAILABLE] {
        *device.answer.lock().expect("an answer") = status;
        let refused = ask(&browser, "/customer/push/test", &device.fields()).await;
        assert_eq!(refused.status, 422, "what a device's push service says is no fault of ours: {status}");
        assert!(refused.has("Layanan pemberitahuan perangkat ini"), "{}", refused.text);
    }
    *device.answer.lock().expect("an answer") = StatusCode::NOT_FOUND;
    assert_eq!(ask(&browser, "/customer/push/test", &device.fields()).await.status, 404);
    let left: i64 =
        sqlx::query_scalar("select count(*) from push_subscriptions").fetch_one(&app.app.db).await.expect("a count");
    assert_eq!(left, 0, "a device that is gone is forgotten");
    let often = ask(&browser, "/customer/push/test", &device.fields()).await;
    assert_eq!(often.status, 429);
    assert!(often.headers.contains_key("retry-after"));
    assert_eq!(device.heard.lock().expect("heard").len(), 3);
}

#[tokio::test]
async fn a_device_that_asks_as_its_session_ends_is_told_to_sign_in() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let browser = Browser::of(&app, &roro);
    let token = browser.get(LIST).await.value("csrf");
    // As it is between the end of a session in another process and the feed's word of it.
    sqlx::query("delete from sessions").execute(&app.app.db).await.expect("no session");
    let device = Device::new().await;
    let fields = device.fields();
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("csrf", &token));
    let refused = browser.post_with("/customer/push", &fields, &[("accept", "application/json")]).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (401, Some("session_expired")));
}

#[tokio::test]
async fn who_lost_the_right_to_hear_a_reply_hears_no_second_try() {
    let app = TestApp::start().await;
    let (roro, bimo) = (app.customer("Raden Roro").await, app.customer("Bimo").await);
    let staff = actor(&app, &app.staff("Rina Puspitasari").await).await;
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    shares::invite(&app.app, &roro.person, &bimo.person.email, Some(What::Ticket(ticket.id))).await.expect("asked");
    let share = shares::with_person(&app.app, &bimo.person).await.expect("shares").pop().expect("one").id;
    shares::accept(&app.app, &bimo.person, share, false).await.expect("accepted");
    let (hers, his) = (Device::new().await, Device::new().await);
    for (who, device) in [(&roro, &hers), (&bimo, &his)] {
        assert_eq!(ask(&Browser::of(&app, who), "/customer/push", &device.fields()).await.status, 204);
        *device.answer.lock().expect("an answer") = StatusCode::SERVICE_UNAVAILABLE;
    }
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Sudah kami geser").await.expect("sent");
    hers.message(0).await;
    his.message(0).await;
    shares::end(&app.app, &roro.person, share).await.expect("ended");
    *hers.answer.lock().expect("an answer") = StatusCode::CREATED;
    // Both tries come after the same pause; then a reply that only she hears.
    assert_eq!(hers.message(1).await.1["body"], "Sudah kami geser");
    messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), "Ada lagi?").await.expect("sent");
    assert_eq!(hers.message(2).await.1["body"], "Ada lagi?");
    assert_eq!(his.heard.lock().expect("heard").len(), 1, "the ticket is no longer his");
}
