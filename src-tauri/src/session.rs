//! Session: who is signed in, with the replica and the engine that belong to them. The token is in the keychain, or in memory only.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gemilang_protocol::desk::asked::{self, Calendar};
use gemilang_protocol::desk::changes::{SNACK, Snack};
use gemilang_protocol::desk::views::{Hit, Line, SignedIn, SyncStatus};
use gemilang_protocol::{Company, Duty};
use gemilang_replica::engine::Clock;
use gemilang_replica::link::{normalise_server, sign_in_on};
use gemilang_replica::{Engine, Link, Replica, Rescued};
use tauri::AppHandle;
use tauri::async_runtime::JoinHandle;
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use crate::alerts::Asked;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::own::{self, Own};
use crate::settings::{Remembered, Settings};
use crate::{about, alerts, clock, events, keychain, places};

/// Nobody waits longer than this for a sign-out or an end.
const FAREWELL: Duration = Duration::from_secs(3);

/// One person's session at one service.
pub(crate) struct Session {
    /// Who, and where.
    pub(crate) who: Remembered,
    /// Their memory.
    pub(crate) replica: Replica,
    /// What they chose: duty, and what they want of alerts.
    pub(crate) own: Arc<Own>,
    /// What is asked of their alerts.
    pub(crate) asked: mpsc::UnboundedSender<Asked>,
    /// Where sync stands.
    pub(crate) status: watch::Receiver<SyncStatus>,
    /// Who else is at which ticket.
    pub(crate) company: watch::Receiver<Company>,
    /// What keeps the replica in step with the service; taken out to be stopped.
    engine: Mutex<Option<Engine>>,
    link: Link,
    /// Whether the token outlives this run.
    keychain: bool,
    listeners: Vec<JoinHandle<()>>,
}

impl Session {
    /// As the page shows it.
    pub(crate) fn view(&self) -> SignedIn {
        SignedIn { user: self.who.user.clone(), server: self.who.server.clone(), keychain: self.keychain }
    }

    /// Opens the replica, if `replica` is not open already, and starts the engine and everybody who listens.
    async fn start(
        app: &AppHandle,
        settings: &Settings,
        who: Remembered,
        token: &str,
        keychain: bool,
        replica: Option<Replica>,
    ) -> Result<Arc<Self>, Fault> {
        let link = Link::new(&who.server, token)?;
        let mut rescued = None;
        let replica = match replica {
            Some(replica) => replica,
            None => {
                let file = Replica::file_for(&replicas(app)?, &who.server, who.user.id);
                let (replica, found) = Replica::open_or_rebuild(&file, who.user.clone(), clock::now()).await?;
                rescued = found;
                replica
            }
        };
        // Whoever listens does so before the first row can arrive.
        let changes = events::tell_changes(app.clone(), replica.changes());
        let own = Arc::new(Own::new(who.user.id, settings.clone()));
        let (asked, asks) = mpsc::unbounded_channel();
        let arrivals = alerts::listen(app.clone(), replica.clone(), Arc::clone(&own), (asked.clone(), asks));
        // The engine only wants desks to differ in their waits, which the random half of an id does.
        let (_, seed) = Uuid::now_v7().as_u64_pair();
        let engine = Engine::start(replica.clone(), link.clone(), Clock::system(), seed);
        let (status, company) = (engine.status(), engine.company());
        if let Some(Rescued { aside, ops, drafts }) = rescued {
            tracing::warn!(aside = %aside.display(), ops, drafts, "a damaged replica was set aside and made anew");
            tauri::async_runtime::spawn(say_loaded_anew(app.clone(), status.clone()));
        }
        let telling = events::tell_status(app.clone(), status.clone());
        let beside = events::tell_company(app.clone(), company.clone());
        let listeners = vec![
            tauri::async_runtime::spawn(changes),
            tauri::async_runtime::spawn(arrivals),
            tauri::async_runtime::spawn(telling),
            tauri::async_runtime::spawn(beside),
            tauri::async_runtime::spawn(own::tell(Arc::clone(&own), link.clone(), status.clone())),
        ];
        let engine = Mutex::new(Some(engine));
        Ok(Arc::new(Self { who, replica, own, asked, status, company, engine, link, keychain, listeners }))
    }

    /// Tries to reach the service now.
    pub(crate) fn sync_now(&self) {
        if let Some(engine) = &*self.engine() {
            engine.nudge();
        }
    }

    /// Lets colleagues know that something is being written, and of a reply the customer.
    pub(crate) fn typing(&self, ticket: Uuid, note: bool) {
        if let Some(engine) = &*self.engine() {
            engine.typing(ticket, note);
        }
    }

    /// Lets colleagues know what its person has before them.
    pub(crate) fn looking(&self, ticket: Option<Uuid>) {
        if let Some(engine) = &*self.engine() {
            engine.looking(ticket);
        }
    }

    /// Who it is.
    pub(crate) fn user(&self) -> Uuid {
        self.who.user.id
    }

    /// Fetches a conversation that is not here, and keeps it.
    ///
    /// # Errors
    /// No answer, or the disk is full.
    pub(crate) async fn fetch_thread(&self, ticket: Uuid) -> Result<(), Fault> {
        Ok(self.replica.keep_thread(self.link.thread(ticket).await?).await?)
    }

