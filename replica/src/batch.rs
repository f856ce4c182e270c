//! Statements that travel together: a trip to the file's thread and back costs as much as a small statement does.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use serde::Serialize;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Encode, Sqlite, SqliteConnection, Type};

use crate::error::Result;

/// As long as the statements for a live page take; others are slept through.
const ATTENTIVE: Duration = Duration::from_micros(300);

/// Statements in the order they run, each with its arguments in the order of its question marks.
#[derive(Default)]
pub(crate) struct Batch {
    sql: String,
    arguments: SqliteArguments,
}

impl Batch {
    /// Adds a statement; its arguments are bound next.
    pub(crate) fn add(&mut self, statement: &'static str) -> &mut Self {
        if !self.sql.is_empty() {
            self.sql.push_str(";\n");
        }
        self.sql.push_str(statement);
        self
    }

    /// More of the statement that was added last.
    pub(crate) fn go_on(&mut self, more: &str) -> &mut Self {
        self.sql.push_str(more);
        self
    }

    /// The same statements after another one that takes no arguments.
    pub(crate) fn after(mut self, statement: &str) -> Self {
        self.sql.insert_str(0, if self.sql.is_empty() { "" } else { ";\n" });
        self.sql.insert_str(0, statement);
        self
    }

    /// The statement's next argument.
    pub(crate) fn bind<'t>(&mut self, value: impl Encode<'t, Sqlite> + Type<Sqlite>) -> Result<&mut Self> {
        self.arguments.add(value).map_err(sqlx::Error::Encode)?;
        Ok(self)
    }

    /// The statement's next argument: rows for `jsonb_each`, which hands their values on as it has read them.
    pub(crate) fn rows(&mut self, rows: &[impl Serialize]) -> Result<&mut Self> {
        self.bind(serde_json::to_string(rows)?)
    }

    /// Runs them all, and answers the rows that they return.
    pub(crate) async fn run(self, connection: &mut SqliteConnection) -> Result<Vec<SqliteRow>> {
        if self.sql.is_empty() {
            return Ok(Vec::new());
        }
        let query = sqlx::query_with(AssertSqlSafe(self.sql), self.arguments);
        Ok(attentively(query.fetch_all(connection)).await?)
    }
}

/// Waits for what is nearly always there at once: to fall asleep and be woken after each of a few statements takes longer
/// than they do. The task is not handed back to the runtime meanwhile, which would give it to another thread whenever a
/// statement ends; the machine's other work goes on.
async fn attentively<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let begun = Instant::now();
    while begun.elapsed() < ATTENTIVE {
        if let Poll::Ready(done) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
            return done;
        }
        std::thread::yield_now();
    }
    future.await
}

/// An id as the file's statements take it: `unhex` makes 16 bytes of it.
pub(crate) struct Hex(pub(crate) uuid::Uuid);

impl Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.simple().encode_lower(&mut uuid::Uuid::encode_buffer()))
    }
}
