//! The desk beside the clock and behind links: counted, closed and called back from the tray, quit without losing a word, started by a
//! link or by the system, and on a desktop that has no tray at all.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::panel::Panel;
use gemilang_e2e::portal::{Customer, Filed};
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_protocol::{Category, Priority};

fn plain(subject: &str) -> Filed<'_> {
    Filed {
        subject,
        description: "Boleh minta denah kursi terbaru untuk 500 tamu, termasuk meja keluarga?",
        category: Category::Order,
        priority: Priority::Medium,
    }
}

async fn on_screen(display: &Display, wanted: bool) -> Result<()> {
    until(if wanted { "the window on screen" } else { "the window off the screen" }, || {
        let windows = display.windows(TITLE);
        async move { Ok(if windows.is_empty() == wanted { Err(format!("{windows:?}")) } else { Ok(()) }) }
    })
    .await
}

async fn told(display: &Display, title: &str) -> Result<()> {
    until(&format!("the pop-up “{title}”"), || {
        let shown = display.shown();
        async move { Ok(if shown.iter().any(|it| it.title == title) { Ok(()) } else { Err(format!("{shown:?}")) }) }
    })
    .await
}

#[tokio::test]
async fn the_tray_counts_pauses_calls_back_and_quits_without_losing_a_word() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let panel = Panel::start(&display).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    panel.hint("Belum masuk").await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    panel.hint("Semua sudah diambil").await?;
    let empty = panel.drawn().await?;

    // The count is the list's own, and the launcher's.
    let customer = Customer::at(Browser::computer().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let number = customer.file(&plain("Denah kursi tamu")).await?;
    panel.hint("1 belum diambil").await?;
    desk.window.read("[title='Belum diambil'] .count", "1").await?;
    panel.counted(1).await?;
    assert_ne!(panel.drawn().await?, empty, "the icon shows it");
    panel.picture(&display, "tray-one").await?;

    // Closed it goes into the tray, says so once, and comes back by its menu or a click.
    desk.close_window(&display)?;
    on_screen(&display, false).await?;
    told(&display, "Gemilang Desk tetap berjalan").await?;
    panel.choose("Buka Gemilang Desk").await?;
    on_screen(&display, true).await?;
    until("the focus", || {
        let focused = display.focused();
        async move { Ok(if focused == TITLE { Ok(()) } else { Err(focused) }) }
    })
    .await?;
    let before = display.shown().len();
    desk.close_window(&display)?;
    on_screen(&display, false).await?;
    panel.click().await?;
    on_screen(&display, true).await?;
    assert_eq!(display.shown().len(), before, "said once");

    // Duty follows both ways.
    panel.holds("Bertugas").await?;
    panel.choose("Jeda 1 jam").await?;
    desk.window.read(".nav-foot .nav-item", "Jeda").await?;
    panel.holds("Dijeda sampai").await?;
    panel.choose("Lepas jaga").await?;
    desk.window.read(".nav-foot .nav-item", "Lepas jaga").await?;
    panel.choose("Bertugas").await?;
    desk.window.read(".nav-foot .nav-item", "Bertugas").await?;

    // In the language of whoever reads it, as soon as they change it.
    desk.window.click(".nav-pane > .head .btn-icon").await?;
    desk.window.click("#opt-4").await?;
    desk.window.see("[title='Unassigned']").await?;
    panel.line("Quit Gemilang Desk").await?;
    panel.hint("1 unassigned").await?;

    // The system starts it, hidden, if they wish so.
    desk.window.click("[title='Settings']").await?;
    desk.window.click("[name=start-at-login]").await?;
    until("the system to start it", || {
        let entry = std::fs::read_to_string(display.home().join(".config/autostart/gemilang-desk.desktop"));
        let entry = entry.unwrap_or_else(|error| error.to_string());
        async move { Ok(if entry.contains("gemilang-desk --hidden") { Ok(()) } else { Err(entry) }) }
    })
    .await?;
    desk.window.see("[name=start-at-login]:checked").await?;
    desk.window.picture("desk-this-computer").await?;

    // Whoever quits in the middle of a word finds it again.
    desk.window.click("[title='Unassigned']").await?;
    desk.window.click(&format!("[data-ticket={number}]")).await?;
    desk.window.see("[name=message]").await?.keys("Denahnya sedang kami si").await?;
    panel.choose("Quit Gemilang Desk").await?;
    desk.ended().await?;
    let desk = Desk::start_with(&display, &setting, &["--hidden"]).await?;
    // The session is taken up although nobody sees a window.
    panel.holds("On duty").await?;
    panel.hint("1 unassigned").await?;
    assert!(display.windows(TITLE).is_empty(), "started by the system it waits in the tray");
    panel.choose("Open Gemilang Desk").await?;
    on_screen(&display, true).await?;
    desk.window.click("[title='Unassigned']").await?;
    desk.window.click(&format!("[data-ticket={number}]")).await?;
    until("the draft", || async {
        let text = desk.window.see("[name=message]").await?.value().await?;
        Ok(if text == "Denahnya sedang kami si" { Ok(()) } else { Err(text) })
    })
    .await?;
    desk.close(&display).await
}

