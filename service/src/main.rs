//! The operator's door: `gemilang-service serve | work | outbox | migrate | demo | seed | staff add | token add`, configured by environment or a TOML file.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use gemilang_protocol::{Code, Role, Zone, validate};
use gemilang_service::auth::sessions::{self, Kind};
use gemilang_service::domain::people::{self, NewPerson};
use gemilang_service::outbox::carrier::{Carrier, CarrierError};
use gemilang_service::{App, Clock, Config, Error, demo, outbox, serve};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// Gemilang Desk's service: staff API, customers' pages, live hub.
#[derive(Debug, Parser)]
#[command(name = "gemilang-service", version)]
struct Cli {
    /// A TOML file with the configuration; the environment wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate, then serve until told to end.
    Serve,
    /// Only send mails, until told to end; for a machine of its own beside others that serve.
    Work,
    /// Show the mails that could not be sent.
    Outbox {
        /// Try all of them again.
        #[arg(long)]
        retry: bool,
    },
    /// Bring the tables up to date and stop.
    Migrate,
    /// Fill an empty database with demo people, orders and tickets, and write three accounts to a file.
    Demo {
        /// Where to write them.
        #[arg(long)]
        out: PathBuf,
    },
    /// Add tickets for load; staff must be there already.
    Seed {
        /// Tickets to add.
        #[arg(long)]
        tickets: u64,
        /// Messages to spread over them.
        #[arg(long)]
        messages: u64,
    },
    /// Manage the staff.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Manage tokens for machines.
    #[command(subcommand)]
    Token(TokenCommand),
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    /// Add a person; their password is read from standard input, one line.
    Add {
        /// Their address.
        #[arg(long)]
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// `agent`, or `admin`, who also manages people and settings.
        #[arg(long, default_value = "agent")]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token and print it, this once.
    Add {
        /// What it may do; `orders` lets the main platform write orders.
        #[arg(long, required = true)]
        scope: Vec<String>,
        /// The member of the staff who answers for it.
        #[arg(long)]
        email: String,
        /// What it is for.
        #[arg(long, default_value = "")]
        name: String,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::load(cli.config.as_deref(), |name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    log(&config.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One line for each event: for people on a terminal, as JSON for machines.
fn log(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.finish().init();
    } else {
        lines.json().flatten_event(true).finish().init();
    }
}

/// What an operator is told when a command cannot be done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Service(#[from] Error),
    #[error("{0}: {1}")]
    Listen(std::net::SocketAddr, #[source] std::io::Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0} is not on the staff")]
    NotStaff(String),
    #[error("the database was not ready within {0:?}; what it said is above")]
    NotReady(Duration),
    #[error("{0}")]
    Demo(#[from] demo::DemoError),
    #[error("{0}")]
    Carrier(#[from] CarrierError),
}

/// How long a command waits for the database; the service itself waits for ever.
const PATIENCE: Duration = Duration::from_secs(30);

async fn ready(app: &App) -> Result<(), Failure> {
    tokio::time::timeout(PATIENCE, app.start()).await.map_err(|_| Failure::NotReady(PATIENCE))
}

async fn run(command: Command, config: Config) -> Result<(), Failure> {
    let app = App::new(config.clone(), Clock::System)?;
    match command {
        Command::Serve => {
            let address = app.config.listen;
            let listener =
                tokio::net::TcpListener::bind(address).await.map_err(|error| Failure::Listen(address, error))?;
            tracing::info!(address = %listener.local_addr()?, public_url = app.config.public_url, "listening");
            let (listener, mut app) = (listener.into_std()?, app);
            loop {
                end_when_asked(&app);
                serve::serve(app.clone(), tokio::net::TcpListener::from_std(listener.try_clone()?)?).await?;
                if !app.is_replaced() {
                    break;
                }
                app = App::new(config.clone(), Clock::System)?;
            }
        }
        Command::Work => {
            let carrier = Carrier::new(&app.config)?;
            end_when_asked(&app);
            ready(&app).await?;
            outbox::work::run(app, carrier).await;
        }
        Command::Outbox { retry } => {
            ready(&app).await?;
            for letter in outbox::dead(&app).await? {
                let outbox::Dead { id, kind, recipient, attempts, fault, created_at } = letter;
                println!("{id}  {created_at}  {kind}  {recipient}  {attempts} tries: {fault}");
            }
            if retry {
                println!("{} will be tried again", outbox::revive(&app).await?);
            }
        }
        Command::Migrate => ready(&app).await?,
        Command::Demo { out } => {
            if demo::demo(config, &out).await? {
                println!("{}", out.display());
            }
        }
        Command::Seed { tickets, messages } => {
            let amount = demo::Amount { tickets, messages };
            demo::seed(config, amount, |done| {
                if done % 10_000 == 0 || done == tickets {
                    println!("{done} of {tickets} tickets");
                }
            })
            .await?;
        }
        Command::Staff(StaffCommand::Add { email, name, role }) => {
            ready(&app).await?;
            let person = NewPerson {
                name: check("name", validate::name(&name))?,
                email: check("email", validate::email(&email))?,
                phone: None,
                password: check("password", validate::password(&password()?))?,
                role: if role.is_staff() { role } else { return Err(Failure::NotStaff(email)) },
                language: "id",
                zone: Zone::Wib,
                confirmed: true,
            };
            let person = people::create(&app, person).await?;
            println!("{}", person.id);
        }
        Command::Token(TokenCommand::Add { scope, email, name }) => {
            ready(&app).await?;
            let person = people::find_by_email(&app, &email)
                .await?
                .filter(|person| person.role.is_staff())
                .ok_or(Failure::NotStaff(email))?;
            println!("{}", sessions::create(&app, person.id, Kind::Machine, &name, &scope).await?);
        }
    }
    Ok(())
}

/// Ends the service gracefully once the operator asks.
fn end_when_asked(app: &App) {
    let ending = app.ending.clone();
    tokio::spawn(async move {
        if let Err(error) = serve::asked_to_end().await {
            tracing::error!(%error, "signals cannot be heard");
        }
        tracing::info!("ending");
        ending.cancel();
    });
}

/// A line of standard input, so that a password is neither in the process list nor in the shell's history.
fn password() -> std::io::Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("Password: ");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn check<T>(field: &'static str, checked: Result<T, gemilang_protocol::FieldError>) -> Result<T, Error> {
    checked.map_err(|error| {
        eprintln!("{field}: {error:?}");
        Error::from(Code::Validation)
    })
}
