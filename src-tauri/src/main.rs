//! Starts the desk.

// A console window behind the app would only puzzle people.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    if let Err(error) = gemilang_desk::run() {
        eprintln!("Gemilang Desk could not start: {error}");
        std::process::exit(1);
    }
}
