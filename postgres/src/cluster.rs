//! Cluster: the directory, its making, and what a killed run may have left in it. Running it is the supervisor's.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Attempt;
use crate::owner::Owner;
use crate::{Binaries, Error};

/// The role and the database that the url names.
const NAME: &str = "gemilang";

/// One directory with one cluster, locked by this process.
#[derive(Debug)]
pub(crate) struct Cluster {
    dir: PathBuf,
    pub(crate) owner: Owner,
    pub(crate) binaries: Binaries,
    pub(crate) port: u16,
    password: String,
    /// Held, not read: the lock goes with it.
    _lock: File,
}

impl Cluster {
    /// Takes the directory, ends an orphan in it, and makes the cluster when there is none.
    pub(crate) fn open(dir: &Path, fresh: bool) -> Result<Self, Error> {
        fs::create_dir_all(dir).attempt(|| format!("creating {}", dir.display()))?;
        let dir = dir.canonicalize().attempt(|| format!("opening {}", dir.display()))?;
        let version = fs::read_to_string(dir.join("cluster/PG_VERSION")).ok().filter(|_| !fresh);
        let binaries = Binaries::find(version.as_deref().map(str::trim))?;
        let owner = Owner::choose()?;
        owner.give(&dir).attempt(|| format!("giving {} to PostgreSQL's user", dir.display()))?;
        owner.check_reach(&dir)?;
        let lock = File::create(dir.join("lock")).attempt(|| "creating the lock".to_owned())?;
        if lock.try_lock().is_err() {
            return Err(Error::InUse(dir));
        }
        let mut cluster = Self { dir, owner, binaries, port: 0, password: String::new(), _lock: lock };
        cluster.end_orphan()?;
        if fresh && cluster.data().exists() {
            fs::remove_dir_all(cluster.data()).attempt(|| "removing the last cluster".to_owned())?;
        }
        cluster.password = cluster.keep_password()?;
        if !cluster.data().exists() {
            cluster.make()?;
        }
        cluster.port = cluster.choose_port()?;
        Ok(cluster)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.dir.join("cluster")
    }

    pub(crate) fn url(&self) -> String {
        url(&self.password, &self.port.to_string())
    }

    /// The log, open for appending; an old one is cut when it has grown past 10 MiB.
    pub(crate) fn log(&self) -> Result<File, Error> {
        let path = self.dir.join("postgres.log");
        if fs::metadata(&path).is_ok_and(|log| log.len() > 10 << 20) {
            // The last one is kept: it may hold the reason for today's trouble.
            fs::rename(&path, self.dir.join("postgres.log.old")).attempt(|| "setting the old log aside".to_owned())?;
        }
        OpenOptions::new().create(true).append(true).open(&path).attempt(|| format!("opening {}", path.display()))
    }

