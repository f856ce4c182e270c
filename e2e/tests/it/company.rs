//! Two desks on one ticket: each sees that the other looks and writes, in the conversation and in the list, and no longer once they
//! have gone or lost the line.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};

use crate::seat::{calm, sit};

#[tokio::test]
async fn two_desks_on_one_ticket_see_each_other() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, dimas, rina) =
        (Account::new("Bagas Pratama"), Account::new("Dimas Wibowo"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    service.add_staff(&dimas)?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;
    let number = customer.file(&calm("Menu vegetarian")).await?;
    let other = customer.file(&calm("Kursi tambahan")).await?;
    let mut cable = Cable::to(service.port())?;
    let (_one, here) = sit(&service.url(), &bagas).await?;
    let (_two, there) = sit(&cable.url(), &dimas).await?;
    let (here, there) = (&here.window, &there.window);
    let row = format!("[data-ticket={number}]");

    there.click(&row).await?;
    here.see(&format!("{row} .beside[title='Dimas melihat']")).await?;
    here.click(&row).await?;
    here.see(".looking .faces[title='Dimas melihat']").await?;
    there.see(".looking .faces[title='Bagas melihat']").await?;
    there.fill("[name=message]", "Baik").await?;
    here.read(".looking", "mengetik").await?;
    here.see(&format!("{row} .beside[title='Dimas mengetik']")).await?;
    here.picture("company").await?;
    // Who stops is no longer said to write after a few seconds, and is still there.
    here.see(".looking .faces[title='Dimas melihat']").await?;

    // Another ticket: they are there.
    there.click(&format!("[data-ticket={other}]")).await?;
    here.see(&format!("[data-ticket={other}] .beside[title='Dimas melihat']")).await?;
    here.gone(&format!("{row} .beside")).await?;
    // Its customer begins to write, and they see it.
    customer.window().fill("[name=message]", "Kak, tamunya tambah dua").await?;
    there.read(".looking", "mengetik").await?;
    there.click(&row).await?;
    here.see(&format!("{row} .beside")).await?;

    // A cable that is pulled takes its person along, and leaves them alone.
    cable.pull().await;
    here.gone(&format!("{row} .beside")).await?;
    there.gone(".looking .faces").await?;
    cable.plug()?;
    here.see(&format!("{row} .beside")).await?;
    there.see(".looking .faces").await.map(drop)
}
