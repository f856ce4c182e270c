//! What somebody sees who starts it for the first time: the demo people sign in, and desk and portal have something to show.
//! The README's pictures are taken here.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::keyboard::{ENTER, ESC, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;

/// The page on screen at the two sizes of a usual desk, light and dark, and as who cannot see it hears it.
async fn look(window: &Window, name: &str) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for (width, height) in [(1600, 1000), (1280, 800), (1440, 900)] {
        window.resize(width, height).await?;
        wrong.extend(look_over_desk(window, &format!("{name}-{width}")).await?);
    }
    Ok(wrong)
}

#[tokio::test]
async fn the_demo_fills_desk_and_portal() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    assert!(["admin", "agent", "customer"].iter().all(|role| accounts.contains_key(*role)), "{accounts:?}");

    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1440, 900).await?;
    let agent = &accounts["agent"];
    desk.sign_in(&service.url(), &agent.email, &agent.password).await?;
    window.read(".statusline", "Langsung").await?;
    window.see(".line.recent").await?;
    window.picture("desk-dashboard").await?;
    let mut wrong = look(window, "dashboard").await?;
    // What stands beside comes below where there is no room.
    window.resize(960, 800).await?;
    window.reveal("[data-soon]").await?;
    wrong.extend(look_over_desk(window, "dashboard-960").await?);
    let scrolls =
        window.run("return document.scrollingElement.scrollHeight - innerHeight", serde_json::json!([])).await?;
    assert_eq!(scrolls, 0, "only the pane scrolls, never the window");
    window.resize(1440, 900).await?;
    // The form is opened by its button and gives the keyboard back.
    window.find("#act-file").await?.keys(ENTER).await?;
    window.see(".file-dialog").await?;
    press(window, ESC).await?;
    window.see("#act-file:focus").await?;
    // A wedding leads to its order.
    let wedding = window.find("[data-soon]").await?;
    let number = wedding.attribute("data-soon").await?;
    wedding.keys(ENTER).await?;
    window.see(&format!("[data-wedding='{number}']")).await?;
    // Of what was there before only what is urgent and nobody's rings.
    let rings = |title: &str| ["Mendesak: ", "Belum ada yang mengambil: "].iter().any(|it| title.starts_with(it));
    let shown = display.shown();
    assert!(
        shown.iter().all(|alert| rings(&alert.title) || alert.title.contains(" tiket mendesak dari ")),
        "{shown:?}"
    );

    window.click(".nav-item[title='Semua aktif']").await?;
    let rows = until("the tickets", || async {
        let rows = window.run("return document.querySelectorAll('a.ticket').length", serde_json::json!([])).await?;
        Ok(rows.as_u64().filter(|rows| *rows >= 8).ok_or_else(|| rows.to_string()))
    })
    .await?;
    // A conversation with some length, and an order beside it, says most about the desk.
    for row in 1..=rows.min(12) {
        window.click(&format!("a.ticket:nth-of-type({row})")).await?;
        window.see(".thread-head").await?;
        let tells = "return document.querySelectorAll('.thread-pane article').length >= 4 \
                     && /H-\\d/.test(document.querySelector('.side-pane')?.innerText ?? '')";
        let settled = until("the conversation", || async {
            let on = window
                .run("return document.querySelector('a.ticket.is-on')?.dataset.ticket ?? ''", serde_json::json!([]))
                .await?;
            let head = window.find(".thread-head .facts").await?.text().await?;
            let number = on.as_str().unwrap_or_default();
            Ok(if !number.is_empty() && head.contains(number) { Ok(()) } else { Err(head) })
        });
        settled.await?;
        if window.run(tells, serde_json::json!([])).await?.as_bool() == Some(true) {
            break;
        }
    }
    until("the conversation's end", || async {
        let at_end = "const flow = document.getElementById('flow'); \
                      return flow.scrollTop + flow.clientHeight >= flow.scrollHeight - 64";
        let seen = window.run(at_end, serde_json::json!([])).await?;
        Ok(if seen.as_bool() == Some(true) { Ok(()) } else { Err("its newest message is out of sight".to_owned()) })
    })
    .await?;
    window.picture("desk").await?;
    wrong.extend(look(window, "thread").await?);
    // What hangs over the conversation, and the other way to write.
    for (opener, name) in
        [("#fact-status", "status"), ("#fact-priority", "priority"), ("#act-more", "more"), ("#send-more", "send")]
    {
        window.click(opener).await?;
        window.see(".menu").await?;
        wrong.extend(look_over_desk(window, &format!("menu-{name}")).await?);
        display.press(TITLE, "Escape")?;
        window.gone(".menu").await?;
    }
    display.press(TITLE, "n")?;
    window.see(".composer.note-mode").await?;
    wrong.extend(look_over_desk(window, "note").await?);
    window.click(".nav-item[title='Belum terkirim']").await?;
    wrong.extend(look(window, "unsent").await?);
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));

    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.sign_in(&accounts["customer"]).await?;
    let page = customer.window();
    page.see("a.trow").await?;
    page.picture("portal-list").await?;
    page.click("a.trow").await?;
    page.see(".chat-head h1").await?;
    page.picture("portal").await?;
    desk.close(&display).await
}
