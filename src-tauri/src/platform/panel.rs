//! The panel of a Linux desktop, spoken to over the session bus: the icon in the tray (StatusNotifierItem, with its menu), the count
//! on the icon in a launcher, and a word in passing. A bus instead of a library: none that may be missing, and a click on the icon is heard.

use std::collections::HashMap;
use std::time::Duration;

use ksni::menu::{RadioGroup, RadioItem, StandardItem};
use ksni::{Category, Handle, Icon, MenuItem, ToolTip, Tray, TrayMethods};
use tauri::AppHandle;
use tokio::sync::OnceCell;
use tokio::time::timeout;
use zbus::{Connection, OwnedVariant, Variant};

use super::Missing;
use crate::tray::icon::Face;
use crate::tray::{self, Choice, Entry, Shown};

/// Panels take the size that fits them; most are between these.
const SIZES: [u32; 3] = [22, 32, 48];
/// The name of the app's `.desktop` file, by which launchers know it.
const ENTRY: &str = "application://gemilang-desk.desktop";
/// Whoever needs longer than this to answer is as good as not there.
const PATIENCE: Duration = Duration::from_secs(3);
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// One connection for as long as the app runs: a launcher takes a count away with the connection it came by.
static BUS: OnceCell<Connection> = OnceCell::const_new();

async fn bus() -> zbus::Result<&'static Connection> {
    BUS.get_or_try_init(Connection::session).await
}

/// The icon in the tray.
pub(crate) struct Bar(Handle<Item>);

impl Bar {
    /// Puts it there; it comes back by itself whenever a tray does.
    ///
    /// # Errors
    /// There is no session bus.
    pub(crate) async fn start(app: &AppHandle, shown: Shown) -> Result<Self, Missing> {
        let item = Item { app: app.clone(), icons: icons(shown.face), shown };
        match timeout(PATIENCE, item.assume_sni_available(true).spawn()).await {
            Ok(Ok(handle)) => Ok(Self(handle)),
            Ok(Err(error)) => Err(Missing::Tray(error.to_string())),
            Err(_) => Err(Missing::Tray("the session bus does not answer".to_owned())),
        }
    }

    /// Shows something else.
    pub(crate) async fn show(&self, shown: Shown) {
        let icons = icons(shown.face);
        self.0.update(|item| (item.shown, item.icons) = (shown, icons)).await;
    }
}

/// What the bus is told of it.
struct Item {
    app: AppHandle,
    shown: Shown,
    icons: Vec<Icon>,
}

impl Tray for Item {
    fn id(&self) -> String {
        "gemilang-desk".to_owned()
    }

    fn title(&self) -> String {
        "Gemilang Desk".to_owned()
    }

    fn category(&self) -> Category {
        Category::Communications
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        self.icons.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.title(), description: self.shown.hint.clone(), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        tray::chosen(&self.app, Choice::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.shown.menu.iter().map(entry).collect()
    }
}

fn entry(entry: &Entry) -> MenuItem<Item> {
    match entry {
        Entry::Rule => MenuItem::Separator,
        Entry::Act(choice, text) => {
            let choice = *choice;
            let activate = Box::new(move |item: &mut Item| tray::chosen(&item.app, choice));
            StandardItem { label: label(text), activate, ..StandardItem::default() }.into()
        }
        Entry::OneOf(all, holds) => {
            let choices: Vec<_> = all.iter().map(|(choice, _)| *choice).collect();
            let options =
                all.iter().map(|(_, text)| RadioItem { label: label(text), ..RadioItem::default() }).collect();
            let select = Box::new(move |item: &mut Item, at: usize| {
                if let Some(choice) = choices.get(at) {
                    tray::chosen(&item.app, *choice);
                }
            });
            RadioGroup { selected: *holds, select, options }.into()
        }
    }
}

/// An underline would mark a key.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

fn icons(face: Face) -> Vec<Icon> {
    SIZES.map(|size| icon(face, size)).into()
}

fn icon(face: Face, size: u32) -> Icon {
    let mut data = face.draw(size);
    // The bus wants alpha before the colours.
    for pixel in data.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    Icon { width: size.cast_signed(), height: size.cast_signed(), data }
}

/// Makes the app known to the system; here its `.desktop` file does, which the package brings.
pub(crate) fn register(_app: &AppHandle) {}

/// Whether this desktop has a tray.
pub(crate) async fn probe_tray() -> Result<(), Missing> {
    let asked = async {
        let bus = bus().await?;
        let property = ("org.kde.StatusNotifierWatcher", "IsStatusNotifierHostRegistered");
        let properties = Some("org.freedesktop.DBus.Properties");
        let answer = bus.call_method(Some(WATCHER), "/StatusNotifierWatcher", properties, "Get", &property).await?;
        bool::try_from(answer.body().deserialize::<OwnedVariant>()?)
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(Missing::Tray("no panel shows the tray".to_owned())),
        Ok(Err(error)) => Err(Missing::Tray(error.to_string())),
        Err(_) => Err(Missing::Tray("the tray does not answer".to_owned())),
    }
}

/// Whether a launcher here shows counts: those that do own Unity's name, whose invention it was.
pub(crate) async fn probe_badge() -> Result<(), Missing> {
    let asked = async {
        let bus = bus().await?;
        let (to, path) = (Some("org.freedesktop.DBus"), "/org/freedesktop/DBus");
        let answer = bus.call_method(to, path, to, "NameHasOwner", &"com.canonical.Unity").await?;
        answer.body().deserialize::<bool>()
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(Missing::Badge("no launcher shows counts".to_owned())),
        Ok(Err(error)) => Err(Missing::Badge(error.to_string())),
        Err(_) => Err(Missing::Badge("the session bus does not answer".to_owned())),
    }
}

/// Puts the count on the app's icon in launchers that show one; to others it says nothing.
pub(crate) async fn set_badge(_app: &AppHandle, face: Face) {
    let told = async {
        let bus = bus().await?;
        let count = i64::try_from(face.count).unwrap_or(i64::MAX);
        let what: HashMap<&str, Variant<'_>> = HashMap::from([
            ("count", Variant::I64(count)),
            ("count-visible", Variant::Bool(count > 0)),
            ("urgent", Variant::Bool(face.urgent)),
        ]);
        let interface = "com.canonical.Unity.LauncherEntry";
        bus.emit_signal(None::<&str>, "/id/gemilang/desk", interface, "Update", &(ENTRY, what)).await
    };
    match timeout(PATIENCE, told).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "no count on the launcher"),
        Err(_) => tracing::debug!("the session bus does not take the count"),
    }
}
