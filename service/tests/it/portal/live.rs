//! The live line: nothing between page and line, nothing lost or doubled after a cut, nothing internal.

use std::time::Duration;

use gemilang_protocol::{Priority, Status};
use gemilang_service::domain::tickets::{self, Edit, Intent};
use gemilang_service::domain::{messages, people};
use gemilang_service::testing::TestApp;
use reqwest::header::COOKIE;
use serde_json::Value;
use uuid::Uuid;

use super::browser::Browser;
use super::conversation::actor;
use crate::client::Client;

const LIST: &str = "/customer/support/tickets";

/// One event of the line.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) data: Value,
}

/// An open line.
pub(crate) struct Line {
    response: reqwest::Response,
    text: String,
}

impl Line {
    pub(crate) async fn open(app: &TestApp, token: &str, path: &str, last: Option<&str>) -> Self {
        let mut request = reqwest::Client::new().get(app.at(path)).header(COOKIE, format!("gemilang_session={token}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next event that is no sign of life; nothing when the line ended.
    pub(crate) async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
                };
                let name = field("event").unwrap_or_default();
                if !name.is_empty() && name != "ping" {
                    let data = serde_json::from_str(&field("data").unwrap_or_default()).expect("JSON");
                    return Some(Heard { name, id: field("id"), data });
                }
                continue;
            }
            let bytes = tokio::time::timeout(Duration::from_secs(10), self.response.chunk()).await.expect("in time");
            self.text.push_str(&String::from_utf8_lossy(&bytes.ok()??));
        }
    }
}

#[tokio::test]
async fn the_line_goes_on_where_the_page_ended_and_resumes_after_a_cut() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    let staff = actor(&app, &rina).await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let page = browser.get(&path).await;
    let at = page.text.find("data-cursor=\"").expect("a cursor") + 13;
    let cursor = page.text[at..].split('"').next().expect("its end").to_owned();
    let say = async |text: &str| {
        messages::send(&app.app, &staff, ticket.id, Uuid::now_v7(), text).await.expect("sent").message
    };

    // Between page and line.
    let first = say("satu").await;
    let mut line = Line::open(&app, &roro.token, &format!("{path}/live?after={cursor}"), None).await;
    let heard = line.next().await.expect("an event");
    assert_eq!((heard.name.as_str(), &heard.data["id"]), ("message", &Value::from(first.id.to_string())));
    assert_eq!(heard.data["sender"]["name"], "Rina Puspitasari");

    // The line is cut; what is said meanwhile, a note among it, waits.
    let mut last = heard.id;
    // The first reply moved the ticket on; that is told as well.
    let moved = line.next().await.expect("the ticket");
    assert_eq!(moved.name, "ticket");
    assert_eq!(moved.data["status"], "in_progress");
    last = moved.id.or(last);
    drop(line);
    let second = say("dua").await;
    tickets::act(
        &app.app,
        ticket.id,
        &staff,
        Intent::Note { id: Uuid::now_v7(), text: "RAHASIA".to_owned(), mentions: vec![] },
    )
    .await
    .expect("a note");
    let third = say("tiga").await;
    let mut line = Line::open(&app, &roro.token, &format!("{path}/live?after={cursor}"), last.as_deref()).await;
    for message in [&second, &third] {
        let heard = line.next().await.expect("an event");
        assert_eq!((heard.name.as_str(), &heard.data["id"]), ("message", &Value::from(message.id.to_string())));
    }

    // What changes is told in words and as the ticket.
    let urgent = Intent::Edit(Edit { priority: Some(Priority::High), ..Edit::default() });
    tickets::act(&app.app, ticket.id, &staff, urgent).await.expect("changed");
    tickets::act(&app.app, ticket.id, &staff, Intent::Status { to: Status::Resolved, reason: None })
        .await
        .expect("resolved");
    let mut names = Vec::new();
    while names.last().is_none_or(|(name, status): &(String, Value)| name != "ticket" || status != "resolved") {
        let heard = line.next().await.expect("an event");
        assert!(!heard.data.to_string().contains("RAHASIA"));
        names.push((heard.name, heard.data.get("status").cloned().unwrap_or_default()));
    }
    assert!(names.iter().any(|(name, _)| name == "trail"));
}

