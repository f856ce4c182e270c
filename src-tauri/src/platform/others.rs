//! Windows and macOS: alerts by the system's own centre. Taking one back needs the toast history or a bundle's own
//! centre, which this app does not speak to yet: there an alert stays until its person closes it.

use gemilang_protocol::alert::Level;
use notify_rust::{Notification, NotificationResponse, Timeout};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::{Able, Answer, NotShown, SNOOZE, TAKE};
use crate::alerts::words::Words;

/// Asynchronous as on Linux, where a bus is asked. Both systems always have a centre; whether its person allows alerts shows with the first one.
pub(crate) async fn probe_alerts() -> Able {
    Able::Shows
}

/// Says each time that changed, which is never.
pub(crate) async fn watch_alerts(_changed: impl Fn()) {}

/// Shows the first of `orders`, and each further one as well, until the last is over. `shown` runs whenever one is on screen.
pub(crate) async fn ring(
    orders: &mut mpsc::UnboundedReceiver<Words>,
    shown: impl Fn() + Send,
) -> Result<Answer, NotShown> {
    let Some(first) = orders.recv().await else { return Ok(Answer::Withdrawn) };
    let mut waiting = show(first).await?;
    shown();
    loop {
        tokio::select! {
            answer = &mut waiting => return answer.unwrap_or_else(|error| Err(NotShown::because(&error))),
            next = orders.recv() => {
                let Some(words) = next else { return Ok(Answer::Withdrawn) };
                waiting = show(words).await?;
                shown();
            }
        }
    }
}

/// Puts one on screen. Waiting for an answer blocks, so the handle lives on a thread of its own.
async fn show(words: Words) -> Result<JoinHandle<Result<Answer, NotShown>>, NotShown> {
    let (tell_shown, is_shown) = oneshot::channel();
    let waiting = tokio::task::spawn_blocking(move || {
        let handle = alert(&words).show().map_err(|error| NotShown::because(&error));
        let _ = tell_shown.send(handle.as_ref().map(drop).map_err(Clone::clone));
        let mut answer = Answer::Closed;
        handle?
            .wait_for_response(|response: &NotificationResponse| {
                answer = match response {
                    NotificationResponse::Action(button) if button == TAKE => Answer::Took,
                    NotificationResponse::Action(button) if button == SNOOZE => Answer::Snoozed,
                    NotificationResponse::Default | NotificationResponse::Action(_) => Answer::Clicked,
                    _ => Answer::Closed,
                };
            })
            .map_err(|error| NotShown::because(&error))?;
        Ok(answer)
    });
    match is_shown.await {
        Ok(Ok(())) => Ok(waiting),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(NotShown::because("the alert's thread ended")),
    }
}

fn alert(words: &Words) -> Notification {
    let mut alert = Notification::new();
    alert.summary(&words.title).body(&words.body).action("default", &words.open);
    alert.timeout(if words.level == Level::Critical { Timeout::Never } else { Timeout::Default });
    for (name, button) in [(TAKE, &words.take), (SNOOZE, &words.snooze)] {
        if let Some(button) = button {
            alert.action(name, button);
        }
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
