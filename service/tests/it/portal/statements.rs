//! How often a page asks the database: each statement is a way there and back, which is most of what a page costs.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use gemilang_service::domain::tickets::{self, Intent};
use gemilang_service::domain::{Actor, messages};
use gemilang_service::testing::TestApp;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use uuid::Uuid;

use super::browser::Browser;
use super::conversation::actor;

const LIST: &str = "/customer/support/tickets";

/// Writes down every statement that this test's service sends.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Text(String);

impl tracing::field::Visit for Text {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        if ["summary", "db.statement"].contains(&field.name()) {
            self.0 += &format!("{value:?}");
        }
    }
}

impl<S: tracing::Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut text = Text(String::new());
            event.record(&mut text);
            self.0.lock().expect("the log").push(text.0);
        }
    }
}

impl Log {
    /// What was asked since the last time, without what the hub asks in between.
    fn take(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.0.lock().expect("the log"));
        let hub = ["pg_snapshot", "pg_current", "notify", "record_events", "listen", "group by status"];
        all.into_iter().filter(|text| !hub.iter().any(|it| text.to_lowercase().contains(it))).collect()
    }
}

#[tokio::test]
async fn a_page_asks_the_database_no_more_often_than_it_must() {
    let log = Log::default();
    let _here = tracing::subscriber::set_default(tracing_subscriber::registry().with(log.clone()));
    // A lone subscriber is asked for in the thread that happens to ask first, where there is none; of two all are asked.
    let _other = tracing::Dispatch::new(tracing_subscriber::registry());
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    app.order(&roro, "GO-2611").await;
    let ticket = app.file(&roro, "Akad dimajukan", "urgent").await.id;
    let staff: Actor = actor(&app, &rina).await;
    let to = Some(staff.person.clone());
    tickets::act(&app.app, ticket, &staff, Intent::Assign { to }).await.expect("assigned");
    messages::send(&app.app, &staff, ticket, Uuid::now_v7(), "Baik, Kak.").await.expect("sent");
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{ticket}");
    // After this the session is known and the message read.
    let page = browser.get(&path).await;
    assert!(page.has("Baik, Kak.") && page.has("Rina"), "{}", page.text);
    // The key that devices are told is asked for once.
    assert_eq!(browser.get(LIST).await.status, 200);
    for (path, most) in [(path.clone(), 5), (format!("{path}/messages"), 2), (LIST.to_owned(), 2)] {
        log.take();
        let page = match path.ends_with("/messages") {
            true => browser.get_json(&path).await,
            false => browser.get(&path).await,
        };
        assert_eq!(page.status, 200);
        let asked = log.take();
        assert!(!asked.is_empty() && asked.len() <= most, "{path} asks {} times: {asked:#?}", asked.len());
    }
}
