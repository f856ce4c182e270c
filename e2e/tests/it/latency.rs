//! How long an alert takes, five hundred times: from the change at the service to the call of the desk's notification daemon.

use std::time::{Duration, SystemTime};

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::notifier::Notifier;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;

use crate::seat::{Seat, calm};

/// So many alerts.
const ALERTS: usize = 500;

#[tokio::test]
async fn an_alert_is_with_the_daemon_within_a_second_of_its_change() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, rina) = (Account::new("Bagas Pratama"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    let dimas = Colleague::joins(&service, "Dimas Wibowo").await?;
    let them = Colleague::sign_in(&service.url(), &bagas).await?.user.id;
    let display = Display::start(Comforts { alerts: false, keyring: true }).await?;
    let notifier = Notifier::start(&display).await?;
    let _seat = Seat::take_on(display, &service.url(), &bagas).await?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;
    let number = customer.file(&calm("Menu vegetarian")).await?;
    until("the first alert", || {
        let asked = notifier.asked().len();
        async move { Ok(if asked == 1 { Ok(()) } else { Err(asked.to_string()) }) }
    })
    .await?;

    // Given and taken back again and again; each time it is given it is told.
    let ticket = dimas.find(&number).await?;
    let mut took: Vec<Duration> = Vec::with_capacity(ALERTS);
    for n in 0..ALERTS {
        // Before the request, so that the commit itself is in it.
        let begun = SystemTime::now();
        dimas.give(&ticket, Some(them)).await?;
        let at = until("the alert", || {
            let asked = notifier.asked().get(n + 1).copied();
            async move { Ok(asked.ok_or_else(|| "none".to_owned())) }
        })
        .await?;
        took.push(at.duration_since(begun).unwrap_or_default());
        dimas.give(&ticket, None).await?;
    }
    took.sort_unstable();
    let (p50, p99) = (took[ALERTS / 2], took[ALERTS * 99 / 100]);
    println!(
        "alerts.latency of {ALERTS}: p50 {} us, p99 {} us, most {} us",
        p50.as_micros(),
        p99.as_micros(),
        took[ALERTS - 1].as_micros()
    );
    assert!(p99 < Duration::from_secs(1), "p99 {p99:?}");
    Ok(())
}
