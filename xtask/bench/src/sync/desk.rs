//! The core of a desk as a process of its own: it syncs an empty file, says when what is there, and how much memory it took.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use clap::Args;
use gemilang_protocol::desk::views::{Inbox, Line, TicketQuery};
use gemilang_replica::{Engine, Link, Replica, engine, link};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::Failure;
use crate::service::House;

/// Tickets that are enough to begin with.
const FIRST: u32 = 200;
/// How long a sync may take before this gives up.
const PATIENCE: Duration = Duration::from_secs(420);
/// How often it is looked whether something is there yet.
const LOOK: Duration = Duration::from_millis(5);

/// What a desk is started with.
#[derive(Debug, Clone, Args)]
pub(crate) struct Seat {
    /// The service's address: run as a desk instead of measuring.
    #[arg(long, hide = true)]
    desk: Option<String>,
    #[arg(long, hide = true, default_value = "")]
    email: String,
    #[arg(long, hide = true, default_value = "")]
    password: String,
    #[arg(long, hide = true)]
    file: Option<PathBuf>,
}

impl Seat {
    /// Whether this process is a desk.
    pub(crate) fn is_taken(&self) -> bool {
        self.desk.is_some()
    }
}

/// The desk as the measuring process sees it.
pub(crate) struct Desk {
    _child: Child,
    asks: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    pub(crate) file: PathBuf,
    _dir: tempfile::TempDir,
}

impl Desk {
    /// Starts one on an empty file. It has signed in when this returns.
    pub(crate) async fn start(house: &House, address: SocketAddr) -> Result<Self, Failure> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("desk.db");
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--out", ".", "--desk", &format!("http://{address}")])
            .args(["--email", &house.email, "--password", &house.password])
            .arg("--file")
            .arg(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let asks = child.stdin.take().ok_or("no input")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut desk = Self { _child: child, asks, answers, file, _dir: dir };
        desk.heard("ready").await?;
        Ok(desk)
    }

    /// Tells it to sync.
    pub(crate) async fn sync(&mut self) -> Result<(), Failure> {
        Ok(self.asks.write_all(b"sync\n").await?)
    }

    /// The figure that it says under this name next.
    pub(crate) async fn heard(&mut self, name: &str) -> Result<f64, Failure> {
        let line = self.answers.next_line().await?.ok_or("the desk ended")?;
        let figure = line.strip_prefix(name).ok_or_else(|| format!("the desk said {line}"))?;
        Ok(figure.trim().parse()?)
    }
}

/// Is the desk: syncs whenever it is told to, until nobody is there to tell it.
pub(crate) async fn sit(seat: &Seat) -> Result<(), Failure> {
    let server = seat.desk.as_deref().unwrap_or_default();
    let file = seat.file.as_deref().ok_or("no file")?;
    let session = link::sign_in(server, &seat.email, &seat.password).await?;
    let replica = Replica::open(file, session.user.clone()).await?;
    say("ready", 0.0);
    while told().await? {
        let begun = Instant::now();
        let link = Link::new(server, &session.token)?;
        let engine = Engine::start(replica.clone(), link, engine::Clock::system(), 1);
        let mut status = engine.status();
        wait(|| is_usable(&replica)).await?;
        say("usable", millis(begun));
        tokio::time::timeout(PATIENCE, status.wait_for(|status| status.line == Line::Live)).await??;
        say("live", millis(begun));
        wait(async || Ok(!replica.is_index_behind().await?)).await?;
        say("indexed", millis(begun));
        say("memory", memory());
        engine.stop().await;
    }
    replica.close().await?;
    Ok(())
}

async fn told() -> Result<bool, Failure> {
    Ok(tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await?? > 0)
}

fn say(name: &str, figure: f64) {
    println!("{name} {figure:.1}");
}

/// A list as the inbox shows it, and its first conversation.
async fn is_usable(replica: &Replica) -> Result<bool, Failure> {
    let query = TicketQuery { inbox: Inbox::Active, limit: FIRST, ..TicketQuery::default() };
    let list = replica.tickets(&query).await?;
    let Some(first) = list.rows.first() else { return Ok(false) };
    Ok(list.rows.len() == FIRST as usize && !replica.thread(first.id).await?.partial)
}

async fn wait(mut is_so: impl AsyncFnMut() -> Result<bool, Failure>) -> Result<(), Failure> {
    let begun = Instant::now();
    while !is_so().await? {
        if begun.elapsed() > PATIENCE {
            return Err("the desk does not get on".into());
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

/// The most memory that this process ever took, in MB; nothing where the system does not tell.
fn memory() -> f64 {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.trim().strip_suffix(" kB")).and_then(|kib| kib.trim().parse::<f64>().ok());
    kib.unwrap_or_default() * 1024.0 / 1e6
}
