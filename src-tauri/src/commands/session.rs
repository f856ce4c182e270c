//! Signing in and out, and whether there is a service: the only commands that wait for the network.

use gemilang_protocol::desk::commands::{CheckServer, SignIn, SignOut};
use gemilang_protocol::desk::views::SignedIn;
use gemilang_protocol::session::ServerInfo;
use gemilang_replica::link;
use tauri::State;

use crate::desk::Desk;
use crate::fault::Answer;
use crate::session;

#[tauri::command]
pub(super) async fn check_server(args: CheckServer) -> Answer<ServerInfo> {
    Ok(link::check_server(&args.server).await?)
}

#[tauri::command]
pub(super) async fn sign_in(args: SignIn, desk: State<'_, Desk>) -> Answer<SignedIn> {
    let SignIn { server, email, password } = args;
    // An address that is not ours is told apart from a wrong password before the password is sent there.
    link::check_server(&server).await?;
    session::sign_in(&desk, &server, &email, &password).await
}

#[tauri::command]
pub(super) async fn sign_out(args: SignOut, desk: State<'_, Desk>) -> Answer<()> {
    let SignOut {} = args;
    session::sign_out(&desk).await;
    Ok(())
}
