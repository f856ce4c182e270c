//! The outbox against a real mail server: once each, again after a pause, given up and seen, and what a crash leaves.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use gemilang_service::domain::shares::{self, What};
use gemilang_service::outbox::carrier::Carrier;
use gemilang_service::outbox::work::round;
use gemilang_service::outbox::{self, Letter};
use gemilang_service::testing::TestApp;
use gemilang_service::{App, Clock, Config};
use serde_json::Value;

/// How long a mail may take to arrive.
const SOON: Duration = Duration::from_secs(10);

/// A mail server in a process of its own.
struct Post {
    child: Child,
    url: String,
    carrier: Carrier,
    mails: Receiver<Value>,
}

impl Post {
    fn start() -> Self {
        Self::start_with("smtp", "", &[])
    }

    fn start_with(scheme: &str, query: &str, arguments: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp.py");
        // Debian's own, which finds Debian's aiosmtpd.
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 with aiosmtpd; `cargo xtask test` installs it");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let port: u16 = lines.next().expect("its port").parse().expect("a port");
        let (tell, mails) = channel();
        std::thread::spawn(move || {
            for line in lines {
                let mail = serde_json::from_str(&line).expect("JSON");
                if tell.send(mail).is_err() {
                    return;
                }
            }
        });
        let url = format!("{scheme}://127.0.0.1:{port}{query}");
        let config = Config { smtp_url: url.clone(), ..Config::default() };
        Self { child, url, carrier: Carrier::new(&config).expect("a carrier"), mails }
    }

    /// The next mail that was accepted.
    fn next(&self) -> Value {
        self.mails.recv_timeout(SOON).expect("a mail")
    }

    fn nothing_more(&self) {
        assert_eq!(self.mails.try_recv().ok(), None);
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        // It ends with its input; gone already is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A customer with this address.
async fn known(app: &TestApp, address: &str) {
    let roro = app.customer("Roro Kusumawardhani").await;
    sqlx::query("update users set email = $2 where id = $1")
        .bind(roro.person.id)
        .bind(address)
        .execute(&app.app.db)
        .await
        .expect("an address");
}

async fn put(app: &App, letter: &Letter, address: &str) {
    outbox::put(&app.db, letter, address, app.clock.now()).await.expect("the outbox");
}

async fn state(app: &App, address: &str) -> (String, i32, Option<String>) {
    sqlx::query_as("select state, attempts, fault from message_outbox where recipient = $1")
        .bind(address)
        .fetch_one(&app.db)
        .await
        .expect("a letter")
}

#[tokio::test]
async fn two_workers_send_every_mail_once() {
    let (app, post) = (TestApp::start().await, Post::start());
    let other = app.second().await;
    known(&app, "roro@contoh.id").await;
    for _ in 0..60 {
        put(&app.app, &Letter::SignIn {}, "roro@contoh.id").await;
    }
    let (one, two) = tokio::join!(round(&app.app, &post.carrier), round(&other.app, &post.carrier));
    assert_eq!(one.expect("a round") + two.expect("a round"), 60);
    let mut ids: Vec<_> = (0..60).map(|_| post.next()["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60, "no letter twice");
    post.nothing_more();
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 0);
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let (app, post) = (TestApp::start().await, Post::start());
    known(&app, "roro@contoh.id").await;
    put(&app.app, &Letter::Reset {}, "roro@contoh.id").await;
    round(&app.app, &post.carrier).await.expect("a round");
    let mail = post.next();
    assert_eq!(mail["to"], serde_json::json!(["roro@contoh.id"]));
    assert_eq!(mail["from"], "bantuan@localhost");
    assert_eq!(mail["subject"], "Buat kata sandi baru");
    let link = format!("{}/password/reset/", app.url);
    assert!(mail["text"].as_str().is_some_and(|text| text.contains(&link)), "{mail}");
    assert!(mail["html"].as_str().is_some_and(|html| html.contains(&link)), "{mail}");
    let captured = app.mails().await;
    assert!(captured.is_empty(), "what is sent is not kept");
}

#[tokio::test]
async fn a_busy_server_and_a_broken_line_are_tried_again() {
    let (app, post) = (TestApp::start().await, Post::start());
    for (address, fault) in [("busy@contoh.id", "451"), ("cut@contoh.id", "")] {
        known(&app, address).await;
        put(&app.app, &Letter::Confirm {}, address).await;
        put_unconfirmed(&app, address).await;
        assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 1);
        let (now, attempts, why) = state(&app.app, address).await;
        assert_eq!((now.as_str(), attempts), ("waiting", 1));
        assert!(why.is_some_and(|why| why.contains(fault)), "{address}");
        assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 0, "not before the pause is over");
        post.nothing_more();
        app.app.clock.forward(Duration::from_secs(61));
        assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 1);
        assert_eq!(post.next()["to"][0], address);
        assert_eq!(state(&app.app, address).await.0, "sent");
    }
}

