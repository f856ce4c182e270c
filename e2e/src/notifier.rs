//! Notifier: a notification daemon that shows nothing and notes when it was asked to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use zbus::connection::Builder;
use zbus::{Connection, OwnedVariant};

use crate::display::Display;
use crate::failure::Result;

/// A daemon on a desktop's bus; dropping it takes it away.
#[derive(Debug)]
pub struct Notifier {
    _bus: Connection,
    asked: Asked,
}

/// When it was asked to show something.
type Asked = Arc<Mutex<Vec<SystemTime>>>;

struct Daemon(Asked);

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
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(SystemTime::now());
        if replaces == 0 { u32::try_from(asked.len()).unwrap_or(u32::MAX) } else { replaces }
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned(), "actions".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let word = |text: &str| text.to_owned();
        (word("stopwatch"), word("Gemilang"), word("1"), word("1.2"))
    }
}

impl Notifier {
    /// Puts one on a desktop that has none.
    ///
    /// # Errors
    /// Its bus refuses.
    pub async fn start(display: &Display) -> Result<Self> {
        let asked = Asked::default();
        let bus = Builder::address(display.bus())
            .serve_at("/org/freedesktop/Notifications", Daemon(Arc::clone(&asked)))
            .name("org.freedesktop.Notifications")
            .build()
            .await?;
        Ok(Self { _bus: bus, asked })
    }

    /// When it was asked to show something, in order.
    pub fn asked(&self) -> Vec<SystemTime> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
