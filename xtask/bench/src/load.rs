//! Requests over a few connections, each sending the next as soon as the last is answered. Bare sockets, so that the client costs little of the two cores it shares with what it measures.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Failure;
use crate::figures::share;

/// Connections at once.
pub(crate) const CLIENTS: usize = 8;

/// What came of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// Requests a second.
    pub(crate) rate: f64,
    /// The time that 99 % are within.
    pub(crate) p99: Duration,
}

/// Sends requests for some time; `request` makes the nth of a client. All must be answered as the first was.
pub(crate) async fn run(
    address: SocketAddr,
    seconds: u64,
    status: u16,
    request: impl Fn(usize, usize) -> Vec<u8> + Send + Sync + 'static,
) -> Result<Outcome, Failure> {
    let request = Arc::new(request);
    let begun = Instant::now();
    let end = begun + Duration::from_secs(seconds);
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let request = Arc::clone(&request);
        clients.spawn(async move {
            let mut line = Line::open(address).await?;
            let mut times = Vec::new();
            for n in 0.. {
                let bytes = request(client, n);
                let sent = Instant::now();
                if sent >= end {
                    break;
                }
                let answer = line.ask(&bytes).await?;
                if answer != status {
                    return Err(Failure::from(format!("answered {answer}: {}", String::from_utf8_lossy(&line.answer))));
                }
                times.push(sent.elapsed());
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = clients.join_next().await {
        times.extend(done??);
    }
    let rate = times.len() as f64 / begun.elapsed().as_secs_f64();
    Ok(Outcome { rate, p99: share(&mut times, 0.99) })
}

/// One kept connection.
pub(crate) struct Line {
    stream: TcpStream,
    /// The last answer, head and body.
    pub(crate) answer: Vec<u8>,
}

impl Line {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends one request and reads its whole answer; answers its status.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<u16, Failure> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let mut wanted = None;
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                return Err("the connection was closed".into());
            }
            if wanted.is_none() {
                wanted = length(&self.answer)?;
            }
            if wanted.is_some_and(|wanted| self.answer.len() >= wanted) {
                break;
            }
        }
        let status = self.answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
        Ok(status.unwrap_or_default().parse()?)
    }
}

impl Line {
    /// Sends one request and reads the JSON it is answered with.
    pub(crate) async fn json(&mut self, request: &[u8]) -> Result<serde_json::Value, Failure> {
        let status = self.ask(request).await?;
        let body = self.answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(0, |head| head + 4);
        if !(200..300).contains(&status) {
            return Err(format!("answered {status}: {}", String::from_utf8_lossy(&self.answer)).into());
        }
        Ok(serde_json::from_slice(&self.answer[body..])?)
    }
}

/// How long head and body are together, once the head is whole.
fn length(answer: &[u8]) -> Result<Option<usize>, Failure> {
    let Some(head) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&answer[..head])?.to_ascii_lowercase();
    let body: usize = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .ok_or("an answer without a length")?
        .trim()
        .parse()?;
    Ok(Some(head + 4 + body))
}
