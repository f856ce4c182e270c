//! Language, looks and what this computer does; what this desk is and keeps; and the end, once the page has kept what was being written.

use gemilang_protocol::desk::commands::{GetAbout, Quit, SetSettings};
use gemilang_protocol::desk::views::{About, Settings};
use tauri::{AppHandle, State};

use crate::desk::Desk;
use crate::fault::{Answer, Fault};
use crate::{about, start, window};

#[tauri::command]
pub(super) async fn set_settings(args: SetSettings, app: AppHandle, desk: State<'_, Desk>) -> Answer<Settings> {
    desk.settings.choose(&args);
    if args.text_size.is_some() {
        window::scale(&app, &desk.settings);
    }
    if let Some(wanted) = args.start_at_login {
        start::at_login(&app, wanted).map_err(Fault::Own)?;
    }
    let who = desk.session().map(|session| session.user());
    if let (Some(who), Some(seconds)) = (who, args.undo_seconds) {
        desk.settings.choose_undo_seconds(who, seconds);
    }
    desk.look_again();
    Ok(desk.settings.view(&app, who))
}

#[tauri::command]
pub(super) async fn get_about(args: GetAbout, desk: State<'_, Desk>) -> Answer<About> {
    let GetAbout {} = args;
    Ok(about::tell(&desk).await)
}

#[tauri::command]
pub(super) async fn quit(args: Quit, app: AppHandle) -> Answer<()> {
    let Quit {} = args;
    window::end(&app);
    Ok(())
}
