//! A PostgreSQL of our own, started and minded beside the process that needs it. It speaks no SQL, and fits tests and chores alike: no async, hardly a dependency.
//!
//! One directory holds everything: the cluster, its password, its port, its log and a lock. Whoever holds
//! the lock owns the cluster, so a postmaster found alive under a free lock is an orphan of a killed run
//! and is ended. As root everything runs as another user, because PostgreSQL refuses root.

/// Programs: where this machine keeps `initdb` and `postgres`.
mod binaries;
/// Cluster: the directory, its making, and what a killed run may have left in it.
mod cluster;
/// Error: what can keep a cluster from starting, with what to do about it.
mod error;
/// Owner: the user the cluster belongs to and runs as.
mod owner;
/// Supervisor: the thread that starts the postmaster, starts it again, and stops it.
mod supervisor;

use std::path::Path;

pub use binaries::Binaries;
pub use error::Error;

/// How a cluster runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Settings by name, as in `postgresql.conf`; they beat the file.
    pub settings: Vec<(&'static str, String)>,
    /// Whether to begin with nothing: what an earlier run left in the directory is removed.
    pub fresh: bool,
    /// Told when the postmaster died and was started again.
    pub on_restart: fn(&str),
}

impl Default for Options {
    /// Durable, PostgreSQL's own settings.
    fn default() -> Self {
        Self { settings: Vec::new(), fresh: false, on_restart: |_| {} }
    }
}

impl Options {
    /// For tests: fast, many connections, and lost with the machine's power.
    pub fn throwaway() -> Self {
        Self::default()
            .with("fsync", "off")
            .with("full_page_writes", "off")
            .with("synchronous_commit", "off")
            .with("max_connections", "200")
    }

    /// The same with one more setting.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push((name, value.to_owned()));
        self
    }
}

/// A running PostgreSQL. Dropping it stops it.
#[derive(Debug)]
pub struct Postgres {
    url: String,
    supervisor: supervisor::Supervisor,
}

impl Postgres {
    /// Starts the cluster in `dir`, making it first when there is none, and returns once it takes connections.
    ///
    /// The postmaster is in a process group of its own (a Ctrl-C is not for it), shuts down when this
    /// process dies, and is started again on the same port when it dies itself.
    ///
    /// # Errors
    /// No PostgreSQL on this machine, a directory in use or out of reach, or whatever PostgreSQL says.
    pub fn start(dir: &Path, options: Options) -> Result<Self, Error> {
        let (supervisor, url) = supervisor::Supervisor::start(dir, options)?;
        Ok(Self { url, supervisor })
    }

    /// Where to connect: loopback, with a password that only the owner of the directory can read.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The postmaster's process id as it is now.
    pub fn pid(&self) -> u32 {
        self.supervisor.pid()
    }

    /// Shuts down fast (open transactions are rolled back) and waits until it is down.
    pub fn stop(self) {
        drop(self);
    }
}

/// Where the cluster in `dir` takes connections while another process runs it.
///
/// # Errors
/// There is none, or its password belongs to somebody else.
pub fn url_in(dir: &Path) -> std::io::Result<String> {
    let read = |name: &str| std::fs::read_to_string(dir.join(name));
    Ok(cluster::url(read("password")?.trim(), read("port")?.trim()))
}