#[tokio::test]
async fn a_read_is_told_and_signing_out_ends_the_line() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    let staff = actor(&app, &rina).await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let mut line = Line::open(&app, &roro.token, &format!("{path}/live"), None).await;
    tickets::read(&app.app, ticket.id, &staff, None, 1).await.expect("read");
    let heard = line.next().await.expect("an event");
    assert_eq!(heard.name, "read");
    assert_eq!(heard.data, serde_json::json!({ "by": "admin", "up_to": 1 }));
    browser.fill(LIST, "/logout", &[]).await;
    assert_eq!(line.next().await.expect("an event").name, "bye");
    assert!(line.next().await.is_none());
    assert_eq!(browser.get_json(&format!("{path}/live")).await.status, 401);
    let other = Browser::of(&app, &app.customer("Bimo").await);
    assert_eq!(other.get_json(&format!("{path}/live")).await.status, 404);
    let bad = Browser::of(&app, &app.customer("Siti").await);
    assert_eq!(bad.get_json(&format!("{LIST}/{}/live?after=x", ticket.id)).await.status, 404);
}

#[tokio::test]
async fn a_message_is_sent_then_delivered_and_typing_is_seen() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let page = browser.get(&path).await;
    assert!(page.has("<span>Terkirim</span></div>") && !page.has("<span>Sampai</span></div>"), "on no desk yet");
    let mut line = Line::open(&app, &roro.token, &format!("{path}/live"), None).await;

    // A desk that comes and catches up has what was there before.
    let client = Client::new(&app, &rina);
    let (_, at) = client.pull_all(None, 100).await;
    browser.fill(&path, &format!("{path}/messages"), &[("message", "Halo?")]).await;
    assert_eq!(line.next().await.expect("an event").name, "message");
    let mut desk = client.live(Some(&at.to)).await;
    desk.until(|rows| !rows.is_empty()).await;
    // Its socket answers the ping as it reads on.
    let reading = tokio::spawn(async move { while let Ok(_frame) = desk.next().await {} });
    let heard = line.next().await.expect("an event");
    assert_eq!((heard.name.as_str(), &heard.data["up_to"], &heard.id), ("delivered", &Value::from(2), &None));
    assert!(browser.get(&path).await.has("<span>Sampai</span></div>"));

    // What comes while it is connected is delivered at once.
    browser.fill(&path, &format!("{path}/messages"), &[("message", "Masih di sana?")]).await;
    // The desk may be the faster of the two; the page knows what to make of either order.
    let mut heard = [line.next().await.expect("an event"), line.next().await.expect("an event")];
    heard.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!((heard[0].name.as_str(), &heard[0].data["up_to"]), ("delivered", &Value::from(3)));
    assert_eq!(heard[1].name, "message");
    reading.abort();

    let mut desk = client.live(None).await;
    desk.say(&format!(r#"{{"say":"typing","ticket":"{}"}}"#, ticket.id)).await;
    desk.say("not for us").await;
    let heard = line.next().await.expect("an event");
    assert_eq!((heard.name.as_str(), &heard.data["text"]), ("typing", &Value::from("Rina sedang mengetik")));
    assert_eq!(heard.data["name"], "Rina Puspitasari");
}

#[tokio::test]
async fn who_is_deactivated_hears_no_more() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await;
    let mut line = Line::open(&app, &roro.token, &format!("{LIST}/{}/live", ticket.id), None).await;
    people::set_active(&app.app, roro.person.id, false).await.expect("deactivated");
    assert_eq!(line.next().await.expect("an event").name, "bye");
    assert!(line.next().await.is_none());
}
