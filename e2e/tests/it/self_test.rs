//! The first start tries itself, and each way to one's person says what it saw: with everything there, and with nothing.

use gemilang_e2e::Result;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::panel::Panel;
use gemilang_e2e::service::{Account, Service};

use crate::seat::Seat;

#[tokio::test]
async fn the_first_start_tries_itself_and_every_way_says_what_it_saw() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let panel = Panel::start(&display).await?;
    display.add_sound()?;
    let setting = Setting { data: display.home().join("desk"), server: None };
    // Nothing was tried yet.
    std::fs::create_dir_all(&setting.data)?;
    std::fs::write(setting.data.join("settings.json"), "{}")?;
    let seat = Seat::take_on(display, &service.url(), &bagas).await?;

    // It tries by itself, and a click proves the way back.
    seat.on_screen(1).await?;
    seat.to_alerts().await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=true]", "Tampil dalam").await?;
    seat.newest("shown", "Anda mengujinya.").await?;
    seat.display.click_alert()?;
    seat.desk.window.read("[data-path=click][data-saw=true]", "Jendela ini terbuka").await?;

    // With everything there. Whether a number is seen only its person can say.
    let window = &seat.desk.window;
    for path in ["sound", "tray", "badge"] {
        window.click(&format!("[data-path={path}] > .btn")).await?;
    }
    window.read("[data-path=sound][data-saw=true]", "Gender diputar").await?;
    window.read("[data-path=tray][data-saw=true]", "Ikon dan menu siap").await?;
    window.read("[data-path=badge][data-saw=false]", "Apakah angka 7 terlihat?").await?;
    panel.counted(7).await?;
    window.picture("desk-self-test-ways").await?;
    window.click("[data-path=badge] .btn-link").await?;
    window.read("[data-path=badge][data-saw=true]", "Angkanya terlihat").await?;
    panel.counted(0).await?;
    window.click("[data-path=badge] > .btn").await?;
    window.click("[data-path=badge] .btn-link + .btn-link").await?;
    window.read("[data-path=badge][data-saw=false]", "Tidak terlihat").await?;
    panel.counted(0).await?;

    // With nothing, and not tried by itself a second time.
    let Seat { display, desk } = seat;
    desk.close(&display).await?;
    drop(panel);
    display.remove_sound()?;
    let before = display.shown().len();
    let desk = Desk::start(&display, &setting).await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.window.click(".nav-foot .nav-item").await?;
    for path in ["sound", "tray", "badge"] {
        desk.window.click(&format!("[data-path={path}] > .btn")).await?;
    }
    desk.window.read("[data-path=sound][data-saw=false]", "Tidak ada perangkat suara").await?;
    desk.window.read("[data-path=tray][data-saw=false]", "Komputer ini tidak punya baki sistem").await?;
    desk.window.read("[data-path=badge][data-saw=false]", "Desktop ini tidak menampilkan angka").await?;
    desk.window.read("[data-path=pop_up]", "Belum diuji").await?;
    assert_eq!(display.shown().len(), before, "tried by itself once");
    desk.close(&display).await
}
