//! macOS: alerts by the user notification centre, which changes them in their place and takes them back. It knows apps by their bundle:
//! what is not bundled shows none. Checked by the compiler only: `cargo xtask lint --platforms`.

use gemilang_protocol::alert::Level;
use mac_usernotifications::{
    Action, AuthorizationStatus, Error, InterruptionLevel, Notification, NotificationHandle, NotificationResponse,
    close_delivered, get_notification_settings, request_auth,
};
use tauri::AppHandle;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{Able, Answer, NotShown, SNOOZE, TAKE};
use crate::alerts::words::Words;

/// What its person is told who did not allow it.
const DENIED: &str = "not allowed in the settings of macOS";

/// Whether the computer shows alerts now. The first time its person is asked whether it may.
pub(crate) async fn probe_alerts() -> Able {
    let allowed = async {
        let settings = get_notification_settings().await?;
        match settings.authorization_status {
            AuthorizationStatus::NotDetermined => request_auth().await,
            status => Ok(status != AuthorizationStatus::Denied),
        }
    };
    match allowed.await {
        Ok(true) => Able::Shows,
        Ok(false) => Able::Not(NotShown::denied(DENIED)),
        Err(error) => Able::Not(error.into()),
    }
}

/// Shows the first of `orders`, and each further one in its place, until it is over; without any more it is taken back.
/// `shown` runs whenever one is on screen.
pub(crate) async fn ring(
    orders: &mut mpsc::UnboundedReceiver<Words>,
    shown: impl Fn() + Send,
) -> Result<Answer, NotShown> {
    // Whatever comes of it: what was to be shown is taken from the orders.
    let Some(first) = orders.recv().await else { return Ok(Answer::Withdrawn) };
    let id = Uuid::now_v7().to_string();
    let mut waiting = Box::pin(show(&id, &first).await?.response());
    shown();
    loop {
        tokio::select! {
            biased;
            next = orders.recv() => {
                let Some(words) = next else {
                    close_delivered(&id).await;
                    return Ok(Answer::Withdrawn);
                };
                // Under the same id it takes the place of the one before, which nobody waits for any more.
                waiting = Box::pin(show(&id, &words).await?.response());
                shown();
            }
            response = &mut waiting => {
                close_delivered(&id).await;
                return Ok(answer(&response?));
            }
        }
    }
}

/// macOS knows the app by its bundle.
pub(crate) fn register(_app: &AppHandle) {}

async fn show(id: &str, words: &Words) -> Result<NotificationHandle, NotShown> {
    if get_notification_settings().await?.authorization_status == AuthorizationStatus::Denied {
        return Err(NotShown::denied(DENIED));
    }
    // Without a sound of its own: ours is played beside it.
    let mut alert = Notification::new().id(id).title(&words.title).message(&words.body);
    for (name, button) in [(TAKE, words.take.as_ref()), (SNOOZE, words.snooze.as_ref()), ("open", Some(&words.open))] {
        if let Some(button) = button {
            alert = alert.action(Action::button(name, button));
        }
    }
    let critical = words.level == Level::Critical;
    let level = if critical { InterruptionLevel::TimeSensitive } else { InterruptionLevel::Active };
    Ok(alert.interruption_level(level).send().await?)
}

fn answer(response: &NotificationResponse) -> Answer {
    match response.action_identifier.as_str() {
        TAKE => Answer::Took,
        SNOOZE => Answer::Snoozed,
        _ if response.is_dismiss_action() || response.is_timed_out() => Answer::Closed,
        _ => Answer::Clicked,
    }
}

impl From<Error> for NotShown {
    fn from(error: Error) -> Self {
        Self::because(&error)
    }
}
