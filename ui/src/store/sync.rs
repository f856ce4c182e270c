//! Sync: where the line stands, and which parts of the screen have to be read again.

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::commands::CommandCode;
use gemilang_protocol::desk::views::{Line, Storage, SyncStatus};
use uuid::Uuid;

/// Grows whenever a part of the screen has to be read again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Revision {
    /// Lists, counts and the dashboard.
    pub rows: u32,
    /// The ticket on screen.
    pub thread: u32,
    /// The outbox.
    pub outbox: u32,
    /// People.
    pub people: u32,
    /// Saved views.
    pub views: u32,
}

/// A fault of this computer that lasts until something is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No space left: nothing can be written.
    DiskFull,
    /// The local data is damaged; the next start makes it anew.
    ReplicaDamaged,
    /// It was damaged and comes anew.
    Rebuilding,
}

impl Fault {
    /// The fault that the core's own storage tells of.
    const fn in_storage(storage: Option<Storage>) -> Option<Self> {
        match storage {
            Some(Storage::Full) => Some(Self::DiskFull),
            Some(Storage::Damaged) => Some(Self::ReplicaDamaged),
            Some(Storage::Rebuilding) => Some(Self::Rebuilding),
            None => None,
        }
    }

    /// The fault a refusal tells of, if it lasts.
    pub const fn of(code: CommandCode) -> Option<Self> {
        match code {
            CommandCode::DiskFull => Some(Self::DiskFull),
            CommandCode::ReplicaDamaged => Some(Self::ReplicaDamaged),
            _ => None,
        }
    }
}

/// Where sync stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sync {
    /// What the core said last.
    pub status: Option<SyncStatus>,
    /// What has to be read again.
    pub revision: Revision,
    /// A fault that lasts.
    pub fault: Option<Fault>,
}

/// What has to come to pass before words written now leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Waits {
    /// Nothing.
    #[default]
    Nothing,
    /// A line to the service.
    Line,
    /// A new session.
    Session,
    /// A newer app.
    Update,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The core told where it stands.
    Status(SyncStatus),
    /// Something was written here: read the screen again without waiting for the announcement.
    Written,
    /// A saved view was changed here.
    ViewsWritten,
    /// A command was refused for a reason that lasts.
    Faulted(Fault),
    /// A write went through.
    Mended,
}

