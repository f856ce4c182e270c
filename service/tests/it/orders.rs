//! Orders: the upsert, its rules and its rows in the feed.

use gemilang_protocol::Row;
use gemilang_service::testing::TestApp;
use serde_json::json;

use crate::client::Client;

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