#[tokio::test]
async fn a_link_opens_its_ticket_and_without_a_tray_a_closed_window_is_minimised() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let customer = Customer::at(Browser::computer().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let one = customer.file(&plain("Denah kursi tamu")).await?;
    let two = customer.file(&plain("Jam buka ballroom")).await?;
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };

    // Not running, and nobody signed in: the ticket opens as soon as somebody is.
    let desk = Desk::start_with(&display, &setting, &[&format!("gemilang://ticket/{one}")]).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".thread-head h1", "Denah kursi tamu").await?;

    // Without a tray closing minimises, and says so.
    desk.close_window(&display)?;
    on_screen(&display, false).await?;
    told(&display, "Jendela dikecilkan").await?;
    desk.start_again(&display, &[&format!("gemilang://ticket/{two}")]).await?;
    on_screen(&display, true).await?;
    desk.window.read(".thread-head h1", "Jam buka ballroom").await?;

    // Hidden in the tray.
    let panel = Panel::start(&display).await?;
    panel.hint("2 belum diambil").await?;
    desk.close_window(&display)?;
    on_screen(&display, false).await?;
    desk.start_again(&display, &[&format!("gemilang://ticket/{one}")]).await?;
    on_screen(&display, true).await?;
    desk.window.read(".thread-head h1", "Denah kursi tamu").await?;

    // What leads nowhere is said in words, over the list of all.
    for (link, said) in [
        ("gemilang://ticket/GW-9999", "Tiket GW-9999 tidak ada di komputer ini."),
        ("gemilang://tamu/7", "Tautan ini tidak dikenali."),
    ] {
        desk.window.click("[title='Dasbor']").await?;
        desk.start_again(&display, &[link]).await?;
        desk.window.read(".snack-at", said).await?;
        desk.window.see(&format!("[data-ticket={two}]")).await?;
    }
    desk.window.picture("desk-link-unknown").await?;
    desk.close(&display).await?;

    // Not running, and the session remembered.
    let desk = Desk::start_with(&display, &setting, &[&format!("gemilang://ticket/{two}")]).await?;
    desk.window.read(".thread-head h1", "Jam buka ballroom").await?;
    desk.close(&display).await
}

#[tokio::test]
async fn a_hidden_start_without_a_tray_waits_in_the_taskbar_and_says_so() -> Result<()> {
    let service = Service::start().await?;
    let display = Display::start(Comforts { alerts: true, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start_with(&display, &setting, &["--hidden"]).await?;
    assert!(display.windows(TITLE).is_empty(), "hidden until it is known that there is no tray");
    told(&display, "Gemilang Desk siap").await?;
    until("the window in the taskbar", || {
        let (there, seen) = (display.in_taskbar(), display.windows(TITLE));
        async move { Ok(if there == 1 && seen.is_empty() { Ok(()) } else { Err(format!("{there}, {seen:?}")) }) }
    })
    .await?;
    display.call_window(TITLE)?;
    on_screen(&display, true).await?;
    desk.window.see("[name=server]").await?;
    desk.close(&display).await
}
