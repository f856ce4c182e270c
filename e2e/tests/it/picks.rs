//! Several tickets at once: picked by keyboard and pointer, changed in one go, changed back in one go, also without a network; and who was faster is told of each.

use gemilang_e2e::Result;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::keyboard::{ESC, FREE, SHIFT, ctrl, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::said::{heard, listen};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use gemilang_protocol::Status;
use serde_json::json;
use sqlx::PgPool;

#[tokio::test]
async fn many_tickets_are_changed_in_one_go_and_back() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let database = PgPool::connect(service.database()).await?;
    let mut cable = Cable::to(service.port())?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(cable.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1280, 800).await?;
    desk.sign_in(&cable.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    listen(window).await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    let shown = rows(window, 5).await?;

    // Two by the keyboard, and one more by its glyph, which the pointer finds in every row.
    press(window, "j").await?;
    window.see("a.ticket:focus").await?;
    press(window, "x").await?;
    window.read(".bulk", "1 dipilih").await?;
    press(window, &format!("{SHIFT}J{FREE}")).await?;
    window.read(".bulk", "2 dipilih").await?;
    window.click(&format!("[data-ticket={}] .glyph", shown[3])).await?;
    window.read(".bulk", "3 dipilih").await?;
    let wrong = look_over_desk(window, "picks").await?;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    press(window, "x").await?;
    window.read(".bulk", "2 dipilih").await?;

    // The line is cut: all the same.
    cable.pull().await;
    window.read(".statusline", "sejak").await?;
    press(window, "s").await?;
    window.see(".menu[role=menu]").await?;
    press(window, "4").await?;
    heard(window, "2 tiket ditandai selesai").await?;
    gone(window, &shown[..2]).await?;
    window.picture("picks-undo").await?;
    ctrl(window, "z").await?;
    heard(window, "Diurungkan").await?;
    rows_again(window, &shown[..2]).await?;

    // One of two is lost to a colleague: told of that one alone.
    window.click(&format!("[data-ticket={}] .glyph", shown[0])).await?;
    window.click(&format!("[data-ticket={}] .glyph", shown[1])).await?;
    window.read(".bulk", "2 dipilih").await?;
    window.click("#bulk-status").await?;
    window.see(".menu[role=menu]").await?;
    press(window, "4").await?;
    heard(window, "2 tiket ditandai selesai").await?;
    let colleague = Colleague::sign_in(&service.url(), &accounts["admin"]).await?;
    colleague.set_status(&shown[0], Status::Closed).await?;
    cable.plug()?;
    window.click(".nav-item[title='Belum terkirim']").await?;
    window.read(".out-pane", "Perlu keputusan Anda, ").await?;
    window.read(".out-pane", "Perubahan Anda tidak dipakai.").await?;
    status(&database, &shown[1], "resolved").await?;
    status(&database, &shown[0], "closed").await?;

    // All of the list, and none again.
    window.click(".nav-item[title='Semua aktif']").await?;
    let count = rows(window, 3).await?.len();
    press(window, "j").await?;
    ctrl(window, "a").await?;
    window.read(".bulk", &format!("{count} dipilih")).await?;
    press(window, ESC).await?;
    window.gone(".bulk").await?;
    database.close().await;
    Ok(())
}

/// The numbers in the list, once there are that many at least.
async fn rows(window: &Window, least: usize) -> Result<Vec<String>> {
    until("enough tickets", || async {
        let numbers = "return [...document.querySelectorAll('a.ticket')].map(row => row.dataset.ticket)";
        let seen = window.run(numbers, json!([])).await?;
        let numbers: Vec<String> = serde_json::from_value(seen).unwrap_or_default();
        Ok(if numbers.len() >= least { Ok(numbers) } else { Err(numbers.join(" ")) })
    })
    .await
}

async fn gone(window: &Window, numbers: &[String]) -> Result<()> {
    for number in numbers {
        window.gone(&format!("[data-ticket={number}]:not(.is-gone)")).await?;
    }
    Ok(())
}

async fn rows_again(window: &Window, numbers: &[String]) -> Result<()> {
    for number in numbers {
        window.see(&format!("[data-ticket={number}]:not(.is-gone)")).await?;
    }
    Ok(())
}

/// Waits until a ticket has this status at the service.
async fn status(database: &PgPool, number: &str, wanted: &str) -> Result<()> {
    until(&format!("{number} to be {wanted}"), || async {
        let now = "select status::text from support_tickets where 'GW-' || number = $1";
        let now: String = sqlx::query_scalar(now).bind(number).fetch_one(database).await?;
        Ok(if now == wanted { Ok(()) } else { Err(now) })
    })
    .await
}
