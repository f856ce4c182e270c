//! About: what this desk is and keeps, for its person, for the list of their sessions, and for whoever has to find out what is wrong.

use std::fs;

use gemilang_protocol::Time;
use gemilang_protocol::desk::views::{About, SyncStatus};

use crate::desk::Desk;
use crate::{clock, log};

/// The system's name as people know it.
const SYSTEM: &str = if cfg!(target_os = "linux") {
    "Linux"
} else if cfg!(windows) {
    "Windows"
} else {
    "macOS"
};

/// What its person finds this desk by among their sessions: `laptop-rina · Gemilang Desk 0.1.0, Linux`.
pub(crate) fn device() -> String {
    let app = format!("Gemilang Desk {}, {SYSTEM}", env!("CARGO_PKG_VERSION"));
    match computer() {
        Some(computer) => format!("{computer} · {app}"),
        None => app,
    }
}

/// What its owner calls the computer. macOS tells it only to who asks its own frameworks.
fn computer() -> Option<String> {
    let name = if cfg!(windows) {
        std::env::var("COMPUTERNAME").ok()
    } else {
        fs::read_to_string("/proc/sys/kernel/hostname").ok()
    };
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty() && name != "localhost")
}

/// What is kept here, and the facts.
pub(crate) async fn tell(desk: &Desk) -> About {
    let kept = match desk.session() {
        Some(session) => session.replica.kept().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "what is kept could not be counted");
            gemilang_replica::Kept::default()
        }),
        None => gemilang_replica::Kept::default(),
    };
    let status = desk.session().map_or_else(Desk::nobody, |session| session.status.borrow().clone());
    let mut facts = vec![
        fact("app", env!("CARGO_PKG_VERSION")),
        fact("time", &clock::now().to_rfc3339()),
        fact("system", &system()),
        fact("web view", &tauri::webview_version().unwrap_or_else(|error| error.to_string())),
    ];
    facts.extend(desktop());
    facts.extend(sync(&status, clock::now()));
    facts.push(fact("kept", &format!("{} tickets, {} bytes", kept.tickets, kept.bytes)));
    facts.push(fact("keychain", &desk.signed_in().is_some_and(|it| it.keychain)));
    facts.push(fact("pop-ups", &format!("{:?}", desk.alerts().pop_ups)));
    facts.push(fact("text size", &desk.settings.text_size()));
    facts.extend(log::faults().into_iter().map(|(at, said)| (at.to_rfc3339(), said)));
    About { tickets: kept.tickets, bytes: kept.bytes, facts }
}

fn fact(name: &str, value: &(impl ToString + ?Sized)) -> (String, String) {
    (name.to_owned(), value.to_string())
}

/// System and machine: `Debian GNU/Linux 12 (bookworm), x86_64`.
fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| name.trim_matches('"'));
    format!("{}, {}", name.unwrap_or(SYSTEM), std::env::consts::ARCH)
}

/// Which desktop it runs in, where systems have several.
fn desktop() -> Vec<(String, String)> {
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let words: Vec<_> = ["XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"].into_iter().filter_map(told).collect();
    if words.is_empty() { Vec::new() } else { vec![fact("desktop", &words.join(", "))] }
}

/// Where sync stands; times by how long ago they were, because this computer's clock may be what is wrong.
fn sync(status: &SyncStatus, now: Time) -> Vec<(String, String)> {
    let complete = match status.complete_to {
        Some(time) => format!("{} s ago", (now - time).num_seconds()),
        None => String::from("never"),
    };
    vec![
        fact("line", &format!("{:?}", status.line)),
        fact("complete", &complete),
        fact("unsent", &status.unsent),
        fact("needs a newer app", &status.newer),
        fact("storage", &format!("{:?}", status.storage)),
    ]
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::desk::views::Line;

    use super::*;

    #[test]
    fn a_session_is_found_by_computer_app_and_system() {
        let device = device();
        assert!(device.ends_with(&format!("Gemilang Desk {}, {SYSTEM}", env!("CARGO_PKG_VERSION"))), "{device}");
        assert!(!device.contains('\n'), "{device:?}");
    }

    #[test]
    fn the_facts_tell_how_far_sync_is_behind() {
        let now: Time = "2026-11-30T07:32:07Z".parse().unwrap();
        let complete_to = Some("2026-11-30T07:32:00Z".parse().unwrap());
        let status = SyncStatus { line: Line::Live, complete_to, unsent: 2, newer: 0, storage: None, next_try: None };
        let facts = sync(&status, now);
        assert!(facts.contains(&fact("complete", "7 s ago")) && facts.contains(&fact("unsent", &2)), "{facts:?}");
    }
}
