//! The list under a pointer: whatever arrives, the row that is about to be pressed stays where it is.

use gemilang_e2e::Result;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::failure::Failure;
use gemilang_e2e::keyboard::{ctrl, press};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use gemilang_protocol::Status;
use serde_json::json;
use sqlx::PgPool;

/// The key to the end.
const END: &str = "\u{E010}";
/// The key to the beginning.
const HOME: &str = "\u{E011}";
/// A place over the list's third row or so, in a window of 1440 x 900.
const OVER: (i32, i32) = (400, 330);
/// A place over the conversation.
const AWAY: (i32, i32) = (900, 500);

#[tokio::test]
async fn no_row_moves_under_the_pointer() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let database = PgPool::connect(service.database()).await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1440, 900).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    window.see("a.ticket").await?;

    let colleague = Colleague::joins(&service, "Dimas Wibowo").await?;
    let closed = "select 'GW-' || number from support_tickets where status = 'closed' order by number limit 1";
    let closed: String = sqlx::query_scalar(closed).fetch_one(&database).await?;
    hover(&display)?;
    let aimed = under(window).await?;
    let shown = rows(window).await?;
    let bumped = shown.last().cloned().unwrap_or_default();

    // One ticket comes into the view, and one that stands below is answered: both belong to the top.
    colleague.reply(&bumped, "Sudah kami urus, Kak.").await?;
    colleague.reply(&closed, "Kami buka lagi ya, Kak.").await?;
    colleague.set_status(&closed, Status::InProgress).await?;
    until("the news in the head", || async {
        hover(&display)?;
        let told = window.find(".list-news").await?.text().await?;
        Ok(if told.contains("1 tiket baru") { Ok(()) } else { Err(told) })
    })
    .await?;
    window.read(&format!("[data-ticket={bumped}]"), "Sudah kami urus").await?;
    assert_eq!(under(window).await?, aimed, "the pointer is over the row it was over");
    let held = rows(window).await?;
    assert_eq!((&held[0], &held[1..]), (&closed, &shown[..]), "what is new stands above, and nothing else has moved");
    window.picture("list-held").await?;

    point(&display, AWAY)?;
    window.gone(".list-news button").await?;
    until("the rows to stand where they belong", || async {
        let rows = rows(window).await?;
        Ok(if rows[..2] == [closed.clone(), bumped.clone()] { Ok(()) } else { Err(rows.join(" ")) })
    })
    .await
}

/// Tickets of the load: far more than are ever read at once.
const LOAD: u32 = 1_500;

#[tokio::test]
async fn a_long_list_is_there_from_end_to_end_and_stands_still() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    service.seed(LOAD).await?;
    let database = PgPool::connect(service.database()).await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1440, 900).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    window.click(".nav-item[title='Baru ditutup']").await?;
    window.see("a.ticket").await?;
    let count = "select count(*) from support_tickets where status in ('resolved', 'closed')";
    let count: i64 = sqlx::query_scalar(count).fetch_one(&database).await?;
    assert!(count > 300, "{count} are no long list");
    counts(window, count).await?;

    press(window, END).await?;
    let oldest = "select 'GW-' || number from support_tickets where status in ('resolved', 'closed')
        order by last_message_at limit 1";
    let oldest: String = sqlx::query_scalar(oldest).fetch_one(&database).await?;
    stands_on(window, &oldest, count).await?;

    // To the middle by the thumb; what comes in above moves nothing there.
    window.run("const it = document.getElementById('rows'); it.scrollTop = it.scrollHeight / 2", json!([])).await?;
    until("rows in the middle", || async {
        let place = middle(window).await?.1;
        Ok(if (place - count / 2).abs() < 20 { Ok(()) } else { Err(place.to_string()) })
    })
    .await?;
    let seen = middle(window).await?;
    let colleague = Colleague::joins(&service, "Dimas Wibowo").await?;
    let open = "select 'GW-' || number from support_tickets where status = 'open' and priority <> 'urgent'
        order by last_message_at desc limit 1";
    let open: String = sqlx::query_scalar(open).fetch_one(&database).await?;
    colleague.reply(&open, "Sudah beres, Kak.").await?;
    colleague.set_status(&open, Status::Closed).await?;
    counts(window, count + 1).await?;
    until("the same rows", || async {
        let now = middle(window).await?;
        Ok(if (&now.0, now.1, now.2) == (&seen.0, seen.1 + 1, seen.2) {
            Ok(())
        } else {
            Err(format!("{now:?} after {seen:?}"))
        })
    })
    .await?;
    window.picture("list-middle").await?;

    press(window, HOME).await?;
    stands_on(window, &open, 1).await?;
    ctrl(window, "a").await?;
    let all = (count + 1).min(1_000);
    window.read(".list-pane .bulk", &figure(all)).await?;
    database.close().await;
    desk.close(&display).await
}

/// A figure as it is told here: `1.043`.
fn figure(n: i64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{}.{:03}", n / 1_000, n % 1_000) }
}

async fn counts(window: &Window, wanted: i64) -> Result<()> {
    window.read(".list-pane .head .count", &figure(wanted)).await.map(drop)
}

/// Waits until the keyboard stands on a ticket's row, at this place of the list.
async fn stands_on(window: &Window, ticket: &str, place: i64) -> Result<()> {
    let script = "const row = document.activeElement; return [row.dataset.ticket ?? row.id, row.ariaPosInSet ?? '']";
    until(&format!("the keyboard on {ticket}, the row {place}"), || async {
        let seen = window.run(script, json!([])).await?;
        Ok(if seen == json!([ticket, place.to_string()]) { Ok(()) } else { Err(seen.to_string()) })
    })
    .await
}

/// The ticket in the middle of the list's view, its place and how far below the top of the view it stands.
async fn middle(window: &Window) -> Result<(String, i64, i64)> {
    let script = "const pane = document.getElementById('rows').getBoundingClientRect(); \
                  const row = document.elementFromPoint(pane.left + 60, pane.top + pane.height / 2)?.closest('a.ticket'); \
                  return row == null ? ['', 0, 0] : \
                  [row.dataset.ticket, Number(row.ariaPosInSet), Math.round(row.getBoundingClientRect().top - pane.top)]";
    Ok(serde_json::from_value(window.run(script, json!([])).await?).unwrap_or_default())
}

/// Moves the pointer a little over the list: one that lies still holds nothing for long.
fn hover(display: &Display) -> Result<()> {
    point(display, (OVER.0 + 5, OVER.1))?;
    point(display, OVER)
}

/// Moves the pointer over the desk's window.
fn point(display: &Display, (x, y): (i32, i32)) -> Result<()> {
    let window = display.windows(TITLE).first().cloned().unwrap_or_default();
    let (x, y) = (x.to_string(), y.to_string());
    display.ask("xdotool", &["mousemove", "--window", &window, &x, &y]).map(drop).map_err(Failure::Answer)
}

async fn under(window: &Window) -> Result<String> {
    let script = "return document.elementFromPoint(...arguments).closest('a.ticket')?.dataset.ticket ?? ''";
    Ok(window.run(script, json!([OVER.0, OVER.1])).await?.as_str().unwrap_or_default().to_owned())
}

async fn rows(window: &Window) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('a.ticket')].map(row => row.dataset.ticket)";
    Ok(serde_json::from_value(window.run(script, json!([])).await?).unwrap_or_default())
}
