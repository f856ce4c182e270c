//! The cable is pulled and work goes on: what is written waits with its state in sight, can be changed and taken back, and arrives
//! once and in order when the cable is back. What others did meanwhile is shown beside it, to be decided by a person.

use std::time::{Duration, Instant};

use gemilang_e2e::Result;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use gemilang_protocol::Status;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::sync::Mutex;

const SEND: &str = "\u{E009}\u{E007}";
const OLD_WORDS: &str = "kebaya cadangan";
/// A list whose order is the same for so long holds still.
const STILL: Duration = Duration::from_millis(700);
const BY_A_COLLEAGUE: &str = "Saya bantu jawab dulu, Kak.";

#[tokio::test]
async fn what_is_written_without_a_cable_arrives_once_and_in_order() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let database = PgPool::connect(service.database()).await?;
    let old = an_old_conversation(&database).await?;
    let mut cable = Cable::to(service.port())?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(cable.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1440, 900).await?;
    desk.sign_in(&cable.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    let [written, as_is, edited, dropped, raced, withdrawn] = some_tickets(window).await?;

    cable.pull().await;
    window.read(".statusline", "sejak").await?;
    open(window, &written).await?;
    say(window, "message", "Baik, Kak, jam 7.").await?;
    window.read(".msg.unsent .marks", "Antre · dikirim saat tersambung").await?;
    window.click(".composer .tab:nth-child(2)").await?;
    say(window, "note", "Sudah ditanyakan ke vendor.").await?;
    window.read(".note.unsent .marks", "Antre").await?;
    window.click(".composer .tab:nth-child(1)").await?;
    say(window, "message", "Ada lagi yang bisa kami bantu?").await?;

    // Changed where it stands; nothing of it is sent meanwhile.
    window.click(".msg.unsent [data-choice=desk-edit]").await?;
    window.fill("[name=edit]", "Baik, Kak, jam 6.30.").await?;
    window.read(".edit .said", "Draf tersimpan").await?;
    window.picture("offline-editor").await?;
    window.see("[name=edit]").await?.keys(SEND).await?;
    window.gone(".edit").await?;
    window.read(".msg.unsent .bubble", "jam 6.30").await?;

    for (number, text) in [
        (&as_is, "Tetap seperti rencana, Kak."),
        (&edited, "Kami cek dulu."),
        (&dropped, "Tidak jadi, Kak."),
        (&withdrawn, "Salah ketik"),
    ] {
        open(window, number).await?;
        say(window, "message", text).await?;
    }
    open(window, &raced).await?;
    window.click("#act-resolve").await?;
    window.read(".event.unsent", "Selesai").await?;

    // Searching needs no cable either, and says what it cannot reach.
    seek(window, &written).await?;
    window.read("#hits", "dicari saat tersambung").await?;
    window.see(&format!("[data-hit={written}]")).await?;
    window.picture("offline-search").await?;

    go(window, "Belum terkirim").await?;
    window.read(".out-pane .banner", "dikirim sekali, berurutan").await?;
    window.read(".out-pane .banner", "Mencoba lagi dalam").await?;
    window.read(".out-pane .count", "8").await?;
    window.picture("offline-outbox").await?;
    choose(window, "Salah ketik", "desk-withdraw").await?;
    window.click(".dialog.confirm .btn-danger").await?;
    window.read(".out-pane .count", "7").await?;

    // Meanwhile others work on the same tickets.
    let colleague = Colleague::sign_in(&service.url(), &accounts["admin"]).await?;
    for number in [&as_is, &edited, &dropped] {
        colleague.reply(number, BY_A_COLLEAGUE).await?;
    }
    colleague.set_status(&raced, Status::Closed).await?;

    cable.plug()?;
    window.click(".out-pane .banner a").await?;
    window.read(".statusline", "Langsung").await?;
    window.read(".out-pane", "Perlu keputusan Anda, 4").await?;
    window.read(".out-pane", "ke Ditutup pukul").await?;
    window.read(".out-pane", "Perubahan Anda tidak dipakai.").await?;
    window.picture("offline-decide").await?;

    arrived(&database, &written, &["Baik, Kak, jam 6.30.", "Ada lagi yang bisa kami bantu?"]).await?;
    assert_eq!(newest_note(&database, &written).await?, "Sudah ditanyakan ke vendor.");
    assert!(!messages(&database, &withdrawn).await?.contains(&"Salah ketik".to_owned()));

    decide(window, &as_is, &edited).await?;
    choose(window, "Tidak jadi, Kak.", "desk-discard").await?;
    window.click(".dialog.confirm .btn-danger").await?;
    choose(window, "Perubahan Anda tidak dipakai.", "desk-discard").await?;
    window.read(".out-pane", "Semua terkirim.").await?;
    window.click("#sent-today").await?;
    window.read(".out-pane", "Kami cek, besok kabar lagi.").await?;
    arrived(&database, &as_is, &[BY_A_COLLEAGUE, "Tetap seperti rencana, Kak."]).await?;
    arrived(&database, &edited, &[BY_A_COLLEAGUE, "Kami cek, besok kabar lagi."]).await?;
    arrived(&database, &dropped, &[BY_A_COLLEAGUE]).await?;
    let status = "select status::text from support_tickets where 'GW-' || number = $1";
    let status: String = sqlx::query_scalar(status).bind(&raced).fetch_one(&database).await?;
    assert_eq!(status, "closed", "who was faster is not overwritten");
    // What is only at the service is found there, marked, and fetched when it is opened.
    seek(window, OLD_WORDS).await?;
    window.see(&format!("[data-hit={old}] .from-service")).await?;
    window.picture("search-service").await?;
    window.see("[name=q]").await?.keys("\u{E007}").await?;
    window.read(".thread-head .facts", &old).await?;
    window.read(".thread-pane .thread", OLD_WORDS).await?;
    database.close().await;
    desk.close(&display).await
}

