//! How long an alert takes: from the change at the service to the call of the desk's notification daemon. `cargo xtask bench desk` asks
//! for five hundred of them, and puts what comes out beside the sync's own figures.

use std::time::{Duration, SystemTime};

use gemilang_e2e::Result;
use gemilang_e2e::artefacts;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::notifier::Notifier;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use serde_json::json;

use crate::seat::{Seat, calm};

/// How many alerts the bench asks for.
const WANTED: &str = "GEMILANG_E2E_ALERTS";
/// So many where nobody asks.
const ALERTS: usize = 50;

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

    let wanted = std::env::var(WANTED).ok().and_then(|wanted| wanted.parse().ok()).unwrap_or(ALERTS);
    // Given and taken back again and again; each time it is given it is told.
    let ticket = dimas.find(&number).await?;
    let mut took: Vec<Duration> = Vec::with_capacity(wanted);
    for n in 0..wanted {
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
    let (p50, p99, most) = (took[wanted / 2], took[wanted * 99 / 100], took[wanted - 1]);
    let figures = json!({
        "alerts": wanted, "p50_us": p50.as_micros(), "p99_us": p99.as_micros(), "most_us": most.as_micros()
    });
    println!("alerts.latency {figures}");
    std::fs::write(artefacts::dir()?.join("alert-latency.json"), figures.to_string())?;
    assert!(p99 < Duration::from_secs(1), "p99 {p99:?}");
    Ok(())
}
