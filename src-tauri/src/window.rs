//! The window: shown once it has something to show, raised when asked for, put away when closed, and back where it was.

use std::time::Duration;

use gemilang_locales::Texts;
use gemilang_protocol::desk::changes::{QUIT, SNACK, Snack};
use tauri::window::Color;
use tauri::{AppHandle, Manager, PhysicalPosition, PhysicalSize, Theme, WebviewWindow};

use crate::desk::Desk;
use crate::settings::{Geometry, Settings};
use crate::{events, platform};

/// The label of the one window.
pub(crate) const MAIN: &str = "main";
/// The ground of a dark page, `--g-canvas`; that of a light one is in `tauri.conf.json`.
const DARK: Color = Color(0x11, 0x0e, 0x11, 0xff);
/// The page has drawn itself by then, or something is wrong with it that its person should see.
const SHOWN_AT_LATEST: Duration = Duration::from_millis(1_500);
/// The page has kept what was being written by then, or it never will.
const KEPT_AT_LATEST: Duration = Duration::from_secs(2);

/// Puts the window where it was, and sees to it that it is shown even where the page never asks for it, unless it waits to be called.
pub(crate) fn prepare(app: &AppHandle, settings: &Settings, hidden: bool) {
    if let Some(window) = app.get_webview_window(MAIN) {
        if let Some(geometry) = settings.geometry() {
            place(&window, geometry);
        }
        if is_dark(&window, settings)
            && let Err(error) = window.set_background_color(Some(DARK))
        {
            tracing::warn!(%error, "the window keeps its ground");
        }
        if settings.text_size() != 100 {
            scale(app, settings);
        }
        if hidden {
            return;
        }
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(SHOWN_AT_LATEST).await;
            show(&window);
        });
    }
}

/// Whether the page will be dark.
fn is_dark(window: &WebviewWindow, settings: &Settings) -> bool {
    match settings.theme().as_str() {
        "light" => false,
        "dark" => true,
        _ => window.theme().is_ok_and(|theme| theme == Theme::Dark),
    }
}

/// Makes everything as large as was chosen: texts and spaces alike, so that a narrow window folds as it would be narrower.
pub(crate) fn scale(app: &AppHandle, settings: &Settings) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_zoom(f64::from(settings.text_size()) / 100.0)
    {
        tracing::warn!(%error, "the page keeps its size");
    }
}

/// The page lies in its window, in the colour of its ground until it has drawn itself: shows the window if it is not shown yet and does not wait to be called.
pub(crate) fn ready(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN)
        && !app.state::<Desk>().is_hidden()
    {
        show(&window);
    }
}

/// Brings the window before its person, wherever it was.
pub(crate) fn raise(app: &AppHandle) {
    if let Some(desk) = app.try_state::<Desk>() {
        desk.called();
    }
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

/// The window was closed while the app goes on: into the tray, or, where there is none to call it back from, only off the screen.
/// What is done instead of closing is said, the first of it once, the other once in every run.
pub(crate) async fn put_away(app: AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let desk = app.state::<Desk>();
    let (done, say) = match platform::probe_tray().await {
        Ok(()) => (window.hide(), desk.settings.first_time("tray-stays").then_some("tray-stays")),
        Err(missing) => {
            tracing::info!(%missing, "closed without a tray: minimised");
            (window.minimize(), desk.first_minimised().then_some("tray-none"))
        }
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the window could not be put away");
    }
    if let Some(key) = say {
        tell(&app, key).await;
    }
}

/// Says in a pop-up where the window is; whoever gets none reads it when they come back.
async fn tell(app: &AppHandle, key: &str) {
    let texts = Texts::of(app.state::<Desk>().settings.language());
    let told = platform::tell(&texts.get(&format!("{key}-title")), &texts.get(key)).await;
    if told.is_err() {
        events::emit(app, SNACK, Snack { key: key.to_owned(), args: Vec::new() });
    }
}

/// Started by the system without a tray: the window stands where windows that are not needed now stand, and that is said.
pub(crate) async fn wait_minimised(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.minimize().and_then(|()| window.show())
    {
        tracing::warn!(%error, "the window could not wait minimised");
    }
    tell(app, "tray-waits").await;
}

/// Ends the app, once the page has kept what was being written and everything it asked for was answered.
pub(crate) fn leave(app: &AppHandle) {
    if !app.try_state::<Desk>().is_some_and(|desk| desk.is_booted()) {
        return end(app);
    }
    events::emit(app, QUIT, ());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(KEPT_AT_LATEST).await;
        tracing::warn!("the page did not answer to the end");
        end(&app);
    });
}

/// The end itself.
pub(crate) fn end(app: &AppHandle) {
    if let (Some(window), Some(desk)) = (app.get_webview_window(MAIN), app.try_state::<Desk>()) {
        keep(&window, &desk.settings);
    }
    app.exit(0);
}

/// Notes where the window is, so that the next start finds it there.
pub(crate) fn keep(window: &WebviewWindow, settings: &Settings) {
    // A minimised window is nowhere, and neither is one in the tray.
    if window.is_minimized().unwrap_or_default() || !window.is_visible().unwrap_or_default() {
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
