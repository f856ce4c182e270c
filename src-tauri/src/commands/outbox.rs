//! Own words that have not left yet.

use gemilang_protocol::desk::commands::{DiscardOp, ListOutbox, RetryOp};
use gemilang_protocol::desk::views::OutboxItem;
use tauri::State;

use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn list_outbox(args: ListOutbox, desk: State<'_, Desk>) -> Answer<Vec<OutboxItem>> {
    let ListOutbox {} = args;
    Ok(desk.replica()?.outbox().await?)
}

#[tauri::command]
pub(super) async fn retry_op(args: RetryOp, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.retry(args.op).await?)
}

#[tauri::command]
pub(super) async fn discard_op(args: DiscardOp, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.discard(args.op).await?)
}
