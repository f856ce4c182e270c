//! Search: operators in both languages, what narrows it further, and where the words were found.

use gemilang_e2e::Result;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::keyboard::{focused, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use serde_json::json;
use sqlx::PgPool;

#[tokio::test]
async fn a_search_is_narrowed_by_what_is_typed_and_pressed() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let database = PgPool::connect(service.database()).await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1280, 800).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;

    press(window, "/").await?;
    window.see("[name=q]").await?;
    assert_eq!(focused(window).await?, "q");
    // By keyboard alone: the name of an operator, then one of its values.
    press(window, "stat\u{E004}").await?;
    window.see(".offers .opt").await?;
    press(window, "se").await?;
    window.read(".offers", "status:selesai").await?;
    let mut wrong = look_over_desk(window, "search-offers").await?;
    press(window, "\u{E015}\u{E007}").await?;
    window.read(".ask-big .op", "status:selesai").await?;
    let resolved = "select count(*) from support_tickets where status = 'resolved'";
    let resolved: i64 = sqlx::query_scalar(resolved).fetch_one(&database).await?;
    hits(window, usize::try_from(resolved).unwrap_or_default()).await?;
    // The same in the other language, as text again first. What cannot be read is said, and stays.
    press(window, "\u{E003}").await?;
    assert_eq!(window.find("[name=q]").await?.value().await?, "status:selesai");
    window.fill("[name=q]", "status:resolved sejak:kapan judul:x ").await?;
    window.read(".ask-said", "“kapan” bukan tanggal").await?;
    window.read(".ask-said", "“judul:” tidak dikenal").await?;
    assert_eq!(window.find("[name=q]").await?.value().await?, "sejak:kapan judul:x ");
    wrong.extend(look_over_desk(window, "search-said").await?);
    window.fill("[name=q]", "").await?;
    hits(window, usize::try_from(resolved).unwrap_or_default()).await?;
    window.click(".ask-big .op").await?;
    window.gone(".ask-big .op").await?;
    assert_eq!(focused(window).await?, "q");

    // By what stands beside the hits.
    press(window, "akad").await?;
    window.see(".hit mark").await?;
    let all = shown(window).await?;
    wrong.extend(look_over_desk(window, "search").await?);
    window.click(".facets .facet").await?;
    window.see(".facet.is-on").await?;
    let some = shown(window).await?;
    assert!(some > 0 && some <= all, "{some} of {all}");
    window.click(".facet.is-on").await?;
    hits(window, all).await?;
    window.click(".narrower .chip").await?;
    window.read(".ask-big .op", "petugas:saya").await?;
    window.click(".ask-big .op").await?;
    window.resize(1600, 1000).await?;
    wrong.extend(look_over_desk(window, "search-wide").await?);

    // Beside the hit that was opened the same stands as chips, each of which widens the list again.
    press(window, " status:aktif \u{E007}").await?;
    window.read(".list-pane .chips", "“akad”").await?;
    window.read(".list-pane .chips", "Aktif").await?;
    window.see(".list-pane mark").await?;
    window.click(".list-pane .chip.is-on").await?;
    until("only the operator", || async {
        let chips = window.find(".list-pane .chips").await?.text().await?;
        Ok(if chips.contains("Aktif") && !chips.contains("akad") { Ok(()) } else { Err(chips) })
    })
    .await?;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    database.close().await;
    Ok(())
}

async fn shown(window: &Window) -> Result<usize> {
    let count = window.run("return document.querySelectorAll('.hit').length", json!([])).await?;
    Ok(count.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
}

async fn hits(window: &Window, wanted: usize) -> Result<()> {
    until(&format!("{wanted} hits"), || async {
        let seen = shown(window).await?;
        Ok(if seen == wanted { Ok(()) } else { Err(seen.to_string()) })
    })
    .await
}
