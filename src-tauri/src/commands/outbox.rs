//! Own words that have not left yet.

use gemilang_protocol::desk::commands::{EditOp, ListOutbox, RetryOp, WithdrawOp};
use gemilang_protocol::desk::views::{OutboxItem, TakenBack};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn list_outbox(args: ListOutbox, desk: State<'_, Desk>) -> Answer<Vec<OutboxItem>> {
    let ListOutbox {} = args;
    Ok(desk.replica()?.outbox().await?)
}

#[tauri::command]
pub(super) async fn retry_op(args: RetryOp, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.retry(args.op, Uuid::now_v7()).await?)
}

#[tauri::command]
pub(super) async fn withdraw_op(args: WithdrawOp, desk: State<'_, Desk>) -> Answer<TakenBack> {
    Ok(desk.replica()?.withdraw(args.op).await?)
}

#[tauri::command]
pub(super) async fn edit_op(args: EditOp, desk: State<'_, Desk>) -> Answer<TakenBack> {
    Ok(desk.replica()?.edit(args.op, &args.text, Uuid::now_v7()).await?)
}
