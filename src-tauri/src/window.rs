//! The window: shown once it has something to show, raised when asked for, and back where it was.

use std::time::Duration;

use tauri::{AppHandle, Manager, PhysicalPosition, PhysicalSize, WebviewWindow, Window};

use crate::settings::{Geometry, Settings};

/// The label of the one window.
pub(crate) const MAIN: &str = "main";
/// The page has drawn itself by then, or something is wrong with it that its person should see.
const SHOWN_AT_LATEST: Duration = Duration::from_millis(1_500);

/// Puts the window where it was, and sees to it that it is shown even where the page never asks for it.
pub(crate) fn prepare(app: &AppHandle, settings: &Settings) {
    if let Some(window) = app.get_webview_window(MAIN) {
        if let Some(geometry) = settings.geometry() {
            place(&window, geometry);
        }
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(SHOWN_AT_LATEST).await;
            show(&window);
        });
    }
}

/// The page is ready: shows the window if it is not shown yet.
pub(crate) fn ready(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        show(&window);
    }
}

/// Brings the window before its person, wherever it was.
pub(crate) fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Each step may be refused by a window manager; the next one still helps.
        for step in [window.show(), window.unminimize(), window.set_focus()] {
            if let Err(error) = step {
                tracing::warn!(%error, "the window could not be raised");
            }
        }
    }
}

/// Whether its person is at it now.
pub(crate) fn is_focused(app: &AppHandle) -> bool {
    app.get_webview_window(MAIN).is_some_and(|window| window.is_focused().unwrap_or_default())
}

/// Notes where the window is, so that the next start finds it there.
pub(crate) fn keep(window: &Window, settings: &Settings) {
    // A minimised window is nowhere.
    if window.is_minimized().unwrap_or_default() {
        return;
    }
    let Ok(maximised) = window.is_maximized() else { return };
    let before = settings.geometry();
    let (Ok(position), Ok(size)) = (window.outer_position(), window.inner_size()) else { return };
    // The size of a maximised window is the screen's; what it goes back to is the one before.
    let geometry = match before {
        Some(before) if maximised => Geometry { maximised, ..before },
        _ => Geometry { x: position.x, y: position.y, width: size.width, height: size.height, maximised },
    };
    settings.keep_geometry(geometry);
}

fn show(window: &WebviewWindow) {
    if !window.is_visible().unwrap_or_default()
        && let Err(error) = window.show().and_then(|()| window.set_focus())
    {
        tracing::error!(%error, "the window could not be shown");
    }
}

fn place(window: &WebviewWindow, geometry: Geometry) {
    let on_a_screen = window.available_monitors().unwrap_or_default().iter().any(|monitor| {
        let (at, size) = (monitor.position(), monitor.size());
        let reaches = |start: i32, extent: u32, from: i32, to: u32| {
            i64::from(start) < i64::from(from) + i64::from(to) - 80
                && i64::from(start) + i64::from(extent) > i64::from(from) + 80
        };
        reaches(geometry.x, geometry.width, at.x, size.width) && reaches(geometry.y, geometry.height, at.y, size.height)
    });
    // A screen that was taken away would keep the window out of sight.
    if on_a_screen {
        let _ = window.set_size(PhysicalSize::new(geometry.width, geometry.height));
        let _ = window.set_position(PhysicalPosition::new(geometry.x, geometry.y));
    }
    if geometry.maximised {
        let _ = window.maximize();
    }
}
