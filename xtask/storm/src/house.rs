//! The house: a Postgres of its own that may be killed, two service processes on it, and everybody who has an account there.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use gemilang_postgres::{Options, Postgres};
use gemilang_protocol::session::SessionUser;
use gemilang_protocol::{OrderStatus, Role, Zone};
use gemilang_service::domain::orders::{self, NewOrder};
use gemilang_service::domain::people::{self, NewPerson};
use gemilang_service::{App, Clock, Config};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

use crate::Failure;
use crate::plan::{CUSTOMERS, DESKS, SERVICES};

/// The password of everybody here.
pub const PASSWORD: &str = "melati putih 7";
/// How long anything may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where programs are, and where everything of a run goes.
#[derive(Debug, Clone)]
pub struct Places {
    /// `gemilang-service`.
    pub service: PathBuf,
    /// `gemilang-storm-desk`.
    pub desk: PathBuf,
    /// Files, logs and the database of this run.
    pub dir: PathBuf,
    /// The guard that is switched off, if any.
    pub sabotage: Option<&'static str>,
}

/// A service process that may be killed and started again.
#[derive(Debug)]
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    name: String,
    child: Mutex<Option<Child>>,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub user: SessionUser,
    /// The number of an order of theirs, for a customer.
    pub order: String,
}

/// The whole house.
#[derive(Debug)]
pub struct House {
    /// Its services.
    pub services: Vec<Service>,
    /// Its staff, one for each desk.
    pub staff: Vec<Account>,
    /// Its customers.
    pub customers: Vec<Account>,
    /// Where the database takes connections.
    pub database: String,
    /// Where everything is.
    pub places: Places,
    postgres: Postgres,
}

impl House {
    /// Builds it: database, tables, accounts, services.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open(places: Places, durable: bool) -> Result<Arc<Self>, Failure> {
        std::fs::create_dir_all(&places.dir)?;
        // A kill is only real where a commit has reached the log before it is answered.
        let options = if durable { Options::default() } else { Options::throwaway() };
        let options = Options { fresh: true, ..options.with("max_connections", "120") };
        let dir = places.dir.join("postgres");
        let postgres = tokio::task::spawn_blocking(move || start_postgres(&dir, &options)).await??;
        let database = postgres.url().to_owned();
        let (staff, customers) = accounts(&database).await?;
        let mut services = Vec::new();
        for nth in 0..SERVICES {
            let free = std::net::TcpListener::bind(("127.0.0.1", 0))?;
            let name = format!("service-{nth}");
            services.push(Service { address: free.local_addr()?, name, child: Mutex::default() });
        }
        let house = Arc::new(Self { services, staff, customers, database, places, postgres });
        for service in &house.services {
            service.start(&house).await?;
        }
        for service in &house.services {
            service.ready().await?;
        }
        Ok(house)
    }

    /// Kills the database's postmaster; it is started again by who minds it.
    ///
    /// # Errors
    /// There is no `kill` on this machine.
    pub async fn kill_postgres(&self) -> Result<(), Failure> {
        let pid = self.postgres.pid().to_string();
        Command::new("kill").args(["-s", "KILL", &pid]).stderr(Stdio::null()).status().await?;
        Ok(())
    }

    /// Waits until every service answers and has its database.
    ///
    /// # Errors
    /// One does not in time.
    pub async fn ready(&self) -> Result<(), Failure> {
        for service in &self.services {
            service.ready().await?;
        }
        Ok(())
    }

    /// Where its services listen.
    pub fn doors(&self) -> Vec<SocketAddr> {
        self.services.iter().map(|service| service.address).collect()
    }
}

