//! Panel: the tray of a desktop as the desk meets it, played on the desktop's bus: who watches for icons and shows them, reads their
//! menus and clicks. It is the launcher as well, which hears counts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use tokio::task::JoinHandle;
use zbus::connection::Builder;
use zbus::message::Type;
use zbus::{Connection, MatchRule, Message, MessageStream, OwnedVariant, Variant};

use crate::artefacts;
use crate::display::Display;
use crate::failure::{Failure, Result};
use crate::wait::until;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A panel that shows a tray; dropping it takes the tray away.
#[derive(Debug)]
pub struct Panel {
    bus: Connection,
    seen: Seen,
    hearing: JoinHandle<()>,
}

impl Drop for Panel {
    fn drop(&mut self) {
        // Who listens holds the connection, and with it the tray.
        self.hearing.abort();
    }
}

/// What it was told.
#[derive(Debug, Clone, Default)]
struct Seen {
    icons: Arc<Mutex<Vec<String>>>,
    /// Whose count, and what it is.
    count: Arc<Mutex<Option<(String, i64)>>>,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    id: i32,
    /// Its words.
    pub text: String,
    /// Whether it is the one that holds.
    pub on: bool,
}

/// A part of a menu as the bus writes it: its id, what it is like, and what hangs under it.
type Node = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

struct Watcher(Seen);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        self.0.icons.lock().unwrap_or_else(PoisonError::into_inner).push(service);
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.icons.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// Keeps the last count that the launcher is told.
async fn hear(mut updates: MessageStream, seen: Seen) {
    while let Some(Ok(update)) = updates.next().await {
        let body = update.body();
        let told: zbus::Result<(String, HashMap<String, OwnedVariant>)> = body.deserialize();
        if let Ok((app, what)) = told
            && let Some(count) = what.get("count").and_then(|count| i64::try_from(count).ok())
        {
            *seen.count.lock().unwrap_or_else(PoisonError::into_inner) = Some((app, count));
        }
    }
}

impl Panel {
    /// Puts a panel on this desktop.
    ///
    /// # Errors
    /// Its bus refuses.
    pub async fn start(display: &Display) -> Result<Self> {
        let seen = Seen::default();
        let bus = Builder::address(display.bus())
            .serve_at("/StatusNotifierWatcher", Watcher(seen.clone()))
            .name(WATCHER)
            .name("com.canonical.Unity")
            .build()
            .await?;
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface("com.canonical.Unity.LauncherEntry")
            .member("Update")
            .build()?;
        let updates = MessageStream::for_match_rule(rule, &bus, None).await?;
        let hearing = tokio::spawn(hear(updates, seen.clone()));
        Ok(Self { bus, seen, hearing })
    }

