//! What the desk says when an address, a password or a session is wrong, and what it keeps.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::portal::{Customer, Filed};
use gemilang_e2e::process::free_port;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_protocol::{Category, Priority};
use sqlx::{Connection, Executor, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn each_fault_of_signing_in_is_told_apart_and_nothing_typed_is_lost() -> Result<()> {
    let mut service = Service::start().await?;
    let bagas = Account::new("Bagas Pratama");
    service.add_staff(&bagas)?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&Account::new("Rina Larasati")).await?;
    let filed = Filed {
        subject: "Jam gladi resik",
        description: "Gladi resik hari Jumat jam berapa, dan siapa saja yang perlu datang?",
        category: Category::Schedule,
        priority: Priority::Medium,
    };
    let number = customer.file(&filed).await?;

    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: None };
    let desk = Desk::start(&display, &setting).await?;

    // Nobody there, somebody else there, and the wrong password.
    let nobody = format!("127.0.0.1:{}", free_port()?);
    desk.sign_in(&nobody, &bagas.email, &bagas.password).await?;
    desk.window.read("form", "Alamat ini tidak menjawab").await?;
    desk.window.picture("sign-in-silent").await?;
    let stranger = stranger().await?;
    desk.sign_in(&stranger, &bagas.email, &bagas.password).await?;
    desk.window.read("form", "Ini bukan server Gemilang").await?;
    desk.sign_in(&service.url(), &bagas.email, "salah-sekali").await?;
    desk.window.read("form", "Email atau kata sandi tidak cocok").await?;
    desk.window.picture("sign-in-wrong").await?;
    let typed = desk.window.see("[name=email]").await?.value().await?;
    assert_eq!(typed, bagas.email, "a refused form stays as it was typed");

    desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
    desk.window.read(".statusline", "Langsung").await?;
    let row = format!("[data-ticket={number}]");
    desk.window.click(&row).await?;

    // The session ends while an answer is being typed: the answer is kept, and leaves with the next session.
    let answer = "Gladi resik jam 16:00, cukup keluarga inti saja.";
    desk.window.fill("[name=message]", answer).await?;
    end_all_sessions(service.database()).await?;
    desk.window.see("[name=message]").await?.keys("\u{E009}\u{E007}").await?;
    desk.window.read(".statusline", "Sesi berakhir").await?;
    desk.window.picture("session-ended").await?;
    desk.window.read(".thread-pane", answer).await?;
    desk.window.fill("[name=message]", "Yang masih diketik").await?;
    desk.window.click(".banner.warning .btn").await?;
    desk.window.fill("[name=password]", &format!("{}\u{E007}", bagas.password)).await?;
    desk.window.read(".statusline", "Langsung").await?;
    customer.reads(answer).await?;
    until("what was being typed", || async {
        let typed = desk.window.find("[name=message]").await?.value().await?;
        Ok(if typed == "Yang masih diketik" { Ok(()) } else { Err(typed) })
    })
    .await?;
    desk.close(&display).await?;

    let settings = std::fs::read_to_string(setting.data.join("settings.json"))?;
    assert!(settings.contains("\"window\""), "the place of the window is kept: {settings}");
    assert!(!settings.contains(&bagas.password), "a password is kept nowhere");

    // The next start finds its session in the keychain, and its data on the disk, although the service is down.
    service.kill();
    let desk = Desk::start(&display, &setting).await?;
    desk.window.read(".statusline", "Server tidak menjawab sejak").await?;
    desk.window.click(&row).await?;
    desk.window.read(".thread-pane", answer).await?;
    desk.window.picture("offline-start").await?;
    let _service = service.start_again().await?;
    desk.window.read(".statusline", "Langsung").await?;
    desk.close(&display).await
}

/// A web server that is not ours.
async fn stranger() -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((mut guest, _)) = listener.accept().await {
            // Answering without having listened would be cut off as a broken line.
            let _ = guest.read(&mut [0; 4096]).await;
            let page = "<h1>Selamat datang di hotel</h1>";
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
            let _ = guest.write_all(answer.as_bytes()).await;
        }
    });
    Ok(address.to_string())
}

/// Ends them as the service does: with a row of the feed, by which every process hears of it.
async fn end_all_sessions(database: &str) -> Result<()> {
    let mut connection = PgConnection::connect(database).await?;
    let ended = "with ended as (
            delete from sessions where user_id in (select id from users where role <> 'customer') returning id)
        insert into record_events (kind, record_id, generation)
        select 'session', id, (select max(generation) from feed_generations) from ended";
    connection.execute(ended).await?;
    Ok(connection.close().await?)
}
