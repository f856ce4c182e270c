//! Language and theme.

use gemilang_protocol::desk::commands::SetSettings;
use gemilang_protocol::desk::views::Settings;
use tauri::State;

use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn set_settings(args: SetSettings, desk: State<'_, Desk>) -> Answer<Settings> {
    desk.settings.choose(args.language.as_deref(), args.theme.as_deref());
    Ok(desk.settings.view())
}
