//! Presence: who has which ticket before them, over all processes. Each says what happens at its own lines as it happens, and
//! now and then says all of it again: what is not said again was said by a process that is gone.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use gemilang_protocol::{Frame, PersonRef, Present, SenderType};
use uuid::Uuid;

use super::{Hub, News, tell};
use crate::App;

/// How often a process says who is present at its lines.
const AGAIN: Duration = Duration::from_secs(8);
/// After so long without a word of it somebody is present at another process no more.
const FORGOTTEN: Duration = Duration::from_secs(25);
/// How often it is passed on that somebody is writing.
const TYPING: Duration = Duration::from_secs(2);
/// People in one notification: Postgres takes 8 000 bytes.
const TOGETHER: usize = 90;

/// Who is present, as this process knows it; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Presence(Arc<Mutex<Table>>);

#[derive(Debug, Default)]
struct Table {
    /// At lines of this process, with how many.
    own: HashMap<Present, usize>,
    /// At lines of others, with when each process said so last.
    others: HashMap<(Present, Uuid), Instant>,
    /// Who was said to be writing a moment ago.
    typed: HashMap<Uuid, Instant>,
}

impl Table {
    fn holds(&self, who: Present) -> bool {
        self.own.contains_key(&who) || self.others.keys().any(|(it, _)| *it == who)
    }

    /// Whether it was not just said.
    fn lets_type(&mut self, person: Uuid) -> bool {
        self.typed.retain(|_, at| at.elapsed() < TYPING);
        if self.typed.contains_key(&person) {
            return false;
        }
        self.typed.insert(person, Instant::now());
        true
    }

    fn all(&self) -> BTreeSet<Present> {
        self.own.keys().copied().chain(self.others.keys().map(|(who, _)| *who)).collect()
    }
}

/// Somebody is present for as long as this lives.
#[derive(Debug)]
pub struct Here {
    app: App,
    who: Present,
}

impl Presence {
    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut table = self.app.presence.lock();
        let Some(count) = table.own.get_mut(&self.who) else { return };
        *count -= 1;
        if *count > 0 {
            return;
        }
        table.own.remove(&self.who);
        if !table.holds(self.who) {
            self.app.hub.present(Vec::new(), vec![self.who]);
        }
        drop(table);
        say(&self.app, '-', &[self.who]);
    }
}

/// What somebody writes, which says who is told of it: all desks, and of a reply the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pen {
    /// A reply of the staff.
    Reply,
    /// A note among the staff.
    Note,
    /// A customer's message.
    Customer,
}

impl Pen {
    const ALL: [Self; 3] = [Self::Reply, Self::Note, Self::Customer];

    /// Whose side it is written on.
    pub const fn side(self) -> SenderType {
        match self {
            Self::Reply | Self::Note => SenderType::Admin,
            Self::Customer => SenderType::Customer,
        }
    }

    /// As one process says it to another.
    const fn word(self) -> &'static str {
        match self {
            Self::Reply => "typing",
            Self::Note => "noting",
            Self::Customer => "asking",
        }
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pen| pen.word() == word)
    }
}

impl Hub {
    /// Somebody has a ticket before them, until what is answered is dropped.
    pub fn enter(&self, app: &App, who: Present) -> Here {
        let mut table = app.presence.lock();
        let is_news = !table.holds(who);
        let count = table.own.entry(who).or_default();
        *count += 1;
        let is_first = *count == 1;
        if is_news {
            // Told while the table is held, so that coming and going are told in their order.
            self.present(vec![who], Vec::new());
        }
        drop(table);
        if is_first {
            say(app, '+', &[who]);
        }
        Here { app: app.clone(), who }
    }

    /// Who is present now, as the first frame of a line.
    pub fn company(&self, app: &App) -> Frame {
        Frame::Presence { anew: true, came: app.presence.lock().all().into_iter().collect(), left: Vec::new() }
    }

