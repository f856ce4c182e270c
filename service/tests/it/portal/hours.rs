//! Opening hours: set by admins, read by staff, shown to who files a ticket.

use gemilang_service::testing::TestApp;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::client::Client;

const CREATE: &str = "/customer/support/tickets/create";
const DOOR: &str = "/admin/opening-hours";

#[tokio::test]
async fn admins_set_them_and_customers_see_them() {
    let app = TestApp::start().await;
    let (admin, agent) = (Client::new(&app, &app.admin("Bagas").await), Client::new(&app, &app.staff("Rina").await));
    let browser = Browser::of(&app, &app.customer("Raden Roro").await);
    assert_eq!(admin.get(DOOR).await, (200, Value::Null));
    assert!(!browser.get(CREATE).await.has("Jam buka"), "nothing is said before anybody said it");

    let day = json!({ "opens": "08:00", "closes": "20:00" });
    let lunch = json!([{ "opens": "09:00", "closes": "12:00" }, { "opens": "13:00", "closes": "15:00" }]);
    let table = json!({
        "zone": "WIB",
        "week": [day, day, day, day, day, lunch, null],
        "exceptions": [{ "date": "2026-12-25", "hours": null, "note": "Natal <b>" }],
    });
    assert_eq!(agent.ask("PUT", DOOR, Some(table.clone())).await.0, 403);
    assert_eq!(admin.ask("PUT", DOOR, Some(table.clone())).await, (200, table.clone()));
    assert_eq!(agent.get(DOOR).await, (200, table.clone()));
    let page = browser.get(CREATE).await;
    for text in [
        // The clock stands on a Sunday.
        "Jam buka hari ini: Tutup",
        "<dt>Senin–Jumat</dt><dd class=\"num\">08:00–20:00</dd>",
        "<dt>Sabtu</dt><dd class=\"num\">09:00–12:00, 13:00–15:00</dd>",
        "<dt>Minggu</dt><dd class=\"num\">Tutup</dd>",
        "25 Des 2026 · Natal &#60;b&#62;",
        "Waktu WIB",
    ] {
        assert!(page.has(text), "{text}: {}", page.text);
    }
    let (status, body) = admin
        .ask("PUT", DOOR, Some(json!({ "zone": "WIB", "week": [{ "opens": "20:00", "closes": "08:00" }, null, null, null, null, null, null] })))
        .await;
    assert_eq!((status, body["errors"]["week"].is_array()), (422, true));
    for bad in [json!({}), json!({ "zone": "WIB", "week": [] }), json!({ "zone": "X", "week": table["week"] })] {
        assert_eq!(admin.ask("PUT", DOOR, Some(bad.clone())).await.0, 400, "{bad}");
    }
    assert_eq!(agent.get(DOOR).await, (200, table), "what is refused changes nothing");
}
