//! Settings: what is remembered between runs, in `settings.json` of the data folder. No secret is among it; see [`crate::keychain`].

use std::collections::HashMap;
use std::sync::Arc;

use gemilang_locales::Language;
use gemilang_protocol::alert::AlertChoices;
use gemilang_protocol::desk::commands::SetSettings;
use gemilang_protocol::desk::views;
use gemilang_protocol::session::SessionUser;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreBuilder};
use uuid::Uuid;

use crate::{places, start};

/// Seconds for which a reply is held back before its author chose otherwise.
const UNDO_SECONDS: u32 = 5;

/// Whose session the keychain holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    /// Normalised.
    pub(crate) server: String,
    /// Who.
    pub(crate) user: SessionUser,
}

/// Where the window was, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Geometry {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) maximised: bool,
}

/// The remembered things.
#[derive(Clone)]
pub(crate) struct Settings {
    store: Arc<Store<Wry>>,
}

impl Settings {
    /// Opens the file; one that cannot be read is put aside by starting anew, for nothing in it is worth not starting.
    ///
    /// # Errors
    /// The system has no place for it.
    pub(crate) fn open(app: &AppHandle) -> Result<Self, Box<dyn std::error::Error>> {
        let path = places::data_dir(app)?.join("settings.json");
        let store = match StoreBuilder::new(app, &path).build() {
            Ok(store) => store,
            Err(error) => {
                tracing::warn!(%error, "settings could not be read; starting with none");
                StoreBuilder::new(app, &path).create_new().build()?
            }
        };
        Ok(Self { store })
    }

    /// What the page may know.
    pub(crate) fn view(&self, app: &AppHandle, who: Option<Uuid>) -> views::Settings {
        views::Settings {
            server: self.get("server").or_else(places::named_server).unwrap_or_default(),
            email: self.get("email").unwrap_or_default(),
            language: self.language().tag().to_owned(),
            theme: self.theme(),
            start_at_login: start::is_at_login(app),
            keep_running: self.keeps_running(),
            undo_seconds: who.map_or(UNDO_SECONDS, |who| self.undo_seconds(who)),
            contrast: self.get("contrast").unwrap_or_default(),
            reduce_motion: self.get("reduce_motion").unwrap_or_default(),
            text_size: self.text_size(),
        }
    }

    /// `light`, `dark` or `system`.
    pub(crate) fn theme(&self) -> String {
        self.get("theme").unwrap_or_else(|| "system".to_owned())
    }

    /// How large everything is, in percent.
    pub(crate) fn text_size(&self) -> u16 {
        self.get("text_size").filter(|size| views::TEXT_SIZES.contains(size)).unwrap_or(100)
    }

    /// The language of alerts, and of the page.
    pub(crate) fn language(&self) -> Language {
        self.get::<String>("language").and_then(|tag| Language::from_tag(&tag)).unwrap_or_default()
    }

    /// Keeps what was chosen; an unknown word or size changes nothing.
    pub(crate) fn choose(&self, chosen: &SetSettings) {
        if let Some(language) = chosen.language.as_deref().and_then(Language::from_tag) {
            self.put("language", language.tag());
        }
        if let Some(theme @ ("light" | "dark" | "system")) = chosen.theme.as_deref() {
            self.put("theme", theme);
        }
        if let Some(contrast) = chosen.contrast {
            self.put("contrast", contrast);
        }
        if let Some(reduce) = chosen.reduce_motion {
            self.put("reduce_motion", reduce);
        }
        if let Some(size) = chosen.text_size.filter(|size| views::TEXT_SIZES.contains(size)) {
            self.put("text_size", size);
        }
        if let Some(keep) = chosen.keep_running {
            self.put("keep_running", keep);
        }
    }

    /// Keeps what the sign-in form shows next time.
    pub(crate) fn signed_in_at(&self, server: &str, email: &str) {
        self.put("server", server);
        self.put("email", email);
    }

    /// Whose session the keychain holds.
    pub(crate) fn remembered(&self) -> Option<Remembered> {
        self.get("session")
    }

    /// Notes whose session the keychain holds, or that it holds none.
    pub(crate) fn remember(&self, session: Option<&Remembered>) {
        self.put("session", session);
    }

    /// What a person chose about alerts and the service was not told yet.
    pub(crate) fn unsent_choices(&self, who: Uuid) -> Option<AlertChoices> {
        self.get::<(Uuid, AlertChoices)>("alert_choices").filter(|(whose, _)| *whose == who).map(|(_, choices)| choices)
    }

    /// Keeps that, or notes that it was told.
    pub(crate) fn keep_choices(&self, who: Uuid, choices: Option<&AlertChoices>) {
        self.put("alert_choices", choices.map(|choices| (who, choices)));
    }

    /// Whether the ways by which alerts come were tried once.
    pub(crate) fn tried_alerts(&self) -> bool {
        self.get("alerts_tried").unwrap_or_default()
    }

    /// Notes that they were.
    pub(crate) fn have_tried_alerts(&self) {
        self.put("alerts_tried", true);
    }

    /// Whether the app goes on when its window is closed.
    pub(crate) fn keeps_running(&self) -> bool {
        self.get("keep_running").unwrap_or(true)
    }

    /// For how many seconds this person's replies are held back, so that they can take them back.
    pub(crate) fn undo_seconds(&self, who: Uuid) -> u32 {
        self.get::<HashMap<Uuid, u32>>("undo_seconds").and_then(|all| all.get(&who).copied()).unwrap_or(UNDO_SECONDS)
    }

    /// Keeps that; a figure that cannot be chosen changes nothing.
    pub(crate) fn choose_undo_seconds(&self, who: Uuid, seconds: u32) {
        if views::UNDO_SECONDS.contains(&seconds) {
            let mut all: HashMap<Uuid, u32> = self.get("undo_seconds").unwrap_or_default();
            all.insert(who, seconds);
            self.put("undo_seconds", all);
        }
    }

    /// Whether this is the first time that something is said which is said once.
    pub(crate) fn first_time(&self, key: &str) -> bool {
        let mut said: Vec<String> = self.get("said").unwrap_or_default();
        let first = !said.iter().any(|it| it == key);
        if first {
            said.push(key.to_owned());
            self.put("said", said);
        }
        first
    }

    /// Where the window was.
    pub(crate) fn geometry(&self) -> Option<Geometry> {
        self.get("window")
    }

    /// Keeps where the window is.
    pub(crate) fn keep_geometry(&self, geometry: Geometry) {
        self.put("window", geometry);
    }

    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.store.get(key).and_then(|value| serde_json::from_value(value).ok())
    }

    fn put(&self, key: &str, value: impl Serialize) {
        self.store.set(key, json!(value));
        // A full disk must not stop anybody from working; the setting lasts until the end of this run then.
        if let Err(error) = self.store.save() {
            tracing::warn!(%error, key, "setting not kept");
        }
    }
}
