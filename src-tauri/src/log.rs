//! Log: what happened, for whoever has to find out why. To the terminal, to a small file in the data folder, and the last faults to memory.

use std::collections::VecDeque;
use std::fmt::{Debug, Write};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use gemilang_protocol::Time;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// A start that finds a larger file puts it aside, so that two files of about this size are the most there is.
const LARGEST: u64 = 1 << 20;

/// Faults remembered for who asks what is wrong.
const FAULTS: usize = 20;

static LAST: Mutex<VecDeque<(Time, String)>> = Mutex::new(VecDeque::new());

/// The last faults, oldest first: where and what, in our own words. Values may name people or their files; they stay in the file.
pub(crate) fn faults() -> Vec<(Time, String)> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

/// Remembers faults.
struct Faults;

impl<S: Subscriber> Layer<S> for Faults {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = *event.metadata().level();
        if level > Level::WARN {
            return;
        }
        let mut said = Said(format!("{level} {}: ", event.metadata().target()));
        event.record(&mut said);
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() == FAULTS {
            last.pop_front();
        }
        last.push_back((crate::clock::now(), said.0));
    }
}

/// The message of an event, without its values.
struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a string does not fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

/// Starts the log. A folder that cannot be written costs the file only.
pub(crate) fn start(dir: &Path) {
    let filter = EnvFilter::try_from_env("GEMILANG_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,zbus=warn,hyper=warn,reqwest=warn,sqlx=warn"));
    let terminal = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let file = file(dir);
    let fault = file.as_ref().err().map(ToString::to_string);
    let file = file.ok().map(|file| tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file)));
    // A second subscriber is refused; the first one then does the work.
    let _ = tracing_subscriber::registry().with(filter).with(terminal).with(file).with(Faults).try_init();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_fault_its_message_is_remembered_and_no_value() {
        tracing::subscriber::with_default(tracing_subscriber::registry().with(Faults), || {
            tracing::warn!(path = "/home/rina", "setting not kept");
            tracing::info!("the desk starts");
        });
        let faults = faults();
        let said: Vec<_> = faults.iter().map(|(_, said)| said.as_str()).filter(|it| it.contains("setting")).collect();
        assert_eq!(said, ["WARN gemilang_desk::log::tests: setting not kept"]);
        assert!(!faults.iter().any(|(_, said)| said.contains("the desk starts")));
    }
}
