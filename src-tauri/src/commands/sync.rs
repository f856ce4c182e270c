//! Where sync stands, and trying again at once.

use gemilang_protocol::desk::commands::{GetSyncStatus, SyncNow};
use gemilang_protocol::desk::views::SyncStatus;
use tauri::State;

use crate::desk::Desk;
use crate::fault::{Answer, Fault};

#[tauri::command]
pub(super) async fn get_sync_status(args: GetSyncStatus, desk: State<'_, Desk>) -> Answer<SyncStatus> {
    let GetSyncStatus {} = args;
    Ok(desk.session().map_or_else(Desk::nobody, |session| session.status.borrow().clone()))
}

#[tauri::command]
pub(super) async fn sync_now(args: SyncNow, desk: State<'_, Desk>) -> Answer<()> {
    let SyncNow {} = args;
    desk.session().ok_or(Fault::SignedOut)?.sync_now();
    Ok(())
}
