//! One desk, whose person is reached and left in peace: a burst is one alert, what is read elsewhere is withdrawn, a click finds a
//! minimised window, a pause and quiet hours hold back and say so, what rings is put off, and a night ends with one summary.

use std::time::{Duration, SystemTime};

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::TITLE;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_protocol::{Time, Zone};

use crate::seat::{Seat, calm, urgent};

/// The clock on its person's wall, so many minutes from now.
fn clock(minutes: i64) -> String {
    let by = Duration::from_secs(minutes.unsigned_abs() * 60);
    let now = Time::from(SystemTime::now());
    Zone::Wib.at(if minutes < 0 { now - by } else { now + by }).format("%H:%M").to_string()
}

#[tokio::test]
async fn its_person_is_reached_once_and_left_in_peace_when_they_ask_for_it() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, rina) = (Account::new("Bagas Pratama"), Account::new("Raden Ayu Rina Larasati Kusumawardhani"));
    service.add_staff(&bagas)?;
    let dimas = Colleague::joins(&service, "Dimas Wibowo").await?;
    let seat = Seat::take(&service.url(), &bagas).await?;
    let window = &seat.desk.window;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;

    // Five messages are one alert, which changes in its place.
    seat.display.minimise(TITLE).await?;
    let number = customer.file(&calm("Menu vegetarian")).await?;
    seat.on_screen(1).await?;
    for n in 2..=5 {
        customer.write(&format!("Pesan ke-{n}")).await?;
        seat.says(&format!("{n} pesan dari {}", rina.name), &format!("Pesan ke-{n}")).await?;
        seat.on_screen(1).await?;
    }
    // Read by somebody else it is withdrawn.
    dimas.read(&number).await?;
    seat.on_screen(0).await?;
    // A click finds the window wherever it is, and opens that ticket.
    customer.write("Ada kabar untuk menunya?").await?;
    seat.on_screen(1).await?;
    assert!(seat.display.windows(TITLE).is_empty(), "it is minimised still");
    seat.display.click_alert()?;
    window.read(".thread-head .facts", &number).await?;
    until("the window to have the focus", || {
        let focused = seat.display.focused();
        async move { Ok(if focused == TITLE { Ok(()) } else { Err(focused) }) }
    })
    .await?;
    seat.to_alerts().await?;
    seat.newest("clicked", "Pesan di tiket yang belum diambil").await?;

    // A pause holds back what can wait.
    window.click("#act-pause").await?;
    window.read(".nav-foot .nav-item", "Jeda").await?;
    customer.write("Kapan bisa dijawab?").await?;
    seat.newest("held_back", "Dijeda sampai").await?;
    window.click("#act-pause").await?;
    window.read(".nav-foot .nav-item", "Bertugas").await?;

    // So do quiet hours, but for what is urgent.
    window.click("[name=quiet]").await?;
    window.fill("[name=quiet-from]", &clock(-60)).await?;
    window.fill("[name=quiet-to]", &format!("{}\u{E007}", clock(60))).await?;
    window.read(".quiet", &format!("Satu ringkasan pukul {}", clock(60))).await?;
    customer.write("Maaf mengganggu malam-malam.").await?;
    seat.newest("held_back", "masuk ringkasan.").await?;
    seat.on_screen(0).await?;
    let ringing = customer.file(&urgent("Genset ballroom mati")).await?;
    seat.on_screen(1).await?;
    seat.newest("ringing", "Menembus jam tenang.").await?;
    // Put off it is silent here, and still nobody's.
    window.click("#act-snooze-ringing").await?;
    seat.on_screen(0).await?;
    window.gone(".ringer").await?;
    seat.newest("held_back", "Anda tunda sampai").await?;
    dimas.take(&ringing).await?;
    // At their end one alert says what still waits.
    window.fill("[name=quiet-to]", &format!("{}\u{E007}", clock(-1))).await?;
    seat.says("Selama jam tenang", "1 pesan. Tidak ada yang mendesak.").await?;
    seat.on_screen(1).await?;
    seat.newest("shown", "1 pesan. Tidak ada yang mendesak.").await?;
    window.picture("desk-quiet-hours").await?;
    seat.display.click_alert()?;
    window.read(".thread-head .facts", &number).await.map(drop)
}