impl Service {
    /// Starts the process.
    ///
    /// # Errors
    /// It cannot be started.
    pub async fn start(&self, house: &House) -> Result<(), Failure> {
        let mut command = mortal(&house.places.service);
        command
            .arg("serve")
            .env("DATABASE_URL", &house.database)
            .env("GEMILANG_LISTEN", self.address.to_string())
            .env("GEMILANG_PUBLIC_URL", "http://127.0.0.1")
            .env("GEMILANG_CONNECTIONS", "12")
            .env("GEMILANG_LOG", "info,sqlx=warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log(&house.places.dir, &self.name)?);
        if let Some(guard) = house.places.sabotage {
            command.env("GEMILANG_SABOTAGE", guard);
        }
        *self.child.lock().await = Some(command.spawn()?);
        Ok(())
    }

    /// Kills the process.
    pub async fn kill(&self) {
        if let Some(mut child) = self.child.lock().await.take() {
            // Gone by itself is as good.
            let _ = child.kill().await;
        }
    }

    /// Whether it runs, as far as anybody has noticed.
    pub async fn runs(&self) -> bool {
        self.child.lock().await.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    async fn ready(&self) -> Result<(), Failure> {
        let url = format!("http://{}/readyz", self.address);
        until(
            &format!("{} to be ready", self.name),
            PATIENCE,
            async || matches!(reqwest::get(&url).await, Ok(answer) if answer.status().is_success()),
        )
        .await
    }
}

/// Asks again until it is so.
///
/// # Errors
/// It is not in time.
pub async fn until(what: &str, patience: Duration, mut is_so: impl AsyncFnMut() -> bool) -> Result<(), Failure> {
    let mut ticks = tokio::time::interval(Duration::from_millis(25));
    let asking = async {
        while !is_so().await {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(patience, asking).await.map_err(|_| format!("not within {patience:?}: {what}").into())
}

/// A program that ends with this one, even when this one is killed.
pub(crate) fn mortal(program: &Path) -> Command {
    let mut command = if cfg!(target_os = "linux") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.kill_on_drop(true);
    command
}

/// What a program says, behind what it said before it was killed.
pub(crate) fn log(dir: &Path, name: &str) -> Result<std::fs::File, Failure> {
    Ok(std::fs::File::options().create(true).append(true).open(dir.join(format!("{name}.log")))?)
}

/// Where Postgres' own user cannot get to, another place is found.
fn start_postgres(dir: &Path, options: &Options) -> Result<Postgres, gemilang_postgres::Error> {
    match Postgres::start(dir, options.clone()) {
        Err(gemilang_postgres::Error::OutOfReach { .. }) => {
            let dir = std::env::temp_dir().join(format!("gemilang-storm-{}", std::process::id()));
            Postgres::start(&dir, options.clone())
        }
        started => started,
    }
}

/// Makes the tables and everybody who has an account.
async fn accounts(database: &str) -> Result<(Vec<Account>, Vec<Account>), Failure> {
    let config = Config { database_url: database.to_owned(), ..Config::default() };
    let app = App::new(config, Clock::System)?;
    app.start().await;
    let made = async {
        let (mut staff, mut customers) = (Vec::new(), Vec::new());
        for nth in 0..DESKS {
            staff.push(account(&app, nth, Role::Agent).await?);
        }
        for nth in 0..CUSTOMERS {
            customers.push(account(&app, nth, Role::Customer).await?);
        }
        Ok((staff, customers))
    }
    .await;
    app.ending.cancel();
    for pool in [&app.db, &app.search_db, &app.feed_db, &app.hub_db] {
        pool.close().await;
    }
    made
}

async fn account(app: &App, nth: usize, role: Role) -> Result<Account, Failure> {
    let (kind, name) = if role == Role::Customer { ("klien", "Klien") } else { ("staf", "Staf") };
    let new = NewPerson {
        name: format!("{name} {nth}"),
        email: format!("{kind}{nth}@contoh.id"),
        phone: None,
        password: PASSWORD.to_owned(),
        role,
        language: "id",
        zone: Zone::Wib,
        confirmed: true,
    };
    let person = people::create(app, new).await?;
    let order = format!("GO-{nth:04}");
    if role == Role::Customer {
        let new = NewOrder {
            number: order.clone(),
            customer_id: person.id,
            package: "Paket Melati".to_owned(),
            event_date: NaiveDate::from_ymd_opt(2027, 5, 8).unwrap_or_default(),
            venue: "Gedung 0".to_owned(),
            zone: Zone::Wib,
            status: OrderStatus::Confirmed,
        };
        orders::put(app, &new).await?;
    }
    let user = SessionUser { id: person.id, name: person.name, email: person.email, role };
    Ok(Account { user, order })
}
