//! A line: what one client's traffic goes through, and what is to happen to it next. Carrying is `proxy`'s.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::plan::Fault;
use crate::tally::Tally;

/// Faults that wait for something to happen to, at most: the newest are kept.
const WAITING: usize = 6;

/// The line of one client.
#[derive(Debug)]
pub struct Line {
    /// `http://127.0.0.1:…`, where the client believes the service to be.
    pub url: String,
    doors: Vec<SocketAddr>,
    turn: AtomicUsize,
    waiting: Mutex<VecDeque<Fault>>,
    dark: watch::Sender<bool>,
    live: watch::Sender<u64>,
    live_part: Mutex<Option<f64>>,
    quiet: AtomicBool,
    pub(crate) tally: Tally,
}

impl Line {
    pub(crate) fn new(url: String, doors: Vec<SocketAddr>, turn: usize, tally: Tally) -> Self {
        Self {
            url,
            doors,
            turn: AtomicUsize::new(turn),
            waiting: Mutex::default(),
            dark: watch::channel(false).0,
            live: watch::channel(0).0,
            live_part: Mutex::default(),
            quiet: AtomicBool::new(false),
            tally,
        }
    }

    /// Does this to the line, now or to the next that fits.
    pub fn suffer(self: &Arc<Self>, fault: Fault) {
        match fault {
            Fault::Live(part) => {
                *self.live_part.lock().unwrap_or_else(PoisonError::into_inner) = part;
                self.live.send_modify(|cuts| *cuts += 1);
            }
            Fault::Dark(span) => {
                let line = Arc::clone(self);
                tokio::spawn(async move { line.go_dark(span).await });
            }
            other => {
                let mut waiting = self.waiting();
                waiting.push_back(other);
                if waiting.len() > WAITING {
                    waiting.pop_front();
                }
            }
        }
    }

    async fn go_dark(&self, span: Duration) {
        if self.dark.send_replace(true) {
            return;
        }
        self.tally.add("cut.dark");
        tokio::time::sleep(span).await;
        self.dark.send_replace(false);
    }

    /// From here on everything gets through as it is.
    pub fn calm(&self) {
        self.quiet.store(true, Ordering::SeqCst);
        self.waiting().clear();
        self.dark.send_replace(false);
    }

    pub(crate) fn is_dark(&self) -> bool {
        *self.dark.borrow() && !self.quiet.load(Ordering::SeqCst)
    }

    /// Told when the line goes dark or is light again.
    pub(crate) fn darkness(&self) -> watch::Receiver<bool> {
        self.dark.subscribe()
    }

    /// Told when live connections are to be cut.
    pub(crate) fn live_cuts(&self) -> watch::Receiver<u64> {
        self.live.subscribe()
    }

    /// Where in the next words the live connection is cut; nothing for between two.
    pub(crate) fn live_part(&self) -> Option<f64> {
        *self.live_part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next fault that fits.
    pub(crate) fn take(&self, fits: impl Fn(&Fault) -> bool) -> Option<Fault> {
        if self.quiet.load(Ordering::SeqCst) {
            return None;
        }
        let mut waiting = self.waiting();
        let place = waiting.iter().position(fits)?;
        waiting.remove(place)
    }

    /// A connection to a service that answers, each time another.
    pub(crate) async fn connect(&self) -> Option<TcpStream> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        for step in 0..self.doors.len() {
            let door = self.doors.get((turn + step) % self.doors.len())?;
            if let Ok(stream) = TcpStream::connect(door).await {
                let _ = stream.set_nodelay(true);
                return Some(stream);
            }
        }
        None
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Fault>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
