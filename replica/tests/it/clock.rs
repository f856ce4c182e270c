//! Clocks that jump: the machine that slept, the clock that was set, and what is told about times all the same.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use gemilang_protocol::Time;
use gemilang_protocol::desk::views::{Line, OpState};
use gemilang_replica::engine;
use gemilang_service::Clock;
use gemilang_service::testing::{Credentials, TestApp, start_of_time};
use serde_json::Value;

use crate::desk::{Desk, PATIENCE, at_the_service, customer_says, settled};
use crate::proxy::Proxy;

/// The watchdog looks once a second. A line that is dead without a word is noticed after fifteen only.
const AWAKE: Duration = Duration::from_secs(6);

/// A wall clock that goes by itself, and jumps when it is told to.
#[derive(Clone)]
struct Wall {
    at: Arc<Mutex<Time>>,
    begun: Instant,
}

impl Wall {
    fn at(time: Time) -> Self {
        Self { at: Arc::new(Mutex::new(time)), begun: Instant::now() }
    }

    fn now(&self) -> Time {
        *self.at.lock().unwrap() + self.begun.elapsed()
    }

    fn jump(&self, by: TimeDelta) {
        *self.at.lock().unwrap() += by;
    }

    fn clock(&self) -> engine::Clock {
        let wall = self.clone();
        engine::Clock::wall(move || wall.now())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_jump_is_taken_for_sleep_and_the_list_is_right_at_once() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let wall = Wall::at(start_of_time());
    let desk = Desk::live_by(&proxy.url, &kadek, wall.clock()).await;
    let jumps = [TimeDelta::hours(3), TimeDelta::hours(-1), TimeDelta::days(3)];
    for (before, jump) in jumps.into_iter().enumerate() {
        // What was open sleeps on, and nothing says that it is dead.
        proxy.deaden();
        customer_says(&app, &sari, &ticket, "Halo, masih di sana?").await;
        let woken = Instant::now();
        wall.jump(jump);
        desk.thread(ticket.id, |thread| thread.messages.len() == 2 + before).await;
        desk.line(|line| *line == Line::Live).await;
        assert!(woken.elapsed() < AWAKE, "{jump}: after {:?}", woken.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn offline_since_and_the_next_try_survive_a_clock_that_is_set() {
    let app = TestApp::start().await;
    let kadek = app.staff("Kadek").await;
    let proxy = Proxy::to(&app.url).await;
    let wall = Wall::at(start_of_time());
    let desk = Desk::live_by(&proxy.url, &kadek, wall.clock()).await;
    for jump in [TimeDelta::hours(-1), TimeDelta::hours(3), TimeDelta::days(-3)] {
        proxy.cut();
        let status = desk.line(|line| matches!(line, Line::Offline { .. })).await;
        wall.jump(jump);
        proxy.mend(&app.url);
        let mended = Instant::now();
        let now = wall.now();
        if let Line::Offline { since } = status.line {
            assert!(since <= now - jump);
        }
        let mut told = desk.engine.status();
        let live = async {
            // What is said now was said before the jump; the watchdog says it anew.
            told.mark_unchanged();
            loop {
                told.changed().await.unwrap();
                match told.borrow_and_update().line {
                    Line::Offline { since } => {
                        assert!(since <= wall.now(), "offline since {since}, and it is {}", wall.now());
                    }
                    Line::Live => return,
                    _ => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, live).await.unwrap();
        assert!(mended.elapsed() < AWAKE, "{jump}: after {:?}", mended.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_waited_is_held_by_a_desk_with_a_wrong_clock_too() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    for (ahead, wait, held) in [
        (TimeDelta::hours(3), TimeDelta::seconds(30), true),
        (TimeDelta::hours(-1), TimeDelta::zero(), false),
        (TimeDelta::hours(3), TimeDelta::hours(-1), true),
    ] {
        let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
        let proxy = Proxy::to(&app.url).await;
        let wall = Wall::at(start_of_time() + ahead);
        let desk = Desk::live_by(&proxy.url, &kadek, wall.clock()).await;
        desk.thread(ticket.id, |_| true).await;
        proxy.cut();
        desk.line(|line| matches!(line, Line::Offline { .. })).await;
        customer_says(&app, &sari, &ticket, "Sudah tidak jadi, Kak.").await;
        desk.reply_at(&ticket, "Baik, kami pasang besok.", wall.now()).await;
        wall.jump(wait);
        proxy.mend(&app.url);
        desk.engine.nudge();
        if held {
            desk.thread(ticket.id, |thread| thread.unsent.first().is_some_and(|it| it.state == OpState::Held)).await;
            assert_eq!(at_the_service(&app, &ticket).await.len(), 2);
            let waits = desk.replica.held_replies().await.unwrap();
            assert!(waits.iter().any(|it| it.about.ticket == ticket.id && it.colleague.is_none()), "{waits:?}");
        } else {
            desk.thread(ticket.id, |thread| settled(thread, 3)).await;
        }
        desk.engine.stop().await;
    }
}

/// The customer's polling fallback.
async fn polled(app: &TestApp, who: &Credentials, path: &str) -> Value {
    let response = reqwest::Client::new()
        .get(app.at(path))
        .header("accept", "application/json")
        .header("cookie", format!("gemilang_session={}", who.token))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// The first message of the live line.
async fn next_live(mut line: reqwest::Response) -> Value {
    let mut text = String::new();
    loop {
        let bytes = tokio::time::timeout(PATIENCE, line.chunk()).await.unwrap().unwrap().unwrap();
        text.push_str(&String::from_utf8_lossy(&bytes));
        let message = text.split("\n\n").find(|event| event.contains("event: message") && event.contains("data: "));
        if let Some(data) = message.and_then(|event| event.lines().find_map(|line| line.strip_prefix("data: ")))
            && let Ok(message) = serde_json::from_str(data)
        {
            return message;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_written_three_hours_ago_is_in_its_place_at_customers_who_poll_and_who_listen() {
    let clock = Clock::at(start_of_time());
    let app = TestApp::start_with(clock.clone()).await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let wall = Wall::at(start_of_time());
    let desk = Desk::live_by(&proxy.url, &kadek, wall.clock()).await;
    let first = desk.thread(ticket.id, |_| true).await.messages[0].id;
    proxy.cut();
    desk.line(|line| matches!(line, Line::Offline { .. })).await;
    let written = wall.now();
    desk.reply_at(&ticket, "Kami cek malam ini ya, Kak.", written).await;

    // Three hours in a ballroom; meanwhile a colleague notes something, which is an event too.
    wall.jump(TimeDelta::hours(3));
    clock.forward(Duration::from_secs(3 * 3600));
    let colleague = Desk::live(&app.url, &rina).await;
    let note = gemilang_protocol::Act::Note { note: "Vendor sudah dihubungi".to_owned() };
    colleague.write(uuid::Uuid::now_v7(), &ticket, note).await;
    colleague.thread(ticket.id, |thread| thread.unsent.is_empty() && !thread.notes.is_empty()).await;

    let door = format!("/customer/support/tickets/{}", ticket.id);
    let live = reqwest::Client::new()
        .get(app.at(&format!("{door}/live")))
        .header("cookie", format!("gemilang_session={}", sari.token))
        .send()
        .await
        .unwrap();
    assert_eq!(live.status(), 200);
    proxy.mend(&app.url);
    desk.engine.nudge();
    let thread = desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    let listened = next_live(live).await;
    customer_says(&app, &sari, &ticket, "Terima kasih!").await;
    let polled = polled(&app, &sari, &format!("{door}/messages?after={first}")).await;
    let items = polled["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{polled}");
    for seen in [&listened, &items[0]] {
        assert_eq!(seen["message"], "Kami cek malam ini ya, Kak.");
        assert_eq!(seen["n"], thread.messages[1].n);
        let time = |key: &str| seen[key].as_str().unwrap().parse::<Time>().unwrap();
        assert!((time("written_at") - written).abs() < TimeDelta::milliseconds(1), "{seen}");
        assert_eq!(time("created_at"), start_of_time() + TimeDelta::hours(3));
    }
    assert!(items[0]["n"].as_i64() < items[1]["n"].as_i64());
}
