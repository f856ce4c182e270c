//! Statements that travel together: a trip to the file's thread and back costs as much as a small statement does.

use serde::Serialize;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Encode, Sqlite, SqliteConnection, Type};

use crate::error::Result;

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

    /// The statement's next argument.
    pub(crate) fn bind<'t>(&mut self, value: impl Encode<'t, Sqlite> + Type<Sqlite>) -> Result<&mut Self> {
        self.arguments.add(value).map_err(sqlx::Error::Encode)?;
        Ok(self)
    }

    /// The statement's next argument: rows for `json_each`.
    pub(crate) fn rows(&mut self, rows: &[impl Serialize]) -> Result<&mut Self> {
        self.bind(serde_json::to_string(rows)?)
    }

    /// Runs them all, and answers the rows that they return.
    pub(crate) async fn run(self, connection: &mut SqliteConnection) -> Result<Vec<SqliteRow>> {
        if self.sql.is_empty() {
            return Ok(Vec::new());
        }
        Ok(sqlx::query_with(AssertSqlSafe(self.sql), self.arguments).fetch_all(connection).await?)
    }
}

/// An id as the file's statements take it: `unhex` makes 16 bytes of it.
pub(crate) struct Hex(pub(crate) uuid::Uuid);

impl Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.simple().encode_lower(&mut uuid::Uuid::encode_buffer()))
    }
}
