//! What rings, the ledger, duty and rules. All of it is this desk's own; duty is told to the service behind it.

use gemilang_protocol::alert::AlertChoices;
use gemilang_protocol::desk::commands::{
    GetAlerts, ListAlerts, SawAlert, SetDuty, SetQuiet, SetRule, SnoozeAlert, Stir, TryAlert,
};
use gemilang_protocol::desk::views::{Alerts, Ledger};
use tauri::State;

use crate::alerts::Asked;
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
    desk.session().ok_or(Fault::SignedOut)?.own.choose_duty(args.duty);
    Ok(Alerts { duty: args.duty, ..desk.alerts() })
}

#[tauri::command]
pub(super) async fn set_rule(args: SetRule, desk: State<'_, Desk>) -> Answer<Alerts> {
    choose(&desk, |choices| choices.choose(args.rule))
}

#[tauri::command]
pub(super) async fn set_quiet(args: SetQuiet, desk: State<'_, Desk>) -> Answer<Alerts> {
    choose(&desk, |choices| choices.quiet = args.quiet)
}

/// Changes what is wanted of alerts, upon what the page was told last.
fn choose(desk: &Desk, change: impl FnOnce(&mut AlertChoices)) -> Answer<Alerts> {
    let session = desk.session().ok_or(Fault::SignedOut)?;
    let mut alerts = desk.alerts();
    let mut choices = AlertChoices { quiet: alerts.quiet, ..AlertChoices::default() };
    for rule in &alerts.rules {
        choices.choose(*rule);
    }
    change(&mut choices);
    (alerts.rules, alerts.quiet) = (choices.rules(), choices.quiet);
    // A second change may come before the core has told of the first.
    let told = desk.keep_alerts(alerts);
    session.own.choose_alerts(choices);
    Ok(told)
}

#[tauri::command]
pub(super) async fn snooze_alert(args: SnoozeAlert, desk: State<'_, Desk>) -> Answer<()> {
    ask(&desk, Asked::Snooze(args.ticket))
}

#[tauri::command]
pub(super) async fn try_alert(args: TryAlert, desk: State<'_, Desk>) -> Answer<()> {
    ask(&desk, Asked::Try(args.path))
}

#[tauri::command]
pub(super) async fn saw_alert(args: SawAlert, desk: State<'_, Desk>) -> Answer<()> {
    ask(&desk, Asked::Saw(args.path, args.seen))
}

fn ask(desk: &Desk, asked: Asked) -> Answer<()> {
    // After a sign-out nobody listens, and there is nothing to do.
    let _ = desk.session().ok_or(Fault::SignedOut)?.asked.send(asked);
    Ok(())
}

#[tauri::command]
pub(super) async fn stir(args: Stir, desk: State<'_, Desk>) -> Answer<()> {
    let Stir {} = args;
    desk.stirred(clock::now());
    Ok(())
}
