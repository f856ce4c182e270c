//! The first frame, and what its person is looking at.

use gemilang_protocol::Company;
use gemilang_protocol::desk::commands::{GetBoot, GetCompany, Look};
use gemilang_protocol::desk::views::Boot;
use tauri::{AppHandle, State};

use crate::alerts::Asked;
use crate::desk::Desk;
use crate::fault::Answer;
use crate::window;

#[tauri::command]
pub(super) async fn get_boot(args: GetBoot, app: AppHandle, desk: State<'_, Desk>) -> Answer<Boot> {
    let GetBoot {} = args;
    let boot = desk.boot().await;
    // The page is there and has what its first frame needs.
    window::ready(&app);
    Ok(boot)
}

#[tauri::command]
pub(super) async fn look(args: Look, desk: State<'_, Desk>) -> Answer<()> {
    desk.look(args.ticket);
    if let Some(session) = desk.session() {
        let _ = session.asked.send(Asked::Looks(args.ticket));
        session.looking(args.ticket);
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn get_company(args: GetCompany, desk: State<'_, Desk>) -> Answer<Company> {
    let GetCompany {} = args;
    Ok(desk.session().map(|session| session.company.borrow().clone()).unwrap_or_default())
}
