//! A person's desk on a desktop of its own, signed in, with what its alerts and its ledger show.

use std::time::Duration;

use gemilang_e2e::Result;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::portal::Filed;
use gemilang_e2e::service::Account;
use gemilang_e2e::wait::within;
use gemilang_protocol::{Category, Priority};

/// An alert is on screen or gone from it within this time.
pub const SOON: Duration = Duration::from_secs(5);

/// Somebody at their desk.
pub struct Seat {
    pub display: Display,
    pub desk: Desk,
}

impl Seat {
    /// Sits down in front of a service, where a notification daemon runs.
    pub async fn take(url: &str, who: &Account) -> Result<Self> {
        Self::take_on(Display::start(Comforts { alerts: true, keyring: true }).await?, url, who).await
    }

    /// Sits down at a desktop.
    pub async fn take_on(display: Display, url: &str, who: &Account) -> Result<Self> {
        let setting = Setting { data: display.home().join("desk"), server: Some(url.to_owned()) };
        let desk = Desk::start(&display, &setting).await?;
        desk.window.resize(1440, 900).await?;
        desk.sign_in(url, &who.email, &who.password).await?;
        desk.window.read(".statusline", "Langsung").await?;
        // Whoever signs in is on duty.
        desk.window.read(".nav-foot .nav-item", "Bertugas").await?;
        Ok(Self { display, desk })
    }

    /// Waits until so many alerts stand on the screen.
    pub async fn on_screen(&self, wanted: u32) -> Result<()> {
        within(SOON, &format!("{wanted} alerts on screen"), || {
            let count = self.display.alerts_on_screen();
            async move { count.map(|count| if count == wanted { Ok(()) } else { Err(count.to_string()) }) }
        })
        .await
    }

    /// Waits until the last alert that was shown, or changed on the screen, says this.
    pub async fn says(&self, title: &str, body: &str) -> Result<()> {
        within(SOON, &format!("an alert {title:?}, {body:?}"), || {
            let last = self.display.shown().pop();
            async move {
                Ok(match last {
                    Some(shown) if shown.title == title && shown.body == body => Ok(()),
                    other => Err(format!("{other:?}")),
                })
            }
        })
        .await
    }

    /// Goes to the page of alerts.
    pub async fn to_alerts(&self) -> Result<()> {
        self.desk.window.click(".nav-foot .nav-item").await
    }

    /// Waits until the newest line of the ledger has this result and says this.
    pub async fn newest(&self, result: &str, why: &str) -> Result<()> {
        let line = format!(".lines-table > .line.ledger:first-child[data-result={result}]");
        self.desk.window.read(&line, why).await.map(drop)
    }
}

/// Somebody before the list of all active tickets, on a desktop without alerts.
pub async fn sit(url: &str, who: &Account) -> Result<(Display, Desk)> {
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(url.to_owned()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.window.resize(1280, 800).await?;
    desk.sign_in(url, &who.email, &who.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.window.click(".nav-item[title='Semua aktif']").await?;
    Ok((display, desk))
}

/// An urgent ticket.
pub fn urgent(subject: &str) -> Filed<'_> {
    Filed {
        subject,
        description: "Acara mulai sebentar lagi dan kami belum tahu harus bagaimana, mohon dibantu.",
        category: Category::Vendor,
        priority: Priority::Urgent,
    }
}

/// One that can wait.
pub fn calm(subject: &str) -> Filed<'_> {
    Filed { priority: Priority::Medium, ..urgent(subject) }
}