    fn present(&self, came: Vec<Present>, left: Vec<Present>) {
        let text: Utf8Bytes = tell::text(&Frame::Presence { anew: false, came, left });
        // Nobody is listening is no error.
        let _ = self.0.news.send(News::Presence { text });
    }

    /// Somebody is writing. A hint, lost without harm: whoever says it all the time is heard once in a while.
    pub fn typing(&self, app: &App, ticket: Uuid, person: &PersonRef, pen: Pen) {
        if !app.presence.lock().lets_type(person.id) {
            return;
        }
        let _ = self.0.news.send(News::Typing { ticket, person: person.clone(), pen });
        send(app, format!("{}:{}:{ticket}:{}:{}", pen.word(), self.0.id, person.id, person.name));
    }
}

/// Says it to the other processes, a few at once.
fn say(app: &App, sign: char, who: &[Present]) {
    for some in who.chunks(TOGETHER) {
        let who: Vec<_> = some.iter().map(written).collect();
        send(app, format!("presence:{}:{sign}{}", app.hub.0.id, who.join(",")));
    }
}

fn send(app: &App, said: String) {
    // A line that is dropped with the process has nobody to tell.
    if tokio::runtime::Handle::try_current().is_err() {
        return;
    }
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        if let Err(error) = super::tasks::notify(&app, &said).await {
            tracing::debug!(%error, "other processes do not hear who is present");
        }
    });
}

fn written(who: &Present) -> String {
    let side = if who.side == SenderType::Customer { 'c' } else { 'a' };
    format!("{side}{}{}", who.ticket.simple(), who.person.simple())
}

fn read(text: &str) -> Option<Present> {
    let side = match text.get(..1)? {
        "c" => SenderType::Customer,
        _ => SenderType::Admin,
    };
    Some(Present { ticket: text.get(1..33)?.parse().ok()?, person: text.get(33..65)?.parse().ok()?, side })
}

/// Whether something said between processes is of presence.
pub(super) fn is_ours(said: &str) -> bool {
    said.starts_with("presence:")
}

/// What another process said of presence.
pub(super) fn heard(app: &App, said: &str) {
    let mut parts = said.splitn(3, ':').skip(1);
    let (Some(process), Some(what)) = (parts.next().and_then(|id| id.parse().ok()), parts.next()) else { return };
    if process == app.hub.0.id {
        return;
    }
    let Some((sign, who)) = what.split_at_checked(1) else { return };
    let (mut came, mut left) = (Vec::new(), Vec::new());
    let mut table = app.presence.lock();
    for who in who.split(',').filter_map(read) {
        if sign == "+" {
            if !table.holds(who) {
                came.push(who);
            }
            table.others.insert((who, process), Instant::now());
        } else if table.others.remove(&(who, process)).is_some() && !table.holds(who) {
            left.push(who);
        }
    }
    if !came.is_empty() || !left.is_empty() {
        app.hub.present(came, left);
    }
}

/// Says now and then who is present here, and forgets those of whom nothing is said any more.
pub(super) async fn keep(app: App) {
    let mut ticks = tokio::time::interval(AGAIN);
    loop {
        ticks.tick().await;
        let own: Vec<Present> = {
            let mut table = app.presence.lock();
            let before = table.all();
            table.others.retain(|_, at| at.elapsed() < FORGOTTEN);
            let after = table.all();
            let left: Vec<_> = before.difference(&after).copied().collect();
            if !left.is_empty() {
                app.hub.present(Vec::new(), left);
            }
            table.own.keys().copied().collect()
        };
        say(&app, '+', &own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_written_is_read() {
        for side in [SenderType::Customer, SenderType::Admin] {
            let who = Present { ticket: Uuid::now_v7(), person: Uuid::now_v7(), side };
            let said = written(&who);
            assert_eq!(read(&said), Some(who));
            assert!(TOGETHER * (said.len() + 1) + 60 < 8_000, "what Postgres takes in one notification");
        }
        assert_eq!(read("c0193"), None);
    }
}
