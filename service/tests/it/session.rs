//! Signing in at the staff door.

use std::time::Duration;

use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::domain::people;
use gemilang_service::testing::{PASSWORD, TestApp};
use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn staff_sign_in_and_out() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let stranger = Client::with_token(&app, "");
    let email = sari.person.email.to_uppercase();
    let (status, session) = stranger.post("/admin/session", json!({ "email": email, "password": PASSWORD })).await;
    assert_eq!(status, 200);
    assert_eq!(session["user"]["name"], "Sari");
    assert_eq!(session["user"]["role"], "agent");
    let signed_in = Client::with_token(&app, session["token"].as_str().unwrap());
    assert_eq!(signed_in.get("/admin/support/tickets").await.0, 200);
    assert_eq!(signed_in.ask("DELETE", "/admin/session", None).await.0, 204);
    let (status, problem) = signed_in.get("/admin/support/tickets").await;
    assert_eq!((status, &problem["code"]), (401, &json!("session_expired")));
}

#[tokio::test]
async fn a_wrong_password_says_how_many_tries_are_left_and_then_waits() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let stranger = Client::with_token(&app, "");
    for email in [sari.person.email.as_str(), "tidak.ada@contoh.id"] {
        let wrong = json!({ "email": email, "password": "salah sekali" });
        for left in (0..5).rev() {
            let (status, problem) = stranger.post("/admin/session", wrong.clone()).await;
            assert_eq!((status, &problem["code"]), (401, &json!("wrong_credentials")));
            assert_eq!(problem["tries_left"], left);
        }
        let (status, problem) = stranger.post("/admin/session", wrong).await;
        assert_eq!((status, &problem["code"]), (429, &json!("throttled")));
        assert_eq!(problem["retry_after"], 900);
    }
    let right = json!({ "email": sari.person.email, "password": PASSWORD });
    assert_eq!(stranger.post("/admin/session", right.clone()).await.0, 429, "even who knows it waits");
    app.app.clock.forward(Duration::from_secs(901));
    assert_eq!(stranger.post("/admin/session", right).await.0, 200);
}

#[tokio::test]
async fn a_customer_is_a_stranger_at_the_staff_door() {
    let app = TestApp::start().await;
    let rina = app.customer("Rina").await;
    let stranger = Client::with_token(&app, "");
    let right = json!({ "email": rina.person.email, "password": PASSWORD });
    let (status, problem) = stranger.post("/admin/session", right).await;
    assert_eq!((status, &problem["code"]), (401, &json!("wrong_credentials")));
    // Neither does a customer's cookie open it.
    assert_eq!(Client::new(&app, &rina).get("/admin/support/tickets").await.0, 401);
}

#[tokio::test]
async fn a_session_slides_while_it_is_used_and_ends_when_it_is_not() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    for _ in 0..3 {
        app.app.clock.forward(Duration::from_secs(20 * 86_400));
        assert_eq!(sari.get("/admin/support/tickets").await.0, 200);
    }
    app.app.clock.forward(Duration::from_secs(31 * 86_400));
    assert_eq!(sari.get("/admin/support/tickets").await.0, 401);
}

#[tokio::test]
async fn who_was_deactivated_is_told_so_only_with_the_right_password() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    people::set_active(&app.app, sari.person.id, false).await.unwrap();
    let (status, problem) = Client::new(&app, &sari).get("/admin/support/tickets").await;
    assert_eq!((status, &problem["code"]), (401, &json!("session_expired")));
    let stranger = Client::with_token(&app, "");
    let sign_in = |password: &str| json!({ "email": sari.person.email, "password": password });
    assert_eq!(stranger.post("/admin/session", sign_in(PASSWORD)).await.1["code"], "deactivated");
    assert_eq!(stranger.post("/admin/session", sign_in("salah")).await.1["code"], "wrong_credentials");
}

#[tokio::test]
async fn a_machine_opens_only_the_doors_of_its_scopes() {
    let app = TestApp::start().await;
    let admin = app.admin("Bayu").await;
    let scopes = ["orders".to_owned()];
    let token = sessions::create(&app.app, admin.person.id, Kind::Machine, "platform", &scopes).await.unwrap();
    let machine = Client::with_token(&app, &token);
    assert_eq!(machine.get("/admin/support/tickets").await.0, 403);
    assert_eq!(machine.get("/sync/v1/pull").await.0, 403);
    let rina = app.customer("Rina").await;
    let order = json!({ "customer_email": rina.person.email, "package": "Paket Kencana", "event_date": "2026-12-05" });
    assert_eq!(machine.ask("PUT", "/admin/orders/GO-1", Some(order.clone())).await.0, 200);
    let other = sessions::create(&app.app, admin.person.id, Kind::Machine, "", &["x".to_owned()]).await.unwrap();
    let other = Client::with_token(&app, &other);
    assert_eq!(other.ask("PUT", "/admin/orders/GO-1", Some(order)).await.0, 403);
}
