//! Browser: Chromium as a customer's phone or computer, under chromedriver.

use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::failure::Result;
use crate::process::{Process, free_port};
use crate::webdriver::Window;

/// A running browser with one window.
#[derive(Debug)]
pub struct Browser {
    /// Its page.
    pub window: Window,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser whose window is a phone's.
    ///
    /// # Errors
    /// Chromium or chromedriver are not installed or do not start.
    pub async fn phone() -> Result<Self> {
        Self::start(412, 880).await
    }

    /// Starts a browser whose window is a computer's.
    ///
    /// # Errors
    /// As [`Self::phone`].
    pub async fn computer() -> Result<Self> {
        Self::start(1280, 860).await
    }

    async fn start(width: u32, height: u32) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("gemilang-e2e-").tempdir()?;
        let port = free_port()?;
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .env("HOME", profile.path())
            .env("XDG_CONFIG_HOME", profile.path())
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        let mut driver = Process::start("chromium", &command)?;
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": [
                    "--headless=new",
                    // Tests also run as root in containers, where Chromium's own sandbox cannot.
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-sync",
                    "--no-first-run",
                    "--lang=id",
                    format!("--window-size={width},{height}"),
                    format!("--user-data-dir={}", profile.path().join("profile").display()),
                ],
                "prefs": { "intl.accept_languages": "id,en" },
            },
        });
        let window = Window::open(&mut driver, port, capabilities).await?;
        Ok(Self { window, _driver: driver, _profile: profile })
    }
}
