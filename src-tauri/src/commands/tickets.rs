//! Dashboard, counts, lists and people: all of it from the replica. Filing a ticket, into its outbox.

use gemilang_protocol::desk::commands::{
    FileTicket, FindCustomers, FindToMerge, GetDashboard, GetFiling, GetNavigation, KeepFiling, ListStaff, ListTags,
    ListTickets,
};
use gemilang_protocol::desk::views::{
    Caller, Dashboard, FilingDraft, MergeChoices, Navigation, OutboxItem, TicketList,
};
use gemilang_protocol::{Person, Zone};
use gemilang_replica::Replica;
use tauri::State;
use uuid::Uuid;

use crate::clock;
use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn get_navigation(args: GetNavigation, desk: State<'_, Desk>) -> Answer<Navigation> {
    let GetNavigation {} = args;
    Ok(desk.replica()?.navigation().await?)
}

#[tauri::command]
pub(super) async fn get_dashboard(args: GetDashboard, desk: State<'_, Desk>) -> Answer<Dashboard> {
    let GetDashboard {} = args;
    dashboard(&desk).await
}

/// What the dashboard shows now.
pub(super) async fn dashboard(desk: &Desk) -> Answer<Dashboard> {
    let replica = desk.replica()?;
    let zone = zone(&replica).await?;
    Ok(replica.dashboard(clock::now(), zone).await?)
}

/// Midnight is the reader's; before their own record has arrived it is Jakarta's.
pub(crate) async fn zone(replica: &Replica) -> Answer<Zone> {
    let me = replica.me().id;
    Ok(replica.staff().await?.into_iter().find(|person| person.id == me).map_or(Zone::Wib, |person| person.zone))
}

#[tauri::command]
pub(super) async fn list_tickets(args: ListTickets, desk: State<'_, Desk>) -> Answer<TicketList> {
    Ok(desk.replica()?.tickets(&args.query).await?)
}

#[tauri::command]
pub(super) async fn file_ticket(args: FileTicket, desk: State<'_, Desk>) -> Answer<OutboxItem> {
    Ok(desk.replica()?.file_ticket(Uuid::now_v7(), args.form, clock::now()).await?)
}

#[tauri::command]
pub(super) async fn keep_filing(args: KeepFiling, desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.replica()?.keep_filing(args.draft.as_ref()).await?)
}

#[tauri::command]
pub(super) async fn get_filing(args: GetFiling, desk: State<'_, Desk>) -> Answer<Option<FilingDraft>> {
    let GetFiling {} = args;
    Ok(desk.replica()?.filing().await?)
}

#[tauri::command]
pub(super) async fn find_customers(args: FindCustomers, desk: State<'_, Desk>) -> Answer<Vec<Caller>> {
    Ok(desk.replica()?.find_customers(&args.q).await?)
}

#[tauri::command]
pub(super) async fn find_to_merge(args: FindToMerge, desk: State<'_, Desk>) -> Answer<MergeChoices> {
    Ok(desk.replica()?.find_to_merge(args.ticket, &args.q).await?)
}

#[tauri::command]
pub(super) async fn list_tags(args: ListTags, desk: State<'_, Desk>) -> Answer<Vec<String>> {
    let ListTags {} = args;
    Ok(desk.replica()?.tags().await?)
}

#[tauri::command]
pub(super) async fn list_staff(args: ListStaff, desk: State<'_, Desk>) -> Answer<Vec<Person>> {
    let ListStaff {} = args;
    Ok(desk.replica()?.staff().await?)
}