/// The letter that confirms goes only to who has not confirmed yet.
async fn put_unconfirmed(app: &TestApp, address: &str) {
    sqlx::query("update users set email_confirmed_at = null where email = $1")
        .bind(address)
        .execute(&app.app.db)
        .await
        .expect("an account");
}

#[tokio::test]
async fn what_is_refused_for_good_is_seen_and_can_be_tried_afresh() {
    let (app, post) = (TestApp::start().await, Post::start());
    known(&app, "gone@contoh.id").await;
    put(&app.app, &Letter::Reset {}, "gone@contoh.id").await;
    round(&app.app, &post.carrier).await.expect("a round");
    let dead = outbox::dead(&app.app).await.expect("the dead");
    assert_eq!(dead.len(), 1);
    assert!(dead[0].fault.contains("550") && dead[0].attempts == 1, "{dead:?}");
    app.app.clock.forward(Duration::from_secs(86_400));
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 0);
    assert_eq!(outbox::revive(&app.app).await.expect("the dead"), 1);
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 1);

    // Who asked for a link has long gone on: it is not sent hours later.
    known(&app, "full@contoh.id").await;
    put(&app.app, &Letter::SignIn {}, "full@contoh.id").await;
    for _ in 0..10 {
        round(&app.app, &post.carrier).await.expect("a round");
        app.app.clock.forward(Duration::from_secs(1_800));
    }
    let (now, attempts, why) = state(&app.app, "full@contoh.id").await;
    assert_eq!(now, "dead");
    assert!((2..=5).contains(&attempts) && why.is_some_and(|why| why.contains("452")));
    post.nothing_more();
}

#[tokio::test]
async fn a_worker_that_died_leaves_its_letters_to_others() {
    let (app, post) = (TestApp::start().await, Post::start());
    known(&app, "roro@contoh.id").await;
    put(&app.app, &Letter::SignIn {}, "roro@contoh.id").await;
    // As a worker leaves it that is killed between taking a letter and settling it.
    sqlx::query(
        "update message_outbox set lease = gen_random_uuid(), attempts = 1, due_at = due_at + interval '5 minutes'",
    )
    .execute(&app.app.db)
    .await
    .expect("a lease");
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 0);
    app.app.clock.forward(Duration::from_secs(301));
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 1);
    post.next();
}

#[tokio::test]
async fn a_mail_whose_acceptance_was_not_heard_goes_again_under_the_same_id() {
    let (app, post) = (TestApp::start().await, Post::start());
    known(&app, "lost@contoh.id").await;
    put(&app.app, &Letter::Reset {}, "lost@contoh.id").await;
    round(&app.app, &post.carrier).await.expect("a round");
    let first = post.next();
    app.app.clock.forward(Duration::from_secs(61));
    round(&app.app, &post.carrier).await.expect("a round");
    let second = post.next();
    assert_eq!(first["id"], second["id"]);
    assert_eq!(state(&app.app, "lost@contoh.id").await.0, "sent");
}

#[tokio::test]
async fn nobody_is_told_what_is_none_of_theirs() {
    let (app, post) = (TestApp::start().await, Post::start());
    let rina = app.staff("Rina Puspitasari").await;
    put(&app.app, &Letter::Reset {}, "nobody@contoh.id").await;
    put(&app.app, &Letter::Reset {}, &rina.person.email).await;
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 2);
    post.nothing_more();
    assert_eq!(state(&app.app, "nobody@contoh.id").await.0, "dropped");
    assert_eq!(state(&app.app, &rina.person.email).await.0, "dropped");
}

