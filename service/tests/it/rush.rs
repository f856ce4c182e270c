//! Many requests at once: every limit counts them one by one, and the same thing asked for twice is done once.

use std::collections::BTreeMap;

use gemilang_protocol::Priority;
use gemilang_service::domain::tickets::{self, NewTicket};
use gemilang_service::domain::{Actor, messages};
use gemilang_service::testing::{PASSWORD, TestApp};
use gemilang_service::{Error, Result, auth::sessions};
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;
use crate::portal::browser::Browser;

const LIST: &str = "/customer/support/tickets";

/// How often each outcome came: a word for what went well, else the code of the refusal.
fn tally<T>(done: Vec<Result<T>>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for outcome in done {
        let word = outcome.map_or_else(|error: Error| format!("{:?}", error.code()), |_| "done".to_owned());
        *tally.entry(word).or_default() += 1;
    }
    tally
}

#[tokio::test]
async fn a_rush_of_guesses_is_counted_one_by_one() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let stranger = Client::with_token(&app, "");
    let guesses = (0..24).map(|i| {
        let guess = json!({ "email": sari.person.email, "password": format!("tebakan ke-{i}") });
        let stranger = stranger.clone();
        async move { stranger.post("/admin/session", guess).await.0 }
    });
    let answers = futures_util::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 19, "{answers:?}");
    let right = json!({ "email": sari.person.email, "password": PASSWORD });
    assert_eq!(stranger.post("/admin/session", right).await.0, 429);
}

#[tokio::test]
async fn a_rush_of_right_passwords_comes_in() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let stranger = Client::with_token(&app, "");
    let signing = (0..12).map(|_| {
        let right = json!({ "email": sari.person.email, "password": PASSWORD });
        let stranger = stranger.clone();
        async move { stranger.post("/admin/session", right).await.0 }
    });
    assert_eq!(futures_util::future::join_all(signing).await, [200; 12]);
}

#[tokio::test]
async fn a_rush_of_tickets_and_messages_stays_within_the_limits() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro").await;
    let forms: Vec<NewTicket> = (0..20).map(|i| app.new_ticket(&roro, &format!("Tiket {i}"), "urgent")).collect();
    let first = forms[0].id;
    let filed = futures_util::future::join_all(forms.into_iter().map(|form| tickets::file(&app.app, form))).await;
    let urgent = filed.iter().flatten().filter(|filed| filed.ticket.priority == Priority::Urgent).count();
    assert_eq!(urgent, 3, "more are filed as high");
    assert_eq!(tally(filed), BTreeMap::from([("done".to_owned(), 10), ("RateLimited".to_owned(), 10)]));

    let actor: Actor = sessions::find(&app.app, &roro.token, &[sessions::Kind::Portal]).await.unwrap().actor();
    let sending = (0..40).map(|_| messages::send(&app.app, &actor, first, Uuid::now_v7(), "halo"));
    let sent = futures_util::future::join_all(sending).await;
    // The descriptions of the tickets are messages too.
    assert_eq!(tally(sent), BTreeMap::from([("done".to_owned(), 20), ("RateLimited".to_owned(), 20)]));
}

#[tokio::test]
async fn a_rush_of_closings_is_one_event() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro").await;
    let ticket = app.ticket(&roro, "Kursi").await;
    let actor: Actor = sessions::find(&app.app, &roro.token, &[sessions::Kind::Portal]).await.unwrap().actor();
    let closing = (0..16).map(|_| tickets::close_as_customer(&app.app, &actor, ticket.id));
    assert_eq!(tally(futures_util::future::join_all(closing).await), BTreeMap::from([("done".to_owned(), 16)]));
    let sari = Client::new(&app, &app.staff("Sari").await);
    let (_, whole) = sari.get(&format!("/admin/support/tickets/{}", ticket.id)).await;
    assert_eq!(whole["events"].as_array().unwrap().len(), 2, "{}", whole["events"]);
    let again = json!({ "status": "closed" });
    assert_eq!(sari.patch(&format!("/admin/support/tickets/{}/status", ticket.id), again).await.0, 200);
    assert_eq!(sari.get(&format!("/admin/support/tickets/{}", ticket.id)).await.1["events"], whole["events"]);
}

#[tokio::test]
async fn who_asked_too_often_learns_no_more_about_addresses() {
    let app = TestApp::start().await;
    let roro = app.customer("Roro").await;
    let browser = Browser::new(&app);
    let register = async |email: &str| {
        let fields = [("name", "Bimo"), ("email", email), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
        browser.fill("/register", "/register", &fields).await
    };
    for _ in 0..30 {
        assert_eq!(register(&roro.person.email).await.status, 422);
    }
    for email in [roro.person.email.as_str(), "belum.ada@contoh.id"] {
        let page = register(email).await;
        assert_eq!(page.status, 429, "{email}");
        assert_eq!(page.headers["retry-after"], "900");
    }
    assert_eq!(browser.get(LIST).await.status, 303, "nobody was registered");
}
