//! Supervisor: the thread that starts the postmaster, starts it again when it dies, and stops it.
//!
//! Starting must happen on a thread that lives as long as the postmaster: the parent-death signal
//! goes out when the *thread* ends that started it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use crate::cluster::Cluster;
use crate::error::Attempt;
use crate::{Error, Options};

/// How long a start may take: a crash recovery is read back first.
const START: Duration = Duration::from_secs(60);
/// How long a fast shutdown may take before it becomes an immediate one.
const STOP: Duration = Duration::from_secs(60);
/// How often the postmaster is looked at.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(crate) struct Supervisor {
    pid: Arc<AtomicU32>,
    /// Dropping it asks the thread to stop.
    life: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Supervisor {
    /// Starts the thread, and waits until it has PostgreSQL running or has failed.
    pub(crate) fn start(dir: &Path, options: Options) -> Result<(Self, String), Error> {
        let dir = dir.to_owned();
        let pid = Arc::new(AtomicU32::new(0));
        let (life, end) = channel();
        let (started, outcome) = channel();
        let shared = Arc::clone(&pid);
        let thread = spawn(move || {
            let cluster = match Cluster::open(&dir, options.fresh) {
                Ok(cluster) => cluster,
                Err(error) => return drop(started.send(Err(error))),
            };
            match start_postmaster(&cluster, &options) {
                Ok(child) => {
                    shared.store(child.id(), Ordering::Release);
                    // Nobody listening means that start() was given up: `end` is closed then too.
                    let _ = started.send(Ok(cluster.url()));
                    mind(&cluster, &options, child, &shared, &end);
                }
                Err(error) => drop(started.send(Err(error))),
            }
        });
        let url = outcome
            .recv()
            .map_err(|_| std::io::Error::other("its thread ended"))
            .attempt(|| "starting PostgreSQL".to_owned())??;
        let supervisor = Self { pid, life: Some(life), thread: Some(thread) };
        Ok((supervisor, url))
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid.load(Ordering::Acquire)
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.life.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed already, and a destructor must not add one.
            let _ = thread.join();
        }
    }
}

/// Watches the postmaster until it is asked to stop.
fn mind(cluster: &Cluster, options: &Options, mut child: Child, pid: &AtomicU32, end: &Receiver<()>) {
    while let Err(RecvTimeoutError::Timeout) = end.recv_timeout(LOOK) {
        let Ok(Some(status)) = child.try_wait() else {
            continue;
        };
        (options.on_restart)(&format!("PostgreSQL ended ({status}); starting it again"));
        match start_postmaster(cluster, options) {
            Ok(again) => {
                child = again;
                pid.store(child.id(), Ordering::Release);
                (options.on_restart)("PostgreSQL is back");
            }
            // `child` stays the dead one, so the next look tries again.
            Err(error) => (options.on_restart)(&error.to_string()),
        }
    }
    stop_postmaster(cluster, &mut child);
}

/// Starts it and waits until it takes connections. The backends of one that was killed may hold
/// its memory for a moment, in which PostgreSQL refuses to start: it is tried again until time is up.
fn start_postmaster(cluster: &Cluster, options: &Options) -> Result<Child, Error> {
    let deadline = Instant::now() + START;
    loop {
        cluster.end_orphan()?;
        let log = cluster.log()?;
        let mark = log.metadata().map_or(0, |log| log.len());
        let mut child = command(cluster, options).stderr(log).spawn().attempt(|| "starting postgres".to_owned())?;
        while Instant::now() < deadline {
            if cluster.is_ready(child.id()) {
                return Ok(child);
            }
            if child.try_wait().attempt(|| "waiting for postgres".to_owned())?.is_some() {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        let log = cluster.log_since(mark);
        let in_the_way = log.contains("shared memory block") || log.contains("already exists");
        if Instant::now() >= deadline || !in_the_way {
            stop_postmaster(cluster, &mut child);
            return Err(Error::DidNotStart { log });
        }
        sleep(LOOK);
    }
}

fn stop_postmaster(cluster: &Cluster, child: &mut Child) {
    for (signal, patience) in [("INT", STOP), ("QUIT", Duration::from_secs(5))] {
        let deadline = Instant::now() + patience;
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        cluster.signal(signal, child.id());
        while Instant::now() < deadline {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            sleep(Duration::from_millis(10));
        }
    }
    // Neither asked nor told: the write-ahead log is for this.
    let _ = child.kill();
    let _ = child.wait();
}

/// The postmaster's command line: in a process group of its own, and told to shut down fast
/// (SIGINT is PostgreSQL's word for it) when this process dies, where the system can do so.
fn command(cluster: &Cluster, options: &Options) -> Command {
    let postgres = cluster.binaries.program("postgres");
    let mut command = if can_die_with_parent() {
        let mut command = cluster.owner.command(Path::new("setpriv"));
        command.args(["--pdeathsig", "INT", "--"]).arg(postgres);
        command
    } else {
        cluster.owner.command(&postgres)
    };
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .arg("-D")
        .arg(cluster.data())
        .args(["-p", &cluster.port.to_string()])
        // Loopback alone: a socket file's path may be too long (107 bytes), and a stale one is one more thing to clear.
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
        .args(["-c", "timezone=UTC", "-c", "log_timezone=UTC"]);
    for (name, value) in &options.settings {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn can_die_with_parent() -> bool {
    cfg!(target_os = "linux")
        && Command::new("setpriv")
            .args(["--pdeathsig", "INT", "true"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
}
