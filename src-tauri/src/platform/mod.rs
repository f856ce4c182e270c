//! Platform: what differs between Linux, Windows and macOS, behind one shape. The only room where unsafe code could ever stand; it has none.

#[cfg(all(unix, not(target_os = "macos")))]
mod panel;
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use panel::{Bar, probe_badge, probe_tray, register, set_badge};

#[cfg(any(windows, target_os = "macos"))]
mod taskbar;
#[cfg(any(windows, target_os = "macos"))]
pub(crate) use taskbar::{Bar, probe_badge, probe_tray, set_badge};

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) use linux::{probe_alerts, ring, watch_alerts};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use self::windows::{probe_alerts, register, ring};

#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "macos")]
pub(crate) use macos::{probe_alerts, register, ring};

use std::time::Duration;

use gemilang_protocol::desk::views::PopUps;
#[cfg(all(unix, not(target_os = "macos")))]
use notify_rust::Hint;
use notify_rust::Notification;
#[cfg(any(windows, target_os = "macos"))]
use tokio::time::interval;
use tokio::time::timeout;

/// The name of the button that takes a ticket.
const TAKE: &str = "take";
/// The name of the button that puts an alert off.
const SNOOZE: &str = "snooze";
/// Windows and macOS tell nobody when their person allows alerts or not, so they are asked this often.
#[cfg(any(windows, target_os = "macos"))]
const ASK_EVERY: Duration = Duration::from_secs(30);
/// What needs longer than this to show a word in passing is as good as none.
const PATIENCE: Duration = Duration::from_secs(3);

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its person clicked it.
    Clicked,
    /// Its person took the ticket by its button.
    Took,
    /// Its person put it off by its button.
    Snoozed,
    /// Its person or the system closed it.
    Closed,
    /// It was taken back.
    Withdrawn,
}

/// Whether the computer shows alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Able {
    /// It does.
    Shows,
    /// Its person asked the system for no pop-ups.
    #[cfg_attr(target_os = "macos", expect(dead_code, reason = "it tells no app of its focus"))]
    Hushes,
    /// It takes alerts of this app and shows none, because its person does not allow it.
    #[cfg_attr(any(windows, target_os = "macos"), expect(dead_code, reason = "both refuse what is not allowed"))]
    Denies,
    /// It cannot.
    Not(NotShown),
}

/// The computer could not show an alert. Its own words are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the alert was not shown: {why}")]
pub(crate) struct NotShown {
    pub(crate) why: String,
    /// It was on screen, and whoever showed it is there no more.
    pub(crate) gone: bool,
    /// The system does not let this app.
    denied: bool,
}

impl NotShown {
    fn because(why: &(impl ToString + ?Sized)) -> Self {
        Self { why: why.to_string(), gone: false, denied: false }
    }

    /// The system does not let this app show any.
    #[cfg(any(windows, target_os = "macos"))]
    fn denied(why: &(impl ToString + ?Sized)) -> Self {
        Self { denied: true, ..Self::because(why) }
    }

    /// What its person is told of it.
    pub(crate) fn pop_ups(&self) -> PopUps {
        if self.denied { PopUps::Denied } else { PopUps::Missing }
    }
}

/// A way to one's person that this computer does not have. Its own words are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Missing {
    /// Nothing to play a sound on.
    #[error("no sound: {0}")]
    Sound(String),
    /// Nothing that shows a count on the app's icon.
    #[cfg_attr(any(windows, target_os = "macos"), expect(dead_code, reason = "both always have a place for it"))]
    #[error("no count on the icon: {0}")]
    Badge(String),
    /// Nothing that shows an icon beside the clock.
    #[error("no tray: {0}")]
    Tray(String),
}

impl Missing {
    /// The sentence that says it, a key of `locales/`.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Sound(_) => "missing-sound",
            Self::Badge(_) => "missing-badge",
            Self::Tray(_) => "missing-tray",
        }
    }
}

/// Says now and then that it may have changed whether alerts are shown. Never ends.
#[cfg(any(windows, target_os = "macos"))]
pub(crate) async fn watch_alerts(changed: impl Fn()) {
    let mut ticks = interval(ASK_EVERY);
    loop {
        ticks.tick().await;
        changed();
    }
}

/// Says something in passing that needs no answer.
pub(crate) async fn tell(title: &str, body: &str) -> Result<(), NotShown> {
    let mut word = Notification::new();
    word.appname("Gemilang Desk").summary(title).body(body);
    #[cfg(windows)]
    let shown = async { word.app_id(windows::APP_ID).show() };
    #[cfg(target_os = "macos")]
    let shown = word.show_async();
    #[cfg(all(unix, not(target_os = "macos")))]
    let shown = word.icon("gemilang-desk").hint(Hint::DesktopEntry("gemilang-desk".to_owned())).show_async();
    match timeout(PATIENCE, shown).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(NotShown::because(&error)),
        Err(_) => Err(NotShown::because("the notification daemon does not answer")),
    }
}

/// Looks what this computer has, and writes what it lacks into the log, for whoever asks why nothing was seen or heard.
pub(crate) async fn survey() {
    let all = tokio::join!(probe_tray(), probe_badge(), crate::sound::probe());
    for missing in [all.0, all.1, all.2].into_iter().filter_map(Result::err) {
        tracing::info!(%missing, says = missing.key(), "this computer lacks something");
    }
}
