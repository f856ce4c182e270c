//! Measures what a start of the desk costs, beside a window with an empty page: until it is shown, until rows are painted, memory, and what it does when nobody does anything. `cargo xtask bench desk` starts it.
//!
//! Says what came out in `desk-starts.json`, in `GEMILANG_E2E_OUT`; the empty page lies in `GEMILANG_E2E_BARE`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::process::binary;
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::{until, within};
use gemilang_e2e::{Failure, Result, artefacts};
use serde_json::json;

/// Starts of each; the middle one counts.
const STARTS: usize = 5;
/// So many tickets where nobody asks for another number.
const TICKETS: u32 = 100_000;
/// The first sync of that many has ended by then.
const SYNC: Duration = Duration::from_secs(300);
/// For so long nobody does anything before it is looked what that costs, and while it is.
const QUIET: Duration = Duration::from_secs(20);
/// A second in the kernel's accounts.
const TICKS: f64 = 100.0;

/// One start: seconds until it was shown and until rows were painted, KiB of memory, and the share of one processor it took in peace.
#[derive(Debug, Clone, Copy)]
struct Start {
    shown: f64,
    painted: f64,
    memory: f64,
    idle: f64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let tickets = std::env::var("GEMILANG_E2E_TICKETS").ok().and_then(|wanted| wanted.parse().ok()).unwrap_or(TICKETS);
    let page = PathBuf::from(std::env::var_os("GEMILANG_E2E_BARE").unwrap_or_default());
    let (service, accounts) = Service::start_with_demo().await?;
    service.seed(tickets).await?;
    // What rings moves on the screen all the time: that is no peace.
    let database = sqlx::PgPool::connect(service.database()).await?;
    Colleague::joins(&service, "Dimas Wibowo").await?.takes_what_rings(&database).await?;
    // Where it is called back from is a tray's business; without one, closing ends nothing here.
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    desk.sign_in(&service.url(), &accounts["agent"].email, &accounts["agent"].password).await?;
    within(SYNC, "the first sync", || async {
        let line = desk.window.find(".statusline").await?.text().await?;
        Ok(if line.contains("Langsung") { Ok(()) } else { Err(line) })
    })
    .await?;
    desk.close(&display).await?;

    let (mut bare, mut full) = (Vec::new(), Vec::new());
    let words = [page.to_str().unwrap_or_default()];
    for turn in 0..STARTS {
        // Memory and peace take long to see, and hardly differ from start to start.
        let look = turn + 1 == STARTS;
        bare.push(start(&display, &setting, &binary("gemilang-bare")?, &words, look).await?.0);
        let (start, desk) = start(&display, &setting, &binary("gemilang-desk")?, &[], look).await?;
        full.push(start);
        desk.close(&display).await?;
    }
    println!("bare {bare:?}\ndesk {full:?}");
    let figures = json!({
        "tickets": tickets, "starts": STARTS,
        "shown_us": middle(&full, |it| it.shown) * 1e6, "bare_shown_us": middle(&bare, |it| it.shown) * 1e6,
        "painted_us": middle(&full, |it| it.painted) * 1e6, "bare_painted_us": middle(&bare, |it| it.painted) * 1e6,
        "memory_kib": full[STARTS - 1].memory, "bare_memory_kib": bare[STARTS - 1].memory,
        "idle": full[STARTS - 1].idle, "bare_idle": bare[STARTS - 1].idle
    });
    println!("desk.starts {figures}");
    Ok(std::fs::write(artefacts::dir()?.join("desk-starts.json"), figures.to_string())?)
}

/// Starts a program and looks on. What was started goes on until the answer is dropped.
async fn start(
    display: &Display,
    setting: &Setting,
    program: &Path,
    words: &[&str],
    look: bool,
) -> Result<(Start, Desk)> {
    let screen = Screen::watch(display)?;
    let desk = Desk::start_program(display, setting, program, words).await?;
    let process = Tree::of(program)?;
    let begun = process.begun()?;
    let painted = until("the first rows", || async {
        let noted = "const rows = performance.getEntriesByName('rows')[0]; \
            return rows ? (performance.timeOrigin + rows.startTime) / 1000 : null";
        Ok(desk.window.run(noted, json!([])).await?.as_f64().ok_or_else(|| "no rows".to_owned()))
    })
    .await?;
    let shown = until("the window", || async { Ok(screen.shown_after(begun).ok_or_else(|| "no window".to_owned())) });
    let mut start = Start { shown: shown.await? - begun, painted: painted - begun, memory: 0.0, idle: 0.0 };
    if look {
        tokio::time::sleep(QUIET).await;
        let before = process.worked()?;
        tokio::time::sleep(QUIET).await;
        start.idle = (process.worked()? - before) / QUIET.as_secs_f64();
        start.memory = process.memory()?;
    }
    Ok((start, desk))
}

