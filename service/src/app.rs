//! The state every handler gets, and how it starts: pools are lazy, so that the service answers while Postgres is still away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection, Executor};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::auth::KnownSessions;
use crate::auth::passwords::Passwords;
use crate::domain::duty::Desks;
use crate::feed::{Item, Place};
use crate::live::{Hub, Presence, Seats, Writing};
use crate::metrics::Metrics;
use crate::outbox::Bell;
use crate::push::Push;
use crate::turns::Turns;
use crate::{Clock, Config, Result};

/// How long a request waits for a connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(2);
/// How long a search may take.
const SEARCH_MILLIS: u32 = 1_500;

/// The tables, as dated files.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/service");

/// The state every handler gets; cheap to clone, which every layer of a request does.
#[derive(Debug, Clone)]
pub struct App {
    /// The time.
    pub clock: Clock,
    parts: Arc<Parts>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

/// What all clones share.
#[derive(Debug)]
pub struct Parts {
    /// The truth. Its statements are planned once, by keys: one that must look at a whole table belongs elsewhere.
    pub db: PgPool,
    /// For searches only: few connections with a time limit, so that a slow search takes nothing else down.
    pub search_db: PgPool,
    /// For desks that catch up, so that their long pages keep nobody else waiting.
    pub feed_db: PgPool,
    /// For the hub alone, so that a rush of returning desks cannot make everybody's news wait.
    pub hub_db: PgPool,
    /// What the operator set.
    pub config: Config,
    /// Live readers.
    pub hub: Hub,
    /// Live lines that are open.
    pub seats: Seats,
    /// Who has which ticket before them.
    pub presence: Presence,
    /// Who has a live desk here.
    pub desks: Desks,
    /// Sessions that were found lately.
    pub sessions: KnownSessions,
    /// Password hashing, with its limit.
    pub passwords: Passwords,
    /// Signing in, one try from an address at a time.
    pub address_turns: Turns,
    /// Signing in, one try at an account at a time.
    pub account_turns: Turns,
    /// Filing and writing, one request of a customer at a time.
    pub customer_turns: Turns,
    /// Wakes the worker of the outbox.
    pub post: Bell,
    /// Announcing replies on devices.
    pub push: Push,
    /// Figures for operators.
    pub metrics: Metrics,
    /// Cancelled when the service shall end.
    pub ending: CancellationToken,
    /// Tasks that must be over before the service is.
    pub tasks: TaskTracker,
    generation: AtomicI32,
    ready: AtomicBool,
    replaced: AtomicBool,
}

impl App {
    /// Builds the state without touching the database; call [`App::start`] next.
    ///
    /// # Errors
    /// `DATABASE_URL` is not one.
    pub fn new(config: Config, clock: Clock) -> Result<Self> {
        let options: PgConnectOptions = config.database_url.parse()?;
        let options = options.application_name("gemilang-service").options([
            ("idle_in_transaction_session_timeout", "10s"),
            ("statement_timeout", "10s"),
            ("timezone", "UTC"),
            ("jit", "off"),
        ]);
        // Each search is planned by its words, whose share is a guess: what it finds is fetched by keys, and never by
        // reading all tickets. It lies all over the tables, which are in memory for the most part.
        let search_options = options.clone().options([
            ("statement_timeout", SEARCH_MILLIS.to_string()),
            ("plan_cache_mode", "force_custom_plan".to_owned()),
            ("random_page_cost", "1.1".to_owned()),
            ("work_mem", "32MB".to_owned()),
            ("enable_hashjoin", "off".to_owned()),
            ("enable_mergejoin", "off".to_owned()),
            ("enable_seqscan", "off".to_owned()),
            ("enable_material", "off".to_owned()),
        ]);
        // One plan for each statement, made once, and the one that is right at any size and with statistics of any age:
        // a few places in an index, and for each its rows by their keys. Planning a page of a list anew takes longer
        // than reading it.
        let keyed = options.options([
            ("plan_cache_mode", "force_generic_plan"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            ("enable_seqscan", "off"),
            ("enable_bitmapscan", "off"),
            ("enable_material", "off"),
        ]);
        // A notification is a hint: it need not reach the disk.
        let hub_options = keyed.clone().options([("synchronous_commit", "off")]);
        let parts = Parts {
            db: pool(keyed.clone(), config.connections),
            search_db: pool(search_options, 4),
            feed_db: pool(keyed, 8),
            hub_db: pool(hub_options, 4),
            config,
            hub: Hub::default(),
            seats: Seats::default(),
            presence: Presence::default(),
            desks: Desks::default(),
            sessions: KnownSessions::default(),
            passwords: Passwords::default(),
            address_turns: Turns::default(),
            account_turns: Turns::default(),
            customer_turns: Turns::default(),
            post: Bell::default(),
            push: Push::default(),
            metrics: Metrics::default(),
            ending: CancellationToken::new(),
            tasks: TaskTracker::new(),
            generation: AtomicI32::default(),
            ready: AtomicBool::default(),
            replaced: AtomicBool::default(),
        };
        Ok(Self { clock, parts: Arc::new(parts) })
    }

    /// Whether the database has answered and has today's tables.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// The feed's generation, which every event is written with.
    pub fn generation(&self) -> i32 {
        self.generation.load(Ordering::Relaxed)
    }

    /// Ends everything because the database is no longer the one that all here was read from.
    pub fn start_anew(&self) {
        self.replaced.store(true, Ordering::Release);
        self.ending.cancel();
    }

    /// Whether the end came because the database was replaced, so that another app is to go on.
    pub fn is_replaced(&self) -> bool {
        self.replaced.load(Ordering::Acquire)
    }

    /// Marks a statement that writes as under way; say at its end whether it committed.
    pub fn writing(&self) -> Writing<'_> {
        self.hub.writing()
    }

