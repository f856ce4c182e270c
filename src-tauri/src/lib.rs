//! The door: the thin shell between the desk's page and its memory. Window, commands, events, alerts, keychain; no rule and no SQL.

/// Pop-ups of the system.
mod alerts;
/// What time it is.
mod clock;
/// Everything the page can ask.
mod commands;
/// What all commands share.
mod desk;
/// Whether what is urgent rings for its person.
mod duty;
/// Everything the page is told.
mod events;
/// Why a command was not done.
mod fault;
/// The session's token.
mod keychain;
/// What happened, for whoever has to find out why.
mod log;
/// Where files are.
mod places;
/// What differs between systems.
mod platform;
/// Who is signed in.
mod session;
/// What is remembered.
mod settings;
/// Showing, raising and placing the window.
mod window;

use tauri::{App, AppHandle, Manager, RunEvent, Window, WindowEvent};

use desk::Desk;
use settings::Settings;

/// Runs the desk until its window is closed.
///
/// # Errors
/// The system has no web view, or no place for an app's data.
pub fn run() -> tauri::Result<()> {
    let context = tauri::generate_context!();
    let name = places::instance_name(&context.config().identifier);
    let first = tauri_plugin_single_instance::Builder::new()
        .dbus_id(name)
        // A second start shows the first.
        .callback(|app, _arguments, _folder| window::raise(app))
        .build();
    let app = tauri::Builder::default()
        .plugin(first)
        .plugin(tauri_plugin_store::Builder::default().build())
        .invoke_handler(commands::handler())
        .on_window_event(heed)
        .setup(set_up)
        .build(context)?;
    app.run(end);
    Ok(())
}

fn set_up(app: &mut App) -> Result<(), Box<dyn std::error::Error>> {
    let app = app.handle();
    log::start(&places::data_dir(app)?);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the desk starts");
    let settings = Settings::open(app)?;
    window::prepare(app, &settings);
    app.manage(Desk::new(app.clone(), settings));
    let app = app.clone();
    tauri::async_runtime::spawn(async move { session::restore(&app.state::<Desk>()).await });
    Ok(())
}

fn heed(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { .. } = event
        && let Some(desk) = window.try_state::<Desk>()
    {
        window::keep(window, &desk.settings);
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape Tauri calls")]
fn end(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Exit = event
        && let Some(desk) = app.try_state::<Desk>()
    {
        tauri::async_runtime::block_on(session::quit(&desk));
        tracing::info!("the desk ends");
    }
}
