//! What staff put around tickets: a colleague called in a note is alerted, tags and links stand in the side pane, several tickets are put off at once, and who called gets a ticket, also without a network.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::keyboard::{ALT, CTRL, ENTER, ESC, FREE, ctrl, focused, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};

use crate::seat::{Seat, calm};

#[tokio::test]
async fn colleagues_are_called_tickets_are_filed_and_hang_together() -> Result<()> {
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
    let there = Seat::take(&service.url(), &dimas).await?;
    let Seat { display: _display, desk } = Seat::take(&cable.url(), &bagas).await?;
    desk.window.resize(1280, 800).await?;
    let window = &desk.window;
    let row = format!("[data-ticket={number}]");
    window.click(".nav-item[title='Semua aktif']").await?;
    window.click(&row).await?;
    window.read(".thread-head h1", "Menu vegetarian").await?;

    // A colleague is called by a few letters, and alerted.
    press(window, "r").await?;
    window.see("[name=message]").await?.keys("nn").await?;
    press(window, &format!("{ALT}n{FREE}")).await?;
    let field = window.see("[name=note]").await?;
    assert_eq!(focused(window).await?, "note", "from within the field, where letters are letters");
    field.keys("Tolong @wib").await?;
    window.read(".mentions .is-on", "Dimas Wibowo").await?;
    let mut wrong = look_over_desk(window, "mention").await?;
    field.keys(ENTER).await?;
    window.gone(".mentions").await?;
    field.keys(&format!("dicek{CTRL}{ENTER}{FREE}")).await?;
    window.read(".note .mention", "@Dimas Wibowo").await?;
    there.says("Bagas Pratama menyebut Anda", "Tolong @Dimas Wibowo dicek").await?;

    // A tag and a link, by keys and by the menu.
    press(window, ESC).await?;
    press(window, "l").await?;
    window.fill("[name=ask]", "Katering").await?;
    window.read("#ask-0", "Label baru “katering”").await?;
    wrong.extend(look_over_desk(window, "tag-menu").await?);
    window.see("[name=ask]").await?.keys(ENTER).await?;
    window.read("[data-tag=katering]", "katering").await?;
    window.click("#act-more").await?;
    wrong.extend(look_over_desk(window, "more-menu").await?);
    window.click(".menu #opt-4").await?;
    window.fill("[name=ask]", "kursi").await?;
    window.read("#ask-0", "Kursi tambahan").await?;
    window.see("[name=ask]").await?.keys(ENTER).await?;
    window.read(".linked", "Kursi tambahan").await?;
    wrong.extend(look_over_desk(window, "tagged-and-linked").await?);
    there.desk.window.click(".nav-item[title='Semua aktif']").await?;
    there.desk.window.click(&format!("[data-ticket={other}]")).await?;
    there.desk.window.read(".linked", "Menu vegetarian").await?;
    // Taking it off can be undone.
    window.click("[data-tag=katering]").await?;
    window.gone("[data-tag=katering]").await?;
    ctrl(window, "z").await?;
    window.see("[data-tag=katering]").await?;

    // Several are put off at once, and back.
    window.click(&format!("{row} .glyph")).await?;
    window.click(&format!("[data-ticket={other}] .glyph")).await?;
    wrong.extend(look_over_desk(window, "picked-for-later").await?);
    press(window, "z").await?;
    window.fill("[name=when]", "besok 9 pagi").await?;
    window.read("#when-0", "09:00 WIB").await?;
    window.see("[name=when]").await?.keys(ENTER).await?;
    window.read(".snack", "2 tiket ditunda sampai besok 09:00").await?;
    window.read(".nav-item[title='Ditunda']", "2").await?;
    press(window, ESC).await?;
    ctrl(window, "z").await?;
    window.read(".snack", "Diurungkan").await?;

    // Somebody calls, and there is no network.
    cable.pull().await;
    window.read(".statusline", "tidak menjawab").await?;
    press(window, "c").await?;
    window.see(".file-dialog").await?;
    wrong.extend(look_over_desk(window, "file-ticket").await?);
    assert_eq!(focused(window).await?, "who");
    window.see("[name=who]").await?.keys("lara").await?;
    window.read("#caller-0", "Rina Larasati").await?;
    window.see("[name=who]").await?.keys(ENTER).await?;
    window.read(".file-person", "Rina Larasati").await?;
    window.click("#file-submit").await?;
    window.read("#file-subject-said", "Isi judulnya dulu").await?;
    wrong.extend(look_over_desk(window, "file-ticket-wrong").await?);
    window.fill("[name=subject]", "Tenda tambahan").await?;
    window.fill("[name=first]", "Rina menelepon: tenda tambah satu.").await?;
    window.see("[name=first]").await?.keys(&format!("{CTRL}{ENTER}{FREE}")).await?;
    window.read(".thread-pane", "menunggu tersambung").await?;
    wrong.extend(look_over_desk(window, "filed-offline").await?);
    cable.plug()?;
    window.read(".thread-head h1", "Tenda tambahan").await?;
    window.read(".thread-pane", "Rina menelepon: tenda tambah satu.").await?;
    wrong.extend(look_over_desk(window, "filed").await?);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    customer.window().go(&format!("{}/customer/support/tickets", service.url())).await?;
    customer.window().read("main", "Tenda tambahan").await.map(drop)
}
