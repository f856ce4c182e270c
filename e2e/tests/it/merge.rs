//! Two tickets become one: chosen by keyboard, read as one conversation on the desk and on the customer's open page, and two again when that is undone.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::keyboard::{ENTER, ESC, ctrl, focused_id, press};
use gemilang_e2e::page::{look_over, look_over_desk};
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use serde_json::json;

use crate::seat::{Seat, calm};

#[tokio::test]
async fn two_tickets_are_read_as_one_until_that_is_undone() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    let roro = Account::new("Raden Roro Kusumawardhani Prameswari Hadiningrat");
    service.add_staff(&bagas)?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&roro).await?;
    let akad = customer.file(&calm("Akad dimajukan ke 06.30, mohon sesuaikan MUA dan katering")).await?;
    customer.write("Penghulu bisa pukul 06.30").await?;
    customer.reads("Penghulu bisa pukul 06.30").await?;
    let katering = customer.file(&calm("Katering: sarapan 80 orang keluarga")).await?;
    customer.write("Sarapannya untuk 80 orang").await?;
    customer.reads("Sarapannya untuk 80 orang").await?;
    let page = customer.window();
    page.fill("[data-writer] [name=message]", "Oh iya, satu lagi").await?;

    let Seat { display: _display, desk } = Seat::take(&service.url(), &bagas).await?;
    let window = &desk.window;
    window.resize(1280, 800).await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    window.click(&format!("[data-ticket={akad}]")).await?;
    window.read(".thread", "Penghulu bisa pukul 06.30").await?;

    // The customer's other ticket is offered before anything is typed; the field has the keyboard, Escape gives it back.
    press(window, "m").await?;
    window.read("#merge-0.is-on", &katering).await?;
    assert_eq!(focused_id(window).await?, "merge-field");
    window.read("[data-goes]", "Dilebur").await?;
    let mut wrong = look_over_desk(window, "merge").await?;
    window.see("#merge-field").await?.keys(ESC).await?;
    window.gone(".merge-dialog").await?;
    press(window, "m").await?;
    window.see("#merge-field").await?.keys("roro kater").await?;
    window.read("#merge-0 mark", "Kater").await?;
    window.click("#merge-swap").await?;
    window.see(&format!("[data-goes={akad}]")).await?;
    wrong.extend(look_over_desk(window, "merge-swapped").await?);
    window.click("#merge-swap").await?;
    window.see(&format!("[data-goes={katering}]")).await?;
    window.see("#merge-field").await?.keys(ENTER).await?;
    assert_eq!(focused_id(window).await?, "merge-yes");
    window.see("#merge-yes").await?.keys(ENTER).await?;
    window.read(".snack", &format!("{katering} digabungkan ke {akad}")).await?;
    window.read(".thread", "Sarapannya untuk 80 orang").await?;

    // The customer's open page goes on there, with what was being typed.
    page.read("[data-number]", &akad).await?;
    customer.reads("Penghulu bisa pukul 06.30").await?;
    customer.reads(&format!("dari {katering}")).await?;
    customer.reads("Sarapannya untuk 80 orang").await?;
    customer
        .holds("return document.querySelector('[data-writer] [name=message]').value === 'Oh iya, satu lagi'")
        .await?;
    ctrl(window, "z").await?;
    window.read(".snack", "Diurungkan").await?;
    customer.holds("return !document.querySelector('[data-flow]').textContent.includes('Sarapannya')").await?;
    window.gone(".event.from").await?;

    // Merged again: both sides as they look, and the one that went in.
    press(window, "m").await?;
    window.read("#merge-0.is-on", &katering).await?;
    window.see("#merge-field").await?.keys(ENTER).await?;
    window.see("#merge-yes").await?.keys(ENTER).await?;
    window.see(".event.from").await?;
    customer.reads(&format!("dari {katering}")).await?;
    page.click("[data-writer] .sendbtn").await?;
    window.read(".thread", "Oh iya, satu lagi").await?;
    wrong.extend(look_over_desk(window, "merged").await?);
    wrong.extend(look_over(page, "merged").await?);
    window.click(".nav-item[title='Baru ditutup']").await?;
    window.click(&format!("[data-ticket={katering}]")).await?;
    window.read(".banner.merged", &format!("Digabungkan ke {akad}")).await?;
    wrong.extend(look_over_desk(window, "merged-away").await?);
    assert_eq!(window.run("return document.querySelectorAll('[name=message]').length", json!([])).await?, json!(0));
    window.click("#merged-open").await?;
    window.read(".thread-head", &akad).await?;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
