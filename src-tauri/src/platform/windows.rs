//! Windows: toasts by WinRT. Each pop-up of ours is one tag of the toast history, under which it is changed in its place and taken back,
//! from the screen and from the notification centre. Checked by the compiler only: `cargo xtask lint --platforms`.

use std::sync::atomic::{AtomicU64, Ordering};

use gemilang_protocol::alert::Level;
use tauri::AppHandle;
use tokio::sync::mpsc;
use windows::Data::Xml::Dom::XmlDocument;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{
    NotificationSetting, ToastActivatedEventArgs, ToastDismissalReason, ToastDismissedEventArgs, ToastFailedEventArgs,
    ToastNotification, ToastNotificationManager, ToastNotificationMode, ToastNotifier,
};
use windows::core::{Error, HRESULT, HSTRING, IInspectable, Interface};

use super::{Able, Answer, NotShown, SNOOZE, TAKE};
use crate::alerts::words::Words;

/// The id under which Windows knows the app; the identifier of `tauri.conf.json`, which installers write as well.
pub(super) const APP_ID: &str = "id.gemilang.desk";
/// The one group of all toasts.
const GROUP: &str = "alerts";

/// What was heard of a toast: which one it was, and what became of it.
type Heard = (u64, Result<Answer, NotShown>);

