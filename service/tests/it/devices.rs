//! A member of the staff sees where they are signed in, ends what is not theirs, and chooses a new password.

use std::time::Duration;

use gemilang_protocol::session::DeviceKind;
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::testing::{Credentials, PASSWORD, TestApp};
use serde_json::{Value, json};

use crate::client::Client;

/// Signs in at the staff door, from a computer with a name.
async fn sign_in(app: &TestApp, who: &Credentials, password: &str, device: Value) -> (u16, Client) {
    let body = json!({ "email": who.person.email, "password": password, "device": device });
    let (status, session) = Client::with_token(app, "").post("/admin/session", body).await;
    (status, Client::with_token(app, session["token"].as_str().unwrap_or_default()))
}

async fn names(desk: &Client) -> Vec<String> {
    let (status, list) = desk.get("/admin/sessions").await;
    assert_eq!(status, 200);
    list["items"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn staff_see_where_they_are_signed_in_and_end_what_is_not_theirs() {
    let app = TestApp::start().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let (_, laptop) = sign_in(&app, &sari, PASSWORD, json!("laptop-sari · Gemilang Desk 0.1.0, Linux")).await;
    app.app.clock.forward(Duration::from_secs(60));
    let (_, office) = sign_in(&app, &sari, PASSWORD, json!(" kantor\n\0 · Windows ")).await;
    sessions::create(&app.app, sari.person.id, Kind::Portal, "Chrome, Android", &[]).await.unwrap();
    let machine = sessions::create(&app.app, sari.person.id, Kind::Machine, "platform", &[]).await.unwrap();

    let (_, list) = laptop.get("/admin/sessions").await;
    let items = list["items"].as_array().unwrap();
    let kinds: Vec<_> = items.iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(items.len(), 4, "the one that the test itself came by, two desks and a browser: {items:?}");
    assert_eq!(kinds.iter().filter(|it| **it == json!(DeviceKind::Browser)).count(), 1);
    let here: Vec<_> = items.iter().filter(|it| it["here"] == true).collect();
    assert_eq!((here.len(), &here[0]["name"]), (1, &json!("laptop-sari · Gemilang Desk 0.1.0, Linux")));
    assert!(items.iter().any(|it| it["name"] == "kantor · Windows"), "in one line: {items:?}");

    // Nobody ends a colleague's, nor a machine's, nor what is none.
    let theirs = items.iter().find(|it| it["name"] == "kantor · Windows").unwrap()["id"].as_str().unwrap().to_owned();
    let door = format!("/admin/sessions/{theirs}");
    assert_eq!(Client::new(&app, &bagas).ask("DELETE", &door, None).await.0, 404);
    assert_eq!(laptop.ask("DELETE", "/admin/sessions/nonsense", None).await.0, 404);
    assert_eq!(laptop.ask("DELETE", &door, None).await.0, 204);
    assert_eq!(laptop.ask("DELETE", &door, None).await.0, 404, "it is over");
    assert_eq!(office.get("/admin/sessions").await.0, 401);

    assert_eq!(laptop.ask("DELETE", "/admin/sessions", None).await.0, 204);
    assert_eq!(names(&laptop).await, ["laptop-sari · Gemilang Desk 0.1.0, Linux"]);
    assert_eq!(Client::new(&app, &sari).get("/admin/sessions").await.0, 401);
    assert_eq!(Client::with_token(&app, &machine).get("/admin/sessions").await.0, 200, "an operator gave it");
    // A customer's door is another.
    assert_eq!(Client::new(&app, &app.customer("Rina").await).get("/admin/sessions").await.0, 401);
}

#[tokio::test]
async fn a_new_password_wants_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let (_, desk) = sign_in(&app, &sari, PASSWORD, Value::Null).await;
    let other = Client::new(&app, &sari);
    let choose = async |current: &str, new: &str| {
        desk.post("/admin/session/password", json!({ "current_password": current, "password": new })).await
    };
    let (status, problem) = choose("", "pendek").await;
    assert_eq!((status, &problem["code"]), (422, &json!("validation")));
    assert_eq!(problem["errors"].as_object().unwrap().keys().collect::<Vec<_>>(), ["current_password", "password"]);
    let (status, problem) = choose("salah sekali", "kenanga putih 8").await;
    assert_eq!((status, &problem["code"], &problem["tries_left"]), (401, &json!("wrong_credentials"), &json!(4)));
    assert_eq!(desk.get("/admin/sessions").await.0, 200, "who mistypes stays signed in");

    assert_eq!(choose(PASSWORD, "kenanga putih 8").await.0, 204);
    assert_eq!(desk.get("/admin/sessions").await.0, 200);
    assert_eq!(other.get("/admin/sessions").await.0, 401);
    assert_eq!(sign_in(&app, &sari, PASSWORD, Value::Null).await.0, 401);
    assert_eq!(sign_in(&app, &sari, "kenanga putih 8", Value::Null).await.0, 200);

    // A desk that was left open is no place to guess.
    for _ in 0..5 {
        assert_eq!(choose("salah sekali", "kenanga putih 9").await.0, 401);
    }
    assert_eq!(choose("kenanga putih 8", "kenanga putih 9").await.0, 429);
}
