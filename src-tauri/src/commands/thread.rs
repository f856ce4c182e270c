//! One conversation. Reading is local; writing is stored and queued before it is answered, so no word waits for the network.

use gemilang_protocol::Act;
use gemilang_protocol::desk::commands::{
    Assign, FetchThread, GetThread, MarkRead, Reply, SaveDraft, SetPriority, SetStatus, Typing, WriteNote,
};
use gemilang_protocol::desk::views::{OutboxItem, Thread};
use tauri::State;
use uuid::Uuid;

use crate::clock;
use crate::desk::Desk;
use crate::fault::{Answer, Fault};

#[tauri::command]
pub(super) async fn get_thread(args: GetThread, desk: State<'_, Desk>) -> Answer<Thread> {
    Ok(desk.replica()?.thread(args.ticket).await?)
}

#[tauri::command]
pub(super) async fn fetch_thread(args: FetchThread, desk: State<'_, Desk>) -> Answer<()> {
    desk.session().ok_or(Fault::SignedOut)?.fetch_thread(args.ticket).await
}

#[tauri::command]
pub(super) async fn reply(args: Reply, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    let item = write(&desk, args.ticket, Act::Reply { message: args.message }).await?;
    if let Some(to) = args.then {
        // Queued behind the reply, so that it cannot overtake it.
        write(&desk, args.ticket, Act::Status { from: to, to }).await?;
    }
    Ok(item)
}

#[tauri::command]
pub(super) async fn write_note(args: WriteNote, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::Note { note: args.note }).await
}

#[tauri::command]
pub(super) async fn assign(args: Assign, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::Assign { from: None, to: args.to }).await
}

#[tauri::command]
pub(super) async fn set_status(args: SetStatus, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::Status { from: args.to, to: args.to }).await
}

#[tauri::command]
pub(super) async fn set_priority(args: SetPriority, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::Priority { from: args.to, to: args.to }).await
}

#[tauri::command]
pub(super) async fn mark_read(args: MarkRead, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.mark_read(Uuid::now_v7(), args.ticket, args.up_to, clock::now()).await?)
}

#[tauri::command]
pub(super) async fn save_draft(args: SaveDraft, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.save_draft(args.ticket, args.note, &args.text, clock::now()).await?)
}

#[tauri::command]
pub(super) async fn typing(args: Typing, desk: State<'_, Desk>) -> Answer<()> {
    desk.session().ok_or(Fault::SignedOut)?.typing(args.ticket);
    Ok(())
}

/// The one way to write. What a change starts from is filled in by the replica, as this desk shows it.
async fn write(desk: &Desk, ticket: Uuid, act: Act) -> Answer<OutboxItem> {
    Ok(desk.replica()?.write(Uuid::now_v7(), ticket, act, clock::now()).await?)
}
