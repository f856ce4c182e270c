//! `portal.`: the list and a conversation as pages, the weight of a first view, and what an open line costs the service.

use std::net::SocketAddr;

use sha2::{Digest, Sha256};
use sqlx::postgres::PgPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::figures::{Good, Report};
use crate::load::Line;
use crate::requests::{Measured, Sha256Hex, one};
use crate::service::House;
use crate::{Failure, Plan};

/// Open lines whose memory is printed.
const STREAMS: usize = 2_000;
/// The cookie of the customer who is measured.
const TOKEN: &str = "bench-portal";
const LIST: &str = "/customer/support/tickets";

pub(crate) async fn measure(plan: &Plan, house: &House, report: &mut Report) -> Result<(), Failure> {
    let pool = PgPool::connect(&house.database).await?;
    let (customer, ticket) = somebody(&pool).await?;
    sqlx::query("vacuum analyze").execute(&pool).await?;
    let (service, address) = house.serve().await?;
    let hash = format!("{:x}", Sha256Hex(Sha256::digest(TOKEN.as_bytes()).to_vec()));
    let variables = [("hash", hash), ("customer", customer.to_string()), ("ticket", ticket.to_string())];
    for (name, script, path) in [
        ("portal.list", include_str!("../sql/portal_list.sql"), LIST.to_owned()),
        ("portal.detail", include_str!("../sql/portal_detail.sql"), format!("{LIST}/{ticket}")),
    ] {
        let request = get(address, &path, "text/html");
        let make = move |_, _| request.clone();
        one(plan, house, report, address, &Measured { name, status: 200, bar: 0.45, script }, make, &variables).await?;
    }
    first_view(address, report).await?;
    if let Some(process) = service.id() {
        streams(process, address, ticket).await?;
    }
    Ok(())
}

/// A customer with a page full of tickets and a session, and one of their tickets.
async fn somebody(pool: &PgPool) -> Result<(Uuid, Uuid), Failure> {
    let (customer, ticket): (Uuid, Uuid) = sqlx::query_as(
        "select t.customer_id, (array_agg(t.id order by t.last_n desc))[1]
         from support_tickets t group by t.customer_id
         order by abs(count(*) - 15), t.customer_id limit 1",
    )
    .fetch_one(pool)
    .await?;
    sqlx::query(
        "insert into sessions (id, token_hash, user_id, kind, expires_at)
         values (gen_random_uuid(), $1, $2, 'portal', now() + interval '30 days')",
    )
    .bind(Sha256::digest(TOKEN.as_bytes()).to_vec())
    .bind(customer)
    .execute(pool)
    .await?;
    Ok((customer, ticket))
}

fn get(address: SocketAddr, path: &str, accept: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: {accept}\r\naccept-encoding: br, gzip\r\n\
         cookie: gemilang_session={TOKEN}; gemilang_form=bench-bench-bench-bench-bench-bench-bench-b\r\n\r\n"
    )
    .into_bytes()
}

/// What a phone loads before its first list is there, and how much of it is script.
async fn first_view(address: SocketAddr, report: &mut Report) -> Result<(), Failure> {
    let mut line = Line::open(address).await?;
    line.ask(&get(address, LIST, "text/html")).await?;
    let page = String::from_utf8_lossy(&line.answer).into_owned();
    let (mut all, mut scripts) = (line.answer.len(), 0);
    let mut names: Vec<&str> = page.split('"').filter(|it| it.starts_with("/assets/")).collect();
    names.iter_mut().for_each(|name| *name = name.split('#').next().unwrap_or_default());
    names.sort_unstable();
    names.dedup();
    for name in names {
        line.ask(&get(address, name, "*/*")).await?;
        all += line.answer.len();
        if name.ends_with(".js") {
            scripts += line.answer.len();
        }
    }
    let kib = |bytes: usize| bytes as f64 / 1024.0;
    let note =
        format!("page, styles, scripts and pictures as they are sent; script {:.1} KiB, at most 30", kib(scripts));
    let is_light = scripts < 30 * 1024;
    report.add(("portal.first_view_kib", "KiB"), (kib(all), 100.0), (Good::Low, 1.0), is_light, note);
    Ok(())
}

/// Opens many lines and prints what the service's memory grew by.
async fn streams(process: u32, address: SocketAddr, ticket: Uuid) -> Result<(), Failure> {
    let before = memory(process)?;
    let mut open = Vec::with_capacity(STREAMS);
    for _ in 0..STREAMS {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(&get(address, &format!("{LIST}/{ticket}/live"), "text/event-stream")).await?;
        open.push(stream);
    }
    for stream in &mut open {
        let mut first = [0; 12];
        stream.read_exact(&mut first).await?;
        if !first.ends_with(b" 200") {
            return Err(format!("a line was answered {}", String::from_utf8_lossy(&first)).into());
        }
    }
    let after = memory(process)?;
    println!(
        "{STREAMS} open lines: the service holds {:.1} MiB, {:.1} MiB before; {:.1} KiB each",
        after as f64 / 1024.0,
        before as f64 / 1024.0,
        after.saturating_sub(before) as f64 / STREAMS as f64
    );
    Ok(())
}

/// What a process holds, in KiB.
fn memory(process: u32) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no memory is told here")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
