//! Two desks on duty: what is urgent rings on both and again after a minute, is taken on one and gone from the other; whoever is off
//! duty or is reading is left in peace; and the ledger says so.

use std::time::{Duration, Instant};

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::within;

use crate::seat::{Seat, urgent};

#[tokio::test]
async fn what_is_urgent_rings_until_it_is_taken_and_the_ledger_says_why() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, dimas, rina) =
        (Account::new("Bagas Pratama"), Account::new("Dimas Wibowo"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    service.add_staff(&dimas)?;
    let (one, two) = (Seat::take(&service.url(), &bagas).await?, Seat::take(&service.url(), &dimas).await?);
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;

    // It rings on both desks, and again a minute later, in its own place.
    let number = customer.file(&urgent("Genset ballroom mati")).await?;
    one.on_screen(1).await?;
    two.on_screen(1).await?;
    for seat in [&one, &two] {
        seat.desk.window.click(".nav-item[title='Semua aktif']").await?;
        seat.desk.window.read(".ringer", "putaran 1 dari 3").await?;
    }
    one.desk.window.picture("desk-ringer").await?;
    let again = within(Duration::from_secs(70), "the second round", || {
        let shown = one.display.shown();
        async move { Ok(shown.get(1).cloned().ok_or_else(|| shown.len().to_string())) }
    })
    .await?;
    assert_eq!(again.title, "Belum ada yang mengambil: Genset ballroom mati");
    assert_eq!(again.body, "Rina Larasati · menunggu 1 menit");
    one.on_screen(1).await?;
    two.on_screen(1).await?;

    // Taken on one with one key it is gone from the other within a second.
    two.desk.window.find("body").await?.keys("t").await?;
    let taken = Instant::now();
    two.desk.window.gone(".ringer").await?;
    one.on_screen(0).await?;
    let late = taken.elapsed();
    println!("taken on one desk, the alert was gone from the other after {} ms", late.as_millis());
    assert!(late < Duration::from_secs(1), "taking it anywhere stops it everywhere within a second, not {late:?}");
    two.on_screen(0).await?;
    two.desk.window.read(".thread-head .facts", &number).await?;
    one.desk.window.gone(".ringer").await?;

    one.desk.window.click(".nav-foot .nav-item").await?;
    one.newest("withdrawn", "Mendesak dan belum diambil; Anda bertugas. Ditarik").await?;
    one.newest("withdrawn", "diambil Dimas Wibowo.").await?;

    // Off duty nothing rings while somebody else is on, and the ledger says so; back on duty it does.
    one.desk.window.click("[name=duty]").await?;
    one.desk.window.read(".nav-foot .nav-item", "Lepas jaga").await?;
    customer.file(&urgent("Katering belum datang")).await?;
    two.on_screen(1).await?;
    one.newest("held_back", "Anda lepas jaga.").await?;
    one.on_screen(0).await?;
    one.desk.window.click("[name=duty]").await?;
    one.on_screen(1).await?;
    one.newest("ringing", "Anda bertugas.").await?;
    one.desk.window.picture("desk-alerts").await?;

    // The alert's own button takes it, too.
    one.display.press_alert("take")?;
    one.on_screen(0).await?;
    two.on_screen(0).await?;
    one.desk.window.read(".thread-head h1", "Katering belum datang").await?;

    // Somebody who reads a conversation is not called to it.
    let before = one.display.shown().len();
    one.desk.window.click("[name=message]").await?;
    one.desk.window.fill("[name=message]", "Kami cek").await?;
    customer.write("Sudah ada kabar?").await?;
    one.desk.window.read(".thread-pane", "Sudah ada kabar?").await?;
    one.desk.window.click(".nav-foot .nav-item").await?;
    one.newest("held_back", "Tiket ini sedang Anda baca").await?;
    assert_eq!(one.display.shown().len(), before);

    // The ledger is narrowed by result and by words.
    one.desk.window.click("[aria-label='Cari di riwayat']").await?;
    one.desk.window.fill("#ledger-q", "genset").await?;
    one.newest("withdrawn", &number).await?;
    one.desk.window.gone(".line.ledger:nth-of-type(2)").await?;
    one.desk.window.fill("#ledger-q", "tidak ada").await?;
    one.desk.window.read(".lines-table .empty", "Tidak ada yang cocok").await?;
    one.desk.window.picture("desk-alerts-none").await
}
