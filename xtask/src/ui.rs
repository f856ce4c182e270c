//! `ui`: the desk's page as a bundle in `ui/dist`. Files that come out the same are left alone, so that nothing built from them is built again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Attempt, Result};
use crate::needs::{self, Work};
use crate::{Yes, command, say, workspace};

/// The style sheet is these files one after the other; ours has the last word.
const STYLES: [&str; 4] =
    ["node_modules/bootstrap/dist/css/bootstrap.min.css", "look/tokens.css", "look/look.css", "look/desk.css"];

/// The empty page, and what starts it and asks for its window.
const BARE_PAGE: &[u8] = b"<!doctype html><meta charset=\"utf-8\"><title>Bare</title><body><script type=\"module\" src=\"start.js\"></script>";
const BARE_START: &[u8] =
    b"import init from './app.js';\nawait init({ module_or_path: './app_bg.wasm' });\nwindow.__TAURI__.core.invoke('ready');\n";

pub(crate) fn run(yes: Yes) -> Result {
    needs::ensure(Work::Desk, yes)?;
    build()
}

/// Compiles the page and lays out everything that the window loads.
pub(crate) fn build() -> Result {
    let root = workspace::root();
    let dist = root.join("ui/dist");
    let target = workspace::target_dir()?;
    say::part("The desk's page");
    compile(&["--bin", "gemilang-ui"])?;
    let module = target.join("ui");
    bind(&target.join("wasm32-unknown-unknown/ui/gemilang-ui.wasm"), &module)?;

    fs::create_dir_all(&dist).attempt(|| format!("creating {}", dist.display()))?;
    for name in ["app.js", "app_bg.wasm"] {
        keep(&dist.join(name), &read(&module.join(name))?)?;
    }
    keep(&dist.join("start.js"), &read(&root.join("ui/start.js"))?)?;
    let mut styles = Vec::new();
    for style in STYLES {
        styles.extend(read(&root.join(style))?);
        styles.push(b'\n');
    }
    keep(&dist.join("desk.css"), &styles)?;
    let page = String::from_utf8_lossy(&read(&root.join("ui/index.html"))?).into_owned();
    let icons = String::from_utf8_lossy(&read(&root.join("look/icons.svg"))?).into_owned();
    keep(&dist.join("index.html"), page.replace("<!-- icons -->", icons.trim()).as_bytes())?;
    let size = fs::metadata(dist.join("app_bg.wasm")).map_or(0, |file| file.len());
    say::found("ui/dist", format_args!("{} KiB of wasm", size / 1024));
    Ok(())
}

/// Makes an empty page of the same kind, which the bench holds the desk's against, and answers where it lies.
pub(crate) fn build_bare() -> Result<PathBuf> {
    compile(&["--example", "bare"])?;
    let target = workspace::target_dir()?;
    let page = target.join("bare");
    bind(&target.join("wasm32-unknown-unknown/ui/examples/bare.wasm"), &page)?;
    keep(&page.join("index.html"), BARE_PAGE)?;
    keep(&page.join("start.js"), BARE_START)?;
    Ok(page)
}

fn compile(what: &[&str]) -> Result {
    let build = ["build", "--package", "gemilang-ui", "--target", "wasm32-unknown-unknown", "--profile", "ui"];
    command::run(command::cargo(build).args(what))
}

/// Turns the wasm into a loadable module, unless that was done since it was compiled.
fn bind(wasm: &Path, module: &Path) -> Result {
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    let made = changed(&module.join("app_bg.wasm"));
    if made.is_some() && made >= changed(wasm) {
        return Ok(());
    }
    command::run(command::cargo(["run", "--package", "xtask-wasm", "--"]).arg(wasm).arg(module))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).attempt(|| format!("reading {}", path.display()))
}

fn keep(path: &Path, content: &[u8]) -> Result {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).attempt(|| format!("writing {}", path.display()))
}
