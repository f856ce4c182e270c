//! Browser: Chromium as a customer's phone or computer, under chromedriver.

use std::process::Command;

use serde_json::{Value, json};
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
        let phone = json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "mobile": true, "touch": true } });
        Self::start(json!({ "mobileEmulation": phone })).await
    }

    /// Starts a browser with a page of exactly this size: below 600 px a phone's, with touch.
    ///
    /// # Errors
    /// As [`Self::phone`].
    pub async fn sized(width: u32, height: u32) -> Result<Self> {
        Self::start(Self::options(width, height)).await
    }

    fn options(width: u32, height: u32) -> Value {
        let phone = width < 600;
        let device = json!({ "width": width, "height": height, "pixelRatio": 1.0, "mobile": phone, "touch": phone });
        json!({ "mobileEmulation": { "deviceMetrics": device } })
    }

    /// Starts one of this size that runs no page's script.
    ///
    /// # Errors
    /// As [`Self::phone`].
    pub async fn without_script(width: u32, height: u32) -> Result<Self> {
        let mut options = Self::options(width, height);
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        // The driver learns by script that a page is loaded; here the test itself looks for what it waits for.
        let browser = Self::start_with(options, "none").await?;
        Ok(Self { window: browser.window.without_script(), ..browser })
    }

    /// Starts a browser whose window is a computer's.
    ///
    /// # Errors
    /// As [`Self::phone`].
    pub async fn computer() -> Result<Self> {
        Self::start(json!({})).await
    }

    async fn start(options: Value) -> Result<Self> {
        Self::start_with(options, "normal").await
    }

    async fn start_with(mut options: Value, page_load: &str) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("gemilang-e2e-").tempdir()?;
        let port = free_port()?;
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .env("HOME", profile.path())
            .env("XDG_CONFIG_HOME", profile.path())
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        let mut driver = Process::start("chromium", &command)?;
        options["args"] = json!([
            "--headless=new",
            // Tests also run as root in containers, where Chromium's own sandbox cannot.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-sync",
            "--no-first-run",
            "--lang=id",
            "--window-size=1280,860",
            format!("--user-data-dir={}", profile.path().join("profile").display()),
        ]);
        options["prefs"]["intl.accept_languages"] = json!("id,en");
        let capabilities =
            json!({ "browserName": "chrome", "pageLoadStrategy": page_load, "goog:chromeOptions": options });
        let window = Window::open(&mut driver, port, capabilities).await?;
        Ok(Self { window, _driver: driver, _profile: profile })
    }
}
