//! Starts the desk.

// A console window behind the app would only puzzle people.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    // Here, where it is compiled once: two compilers that pack the page at the same time write over each other's files.
    let context = tauri::generate_context!();
    if let Err(error) = gemilang_desk::run(context) {
        eprintln!("Gemilang Desk could not start: {error}");
        std::process::exit(1);
    }
}
