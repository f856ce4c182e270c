//! A service whose database is away: what was typed comes back, to be sent again.

use gemilang_service::testing::TestApp;

use super::browser::Browser;

const LIST: &str = "/customer/support/tickets";
const CREATE: &str = "/customer/support/tickets/create";

#[tokio::test]
async fn what_was_typed_while_the_database_is_away_comes_back_to_be_sent_again() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let ticket = app.file(&roro, "Tambahan kursi", "medium").await;
    let browser = Browser::of(&app, &roro);
    let path = format!("{LIST}/{}", ticket.id);
    let page = browser.get(&path).await;
    let (csrf, id) = (page.value("csrf"), page.value("id"));
    let create = browser.get(CREATE).await;
    let (ticket_csrf, ticket_id) = (create.value("csrf"), create.value("id"));
    app.app.db.close().await;

    let text = "Dua baris\ndan <b>tanda</b> & lain-lain";
    let shown = "Dua baris\ndan &#60;b&#62;tanda&#60;/b&#62; &#38; lain-lain</textarea>";
    let action = format!("{path}/messages");
    let kept = browser.post(&action, &[("csrf", &csrf), ("id", &id), ("message", text)]).await;
    assert_eq!(kept.status, 503);
    assert!(kept.has(shown) && kept.has("Tulisan Anda masih ada di bawah"), "{}", kept.text);
    assert!(
        kept.has(&format!("action=\"{action}\"")) && kept.has(&csrf) && kept.has(&id),
        "the same form, the same id"
    );
    assert!(kept.has("content=\"noindex\"") && kept.headers.contains_key("retry-after"));

    let fields = [
        ("csrf", ticket_csrf.as_str()),
        ("id", ticket_id.as_str()),
        ("subject", "Judul \"dalam\" tanda"),
        ("category", "vendor"),
        ("priority", "high"),
        ("description", text),
    ];
    let kept = browser.post(LIST, &fields).await;
    assert_eq!(kept.status, 503);
    for part in [shown, "value=\"Judul &#34;dalam&#34; tanda\"", "vendor", "high", ticket_id.as_str()] {
        assert!(kept.has(part), "{part}: {}", kept.text);
    }

    // Somebody else's page gets nothing back, and who asks for JSON gets JSON.
    let foreign = [("accept", "text/html"), ("origin", "https://evil.example")];
    assert!(!browser.post_with(&action, &[("message", text)], &foreign).await.has("textarea"));
    let fields = [("csrf", csrf.as_str()), ("message", text)];
    let json = browser.post_with(&action, &fields, &[("accept", "application/json")]).await;
    assert_eq!(json.json()["code"], "unavailable");
    // A page that is only asked for is the plain refusal.
    assert!(!browser.get(&path).await.has("<textarea"));
}