/// Two held replies in their conversations: one is sent as it is, the other one is changed beside the news, by the keyboard.
async fn decide(window: &Window, as_is: &str, edited: &str) -> Result<()> {
    go(window, "Semua aktif").await?;
    open(window, as_is).await?;
    window.read(".clash .them", BY_A_COLLEAGUE).await?;
    window.read(".clash .held", "Tetap seperti rencana, Kak.").await?;
    window.picture("offline-held").await?;
    window.click(".clash [data-choice=desk-send-as-is]").await?;
    window.gone(".clash").await?;
    // It moves to the top when it is told back.
    window.see(&format!("a.ticket:first-of-type[data-ticket={as_is}]")).await?;
    open(window, edited).await?;
    window.see(".clash").await?;
    window.find("body").await?.keys("e").await?;
    window.fill("[name=edit]", "Kami cek, besok kabar lagi.").await?;
    window.picture("offline-held-editor").await?;
    window.see("[name=edit]").await?.keys(SEND).await?;
    window.gone(".clash").await?;
    go(window, "Belum terkirim").await
}

/// Numbers of tickets that somebody works on, from the list.
async fn some_tickets(window: &Window) -> Result<[String; 6]> {
    go(window, "Semua aktif").await?;
    until("six tickets", || async {
        let numbers = "return [...document.querySelectorAll('a.ticket')].map(row => row.dataset.ticket)";
        let seen = window.run(numbers, json!([])).await?;
        let numbers: Vec<String> = serde_json::from_value(seen).unwrap_or_default();
        Ok(numbers.into_iter().take(6).collect::<Vec<_>>().try_into().map_err(|few: Vec<String>| few.join(" ")))
    })
    .await
}

