//! Log: what happened, for whoever has to find out why. To the terminal, and to a small file in the data folder.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// A start that finds a larger file puts it aside, so that two files of about this size are the most there is.
const LARGEST: u64 = 1 << 20;

/// Starts the log. A folder that cannot be written costs the file only.
pub(crate) fn start(dir: &Path) {
    let filter = EnvFilter::try_from_env("GEMILANG_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,zbus=warn,hyper=warn,reqwest=warn,sqlx=warn"));
    let terminal = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let file = file(dir);
    let fault = file.as_ref().err().map(ToString::to_string);
    let file = file.ok().map(|file| tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file)));
    // A second subscriber is refused; the first one then does the work.
    let _ = tracing_subscriber::registry().with(filter).with(terminal).with(file).try_init();
    if let Some(fault) = fault {
        tracing::warn!(%fault, "no log file");
    }
}

fn file(dir: &Path) -> io::Result<File> {
    fs::create_dir_all(dir)?;
    let path = dir.join("desk.log");
    if fs::metadata(&path).is_ok_and(|file| file.len() > LARGEST) {
        fs::rename(&path, dir.join("desk.log.old"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}
