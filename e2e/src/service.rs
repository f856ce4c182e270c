//! Service: the real binary on a port and a database of its own, with the staff and customers a test needs.

use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::failure::{Failure, Result};
use crate::process::{Process, binary, free_port};
use crate::wait::until;

/// The database server of this run, unless `GEMILANG_TEST_DATABASE_URL` names another.
const DATABASE_SERVER: &str = "postgres://postgres@127.0.0.1:54329/postgres";

/// A running service.
#[derive(Debug)]
pub struct Service {
    process: Process,
    database: String,
    port: u16,
}

/// A person who can sign in.
#[derive(Debug, Clone)]
pub struct Account {
    /// As others see them.
    pub name: String,
    /// Where they sign in with.
    pub email: String,
    /// And this.
    pub password: String,
}

impl Account {
    /// Somebody new.
    pub fn new(name: &str) -> Self {
        let id = Uuid::now_v7().simple().to_string();
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        Self {
            name: name.to_owned(),
            email: format!("{first}.{}@contoh.id", &id[20..]),
            password: format!("sandi-{}", &id[16..]),
        }
    }
}

impl Service {
    /// Starts it on a fresh database of the run's server.
    ///
    /// # Errors
    /// No database server, or the service does not get ready.
    pub async fn start() -> Result<Self> {
        let server = std::env::var("GEMILANG_TEST_DATABASE_URL").unwrap_or_else(|_| DATABASE_SERVER.to_owned());
        Self::start_on(&server).await
    }