#[tokio::test]
async fn serving_also_works_the_outbox_and_a_letter_wakes_it() {
    let app = TestApp::start_as(|config| config.outbox = true).await;
    known(&app, "roro@contoh.id").await;
    put(&app.app, &Letter::SignIn {}, "roro@contoh.id").await;
    app.app.post.ring();
    let deadline = std::time::Instant::now() + SOON;
    while state(&app.app, "roro@contoh.id").await.0 != "sent" {
        assert!(std::time::Instant::now() < deadline, "nobody sent it");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_letter_that_cannot_be_written_comes_to_an_end_and_is_seen() {
    let (app, post) = (TestApp::start().await, Post::start());
    known(&app, "roro@contoh.id").await;
    let raw = async |kind: &str, attempts: i32| {
        sqlx::query(
            "insert into message_outbox (id, kind, recipient, attempts, due_at, created_at)
             values (gen_random_uuid(), $1, $1 || '@contoh.id', $2, $3, $3)",
        )
        .bind(kind)
        .bind(attempts)
        .bind(app.app.clock.now())
        .execute(&app.app.db)
        .await
        .expect("a letter");
    };
    // Its data is not what its kind says; each of its tries took the worker down; its kind comes from a newer service.
    raw("new_sign_in", 0).await;
    raw("reset", 40).await;
    raw("newsletter", 0).await;
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 3);
    let (now, _, why) = state(&app.app, "new_sign_in@contoh.id").await;
    assert!(now == "dead" && why.as_deref().is_some_and(|why| why.contains("cannot be read")), "{now} {why:?}");
    let (now, _, why) = state(&app.app, "reset@contoh.id").await;
    assert!(now == "dead" && why.as_deref() == Some("no try came to an end"), "{now} {why:?}");
    assert_eq!(state(&app.app, "newsletter@contoh.id").await.0, "waiting", "somebody else may know it");
    // What it is written from is away: it is tried again, and not for ever.
    sqlx::query("alter table links rename to links_away").execute(&app.app.db).await.expect("away");
    put(&app.app, &Letter::Reset {}, "roro@contoh.id").await;
    assert_eq!(round(&app.app, &post.carrier).await.expect("a round"), 1);
    assert_eq!(state(&app.app, "roro@contoh.id").await.0, "waiting");
    for hours in [2, 47] {
        app.app.clock.forward(Duration::from_secs(hours * 3_600));
        round(&app.app, &post.carrier).await.expect("a round");
    }
    let (now, _, why) = state(&app.app, "roro@contoh.id").await;
    assert!(now == "dead" && why.as_deref().is_some_and(|why| why.contains("links")), "{now} {why:?}");
    assert_eq!(state(&app.app, "newsletter@contoh.id").await.0, "dead");
    assert_eq!(outbox::dead(&app.app).await.expect("the dead").len(), 4);
    let metrics = reqwest::get(app.at("/metrics")).await.expect("an answer").text().await.expect("text");
    assert!(metrics.contains("mails_dead 4"), "{metrics}");
    post.nothing_more();
}

#[tokio::test]
async fn either_copy_of_an_invitation_that_went_twice_opens_it() {
    let (app, post) = (TestApp::start().await, Post::start());
    let roro = app.customer("Roro Kusumawardhani").await;
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    shares::invite(&app.app, &roro.person, "lost@contoh.id", Some(What::Ticket(ticket.id))).await.expect("asked");
    round(&app.app, &post.carrier).await.expect("a round");
    let first = post.next();
    app.app.clock.forward(Duration::from_secs(61));
    round(&app.app, &post.carrier).await.expect("a round");
    let second = post.next();
    assert_eq!(first["id"], second["id"], "a mail program shows one of them, whichever came first");
    for mail in [first, second] {
        let text = mail["text"].as_str().expect("text").to_owned();
        let link = text.lines().find(|line| line.contains("/invitation/")).expect("a link");
        assert_eq!(reqwest::get(link).await.expect("an answer").status().as_u16(), 200, "{link}");
    }
}

/// A certificate for this machine that signed itself, and its key.
fn certificate(dir: &std::path::Path) -> [String; 2] {
    let [cert, key] = ["cert.pem", "key.pem"].map(|name| dir.join(name).to_str().expect("a path").to_owned());
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=mail.contoh.id", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", &key, "-out", &cert])
        .stderr(Stdio::null())
        .status()
        .expect("openssl; `cargo xtask test` installs it");
    assert!(made.success());
    [cert, key]
}

#[tokio::test]
async fn over_tls_a_mail_goes_only_to_a_server_that_proves_itself() {
    let app = TestApp::start_with(Clock::default()).await;
    let dir = tempfile::tempdir().expect("a directory");
    let [cert, key] = certificate(dir.path());
    for (way, scheme, query) in [("tls", "smtps", ""), ("starttls", "smtp", "?tls=required")] {
        let post = Post::start_with(scheme, query, &[&cert, &key, way]);
        // Nobody vouches for its certificate here: nothing is sent, and the operator can read why.
        let stranger = format!("stranger-{way}@contoh.id");
        known(&app, &stranger).await;
        put(&app.app, &Letter::Reset {}, &stranger).await;
        round(&app.app, &post.carrier).await.expect("a round");
        let (now, _, why) = state(&app.app, &stranger).await;
        assert!(why.as_deref().is_some_and(|why| why.to_lowercase().contains("certificate")), "{why:?}");
        assert_eq!(now, "waiting");
        post.nothing_more();
        // An operator whose machine trusts it: the service as it is run.
        let address = format!("roro-{way}@contoh.id");
        known(&app, &address).await;
        put(&app.app, &Letter::Reset {}, &address).await;
        let mut worker = Command::new(env!("CARGO_BIN_EXE_gemilang-service"))
            .arg("work")
            .env("DATABASE_URL", app.database_url())
            .env("GEMILANG_SMTP_URL", &post.url)
            .env("SSL_CERT_FILE", &cert)
            .spawn()
            .expect("the service");
        let mail = post.mails.recv_timeout(SOON);
        worker.kill().expect("it ends");
        worker.wait().expect("it ended");
        assert_eq!(mail.expect("a mail")["to"][0], address.as_str());
    }
}
