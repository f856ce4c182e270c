//! How the desk feels: keys while others change tickets, and rows while they are scrolled, each beside the same without. `cargo xtask bench desk` asks for more of it, and puts what comes out beside the core's figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gemilang_e2e::Result;
use gemilang_e2e::artefacts;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use serde_json::json;
use sqlx::PgPool;

/// How many tickets the bench asks for.
const WANTED: &str = "GEMILANG_E2E_TICKETS";
/// So many where nobody asks.
const TICKETS: u32 = 600;
/// Keys typed with changes and without.
const KEYS: usize = 120;
/// Frames of scrolling.
const FRAMES: usize = 120;
/// A change comes after each of these.
const CHANGE: Duration = Duration::from_millis(20);
/// Notes for every key in the composer how long it took until it was painted, from when it was pressed.
const WATCH_KEYS: &str = "window.took = []; \
    document.addEventListener('keydown', key => { \
        if (key.target.name !== 'message') return; \
        requestAnimationFrame(() => { \
            const painted = new MessageChannel(); \
            painted.port1.onmessage = () => window.took.push((performance.now() - key.timeStamp) * 1000); \
            painted.port2.postMessage(0); \
        }); \
    }, true)";
/// Scrolls what has this id up and down, two rows a frame, and notes how long each frame took.
const SCROLL: &str = "const it = document.getElementById(arguments[0]), frames = arguments[1]; it.scrollTop = 0; window.took = []; \
    let last = null, frame = 0, down = true; \
    const step = now => { \
        if (last != null) window.took.push((now - last) * 1000); \
        last = now; \
        it.scrollTop += down ? 154 : -154; \
        if (it.scrollTop + it.clientHeight >= it.scrollHeight - 1) down = false; \
        if (it.scrollTop <= 0) down = true; \
        if (++frame <= frames) requestAnimationFrame(step); \
    }; requestAnimationFrame(step)";
/// The same rows as a page that does nothing, over the list.
const STATIC: &str = "const rows = document.getElementById('rows'), still = rows.cloneNode(false); still.id = 'still'; \
    const row = rows.querySelector('a.ticket').outerHTML; \
    still.innerHTML = [...rows.querySelectorAll('a.ticket')].map(it => it.outerHTML).join('').repeat(20); \
    rows.style.display = 'none'; rows.after(still); return row.length > 0";

#[tokio::test]
async fn keys_are_painted_while_others_change_tickets() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let tickets = std::env::var(WANTED).ok().and_then(|wanted| wanted.parse().ok()).unwrap_or(TICKETS);
    service.seed(tickets).await?;
    let database = PgPool::connect(service.database()).await?;
    // What rings moves on the screen all the time: that is another measure.
    let colleague = Arc::new(Colleague::joins(&service, "Dimas Wibowo").await?);
    colleague.takes_what_rings(&database).await?;
    let display = Display::start(Comforts { alerts: false, keyring: false }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.resize(1440, 900).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    window.read(".statusline", "Langsung").await?;
    window.click(".nav-item[title='Semua aktif']").await?;
    window.see("a.ticket").await?;
    window.click("a.ticket").await?;
    window.see("[name=message]").await?;
    window.run(WATCH_KEYS, json!([])).await?;

    let without = typed(window).await?;
    let others = "select id::text from support_tickets where status = 'open' and priority <> 'urgent'
        order by last_message_at limit 40";
    let others: Vec<String> = sqlx::query_scalar(others).fetch_all(&database).await?;
    let begun = Instant::now();
    let changes = Changes::begin(colleague, others);
    let with = typed(window).await?;
    let (changed, lasted) = (changes.end(), begun.elapsed());
    let a_second = changed as f64 / lasted.as_secs_f64();

    window.click(".nav-item[title='Baru ditutup']").await?;
    window.see("a.ticket").await?;
    let list = scrolled(window, "rows").await?;
    window.run(STATIC, json!([])).await?;
    let still = scrolled(window, "still").await?;

    let figures = json!({
        "tickets": tickets, "keys": KEYS, "changes_a_second": a_second,
        "typing_us": p95(&with), "typing_without_us": p95(&without),
        "frame_us": p95(&list), "frame_still_us": p95(&still)
    });
    println!("desk.feel {figures}");
    std::fs::write(artefacts::dir()?.join("desk-feel.json"), figures.to_string())?;
    assert!(a_second > 10.0, "{a_second} changes a second are none");
    assert!(p95(&with) < 1_000_000.0, "a key takes {} us beside changes", p95(&with));
    database.close().await;
    desk.close(&display).await
}

/// Types, and answers for each key when it was painted.
async fn typed(window: &Window) -> Result<Vec<f64>> {
    window.run("window.took = []", json!([])).await?;
    let field = window.see("[name=message]").await?;
    for n in 0..KEYS {
        field.keys(if n % 8 == 7 { " " } else { "a" }).await?;
    }
    took(window, KEYS).await
}

async fn scrolled(window: &Window, id: &str) -> Result<Vec<f64>> {
    window.run(SCROLL, json!([id, FRAMES])).await?;
    took(window, FRAMES).await
}

/// What the page noted, once there are so many.
async fn took(window: &Window, wanted: usize) -> Result<Vec<f64>> {
    until(&format!("{wanted} paints"), || async {
        let took: Vec<f64> =
            serde_json::from_value(window.run("return window.took", json!([])).await?).unwrap_or_default();
        Ok(if took.len() >= wanted { Ok(took) } else { Err(took.len().to_string()) })
    })
    .await
}

fn p95(took: &[f64]) -> f64 {
    let mut took = took.to_vec();
    took.sort_by(f64::total_cmp);
    took.get(took.len() * 95 / 100).copied().unwrap_or_default()
}

/// Changes that come as fast as they are asked for.
struct Changes {
    done: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<()>,
}

impl Changes {
    fn begin(colleague: Arc<Colleague>, tickets: Vec<String>) -> Self {
        let done = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&done);
        let task = tokio::spawn(async move {
            let mut pace = tokio::time::interval(CHANGE);
            let mut under_way = tokio::task::JoinSet::new();
            for n in 0_usize.. {
                pace.tick().await;
                let Some(ticket) = tickets.get(n % tickets.len().max(1)).cloned() else { return };
                let to = (n / tickets.len()).is_multiple_of(2).then_some(colleague.user.id);
                let (colleague, counted) = (Arc::clone(&colleague), Arc::clone(&counted));
                under_way.spawn(async move {
                    if colleague.give(&ticket, to).await.is_ok() {
                        counted.fetch_add(1, Ordering::Relaxed);
                    }
                });
                while under_way.try_join_next().is_some() {}
            }
        });
        Self { done, task }
    }

    fn end(self) -> u64 {
        self.task.abort();
        self.done.load(Ordering::Relaxed)
    }
}
