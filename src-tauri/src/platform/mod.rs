//! Platform: what differs between Linux, Windows and macOS, behind one shape. The only room where unsafe code could ever stand; it has none.

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use linux::{probe_alerts, ring};

#[cfg(any(windows, target_os = "macos"))]
mod others;
#[cfg(any(windows, target_os = "macos"))]
pub(crate) use others::{probe_alerts, ring};

/// The name of the button that takes a ticket.
const TAKE: &str = "take";

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its person clicked it.
    Clicked,
    /// Its person took the ticket by its button.
    Took,
    /// Its person or the system closed it.
    Closed,
    /// It was taken back.
    Withdrawn,
}

/// The computer could not show an alert. Its own words are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the alert was not shown: {0}")]
pub(crate) struct NotShown(pub(crate) String);
