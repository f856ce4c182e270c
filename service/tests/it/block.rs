//! Shutting a customer out of the portal, and letting them in again.

use gemilang_service::testing::{PASSWORD, TestApp};
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;
use crate::portal::browser::Browser;

const LIST: &str = "/customer/support/tickets";

#[tokio::test]
async fn who_is_blocked_is_out_of_the_portal_until_they_are_let_in() {
    let app = TestApp::start().await;
    let (sari, bayu, rina) = (app.staff("Sari").await, app.admin("Bayu").await, app.customer("Rina").await);
    let ticket = app.ticket(&rina, "Rias").await;
    let (desk, phone) = (Client::new(&app, &sari), Browser::of(&app, &rina));
    let door = |id: Uuid| format!("/admin/people/{id}/blocked");
    assert_eq!(phone.get(LIST).await.status, 200);

    let (status, person) = desk.ask("PUT", &door(rina.person.id), Some(json!({ "blocked": true }))).await;
    assert_eq!((status, &person["active"]), (200, &json!(false)));
    assert_eq!(phone.get(LIST).await.status, 303, "their session has ended");
    let stranger = Browser::new(&app);
    let csrf = stranger.get("/login").await.value("csrf");
    let sign_in = [("csrf", csrf.as_str()), ("email", &rina.person.email), ("password", PASSWORD)];
    assert_ne!(stranger.post("/login", &sign_in).await.status, 303);
    let path = format!("/admin/support/tickets/{}", ticket.id);
    assert_eq!(desk.get(&path).await.0, 200, "what they wrote stays");

    assert_eq!(desk.ask("PUT", &door(rina.person.id), Some(json!({ "blocked": false }))).await.0, 200);
    assert_eq!(phone.get(LIST).await.status, 303, "the old session stays ended");
    assert_eq!(stranger.post("/login", &sign_in).await.status, 303);

    // The staff are not shut out by this door, and nobody but the staff opens it.
    for id in [bayu.person.id, sari.person.id, Uuid::now_v7()] {
        assert_eq!(desk.ask("PUT", &door(id), Some(json!({ "blocked": true }))).await.0, 404);
    }
    let theirs = Client::new(&app, &rina);
    assert_eq!(theirs.ask("PUT", &door(rina.person.id), Some(json!({ "blocked": true }))).await.0, 401);
}
