//! What rings, the ledger, duty and rules. All of it is this desk's own; duty is told to the service behind it.

use gemilang_protocol::desk::commands::{GetAlerts, ListAlerts, SetDuty, SetRule, Stir};
use gemilang_protocol::desk::views::{Alerts, Ledger};
use tauri::State;

use crate::clock;
use crate::desk::Desk;
use crate::fault::{Answer, Fault};

#[tauri::command]
pub(super) async fn get_alerts(args: GetAlerts, desk: State<'_, Desk>) -> Answer<Alerts> {
    let GetAlerts {} = args;
    Ok(desk.alerts())
}

#[tauri::command]
pub(super) async fn list_alerts(args: ListAlerts, desk: State<'_, Desk>) -> Answer<Ledger> {
    Ok(desk.replica()?.alerts(args.result, &args.q, args.before, clock::now()).await?)
}

#[tauri::command]
pub(super) async fn set_duty(args: SetDuty, desk: State<'_, Desk>) -> Answer<Alerts> {
    desk.session().ok_or(Fault::SignedOut)?.duty.choose(args.duty);
    Ok(Alerts { duty: args.duty, ..desk.alerts() })
}

#[tauri::command]
pub(super) async fn set_rule(args: SetRule, desk: State<'_, Desk>) -> Answer<Alerts> {
    desk.settings.choose_rule(args.rule);
    desk.session().ok_or(Fault::SignedOut)?.duty.look_again();
    let mut alerts = desk.alerts();
    for rule in alerts.rules.iter_mut().filter(|rule| rule.reason == args.rule.reason) {
        *rule = args.rule;
    }
    Ok(alerts)
}

#[tauri::command]
pub(super) async fn stir(args: Stir, desk: State<'_, Desk>) -> Answer<()> {
    let Stir {} = args;
    desk.stirred(clock::now());
    Ok(())
}
