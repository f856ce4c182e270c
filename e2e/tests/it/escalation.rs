//! What nobody takes for three rounds calls the admins, too, whether they are on duty or not.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};

use crate::seat::{Seat, urgent};

#[tokio::test]
async fn an_admin_off_duty_is_called_after_three_rounds() -> Result<()> {
    let service = Service::start().await?;
    let (ayu, bagas, rina) = (Account::new("Ni Luh Ayu"), Account::new("Bagas Pratama"), Account::new("Rina Larasati"));
    service.add_admin(&ayu)?;
    service.add_staff(&bagas)?;
    let bagas = Colleague::sign_in(&service.url(), &bagas).await?;
    bagas.on_duty().await?;
    let mut cable = Cable::to(service.port())?;
    let seat = Seat::take(&cable.url(), &ayu).await?;
    seat.to_alerts().await?;
    seat.desk.window.click("[name=duty]").await?;
    seat.desk.window.read(".nav-foot .nav-item", "Lepas jaga").await?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;

    // While it is fresh it is left to who is on duty.
    customer.file(&urgent("Katering belum datang")).await?;
    seat.newest("held_back", "Anda lepas jaga.").await?;
    seat.on_screen(0).await?;

    // One that was filed three rounds ago, but for some seconds, reaches her when her line is back.
    cable.pull().await;
    seat.desk.window.read(".statusline", "Offline").await?;
    let number = customer.file(&urgent("Pengantin terjebak macet")).await?;
    service.make_older(&number, 176).await?;
    cable.plug()?;
    seat.newest("held_back", "Anda lepas jaga.").await?;
    seat.on_screen(1).await?;
    seat.newest("ringing", "Belum diambil setelah tiga putaran; semua admin dipanggil.").await?;
    seat.desk.window.read(".ringer", "semua admin dipanggil").await.map(drop)
}