    /// What was logged since the log was `from` bytes long, at most its last 2 KiB.
    pub(crate) fn log_since(&self, from: u64) -> String {
        let read = || -> std::io::Result<String> {
            let mut file = File::open(self.dir.join("postgres.log"))?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(2048).max(from)))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
        };
        read().unwrap_or_else(|error| error.to_string())
    }

    /// Whether the postmaster with this id says that it takes connections.
    pub(crate) fn is_ready(&self, pid: u32) -> bool {
        // Line 1 is the process, line 8 its state: documented in PostgreSQL's miscadmin.h.
        fs::read_to_string(self.pid_file()).is_ok_and(|text| {
            let mut lines = text.lines();
            lines.next().and_then(|line| line.trim().parse().ok()) == Some(pid)
                && lines.nth(6).is_some_and(|state| state.trim() == "ready")
        })
    }

    /// Ends a postmaster that outlived its run. A file that names a process which is not
    /// one is removed: after a reboot, or in a new container, the number may be anybody's.
    pub(crate) fn end_orphan(&self) -> Result<(), Error> {
        let Ok(text) = fs::read_to_string(self.pid_file()) else {
            return Ok(());
        };
        let pid = text.lines().next().unwrap_or_default().trim().to_owned();
        let runs_here = Path::new("/proc/self/cwd")
            .exists()
            .then(|| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == self.data()));
        if runs_here == Some(false) {
            return match fs::remove_file(self.pid_file()) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(error).attempt(|| "removing a stale postmaster.pid".to_owned())
                }
                _ => Ok(()),
            };
        }
        let stop = self
            .owned("pg_ctl")
            .arg("stop")
            .arg("-D")
            .arg(self.data())
            .args(["-m", "fast", "-w", "-t", "60"])
            .output()
            .attempt(|| "running pg_ctl".to_owned())?;
        // Gone meanwhile is as good: what is left is the file, which PostgreSQL judges itself.
        if !stop.status.success() && self.pid_file().exists() && runs_here == Some(true) {
            return Err(failed("pg_ctl", &stop.stderr));
        }
        Ok(())
    }

    /// Sends the postmaster a signal by PostgreSQL's own means.
    pub(crate) fn signal(&self, name: &str, pid: u32) {
        // A failure means that it is gone already; the supervisor waits for it either way.
        let _ = self.owned("pg_ctl").args(["kill", name, &pid.to_string()]).stderr(Stdio::null()).status();
    }

    fn pid_file(&self) -> PathBuf {
        self.data().join("postmaster.pid")
    }

    fn owned(&self, program: &str) -> Command {
        self.owner.command(&self.binaries.program(program))
    }

    /// Makes the cluster beside its place and moves it there: a killed attempt leaves nothing half made.
    fn make(&self) -> Result<(), Error> {
        let new = self.dir.join("cluster.new");
        if new.exists() {
            fs::remove_dir_all(&new).attempt(|| format!("clearing {}", new.display()))?;
        }
        // C.UTF-8 sorts alike everywhere and still knows upper and lower case of all scripts.
        let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
        let made = self
            .owned("initdb")
            .arg("-D")
            .arg(&new)
            .args(["--username", NAME, "--encoding=UTF8", "--auth=scram-sha-256"])
            .args([&format!("--locale={locale}"), "--no-instructions"])
            .arg(format!("--pwfile={}", self.password_file().display()))
            .output()
            .attempt(|| "running initdb".to_owned())?;
        if !made.status.success() {
            return Err(failed("initdb", &made.stderr));
        }
        let mut single = self
            .owned("postgres")
            .args(["--single", "-D"])
            .arg(&new)
            .arg("postgres")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .attempt(|| "running postgres --single".to_owned())?;
        if let Some(mut input) = single.stdin.take() {
            writeln!(input, "create database {NAME}").attempt(|| "making the database".to_owned())?;
        }
        let made = single.wait_with_output().attempt(|| "running postgres --single".to_owned())?;
        if !made.status.success() {
            return Err(failed("postgres --single", &made.stderr));
        }
        fs::rename(&new, self.data()).attempt(|| "moving the new cluster to its place".to_owned())
    }

    fn password_file(&self) -> PathBuf {
        self.dir.join("password")
    }

    /// The password of this directory, made at the first start.
    fn keep_password(&self) -> Result<String, Error> {
        let path = self.password_file();
        if self.data().exists() {
            let text = fs::read_to_string(&path).attempt(|| format!("reading {}", path.display()))?;
            return Ok(text.trim().to_owned());
        }
        let mut bytes = [0_u8; 24];
        File::open("/dev/urandom")
            .and_then(|mut file| file.read_exact(&mut bytes))
            .attempt(|| "reading /dev/urandom".to_owned())?;
        let password: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        // Closed to others before anything is in it.
        let mut file = File::create(&path).attempt(|| format!("creating {}", path.display()))?;
        self.owner
            .give(&path)
            .and_then(|()| writeln!(file, "{password}"))
            .attempt(|| format!("writing {}", path.display()))?;
        Ok(password)
    }

    /// The port of the last start when it is free, else any free one.
    fn choose_port(&self) -> Result<u16, Error> {
        let path = self.dir.join("port");
        let last = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse::<u16>().ok());
        if let Some(port) = last.filter(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()) {
            return Ok(port);
        }
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .attempt(|| "looking for a free port".to_owned())?
            .port();
        fs::write(&path, port.to_string()).attempt(|| format!("writing {}", path.display()))?;
        Ok(port)
    }
}

/// Where a cluster takes connections.
pub(crate) fn url(password: &str, port: &str) -> String {
    format!("postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}")
}

fn failed(program: &'static str, output: &[u8]) -> Error {
    Error::Failed { program, output: String::from_utf8_lossy(output).trim().to_owned() }
}
