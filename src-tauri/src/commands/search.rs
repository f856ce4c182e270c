//! Search: everything on this desk at once, and at the service for conversations that are not here.

use gemilang_protocol::desk::commands::{FindTickets, Search, SearchService};
use gemilang_protocol::desk::views::{Found, Hit, TicketList};
use tauri::State;

use crate::desk::Desk;
use crate::fault::{Answer, Fault};

#[tauri::command]
pub(super) async fn find_tickets(args: FindTickets, desk: State<'_, Desk>) -> Answer<TicketList> {
    Ok(desk.replica()?.find_tickets(&args.q, &args.recent).await?)
}

#[tauri::command]
pub(super) async fn search(args: Search, desk: State<'_, Desk>) -> Answer<Found> {
    Ok(desk.replica()?.search(&args.q, args.calendar).await?)
}

#[tauri::command]
pub(super) async fn search_service(args: SearchService, desk: State<'_, Desk>) -> Answer<Vec<Hit>> {
    desk.session().ok_or(Fault::SignedOut)?.search(&args.q, args.calendar).await
}
