//! Where its person is signed in, and their password: all of it is the service's, so all of it waits for the network.

use gemilang_protocol::desk::commands::{ChangePassword, EndOtherSessions, EndSession, ListSessions};
use gemilang_protocol::session::Device;
use gemilang_replica::Link;
use tauri::State;

use crate::desk::Desk;
use crate::fault::{Answer, Fault};

/// The line of whoever is signed in.
pub(super) fn link(desk: &Desk) -> Answer<Link> {
    desk.session().map(|session| session.link()).ok_or(Fault::SignedOut)
}

#[tauri::command]
pub(super) async fn list_sessions(args: ListSessions, desk: State<'_, Desk>) -> Answer<Vec<Device>> {
    let ListSessions {} = args;
    Ok(link(&desk)?.sessions().await?)
}

#[tauri::command]
pub(super) async fn end_session(args: EndSession, desk: State<'_, Desk>) -> Answer<Vec<Device>> {
    let link = link(&desk)?;
    link.end_session(args.session).await?;
    Ok(link.sessions().await?)
}

#[tauri::command]
pub(super) async fn end_other_sessions(args: EndOtherSessions, desk: State<'_, Desk>) -> Answer<Vec<Device>> {
    let EndOtherSessions {} = args;
    let link = link(&desk)?;
    link.end_other_sessions().await?;
    Ok(link.sessions().await?)
}

#[tauri::command]
pub(super) async fn change_password(args: ChangePassword, desk: State<'_, Desk>) -> Answer<()> {
    Ok(link(&desk)?.change_password(&args.current, &args.new).await?)
}
