//! Who may know whom, and what may stand where: the rules of ARCHITECTURE.md that a compiler does not know.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Attempt, Result};
use crate::{db, workspace};

/// Which of our crates each of our crates may use, tests aside.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("gemilang-protocol", &[]),
    ("gemilang-locales", &["gemilang-protocol"]),
    ("gemilang-postgres", &[]),
    ("gemilang-replica", &["gemilang-protocol"]),
    ("gemilang-service", &["gemilang-protocol", "gemilang-locales"]),
    ("gemilang-ui", &["gemilang-protocol", "gemilang-locales"]),
    ("gemilang-desk", &["gemilang-protocol", "gemilang-locales", "gemilang-replica"]),
    ("gemilang-e2e", &["gemilang-protocol", "gemilang-postgres"]),
    ("xtask", &["gemilang-postgres"]),
    ("xtask-wasm", &[]),
    ("gemilang-bench", &["gemilang-protocol", "gemilang-replica", "gemilang-service"]),
    ("gemilang-bare", &[]),
    ("gemilang-storm", &["gemilang-postgres", "gemilang-protocol", "gemilang-replica", "gemilang-service"]),
];

/// Words that stand only in some files: the word, where its rule holds, where it may stand, and why.
/// They are written in two halves, or this file would break its own rules.
const ONLY_IN: &[(&str, &str, &[&str], &str)] = &[
    (concat!("__TAU", "RI__"), "ui/", &["ui/src/bridge.rs"], "only the bridge knows Tauri"),
    (concat!("sqlx::que", "ry"), "service/src/", &["/sql.rs", "/testing/"], "statements stand in their noun's sql.rs"),
    (concat!("uns", "afe {"), "", &["src-tauri/src/platform/"], "only platform/ may"),
    (concat!("#[al", "low("), "", &[], "expect it, with its reason"),
    (concat!("#![al", "low("), "", &[], "expect it, with its reason"),
    (concat!("#[ign", "ore"), "", &[], "a test runs or is not there"),
];

/// Names that say nothing about what is in a file.
const VAGUE: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "common"];

/// Sources of ours, room by room.
const ROOMS: [&str; 9] = ["protocol", "locales", "postgres", "replica", "service", "src-tauri", "ui", "e2e", "xtask"];

pub(super) fn check(metadata: &Value) -> Result<Vec<String>> {
    let mut wrong = acquaintances(metadata);
    wrong.extend(saboteurs(metadata));
    let root = workspace::root();
    for room in ROOMS {
        for path in sources(&root.join(room))? {
            let text = std::fs::read_to_string(&path).attempt(|| format!("reading {}", path.display()))?;
            let name = path.strip_prefix(&root).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            wrong.extend(source(&name, &text));
        }
    }
    Ok(wrong)
}

/// A crate uses only those of ours that it may know.
fn acquaintances(metadata: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, may) in MAY_KNOW {
        let package =
            list(&metadata["packages"]).find(|package| package["name"] == *name && package["source"].is_null());
        for dependency in package.iter().flat_map(|package| list(&package["dependencies"])) {
            let known = dependency["name"].as_str().unwrap_or_default();
            let ours = MAY_KNOW.iter().any(|(name, _)| *name == known);
            if ours && dependency["kind"].is_null() && !may.contains(&known) {
                wrong.push(format!("{name} must not know {known}"));
            }
        }
    }
    wrong
}

/// Guards can be switched off for the storm alone, and never by default.
fn saboteurs(metadata: &Value) -> Vec<String> {
    const FEATURE: &str = "sabotage";
    let mut wrong = Vec::new();
    for package in list(&metadata["packages"]).filter(|package| package["source"].is_null()) {
        let name = package["name"].as_str().unwrap_or_default();
        let asks = list(&package["dependencies"])
            .any(|dependency| list(&dependency["features"]).any(|feature| feature == FEATURE));
        let hands_on = package["features"].as_object().into_iter().flatten().any(|(_, enables)| {
            list(enables).any(|feature| feature.as_str().is_some_and(|feature| feature.ends_with(FEATURE)))
        });
        if hands_on || asks && name != "gemilang-storm" {
            wrong.push(format!("{name} must not switch guards off: only the storm does"));
        }
    }
    wrong
}

/// The rules of one file.
fn source(name: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if !text.starts_with("//!") {
        wrong.push(format!("{name}: the first line says what the file is for, after `//!`"));
    }
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    let folder = Path::new(name).parent().and_then(Path::file_name).unwrap_or_default();
    if VAGUE.iter().any(|vague| stem == *vague || folder == *vague) {
        wrong.push(format!("{name}: a file is named after its noun"));
    }
    for (word, within, may, why) in ONLY_IN {
        let holds = name.starts_with(within) && !may.iter().any(|may| name.contains(may));
        if !holds {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(word) {
                wrong.push(format!("{name}:{}: `{word}`: {why}", number + 1));
            }
        }
    }
    wrong
}

/// All `.rs` files under a directory.
fn sources(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in db::sorted(dir)? {
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The items of a JSON array.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_that_breaks_a_rule_is_named_with_its_line() {
        let text = format!("//! Tickets.\n\n{}dead_code)]\nfn a() {{}}\n", ONLY_IN[3].0);
        assert_eq!(source("service/src/tickets.rs", &text).len(), 1);
        assert!(source("service/src/tickets.rs", &text)[0].starts_with("service/src/tickets.rs:3:"));
        assert_eq!(source("ui/src/utils.rs", "//! Things.\n").len(), 1);
        assert_eq!(source("ui/src/list.rs", "use std::fs;\n").len(), 1);
    }

    #[test]
    fn a_word_may_stand_where_its_rule_lets_it() {
        let text = format!("//! Statements.\nlet all = {}!(\"select 1\");\n", ONLY_IN[1].0);
        assert!(source("service/src/domain/tickets/sql.rs", &text).is_empty());
        assert_eq!(source("service/src/api/tickets.rs", &text).len(), 1);
        assert!(source("replica/src/tickets.rs", &text).is_empty());
    }

    #[test]
    fn only_the_storm_switches_guards_off() {
        let package = |name: &str, features: Value, asked: Value| {
            json!({"name": name, "source": null, "features": features, "dependencies": [
                {"name": "gemilang-service", "kind": null, "features": asked},
            ]})
        };
        let fine = json!({"packages": [
            package("gemilang-service", json!({"sabotage": []}), json!([])),
            package("gemilang-storm", json!({}), json!(["sabotage"])),
        ]});
        assert!(saboteurs(&fine).is_empty());
        let not = json!({"packages": [
            package("gemilang-desk", json!({}), json!(["sabotage"])),
            package("gemilang-service", json!({"default": ["sabotage"]}), json!([])),
        ]});
        assert_eq!(saboteurs(&not).len(), 2);
    }

    #[test]
    fn a_forbidden_acquaintance_is_found_and_tests_are_free() {
        let metadata = json!({"packages": [
            {"name": "gemilang-ui", "source": null, "dependencies": [
                {"name": "gemilang-replica", "kind": null},
                {"name": "gemilang-service", "kind": "dev"},
                {"name": "gemilang-protocol", "kind": null},
            ]},
        ]});
        assert_eq!(acquaintances(&metadata), ["gemilang-ui must not know gemilang-replica"]);
    }
}
