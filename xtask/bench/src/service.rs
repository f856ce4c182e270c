//! The service under measure: a database with demo people and load, and the release binary beside this one.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use gemilang_service::Config;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::load::Line;
use crate::{Failure, Plan};

/// A filled database and somebody who may sign in.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) database: String,
    pub(crate) email: String,
    pub(crate) password: String,
}

impl House {
    /// Fills the database.
    pub(crate) async fn prepare(plan: &Plan) -> Result<Self, Failure> {
        let (tickets, messages) = plan.amount();
        Self::fill(std::env::var("DATABASE_URL")?, tickets, messages).await
    }

    /// Fills a database with people, tickets and messages.
    pub(crate) async fn fill(database: String, tickets: u64, messages: u64) -> Result<Self, Failure> {
        let dir = tempfile::tempdir()?;
        let out = dir.path().join("demo.json");
        let begun = Instant::now();
        command(&database)?.arg("demo").arg("--out").arg(&out).checked().await?;
        println!("filling the database with {tickets} tickets and {messages} messages");
        let (tickets, messages) = (tickets.to_string(), messages.to_string());
        command(&database)?.args(["seed", "--tickets", &tickets, "--messages", &messages]).checked().await?;
        println!("filled after {:.0} s", begun.elapsed().as_secs_f64());
        let accounts: serde_json::Value = serde_json::from_slice(&std::fs::read(&out)?)?;
        let text = |name: &str| accounts["accounts"][0][name].as_str().unwrap_or_default().to_owned();
        Ok(Self { database, email: text("email"), password: text("password") })
    }

    /// The same people in another database.
    pub(crate) fn in_database(&self, database: String) -> Self {
        Self { database, email: self.email.clone(), password: self.password.clone() }
    }

    /// Signs in at a service of this house.
    pub(crate) async fn sign_in(&self, address: SocketAddr) -> Result<String, Failure> {
        let session =
            gemilang_replica::link::sign_in(&format!("http://{address}"), &self.email, &self.password).await?;
        Ok(session.token)
    }

    /// The configuration of a service on this database.
    pub(crate) fn config(&self, address: SocketAddr) -> Config {
        Config {
            database_url: self.database.clone(),
            listen: address,
            public_url: format!("http://{address}"),
            ..Config::default()
        }
    }

    /// Starts the release binary and waits until it answers.
    pub(crate) async fn serve(&self) -> Result<(Child, SocketAddr), Failure> {
        let address = free_address()?;
        let child = command(&self.database)?
            .arg("serve")
            .env("GEMILANG_LISTEN", address.to_string())
            // Here one person is thousands.
            .env("GEMILANG_LIVE_MOST", "40000")
            .kill_on_drop(true)
            .spawn()?;
        let deadline = Instant::now() + Duration::from_secs(30);
        while !is_ready(address).await {
            if Instant::now() > deadline {
                return Err("the service does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok((child, address))
    }
}

/// Starts this program again as an empty handler that answers with what is in the file.
pub(crate) async fn serve_empty(answer: &std::path::Path) -> Result<(Child, SocketAddr), Failure> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--out", "."])
        .arg("--empty")
        .arg(answer)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let line = BufReader::new(stdout).lines().next_line().await?.ok_or("it ended")?;
    Ok((child, line.parse()?))
}

/// An address nobody listens on.
pub(crate) fn free_address() -> std::io::Result<SocketAddr> {
    std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()
}

async fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut line) = Line::open(address).await else {
        return false;
    };
    line.ask(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.is_ok_and(|status| status == 200)
}

/// The service's binary, which is built beside this one.
fn command(database: &str) -> Result<Command, Failure> {
    let own = std::env::current_exe()?;
    let dir = own.parent().map(PathBuf::from).unwrap_or_default();
    let mut command = Command::new(dir.join(format!("gemilang-service{}", std::env::consts::EXE_SUFFIX)));
    // As a house would run it: what is routine is not logged.
    command.env("DATABASE_URL", database).env("GEMILANG_LOG", "warn");
    Ok(command)
}

trait Checked {
    async fn checked(&mut self) -> Result<(), Failure>;
}

impl Checked for Command {
    async fn checked(&mut self) -> Result<(), Failure> {
        let status = self.stdout(Stdio::null()).status().await?;
        if status.success() { Ok(()) } else { Err(format!("gemilang-service: {status}").into()) }
    }
}