/// Whether the computer shows alerts now.
pub(crate) async fn probe_alerts() -> Able {
    match notifier() {
        Err(error) => Able::Not(error),
        // Before its first toast an app has no setting, and Windows answers with an error.
        Ok(notifier) if notifier.Setting().is_ok_and(|setting| setting != NotificationSetting::Enabled) => {
            Able::Not(NotShown::denied("switched off in the settings of Windows"))
        }
        Ok(_) if is_hushed() => Able::Hushes,
        Ok(_) => Able::Shows,
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
    let (tell, mut heard) = mpsc::unbounded_channel();
    let tag = HSTRING::from(next().to_string());
    let mut toast = Toast::show(&tag, &first, &tell)?;
    shown();
    loop {
        tokio::select! {
            biased;
            // One that was replaced says that it is gone, too.
            Some((of, answer)) = heard.recv() => if of == toast.number {
                if answer.is_ok() {
                    toast.take_back();
                }
                return answer;
            },
            next = orders.recv() => {
                let Some(words) = next else {
                    toast.take_back();
                    return Ok(Answer::Withdrawn);
                };
                toast = Toast::show(&tag, &words, &tell)?;
                shown();
            }
        }
    }
}

/// Makes the app known to the system: Windows shows alerts, with name and icon, only for an id that it knows, and only an installer's
/// short cut or this entry tells it.
pub(crate) fn register(_app: &AppHandle) {
    let entry = windows_registry::CURRENT_USER
        .create(format!("Software\\Classes\\AppUserModelId\\{APP_ID}"))
        .and_then(|key| key.set_string("DisplayName", "Gemilang Desk"));
    if let Err(error) = entry {
        tracing::warn!(%error, "Windows does not know the app: it may show no alerts");
    }
}

/// One toast, on screen or in the centre.
struct Toast {
    number: u64,
    tag: HSTRING,
    notifier: ToastNotifier,
    toast: ToastNotification,
}

impl Toast {
    /// Puts it there, in the place of what has the same tag.
    fn show(tag: &HSTRING, words: &Words, tell: &mpsc::UnboundedSender<Heard>) -> Result<Self, NotShown> {
        let buttons: Vec<(&str, &str)> = [(TAKE, words.take.as_deref()), (SNOOZE, words.snooze.as_deref())]
            .into_iter()
            .filter_map(|(name, button)| Some((name, button?)))
            .chain([("open", words.open.as_str())])
            .collect();
        let text = document(&words.title, &words.body, words.level == Level::Critical, &buttons)?;
        let toast = ToastNotification::CreateToastNotification(&text)?;
        toast.SetTag(tag)?;
        toast.SetGroup(&HSTRING::from(GROUP))?;
        let number = next();
        // Whoever heard enough is gone, and nothing is to be done then.
        let say = move |tell: &mpsc::UnboundedSender<Heard>, what| drop(tell.send((number, what)));
        let to = tell.clone();
        toast.Activated(&TypedEventHandler::<ToastNotification, IInspectable>::new(move |_, what| {
            let pressed = what.as_ref().and_then(|what| what.cast::<ToastActivatedEventArgs>().ok()?.Arguments().ok());
            let answer = match pressed.map(|button| button.to_string()).as_deref() {
                Some(TAKE) => Answer::Took,
                Some(SNOOZE) => Answer::Snoozed,
                _ => Answer::Clicked,
            };
            say(&to, Ok(answer));
            Ok(())
        }))?;
        let to = tell.clone();
        toast.Dismissed(&TypedEventHandler::<ToastNotification, ToastDismissedEventArgs>::new(move |_, what| {
            let why = what.as_ref().and_then(|what| what.Reason().ok());
            // What went by itself waits in the centre, and can be clicked and taken back there.
            if why == Some(ToastDismissalReason::UserCanceled) {
                say(&to, Ok(Answer::Closed));
            }
            Ok(())
        }))?;
        let to = tell.clone();
        toast.Failed(&TypedEventHandler::<ToastNotification, ToastFailedEventArgs>::new(move |_, what| {
            let why = what.as_ref().and_then(|what| what.ErrorCode().ok());
            let why = why.map_or_else(|| "Windows did not say why".to_owned(), HRESULT::message);
            say(&to, Err(NotShown::because(&why)));
            Ok(())
        }))?;
        let notifier = notifier()?;
        if notifier.Setting().is_ok_and(|setting| setting != NotificationSetting::Enabled) {
            return Err(NotShown::denied("switched off in the settings of Windows"));
        }
        notifier.Show(&toast)?;
        Ok(Self { number, tag: tag.clone(), notifier, toast })
    }

    /// Takes it from the screen and from the centre.
    fn take_back(&self) {
        let from_screen = self.notifier.Hide(&self.toast);
        let from_centre = ToastNotificationManager::History().and_then(|history| {
            history.RemoveGroupedTagWithId(&self.tag, &HSTRING::from(GROUP), &HSTRING::from(APP_ID))
        });
        for error in [from_screen, from_centre].into_iter().filter_map(Result::err) {
            // One that is gone already cannot be taken back.
            tracing::debug!(%error, "a toast was not taken back");
        }
    }
}

/// What a toast looks like. Its sound is ours, so that of Windows is silent; a critical one stays until it is answered.
fn document(title: &str, body: &str, critical: bool, buttons: &[(&str, &str)]) -> Result<XmlDocument, NotShown> {
    let scenario = if critical { " scenario=\"reminder\"" } else { "" };
    let actions: String = buttons
        .iter()
        .map(|(name, text)| format!("<action content=\"{}\" arguments=\"{name}\"/>", escape(text)))
        .collect();
    let text = format!(
        "<toast launch=\"open\"{scenario}><visual><binding template=\"ToastGeneric\"><text>{}</text><text>{}</text></binding>\
         </visual><audio silent=\"true\"/><actions>{actions}</actions></toast>",
        escape(title),
        escape(body)
    );
    let document = XmlDocument::new()?;
    document.LoadXml(&HSTRING::from(text))?;
    Ok(document)
}

/// Text of people is text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn notifier() -> Result<ToastNotifier, NotShown> {
    Ok(ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(APP_ID))?)
}

/// Whether its person asked for peace. Windows 11 tells; what is older does not.
fn is_hushed() -> bool {
    ToastNotificationManager::GetDefault()
        .and_then(|all| all.NotificationMode())
        .is_ok_and(|mode| mode != ToastNotificationMode::Unrestricted)
}

/// Each toast has a number of its own for as long as the app runs.
fn next() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl From<Error> for NotShown {
    fn from(error: Error) -> Self {
        Self::because(&error)
    }
}
