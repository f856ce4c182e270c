//! The team and the opening hours, for admins: all of it is the service's, so all of it waits for the network.

use gemilang_protocol::OpeningHours;
use gemilang_protocol::desk::commands::{
    ChangeMember, EndMemberSessions, GetHours, InviteMember, ListTeam, ResendInvitation, SetHours, WithdrawInvitation,
};
use gemilang_protocol::team::{Team, TeamChanged};
use tauri::State;

use super::account::link;
use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn list_team(args: ListTeam, desk: State<'_, Desk>) -> Answer<Team> {
    let ListTeam {} = args;
    Ok(link(&desk)?.team().await?)
}

#[tauri::command]
pub(super) async fn invite_member(args: InviteMember, desk: State<'_, Desk>) -> Answer<Team> {
    Ok(link(&desk)?.invite(&args.email, args.role).await?)
}

#[tauri::command]
pub(super) async fn resend_invitation(args: ResendInvitation, desk: State<'_, Desk>) -> Answer<Team> {
    Ok(link(&desk)?.resend_invitation(args.invitation).await?)
}

#[tauri::command]
pub(super) async fn withdraw_invitation(args: WithdrawInvitation, desk: State<'_, Desk>) -> Answer<Team> {
    Ok(link(&desk)?.withdraw_invitation(args.invitation).await?)
}

#[tauri::command]
pub(super) async fn change_member(args: ChangeMember, desk: State<'_, Desk>) -> Answer<TeamChanged> {
    Ok(link(&desk)?.change_member(args.person, &args.change).await?)
}

#[tauri::command]
pub(super) async fn end_member_sessions(args: EndMemberSessions, desk: State<'_, Desk>) -> Answer<Team> {
    Ok(link(&desk)?.end_member_sessions(args.person).await?)
}

#[tauri::command]
pub(super) async fn get_hours(args: GetHours, desk: State<'_, Desk>) -> Answer<Option<OpeningHours>> {
    let GetHours {} = args;
    Ok(link(&desk)?.hours().await?)
}

#[tauri::command]
pub(super) async fn set_hours(args: SetHours, desk: State<'_, Desk>) -> Answer<OpeningHours> {
    Ok(link(&desk)?.set_hours(&args.hours).await?)
}
