//! Notifier: a notification daemon that shows nothing and notes when it was asked to.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use zbus::connection::Builder;
use zbus::{Connection, OwnedVariant};

use crate::display::Display;
use crate::failure::Result;

/// A daemon on a desktop's bus; dropping it takes it away.
#[derive(Debug)]
pub struct Notifier {
    bus: Connection,
    asked: Asked,
    hushed: Arc<AtomicBool>,
}

/// When it was asked to show something.
type Asked = Arc<Mutex<Vec<SystemTime>>>;

/// Where daemons are.
const PATH: &str = "/org/freedesktop/Notifications";

struct Daemon {
    name: &'static str,
    asked: Asked,
    hushed: Arc<AtomicBool>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    #[expect(clippy::too_many_arguments, reason = "the shape of the specification")]
    fn notify(
        &self,
        _app: String,
        replaces: u32,
        _icon: String,
        _title: String,
        _body: String,
        _buttons: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _limit: i32,
    ) -> u32 {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(SystemTime::now());
        if replaces == 0 { u32::try_from(asked.len()).unwrap_or(u32::MAX) } else { replaces }
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned(), "actions".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let word = |text: &str| text.to_owned();
        (word(self.name), word("Gemilang"), word("1"), word("1.2"))
    }

    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.hushed.load(Ordering::Relaxed)
    }
}

impl Notifier {
    /// Puts one on a desktop that has none.
    ///
    /// # Errors
    /// Its bus refuses.
    pub async fn start(display: &Display) -> Result<Self> {
        Self::start_as(display, "stopwatch").await
    }

    /// The same under another's name.
    ///
    /// # Errors
    /// Its bus refuses.
    pub async fn start_as(display: &Display, name: &'static str) -> Result<Self> {
        let (asked, hushed) = (Asked::default(), Arc::default());
        let daemon = Daemon { name, asked: Arc::clone(&asked), hushed: Arc::clone(&hushed) };
        let bus = Builder::address(display.bus())
            .serve_at(PATH, daemon)
            .name("org.freedesktop.Notifications")
            .build()
            .await?;
        Ok(Self { bus, asked, hushed })
    }

    /// Is quiet from now on, or not any more, and says so as the specification wants it.
    ///
    /// # Errors
    /// Its bus refuses.
    pub async fn hush(&self, quiet: bool) -> Result<()> {
        self.hushed.store(quiet, Ordering::Relaxed);
        let daemon = self.bus.object_server().interface::<_, Daemon>(PATH).await?;
        daemon.get().await.inhibited_changed(daemon.signal_emitter()).await?;
        Ok(())
    }

    /// When it was asked to show something, in order.
    pub fn asked(&self) -> Vec<SystemTime> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
