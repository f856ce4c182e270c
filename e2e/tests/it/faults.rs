//! What the desk does where something is missing, and what nobody loses when the database dies.

use std::fs;
use std::path::PathBuf;

use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::portal::{Customer, Filed};
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_e2e::{Failure, Result};
use gemilang_postgres::{Options, Postgres};
use gemilang_protocol::{Category, Priority};

#[tokio::test]
async fn without_notification_daemon_and_keychain_the_desk_works_and_says_so() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.window.read("body", "Penyimpanan sandi sistem tidak ditemukan").await?;
    desk.window.read("body", "Layanan notifikasi tidak berjalan di komputer ini").await?;

    let customer = Customer::at(Browser::computer().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let filed = Filed {
        subject: "Rias pengantin terlambat",
        description: "Perias belum datang, padahal akad satu jam lagi. Mohon dibantu segera.",
        category: Category::Vendor,
        priority: Priority::Urgent,
    };
    let number = customer.file(&filed).await?;
    desk.window.read(".snack-at", "Mendesak: Rias pengantin terlambat").await?;
    desk.window.see(&format!("[data-ticket={number}]")).await?;
    desk.window.picture("no-daemon").await?;
    desk.close(&display).await
}

#[tokio::test]
async fn a_killed_database_costs_no_acknowledged_message() -> Result<()> {
    let dir = tempfile::Builder::new().prefix("gemilang-e2e-pg-").tempdir_in("/var/tmp")?;
    let place = dir.path().join("cluster");
    // Durable on purpose: what is tested is that nothing acknowledged is lost.
    let postgres = Postgres::start(&place, Options::default()).map_err(|error| Failure::Answer(error.to_string()))?;
    let service = Service::start_on(postgres.url()).await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let customer = Customer::at(Browser::computer().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let filed = Filed {
        subject: "Denah kursi tamu",
        description: "Boleh minta denah kursi terbaru untuk 500 tamu, termasuk meja keluarga?",
        category: Category::Order,
        priority: Priority::Medium,
    };
    let number = customer.file(&filed).await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.window.click(&format!("[data-ticket={number}]")).await?;
    let say = async |text: &str| {
        desk.window.fill("[name=message]", text).await?;
        desk.window.see("[name=message]").await?.keys("\u{E009}\u{E007}").await
    };
    say("Denahnya kami kirim hari ini.").await?;
    customer.reads("Denahnya kami kirim hari ini.").await?;

    let killed = postgres.pid();
    kill(killed)?;
    say("Meja keluarga ada di sisi panggung.").await?;
    until("a 503 or a database that is back already", || async {
        let answer = reqwest::get(format!("{}/readyz", service.url())).await?;
        let back = postgres.pid() != killed;
        Ok(if answer.status() == 503 || back { Ok(()) } else { Err(answer.status().to_string()) })
    })
    .await?;
    until("the service to serve again", || async {
        let answer = reqwest::get(format!("{}/readyz", service.url())).await?;
        Ok(if answer.status().is_success() { Ok(()) } else { Err(answer.status().to_string()) })
    })
    .await?;
    customer.reads("Meja keluarga ada di sisi panggung.").await?;
    customer.reads("Denahnya kami kirim hari ini.").await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.close(&display).await?;
    drop(service);
    postgres.stop();
    Ok(())
}

#[tokio::test]
async fn a_damaged_replica_is_set_aside_and_loaded_anew() -> Result<()> {
    let service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.close(&display).await?;

    let replicas = || -> Result<Vec<PathBuf>> {
        let files = fs::read_dir(setting.data.join("replicas"))?;
        Ok(files.filter_map(|file| file.ok().map(|file| file.path())).collect())
    };
    for file in replicas()? {
        fs::write(file, "bukan lagi sebuah basis data".repeat(400))?;
    }
    let desk = Desk::start(&display, &setting).await?;
    // The address and the email are remembered, so the password alone is asked for.
    desk.window.fill("[name=password]", &format!("{}\u{E007}", bagas.password)).await?;
    desk.window.read(".snack-at", "Data di komputer ini rusak").await?;
    desk.window.read(".statusline", "Langsung").await?;
    let kept = replicas()?.iter().any(|file| file.to_string_lossy().contains(".damaged-"));
    assert!(kept, "the damaged file is kept: {:?}", replicas()?);
    desk.close(&display).await
}

/// Ends a process as a power cut would.
fn kill(pid: u32) -> Result<()> {
    std::process::Command::new("kill").args(["-s", "KILL", &pid.to_string()]).status()?;
    Ok(())
}
