//! Orders: the upsert, its rules and its rows in the feed.

use gemilang_protocol::Row;
use gemilang_service::testing::{PASSWORD, TestApp};
use serde_json::json;

use crate::client::Client;
use crate::portal::browser::Browser;

#[tokio::test]
async fn an_order_is_upserted_by_number_and_told() {
    let app = TestApp::start().await;
    let admin = Client::new(&app, &app.admin("Bayu").await);
    let sari = Client::new(&app, &app.staff("Sari").await);
    let rina = app.customer("Rina").await;
    let mut order = json!({ "customer_email": rina.person.email, "package": "Paket Kencana", "event_date": "2026-12-05", "zone": "WITA" });
    let (status, written) = admin.ask("PUT", "/admin/orders/go-7", Some(order.clone())).await;
    assert_eq!((status, written["number"].as_str(), written["zone"].as_str()), (200, Some("GO-7"), Some("WITA")));
    order["venue"] = json!("Pendopo 100%_asli");
    let (_, again) = admin.ask("PUT", "/admin/orders/GO-7", Some(order.clone())).await;
    assert_eq!((&again["id"], again["venue"].as_str()), (&written["id"], Some("Pendopo 100%_asli")));
    assert_eq!(sari.ask("PUT", "/admin/orders/GO-7", Some(order)).await.0, 403);
    for q in
        ["q=kencana".to_owned(), "q=go-7".to_owned(), "q=%25_asli".to_owned(), format!("customer={}", rina.person.id)]
    {
        let (_, list) = sari.get(&format!("/admin/orders?{q}")).await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{q}");
    }
    assert!(sari.get("/admin/orders?q=_%25_").await.1["items"].as_array().unwrap().is_empty());
    let (rows, _) = sari.pull_all(None, 500).await;
    let told = rows.iter().filter(|row| matches!(row, Row::Order(order) if order.venue == "Pendopo 100%_asli")).count();
    assert_eq!(told, 2, "each change is told, with the order as it is now");
}

#[tokio::test]
async fn what_cannot_be_an_order_is_refused_beside_its_field() {
    let app = TestApp::start().await;
    let admin = Client::new(&app, &app.admin("Bayu").await);
    let body = json!({ "customer_email": "tidak@ada.id", "package": "", "event_date": "besok", "zone": "GMT", "status": "lunas" });
    let (status, problem) = admin.ask("PUT", "/admin/orders/GO%2F7%00", Some(body)).await;
    assert_eq!(status, 422);
    for field in ["number", "customer_email", "package", "event_date", "zone", "status"] {
        assert!(problem["errors"][field].is_array(), "{field}");
    }
}

#[tokio::test]
async fn an_order_is_shown_to_nobody_before_its_address_is_confirmed() {
    let app = TestApp::start().await;
    let admin = Client::new(&app, &app.admin("Bayu").await);
    let browser = Browser::new(&app);
    let fields = [
        ("name", "Bukan Rina"),
        ("email", "rina@contoh.id"),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ];
    assert_eq!(browser.fill("/register", "/register", &fields).await.status, 303);
    let order = json!({ "customer_email": "rina@contoh.id", "package": "Paket Kencana", "event_date": "2026-12-05" });
    assert_eq!(admin.ask("PUT", "/admin/orders/GO-7", Some(order)).await.0, 200);
    let create = "/customer/support/tickets/create";
    assert!(!browser.get(create).await.has("GO-7"));
    let mine = [
        ("subject", "Kursi"),
        ("category", "order"),
        ("order", "GO-7"),
        ("description", "Mohon ditambah 40 kursi untuk keluarga."),
    ];
    assert_eq!(browser.fill(create, "/customer/support/tickets", &mine).await.status, 422);
    let (_, known) = admin.get("/admin/orders?q=GO-7").await;
    assert_eq!(known["items"].as_array().unwrap().len(), 1, "staff know it");
}

#[tokio::test]
async fn nothing_is_sold_to_the_staff() {
    let app = TestApp::start().await;
    let sari = app.staff("Sari").await;
    let admin = Client::new(&app, &app.admin("Bayu").await);
    let order = json!({ "customer_email": sari.person.email, "package": "Paket Kencana", "event_date": "2026-12-05" });
    let (status, problem) = admin.ask("PUT", "/admin/orders/GO-7", Some(order)).await;
    assert_eq!(status, 422);
    assert!(problem["errors"]["customer_email"].is_array());
}
