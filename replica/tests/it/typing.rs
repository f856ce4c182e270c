//! That somebody types: said to the customer's page while there is a line, and never afterwards.

use gemilang_protocol::desk::views::Line;
use gemilang_service::testing::TestApp;

use crate::desk::{Desk, PATIENCE};
use crate::proxy::Proxy;

/// Reads the customer's line until it says something; answers all that came.
async fn hear(page: &mut reqwest::Response, wanted: &str) -> String {
    let mut heard = String::new();
    let reading = async {
        while !heard.contains(wanted) {
            let bytes = page.chunk().await.unwrap().expect("the line stays open");
            heard.push_str(&String::from_utf8_lossy(&bytes));
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("no {wanted}"));
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_sees_that_somebody_types_now_and_not_later() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek Wirawan").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    let mut page = reqwest::Client::new()
        .get(app.at(&format!("/customer/support/tickets/{}/live", ticket.id)))
        .header("cookie", format!("gemilang_session={}", sari.token))
        .send()
        .await
        .unwrap();
    hear(&mut page, "event: ping").await;
    desk.engine.typing(ticket.id, false);
    let heard = hear(&mut page, "Kadek sedang mengetik").await;
    assert!(heard.contains("event: typing"), "{heard}");

    // Without a line it is not said, nor once the line is back.
    proxy.cut();
    desk.line(|line| matches!(line, Line::Offline { .. })).await;
    desk.engine.typing(ticket.id, false);
    desk.reply(&ticket, "Kami cek, Kak.").await;
    proxy.mend(&app.url);
    desk.engine.nudge();
    let heard = hear(&mut page, "Kami cek, Kak.").await;
    assert!(!heard.contains("event: typing"), "{heard}");
}
