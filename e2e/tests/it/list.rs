//! The list under a pointer: whatever arrives, the row that is about to be pressed stays where it is.

use gemilang_e2e::Result;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::failure::Failure;
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use gemilang_protocol::Status;
use serde_json::json;
use sqlx::PgPool;

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
