//! The team: an admin asks somebody to join, who comes by the mail's link and sits down at a desk; later they are let go, and their tickets are nobody's at once. And when the house is open.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::page::{look_over, look_over_desk};
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::webdriver::Window;
use serde_json::json;

use crate::seat::{Seat, calm};

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const END: &str = "\u{E010}";

/// The line of a member.
fn line(account: &Account) -> String {
    format!("[data-member='{}']", account.email)
}

#[tokio::test]
async fn an_admin_brings_somebody_in_and_lets_somebody_go() -> Result<()> {
    let service = Service::start().await?;
    let ayu = Account::new("Raden Ayu Ni Luh Putu Larasati Kusumawardhani Prawirodirdjo");
    let hanifah = Account::new("Hanifah Nur Azizah");
    service.add_admin(&ayu)?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let mut numbers = Vec::new();
    for subject in ["Menu vegetarian untuk dua puluh tamu", "Denah kursi"] {
        numbers.push(customer.file(&calm(subject)).await?);
    }
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let seat = Seat::take_on(display, &service.url(), &ayu).await?;
    let window = &seat.desk.window;
    window.click("[title='Pengaturan']").await?;
    window.click(".subnav .nav-title ~ .nav-item").await?;
    window.read(".block-title", "1 orang").await?;

    // Asking somebody to join: what is wrong stands beside the address.
    window.click("#act-invite").await?;
    window.fill("#invite-email", &format!("hanifah{ENTER}")).await?;
    window.see("#invite-said .error").await?;
    window.fill("#invite-email", &format!("{}{ENTER}", ayu.email)).await?;
    window.read("#invite-said", "sudah punya akun").await?;
    window.fill("#invite-email", &format!("{}{ENTER}", hanifah.email)).await?;
    let waiting = format!("[data-invitation='{}']", hanifah.email);
    window.read(&waiting, "berlaku 7 hari lagi").await?;
    opening_hours(window, &customer, &service.url()).await?;
    for (width, height) in [(1600, 1000), (1280, 800)] {
        window.resize(width, height).await?;
        assert_eq!(look_over_desk(window, &format!("team-{width}")).await?, Vec::<String>::new());
    }

    // She comes by the mail, is there without anybody asking, and sits down at a desk of her own.
    let hers = Customer::at(Browser::phone().await?, &service.url());
    hers.open_letter("staff").await?;
    hers.window().read("main", "Raden Ayu").await?;
    assert_eq!(look_over(hers.window(), "join").await?, Vec::<String>::new());
    hers.window().fill("[name=name]", &hanifah.name).await?;
    hers.window().fill("[name=password]", &hanifah.password).await?;
    hers.window().fill("[name=password_confirmation]", &hanifah.password).await?;
    hers.window().click("main form .btn-primary").await?;
    hers.window().read("main.told", &hanifah.email).await?;
    window.read(&line(&hanifah), &hanifah.name).await?;
    window.gone(&waiting).await?;
    let second = Seat::take(&service.url(), &hanifah).await?;
    let hand = Colleague::sign_in(&service.url(), &hanifah).await?;
    for number in &numbers {
        hand.take(number).await?;
    }
    second.desk.window.read("[title='Tiket saya']", "2").await?;
    // The figures of the team are the service's, read when the page is.
    window.click("[title='Dasbor']").await?;
    window.click("[title='Pengaturan']").await?;
    window.click(".subnav .nav-title ~ .nav-item").await?;
    window.read(&line(&hanifah), "2").await?;

    // Letting her go, by keyboard alone: the menu from below, the question with Cancel first.
    let more = format!("{} [aria-label^='Tindakan']", line(&hanifah));
    window.find(&more).await?.keys(ENTER).await?;
    window.see(".menu .opt.danger").await?;
    assert_eq!(look_over_desk(window, "team-menu").await?, Vec::<String>::new());
    window.find(".menu").await?.keys(&format!("{END}{ENTER}")).await?;
    window.read("#confirm-title", "Nonaktifkan Hanifah Nur?").await?;
    window.read("#confirm-text", "2 tiketnya kembali ke Belum diambil.").await?;
    window.read("#confirm-text", "Kedua sesinya berakhir sekarang.").await?;
    assert_eq!(look_over_desk(window, "team-confirm").await?, Vec::<String>::new());
    window.find(".dialog .btn-outline-secondary").await?.keys(TAB).await?;
    window.find(".dialog .btn-danger").await?.keys(ENTER).await?;
    for number in &numbers {
        window.read(".released", number).await?;
    }
    window.read(&line(&hanifah), "Nonaktif").await?;
    window.picture("desk-team-released").await?;
    second.desk.window.read(".statusline", "Sesi berakhir").await?;
    assert!(hand.take(&numbers[0]).await.is_err(), "her sessions have ended");
    // They are nobody's on this desk too, and one is opened from there.
    window.read("[title='Belum diambil']", "2").await?;
    window.click(".released a").await?;
    window.read(".thread-head h1", "Menu vegetarian").await?;
    second.desk.close(&second.display).await?;
    seat.desk.close(&seat.display).await
}

/// Says when the house is open; a customer reads it.
async fn opening_hours(window: &Window, customer: &Customer, url: &str) -> Result<()> {
    window.click("[data-day='0'] .switch").await?;
    window.fill("[name=opens-0]", &format!("18{TAB}")).await?;
    window.read("[data-day='0'] .error", "sesudah jam buka").await?;
    window.fill("[name=opens-0]", &format!("9{TAB}")).await?;
    // A break, and what lies over the hours before it.
    window.run("document.querySelector(\"[data-break='0']\").click()", json!([])).await?;
    window.fill("[name=opens-0-1]", &format!("11{TAB}")).await?;
    window.read("[data-day='0'] .error", "sebelum jam sebelumnya selesai").await?;
    let wrong = look_over_desk(window, "hours-break").await?;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    window.fill("[name=opens-0-1]", &format!("13{TAB}")).await?;
    window.click("[data-day='1'] .switch").await?;
    window.click("#act-add-date").await?;
    window.fill("#except-date", "25/12").await?;
    window.read("#except-said", "25 Desember").await?;
    window.fill("#except-note", &format!("Hari Natal{ENTER}")).await?;
    window.read("#exceptions", "Hari Natal").await?;
    let page = customer.window();
    page.go(&format!("{url}/customer/support/tickets/create")).await?;
    // Wherever it stands behind the bar at the foot of a small screen.
    page.run("document.querySelector('.hours summary').click()", json!([])).await?;
    page.read(".hours", "Senin–Selasa").await?;
    page.read(".hours", "09:00–12:00, 13:00–17:00").await.map(drop)
}
