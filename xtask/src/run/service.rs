//! Service: the one process that people talk to; started, waited for, watched and stopped.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::failure::{Attempt, Failure, Result};
use crate::{command, workspace};

/// How long the service may take until it answers `/readyz`.
const READY: Duration = Duration::from_secs(60);
/// How long it may take to finish what it is doing.
const STOP: Duration = Duration::from_secs(15);

/// The service, before and while it runs.
pub(crate) struct Service {
    environment: Vec<(&'static str, String)>,
    port: u16,
    log: PathBuf,
    binary: Option<PathBuf>,
    child: Option<Child>,
}

impl Service {
    pub(crate) fn new(data: &Path, port: u16, url: &str, database: &str) -> Self {
        Self {
            environment: vec![
                ("DATABASE_URL", database.to_owned()),
                ("GEMILANG_LISTEN", format!("127.0.0.1:{port}")),
                ("GEMILANG_PUBLIC_URL", url.to_owned()),
                ("GEMILANG_DEV", "true".to_owned()),
            ],
            port,
            log: data.join("service.log"),
            binary: None,
            child: None,
        }
    }

    /// By another binary than the one built for debugging.
    pub(crate) fn of(mut self, binary: PathBuf) -> Self {
        self.binary = Some(binary);
        self
    }

    fn binary(&self) -> Result<PathBuf> {
        self.binary.clone().map_or_else(|| workspace::binary("gemilang-service"), Ok)
    }

    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// Runs one of its commands to the end; only what goes wrong is printed.
    pub(crate) fn perform(&self, arguments: &[&str]) -> Result {
        let mut service = Command::new(self.binary()?);
        service.args(arguments).envs(self.environment.iter().cloned()).env("GEMILANG_LOG", "warn");
        command::read(&mut service).map(drop)
    }

    /// Starts it.
    pub(crate) fn serve(mut self) -> Result<Self> {
        let log = log_file(&self.log)?;
        let errors = log.try_clone().attempt(|| "sharing the log".to_owned())?;
        let child = command::minded(&self.binary()?)
            .arg("serve")
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .attempt(|| "starting the service".to_owned())?;
        self.child = Some(child);
        Ok(self)
    }

    /// Waits until it answers; `false` when asked to stop meanwhile.
    pub(crate) fn wait_until_ready(&mut self, stop: &Receiver<()>) -> Result<bool> {
        let deadline = Instant::now() + READY;
        while !self.is_ready() {
            self.check()?;
            if Instant::now() > deadline {
                return Err(self.failed("does not answer"));
            }
            let asked = stop.recv_timeout(Duration::from_millis(30));
            if !matches!(asked, Err(RecvTimeoutError::Timeout)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Fails when it ended by itself.
    pub(crate) fn check(&mut self) -> Result {
        match self.child.as_mut().map(Child::try_wait) {
            Some(Ok(Some(status))) => Err(self.failed(&format!("ended ({status})"))),
            _ => Ok(()),
        }
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        if let Some(child) = &mut self.child {
            end(child, STOP);
        }
    }

    /// `GET /readyz` answers 200.
    fn is_ready(&self) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")?;
            let mut answer = [0_u8; 12];
            stream.read_exact(&mut answer)?;
            Ok(answer.ends_with(b" 200"))
        };
        ask().unwrap_or(false)
    }

    /// What went wrong, with the end of its log.
    fn failed(&self, how: &str) -> Failure {
        let end = || -> std::io::Result<String> {
            let mut file = File::open(&self.log)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(2048)))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
        };
        Failure::Refused(format!(
            "the service {how}. The end of {}:\n{}",
            self.log.display(),
            end().unwrap_or_else(|error| error.to_string())
        ))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            end(child, STOP);
        }
    }
}

/// A log to append to; the one before is kept when it has grown past 10 MiB.
pub(crate) fn log_file(path: &Path) -> Result<File> {
    if path.metadata().is_ok_and(|log| log.len() > 10 << 20) {
        std::fs::rename(path, path.with_extension("log.old")).attempt(|| "setting the old log aside".to_owned())?;
    }
    OpenOptions::new().create(true).append(true).open(path).attempt(|| format!("opening {}", path.display()))
}

/// The shell's own `kill`: a small system has no other, and std can only kill outright.
fn signal(id: u32, name: &str) {
    let _ = Command::new("sh").args(["-c", "kill \"$0\" \"$1\"", name, &id.to_string()]).stderr(Stdio::null()).status();
}

/// Asks a process to end, waits for it, and ends it when it does not.
pub(crate) fn end(child: &mut Child, patience: Duration) {
    if cfg!(unix) && matches!(child.try_wait(), Ok(None)) {
        let id = child.id();
        signal(id, "-TERM");
        let (ended, waits) = channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                if waits.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                    signal(id, "-KILL");
                }
            });
            // Until it was waited for its id is nobody else's.
            let _ = child.wait();
            drop(ended);
        });
    }
    // Gone already is what was wanted.
    let _ = child.kill();
    let _ = child.wait();
}
