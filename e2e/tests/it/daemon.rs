//! The notification daemon is not there, comes, is killed and comes again, and is told to be quiet: the desk says so, and nothing is lost.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::notifier::Notifier;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};

use crate::seat::{Seat, urgent};

const MISSING: &str = "Layanan notifikasi tidak berjalan di komputer ini";

#[tokio::test]
async fn alerts_outlive_their_daemon_and_the_self_test_says_what_it_saw() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, rina) = (Account::new("Bagas Pratama"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    let dimas = Colleague::joins(&service, "Dimas Wibowo").await?;
    let display = Display::start(Comforts { alerts: false, keyring: true }).await?;
    let mut seat = Seat::take_on(display, &service.url(), &bagas).await?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;

    // Without one the window says so, and so does the ledger.
    seat.desk.window.read(".banner", MISSING).await?;
    seat.to_alerts().await?;
    seat.desk.window.click("[data-path=pop_up] button").await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=false]", MISSING).await?;
    let number = customer.file(&urgent("Tenda bocor")).await?;
    seat.newest("not_shown", MISSING).await?;
    seat.desk.window.read(".ringer", "Tenda bocor").await?;

    // It comes: what stands is raised, and so it is when the next one takes its place.
    seat.display.start_notifier().await?;
    seat.on_screen(2).await?;
    seat.desk.window.gone(".banner").await?;
    seat.newest("ringing", "Ditampilkan lagi; notifikasi sudah bisa tampil").await?;
    seat.display.stop_notifier();
    seat.desk.window.read(".banner", MISSING).await?;
    seat.newest("not_shown", MISSING).await?;
    seat.display.start_notifier().await?;
    seat.on_screen(2).await?;
    seat.desk.window.gone(".banner").await?;
    dimas.take(&number).await?;
    seat.on_screen(1).await?;

    // Each way is tried, and says what was seen.
    seat.desk.window.click("#act-test-all").await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=true]", "Tampil dalam").await?;
    seat.desk.window.read("[data-path=click]", "Klik pop-up yang baru tampil").await?;
    seat.desk.window.picture("desk-self-test").await?;
    seat.display.click_alert()?;
    seat.desk.window.read(".thread-head .facts", &number).await?;
    seat.to_alerts().await?;
    seat.desk.window.read("[data-path=click][data-saw=true]", "Membuka tiket yang benar").await?;

    // Told to be quiet the daemon shows nothing, and the desk knows.
    seat.display.hush(true)?;
    seat.desk.window.read(".banner", "Mode fokus sistem aktif").await?;
    seat.desk.window.click("[data-path=pop_up] button").await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=false]", "Mode fokus sistem aktif").await?;
    seat.display.hush(false)?;
    seat.desk.window.gone(".banner").await
}

#[tokio::test]
async fn a_system_that_keeps_alerts_to_itself_or_does_not_allow_them_is_said_plainly() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let display = Display::start(Comforts { alerts: false, keyring: true }).await?;
    // What GNOME's own switches say; those that are not set say nothing.
    display.add_program("gsettings", "cat \"$HOME/switch-$3\" 2>/dev/null")?;
    let switch = display.home().join("switch-enable");
    let notifier = Notifier::start(&display).await?;
    let seat = Seat::take_on(display, &service.url(), &bagas).await?;
    seat.to_alerts().await?;

    // Quiet by the specification's own word.
    notifier.hush(true).await?;
    seat.desk.window.read(".banner", "Mode fokus sistem aktif").await?;
    notifier.hush(false).await?;
    seat.desk.window.gone(".banner").await?;

    // GNOME takes what it was told not to show, and tells nobody: whoever tries is told.
    drop(notifier);
    seat.desk.window.read(".banner", MISSING).await?;
    let _gnome = Notifier::start_as(&seat.display, "gnome-shell").await?;
    seat.desk.window.gone(".banner").await?;
    std::fs::write(&switch, "false\n")?;
    seat.desk.window.click("[data-path=pop_up] button").await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=false]", "Izin notifikasi dicabut").await?;
    seat.desk.window.read(".banner", "Izin notifikasi Gemilang Desk dicabut di sistem").await?;
    seat.newest("not_shown", "Izin notifikasi dicabut di sistem.").await?;
    seat.desk.window.picture("desk-alerts-denied").await?;
    std::fs::write(&switch, "true\n")?;
    seat.desk.window.click("[data-path=pop_up] button").await?;
    seat.desk.window.read("[data-path=pop_up][data-saw=true]", "Tampil dalam").await?;
    seat.desk.window.gone(".banner").await
}
