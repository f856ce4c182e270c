//! A line of our own between desk and service: it can be cut, pointed elsewhere, and made to swallow an answer after the service has done what it was asked.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What every connection looks at.
struct Line {
    /// Where it leads; nothing while it is cut.
    to: watch::Sender<Option<SocketAddr>>,
    swallow: AtomicBool,
    /// Whether the line is cut with the next push: before it, or behind it, so that it is the last to arrive.
    cut_before: AtomicBool,
    cut_behind: AtomicBool,
    /// Nothing comes from the service until the line is mended.
    mute: AtomicBool,
    /// Connections up to this one are dead, and nothing says so.
    dead: AtomicUsize,
    connections: AtomicUsize,
    swallowed: AtomicUsize,
    /// Bytes from the service after which a connection breaks, growing each time; 0 for never.
    most: AtomicUsize,
    broken: AtomicUsize,
}

/// The line. It ends with the test.
pub struct Proxy {
    pub url: String,
    line: Arc<Line>,
}

impl Proxy {
    pub async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let line = Arc::new(Line {
            to: watch::channel(Some(address(url))).0,
            swallow: AtomicBool::new(false),
            cut_before: AtomicBool::new(false),
            cut_behind: AtomicBool::new(false),
            mute: AtomicBool::new(false),
            dead: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            swallowed: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            broken: AtomicUsize::new(0),
        });
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(accept(listener, Arc::clone(&line)));
        Self { url, line }
    }

    /// Breaks every connection, and every new one.
    pub fn cut(&self) {
        self.line.to.send_replace(None);
    }

    /// Every connection that is open is dead from now on, without a word; new ones are well.
    pub fn deaden(&self) {
        self.line.dead.store(self.line.connections.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Makes the line good again, to wherever the service is now.
    pub fn mend(&self, url: &str) {
        self.line.mute.store(false, Ordering::SeqCst);
        self.line.to.send_replace(Some(address(url)));
    }

    /// The answer to the next push is swallowed, and its connection broken.
    pub fn swallow_next_push(&self) {
        self.line.swallow.store(true, Ordering::SeqCst);
    }

    /// The same, and then the line is cut; from the push on no other connection brings news of what it did.
    pub fn swallow_next_push_and_cut(&self) {
        self.line.cut_behind.store(true, Ordering::SeqCst);
    }

    /// The line is cut when the next push would go over it.
    pub fn cut_at_next_push(&self) {
        self.line.cut_before.store(true, Ordering::SeqCst);
    }

    /// Every connection breaks after so many bytes from the service; each a little later than the one before.
    pub fn break_after(&self, bytes: usize) {
        self.line.most.store(bytes, Ordering::SeqCst);
    }

    /// Connections that broke so.
    pub fn broken(&self) -> usize {
        self.line.broken.load(Ordering::SeqCst)
    }

    pub fn swallowed(&self) -> usize {
        self.line.swallowed.load(Ordering::SeqCst)
    }
}

fn address(url: &str) -> SocketAddr {
    url.trim_start_matches("http://").parse().unwrap()
}

async fn accept(listener: TcpListener, line: Arc<Line>) {
    while let Ok((desk, _)) = listener.accept().await {
        tokio::spawn(carry(desk, Arc::clone(&line)));
    }
}

async fn carry(desk: TcpStream, line: Arc<Line>) -> Option<()> {
    let mut to = line.to.subscribe();
    let here = (*to.borrow_and_update())?;
    let service = TcpStream::connect(here).await.ok()?;
    let number = line.connections.fetch_add(1, Ordering::SeqCst) + 1;
    let (mut from_desk, mut to_desk) = desk.into_split();
    let (mut from_service, mut to_service) = service.into_split();
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut is_push = false;
    let mut is_last = false;
    let mut carried = 0;
    loop {
        tokio::select! {
            read = from_desk.read(&mut asked) => {
                let read = read.ok().filter(|read| *read > 0)?;
                if number <= line.dead.load(Ordering::SeqCst) {
                    continue;
                }
                let text = String::from_utf8_lossy(&asked[..read]);
                if text.starts_with("POST ") {
                    is_push = text.starts_with("POST /sync/v1/push");
                }
                if is_push && line.cut_before.swap(false, Ordering::SeqCst) {
                    line.to.send_replace(None);
                    return None;
                }
                if is_push && line.cut_behind.swap(false, Ordering::SeqCst) {
                    is_last = true;
                    line.mute.store(true, Ordering::SeqCst);
                }
                to_service.write_all(&asked[..read]).await.ok()?;
            }
            read = from_service.read(&mut answered) => {
                let read = read.ok().filter(|read| *read > 0)?;
                if is_last || is_push && line.swallow.swap(false, Ordering::SeqCst) {
                    line.swallowed.fetch_add(1, Ordering::SeqCst);
                    if is_last {
                        line.to.send_replace(None);
                    }
                    return None;
                }
                if line.mute.load(Ordering::SeqCst) || number <= line.dead.load(Ordering::SeqCst) {
                    continue;
                }
                let most = line.most.load(Ordering::SeqCst);
                if most > 0 && carried + read > most {
                    to_desk.write_all(&answered[..most.saturating_sub(carried)]).await.ok()?;
                    line.most.fetch_add(most / 60 + 1, Ordering::SeqCst);
                    line.broken.fetch_add(1, Ordering::SeqCst);
                    return None;
                }
                carried += read;
                to_desk.write_all(&answered[..read]).await.ok()?;
            }
            _ = to.changed() => return None,
        }
    }
}

/// A service that needs a newer app, whatever it is asked. Answers its address.
pub async fn too_new() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut desk, _)) = listener.accept().await {
            let mut asked = vec![0; 64 * 1024];
            let _ = desk.read(&mut asked).await;
            let body = r#"{"type":"about:blank","title":"","status":426,"detail":"","code":"desk_too_old"}"#;
            let answer = format!(
                "HTTP/1.1 426 Upgrade Required\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = desk.write_all(answer.as_bytes()).await;
        }
    });
    url
}
