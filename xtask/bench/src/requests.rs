//! `service.`: requests a second beside the series limit: the request's SQL alone, then the same bytes from an empty handler. A hundred per cent would be a service that costs nothing itself.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gemilang_protocol::PROTOCOL_HEADER;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgPool;
use uuid::Uuid;

use crate::figures::{Good, Report, micros, series};
use crate::load::{self, CLIENTS, Line, Outcome};
use crate::service::{House, serve_empty};
use crate::{Failure, Plan, pgbench};

/// Customers who file tickets; each may file ten an hour.
const CUSTOMERS: usize = 30_000;
/// Of those ten, as many as one run uses.
const EACH: usize = 8;
/// The cookie that every form token is bound to: 43 characters.
const FORM_KEY: &str = "bench-bench-bench-bench-bench-bench-bench-b";

/// A request that is measured.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    /// What the service must answer.
    pub(crate) status: u16,
    /// Share of the series limit that it must reach.
    pub(crate) bar: f64,
    /// Its SQL alone.
    pub(crate) script: &'static str,
}

pub(crate) async fn measure(plan: &Plan, house: &House, report: &mut Report) -> Result<(), Failure> {
    let pool = PgPool::connect(&house.database).await?;
    let generation =
        sqlx::query_scalar::<_, i32>("select max(generation) from feed_generations").fetch_one(&pool).await?;
    add_customers(&pool, generation).await?;
    sqlx::query("vacuum analyze").execute(&pool).await?;
    let (_service, address) = house.serve().await?;

    let token = house.sign_in(address).await?;
    let hash = format!("{:x}", Sha256Hex(Sha256::digest(token.as_bytes()).to_vec()));
    let hash = [("hash", hash)];
    let list = Measured { name: "service.list_json", status: 200, bar: 0.5, script: include_str!("../sql/list.sql") };
    let request = get(address, &token, "/admin/support/tickets");
    let listed = Line::open(address).await?.json(&request).await?;
    let make = move |_, _| request.clone();
    one(plan, house, report, address, &list, make, &hash).await?;

    let detail =
        Measured { name: "service.detail_json", status: 200, bar: 0.5, script: include_str!("../sql/detail.sql") };
    let ticket = listed["items"][0]["id"].as_str().ok_or("no ticket")?.to_owned();
    let request = get(address, &token, &format!("/admin/support/tickets/{ticket}"));
    let [hash] = hash;
    let make = move |_, _| request.clone();
    one(plan, house, report, address, &detail, make, &[hash, ("ticket", ticket)]).await?;

    let create = Measured { name: "service.create", status: 201, bar: 0.6, script: include_str!("../sql/create.sql") };
    let hash = format!("{:x}", Sha256Hex(Sha256::digest(customer_token(0).as_bytes()).to_vec()));
    let variables = [("hash", hash), ("customers", CUSTOMERS.to_string()), ("generation", generation.to_string())];
    let make = move |client, n| filing(address, n * CLIENTS + client);
    one(plan, house, report, address, &create, make, &variables).await
}

/// Measures one request: the service, the empty handler, the SQL, each after a warm-up.
pub(crate) async fn one(
    plan: &Plan,
    house: &House,
    report: &mut Report,
    address: SocketAddr,
    measured: &Measured,
    make: impl Fn(usize, usize) -> Vec<u8> + Send + Sync + Clone + 'static,
    variables: &[(&str, String)],
) -> Result<(), Failure> {
    let mut line = Line::open(address).await?;
    let sample = make(0, CUSTOMERS);
    let status = line.ask(&sample).await?;
    if status != measured.status {
        return Err(format!("{}: {}", measured.name, String::from_utf8_lossy(&line.answer)).into());
    }
    let dir = tempfile::tempdir()?;
    let answer = dir.path().join("answer");
    std::fs::write(&answer, &line.answer)?;
    let (_empty, empty_address) = serve_empty(&answer).await?;

    let warm = make.clone();
    // The warm-up counts from elsewhere, so that no request is sent twice.
    load::run(address, 1, measured.status, move |client, n| warm(client, n + CUSTOMERS / 2)).await?;
    let whole = load::run(address, plan.seconds(), measured.status, make).await?;
    let again = move |_: usize, _: usize| sample.clone();
    load::run(empty_address, 1, measured.status, again.clone()).await?;
    let empty = load::run(empty_address, plan.seconds(), measured.status, again).await?;
    pgbench::run(&house.database, 1, measured.script, variables).await?;
    let sql = pgbench::run(&house.database, plan.seconds(), measured.script, variables).await?;
    add(report, measured, whole, sql, empty);
    Ok(())
}

