//! The main job: an urgent ticket rings on the desk, is opened from the alert, answered and resolved; the customer sees all of it live.

use std::time::Duration;

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display, Shown};
use gemilang_e2e::portal::{Customer, Filed};
use gemilang_e2e::process::binary;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::{until, within};
use gemilang_protocol::{Category, Priority};

const SUBJECT: &str = "Tenda bocor & hujan, akad besok pagi";
const REPLY: &str = "Selamat sore Kak Rina, tim vendor kami berangkat sekarang.";

#[tokio::test]
async fn an_urgent_ticket_rings_is_answered_and_seen() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, dimas, rina) =
        (Account::new("Bagas Pratama"), Account::new("Dimas Wibowo"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    service.add_staff(&dimas)?;

    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;

    // A second start shows the first, and nothing else.
    display.minimise(TITLE).await?;
    let second = display
        .command(&binary("gemilang-desk")?.display().to_string())
        .env("GEMILANG_DATA_DIR", &setting.data)
        .output()?;
    assert!(second.status.success(), "{second:?}");
    is_focused(&display).await?;
    assert_eq!(display.windows(TITLE).len(), 1);
    display.minimise(TITLE).await?;

    // The customer files it on a phone.
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;
    let filed = Filed {
        subject: SUBJECT,
        description: "Tenda pelaminan bocor dan sekarang hujan deras. Akad besok jam 8 pagi, mohon segera dibantu.",
        category: Category::Vendor,
        priority: Priority::Urgent,
    };
    let number = customer.file(&filed).await?;
    customer.window().picture("portal-conversation-sent").await?;

    // The desk rings although its window is minimised.
    let title = format!("Mendesak: {SUBJECT}");
    let alert = within(Duration::from_secs(5), "the alert", || {
        let shown = display.shown();
        async move { Ok(shown.first().cloned().ok_or_else(|| "none shown".to_owned())) }
    })
    .await?;
    assert_eq!(
        alert,
        Shown { urgency: "CRITICAL".to_owned(), title, body: "Rina Larasati · belum diambil".to_owned() }
    );
    let late = display.last_shown_at()?.duration_since(service.last_filed_at().await?).unwrap_or_default();
    println!("the alert was shown {} ms after the ticket was filed", late.as_millis());
    assert!(late < Duration::from_secs(1), "an urgent ticket rings within a second, not after {late:?}");
    assert_eq!(display.alerts_on_screen()?, 1);
    assert!(display.windows(TITLE).is_empty(), "an alert must not raise the window by itself");
    display.picture("story-alert")?;

    // A click on the alert brings the window with that ticket.
    display.click_alert()?;
    is_focused(&display).await?;
    desk.window.read(".thread-head h1", SUBJECT).await?;
    desk.window.read(".thread-head .facts", &number).await?;
    desk.window.see("[name=message]").await?;
    desk.window.picture("story-ticket").await?;

    // It rings until somebody takes it: one key does.
    desk.window.read(".ringer", "Rina Larasati").await?;
    desk.window.find("body").await?.keys("t").await?;
    desk.window.gone(".ringer").await?;
    desk.window.read(".side-pane", "Bagas Pratama").await?;

    // The answer leaves the desk and shows in the customer's open page.
    customer.mark_page().await?;
    desk.window.fill("[name=message]", REPLY).await?;
    customer.window().see("[data-typing] .bubble").await?;
    customer.window().picture("portal-conversation-typing").await?;
    desk.window.see("[name=message]").await?.keys("\u{E009}\u{E007}").await?;
    customer.reads(REPLY).await?;
    customer.window().read("[data-status-line]", "Diproses").await?;
    desk.window.read(".thread-pane", REPLY).await?;

    // So does what the customer writes back, and the end of it.
    customer.write("Terima kasih banyak, kami tunggu di lokasi.").await?;
    desk.window.read(".thread-pane", "kami tunggu di lokasi").await?;
    desk.window.picture("story-answered").await?;
    desk.window.click("#act-resolve").await?;
    desk.window.read(".thread-head .facts", "Selesai").await?;
    customer.window().read("[data-status-line]", "Selesai").await?;
    customer.is_same_page().await?;
    customer.window().picture("portal-conversation").await?;
    display.picture("story-resolved")?;

    a_colleague_takes_it_and_the_alert_goes(&service, &display, &customer, &dimas).await
}

async fn is_focused(display: &Display) -> Result<()> {
    until("the window to be back and focused", || {
        let focused = display.focused();
        async move { Ok(if focused == TITLE { Ok(()) } else { Err(format!("“{focused}” has the focus")) }) }
    })
    .await
}

async fn a_colleague_takes_it_and_the_alert_goes(
    service: &Service,
    display: &Display,
    customer: &Customer,
    dimas: &Account,
) -> Result<()> {
    let colleague = Colleague::sign_in(&service.url(), dimas).await?;
    let on_screen = |wanted: u32| {
        let what = format!("{wanted} alerts on screen");
        async move {
            until(&what, || {
                let count = display.alerts_on_screen();
                async move { count.map(|count| if count == wanted { Ok(()) } else { Err(count.to_string()) }) }
            })
            .await
        }
    };
    on_screen(0).await?;
    let filed = Filed {
        subject: "Katering belum datang",
        description: "Acara mulai dua jam lagi dan katering belum datang juga.",
        category: Category::Vendor,
        priority: Priority::High,
    };
    let number = customer.file(&filed).await?;
    // What nobody has is told once; when it becomes urgent, that takes its place.
    on_screen(1).await?;
    let of = |at: usize| display.shown().get(at).map(|alert| (alert.urgency.clone(), alert.title.clone()));
    assert_eq!(of(1), Some(("NORMAL".to_owned(), "Rina Larasati, belum diambil".to_owned())));
    colleague.set_priority(&number, Priority::Urgent).await?;
    until("the alert that it became urgent", || {
        let last = of(2);
        async move {
            let wanted = ("CRITICAL".to_owned(), "Menjadi mendesak: Katering belum datang".to_owned());
            Ok(last.filter(|last| *last == wanted).ok_or_else(|| "none".to_owned()))
        }
    })
    .await?;
    let bodies: Vec<_> = display.shown().iter().map(|alert| alert.body.clone()).collect();
    assert_eq!(bodies[2], "Rina Larasati · diubah Dimas Wibowo");
    on_screen(1).await?;
    colleague.take(&number).await?;
    on_screen(0).await?;
    assert_eq!(display.shown().len(), 3);
    Ok(())
}
