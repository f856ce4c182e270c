//! How the pages of alerts look: nothing for axe to say inside the desk's own web view, light and dark, in both languages, at every
//! width, with names that are long.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};

use crate::seat::{Seat, urgent};

#[tokio::test]
async fn alerts_are_readable_by_everybody_at_every_width() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    let rina = Account::new("Raden Ayu Rina Larasati Kusumawardhani binti Notonegoro");
    service.add_staff(&bagas)?;
    let seat = Seat::take(&service.url(), &bagas).await?;
    let window = &seat.desk.window;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;
    customer
        .file(&urgent("Genset ballroom mati dan katering menunggu di halaman belakang hotel sejak pukul lima pagi"))
        .await?;
    seat.on_screen(1).await?;
    seat.to_alerts().await?;
    seat.newest("ringing", "Anda bertugas.").await?;

    let mut wrong = Vec::new();
    for width in [1440, 1180, 1024, 800] {
        window.resize(width, 900).await?;
        wrong.extend(look_over_desk(window, &format!("alerts-{width}")).await?);
    }
    window.click("[name=quiet]").await?;
    window.see("[name=quiet-from]:enabled").await?;
    // The ringer above the list, where there is least room.
    window.click(".nav-item[title='Semua aktif']").await?;
    window.see(".ringer").await?;
    for width in [1440, 1180, 800] {
        window.resize(width, 900).await?;
        wrong.extend(look_over_desk(window, &format!("ringer-{width}")).await?);
    }
    // In English.
    window.resize(1440, 900).await?;
    window.click(".nav-pane > .head .btn-icon").await?;
    window.click("#opt-4").await?;
    window.see("[title='Unassigned']").await?;
    wrong.extend(look_over_desk(window, "ringer-en").await?);
    seat.to_alerts().await?;
    window.click("[data-path=pop_up] button").await?;
    window.read("[data-path=pop_up][data-saw=true]", "Shown within").await?;
    wrong.extend(look_over_desk(window, "alerts-en").await?);
    window.resize(1024, 900).await?;
    wrong.extend(look_over_desk(window, "alerts-en-1024").await?);
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
