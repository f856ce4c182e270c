//! Builds what Tauri embeds: the configuration.

fn main() {
    tauri_build::build();
}
