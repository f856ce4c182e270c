//! Own words that have not left yet.

use gemilang_protocol::desk::commands::{EditOp, KeepEdit, ListOutbox, ListSent, RetryOp, WithdrawOp};
use gemilang_protocol::desk::views::{OutboxItem, TakenBack};
use tauri::State;
use uuid::Uuid;

use crate::clock;
use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn list_outbox(args: ListOutbox, desk: State<'_, Desk>) -> Answer<Vec<OutboxItem>> {
    let ListOutbox {} = args;
    Ok(desk.replica()?.outbox().await?)
}

#[tauri::command]
pub(super) async fn list_sent(args: ListSent, desk: State<'_, Desk>) -> Answer<Vec<OutboxItem>> {
    let ListSent {} = args;
    let replica = desk.replica()?;
    let zone = super::tickets::zone(&replica).await?;
    Ok(replica.sent_since(zone.midnight(clock::now())).await?)
}

#[tauri::command]
pub(super) async fn keep_edit(args: KeepEdit, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.keep_edit(args.op, args.text.as_deref(), Uuid::now_v7()).await?)
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
