//! Keyboard: keys as the driver writes them, pressed wherever the keyboard is.

use serde_json::json;

use crate::failure::Result;
use crate::webdriver::Window;

/// Held until [`FREE`].
pub const CTRL: &str = "\u{E009}";
/// Held until [`FREE`].
pub const SHIFT: &str = "\u{E008}";
/// Alt is held from here on.
pub const ALT: &str = "\u{E00A}";
/// Lets go of what is held.
pub const FREE: &str = "\u{E000}";
/// Enter.
pub const ENTER: &str = "\u{E007}";
/// The arrow down.
pub const ARROW_DOWN: &str = "\u{E015}";
/// Escape.
pub const ESC: &str = "\u{E00C}";

/// Presses keys wherever the keyboard is.
///
/// # Errors
/// The driver's refusal.
pub async fn press(window: &Window, keys: &str) -> Result<()> {
    window.find(":focus, body:not(:has(:focus))").await?.keys(keys).await
}

/// With Ctrl.
///
/// # Errors
/// As [`press`].
pub async fn ctrl(window: &Window, key: &str) -> Result<()> {
    press(window, &format!("{CTRL}{key}{FREE}")).await
}

/// The name of the field that has the keyboard, if one has.
///
/// # Errors
/// The driver's refusal.
pub async fn focused(window: &Window) -> Result<String> {
    let name = "return document.activeElement.getAttribute('name') ?? ''";
    Ok(window.run(name, json!([])).await?.as_str().unwrap_or_default().to_owned())
}

/// The id of the element that has the keyboard, if it has one.
///
/// # Errors
/// The driver's refusal.
pub async fn focused_id(window: &Window) -> Result<String> {
    let id = "return document.activeElement.id";
    Ok(window.run(id, json!([])).await?.as_str().unwrap_or_default().to_owned())
}
