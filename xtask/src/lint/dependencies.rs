//! Licences and duplicates of what we depend on, from cargo's own metadata: no tool to install, no list to download.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rooms::list;
use crate::say;

/// Licences that our own (AGPL-3.0-only) can take in.
const LICENCES: &[&str] = &[
    "0BSD",
    "AGPL-3.0-only",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

pub(super) fn check(metadata: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in list(&metadata["packages"]) {
        let licence = package["license"].as_str().unwrap_or_default();
        if !accepts(licence) {
            let (name, version) = (&package["name"], &package["version"]);
            wrong.push(format!("{name} {version}: licence {licence:?} is not on the list"));
        }
    }
    // Not an error: most duplicates are decided by others. But somebody should see the number grow.
    let duplicates = duplicates(metadata);
    say::found(
        "duplicates",
        format_args!("{} crates in more than one major version: {}", duplicates.len(), duplicates.join(", ")),
    );
    wrong
}

/// Whether an SPDX expression leaves a choice that is on the list.
fn accepts(expression: &str) -> bool {
    // Old manifests write `MIT/Apache-2.0`.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !rest.is_empty() && either(&mut rest) && rest.is_empty()
}

/// `a OR b`: both sides are read, whatever the first says.
fn either(words: &mut &[&str]) -> bool {
    let mut accepted = all(words);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        accepted |= all(words);
    }
    accepted
}

/// `a AND b`, which binds closer.
fn all(words: &mut &[&str]) -> bool {
    let mut accepted = one(words);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        accepted &= one(words);
    }
    accepted
}

/// One licence, with its exception, or an expression in brackets.
fn one(words: &mut &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let accepted = either(words);
            if let [")", rest @ ..] = *words {
                *words = rest;
                return accepted;
            }
            false
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            LICENCES.contains(&format!("{licence} WITH {exception}").as_str()) || LICENCES.contains(licence)
        }
        [licence, rest @ ..] => {
            *words = rest;
            LICENCES.contains(licence)
        }
        [] => false,
    }
}

/// Crates that are built in several incompatible versions.
fn duplicates(metadata: &Value) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        if let (Some(name), Some(version)) = (package["name"].as_str(), package["version"].as_str()) {
            versions.entry(name).or_default().insert(compatible(version));
        }
    }
    versions
        .into_iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, versions)| format!("{name} ({})", versions.into_iter().collect::<Vec<_>>().join(", ")))
        .collect()
}

/// The part of a version within which cargo chooses freely: `1` of 1.4.2, `0.3` of 0.3.9.
fn compatible(version: &str) -> String {
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_needs_one_choice_that_is_on_the_list() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-2.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        ] {
            assert!(accepts(good), "{good}");
        }
        for bad in ["", "GPL-2.0", "MIT AND GPL-2.0", "(MIT"] {
            assert!(!accepts(bad), "{bad}");
        }
    }

    #[test]
    fn zero_versions_part_at_the_minor() {
        assert_eq!(compatible("1.4.2"), "1");
        assert_eq!(compatible("0.3.9"), "0.3");
    }
}
