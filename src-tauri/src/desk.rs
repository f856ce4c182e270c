//! The desk's state: who is signed in, what its person looks at, what the computer can do. One per app, shared by all commands.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gemilang_protocol::Time;
use gemilang_protocol::desk::changes::{ALERTS, CHANGED, Changed, SYNC_STATUS};
use gemilang_protocol::desk::views::{Alerts, Boot, Line, SignedIn, SyncStatus};
use gemilang_replica::Replica;
use tauri::AppHandle;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::alerts::deliver::OnScreen;
use crate::events;
use crate::fault::Fault;
use crate::session::Session;
use crate::settings::Settings;

/// Everything commands share.
pub(crate) struct Desk {
    pub(crate) app: AppHandle,
    pub(crate) settings: Settings,
    /// Alerts on screen.
    pub(crate) on_screen: OnScreen,
    /// One sign-in, sign-out or end at a time.
    pub(crate) door: tokio::sync::Mutex<()>,
    session: Mutex<Option<Arc<Session>>>,
    looking_at: Mutex<Option<Uuid>>,
    /// When its person last pressed a key or moved the pointer.
    input_at: Mutex<Option<Time>>,
    /// What rings, as the page was told last.
    told: Mutex<Alerts>,
    /// The ticket an alert or a start asked for before the page was there.
    opened: Mutex<Option<Uuid>>,
    /// Whether the page is there and hears.
    booted: watch::Sender<bool>,
    /// Whether somebody is signed in.
    somebody: watch::Sender<bool>,
    /// Something changed that the tray may show.
    stale: Notify,
    /// Started by the system, so that nobody waits for the window.
    hidden: AtomicBool,
    /// Whether a closed window was minimised in this run.
    minimised: AtomicBool,
    /// Whether the remembered session was tried.
    restored: watch::Sender<bool>,
}

impl Desk {
    pub(crate) fn new(app: AppHandle, settings: Settings, hidden: bool) -> Self {
        Self {
            app,
            settings,
            on_screen: OnScreen::default(),
            door: tokio::sync::Mutex::default(),
            session: Mutex::default(),
            looking_at: Mutex::default(),
            input_at: Mutex::default(),
            told: Mutex::default(),
            opened: Mutex::default(),
            booted: watch::Sender::new(false),
            somebody: watch::Sender::new(false),
            stale: Notify::new(),
            hidden: AtomicBool::new(hidden),
            minimised: AtomicBool::new(false),
            restored: watch::Sender::new(false),
        }
    }

    /// What the page's first frame needs, once the remembered session was tried.
    pub(crate) async fn boot(&self) -> Boot {
        // The sender lives as long as the desk, so there is always an end to wait for.
        let _ = self.restored.subscribe().wait_for(|restored| *restored).await;
        self.booted.send_replace(true);
        Boot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: self.settings.view(&self.app, self.session().map(|session| session.user())),
            signed_in: self.signed_in(),
            open: lock(&self.opened).take(),
            first: None,
        }
    }

    /// The remembered session was tried, whatever came of it.
    pub(crate) fn is_restored(&self) {
        self.restored.send_replace(true);
    }

    /// Who is signed in, as the page shows it.
    pub(crate) fn signed_in(&self) -> Option<SignedIn> {
        self.session().map(|session| session.view())
    }

    /// The session, if somebody is signed in.
    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        lock(&self.session).clone()
    }

    /// The memory of whoever is signed in.
    ///
    /// # Errors
    /// Nobody is.
    pub(crate) fn replica(&self) -> Result<Replica, Fault> {
        self.session().map(|session| session.replica.clone()).ok_or(Fault::SignedOut)
    }

    /// Puts a session in place and answers the one before. The page reads everything again.
    pub(crate) fn replace(&self, session: Option<Arc<Session>>) -> Option<Arc<Session>> {
        let over = session.is_none();
        let before = std::mem::replace(&mut *lock(&self.session), session);
        *lock(&self.looking_at) = None;
        // A session that begins may have told of alerts already: what it said stands.
        if over {
            self.on_screen.withdraw_all();
            events::emit(&self.app, ALERTS, self.keep_alerts(Alerts::default()));
            events::emit(&self.app, SYNC_STATUS, Self::nobody());
        }
        let all = Changed { records: true, views: true, outbox: true, all: true, ..Changed::default() };
        events::emit(&self.app, CHANGED, all);
        self.somebody.send_replace(!over);
        before
    }

    /// The status line while nobody is signed in.
    pub(crate) fn nobody() -> SyncStatus {
        SyncStatus { line: Line::SignedOut, complete_to: None, unsent: 0, newer: 0, storage: None, next_try: None }
    }

    /// The ticket on screen, and when its person last pressed a key or moved the pointer.
    pub(crate) fn attention(&self) -> (Option<Uuid>, Option<Time>) {
        (*lock(&self.looking_at), *lock(&self.input_at))
    }

    /// Its person pressed a key or moved the pointer.
    pub(crate) fn stirred(&self, now: Time) {
        *lock(&self.input_at) = Some(now);
    }

    /// What rings, as the page was told last.
    pub(crate) fn alerts(&self) -> Alerts {
        lock(&self.told).clone()
    }

    /// Keeps what the page is told, and numbers it: what comes late to the page is known by that.
    pub(crate) fn keep_alerts(&self, alerts: Alerts) -> Alerts {
        let mut told = lock(&self.told);
        *told = Alerts { number: told.number + 1, ..alerts };
        told.clone()
    }

    /// Notes the ticket on screen.
    pub(crate) fn look(&self, ticket: Option<Uuid>) {
        *lock(&self.looking_at) = ticket;
    }

    /// Keeps a ticket for a page that is not there yet; one that is hears the event.
    pub(crate) fn open_at_boot(&self, ticket: Uuid) {
        if !self.is_booted() {
            *lock(&self.opened) = Some(ticket);
        }
    }

    /// Whether the page is there and hears.
    pub(crate) fn is_booted(&self) -> bool {
        *self.booted.borrow()
    }

    /// Waits until the page is there and hears.
    pub(crate) async fn booted(&self) {
        // The sender lives as long as the desk, so there is always an end to wait for.
        let _ = self.booted.subscribe().wait_for(|booted| *booted).await;
    }

    /// Waits until somebody is signed in.
    pub(crate) async fn somebody_came(&self) {
        let _ = self.somebody.subscribe().wait_for(|somebody| *somebody).await;
    }

    /// Something changed that the tray may show.
    pub(crate) fn look_again(&self) {
        self.stale.notify_one();
    }

    /// Waits until something has changed that the tray may show.
    pub(crate) async fn stale(&self) {
        self.stale.notified().await;
    }

    /// Whether the window waits to be called, because the system started the app.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden.load(Ordering::Relaxed)
    }

    /// Whether a closed window is minimised for the first time in this run.
    pub(crate) fn first_minimised(&self) -> bool {
        !self.minimised.swap(true, Ordering::Relaxed)
    }

    /// The window was called.
    pub(crate) fn called(&self) {
        self.hidden.store(false, Ordering::Relaxed);
    }
}

/// A panic elsewhere leaves these small values whole.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
