//! Linux: alerts over the session bus, by the freedesktop specification: actions, critical urgency, replacing, withdrawing. A daemon
//! that ends takes its alerts along without a word, so that is listened for as well.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use gemilang_protocol::alert::Level;
use tokio::sync::{OnceCell, mpsc};
use tokio::time::timeout;
use zbus::message::Type;
use zbus::{Connection, MatchRule, Message, MessageStream, OwnedVariant, Variant};

use super::{Able, Answer, NotShown, SNOOZE, TAKE};
use crate::alerts::words::Words;

/// A daemon that needs longer than this to answer is as good as none.
const PATIENCE: Duration = Duration::from_secs(5);
const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Where GNOME keeps what its person wants of all alerts, and of this app's, by the name of its desktop file.
const GNOME: &str = "org.gnome.desktop.notifications";
const GNOME_APP: &str = "/org/gnome/desktop/notifications/application/gemilang-desk/";

/// One connection for everything: the bus orders what it says on one, so that no answer overtakes its alert.
static BUS: OnceCell<Connection> = OnceCell::const_new();

/// Whether the computer shows alerts now; the bus may start a daemon for this question.
pub(crate) async fn probe_alerts() -> Able {
    let server = async {
        let bus = bus().await?;
        let (name, ..) = ask::<(String, String, String, String)>(bus, "GetServerInformation", &()).await?;
        Ok::<_, NotShown>((bus, name))
    };
    match server.await {
        Ok((bus, name)) => mood(bus, &name).await,
        Err(error) => Able::Not(error),
    }
}

/// Says each time a daemon came, went, or changed its mind about showing anything.
pub(crate) async fn watch_alerts(changed: impl Fn()) {
    let streams = async {
        let bus = bus().await?;
        let gone = listen(bus, owner()?).await?;
        let of_mood = rule().interface("org.freedesktop.DBus.Properties").path(PATH).build()?;
        Ok::<_, NotShown>((gone, listen(bus, of_mood).await?))
    };
    match streams.await {
        Ok((gone, of_mood)) => {
            let mut both = futures_util::stream::select(gone, of_mood);
            while both.next().await.is_some() {
                changed();
            }
        }
        Err(error) => tracing::warn!(%error, "nobody will hear of a notification daemon"),
    }
}

/// Shows the first of `orders`, and each further one in its place, until it is over; without any more it is taken back.
/// A critical one is taken away by no daemon. `shown` runs whenever one is on screen.
pub(crate) async fn ring(
    orders: &mut mpsc::UnboundedReceiver<Words>,
    shown: impl Fn() + Send,
) -> Result<Answer, NotShown> {
    // Whatever comes of it: what was to be shown is taken from the orders.
    let Some(first) = orders.recv().await else { return Ok(Answer::Withdrawn) };
    let bus = bus().await?;
    // Listened for before there is anything to hear.
    let mut heard = listen(bus, rule().interface(NAME).path(PATH).build()?).await?;
    let mut gone = listen(bus, owner()?).await?;
    let able: Vec<String> = ask(bus, "GetCapabilities", &()).await?;
    let mut id = notify(bus, 0, &first, &able).await?;
    shown();
    let answer = loop {
        tokio::select! {
            biased;
            said = heard.next() => if let Some(answer) = said.as_ref().and_then(|said| answer(said, id)) {
                break answer;
            },
            Some(news) = gone.next() => if is_gone(&news) {
                return Err(NotShown { gone: true, ..NotShown::because("the notification daemon ended") });
            },
            next = orders.recv() => {
                let Some(words) = next else { break Answer::Withdrawn };
                id = notify(bus, id, &words, &able).await?;
                shown();
            }
        }
    };
    if answer != Answer::Closed {
        // Some daemons leave a clicked alert where it is. One that does not answer any more has nothing on screen either.
        let _ = ask::<()>(bus, "CloseNotification", &id).await;
    }
    Ok(answer)
}

async fn notify(bus: &Connection, id: u32, words: &Words, able: &[String]) -> Result<u32, NotShown> {
    let body = if able.iter().any(|it| it == "body-markup") { escape(&words.body) } else { words.body.clone() };
    let mut actions = vec!["default", words.open.as_str()];
    for (name, button) in [(TAKE, &words.take), (SNOOZE, &words.snooze)] {
        actions.extend(button.iter().flat_map(|button| [name, button.as_str()]));
    }
    let critical = words.level == Level::Critical;
    let hints: HashMap<&str, Variant<'_>> = HashMap::from([
        ("urgency", Variant::U8(if critical { 2 } else { 1 })),
        ("desktop-entry", Variant::from("gemilang-desk")),
    ]);
    // Never, or as the daemon likes.
    let limit = if critical { 0_i32 } else { -1 };
    ask(bus, "Notify", &("Gemilang Desk", id, "gemilang-desk", &words.title, body, actions, hints, limit)).await
}

