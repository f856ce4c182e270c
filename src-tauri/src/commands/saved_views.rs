//! Saved views: kept here at once, told to the service when there is a line. Where a ticket stands in a list.

use gemilang_protocol::desk::commands::{CountSavedViews, DeleteView, FindPlace, ListSavedViews, SaveView, SettleView};
use gemilang_protocol::desk::views::{SavedViewCount, SavedViewRow};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn find_place(args: FindPlace, desk: State<'_, Desk>) -> Answer<Option<u32>> {
    Ok(desk.replica()?.find_place(&args.query, args.ticket).await?)
}

#[tauri::command]
pub(super) async fn list_saved_views(args: ListSavedViews, desk: State<'_, Desk>) -> Answer<Vec<SavedViewRow>> {
    let ListSavedViews {} = args;
    Ok(desk.replica()?.saved_views().await?)
}

#[tauri::command]
pub(super) async fn count_saved_views(args: CountSavedViews, desk: State<'_, Desk>) -> Answer<Vec<SavedViewCount>> {
    Ok(desk.replica()?.saved_view_counts(args.calendar).await?)
}

#[tauri::command]
pub(super) async fn save_view(args: SaveView, desk: State<'_, Desk>) -> Answer<Uuid> {
    let SaveView { view, shared, name, query } = args;
    Ok(desk.replica()?.save_view(view, (Uuid::now_v7(), Uuid::now_v7()), shared, &name, &query).await?)
}

#[tauri::command]
pub(super) async fn delete_view(args: DeleteView, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.delete_view(args.view, Uuid::now_v7()).await?)
}

#[tauri::command]
pub(super) async fn settle_view(args: SettleView, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.settle_view(args.view, args.again).await?)
}
