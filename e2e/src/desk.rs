//! Desk: the real program under WebKitWebDriver, on a desktop of its own. What it is told and remembers is in one folder.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::display::Display;
use crate::failure::{Failure, Result};
use crate::process::{Process, binary, free_port};
use crate::wait::until;
use crate::webdriver::Window;

/// The title of the desk's window.
pub const TITLE: &str = "Gemilang Desk";

/// A running desk.
#[derive(Debug)]
pub struct Desk {
    /// Its page.
    pub window: Window,
    data: PathBuf,
    // The driver started the desk, and takes it along when it ends.
    _driver: Process,
}

/// How a desk is started.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where replica, settings and log are kept; the same folder again is the same desk again.
    pub data: PathBuf,
    /// The address in the sign-in form before anything is typed.
    pub server: Option<String>,
}

impl Desk {
    /// Starts the desk and waits until its page has drawn something.
    ///
    /// # Errors
    /// Driver or desk do not start.
    pub async fn start(display: &Display, setting: &Setting) -> Result<Self> {
        let port = free_port()?;
        let mut command = display.command("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GEMILANG_DATA_DIR", &setting.data)
            .env("LIBGL_ALWAYS_SOFTWARE", "1");
        match &setting.server {
            Some(server) => command.env("GEMILANG_SERVER", server),
            None => command.env_remove("GEMILANG_SERVER"),
        };
        let mut driver = Process::start("desk", &command)?;
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": binary("gemilang-desk")?, "args": [] }
        });
        let window = Window::open(&mut driver, port, capabilities).await?;
        let desk = Self { window, data: setting.data.clone(), _driver: driver };
        until("the desk's first frame", || async {
            let body = desk.window.find("body").await?.text().await?;
            Ok(if body.trim().is_empty() { Err("an empty page".to_owned()) } else { Ok(()) })
        })
        .await?;
        Ok(desk)
    }

    /// Signs in through the form, with Enter as most people do.
    ///
    /// # Errors
    /// The form is not there.
    pub async fn sign_in(&self, server: &str, email: &str, password: &str) -> Result<()> {
        self.window.fill("[name=server]", server).await?;
        self.window.fill("[name=email]", email).await?;
        self.window.fill("[name=password]", &format!("{password}\u{E007}")).await
    }

    /// Closes the window as its person does, which quits the desk, and waits until it is gone.
    ///
    /// # Errors
    /// It stays.
    pub async fn close(self, display: &Display) -> Result<()> {
        for window in display.windows(TITLE) {
            display.ask("xdotool", &["windowactivate", "--sync", &window, "key", "alt+F4"]).map_err(Failure::Answer)?;
        }
        let log = self.data.join("desk.log");
        until("the desk to end well", || async {
            let said = fs::read_to_string(&log).unwrap_or_default();
            // What is on its way out, as an alert's pop-up, may still say so after it.
            let last_run = said.rsplit("the desk starts").next().unwrap_or_default();
            Ok(if last_run.contains("the desk ends") {
                Ok(())
            } else {
                Err(said.lines().last().unwrap_or_default().to_owned())
            })
        })
        .await
    }
}
