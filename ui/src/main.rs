//! Starts the page in its window.

fn main() {
    gemilang_ui::app::start();
}
