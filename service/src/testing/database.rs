//! A fresh database for each test, copied from one that was migrated once.

use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::app::MIGRATIONS;

/// Where the tests' Postgres is, when nobody says otherwise: the one that `cargo xtask test` starts says so.
const DEFAULT: &str = "postgres://postgres@127.0.0.1:54329/postgres";
/// Only one process at a time makes the template or copies it.
const LOCK: i64 = 0x6765_6d69;

/// A database that goes when this does.
#[derive(Debug)]
pub struct Database {
    /// Where it is.
    pub url: String,
    name: String,
    admin: PgConnectOptions,
}

impl Database {
    /// Copies the migrated template in the tests' Postgres.
    ///
    /// # Panics
    /// When Postgres at `GEMILANG_TEST_DATABASE_URL` cannot be reached.
    pub async fn create() -> Self {
        let url = std::env::var("GEMILANG_TEST_DATABASE_URL").unwrap_or_else(|_| DEFAULT.to_owned());
        Self::create_in(&url).await
    }

    /// Copies the migrated template in another Postgres, which must be there for as long as this is.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub async fn create_in(url: &str) -> Self {
        let admin: PgConnectOptions = url.parse().expect("a URL of Postgres");
        let mut connection = admin.connect().await.expect("the tests' Postgres answers");
        sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await.expect("the lock");
        let template = template(&admin, &mut connection).await;
        let name = format!("gemilang_test_{}", Uuid::new_v4().simple());
        execute(&mut connection, format!("create database {name} template {template}")).await;
        connection.close().await.expect("the lock is let go");
        let options = admin.clone().database(&name);
        Self { url: options.to_url_lossy().to_string(), name, admin }
    }
}

/// The template of today's migrations; its name tells them.
async fn template(admin: &PgConnectOptions, connection: &mut PgConnection) -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(&*migration.checksum);
    }
    let hash: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("gemilang_template_{hash}");
    let known: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut *connection)
        .await
        .expect("the list of databases");
    if !known {
        let half = format!("{name}_half");
        execute(connection, format!("drop database if exists {half}")).await;
        execute(connection, format!("create database {half}")).await;
        let mut inside = admin.clone().database(&half).connect().await.expect("the template");
        MIGRATIONS.run_direct(None, &mut inside, false).await.expect("the migrations");
        inside.close().await.expect("the template is left");
        execute(connection, format!("alter database {half} rename to {name}")).await;
    }
    name
}

async fn execute(connection: &mut PgConnection, statement: String) {
    // Names of databases cannot be parameters; these are our own.
    connection.execute(sqlx::AssertSqlSafe(statement)).await.expect("a statement about databases");
}

impl Drop for Database {
    fn drop(&mut self) {
        let admin = self.admin.clone();
        let statement = format!("drop database if exists {} with (force)", self.name);
        // A thread and a runtime of its own, because the test's own is on its way out. Nobody waits for it: Postgres drops
        // nothing before every backend has answered, also one whose client, a pool of ours, is in the middle of signing
        // in and gets no further while we would wait. What is left behind goes with the Postgres of the tests.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = admin.connect().await.map_err(std::io::Error::other)?;
                connection.execute(sqlx::AssertSqlSafe(statement)).await.map_err(std::io::Error::other)?;
                Ok::<(), std::io::Error>(())
            })
        });
    }
}
