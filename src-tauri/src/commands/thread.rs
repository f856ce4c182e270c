//! One conversation. Reading is local; writing is stored and queued before it is answered, so no word waits for the network.

use chrono::TimeDelta;
use gemilang_protocol::Act;
use gemilang_protocol::desk::commands::{
    CallOff, ChangeProperties, FetchThread, GetThread, MarkRead, Reply, SaveDraft, SendLater, Typing, UndoSend,
    WriteNote,
};
use gemilang_protocol::desk::views::{OutboxItem, PropertyChange, Thread, Undone, Written};
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
pub(super) async fn reply(args: Reply, desk: State<'_, Desk>) -> Answer<Written> {
    let Reply { ticket, message, then } = args;
    let session = desk.session().ok_or(Fault::SignedOut)?;
    let now = clock::now();
    // A customer who reads along sees the answer at once, as in any conversation.
    let wait =
        if session.company.borrow().has_customer(ticket) { 0 } else { desk.settings.undo_seconds(session.user()) };
    let leaves_at = (wait > 0).then(|| now + TimeDelta::seconds(i64::from(wait)));
    let item = session.replica.write_until(Uuid::now_v7(), ticket, Act::Reply { message }, now, leaves_at).await?;
    // Queued behind the reply, so that it cannot overtake it.
    let then = match then {
        Some(to) => Some(write(&desk, ticket, Act::Status { from: to, to }).await?.op_id),
        None => None,
    };
    Ok(Written { item, then })
}

#[tauri::command]
pub(super) async fn undo_send(args: UndoSend, desk: State<'_, Desk>) -> Answer<Undone> {
    Ok(desk.replica()?.undo_send(args.op, args.then, clock::now()).await?)
}

#[tauri::command]
pub(super) async fn write_note(args: WriteNote, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::Note { note: args.note }).await
}

#[tauri::command]
pub(super) async fn change_properties(args: ChangeProperties, desk: State<'_, Desk>) -> Answer<Vec<PropertyChange>> {
    Ok(desk.replica()?.change_properties(&args.changes, clock::now(), Uuid::now_v7).await?)
}

#[tauri::command]
pub(super) async fn send_later(args: SendLater, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    write(&desk, args.ticket, Act::SendLater { message: args.message, at: args.at }).await
}

#[tauri::command]
pub(super) async fn call_off(args: CallOff, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    let CallOff { ticket, id, edit, now } = args;
    Ok(desk.replica()?.call_off(Uuid::now_v7(), ticket, id, edit, now, clock::now()).await?)
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
    desk.session().ok_or(Fault::SignedOut)?.typing(args.ticket, args.note);
    Ok(())
}

/// The one way to write. What a change starts from is filled in by the replica, as this desk shows it.
async fn write(desk: &Desk, ticket: Uuid, act: Act) -> Answer<OutboxItem> {
    Ok(desk.replica()?.write(Uuid::now_v7(), ticket, act, clock::now()).await?)
}