impl Sync {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Status(status) => {
                let line = self.status.as_ref().map(|status| &status.line);
                // The end of a first sync or of catching up may have brought what no announcement named.
                if line != Some(&status.line) && status.line == Line::Live {
                    self.all();
                }
                self.fault = match (Fault::in_storage(status.storage), self.status.as_ref().and_then(|it| it.storage)) {
                    (Some(fault), _) => Some(fault),
                    (None, Some(_)) => None,
                    (None, None) => self.fault,
                };
                self.status = Some(status);
            }
            Action::Written => {
                self.revision.rows += 1;
                self.revision.thread += 1;
                self.revision.outbox += 1;
            }
            Action::ViewsWritten => self.revision.views += 1,
            Action::Faulted(fault) => self.fault = Some(fault),
            // A small write may go through while what the service sends finds no room: the core knows.
            Action::Mended => {
                self.fault = Fault::in_storage(self.status.as_ref().and_then(|status| status.storage));
            }
        }
    }

    /// Changes were announced while `shown` was on screen.
    pub fn changed(&mut self, changed: &Changed, shown: Option<Uuid>) {
        if changed.all {
            self.all();
            return;
        }
        if !changed.tickets.is_empty() {
            self.revision.rows += 1;
        }
        if changed.records || changed.outbox || shown.is_some_and(|ticket| changed.tickets.contains(&ticket)) {
            self.revision.thread += 1;
        }
        if changed.outbox {
            self.revision.outbox += 1;
            self.revision.rows += 1;
        }
        if changed.views {
            self.revision.views += 1;
        }
        if changed.records {
            self.revision.people += 1;
        }
    }

    /// Whether this replica has never held everything yet: the first sync runs, or was interrupted.
    pub fn is_first(&self) -> bool {
        self.status.as_ref().is_some_and(|status| match status.line {
            Line::FirstSync { .. } => true,
            Line::Live | Line::CatchingUp { .. } | Line::SignedOut => false,
            _ => status.complete_to.is_none(),
        })
    }

    /// Whether words written now leave at once, as far as is known.
    pub fn is_connected(&self) -> bool {
        self.waits() == Waits::Nothing
    }

    /// What words written now wait for.
    pub fn waits(&self) -> Waits {
        match self.status.as_ref().map(|status| &status.line) {
            Some(Line::Live | Line::CatchingUp { .. } | Line::FirstSync { .. }) => Waits::Nothing,
            Some(Line::SessionEnded | Line::SignedOut) => Waits::Session,
            Some(Line::AppTooOld) => Waits::Update,
            Some(Line::Connecting | Line::Offline { .. } | Line::ServiceAway { .. }) | None => Waits::Line,
        }
    }

    /// Whether the session ended and words wait for a new one.
    pub fn is_ended(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.line == Line::SessionEnded)
    }

    const fn all(&mut self) {
        self.revision.views += 1;
        self.revision.rows += 1;
        self.revision.thread += 1;
        self.revision.outbox += 1;
        self.revision.people += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::id;
    use super::*;

    #[test]
    fn only_what_is_on_screen_is_read_again() {
        let mut sync = Sync::default();
        let other = Changed { tickets: vec![id(5)], ..Changed::default() };
        sync.changed(&other, Some(id(1)));
        assert_eq!(sync.revision.rows, 1);
        assert_eq!(sync.revision.thread, 0);
        assert_eq!(sync.revision.outbox, 0);
        sync.changed(&other, Some(id(5)));
        assert_eq!(sync.revision.thread, 1);
    }

    #[test]
    fn an_interrupted_first_sync_is_still_the_first() {
        let status = |line: Line, complete_to| SyncStatus {
            line,
            complete_to,
            unsent: 0,
            newer: 0,
            storage: None,
            next_try: None,
        };
        let since = super::super::samples::time("2026-11-30T07:32:00Z");
        let mut sync = Sync::default();
        assert!(!sync.is_first(), "nothing is known yet");
        for (line, complete_to, first) in [
            (Line::FirstSync { done: 3, of: 9 }, None, true),
            (Line::Offline { since }, None, true),
            (Line::AppTooOld, None, true),
            (Line::Offline { since }, Some(since), false),
            (Line::Live, None, false),
        ] {
            sync.apply(Action::Status(status(line.clone(), complete_to)));
            assert_eq!(sync.is_first(), first, "{line:?}");
        }
    }

    #[test]
    fn what_words_wait_for_is_told_apart() {
        let since = super::super::samples::time("2026-11-30T07:32:00Z");
        let mut sync = Sync::default();
        for (line, waits) in [
            (Line::Live, Waits::Nothing),
            (Line::Offline { since }, Waits::Line),
            (Line::ServiceAway { since }, Waits::Line),
            (Line::SessionEnded, Waits::Session),
            (Line::AppTooOld, Waits::Update),
        ] {
            let status = SyncStatus { line, complete_to: None, unsent: 0, newer: 0, storage: None, next_try: None };
            sync.apply(Action::Status(status));
            assert_eq!(sync.waits(), waits);
        }
    }

    #[test]
    fn a_small_write_does_not_hide_a_full_disk() {
        let status =
            |storage| SyncStatus { line: Line::Live, complete_to: None, unsent: 0, newer: 0, storage, next_try: None };
        let mut sync = Sync::default();
        sync.apply(Action::Faulted(Fault::DiskFull));
        sync.apply(Action::Mended);
        assert_eq!(sync.fault, None, "only the write had failed");
        sync.apply(Action::Status(status(Some(Storage::Full))));
        sync.apply(Action::Mended);
        assert_eq!(sync.fault, Some(Fault::DiskFull), "what comes still finds no room");
        sync.apply(Action::Status(status(None)));
        assert_eq!(sync.fault, None);
    }

    #[test]
    fn going_live_reads_everything_once() {
        let mut sync = Sync::default();
        let live =
            SyncStatus { line: Line::Live, complete_to: None, unsent: 0, newer: 0, storage: None, next_try: None };
        sync.apply(Action::Status(live.clone()));
        sync.apply(Action::Status(live));
        assert_eq!(sync.revision.rows, 1);
        assert!(sync.is_connected() && !sync.is_ended());
    }
}
