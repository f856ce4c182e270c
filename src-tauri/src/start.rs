//! Start: with the computer, when its person wishes so. The system then starts the app hidden, so that alerts are ready at once.

use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_autostart::ManagerExt;
use tokio::time::{Instant, sleep};

use crate::desk::Desk;
use crate::{platform, window};

/// What the system says when it starts the app by itself.
const HIDDEN: &str = "--hidden";
/// Where the system starts everything at once, its tray may come later than we.
const TRAY_COMES: Duration = Duration::from_secs(10);

/// Registers with the system, under the name that the installer gave the app.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_autostart::Builder::new().arg(HIDDEN).app_name("gemilang-desk").build()
}

/// Whether these words ask for a hidden start.
pub(crate) fn is_hidden(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == HIDDEN)
}

/// Whether the system starts the app.
pub(crate) fn is_at_login(app: &AppHandle) -> bool {
    app.autolaunch().is_enabled().unwrap_or_else(|error| {
        tracing::warn!(%error, "the system does not say what it starts");
        false
    })
}

/// Lets the system start the app, or not any more.
///
/// # Errors
/// In the system's words, for the log.
pub(crate) fn at_login(app: &AppHandle, wanted: bool) -> Result<(), String> {
    let system = app.autolaunch();
    let done = if wanted { system.enable() } else { system.disable() };
    done.map_err(|error| error.to_string())
}

/// Stays out of sight as long as there is a tray to be called from; else the window waits minimised.
pub(crate) async fn stay_hidden(app: AppHandle) {
    let deadline = Instant::now() + TRAY_COMES;
    while platform::probe_tray().await.is_err() {
        if Instant::now() >= deadline {
            if app.state::<Desk>().is_hidden() {
                tracing::info!("no tray to wait in: the window waits minimised");
                window::wait_minimised(&app).await;
            }
            return;
        }
        sleep(Duration::from_millis(500)).await;
    }
}
