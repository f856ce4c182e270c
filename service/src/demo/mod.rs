//! Demo people, orders and tickets for the first start, told through the same doors that real people use, and bulk data for load.
//!
//! Everything that is told carries the id of an op made from the telling itself. So a telling that was
//! cut short is simply told again: what has landed answers as it did, and the rest follows.

/// Keys: passwords, and the ids of everything that is told.
mod keys;
/// The people and their weddings.
mod people;
/// Bulk data.
mod seed;
mod sql;
/// The stories themselves.
mod stories;
/// What a story is, and when its moments are.
mod story;
/// Telling them to the service.
mod tell;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

pub use self::seed::{Amount, seed};

use self::keys::Keys;
use crate::{App, Clock, Config};

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The service refused something.
    #[error(transparent)]
    Service(#[from] crate::Error),
    /// The file with the accounts cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// What is kept beside the accounts while the telling is under way.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    url: String,
    keys: Keys,
}

/// Makes the demo and writes its accounts to `out`, readable by its owner only. A database that
/// has people already is left alone, unless they are the beginning of this very demo.
///
/// # Errors
/// The database, or a file that cannot be written.
pub async fn demo(config: Config, out: &Path) -> Result<bool, DemoError> {
    let now = Clock::System.now();
    let url = config.public_url.clone();
    let app = App::new(config, Clock::at(now))?;
    app.start().await;
    let under_way = out.with_extension("json.part");
    let begun = match read(&under_way) {
        Some(begun) => begun,
        None if sql::has_people(&app.db).await? => return Ok(false),
        None => {
            let begun = Begun { url, keys: Keys::fresh(now) };
            let text = json!(&begun).to_string();
            write(&under_way, &text)?;
            begun
        }
    };
    tell::everything(&app, &begun.keys).await?;
    app.ending.cancel();
    let accounts: Vec<_> = people::ACCOUNTS
        .iter()
        .filter_map(|key| people::PEOPLE.iter().find(|person| person.key == *key))
        .map(|person| {
            json!({
                "role": person.role,
                "name": person.name,
                "email": person.email,
                "password": begun.keys.password(person.key),
            })
        })
        .collect();
    let accounts = json!({ "url": begun.url, "accounts": accounts });
    write(out, &format!("{accounts:#}\n"))?;
    fs::remove_file(&under_way).map_err(|source| DemoError::File { path: under_way, source })?;
    Ok(true)
}

fn read(path: &Path) -> Option<Begun> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Writes a file for its owner's eyes only, whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), DemoError> {
    let draft = path.with_extension("draft");
    let attempt = || -> std::io::Result<()> {
        let mut options = fs::File::options();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    attempt().map_err(|source| DemoError::File { path: path.to_owned(), source })
}
