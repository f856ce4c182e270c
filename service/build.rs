//! Prepares what the customer's pages load: one style sheet, the icons and the scripts, named by their content and
//! compressed here once, so that the service only hands out bytes. Writes `$OUT_DIR/assets.rs` for `portal::assets`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use sha2::{Digest, Sha256};

/// The style sheet is these files one after the other; Bootstrap first, so that ours has the last word.
const STYLES: [&str; 4] =
    ["node_modules/bootstrap/dist/css/bootstrap.min.css", "look/tokens.css", "look/look.css", "look/portal.css"];

/// The scripts, each after those it imports.
const SCRIPTS: [&str; 6] = ["text", "drafts", "live", "chat", "push", "portal"];

fn main() {
    let service = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = service.parent().expect("the workspace is around the service").to_owned();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for watched in ["build.rs", "assets", "templates", "../look", "../icons", "../migrations/service"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    for style in STYLES {
        println!("cargo::rerun-if-changed=../{style}");
    }
    if !root.join(STYLES[0]).exists() {
        println!(
            "cargo::error=The style sheet needs Bootstrap from npm: run `npm ci` in the workspace, or `cargo xtask run`, which does it."
        );
        process::exit(1);
    }

    let mut made = Assets { out: &out, code: String::new(), names: BTreeMap::new() };
    let css: String = STYLES.iter().map(|style| without_comments(&read(&root.join(style)))).collect();
    made.add("portal", "css", "text/css; charset=utf-8", css.as_bytes());
    made.add("icons", "svg", "image/svg+xml", read(&root.join("look/icons.svg")).as_bytes());
    made.add("icon", "svg", "image/svg+xml", read(&root.join("icons/icon.svg")).as_bytes());
    made.add("touch", "png", "image/png", &bytes(&root.join("icons/apple-touch-icon.png")));
    made.add("favicon", "ico", "image/x-icon", &bytes(&root.join("icons/favicon.ico")));
    for script in SCRIPTS {
        let mut text = without_comments(&read(&service.join(format!("assets/{script}.js"))));
        // An import names its module by content too, or a cached old one would be met by a new one.
        for (plain, named) in &made.names {
            text = text.replace(&format!("\"./{plain}\""), &format!("\"./{named}\""));
        }
        made.add(script, "js", "text/javascript; charset=utf-8", text.as_bytes());
    }
    for icon in ["icon-192", "icon-512", "maskable-192", "maskable-512", "badge-96"] {
        made.add(icon, "png", "image/png", &bytes(&root.join(format!("icons/web/{icon}.png"))));
    }
    let worker = worker(&without_comments(&read(&service.join("assets/sw.js"))), &made.names);
    fs::write(out.join("sw.js"), worker).expect("the build directory can be written");
    let code = format!(
        "/// Everything under `/assets/`.\npub(crate) static ALL: &[Asset] = &[\n{}];\n{}",
        made.code,
        // The badge is named by the service worker alone.
        made.names.iter().filter(|(plain, _)| *plain != "badge-96.png").fold(
            String::new(),
            |mut code, (plain, named)| {
                let name = plain.replace(['.', '-'], "_").to_uppercase();
                let _ = writeln!(
                    code,
                    "/// Where `{plain}` is served.\npub(crate) const {name}: &str = \"/assets/{named}\";"
                );
                code
            }
        )
    );
    fs::write(out.join("assets.rs"), code).expect("the build directory can be written");
}

/// What was made so far.
struct Assets<'a> {
    out: &'a Path,
    code: String,
    names: BTreeMap<String, String>,
}

impl Assets<'_> {
    fn add(&mut self, stem: &str, ending: &str, kind: &str, content: &[u8]) {
        let named = format!("{stem}-{}.{ending}", hash(content));
        let dir = self.out.join("assets");
        fs::create_dir_all(&dir).expect("the build directory can be written");
        let plain = dir.join(&named);
        keep(&plain, || content.to_vec());
        // Pictures are compressed already.
        let (brotli, gzip) = if matches!(ending, "png" | "ico") {
            ("None".to_owned(), "None".to_owned())
        } else {
            let (br, gz) = (dir.join(format!("{named}.br")), dir.join(format!("{named}.gz")));
            keep(&br, || brotli(content));
            keep(&gz, || gzip(content));
            (format!("Some(include_bytes!({br:?}))"), format!("Some(include_bytes!({gz:?}))"))
        };
        let _ = writeln!(
            self.code,
            "    Asset {{ name: {named:?}, kind: {kind:?}, plain: include_bytes!({plain:?}), brotli: {brotli}, gzip: {gzip} }},"
        );
        self.names.insert(format!("{stem}.{ending}"), named);
    }
}

/// The service worker with the names of the files it keeps. Its address never changes, so its content says the version.
fn worker(script: &str, names: &BTreeMap<String, String>) -> String {
    let kept =
        |plain: &str| plain == "portal.css" || plain == "icons.svg" || plain == "icon.svg" || plain.ends_with(".js");
    let files: Vec<String> =
        names.iter().filter(|(plain, _)| kept(plain)).map(|(_, named)| format!("\"/assets/{named}\"")).collect();
    let files = files.join(", ");
    let version = hash(format!("{script}{files}").as_bytes());
    script
        .replace("\"{files}\"", &files)
        .replace("{version}", &version)
        .replace("{icon}", &format!("/assets/{}", names["icon-192.png"]))
        .replace("{badge}", &format!("/assets/{}", names["badge-96.png"]))
}

/// Enough of a digest to name a content by.
fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The name says the content, so a file that is there need not be compressed again.
fn keep(path: &Path, make: impl FnOnce() -> Vec<u8>) {
    if !path.exists() {
        fs::write(path, make()).expect("the build directory can be written");
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut out, &params).expect("memory can be written");
    out
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// Drops `/* … */`, lines that are only `//` and the white space around lines: our own files are read, these are loaded.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).fold(
        String::with_capacity(out.len()),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    )
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
