//! The harness: real service, real browser, real desk on a real desktop. What is played with it is in `tests/it`.
//!
//! Programs come from `GEMILANG_E2E_BIN_DIR` (or beside the test), the database server from
//! `GEMILANG_TEST_DATABASE_URL`; pictures and logs go to `target/e2e`. `cargo xtask test` sets all of it.

/// What a run leaves behind.
pub mod artefacts;
/// Chromium as the customer's.
pub mod browser;
/// The way from a desk to its service, to be pulled.
pub mod cable;
/// A colleague at the staff API.
pub mod colleague;
/// The desk under its driver.
pub mod desk;
/// A desktop: screen, windows, bus, alerts.
pub mod display;
/// Why a step failed.
pub mod failure;
/// Keys as the driver writes them.
pub mod keyboard;
/// A notification daemon with a stopwatch.
pub mod notifier;
/// What must hold for every page.
pub mod page;
/// The panel of a desktop: tray and launcher.
pub mod panel;
/// The customer's pages.
pub mod portal;
/// Programs a test starts.
pub mod process;
/// What the desk has said.
pub mod said;
/// The service under test.
pub mod service;
/// Waiting for what is to come.
pub mod wait;
/// The WebDriver protocol.
pub mod webdriver;

pub use failure::{Failure, Result};
