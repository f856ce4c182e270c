//! What a ticket is, changed where it stands; and a message that is split off, over a desk that is killed in mid-sentence.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::keyboard::{CTRL, ENTER, ESC, FREE, ctrl, focused, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use serde_json::json;

use crate::seat::calm;

const NAME: &str = "Raden Roro Kusumawardhani Prameswari Hadiningrat";

#[tokio::test]
async fn a_ticket_is_renamed_and_a_message_of_it_gets_a_ticket_of_its_own() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, roro) = (Account::new("Bagas Pratama"), Account::new(NAME));
    service.add_staff(&bagas)?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&roro).await?;
    let number = customer.file(&calm("Menu vegetarian")).await?;
    // The keychain keeps the session over a kill.
    let display = Display::start(Comforts { alerts: false, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let mut desk = Desk::start(&display, &setting).await?;
    desk.window.resize(1280, 800).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    let window = &desk.window;
    window.read(".statusline", "Langsung").await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    window.click(&format!("[data-ticket={number}]")).await?;
    window.read(".thread-head h1", "Menu vegetarian").await?;

    // Renamed by its key: what cannot be kept is said beside the field, and Escape gives back what was.
    press(window, "u").await?;
    window.see("#subject-field").await?;
    assert_eq!(focused(window).await?, "title");
    window.see("#subject-field").await?.keys(&format!(" {ENTER}")).await?;
    window.read("#subject-said", "Isi judulnya dulu").await?;
    let mut wrong = look_over_desk(window, "subject-wrong").await?;
    press(window, ESC).await?;
    window.read("#subject", "Menu vegetarian").await?;
    window.click("#subject").await?;
    window.see("#subject-field").await?.keys(&format!("Menu vegetarian untuk 40 tamu dari Surabaya{ENTER}")).await?;
    window.read("#subject", "untuk 40 tamu").await?;
    window.read(".event", "mengubah judul menjadi").await?;
    ctrl(window, "z").await?;
    window.read("#subject", "Menu vegetarian").await?;
    press(window, "o").await?;
    window.read(".menu", "Pelanggan ini belum punya pesanan").await?;
    wrong.extend(look_over_desk(window, "order-menu").await?);
    press(window, ESC).await?;
    press(window, "g").await?;
    window.read(".menu", "Keluhan").await?;
    press(window, ESC).await?;

    // A message is split off: its words are the customer's, the rest is typed, and survives the desk.
    window.run("document.querySelector('.msg-more').focus()", json!([])).await?;
    press(window, ENTER).await?;
    window.read(".menu", "Pisahkan menjadi tiket baru").await?;
    wrong.extend(look_over_desk(window, "message-menu").await?);
    press(window, ENTER).await?;
    window.read(".split-quote blockquote", calm("").description).await?;
    wrong.extend(look_over_desk(window, "split").await?);
    window.fill("[name=subject]", "Kursi tambahan").await?;
    window.read(".file-dialog footer", "Draf tersimpan").await?;
    desk.kill();
    desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.read(".statusline", "Langsung").await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    window.see(&format!("[data-ticket={number}]")).await?;
    press(window, "c").await?;
    window.read(".split-quote blockquote", calm("").description).await?;
    assert_eq!(window.see("[name=subject]").await?.value().await?, "Kursi tambahan");
    window.see("[name=subject]").await?.keys(&format!("{CTRL}{ENTER}{FREE}")).await?;
    window.gone(".file-dialog").await?;
    window.read(".thread-head h1", "Kursi tambahan").await?;
    window.read(".event", &format!("memisahkan pesan ini dari {number}")).await?;
    wrong.extend(look_over_desk(window, "split-off").await?);
    window.click(".linked a").await?;
    window.read(".thread-head h1", "Menu vegetarian").await?;
    window.read("[data-split]", "Dipisahkan ke").await?;
    window.resize(1600, 1000).await?;
    wrong.extend(look_over_desk(window, "split-from").await?);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    customer.window().go(&format!("{}/customer/support/tickets", service.url())).await?;
    customer.window().read("main", "Kursi tambahan").await.map(drop)
}
