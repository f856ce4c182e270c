//! Builds what Tauri embeds: configuration, capabilities, icons and the page in `ui/dist`.

use std::{fs, io, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    // The page is embedded at compile time, so a new page means a new desk.
    println!("cargo:rerun-if-changed=ui/dist");
    page_or_empty(Path::new("ui/dist"))?;
    tauri_build::try_build(
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*.json"),
    )
    .map_err(Into::into)
}

/// Embedding fails where there is no page; a check of the core alone needs none.
fn page_or_empty(dist: &Path) -> io::Result<()> {
    let index = dist.join("index.html");
    if !index.exists() {
        fs::create_dir_all(dist)?;
        fs::write(index, "")?;
    }
    Ok(())
}