/// Makes a closed conversation so old that a new desk has its head alone, and answers its number.
async fn an_old_conversation(database: &PgPool) -> Result<String> {
    let told = "update chat_messages set message = message || ' ' || $1 where id = (
        select m.id from chat_messages m join support_tickets t on t.id = m.ticket_id
        where t.status = 'closed' order by t.number, m.n limit 1) returning ticket_id";
    let ticket: uuid::Uuid = sqlx::query_scalar(told).bind(OLD_WORDS).fetch_one(database).await?;
    let aged = "update support_tickets set last_message_at = now() - interval '300 days' where id = $1
        returning 'GW-' || number";
    Ok(sqlx::query_scalar(aged).bind(ticket).fetch_one(database).await?)
}

async fn go(window: &Window, page: &str) -> Result<()> {
    window.click(&format!(".nav-item[title='{page}']")).await
}

/// Opens a ticket from the list, once the list holds still: what is sent or comes in moves its rows, and a click goes to a place.
async fn open(window: &Window, number: &str) -> Result<()> {
    let seen = Mutex::new((Value::Null, Instant::now()));
    until("the list to hold still", || async {
        let rows = "return [...document.querySelectorAll('a.ticket')].map(row => row.dataset.ticket)";
        let rows = window.run(rows, json!([])).await?;
        let mut seen = seen.lock().await;
        if seen.0 != rows {
            *seen = (rows, Instant::now());
        }
        Ok(if seen.1.elapsed() > STILL { Ok(()) } else { Err(seen.0.to_string()) })
    })
    .await?;
    window.click(&format!("[data-ticket={number}]")).await?;
    window.read(".thread-head .facts", number).await.map(drop)
}

async fn say(window: &Window, field: &str, text: &str) -> Result<()> {
    window.fill(&format!("[name={field}]"), text).await?;
    window.see(&format!("[name={field}]")).await?.keys(SEND).await?;
    window.read(".thread-pane .thread", text).await.map(drop)
}

async fn seek(window: &Window, text: &str) -> Result<()> {
    window.click(".nav-find").await?;
    window.fill("#palette-field", text).await?;
    // Tab leaves the palette for the search of everything.
    window.find("#palette-field").await?.keys("\u{E004}").await?;
    window.see("[name=q]").await.map(drop)
}

/// Presses a button of the item that shows this text.
async fn choose(window: &Window, text: &str, choice: &str) -> Result<()> {
    let script = "const item = [...document.querySelectorAll('.out')].find(it => it.innerText.includes(arguments[0])); \
                  item?.querySelector(`[data-choice=${arguments[1]}]`)?.click(); return item != null";
    until(&format!("“{text}” in the outbox"), || async {
        let found = window.run(script, json!([text, choice])).await?;
        Ok(if found.as_bool() == Some(true) { Ok(()) } else { Err("not there".to_owned()) })
    })
    .await
}

/// Waits until the newest messages of a ticket are these, each there once.
async fn arrived(database: &PgPool, number: &str, wanted: &[&str]) -> Result<()> {
    until(&format!("the newest messages of {number}"), || async {
        let all = messages(database, number).await?;
        let newest = &all[all.len().saturating_sub(wanted.len())..];
        let once = wanted.iter().all(|text| all.iter().filter(|it| it == text).count() == 1);
        Ok(if newest == wanted && once { Ok(()) } else { Err(format!("{newest:?}")) })
    })
    .await
}

async fn messages(database: &PgPool, number: &str) -> Result<Vec<String>> {
    let all = "select m.message from chat_messages m join support_tickets t on t.id = m.ticket_id
               where 'GW-' || t.number = $1 order by m.n";
    Ok(sqlx::query_scalar(all).bind(number).fetch_all(database).await?)
}

async fn newest_note(database: &PgPool, number: &str) -> Result<String> {
    let newest = "select n.note from internal_notes n join support_tickets t on t.id = n.ticket_id
                  where 'GW-' || t.number = $1 order by n.n desc limit 1";
    Ok(sqlx::query_scalar(newest).bind(number).fetch_one(database).await?)
}
