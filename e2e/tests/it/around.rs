//! Getting around by keyboard: the palette finds every ticket and every deed from wherever the keyboard is, and gives it back; the sheet tells all keys.

use gemilang_e2e::Result;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::keyboard::{ENTER, ESC, FREE, SHIFT, ctrl, focused, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::said::{heard, listen};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use serde_json::json;

#[tokio::test]
async fn every_ticket_and_every_deed_is_a_few_letters_away() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1280, 800).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    listen(window).await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    let (first, second) = two_tickets(window).await?;
    window.click(&format!("[data-ticket={first}]")).await?;
    window.read(".thread-head .facts", &first).await?;

    // From within the field where somebody writes, to another ticket and back to the words.
    window.see("[name=message]").await?.keys("Baik, Kak").await?;
    ctrl(window, "k").await?;
    window.see(".palette").await?;
    press(window, ESC).await?;
    window.gone(".palette").await?;
    assert_eq!(focused(window).await?, "message", "the keyboard is where it was");
    ctrl(window, "k").await?;
    window.fill("#palette-field", &second).await?;
    window.read("#palette-lines .opt.is-on", &second).await?;
    press(window, ENTER).await?;
    window.read(".thread-head .facts", &second).await?;
    // The one of before is the first that is offered, as between two windows.
    ctrl(window, "k").await?;
    window.read("#palette-lines .opt.is-on", &first).await?;
    let mut wrong = look_over_desk(window, "palette-empty").await?;
    press(window, ENTER).await?;
    window.read(".thread-head .facts", &first).await?;
    assert_eq!(window.see("[name=message]").await?.value().await?, "Baik, Kak");

    // A deed, also with a slip of the finger; and its way back.
    ctrl(window, "k").await?;
    window.fill("#palette-field", "selsaikan tiket").await?;
    window.read("#palette-lines .opt.is-on", "Selesaikan tiket ini").await?;
    press(window, ENTER).await?;
    heard(window, "Status menjadi Selesai").await?;
    window.read("#prop-status, #fact-status", "Selesai").await?;
    ctrl(window, "z").await?;
    heard(window, "Diurungkan").await?;

    ctrl(window, "k").await?;
    window.fill("#palette-field", "sel").await?;
    window.read("#palette-lines", "di semua pesan").await?;
    wrong.extend(look_over_desk(window, "palette").await?);
    press(window, ESC).await?;
    window.gone(".palette").await?;

    press(window, &format!("{SHIFT}?{FREE}")).await?;
    window.see(".key-dialog").await?;
    wrong.extend(look_over_desk(window, "keys").await?);
    window.fill("#keys-field", "kirim").await?;
    until("only what is looked for", || async {
        let lines = window.find(".keysheet").await?.text().await?;
        Ok(if lines.contains("Kirim") && !lines.contains("Ambil") { Ok(()) } else { Err(lines) })
    })
    .await?;
    press(window, ESC).await?;
    window.gone(".key-dialog").await?;

    window.resize(1600, 1000).await?;
    press(window, &format!("{SHIFT}?{FREE}")).await?;
    window.see(".key-dialog").await?;
    wrong.extend(look_over_desk(window, "keys-wide").await?);
    press(window, ESC).await?;
    ctrl(window, "k").await?;
    window.see(".palette").await?;
    wrong.extend(look_over_desk(window, "palette-wide").await?);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// The numbers of the list's first two tickets.
async fn two_tickets(window: &Window) -> Result<(String, String)> {
    until("two tickets", || async {
        let numbers = "return [...document.querySelectorAll('a.ticket')].map(row => row.dataset.ticket)";
        let seen = window.run(numbers, json!([])).await?;
        let numbers: Vec<String> = serde_json::from_value(seen).unwrap_or_default();
        Ok(match numbers.as_slice() {
            [first, second, ..] => Ok((first.clone(), second.clone())),
            few => Err(few.join(" ")),
        })
    })
    .await
}
