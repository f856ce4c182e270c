//! The proxy: carries a client's bytes to a service and back, knows where a request ends and an answer begins, and breaks the line exactly there.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::Failure;
use crate::line::Line;
use crate::plan::Fault;
use crate::tally::Tally;

/// How long a repeated request may wait for its answer, which nobody reads.
const REPEAT: Duration = Duration::from_secs(5);
/// A live line that is to be cut in the middle of a word is cut anyway after so long without one.
const WORD: Duration = Duration::from_millis(400);

/// Opens a line of its own for a client.
///
/// # Errors
/// There is no free port.
pub async fn open(doors: &[SocketAddr], turn: usize, tally: &Tally) -> Result<Arc<Line>, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let line = Arc::new(Line::new(url, doors.to_vec(), turn, tally.clone()));
    tokio::spawn(accept(listener, Arc::clone(&line)));
    Ok(line)
}

async fn accept(listener: TcpListener, line: Arc<Line>) {
    loop {
        // A refused connection here is the machine's trouble, and the next may be fine.
        let Ok((client, _)) = listener.accept().await else { continue };
        let _ = client.set_nodelay(true);
        if line.is_dark() {
            continue;
        }
        if line.take(|fault| *fault == Fault::Connect).is_some() {
            line.tally.add("cut.connect");
            continue;
        }
        tokio::spawn(carry(client, Arc::clone(&line)));
    }
}

/// A whole request, as it came.
struct Request {
    bytes: Vec<u8>,
    /// It changes something.
    writes: bool,
    /// Its answer has no end.
    live: bool,
}

/// Takes the first whole request out of what was read.
fn take_whole(read: &mut Vec<u8>) -> Option<Request> {
    let head = read.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(read.get(..head)?).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok())
        .unwrap_or(0);
    if read.len() < head + length {
        return None;
    }
    let rest = read.split_off(head + length);
    let bytes = std::mem::replace(read, rest);
    let path = text.split_whitespace().nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let writes = text.starts_with("post ")
        && ["/push", "/void", "/messages", "/tickets"].iter().any(|ending| path.ends_with(ending));
    Some(Request { bytes, writes, live: path.ends_with("/live") })
}

/// The connection broke, by fault or by itself.
struct Cut;

struct Carrier {
    client: TcpStream,
    service: Option<TcpStream>,
    line: Arc<Line>,
    /// What is to happen to the answer that is waited for.
    answer: Option<Fault>,
    live: bool,
}

async fn carry(client: TcpStream, line: Arc<Line>) {
    let mut carrier = Carrier { client, service: None, line: Arc::clone(&line), answer: None, live: false };
    // Whoever cut, both ends go with the carrier.
    let Err(Cut) = carrier.run().await;
}

impl Carrier {
    async fn run(&mut self) -> Result<std::convert::Infallible, Cut> {
        let mut dark = self.line.darkness();
        let mut cuts = self.line.live_cuts();
        let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        let mut pending = Vec::new();
        loop {
            tokio::select! {
                read = self.client.read(&mut asked) => {
                    pending.extend_from_slice(some(&asked, &read)?);
                    if self.live {
                        // Pongs of a socket.
                        self.forward(&std::mem::take(&mut pending)).await?;
                    }
                    while let Some(request) = take_whole(&mut pending) {
                        self.ask(request).await?;
                    }
                }
                read = receive(&mut self.service, &mut answered) => {
                    self.answer(some(&answered, &read)?).await?;
                }
                _ = dark.changed() => {
                    if *dark.borrow() {
                        return Err(Cut);
                    }
                }
                _ = cuts.changed(), if self.live => return self.cut_live(&mut answered).await,
            }
        }
    }

    /// A request goes to the service, or not.
    async fn ask(&mut self, request: Request) -> Result<(), Cut> {
        let Request { bytes, writes, live } = request;
        let fault = self.line.take(|fault| match fault {
            Fault::Swallow | Fault::Repeat(_) => writes,
            Fault::HalfAnswer(_) | Fault::SlowAnswer(_) => !live,
            Fault::Connect | Fault::Live(_) | Fault::Dark(_) => false,
            Fault::Before | Fault::HalfRequest(_) | Fault::SlowRequest(_) => true,
        });
        (self.live, self.answer) = (live, fault);
        match fault {
            Some(Fault::Before) => {
                self.line.tally.add("cut.before_request");
                return Err(Cut);
            }
            Some(Fault::HalfRequest(part)) => {
                let half = portion(&bytes, part);
                self.line.tally.add("cut.half_request");
                self.forward(half).await?;
                return Err(Cut);
            }
            Some(Fault::SlowRequest(span)) => {
                self.line.tally.add("delay.request");
                tokio::time::sleep(span).await;
            }
            Some(Fault::Repeat(after)) => {
                tokio::spawn(repeat(Arc::clone(&self.line), bytes.clone(), after));
            }
            _ => {}
        }
        self.forward(&bytes).await
    }

