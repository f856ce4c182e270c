//! The page holds no text of its own: every key it names exists in both languages, and every icon it names is drawn.

use std::fs;
use std::path::{Path, PathBuf};

use gemilang_locales::{Language, Texts};

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the sources are here") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// Every string literal of the page's sources, with its file.
fn literals() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let mut literals = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source is text");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let words = line.split('"').skip(1).step_by(2);
            literals.extend(words.map(|word| (file.clone(), word.to_owned())));
        }
    }
    literals
}

#[test]
fn every_key_the_page_names_is_worded_in_both_languages() {
    let keys: Vec<_> = literals()
        .into_iter()
        .filter(|(_, word)| {
            word.starts_with("desk-")
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !word.ends_with('-')
        })
        .collect();
    assert!(keys.len() > 150, "only {} keys were found", keys.len());
    for language in Language::ALL {
        for (file, key) in &keys {
            assert!(Texts::of(*language).has(key), "{key} of {} in {}", file.display(), language.tag());
        }
    }
}

#[test]
fn every_icon_the_page_names_is_drawn() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawn = fs::read_to_string(root.join("../look/icons.svg")).expect("the icons are here");
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let mut named = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source is text");
        for call in ["icon(\"", "icon14(\"", "icon12(\"", "icon=\""] {
            for (at, _) in text.match_indices(call) {
                let name = text[at + call.len()..].split('"').next().unwrap_or_default();
                named += 1;
                assert!(drawn.contains(&format!("id=\"i-{name}\"")), "{name} of {}", file.display());
            }
        }
    }
    assert!(named > 40, "only {named} icons were found");
}