    /// Waits until the menu of the icon holds a line with these words, and answers it.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn line(&self, text: &str) -> Result<Line> {
        until(&format!("“{text}” in the tray's menu"), || async {
            let menu = match self.menu().await {
                Ok(menu) => menu,
                Err(failure) => return Ok(Err(failure.to_string())),
            };
            let said = format!("{:?}", menu.iter().map(|line| &line.text).collect::<Vec<_>>());
            Ok(menu.into_iter().find(|line| line.text.contains(text)).ok_or(said))
        })
        .await
    }

    /// Waits until the line with these words is the one that holds.
    ///
    /// # Errors
    /// It is not in time.
    pub async fn holds(&self, text: &str) -> Result<()> {
        until(&format!("“{text}” to hold"), || async {
            let line = self.line(text).await?;
            Ok(if line.on { Ok(()) } else { Err(format!("{line:?}")) })
        })
        .await
    }

    /// Chooses the line with these words.
    ///
    /// # Errors
    /// It is not there in time.
    pub async fn choose(&self, text: &str) -> Result<()> {
        until(&format!("a click on “{text}” in the tray's menu"), || async {
            let line = self.line(text).await?;
            let (icon, path) = self.menu_place().await?;
            let what = (line.id, "clicked", Variant::I32(0), 0_u32);
            // A menu that changed under the pointer has other ids: a person looks again.
            let clicked = self.bus.call_method(Some(icon.as_str()), path.as_str(), Some(MENU), "Event", &what).await;
            Ok(clicked.map(drop).map_err(|error| error.to_string()))
        })
        .await
    }

    /// Clicks the icon.
    ///
    /// # Errors
    /// There is none.
    pub async fn click(&self) -> Result<()> {
        let icon = self.icon()?;
        self.bus.call_method(Some(icon.as_str()), "/StatusNotifierItem", Some(ITEM), "Activate", &(0, 0)).await?;
        Ok(())
    }

    /// Waits until the icon says this to who points at it.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn hint(&self, text: &str) -> Result<()> {
        until(&format!("“{text}” at the icon"), || async {
            let tip = self.property::<(String, Vec<(i32, i32, Vec<u8>)>, String, String)>("ToolTip").await;
            Ok(match tip {
                Ok((.., said)) if said == text => Ok(()),
                Ok((.., said)) => Err(said),
                Err(failure) => Err(failure.to_string()),
            })
        })
        .await
    }

    /// Waits until the launcher was told this count.
    ///
    /// # Errors
    /// It was not in time.
    pub async fn counted(&self, count: i64) -> Result<()> {
        until(&format!("{count} at the launcher"), || async {
            let told = self.seen.count.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let wanted = ("application://gemilang-desk.desktop".to_owned(), count);
            Ok(if told.as_ref() == Some(&wanted) { Ok(()) } else { Err(format!("{told:?}")) })
        })
        .await
    }

    /// The icon as it is drawn now, largest last: width, height, and alpha, red, green and blue of each pixel.
    ///
    /// # Errors
    /// There is none.
    pub async fn drawn(&self) -> Result<Vec<(i32, i32, Vec<u8>)>> {
        self.property("IconPixmap").await
    }

    /// Keeps a picture of the icon, enlarged.
    ///
    /// # Errors
    /// There is none.
    pub async fn picture(&self, display: &Display, name: &str) -> Result<()> {
        let Some((width, height, mut pixels)) = self.drawn().await?.pop() else {
            return Err(Failure::Answer("the icon has no pixels".to_owned()));
        };
        // The bus has alpha before the colours.
        for pixel in pixels.chunks_exact_mut(4) {
            pixel.rotate_left(1);
        }
        let raw = display.home().join("icon.rgba");
        std::fs::write(&raw, pixels)?;
        let to = artefacts::dir()?.join(format!("{name}.png")).display().to_string();
        let from = format!("rgba:{}", raw.display());
        let size = format!("{width}x{height}");
        display
            .ask("convert", &["-size", &size, "-depth", "8", &from, "-scale", "400%", &to])
            .map(drop)
            .map_err(Failure::Answer)
    }

    async fn menu(&self) -> Result<Vec<Line>> {
        let (icon, path) = self.menu_place().await?;
        let all = (0, -1, Vec::<String>::new());
        let asked = self.bus.call_method(Some(icon.as_str()), path.as_str(), Some(MENU), "GetLayout", &all);
        let (_, (_, _, lines)): (u32, Node) = asked.await?.body().deserialize()?;
        let lines = lines.into_iter().map(Node::try_from).collect::<std::result::Result<Vec<_>, _>>()?;
        let word = |of: &HashMap<String, OwnedVariant>, name: &str| {
            of.get(name).and_then(|it| String::try_from(it.try_clone().ok()?).ok())
        };
        let number =
            |of: &HashMap<String, OwnedVariant>, name: &str| of.get(name).and_then(|it| i32::try_from(it).ok());
        let lines = lines.into_iter().filter_map(|(id, of, _)| {
            Some(Line { id, text: word(&of, "label")?, on: number(&of, "toggle-state") == Some(1) })
        });
        Ok(lines.collect())
    }

    async fn menu_place(&self) -> Result<(String, String)> {
        let path: zbus::OwnedObjectPath = self.property("Menu").await?;
        Ok((self.icon()?, path.to_string()))
    }

    fn icon(&self) -> Result<String> {
        let icons = self.seen.icons.lock().unwrap_or_else(PoisonError::into_inner);
        icons.last().cloned().ok_or_else(|| Failure::Answer("no icon in the tray".to_owned()))
    }

    async fn property<T>(&self, name: &str) -> Result<T>
    where
        T: TryFrom<OwnedVariant>,
        T::Error: Into<zbus::Error>,
    {
        let icon = self.icon()?;
        let (properties, what) = (Some("org.freedesktop.DBus.Properties"), (ITEM, name));
        let asked = self.bus.call_method(Some(icon.as_str()), "/StatusNotifierItem", properties, "Get", &what);
        let answer: Message = asked.await?;
        let value: OwnedVariant = answer.body().deserialize()?;
        Ok(T::try_from(value).map_err(Into::into)?)
    }
}
