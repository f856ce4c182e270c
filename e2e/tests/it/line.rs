//! What overtakes what on a customer's line: answers before events, events before answers, and answers that never come.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::portal::{Customer, FILED};
use gemilang_e2e::service::{Account, Service};
use serde_json::json;
use sqlx::{Connection, PgConnection};

/// Slows the line down where a test asks for it: events wait in `held.line`, answers to own messages for
/// `held.answers`, and the next `held.lost` answers do not arrive although the service gave them.
const SLOW: &str = r#"
window.held = { line: null, answers: null, lost: 0 };
window.EventSource = class extends EventSource {
  addEventListener(name, hear) {
    super.addEventListener(name, (event) => { if (held.line) held.line.push(() => hear(event)); else hear(event); });
  }
};
const ask = fetch;
window.fetch = async (address, options) => {
  const answer = await ask(address, options);
  if (options?.method !== "POST" || !String(address).endsWith("/messages")) return answer;
  if (held.lost > 0) { held.lost -= 1; throw new TypeError("the line broke before the answer came"); }
  await held.answers;
  return answer;
};
"#;

/// The messages on the page by their place, each with how it begins.
const SHOWN: &str = "return [...document.querySelectorAll('.bubble[data-n]')].map((it) => [Number(it.dataset.n), it.textContent.slice(0, 20)])";
const LET_GO: &str = "const all = held.line; held.line = null; for (const hear of all) hear()";

/// Waits until a message is the last that the service has.
async fn last(customer: &Customer, text: &str) -> Result<()> {
    let last = "[...document.querySelectorAll('.bubble[data-n]')].pop().textContent";
    customer.holds(&format!("return {last} === '{text}'")).await
}

#[tokio::test]
async fn messages_stand_once_and_in_their_order_whatever_overtakes_what() -> Result<()> {
    let service = Service::start().await?;
    let rina = Colleague::joins(&service, "Rina Puspitasari").await?;
    let customer = Customer::at(Browser::sized(360, 740).await?, &service.url());
    let page = customer.window();
    customer.register(&Account::new("Raden Roro")).await?;
    let number = customer.file(&FILED).await?;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SLOW })).await?;
    page.reload().await?;
    page.read("[data-link-text]", "Tersambung").await?;
    let run = async |script: &str| page.run(script, json!([])).await;

    // The answer to what she sends is faster than the event of what Rina sent before: it goes between, not after.
    run("held.line = []").await?;
    rina.reply(&number, "Rina lebih dulu").await?;
    customer.write("Roro kemudian").await?;
    last(&customer, "Roro kemudian").await?;
    assert_eq!(customer.count("Rina lebih dulu").await?, 0, "it is on its way");
    run(LET_GO).await?;
    customer.reads("Rina lebih dulu").await?;
    let shown: Vec<(i64, String)> = serde_json::from_value(run(SHOWN).await?).unwrap_or_default();
    let texts: Vec<&str> = shown.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["Penghulu mengabari b", "Rina lebih dulu", "Roro kemudian"]);
    assert!(shown.is_sorted(), "{shown:?}");

    // The event of her message is faster than the answer to it.
    run("held.answers = new Promise((done) => { held.answer = done; })").await?;
    customer.write("Kabarnya lebih dulu").await?;
    last(&customer, "Kabarnya lebih dulu").await?;
    customer.holds("return document.querySelector('[data-pending]').children.length === 0").await?;
    run("held.answers = null; held.answer()").await?;
    // One after the other: once the next is there, that answer has been worked off.
    customer.write("Sesudahnya").await?;
    last(&customer, "Sesudahnya").await?;
    assert_eq!(customer.count("Kabarnya lebih dulu").await?, 1);

    // The line breaks in the middle of a message: the service has it, the page does not know. Tried again it is the same one.
    run("held.line = []; held.lost = 1").await?;
    customer.write("Jawabannya hilang").await?;
    page.read("[data-pending] .msg.failed", "Jawabannya hilang").await?;
    page.click("[data-pending] .retry").await?;
    last(&customer, "Jawabannya hilang").await?;
    run(LET_GO).await?;
    rina.reply(&number, "Semua terbaca, Kak.").await?;
    customer.reads("Semua terbaca, Kak.").await?;
    assert_eq!(customer.count("Jawabannya hilang").await?, 1);
    let mut database = PgConnection::connect(service.database()).await?;
    let stored: i64 = sqlx::query_scalar("select count(*) from chat_messages where message = 'Jawabannya hilang'")
        .fetch_one(&mut database)
        .await?;
    assert_eq!(stored, 1);
    Ok(())
}
