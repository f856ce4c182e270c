//! Linux: alerts over the session bus, by the freedesktop specification: actions, critical urgency, withdrawing.

use std::time::Duration;

use gemilang_protocol::alert::Level;
use notify_rust::{Hint, Notification, NotificationResponse, Timeout, Urgency};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Answer, NotShown, TAKE};
use crate::alerts::words::Words;

/// A daemon that needs longer than this to answer is as good as none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether a notification daemon answers; the bus may start one for this question.
pub(crate) async fn probe_alerts() -> Result<(), NotShown> {
    answered(capabilities()).await.map(drop)
}

/// Shows an alert and waits until it is over; a critical one is taken away by no daemon.
/// `shown` runs as soon as it is on screen.
pub(crate) async fn ring(
    words: Words,
    withdrawn: oneshot::Receiver<()>,
    shown: impl FnOnce() + Send,
) -> Result<Answer, NotShown> {
    let able = answered(capabilities()).await?;
    let body = if able.iter().any(|it| it == "body-markup") { escape(&words.body) } else { words.body };
    let mut alert = Notification::new();
    alert
        .appname("Gemilang Desk")
        .summary(&words.title)
        .body(&body)
        .icon("gemilang-desk")
        .hint(Hint::DesktopEntry("Gemilang Desk".to_owned()))
        .action("default", &words.open);
    match words.level {
        Level::Critical => alert.urgency(Urgency::Critical).timeout(Timeout::Never),
        Level::Normal => alert.urgency(Urgency::Normal).timeout(Timeout::Default),
    };
    if let Some(take) = &words.take {
        alert.action(TAKE, take);
    }
    let handle = answered(alert.show_async()).await?;
    shown();
    let mut answer = Answer::Closed;
    let answer = tokio::select! {
        () = handle.wait_for_action_async(|response| {
            answer = match response {
                NotificationResponse::Action(button) if button == TAKE => Answer::Took,
                NotificationResponse::Default | NotificationResponse::Action(_) => Answer::Clicked,
                _ => Answer::Closed,
            };
        }) => answer,
        _ = withdrawn => Answer::Withdrawn,
    };
    if answer != Answer::Closed {
        // Some daemons leave a clicked alert where it is. One that does not answer any more has nothing on screen either.
        let _ = timeout(PATIENCE, handle.close_async()).await;
    }
    Ok(answer)
}

async fn capabilities() -> Result<Vec<String>, notify_rust::error::Error> {
    tokio::task::spawn_blocking(notify_rust::get_capabilities).await.unwrap_or_else(|_| Ok(Vec::new()))
}

/// Gives the bus its time, and no more.
async fn answered<T>(asked: impl Future<Output = Result<T, notify_rust::error::Error>> + Send) -> Result<T, NotShown> {
    match timeout(PATIENCE, asked).await {
        Ok(answer) => answer.map_err(|error| NotShown(error.to_string())),
        Err(_) => Err(NotShown("the notification daemon does not answer".to_owned())),
    }
}

/// Text of people is text, also for a daemon that reads markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_name_with_markup_stays_a_name() {
        assert_eq!(escape("<b>Rina</b> & Bima"), "&lt;b&gt;Rina&lt;/b&gt; &amp; Bima");
    }
}
