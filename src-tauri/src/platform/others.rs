//! Windows and macOS: alerts by the system's own centre. Taking one back needs the toast history or a bundle's own
//! centre, which this app does not speak to yet: there an alert stays until its person closes it.

use gemilang_protocol::alert::Level;
use notify_rust::{Notification, NotificationResponse, Timeout};
use tokio::sync::oneshot;

use super::{Answer, NotShown, TAKE};
use crate::alerts::words::Words;

/// Asynchronous as on Linux, where a bus is asked. Both systems always have a centre; whether its person allows alerts shows with the first one.
pub(crate) async fn probe_alerts() -> Result<(), NotShown> {
    Ok(())
}

/// Shows an alert and waits until it is over. `shown` runs as soon as it is on screen.
pub(crate) async fn ring(
    words: Words,
    withdrawn: oneshot::Receiver<()>,
    shown: impl FnOnce() + Send,
) -> Result<Answer, NotShown> {
    let (tell_shown, is_shown) = oneshot::channel();
    // Waiting for an answer blocks, so the handle lives on a thread of its own.
    let waiting = tokio::task::spawn_blocking(move || {
        let handle = alert(&words).show().map_err(|error| NotShown(error.to_string()));
        let _ = tell_shown.send(handle.as_ref().map(drop).map_err(Clone::clone));
        let mut answer = Answer::Closed;
        handle?
            .wait_for_response(|response: &NotificationResponse| {
                answer = match response {
                    NotificationResponse::Action(button) if button == TAKE => Answer::Took,
                    NotificationResponse::Default | NotificationResponse::Action(_) => Answer::Clicked,
                    _ => Answer::Closed,
                };
            })
            .map_err(|error| NotShown(error.to_string()))?;
        Ok(answer)
    });
    match is_shown.await {
        Ok(Ok(())) => shown(),
        Ok(Err(error)) => return Err(error),
        Err(_) => return Err(NotShown("the alert's thread ended".to_owned())),
    }
    tokio::select! {
        answer = waiting => answer.unwrap_or_else(|error| Err(NotShown(error.to_string()))),
        _ = withdrawn => Ok(Answer::Withdrawn),
    }
}

fn alert(words: &Words) -> Notification {
    let mut alert = Notification::new();
    alert.summary(&words.title).body(&words.body).action("default", &words.open);
    alert.timeout(if words.level == Level::Critical { Timeout::Never } else { Timeout::Default });
    if let Some(take) = &words.take {
        alert.action(TAKE, take);
    }
    #[cfg(windows)]
    {
        if words.level == Level::Critical {
            alert.urgency(notify_rust::Urgency::Critical);
        }
        // Windows knows the name only once the app is installed; before that it would show nothing at all.
        if !cfg!(debug_assertions) {
            alert.app_id("id.gemilang.desk");
        }
    }
    alert
}
