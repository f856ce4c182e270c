//! A real service in this process, on a fresh database of its own and a clock that stands still. For tests only; nothing here is mocked but the time.

mod database;

use std::net::{Ipv4Addr, SocketAddr};

use gemilang_protocol::{Order, Person, Role, Ticket, Time, Zone};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub use database::Database;

use crate::auth::sessions::{self, Kind};
use crate::domain::orders::{self, NewOrder};
use crate::domain::people::{self, NewPerson};
use crate::domain::tickets::{self, NewTicket, TicketForm};
use crate::outbox::carrier::Carrier;
use crate::outbox::sql::Seen;
use crate::{App, Clock, Config, outbox, serve};

/// The password of everybody made here.
pub const PASSWORD: &str = "melati putih 7";

/// The time at which a test's clock stands at first.
pub fn start_of_time() -> Time {
    "2026-11-22T02:00:00Z".parse().expect("a time")
}

/// A running service. Ends, and its database with it, when it is dropped.
#[derive(Debug)]
pub struct TestApp {
    /// Its state, to look behind the doors.
    pub app: App,
    /// `http://127.0.0.1:…`
    pub url: String,
    serving: Option<JoinHandle<std::io::Result<()>>>,
    // Dropped last: the database goes when nobody uses it any more.
    database: std::sync::Arc<Database>,
}

/// Somebody with a way in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Who.
    pub person: Person,
    /// What they type.
    pub password: String,
    /// A token: for `Authorization: Bearer` at the staff door, or the value of a customer's session cookie.
    pub token: String,
}

impl TestApp {
    /// Starts a service on a fresh database.
    ///
    /// # Panics
    /// When Postgres at `GEMILANG_TEST_DATABASE_URL` cannot be reached.
    pub async fn start() -> Self {
        Self::start_with(Clock::at(start_of_time())).await
    }

    /// Starts one whose time goes by.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn start_with(clock: Clock) -> Self {
        let database = std::sync::Arc::new(Database::create().await);
        Self::start_on(database, clock).await
    }

    /// Starts one in a Postgres of the test's own, which may be killed.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub async fn start_in(postgres: &str) -> Self {
        let database = std::sync::Arc::new(Database::create_in(postgres).await);
        Self::start_on(database, Clock::at(start_of_time())).await
    }

    /// Starts another process' worth of service on the same database.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn second(&self) -> Self {
        Self::start_on(std::sync::Arc::clone(&self.database), self.app.clock.clone()).await
    }

    /// Starts one that an operator set up otherwise.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn start_as(set: impl FnOnce(&mut Config)) -> Self {
        let database = std::sync::Arc::new(Database::create().await);
        Self::start_set(database, Clock::at(start_of_time()), set).await
    }

    async fn start_on(database: std::sync::Arc<Database>, clock: Clock) -> Self {
        Self::start_set(database, clock, |_| {}).await
    }

    async fn start_set(database: std::sync::Arc<Database>, clock: Clock, set: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let listen: SocketAddr = listener.local_addr().expect("its address");
        let url = format!("http://{listen}");
        let mut config = Config {
            database_url: database.url.clone(),
            listen,
            public_url: url.clone(),
            connections: 6,
            // A test says when mails are sent.
            outbox: false,
            dev: true,
            // Tests receive what is pushed themselves.
            push_own_host: "127.0.0.1".to_owned(),
            ..Config::default()
        };
        set(&mut config);
        let app = App::new(config, clock).expect("the URL is one");
        app.start().await;
        let serving = tokio::spawn(serve::serve(app.clone(), listener));
        Self { app, url, serving: Some(serving), database }
    }

    /// The URL of this service's database.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// A URL of this service: `app.at("/healthz")`.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Ends the service as an operator would, and waits for it.
    ///
    /// # Panics
    /// When it does not end well.
    pub async fn stop(mut self) {
        self.app.ending.cancel();
        if let Some(serving) = self.serving.take() {
            serving.await.expect("it ends").expect("it ends well");
        }
    }

    /// Sends every mail that is due and answers all that were ever captured, oldest first.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn mails(&self) -> Vec<Seen> {
        outbox::work::round(&self.app, &Carrier::Capture).await.expect("the outbox");
        let mut seen = outbox::sql::seen(&self.app.db, None, 1_000).await.expect("the letters");
        seen.retain(|letter| letter.subject.is_some());
        seen.reverse();
        seen
    }

    /// An agent, signed in.
    pub async fn staff(&self, name: &str) -> Credentials {
        self.person(name, Role::Agent, Kind::Staff).await
    }

    /// An admin, signed in.
    pub async fn admin(&self, name: &str) -> Credentials {
        self.person(name, Role::Admin, Kind::Staff).await
    }

    /// A customer, signed in at the portal.
    pub async fn customer(&self, name: &str) -> Credentials {
        self.person(name, Role::Customer, Kind::Portal).await
    }

    async fn person(&self, name: &str, role: Role, kind: Kind) -> Credentials {
        let local: String = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(".");
        let person = people::create(
            &self.app,
            NewPerson {
                name: name.to_owned(),
                email: format!("{local}.{}@contoh.id", &Uuid::new_v4().simple().to_string()[..6]),
                phone: None,
                password: PASSWORD.to_owned(),
                role,
                language: "id",
                zone: Zone::Wib,
                confirmed: true,
            },
        )
        .await
        .expect("a person");
        let token = sessions::create(&self.app, person.id, kind, "test", &[]).await.expect("a session");
        Credentials { person, password: PASSWORD.to_owned(), token }
    }

    /// A ticket of medium priority, filed by a customer.
    pub async fn ticket(&self, customer: &Credentials, subject: &str) -> Ticket {
        self.file(customer, subject, "medium").await
    }

    /// A ticket of some priority, filed by a customer.
    pub async fn file(&self, customer: &Credentials, subject: &str, priority: &str) -> Ticket {
        tickets::file(&self.app, self.new_ticket(customer, subject, priority)).await.expect("a ticket").ticket
    }

    /// A ticket that is not filed yet.
    pub fn new_ticket(&self, customer: &Credentials, subject: &str, priority: &str) -> NewTicket {
        TicketForm {
            subject: subject.to_owned(),
            category: "general".to_owned(),
            priority: priority.to_owned(),
            description: format!("{subject}: mohon dibantu ya, Kak."),
            ..TicketForm::default()
        }
        .check(customer.person.id, Uuid::now_v7())
        .expect("the form is filled in")
    }

    /// An order of a customer.
    pub async fn order(&self, customer: &Credentials, number: &str) -> Order {
        let order = NewOrder {
            number: number.to_owned(),
            customer_id: customer.person.id,
            package: "Paket Kencana, 500 tamu".to_owned(),
            event_date: "2026-12-05".parse().expect("a day"),
            venue: "Pendopo Arumsari, Sleman".to_owned(),
            zone: Zone::Wib,
            status: gemilang_protocol::OrderStatus::Confirmed,
        };
        orders::put(&self.app, &order).await.expect("an order")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.app.ending.cancel();
        if let Some(serving) = self.serving.take() {
            serving.abort();
        }
    }
}