    async fn forward(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        if self.service.is_none() {
            self.service = self.line.connect().await;
        }
        self.service.as_mut().ok_or(Cut)?.write_all(bytes).await.map_err(|_| Cut)
    }

    /// Bytes from the service go to the client, or not.
    async fn answer(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        match self.answer.take() {
            Some(Fault::Swallow) => {
                if bytes.starts_with(b"HTTP/1.1 2") {
                    self.line.tally.add("cut.after_commit");
                    return Err(Cut);
                }
                // Nothing was committed: the next that is will do.
                self.line.suffer(Fault::Swallow);
            }
            Some(Fault::HalfAnswer(part)) => {
                self.line.tally.add("cut.half_answer");
                let _ = self.client.write_all(portion(bytes, part)).await;
                return Err(Cut);
            }
            Some(Fault::SlowAnswer(span)) => {
                self.line.tally.add("delay.answer");
                tokio::time::sleep(span).await;
            }
            _ => {}
        }
        self.client.write_all(bytes).await.map_err(|_| Cut)
    }

    /// A live connection is cut between two words or in the middle of the next.
    async fn cut_live(&mut self, answered: &mut [u8]) -> Result<std::convert::Infallible, Cut> {
        let Some(part) = self.line.live_part() else {
            self.line.tally.add("cut.live");
            return Err(Cut);
        };
        let word = tokio::time::timeout(WORD, receive(&mut self.service, answered)).await;
        if let Ok(read) = word {
            let word = some(answered, &read)?;
            let _ = self.client.write_all(portion(word, part)).await;
            self.line.tally.add("cut.half_live");
        } else {
            self.line.tally.add("cut.live");
        }
        Err(Cut)
    }
}

/// The whole request once more over a connection of its own, to another service where there is one.
async fn repeat(line: Arc<Line>, bytes: Vec<u8>, after: Duration) {
    tokio::time::sleep(after).await;
    let Some(mut service) = line.connect().await else { return };
    if service.write_all(&bytes).await.is_err() {
        return;
    }
    let mut answer = [0; 1024];
    if let Ok(Ok(1..)) = tokio::time::timeout(REPEAT, service.read(&mut answer)).await {
        line.tally.add("repeat");
    }
}

/// The next bytes from the service; none while there is no connection to it.
async fn receive(service: &mut Option<TcpStream>, into: &mut [u8]) -> std::io::Result<usize> {
    match service {
        Some(service) => service.read(into).await,
        None => std::future::pending().await,
    }
}

/// What was read, if the other end is still there.
fn some<'a>(read: &'a [u8], count: &std::io::Result<usize>) -> Result<&'a [u8], Cut> {
    match count {
        Ok(count @ 1..) => read.get(..*count).ok_or(Cut),
        Ok(0) | Err(_) => Err(Cut),
    }
}

/// A part of some bytes: never nothing, never all where there is more than one.
fn portion(bytes: &[u8], part: f64) -> &[u8] {
    let most = bytes.len().saturating_sub(1).max(1);
    // Lengths here are far below where a float would round.
    let length = ((bytes.len() as f64 * part) as usize).clamp(1, most).min(bytes.len());
    bytes.get(..length).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_once_it_is_whole() {
        let whole =
            b"POST /sync/v1/push HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcdGET /sync/v1/live?cursor=a HTTP/1.1\r\n\r\n";
        for cut in 0..whole.len() {
            let mut read = whole[..cut].to_vec();
            let taken = take_whole(&mut read);
            assert_eq!(taken.is_some(), cut >= 54, "{cut}");
        }
        let mut read = whole.to_vec();
        let push = take_whole(&mut read).unwrap();
        assert!(push.writes && !push.live && push.bytes.ends_with(b"abcd"));
        let live = take_whole(&mut read).unwrap();
        assert!(!live.writes && live.live);
        assert!(read.is_empty());
    }

    #[test]
    fn a_half_is_never_all_and_never_nothing() {
        for length in 2..50 {
            let bytes = vec![0; length];
            for part in [0.0, 0.3, 0.5, 0.999] {
                let half = portion(&bytes, part).len();
                assert!(half >= 1 && half < length, "{half} of {length}");
            }
        }
    }
}