    /// Says that something was committed: live readers hear of it, here and in other processes. Never waits.
    pub fn committed(&self) {
        self.hub.committed();
    }

    /// Says what was committed, so that live readers hear of it before the feed is read; while others are writing too, all
    /// is told together once it was. `after` is what must have been told before. Never waits.
    pub(crate) fn committed_rows(&self, writing: Writing<'_>, after: Option<Place>, rows: impl FnOnce() -> Vec<Item>) {
        drop(writing);
        if self.hub.is_quiet() && self.hub.tell_at_once(self, after, rows()) {
            self.hub.committed_and_told();
        } else {
            self.hub.committed();
        }
    }

    /// Migrates, settles the feed's generation and starts the hub; tries again until the database is there or the service ends.
    /// A second call does nothing: the generation is that of what the hub has read.
    pub async fn start(&self) {
        if self.is_ready() {
            return;
        }
        let mut wait = Duration::from_millis(200);
        loop {
            match self.prepare().await {
                Ok(()) => break,
                Err(error) => {
                    tracing::warn!(%error, again_in = ?wait, "not ready yet");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.ending.cancelled() => return,
            }
            wait = (wait * 2).min(Duration::from_secs(2));
        }
        self.ready.store(true, Ordering::Release);
        tracing::info!("ready");
    }

    async fn prepare(&self) -> Result<()> {
        // A migration may take longer than a request may: it gets a connection without the limit.
        let mut connection = self.db.acquire().await?.detach();
        connection.execute("set statement_timeout = 0").await?;
        MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => crate::Error::Database(sqlx::Error::Migrate(Box::new(other))),
        })?;
        let generation = crate::feed::generation::settle(&mut connection, self.clock.now()).await?;
        self.generation.store(generation, Ordering::Relaxed);
        connection.close().await?;
        crate::live::start(self).await?;
        crate::push::start(self);
        Ok(())
    }
}

fn pool(options: PgConnectOptions, most: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(ACQUIRE)
        // A ping before every request costs a round trip; one after a pause finds the connections a restart has cut.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > Duration::from_secs(1) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options)
}
