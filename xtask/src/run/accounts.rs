//! Accounts: who can sign in to the demo, as the service wrote them at the first start.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::{Attempt, Result};
use crate::say;

/// The address in the file follows the port of this start.
pub(super) fn keep_url(path: &Path, url: &str) -> Result {
    let mut accounts = read(path)?;
    if accounts["url"] == url {
        return Ok(());
    }
    accounts["url"] = url.into();
    let text = serde_json::to_string_pretty(&accounts).attempt(|| "writing accounts".to_owned())?;
    fs::write(path, text + "\n").attempt(|| format!("writing {}", path.display()))
}

/// Prints them; a database that had people before has none of ours.
pub(super) fn show(path: &Path) -> Result {
    if !path.exists() {
        say::line("  Accounts  your database had people already; no demo accounts were made");
        return Ok(());
    }
    for account in read(path)?["accounts"].as_array().into_iter().flatten() {
        let text = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
        say::line(&format!(
            "  {:<9} {:<36} {}",
            capital(&text("role")),
            text("email"),
            say::paint("2", &text("password"))
        ));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).attempt(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).attempt(|| format!("reading {}", path.display()))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
