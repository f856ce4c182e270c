//! `run`: the whole product on this machine, from nothing to an open desk; and the end of all of it on Ctrl-C.

/// Accounts: who can sign in to the demo.
mod accounts;
/// Service: the one process that people talk to.
pub(crate) mod service;

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use gemilang_postgres::{Options, Postgres};

use self::service::Service;
use crate::failure::{Attempt, Failure, Result};
use crate::needs::{self, Work};
use crate::{RunArgs, command, say, ui, workspace};

/// How often the processes are looked at.
const LOOK: Duration = Duration::from_millis(200);

pub(crate) fn run(args: &RunArgs) -> Result {
    let begun = Instant::now();
    let headless = args.headless || !has_display();
    if headless && !args.headless {
        say::note("there is no display: service and portal only, as with --headless");
    }
    check_port(args.port)?;
    if !args.no_build {
        let work = if headless { Work::Service } else { Work::Desk };
        needs::ensure(work, args.yes)?;
        build(headless)?;
    }
    let stop = listen_for_stop()?;

    say::part("Starting");
    let data = workspace::open_data_dir(args.data_dir.as_deref())?;
    say::found("data", data.display());
    let database = Database::start(&data)?;
    let url = format!("http://127.0.0.1:{}", args.port);
    let service = Service::new(&data, args.port, &url, &database.url);
    service.perform(&["migrate"])?;
    say::found("migrations", "done");
    let accounts = data.join("demo.json");
    if accounts.exists() {
        accounts::keep_url(&accounts, &url)?;
    } else {
        service.perform(&["demo", "--out", &accounts.to_string_lossy()])?;
        if accounts.exists() {
            say::found("demo", format_args!("people and tickets made; accounts in {}", accounts.display()));
        }
    }
    check_port(args.port)?;
    let mut service = service.serve()?;
    if service.wait_until_ready(&stop)? {
        say::found("service", format_args!("answers on {url}"));
        let desk = if headless { None } else { Some(open_desk(&data, &url)?) };
        say::line("");
        say::line(&format!("  Portal    {}", say::paint("1", &url)));
        accounts::show(&accounts)?;
        say::line(&format!("  Mails     {url}/dev/outbox"));
        say::line(&format!("  Logs      {}", service.log().display()));
        say::line("");
        say::line(&format!("Ready after {}. Ctrl-C stops everything.", say::span(begun.elapsed())));
        mind(&mut service, desk, &stop)?;
    }

    say::line("");
    say::part("Stopping");
    service.stop();
    say::found("service", "stopped");
    drop(database);
    say::found("database", "stopped");
    Ok(())
}

/// The person's own database, or one of ours in the data directory.
struct Database {
    url: String,
    /// Stopped when dropped, which is after the service.
    _own: Option<Postgres>,
}

impl Database {
    fn start(data: &Path) -> Result<Self> {
        if let Ok(url) = std::env::var("DATABASE_URL") {
            say::found("database", "yours, from DATABASE_URL");
            return Ok(Self { url, _own: None });
        }
        let options = Options { on_restart: |news| say::note(news), ..Options::default() };
        let own = Postgres::start(&data.join("postgres"), options)?;
        say::found("database", "PostgreSQL of our own");
        Ok(Self { url: own.url().to_owned(), _own: Some(own) })
    }
}

/// Builds only what will run: a headless machine needs no web view and no wasm.
fn build(headless: bool) -> Result {
    if !headless {
        ui::build()?;
    }
    say::part("Building (the first time takes some minutes)");
    let begun = Instant::now();
    let mut build = command::cargo(["build", "--package", "gemilang-service"]);
    if !headless {
        build.args(["--package", "gemilang-desk"]);
    }
    command::run(&mut build)?;
    say::found("built", format_args!("in {}", say::span(begun.elapsed())));
    Ok(())
}

/// Says at once, and not after a long build, that another program has the port.
fn check_port(port: u16) -> Result {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let other = port.checked_add(1).unwrap_or(8080);
            Err(Failure::Refused(format!(
                "port {port} is taken by another program, perhaps another `cargo xtask run`. Stop it, or choose another port: cargo xtask run --port {other}"
            )))
        }
        Err(error) => Err(error).attempt(|| format!("listening on port {port}")),
    }
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// From here on Ctrl-C, SIGTERM and a closed terminal are a message, so that everything ends in order.
fn listen_for_stop() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    ctrlc::set_handler(move || {
        // Nobody listening means that we are stopping already.
        let _ = sender.send(());
    })
    .map_err(std::io::Error::other)
    .attempt(|| "listening for Ctrl-C".to_owned())?;
    Ok(receiver)
}

fn open_desk(data: &Path, url: &str) -> Result<Child> {
    let log = service::log_file(&data.join("desk.log"))?;
    let errors = log.try_clone().attempt(|| "sharing the desk's log".to_owned())?;
    let desk = command::minded(&workspace::binary("gemilang-desk")?)
        .env("GEMILANG_SERVER", url)
        .env("GEMILANG_DATA_DIR", data.join("desk"))
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .spawn()
        .attempt(|| "opening the desk".to_owned())?;
    say::found("desk", "open");
    Ok(desk)
}

/// Waits for Ctrl-C, and meanwhile says what ended by itself.
fn mind(service: &mut Service, mut desk: Option<Child>, stop: &Receiver<()>) -> Result {
    while let Err(RecvTimeoutError::Timeout) = stop.recv_timeout(LOOK) {
        service.check()?;
        if let Some(Ok(Some(_))) = desk.as_mut().map(Child::try_wait) {
            desk = None;
            say::note("the desk was closed; service and portal go on until Ctrl-C");
        }
    }
    if let Some(desk) = &mut desk {
        service::end(desk, Duration::from_secs(5));
    }
    Ok(())
}
