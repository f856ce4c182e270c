//! Customers and orders: looked up as one types, each with all that is theirs; and a customer who is shut out and let in again.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;

use crate::seat::Seat;

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const DOWN: &str = "\u{E015}";
const CONTROL_Z: &str = "\u{E009}z\u{E000}";

#[tokio::test]
async fn a_customer_is_looked_up_and_shut_out() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let rina = &accounts["customer"];
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.sign_in(rina).await?;
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let seat = Seat::take_on(display, &service.url(), &accounts["agent"]).await?;
    let window = &seat.desk.window;

    // By name, as one types; Enter opens what is found.
    window.click(".nav-item[title='Pelanggan']").await?;
    window.see("#found .hit").await?;
    window.fill("#look-field", &rina.email).await?;
    window.read("#found [data-customer]", &rina.email).await?;
    window.resize(1280, 800).await?;
    assert_eq!(look_over_desk(window, "customers").await?, Vec::<String>::new());
    window.see("#look-field").await?.keys(ENTER).await?;
    window.see(&format!("[data-person='{}'] a.line.recent", rina.email)).await?;
    assert_eq!(look_over_desk(window, "customer").await?, Vec::<String>::new());
    // Their wedding, and back over both.
    window.click(".line.of-order").await?;
    window.see("[data-wedding] .wedding").await?;
    assert_eq!(look_over_desk(window, "order").await?, Vec::<String>::new());
    window.click("#look-back").await?;
    window.read("#found [data-customer]", &rina.email).await?;
    window.click(".nav-item[title='Pesanan']").await?;
    window.see("#found [data-order]").await?;
    assert_eq!(look_over_desk(window, "orders").await?, Vec::<String>::new());

    // From a ticket: another category by keyboard alone and back, then its customer.
    window.resize(1440, 900).await?;
    window.click(".nav-item[title='Pelanggan']").await?;
    window.see("#look-field").await?.keys(ENTER).await?;
    window.click(&format!("[data-person='{}'] a.line.recent", rina.email)).await?;
    let was = window.see("#prop-category").await?.text().await?;
    window.see("#prop-category").await?.keys(ENTER).await?;
    window.see(".menu .opt").await?;
    assert_eq!(look_over_desk(window, "category-menu").await?, Vec::<String>::new());
    window.see(".menu").await?.keys(&format!("{DOWN}{ENTER}")).await?;
    window.read(".snack", "Kategori menjadi").await?;
    // What is said and what is shown come by two ways.
    until("another category", || async {
        let is = window.see("#prop-category").await?.text().await?;
        Ok(if is == was { Err(is) } else { Ok(()) })
    })
    .await?;
    window.see("body").await?.keys(CONTROL_Z).await?;
    window.read("#prop-category", &was).await?;

    window.see("#act-customer").await?.keys(ENTER).await?;
    window.see(".menu").await?.keys(&format!("{DOWN}{ENTER}")).await?;
    window.read("#confirm-title", "Blokir").await?;
    assert_eq!(look_over_desk(window, "block").await?, Vec::<String>::new());
    window.see(".dialog .btn-outline-secondary").await?.keys(TAB).await?;
    window.see(".dialog .btn-danger").await?.keys(ENTER).await?;
    window.read(".side-pane .tagword", "Diblokir").await?;
    let page = customer.window();
    page.go(&format!("{}/customer/support/tickets", service.url())).await?;
    page.see("form[action='/login']").await?;

    // On their page they are let in again.
    window.click("#side-customer b").await?;
    window.read(".page-head .tagword", "Diblokir").await?;
    window.click("#act-block").await?;
    window.gone(".page-head .tagword").await?;
    customer.sign_in(rina).await?;
    seat.desk.close(&seat.display).await
}
