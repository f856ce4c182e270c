//! Ten thousand desks on one service: what each costs in memory, and how long a row takes to reach the last of them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gemilang_protocol::PROTOCOL_HEADER;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use crate::Failure;
use crate::figures::{Good, Report};
use crate::load::Line;
use crate::requests::get;
use crate::service::House;

/// As many desks as there are files for.
const SOCKETS: usize = 10_000;
/// What each may cost the service.
const BYTES: f64 = 20.0 * 1024.0;
/// Files that something else needs.
const OTHER_FILES: usize = 300;
/// Desks that come in at once.
const AT_ONCE: usize = 64;
/// Rows sent to all.
const ROUNDS: usize = 7;
/// What is searched for in the frames; the round follows.
const MARK: &str = "siaran-";
/// How long a row may take before this gives up.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) async fn measure(house: &House, report: &mut Report) -> Result<(), Failure> {
    let (service, address) = house.serve().await?;
    let pid = service.id().ok_or("the service ended")?;
    let token = house.sign_in(address).await?;
    let mut line = Line::open(address).await?;
    let part = line.json(&get(address, &token, "/sync/v1/bootstrap")).await?;
    let cursor = part["feed"].as_str().ok_or("no cursor")?.to_owned();
    let listed = line.json(&get(address, &token, "/admin/support/tickets")).await?;
    let ticket = listed["items"][0]["id"].as_str().ok_or("no ticket")?.to_owned();

    let count = SOCKETS.min(open_files()?.saturating_sub(OTHER_FILES));
    let before = resident(pid)?;
    let begun = Instant::now();
    let (told, mut heard) = mpsc::unbounded_channel();
    let _desks = open(address, &token, &cursor, count, &told).await?;
    let opened = begun.elapsed();
    let mut slowest = Duration::ZERO;
    for round in 0..ROUNDS {
        let message = format!("{MARK}{round:03} mohon dicek, ya.");
        let body = json!({ "message": message }).to_string();
        let request = format!(
            "POST /admin/support/tickets/{ticket}/messages HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let sent = Instant::now();
        line.json(request.as_bytes()).await?;
        for _ in 0..count {
            let (of, at) = tokio::time::timeout(PATIENCE, heard.recv())
                .await
                .map_err(|_| "a row did not reach everybody")?
                .ok_or("a desk left")?;
            if of != round {
                return Err(format!("a desk heard of {of} in round {round}").into());
            }
            slowest = slowest.max(at.duration_since(sent));
        }
    }
    // Only now: buffers that a first frame needs are part of what a desk costs.
    let each = resident(pid)?.saturating_sub(before) as f64 / count as f64;
    let seconds = opened.as_secs_f64();
    let note = format!("{count} live sockets, opened within {seconds:.1} s, after {ROUNDS} rows each; limit 20 KiB");
    report.add(("sync.sockets_bytes", "B"), (each, BYTES), (Good::Low, 1.0), count == SOCKETS, note);
    let note = format!("from before the request that writes it until the last of {count} has it, worst of {ROUNDS}");
    let slowest = slowest.as_secs_f64() * 1e3;
    report.add(("sync.broadcast_ms", "ms"), (slowest, 1_000.0), (Good::Low, 1.0), count == SOCKETS, note);
    Ok(())
}

/// Opens the sockets; each says of every round when it heard of it.
async fn open(
    address: SocketAddr,
    token: &str,
    cursor: &str,
    count: usize,
    told: &mpsc::UnboundedSender<(usize, Instant)>,
) -> Result<JoinSet<Result<(), Failure>>, Failure> {
    let request: Arc<[u8]> = format!(
        "GET /sync/v1/live?cursor={cursor} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n{PROTOCOL_HEADER}: 1\r\n\
         connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: Z2VtaWxhbmctZGVzay1iZQ==\r\n\r\n"
    )
    .into_bytes()
    .into();
    let doors = Arc::new(Semaphore::new(AT_ONCE));
    let (in_house, mut arrived) = mpsc::unbounded_channel();
    let mut desks = JoinSet::new();
    for _ in 0..count {
        let (request, doors, told, in_house) = (request.clone(), Arc::clone(&doors), told.clone(), in_house.clone());
        desks.spawn(async move {
            let turn = doors.acquire_owned().await?;
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(&request).await?;
            let mut buffer = [0; 1024];
            let read = stream.read(&mut buffer).await?;
            if !buffer[..read].starts_with(b"HTTP/1.1 101") {
                return Err(Failure::from(String::from_utf8_lossy(&buffer[..read]).into_owned()));
            }
            drop(turn);
            in_house.send(())?;
            listen(stream, &told).await
        });
    }
    drop(in_house);
    for _ in 0..count {
        tokio::select! {
            came = arrived.recv() => came.ok_or("a desk did not come in")?,
            Some(ended) = desks.join_next() => ended??,
        }
    }
    Ok(desks)
}

/// Reads frames and looks for the mark; a place between two reads is looked at with both.
async fn listen(mut stream: TcpStream, told: &mpsc::UnboundedSender<(usize, Instant)>) -> Result<(), Failure> {
    const KEPT: usize = MARK.len() + 3;
    let mut next = 0;
    let mut buffer = [0; 2048];
    let mut kept = 0;
    loop {
        let read = stream.read(&mut buffer[kept..]).await?;
        if read == 0 {
            return Err("the service hung up".into());
        }
        let filled = &buffer[..kept + read];
        for at in filled.windows(KEPT).filter(|window| window.starts_with(MARK.as_bytes())) {
            let round: usize = std::str::from_utf8(&at[MARK.len()..])?.parse()?;
            // A row names its text twice: as a message and as the ticket's last.
            if round >= next {
                next = round + 1;
                told.send((round, Instant::now()))?;
            }
        }
        let length = filled.len();
        kept = length.min(KEPT - 1);
        buffer.copy_within(length - kept..length, 0);
    }
}

/// Files that this process may have open.
fn open_files() -> Result<usize, Failure> {
    let limits = std::fs::read_to_string("/proc/self/limits")?;
    let line = limits.lines().find(|line| line.starts_with("Max open files")).ok_or("no limit of files")?;
    Ok(line.split_whitespace().nth(3).ok_or("no limit of files")?.parse().unwrap_or(usize::MAX))
}

/// Memory of a process that is in memory, in bytes.
fn resident(pid: u32) -> Result<usize, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no memory")?;
    Ok(line.split_whitespace().next().ok_or("no memory")?.parse::<usize>()? * 1024)
}
