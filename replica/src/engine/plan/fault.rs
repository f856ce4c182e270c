//! What fails, since when, and when it is tried again.

use std::time::Duration;

use gemilang_protocol::Time;

use super::super::Now;
use super::super::backoff::AWAY;
use super::super::event::{Action, Fault};
use super::{Lane, Plan, Progress, Socket};

/// A service that wants a newer app may be rolled back, or the app be updated under way: it is asked again so often.
pub(super) const TOO_OLD: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) since: Time,
    pub(super) away: bool,
    /// When a try failed last: the next one is told from there, so that what is told stays the same until then.
    pub(super) failed: Now,
}

/// Why the service is not asked any more as it is asked after a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Until somebody signs in.
    SessionEnded,
    /// Until it has become another service, or this another app.
    AppTooOld { again: Duration },
}

impl Over {
    /// Whether it is worth another try by now.
    pub(super) fn is_tried_again(self, now: Now) -> bool {
        matches!(self, Self::AppTooOld { again } if now.steady >= again)
    }
}

impl Plan {
    /// Notes why it fails and since when, and answers how long to wait.
    pub(super) fn fail(&mut self, fault: Fault, now: Now, actions: &mut Vec<Action>) -> Duration {
        let wait = match fault {
            // It answers: whatever was waited for is over.
            Fault::Lost => {
                self.backoff.reset();
                self.lost.wait()
            }
            Fault::Away => self.backoff.wait_at_most(AWAY),
            _ => self.backoff.wait(),
        };
        let trouble = match fault {
            Fault::Ended | Fault::TooOld => {
                self.over = Some(match fault {
                    Fault::Ended => Over::SessionEnded,
                    _ => Over::AppTooOld { again: now.steady + TOO_OLD },
                });
                self.hang_up(now, fault, actions);
                None
            }
            Fault::Silent => Some(false),
            Fault::Away => Some(true),
            Fault::Busy(least) => return wait.max(least),
            Fault::Lost => {
                actions.push(Action::ForgetCursor);
                self.placed = false;
                self.bootstrap = Lane { wanted: true, under_way: false, not_before: now.steady + wait };
                self.first_sync_done = false;
                self.complete_to = None;
                self.tickets = Progress::default();
                self.hang_up(now, fault, actions);
                return wait;
            }
            Fault::Storage => return wait,
        };
        if let Some(away) = trouble {
            // A desk that was too old does not even hear that it still is.
            self.over = self.over.filter(|over| *over == Over::SessionEnded);
            // Since nothing was heard, which on a machine that slept is longer than it has tried.
            let since = self.trouble.map_or(self.heard.unwrap_or(now.wall), |trouble| trouble.since);
            self.trouble = Some(Trouble { since, away, failed: now });
        }
        wait
    }

    /// The line is down: what was under way is dropped, to be done again.
    pub(super) fn hang_up(&mut self, now: Now, fault: Fault, actions: &mut Vec<Action>) {
        let least = match fault {
            Fault::Busy(least) => least,
            _ => Duration::ZERO,
        };
        self.socket = Socket::Down { retry_at: now.steady + self.backoff.last().max(least) };
        self.pull.drop_it();
        self.push.drop_it();
        self.bootstrap.drop_it();
        self.catching_up = None;
        self.caught_up = false;
        self.pulled_for = None;
        if !actions.contains(&Action::Disconnect) {
            actions.push(Action::Disconnect);
        }
    }
}
