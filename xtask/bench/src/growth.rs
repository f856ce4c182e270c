//! The same doors of a small house and of one that is ten (`--quick`) or a hundred times as large, asked by turns.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use tokio::process::Child;
use uuid::Uuid;

use crate::figures::{Good, Report, micros, share};
use crate::load::Line;
use crate::requests::get;
use crate::service::House;
use crate::{Failure, Plan};

/// Tickets of the small house, with ten messages each.
const TICKETS: u64 = 10_000;
/// Requests at each door.
const ASKED: usize = 300;
/// A word in twenty tickets of either house.
const RARE: &str = "zamrudkhatulistiwa";
/// A word in one ticket of a hundred.
const COMMON: &str = "lontongsayur";
/// What a search for it may take.
const COMMON_LIMIT: f64 = 150.0;

/// One house with a service of its own.
struct Door {
    line: Line,
    address: SocketAddr,
    token: String,
    tickets: Vec<Uuid>,
    _service: Child,
}

pub(crate) async fn measure(plan: &Plan, report: &mut Report) -> Result<(), Failure> {
    let begun = Instant::now();
    let url: PgConnectOptions = std::env::var("DATABASE_URL")?.parse()?;
    let [small_url, large_url] =
        ["growth_small", "growth_large"].map(|name| url.clone().database(name).to_url_lossy().to_string());
    let mut admin = url.connect().await?;
    admin.execute("create database growth_small").await?;
    let small = House::fill(small_url, TICKETS, TICKETS * 10).await?;
    say_words(&small.database).await?;
    admin.execute("create database growth_large template growth_small").await?;
    let large = small.in_database(large_url);
    grow(&large.database, plan.growth()).await?;
    let tickets = TICKETS * plan.growth();
    println!("a house of {tickets} tickets after {:.0} s", begun.elapsed().as_secs_f64());

    let mut small = Door::open(&small).await?;
    let mut large = Door::open(&large).await?;
    let doors = ["/admin/support/tickets", "/admin/support/tickets/{id}", "/admin/support/recent-tickets"];
    let mut worst: Option<(f64, f64)> = None;
    let mut said = Vec::new();
    for door in doors {
        let (mut few, mut many) = by_turns(&mut small, &mut large, door).await?;
        let (many, few) = (micros(share(&mut many, 0.5)), micros(share(&mut few, 0.5)));
        said.push(format!("{few:.0} to {many:.0} us"));
        if worst.is_none_or(|(most, least)| many / few > most / least) {
            worst = Some((many, few));
        }
    }
    let note = format!(
        "p50 of list, detail, stats from {TICKETS} to {tickets} tickets with ten messages each: {}; the worst is told",
        said.join(", ")
    );
    report.add(("service.growth", "us"), worst.ok_or("no door")?, (Good::Low, 1.5), true, note);

    let (mut few, mut many) = by_turns(&mut small, &mut large, &format!("/admin/support/tickets?q={RARE}")).await?;
    let p50 = (micros(share(&mut many, 0.5)), micros(share(&mut few, 0.5)));
    let note = format!("a word with 20 hits among {tickets} tickets; limit: among {TICKETS}");
    report.add(("service.search_rare", "us"), p50, (Good::Low, 1.5), true, note);

    let (_, mut many) = by_turns(&mut small, &mut large, &format!("/admin/support/tickets?q={COMMON}")).await?;
    let p95 = share(&mut many, 0.95).as_secs_f64() * 1e3;
    let note = format!("p95 of a word in 1 % of {tickets} tickets; limit 150 ms at 1 M");
    report.add(("service.search_common", "ms"), (p95, COMMON_LIMIT), (Good::Low, 1.0), true, note);
    Ok(())
}

impl Door {
    async fn open(house: &House) -> Result<Self, Failure> {
        let mut connection = PgConnection::connect(&house.database).await?;
        connection.execute("vacuum analyze").await?;
        let tickets = sqlx::query_scalar("select id from support_tickets order by md5(id::text) limit 200")
            .fetch_all(&mut connection)
            .await?;
        let (service, address) = house.serve().await?;
        let token = house.sign_in(address).await?;
        Ok(Self { line: Line::open(address).await?, address, token, tickets, _service: service })
    }

    async fn ask(&mut self, path: &str, n: usize) -> Result<Duration, Failure> {
        let path = path.replace("{id}", &self.tickets[n % self.tickets.len()].to_string());
        let request = get(self.address, &self.token, &path);
        let sent = Instant::now();
        let status = self.line.ask(&request).await?;
        let took = sent.elapsed();
        if status == 200 { Ok(took) } else { Err(format!("{path} answered {status}").into()) }
    }
}

/// Asks the small and the large house by turns, so that both meet the same machine.
async fn by_turns(small: &mut Door, large: &mut Door, path: &str) -> Result<(Vec<Duration>, Vec<Duration>), Failure> {
    let (mut few, mut many) = (Vec::with_capacity(ASKED), Vec::with_capacity(ASKED));
    for n in 0..ASKED + 50 {
        let (one, other) = (small.ask(path, n).await?, large.ask(path, n).await?);
        if n >= 50 {
            few.push(one);
            many.push(other);
        }
    }
    Ok((few, many))
}

/// Lets twenty tickets say the rare word, and one of a hundred the common one.
async fn say_words(database: &str) -> Result<(), Failure> {
    let mut connection = PgConnection::connect(database).await?;
    for (word, one_of) in [(RARE, TICKETS / 20), (COMMON, 100)] {
        sqlx::query(
            "update chat_messages set message = message || ' ' || $1
             where n = 1 and ticket_id in (
                 select id from (select id, row_number() over (order by number) as place from support_tickets) t
                 where place <= $3 and place % $2 = 1)",
        )
        .bind(word)
        .bind(i64::try_from(one_of)?)
        .bind(i64::try_from(TICKETS)?)
        .execute(&mut connection)
        .await?;
    }
    Ok(())
}

/// Copies everything until there is `times` as much, each copy a little older. Only the rare word is not said again.
async fn grow(database: &str, times: u64) -> Result<(), Failure> {
    let mut connection = PgConnection::connect(database).await?;
    // What is copied was checked; the words' indexes are made faster afterwards.
    connection.execute("set session_replication_role = replica").await?;
    connection.execute("set maintenance_work_mem = '512MB'").await?;
    let words: Vec<String> = sqlx::query_scalar(
        "select indexdef from pg_indexes where indexname in ('chat_messages_search', 'support_tickets_search')",
    )
    .fetch_all(&mut connection)
    .await?;
    connection.execute("drop index chat_messages_search, support_tickets_search").await?;
    for table in ["support_tickets", "chat_messages", "ticket_events"] {
        connection.execute(AssertSqlSafe(format!("create temporary table first_{table} as table {table}"))).await?;
    }
    for copy in 1..times {
        let copy = i32::try_from(copy)?;
        for statement in include_str!("../sql/grow.sql").split(";\n").map(str::trim).filter(|it| !it.is_empty()) {
            sqlx::query(AssertSqlSafe(statement.replace(":rare", RARE))).bind(copy).execute(&mut connection).await?;
        }
    }
    for index in words {
        connection.execute(AssertSqlSafe(index)).await?;
    }
    Ok(())
}