fn add(report: &mut Report, measured: &Measured, whole: Outcome, sql: Outcome, empty: Outcome) {
    let p99_limit = sql.p99 + empty.p99;
    let note = format!(
        "SQL alone {:.0}/s, empty handler {:.0}/s; p99 {:.1} ms, limit 3 x {:.1} ms",
        sql.rate,
        empty.rate,
        micros(whole.p99) / 1e3,
        micros(p99_limit) / 1e3
    );
    let rates = (whole.rate, series(sql.rate, empty.rate));
    report.add((measured.name, "/s"), rates, (Good::High, measured.bar), whole.p99 <= p99_limit * 3, note);
}

/// Customers with a session each, whose tokens follow from their number.
async fn add_customers(pool: &PgPool, generation: i32) -> Result<(), Failure> {
    let ids: Vec<Uuid> = (0..CUSTOMERS).map(customer).collect();
    let hashes: Vec<Vec<u8>> = (0..CUSTOMERS).map(|n| Sha256::digest(customer_token(n).as_bytes()).to_vec()).collect();
    sqlx::query(
        "with person as (
             insert into users (id, name, email, role, email_confirmed_at)
             select id, 'Pelanggan ' || id, id || '@beban.example', 'customer', now() from unnest($1::uuid[]) as id
             returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $2 from person",
    )
    .bind(&ids)
    .bind(generation)
    .execute(pool)
    .await?;
    sqlx::query(
        "insert into sessions (id, token_hash, user_id, kind, expires_at)
         select gen_random_uuid(), hash, id, 'portal', now() + interval '30 days' from unnest($1::uuid[], $2::bytea[]) as new (id, hash)",
    )
    .bind(&ids)
    .bind(&hashes)
    .execute(pool)
    .await?;
    Ok(())
}

/// The nth customer's id, which the SQL alone can make as well.
fn customer(n: usize) -> Uuid {
    Uuid::from_u128((0xbe_u128 << 120) | n as u128)
}

fn customer_token(n: usize) -> String {
    format!("bench-{n}")
}

/// A request of somebody who is signed in at the staff door.
pub(crate) fn get(address: SocketAddr, token: &str, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n{PROTOCOL_HEADER}: 1\r\n\r\n")
        .into_bytes()
}

/// The nth ticket that is filed: by a customer who has not filed too many.
fn filing(address: SocketAddr, n: usize) -> Vec<u8> {
    let customer_number = n / EACH % CUSTOMERS;
    let mut digest = Sha256::new();
    // As the portal binds its forms: to the visitor's form cookie and to who is signed in.
    for part in ["form:", FORM_KEY, ":", &customer(customer_number).to_string()] {
        digest.update(part);
    }
    let csrf = URL_SAFE_NO_PAD.encode(&digest.finalize()[..18]);
    let body = json!({
        "csrf": csrf,
        "id": Uuid::now_v7(),
        "subject": "Menu prasmanan 450 tamu, ada 30 vegetarian",
        "category": "vendor",
        "priority": "medium",
        "description": "Horas! Dari 450 tamu ada 30 yang vegetarian, kebanyakan keluarga dari kantor. Apakah katering bisa membuat meja tersendiri, lengkap dengan penandanya?",
    })
    .to_string();
    format!(
        "POST /customer/support/tickets HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\naccept: application/json\r\n\
         content-type: application/json\r\ncookie: gemilang_session={}; gemilang_form={FORM_KEY}\r\ncontent-length: {}\r\n\r\n{body}",
        customer_token(customer_number),
        body.len()
    )
    .into_bytes()
}

/// Bytes as PostgreSQL writes them after `\x`.
pub(crate) struct Sha256Hex(pub(crate) Vec<u8>);

impl std::fmt::LowerHex for Sha256Hex {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
    }
}
