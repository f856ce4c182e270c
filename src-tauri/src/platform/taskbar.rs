//! The taskbar of Windows and the dock and menu bar of macOS: the icon with its menu, and the count. Both are Tauri's. All is
//! asynchronous as on Linux, where a bus is asked. Checked by the compiler only: `cargo xtask lint --platforms`.

use tauri::image::Image;
use tauri::menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager};

use super::Missing;
use crate::tray::icon::Face;
use crate::tray::{self, Choice, Entry, Shown};
use crate::window::MAIN;

/// What both systems scale down from, also where a pixel of theirs is two of ours.
const SIZE: u32 = 44;

/// The icon in the tray or the menu bar.
pub(crate) struct Bar(TrayIcon);

impl Bar {
    /// Puts it there.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) async fn start(app: &AppHandle, shown: Shown) -> Result<Self, Missing> {
        let missing = |error: tauri::Error| Missing::Tray(error.to_string());
        let menu = menu(app, &shown.menu).map_err(missing)?;
        let icon = TrayIconBuilder::with_id("main")
            .icon(icon(shown.face))
            .tooltip(&shown.hint)
            .menu(&menu)
            // A click on the icon opens the window on Windows, and the menu on macOS, as people there expect.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(|app, event| {
                if let Some(choice) = Choice::ALL.into_iter().find(|choice| name(*choice) == event.id.as_ref()) {
                    tray::chosen(app, choice);
                }
            })
            .on_tray_icon_event(|icon, event| {
                if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } =
                    event
                    && !cfg!(target_os = "macos")
                {
                    tray::chosen(icon.app_handle(), Choice::Open);
                }
            })
            .build(app)
            .map_err(missing)?;
        Ok(Self(icon))
    }

    /// Shows something else.
    pub(crate) async fn show(&self, shown: Shown) {
        let changed = self.0.set_icon(Some(icon(shown.face))).and_then(|()| {
            self.0.set_tooltip(Some(&shown.hint))?;
            self.0.set_menu(Some(menu(self.0.app_handle(), &shown.menu)?))
        });
        if let Err(error) = changed {
            tracing::warn!(%error, "the tray shows what was");
        }
    }
}

fn icon(face: Face) -> Image<'static> {
    Image::new_owned(face.draw(SIZE), SIZE, SIZE)
}

fn menu(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Menu<tauri::Wry>> {
    let menu = Menu::new(app)?;
    for entry in entries {
        match entry {
            Entry::Rule => menu.append(&PredefinedMenuItem::separator(app)?)?,
            Entry::Act(choice, text) => {
                menu.append(&MenuItem::with_id(app, name(*choice), text, true, None::<&str>)?)?;
            }
            Entry::OneOf(all, holds) => {
                for (at, (choice, text)) in all.iter().enumerate() {
                    let on = at == *holds;
                    menu.append(&CheckMenuItem::with_id(app, name(*choice), text, true, on, None::<&str>)?)?;
                }
            }
        }
    }
    Ok(menu)
}

fn name(choice: Choice) -> &'static str {
    match choice {
        Choice::Open => "open",
        Choice::OnDuty => "on-duty",
        Choice::Pause => "pause",
        Choice::OffDuty => "off-duty",
        Choice::Quit => "quit",
    }
}

/// Both systems always have one.
pub(crate) async fn probe_tray() -> Result<(), Missing> {
    Ok(())
}

/// Both systems always have a place for it.
pub(crate) async fn probe_badge() -> Result<(), Missing> {
    Ok(())
}

/// Puts the count on the app's icon: a number on the dock, drawn on the corner of Windows' taskbar button.
pub(crate) async fn set_badge(app: &AppHandle, face: Face) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    #[cfg(windows)]
    let done = window.set_overlay_icon(face.overlay(32).map(|rows| Image::new_owned(rows, 32, 32)));
    #[cfg(not(windows))]
    let done = window.set_badge_count(i64::try_from(face.count).ok().filter(|count| *count > 0));
    if let Err(error) = done {
        tracing::warn!(%error, "no count on the app's icon");
    }
}
