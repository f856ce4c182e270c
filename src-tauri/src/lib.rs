//! The door: the thin shell between the desk's page and its memory. Window, commands, events, alerts, keychain; no rule and no SQL.

/// What this desk is.
mod about;
/// Pop-ups of the system.
mod alerts;
/// What time it is.
mod clock;
/// Everything the page can ask.
mod commands;
/// What all commands share.
mod desk;
/// Everything the page is told.
mod events;
/// Why a command was not done.
mod fault;
/// The session's token.
mod keychain;
/// Links into the desk.
mod links;
/// What happened, for whoever has to find out why.
mod log;
/// What its person chose: duty, and what is wanted of alerts.
mod own;
/// Where files are.
mod places;
/// What differs between systems.
mod platform;
/// Who is signed in.
mod session;
/// What is remembered.
mod settings;
/// The desk's own sounds.
mod sound;
/// Started with the computer.
mod start;
/// The icon beside the clock.
mod tray;
/// Showing, raising and placing the window.
mod window;

use tauri::webview::PageLoadEvent;
use tauri::{App, AppHandle, Context, Manager, RunEvent, Window, WindowEvent};

use desk::Desk;
use links::Link;
use settings::Settings;

/// Runs the desk, with the page it was built with, until its window is closed.
///
/// # Errors
/// The system has no web view, or no place for an app's data.
pub fn run(context: Context) -> tauri::Result<()> {
    let name = places::instance_name(&context.config().identifier);
    let first = tauri_plugin_single_instance::Builder::new()
        .dbus_id(name)
        // A second start shows the first, where its link leads.
        .callback(|app, arguments, _folder| called(app, &arguments))
        .build();
    let app = tauri::Builder::default()
        .plugin(first)
        .plugin(tauri_plugin_store::Builder::default().build())
        .plugin(tauri_plugin_deep_link::init())
        .plugin(start::plugin())
        .invoke_handler(commands::handler())
        .on_window_event(heed)
        .on_page_load(|page, load| {
            if load.event() == PageLoadEvent::Finished {
                window::ready(page.app_handle());
            }
        })
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
    let arguments: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let link = Link::among(&arguments);
    let hidden = link.is_none() && start::is_hidden(&arguments);
    window::prepare(app, &settings, hidden);
    app.manage(Desk::new(app.clone(), settings, hidden));
    platform::register(app);
    if let Some(link) = link {
        tauri::async_runtime::spawn(links::follow(app.clone(), link));
    }
    if hidden {
        tauri::async_runtime::spawn(start::stay_hidden(app.clone()));
    }
    tauri::async_runtime::spawn(tray::follow(app.clone()));
    tauri::async_runtime::spawn(platform::survey());
    let app = app.clone();
    tauri::async_runtime::spawn(async move { session::restore(&app.state::<Desk>()).await });
    Ok(())
}

/// Started a second time, in these words.
fn called(app: &AppHandle, arguments: &[String]) {
    match Link::among(arguments) {
        Some(link) => drop(tauri::async_runtime::spawn(links::follow(app.clone(), link))),
        None if start::is_hidden(arguments) => {}
        None => window::raise(app),
    }
}

fn heed(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && let Some(desk) = window.try_state::<Desk>()
    {
        if let Some(window) = window.app_handle().get_webview_window(window::MAIN) {
            window::keep(&window, &desk.settings);
        }
        // What is being written is kept first, also where closing is the end.
        api.prevent_close();
        if desk.settings.keeps_running() {
            tauri::async_runtime::spawn(window::put_away(window.app_handle().clone()));
        } else {
            window::leave(window.app_handle());
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape Tauri calls")]
fn end(app: &AppHandle, event: RunEvent) {
    #[cfg(target_os = "macos")]
    match &event {
        // The icon in the dock was clicked.
        RunEvent::Reopen { .. } => window::raise(app),
        // There a link is an event, also for an app that was not running.
        RunEvent::Opened { urls } => called_by(app, urls),
        _ => {}
    }
    if let RunEvent::Exit = event
        && let Some(desk) = app.try_state::<Desk>()
    {
        tauri::async_runtime::block_on(session::quit(&desk));
        tracing::info!("the desk ends");
    }
}

#[cfg(target_os = "macos")]
fn called_by(app: &AppHandle, urls: &[tauri::Url]) {
    for link in urls.iter().filter_map(|url| Link::read(url.as_str())) {
        tauri::async_runtime::spawn(links::follow(app.clone(), link));
    }
}
