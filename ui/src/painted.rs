//! Notes in the page's own timeline when the first rows were painted, for whoever measures starts.

use std::cell::Cell;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

/// What the entry is called.
const ROWS: &str = "rows";

thread_local! {
    static NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Notes it once there are rows, if they are the first.
#[hook]
pub(crate) fn use_rows(are_there: bool) {
    use_effect_with(are_there, |are_there| {
        if *are_there {
            rows();
        }
    });
}

/// Rows were drawn: notes, the first time, when the frame that shows them is painted.
pub fn rows() {
    if NOTED.replace(true) {
        return;
    }
    // What a frame calls runs before it is painted, and a timeout that is set there after.
    let frame = Closure::once_into_js(|| {
        Timeout::new(0, || {
            if let Some(timeline) = web_sys::window().and_then(|window| window.performance()) {
                drop(timeline.mark(ROWS));
            }
        })
        .forget();
    });
    if let Some(window) = web_sys::window() {
        drop(window.request_animation_frame(frame.unchecked_ref()));
    }
}
