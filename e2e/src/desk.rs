//! Desk: the real program under WebKitWebDriver, on a desktop of its own. What it is told and remembers is in one folder.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::display::Display;
use crate::failure::Result;
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
    driver: Process,
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
        Self::start_with(display, setting, &[]).await
    }

    /// Starts the desk in these words, as the system does for a link or at sign-in. One that is started hidden draws nothing yet.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_with(display: &Display, setting: &Setting, words: &[&str]) -> Result<Self> {
        Self::start_program(display, setting, &binary("gemilang-desk")?, words).await
    }

    /// Starts another program in the desk's place, which has a page as well.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_program(display: &Display, setting: &Setting, program: &Path, words: &[&str]) -> Result<Self> {
        // Who starts it for the first time is shown an alert to try; here it is only tried by who means to.
        let settings = setting.data.join("settings.json");
        if !settings.exists() {
            fs::create_dir_all(&setting.data)?;
            fs::write(settings, json!({ "alerts_tried": true }).to_string())?;
        }
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
            "webkitgtk:browserOptions": { "binary": program, "args": words }
        });
        let window = Window::open(&mut driver, port, capabilities).await?;
        let desk = Self { window, data: setting.data.clone(), driver };
        if words.contains(&"--hidden") {
            return Ok(desk);
        }
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

    /// Starts the desk once more while it runs, as a link that was clicked does, and waits until that second one has handed over.
    ///
    /// # Errors
    /// It cannot be started, or does not end.
    pub async fn start_again(&self, display: &Display, words: &[&str]) -> Result<()> {
        let mut command = display.command(&binary("gemilang-desk")?.display().to_string());
        command.args(words).env("GEMILANG_DATA_DIR", &self.data).env("LIBGL_ALWAYS_SOFTWARE", "1");
        let mut second = Process::start("desk-again", &command)?;
        until("the second start to hand over", || {
            let ended = second.check().is_err();
            async move { Ok(if ended { Ok(()) } else { Err("it runs".to_owned()) }) }
        })
        .await
    }

    /// Closes the window, which leaves the desk running.
    ///
    /// # Errors
    /// There is none.
    pub fn close_window(&self, display: &Display) -> Result<()> {
        display.press(TITLE, "alt+F4")
    }

    /// Ends the desk at once, as a power cut would. It is to be started again after this.
    pub fn kill(&mut self) {
        self.driver.kill();
    }

    /// Quits as its person does, with Ctrl Q, and waits until the desk is gone.
    ///
    /// # Errors
    /// It stays.
    pub async fn close(self, display: &Display) -> Result<()> {
        display.press(TITLE, "ctrl+q")?;
        self.ended().await
    }

    /// Waits until the desk has ended well.
    ///
    /// # Errors
    /// It has not.
    pub async fn ended(self) -> Result<()> {
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