/// What became of the alert with this id, if that is what was said.
fn answer(said: &Message, id: u32) -> Option<Answer> {
    let header = said.header();
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (of, action): (u32, String) = said.body().deserialize().ok()?;
            (of == id).then_some(match action.as_str() {
                TAKE => Answer::Took,
                SNOOZE => Answer::Snoozed,
                _ => Answer::Clicked,
            })
        }
        "NotificationClosed" => {
            let (of, _reason): (u32, u32) = said.body().deserialize().ok()?;
            (of == id).then_some(Answer::Closed)
        }
        _ => None,
    }
}

/// Whether a name has no owner any more.
fn is_gone(news: &Message) -> bool {
    news.body().deserialize::<(String, String, String)>().is_ok_and(|(_, _, owner)| owner.is_empty())
}

/// What its person asked of the daemon, each system in its own way.
async fn mood(bus: &Connection, server: &str) -> Able {
    let of = |interface: &'static str, name: &'static str| async move {
        let of = (interface, name);
        let asked = bus.call_method(Some(NAME), PATH, Some("org.freedesktop.DBus.Properties"), "Get", &of);
        let answer = timeout(PATIENCE, asked).await.ok()?.ok()?;
        answer.body().deserialize::<OwnedVariant>().ok().and_then(|value| bool::try_from(value).ok())
    };
    let hushes = match server {
        "dunst" => of("org.dunstproject.cmd0", "paused").await == Some(true),
        "gnome-shell" => {
            if is_off(&format!("{GNOME}.application:{GNOME_APP}"), "enable").await {
                return Able::Denies;
            }
            is_off(GNOME, "show-banners").await
        }
        _ => of(NAME, "Inhibited").await == Some(true),
    };
    if hushes { Able::Hushes } else { Able::Shows }
}

/// Whether a switch of GNOME's is there and off.
async fn is_off(schema: &str, key: &'static str) -> bool {
    let schema = schema.to_owned();
    let asked = tokio::task::spawn_blocking(move || {
        std::process::Command::new("gsettings").args(["get", schema.as_str(), key]).output()
    });
    matches!(timeout(PATIENCE, asked).await, Ok(Ok(Ok(said))) if said.stdout.starts_with(b"false"))
}

async fn bus() -> Result<&'static Connection, NotShown> {
    match timeout(PATIENCE, BUS.get_or_try_init(Connection::session)).await {
        Ok(bus) => Ok(bus?),
        Err(_) => Err(NotShown::because("the session bus does not answer")),
    }
}

fn rule() -> zbus::match_rule::Builder<'static> {
    MatchRule::builder().msg_type(Type::Signal)
}

/// That the daemon's name got another owner, or none.
fn owner() -> Result<MatchRule<'static>, NotShown> {
    let rule = rule().sender("org.freedesktop.DBus").interface("org.freedesktop.DBus");
    Ok(rule.member("NameOwnerChanged").arg(0, NAME).build()?)
}

async fn listen(
    bus: &Connection,
    rule: MatchRule<'static>,
) -> Result<impl Stream<Item = Message> + Unpin + use<>, NotShown> {
    let stream = MessageStream::for_match_rule(rule, bus, None).await?;
    Ok(stream.filter_map(|message| std::future::ready(message.ok())))
}

/// Asks the daemon, and gives it its time, and no more.
async fn ask<T: for<'de> serde::Deserialize<'de> + zbus::zvariant::Type>(
    bus: &Connection,
    what: &'static str,
    with: &(impl serde::Serialize + zbus::zvariant::DynamicType + Sync),
) -> Result<T, NotShown> {
    match timeout(PATIENCE, bus.call_method(Some(NAME), PATH, Some(NAME), what, with)).await {
        Ok(answer) => Ok(answer?.body().deserialize()?),
        Err(_) => Err(NotShown::because("the notification daemon does not answer")),
    }
}

impl From<zbus::Error> for NotShown {
    fn from(error: zbus::Error) -> Self {
        Self::because(&error)
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
