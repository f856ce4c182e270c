//! A desk as the storm holds it: the process of its core, which may be killed and started again, and the pipe to it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gemilang_protocol::session::SessionUser;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::sync::{Mutex as Turn, oneshot};
use uuid::Uuid;

use crate::Failure;
use crate::house::{Places, log, mortal};
use crate::words::{Answer, Answered, Ask, Asked, Open};

/// How long a core may take for anything but the network, which it never waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who waits for which answer; nothing once the core is gone.
type Waiting = Arc<Mutex<Option<HashMap<u64, oneshot::Sender<Answer>>>>>;

/// A desk.
#[derive(Debug)]
pub struct Desk {
    /// Which.
    pub nth: usize,
    /// Its replica's file.
    pub file: PathBuf,
    places: Places,
    open: Open,
    running: Turn<Option<Running>>,
    numbers: AtomicU64,
    starts: AtomicU64,
}

#[derive(Debug)]
struct Running {
    child: Child,
    pipe: ChildStdin,
    waiting: Waiting,
}

/// A core that has just been started.
#[derive(Debug)]
pub struct Opened {
    /// What is unsent in its file.
    pub unsent: Vec<Uuid>,
}

impl Desk {
    /// A desk that is not started yet.
    pub fn new(places: &Places, nth: usize, user: SessionUser, server: &str, token: &str, seed: u64) -> Self {
        let file = places.dir.join(format!("desk-{nth}.db"));
        let open = Open { file: file.clone(), server: server.to_owned(), token: token.to_owned(), user, seed };
        Self {
            nth,
            file,
            places: places.clone(),
            open,
            running: Turn::default(),
            numbers: AtomicU64::new(1),
            starts: AtomicU64::new(0),
        }
    }

    /// Starts the core, and answers what it says of its file.
    ///
    /// # Errors
    /// It cannot be started, or its file cannot be opened: after whatever kill, that is a fault.
    pub async fn start(&self) -> Result<Opened, Failure> {
        let mut running = self.running.lock().await;
        let mut command = mortal(&self.places.desk);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(log(&self.places.dir, &format!("desk-{}", self.nth))?);
        if let Some(guard) = self.places.sabotage {
            command.env("GEMILANG_SABOTAGE", guard);
        }
        let mut child = command.spawn()?;
        let (Some(mut pipe), Some(said)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a desk without a pipe".into());
        };
        let starts = self.starts.fetch_add(1, Ordering::Relaxed);
        let open = Open { seed: self.open.seed.wrapping_add(starts), ..self.open.clone() };
        pipe.write_all((serde_json::to_string(&open)? + "\n").as_bytes()).await?;
        let waiting: Waiting = Arc::new(Mutex::new(Some(HashMap::new())));
        let (opened, first) = oneshot::channel();
        put(&waiting, 0, opened);
        tokio::spawn(hear(said, Arc::clone(&waiting)));
        let answer = tokio::time::timeout(PATIENCE, first).await;
        *running = Some(Running { child, pipe, waiting });
        match answer {
            Ok(Ok(Answer::Opened(unsent))) => Ok(Opened { unsent }),
            Ok(Ok(other)) => Err(format!("desk {} does not open its file: {other:?}", self.nth).into()),
            Ok(Err(_)) => Err(format!("desk {} ended before it had opened its file", self.nth).into()),
            Err(_) => Err(format!("desk {} did not open its file within {PATIENCE:?}", self.nth).into()),
        }
    }

    /// Asks the core; nothing when it is not there or dies before it answers: whether it was done is then uncertain.
    pub async fn ask(&self, ask: Ask) -> Option<Answer> {
        let answer = self.send(ask).await?;
        tokio::time::timeout(PATIENCE, answer).await.ok()?.ok()
    }

    /// The same without waiting for the answer.
    pub async fn send(&self, ask: Ask) -> Option<oneshot::Receiver<Answer>> {
        let id = self.numbers.fetch_add(1, Ordering::Relaxed);
        let line = serde_json::to_string(&Asked { id, ask }).ok()? + "\n";
        let mut running = self.running.lock().await;
        let Running { pipe, waiting, .. } = running.as_mut()?;
        let (sender, answer) = oneshot::channel();
        put(waiting, id, sender);
        pipe.write_all(line.as_bytes()).await.ok()?;
        Some(answer)
    }

    /// Kills the core, whatever it is doing.
    pub async fn kill(&self) {
        if let Some(mut running) = self.running.lock().await.take() {
            // Gone by itself is as good.
            let _ = running.child.kill().await;
        }
    }

    /// Ends the core well, as closing the window does.
    ///
    /// # Errors
    /// It does not end, or not well.
    pub async fn stop(&self) -> Result<(), Failure> {
        let _ = self.ask(Ask::Stop).await;
        let Some(mut running) = self.running.lock().await.take() else { return Ok(()) };
        drop(running.pipe);
        let status = tokio::time::timeout(PATIENCE, running.child.wait()).await??;
        if status.success() { Ok(()) } else { Err(format!("desk {} ended with {status}", self.nth).into()) }
    }
}

fn put(waiting: &Waiting, id: u64, sender: oneshot::Sender<Answer>) {
    if let Some(waiting) = waiting.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        waiting.insert(id, sender);
    }
}

/// Hands answers to who waits for them. At the pipe's end everybody learns that there will be none.
async fn hear(said: ChildStdout, waiting: Waiting) {
    let mut lines = BufReader::new(said).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let Ok(Answered { id, answer }) = serde_json::from_str(&line) else { continue };
        let waits = waiting.lock().unwrap_or_else(PoisonError::into_inner).as_mut().and_then(|all| all.remove(&id));
        if let Some(waits) = waits {
            // Nobody waits any more is no error.
            let _ = waits.send(answer);
        }
    }
    *waiting.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
