//! The limit of a first sync: the rows that a desk keeps, copied out of Postgres, and the rows of its replica inserted from a file into the same tables, indexes and full-text index. No rule, no network, no words in between.

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use futures_util::TryStreamExt;
use gemilang_protocol::Role;
use gemilang_protocol::session::SessionUser;
use gemilang_replica::Replica;
use sqlx::postgres::{PgPool, PgPoolCopyExt};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use uuid::Uuid;

use crate::Failure;
use crate::service::House;

/// Rows in one statement, and statements in one transaction.
const ROWS: i64 = 500;
const STATEMENTS: usize = 20;

/// What was copied and how long it took, in milliseconds.
pub(crate) struct Copied {
    pub(crate) tickets: i64,
    pub(crate) messages: i64,
    pub(crate) out: f64,
    pub(crate) inserted: f64,
}

/// Whose conversations a desk keeps, as the bootstrap chooses them.
const KEPT: &str = "(select id from support_tickets
    where status in ('open', 'in_progress', 'waiting_customer') or last_message_at > now() - interval '90 days')";
/// What is searched for in a ticket, as the replica writes it down; in the order of its places, in which an index is written
/// fastest.
const WORDS: &str = "insert into search (rowid, text)
    select p.place, concat_ws(' ', t.head ->> '$.subject', t.head ->> '$.customer.name', t.number, t.order_number,
        (select group_concat(m.message, ' ') from messages m where m.ticket_key = t.key),
        (select group_concat(o.note, ' ') from notes o where o.ticket_key = t.key))
    from search_places p cross join tickets t on t.key = p.ticket_key where p.place > ? and p.place <= ? order by p.place";
/// Where the next statement's places end.
const END: &str = "select max(place) from (select place from search_places where place > ? order by place limit ?)";

pub(crate) async fn measure(house: &House, replica: &Path) -> Result<Copied, Failure> {
    let dir = tempfile::tempdir()?;
    let begun = Instant::now();
    let pool = PgPool::connect(&house.database).await?;
    for (table, which) in [
        ("support_tickets", String::new()),
        ("chat_messages", format!("where ticket_id in {KEPT}")),
        ("internal_notes", format!("where ticket_id in {KEPT}")),
        ("ticket_events", format!("where ticket_id in {KEPT}")),
        ("users", String::new()),
        ("orders", String::new()),
    ] {
        let mut file = BufWriter::new(std::fs::File::create(dir.path().join(table))?);
        let copy = format!("copy (select * from {table} {which}) to stdout");
        let mut rows = pool.copy_out_raw(&copy).await?;
        while let Some(bytes) = rows.try_next().await? {
            file.write_all(&bytes)?;
        }
        file.flush()?;
    }
    let out = begun.elapsed().as_secs_f64() * 1e3;

    let mut from = options(replica).connect().await?;
    let mut tables = Vec::new();
    for name in ["people", "orders", "tickets", "events", "messages", "notes", "search_places"] {
        let table = Table::read(&mut from, name).await?;
        table.write(&mut from, &dir.path().join(name)).await?;
        tables.push(table);
    }
    let (tickets, messages) = sqlx::query_as("select (select count(*) from tickets), (select count(*) from messages)")
        .fetch_one(&mut from)
        .await?;
    from.close().await?;

    // The same tables, made by the same migrations.
    let file = dir.path().join("copied.db");
    let nobody = SessionUser { id: Uuid::nil(), name: String::new(), email: String::new(), role: Role::Agent };
    Replica::open(&file, nobody).await?.close().await?;
    let begun = Instant::now();
    let mut to = options(&file).connect().await?;
    for table in &tables {
        table.insert(&mut to, &dir.path().join(table.name)).await?;
    }
    let mut place = 0;
    while let Some(end) = sqlx::query_scalar::<_, Option<i64>>(END).bind(place).bind(ROWS).fetch_one(&mut to).await? {
        sqlx::query(WORDS).bind(place).bind(end).execute(&mut to).await?;
        place = end;
    }
    to.close().await?;
    Ok(Copied { tickets, messages, out, inserted: begun.elapsed().as_secs_f64() * 1e3 })
}

/// As the replica opens its file for what can be fetched again.
fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Normal)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000")
        .pragma("wal_autocheckpoint", "8192")
        .disable_statement_logging()
}

/// A table of the replica.
struct Table {
    name: &'static str,
    /// Names, and whether they hold ids: those travel as hexadecimal digits.
    columns: Vec<(String, bool)>,
}

impl Table {
    async fn read(db: &mut SqliteConnection, name: &'static str) -> Result<Self, Failure> {
        let rows = sqlx::query("select name, type from pragma_table_info(?)").bind(name).fetch_all(db).await?;
        let columns = rows
            .iter()
            .map(|row| Ok((row.try_get("name")?, row.try_get::<&str, _>("type")?.eq_ignore_ascii_case("blob"))))
            .collect::<sqlx::Result<_>>()?;
        Ok(Self { name, columns })
    }

    /// Writes the rows into a file, a line for each statement.
    async fn write(&self, db: &mut SqliteConnection, file: &Path) -> Result<(), Failure> {
        let mut file = BufWriter::new(std::fs::File::create(file)?);
        let columns: Vec<_> =
            self.columns
                .iter()
                .map(|(name, is_id)| {
                    if *is_id {
                        format!(r#"iif("{name}" is null, null, hex("{name}"))"#)
                    } else {
                        format!(r#""{name}""#)
                    }
                })
                .collect();
        let all = format!("select json_array({}) from {}", columns.join(", "), self.name);
        let mut rows = sqlx::query_scalar::<_, String>(AssertSqlSafe(all)).fetch(db);
        let mut line = Vec::new();
        while let Some(row) = rows.try_next().await? {
            line.push(row);
            if line.len() == ROWS as usize {
                writeln!(file, "[{}]", line.join(","))?;
                line.clear();
            }
        }
        writeln!(file, "[{}]", line.join(","))?;
        Ok(file.flush()?)
    }

    async fn insert(&self, db: &mut SqliteConnection, file: &Path) -> Result<(), Failure> {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| format!(r#""{name}""#)).collect();
        let values: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .map(
                |(place, (_, is_id))| {
                    if *is_id { format!("unhex(value ->> {place})") } else { format!("value ->> {place}") }
                },
            )
            .collect();
        let insert =
            format!("insert into {} ({}) select {} from jsonb_each(?)", self.name, names.join(", "), values.join(", "));
        let mut lines = BufReader::new(std::fs::File::open(file)?).lines();
        loop {
            let mut transaction = db.begin().await?;
            let mut done = 0;
            for line in lines.by_ref().take(STATEMENTS) {
                sqlx::query(AssertSqlSafe(insert.clone())).bind(line?).execute(&mut *transaction).await?;
                done += 1;
            }
            transaction.commit().await?;
            if done < STATEMENTS {
                return Ok(());
            }
        }
    }
}