    /// Starts it on a fresh database of this server.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_on(server: &str) -> Result<Self> {
        let database = fresh_database(server).await?;
        let port = free_port()?;
        let service = Self { process: serve(&database, port)?, database, port };
        service.ready().await
    }

    /// Adds a member of the staff, by the operator's command.
    ///
    /// # Errors
    /// The command refuses.
    pub fn add_staff(&self, account: &Account) -> Result<()> {
        self.add(account, "agent")
    }

    /// Adds an admin, by the same command.
    ///
    /// # Errors
    /// As [`Self::add_staff`].
    pub fn add_admin(&self, account: &Account) -> Result<()> {
        self.add(account, "admin")
    }

    /// Adds so many tickets of the load, one message each, by the operator's command.
    ///
    /// # Errors
    /// The command refuses.
    pub async fn seed(&self, tickets: u32) -> Result<()> {
        let tickets = tickets.to_string();
        let mut command = Command::new(binary("gemilang-service")?);
        command.args(["seed", "--tickets", &tickets, "--messages", &tickets]).env("DATABASE_URL", &self.database);
        let told = tokio::task::spawn_blocking(move || command.output());
        let told = told.await.map_err(|error| Failure::Answer(error.to_string()))??;
        if told.status.success() {
            Ok(())
        } else {
            Err(Failure::Answer(String::from_utf8_lossy(&told.stderr).into_owned()))
        }
    }

    fn add(&self, account: &Account, role: &str) -> Result<()> {
        let mut child = Command::new(binary("gemilang-service")?)
            .args(["staff", "add", "--email", &account.email, "--name", &account.name, "--role", role])
            .env("DATABASE_URL", &self.database)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            writeln!(input, "{}", account.password)?;
        }
        let output = child.wait_with_output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(Failure::Answer(String::from_utf8_lossy(&output.stderr).into_owned()))
        }
    }

    /// Where people and desks reach it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where it listens on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// When the newest ticket was filed, by the database's clock.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn last_filed_at(&self) -> Result<SystemTime> {
        let mut connection = PgConnection::connect(&self.database).await?;
        let filed = "select (extract(epoch from max(created_at)) * 1000000)::bigint from support_tickets";
        let micros: i64 = sqlx::query_scalar(filed).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(SystemTime::UNIX_EPOCH + Duration::from_micros(micros.unsigned_abs()))
    }

    /// Puts everything that happened to a ticket so many seconds further back, as nobody can who only uses the service.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn make_older(&self, number: &str, seconds: i32) -> Result<()> {
        let mut connection = PgConnection::connect(&self.database).await?;
        for statement in [
            "update ticket_events e set created_at = e.created_at - make_interval(secs => $2)
             from support_tickets t where t.id = e.ticket_id and t.number = $1",
            "update support_tickets set created_at = created_at - make_interval(secs => $2) where number = $1",
        ] {
            let number: i64 = number.trim_start_matches("GW-").parse().unwrap_or_default();
            sqlx::query(statement).bind(number).bind(f64::from(seconds)).execute(&mut connection).await?;
        }
        Ok(connection.close().await?)
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again, same port and database.
    ///
    /// # Errors
    /// It does not get ready.
    pub async fn start_again(self) -> Result<Self> {
        let Self { process, database, port } = self;
        drop(process);
        let service = Self { process: serve(&database, port)?, database, port };
        service.ready().await
    }

    /// Starts it with the demo people, orders and tickets, as a first `cargo xtask run` does, and answers the accounts by role.
    ///
    /// # Errors
    /// As [`Self::start`], or the demo is refused.
    pub async fn start_with_demo() -> Result<(Self, HashMap<String, Account>)> {
        let server = std::env::var("GEMILANG_TEST_DATABASE_URL").unwrap_or_else(|_| DATABASE_SERVER.to_owned());
        let database = fresh_database(&server).await?;
        let port = free_port()?;
        let dir = tempfile::Builder::new().prefix("gemilang-e2e-").tempdir()?;
        let out = dir.path().join("demo.json");
        let told = tokio::task::spawn_blocking({
            let mut command = command(&database, port)?;
            command.arg("demo").arg("--out").arg(&out);
            move || command.output()
        })
        .await
        .map_err(|error| Failure::Answer(error.to_string()))??;
        if !told.status.success() {
            return Err(Failure::Answer(String::from_utf8_lossy(&told.stderr).into_owned()));
        }
        let demo: Value = serde_json::from_slice(&std::fs::read(&out)?).unwrap_or_default();
        let word = |account: &Value, key: &str| account[key].as_str().unwrap_or_default().to_owned();
        let accounts = demo["accounts"].as_array().into_iter().flatten().map(|account| {
            let (email, password) = (word(account, "email"), word(account, "password"));
            (word(account, "role"), Account { name: word(account, "name"), email, password })
        });
        let accounts = accounts.collect();
        let service = Self { process: serve(&database, port)?, database, port };
        Ok((service.ready().await?, accounts))
    }

    async fn ready(mut self) -> Result<Self> {
        let url = format!("{}/readyz", self.url());
        until("the service to be ready", || {
            let alive = self.process.check();
            let answer = reqwest::get(&url);
            async {
                alive?;
                Ok(match answer.await {
                    Ok(answer) if answer.status().is_success() => Ok(()),
                    Ok(answer) => Err(answer.status().to_string()),
                    Err(error) => Err(error.to_string()),
                })
            }
        })
        .await?;
        Ok(self)
    }
}

/// Makes a database for this test alone.
async fn fresh_database(server: &str) -> Result<String> {
    let Some((base, _)) = server.rsplit_once('/') else {
        return Err(Failure::Answer(format!("{server} names no database")));
    };
    let name = format!("e2e_{}", Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(server).await?;
    connection.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await?;
    connection.close().await?;
    Ok(format!("{base}/{name}"))
}

fn serve(database: &str, port: u16) -> Result<Process> {
    let mut command = command(database, port)?;
    Process::start("service", command.arg("serve"))
}

fn command(database: &str, port: u16) -> Result<Command> {
    let mut command = Command::new(binary("gemilang-service")?);
    command
        .env("DATABASE_URL", database)
        .env("GEMILANG_LISTEN", format!("127.0.0.1:{port}"))
        // Letters are read in /dev/outbox.
        .env("GEMILANG_DEV", "true")
        .env("GEMILANG_LOG", "info,sqlx=warn,gemilang_service=debug")
        .env_remove("GEMILANG_PUBLIC_URL");
    Ok(command)
}