/// The middle one.
fn middle(starts: &[Start], of: impl Fn(&Start) -> f64) -> f64 {
    let mut all: Vec<f64> = starts.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// When windows were put on a screen.
struct Screen {
    watcher: Child,
    shown: Arc<Mutex<Vec<f64>>>,
}

impl Screen {
    fn watch(display: &Display) -> Result<Self> {
        let mut watcher = display
            .command("xev")
            .args(["-root", "-event", "substructure"])
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()?;
        let output = watcher.stdout.take().ok_or_else(|| Failure::Answer("xev has no output".to_owned()))?;
        let shown = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut is_map = false;
            for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
                // A menu or a helper goes over the window manager's head; a window does not.
                if is_map && line.ends_with("override NO") {
                    noted.lock().unwrap_or_else(PoisonError::into_inner).push(now());
                }
                is_map = line.starts_with("MapNotify");
            }
        });
        Ok(Self { watcher, shown })
    }

    fn shown_after(&self, begun: f64) -> Option<f64> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().find(|shown| *shown > begun)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
    }
}

/// A program and all it has started.
struct Tree {
    root: u32,
}

impl Tree {
    fn of(program: &Path) -> Result<Self> {
        let program = program.canonicalize()?;
        let is = |id: &u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program);
        let root = ids()?.into_iter().find(is);
        Ok(Self { root: root.ok_or_else(|| Failure::Answer(format!("{} does not run", program.display())))? })
    }

    /// When it began, in seconds since 1970.
    fn begun(&self) -> Result<f64> {
        let up: f64 = word(&std::fs::read_to_string("/proc/uptime")?, 0)?;
        Ok(now() - up + word::<f64>(&stat(self.root)?, 19)? / TICKS)
    }

    /// The program and whatever comes from it.
    fn all(&self) -> Result<Vec<u32>> {
        let parents: Vec<(u32, u32)> =
            ids()?.into_iter().filter_map(|id| Some((id, word(&stat(id).ok()?, 1).ok()?))).collect();
        let mut tree = vec![self.root];
        let mut at = 0;
        while let Some(parent) = tree.get(at).copied() {
            tree.extend(parents.iter().filter(|(_, its)| *its == parent).map(|(id, _)| *id));
            at += 1;
        }
        Ok(tree)
    }

    /// Seconds of a processor that it has taken.
    fn worked(&self) -> Result<f64> {
        let worked = |id| Some(word::<f64>(&stat(id).ok()?, 11).ok()? + word::<f64>(&stat(id).ok()?, 12).ok()?);
        Ok(self.all()?.into_iter().filter_map(worked).sum::<f64>() / TICKS)
    }

    /// Its share of memory in KiB: what several processes use together is split among them.
    fn memory(&self) -> Result<f64> {
        let share = |id| {
            let told = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
            word::<f64>(told.lines().find_map(|line| line.strip_prefix("Pss:"))?, 0).ok()
        };
        Ok(self.all()?.into_iter().filter_map(share).sum())
    }
}

/// All processes.
fn ids() -> Result<Vec<u32>> {
    let names = std::fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    Ok(names.collect())
}

/// What the kernel says of a process, from its state on: its name, which may hold spaces, is left out.
fn stat(id: u32) -> Result<String> {
    let told = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    Ok(told.rsplit_once(") ").map(|(_, rest)| rest.to_owned()).unwrap_or_default())
}

fn word<T: std::str::FromStr>(text: &str, at: usize) -> Result<T> {
    let word = text.split_whitespace().nth(at).and_then(|word| word.parse().ok());
    word.ok_or_else(|| Failure::Answer(format!("no number at {at} of {text}")))
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}
