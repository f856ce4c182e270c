//! The first frame, and what its person is looking at.

use gemilang_protocol::Company;
use gemilang_protocol::desk::commands::{GetBoot, GetCompany, Look};
use gemilang_protocol::desk::views::{Boot, First};
use tauri::State;

use super::tickets::dashboard;
use crate::alerts::Asked;
use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn get_boot(args: GetBoot, desk: State<'_, Desk>) -> Answer<Boot> {
    let GetBoot {} = args;
    let mut boot = desk.boot().await;
    if boot.signed_in.is_some() && boot.open.is_none() {
        // What cannot be read now is asked for again, and said then.
        boot.first = first(&desk).await.ok().map(Box::new);
    }
    Ok(boot)
}

async fn first(desk: &Desk) -> Answer<First> {
    Ok(First { navigation: desk.replica()?.navigation().await?, dashboard: dashboard(desk).await? })
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
