//! Process: a program a test started, in a process group of its own, with its output in a file; it ends with the test.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::artefacts;
use crate::failure::{Failure, Result};

/// How long a program may take to say its first line or to end when asked.
const GRACE: Duration = Duration::from_secs(20);

/// A running program. Dropping it ends its whole group.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts `command` as `name`; its output goes to `target/e2e/logs/<name>.log`.
    ///
    /// # Errors
    /// The program is not there or cannot be started.
    pub fn start(name: &str, command: &Command) -> Result<Self> {
        Self::spawn(name, command, false).map(|(process, _)| process)
    }

    /// Starts a program that says where it listens on the first line of its output, and answers that line.
    ///
    /// # Errors
    /// It cannot be started, or says nothing.
    pub fn start_and_hear(name: &str, command: &Command) -> Result<(Self, String)> {
        let (mut process, log) = Self::spawn(name, command, true)?;
        let Some(output) = process.child.stdout.take() else {
            return Err(process.failure("has no output"));
        };
        let (heard, line) = mpsc::channel();
        // Reading goes on after the first line, so that the program never meets a full pipe.
        std::thread::spawn(move || {
            let mut log = log;
            for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
                let _ = std::io::Write::write_all(&mut log, format!("{line}\n").as_bytes());
                let _ = heard.send(line);
            }
        });
        match line.recv_timeout(GRACE) {
            Ok(line) => Ok((process, line.trim().to_owned())),
            Err(_) => Err(process.failure("said nothing")),
        }
    }

    fn spawn(name: &str, command: &Command, hear: bool) -> Result<(Self, File)> {
        let log = artefacts::log(name)?;
        let file = File::create(&log)?;
        // A test that is killed cannot tidy up, so the kernel is asked to end what it started.
        let mut wrapped = Command::new("setpriv");
        wrapped.args(["--pdeathsig", "TERM", "--"]);
        wrapped.arg(command.get_program()).args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(key, value),
                None => wrapped.env_remove(key),
            };
        }
        if let Some(dir) = command.get_current_dir() {
            wrapped.current_dir(dir);
        }
        wrapped.process_group(0).stdin(Stdio::null()).stderr(file.try_clone()?).stdout(if hear {
            Stdio::piped()
        } else {
            Stdio::from(file.try_clone()?)
        });
        let child = wrapped.spawn()?;
        let process = Self { name: name.to_owned(), child, log };
        Ok((process, file))
    }

    /// A failure that names this program and its log.
    pub fn failure(&self, why: &str) -> Failure {
        Failure::Program { program: self.name.clone(), why: why.to_owned(), log: self.log.display().to_string() }
    }

    /// Where its output is.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// What it has said so far.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Fails when the program has ended.
    ///
    /// # Errors
    /// It has ended, with its exit status.
    pub fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => Err(self.failure(&format!("ended early, {status}"))),
            None => Ok(()),
        }
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
        // What it started dies a moment later, and holds its name on the bus till then.
        let deadline = Instant::now() + GRACE / 4;
        while self.signal("0") && Instant::now() < deadline {
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// Asks it to end, and waits; after a while it is ended at once.
    pub fn end(&mut self) {
        self.signal("TERM");
        let deadline = Instant::now() + GRACE / 4;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                // The leader is gone; whatever it left behind goes with it.
                self.signal("KILL");
                return;
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        self.kill();
    }

    /// Whether there was anybody to hear it.
    fn signal(&self, signal: &str) -> bool {
        let group = format!("-{}", self.child.id());
        let heard = Command::new("kill").args(["-s", signal, "--", &group]).stderr(Stdio::null()).status();
        heard.is_ok_and(|status| status.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// A program of this project, from `GEMILANG_E2E_BIN_DIR` or beside the running test.
///
/// # Errors
/// It was not built.
pub fn binary(name: &str) -> Result<PathBuf> {
    let dir = match std::env::var_os("GEMILANG_E2E_BIN_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => std::env::current_exe()?.ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default(),
    };
    let path = dir.join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(Failure::Program {
            program: name.to_owned(),
            why: format!("is not in {}; `cargo xtask test` builds it", dir.display()),
            log: "nothing".to_owned(),
        })
    }
}

/// A port nobody listens on.
///
/// # Errors
/// There is none.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