    /// Searches at the service for conversations that are not on this desk.
    ///
    /// # Errors
    /// No answer, or the file cannot be read.
    pub(crate) async fn search(&self, q: &str, calendar: Calendar) -> Result<Vec<Hit>, Fault> {
        let asked = asked::Asked::read(q, calendar.today);
        let found = self.link.search(&asked, self.replica.me().id).await?;
        Ok(self.replica.not_here(found, &asked, calendar).await?)
    }

    /// The line to the service, for what is not in the replica.
    pub(crate) fn link(&self) -> Link {
        self.link.clone()
    }

    fn engine(&self) -> MutexGuard<'_, Option<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops what runs. The replica stays open, for whoever signs in again.
    async fn stop(&self) {
        let engine = self.engine().take();
        if let Some(engine) = engine {
            engine.stop().await;
        }
        for listener in &self.listeners {
            listener.abort();
        }
    }

    /// Stops what runs and closes the file well.
    async fn end(&self) {
        self.stop().await;
        if let Err(error) = self.replica.close().await {
            tracing::error!(%error, "the replica was not closed well; the next start checks it");
        }
    }
}

/// The name of a token in the keychain.
fn account(who: &Remembered) -> String {
    format!("{} {}", who.user.email, who.server)
}

/// Signs in. Somebody who signs in again keeps their replica, and with it every unsent word.
///
/// # Errors
/// The service does not answer or refuses, or the replica cannot be opened.
pub(crate) async fn sign_in(desk: &Desk, server: &str, email: &str, password: &str) -> Result<SignedIn, Fault> {
    let _door = desk.door.lock().await;
    let server = normalise_server(server)?;
    let session = sign_in_on(&server, email, password, Some(about::device())).await?;
    let who = Remembered { server, user: session.user };
    desk.settings.signed_in_at(&who.server, &who.user.email);
    let kept = keychain::keep(account(&who), session.token.clone()).await;
    if let Err(error) = &kept {
        tracing::warn!(%error, "no keychain: the session lasts until the app closes");
    }
    desk.settings.remember(kept.is_ok().then_some(&who));
    // Nobody else's data stays open while this person's is opened.
    let before = desk.session();
    let same = before.as_ref().filter(|before| before.who.server == who.server && before.who.user.id == who.user.id);
    let replica = match (&before, same) {
        (_, Some(same)) => {
            same.stop().await;
            desk.on_screen.withdraw_all();
            Some(same.replica.clone())
        }
        (Some(other), None) => {
            desk.replace(None);
            other.end().await;
            None
        }
        (None, None) => None,
    };
    let session = Session::start(&desk.app, &desk.settings, who, &session.token, kept.is_ok(), replica).await?;
    // Whoever signs in is there.
    session.own.choose_duty(Duty::On);
    desk.replace(Some(session));
    desk.signed_in().ok_or_else(|| Fault::Own("signed out while signing in".to_owned()))
}

/// Says once everything is here again; before that its page is still busy with the sign-in.
async fn say_loaded_anew(app: AppHandle, mut status: watch::Receiver<SyncStatus>) {
    if status.wait_for(|status| status.line == Line::Live).await.is_ok() {
        events::emit(&app, SNACK, Snack { key: "desk-data-set-aside".to_owned(), args: Vec::new() });
    }
}

/// Where replicas are kept.
fn replicas(app: &AppHandle) -> Result<PathBuf, Fault> {
    Ok(places::data_dir(app).map_err(|error| Fault::Own(error.to_string()))?.join("replicas"))
}

/// Signs out: here at once, at the service if it answers. The replica and its outbox stay.
pub(crate) async fn sign_out(desk: &Desk) {
    let _door = desk.door.lock().await;
    let Some(session) = desk.replace(None) else { return };
    desk.settings.remember(None);
    session.end().await;
    if let Err(error) = keychain::forget(account(&session.who)).await {
        tracing::warn!(%error, "the token may still be in the keychain; it is worth nothing once the service hears of this");
    }
    match tokio::time::timeout(FAREWELL, session.link.sign_out()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the session was not ended at the service"),
        Err(_) => tracing::warn!("the service did not answer to the sign-out in time"),
    }
}

/// At the start: takes up the remembered session from local data alone, whether or not there is a network.
pub(crate) async fn restore(desk: &Desk) {
    let door = desk.door.lock().await;
    if let Some(who) = desk.settings.remembered()
        && let Err(fault) = take_up(desk, who).await
    {
        tracing::error!(%fault, "the remembered session could not be taken up");
    }
    drop(door);
    desk.is_restored();
}

async fn take_up(desk: &Desk, who: Remembered) -> Result<(), Fault> {
    match keychain::token(account(&who)).await {
        Ok(Some(token)) => {
            let session = Session::start(&desk.app, &desk.settings, who, &token, true, None).await?;
            desk.replace(Some(session));
        }
        Ok(None) => tracing::info!("the keychain holds no token any more"),
        Err(error) => tracing::warn!(%error, "the keychain cannot be asked"),
    }
    Ok(())
}

/// At the end: stops everything and closes the replica well.
pub(crate) async fn quit(desk: &Desk) {
    desk.on_screen.withdraw_all();
    if let Some(session) = desk.session()
        && tokio::time::timeout(FAREWELL, session.end()).await.is_err()
    {
        // The next start checks the file and sends again what was on the wire; nothing is lost by not waiting.
        tracing::warn!("the engine did not end in time");
    }
}
