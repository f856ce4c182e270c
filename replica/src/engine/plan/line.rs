//! What the plan says of itself: the status line, and how much is here. It claims nothing that is not so.

use chrono::TimeDelta;
use gemilang_protocol::Time;
use gemilang_protocol::desk::views::Line;

use super::fault::{Over, Trouble};
use super::{Lane, Plan, Progress, Socket};

impl Plan {
    /// Everything the service committed before this time is here.
    pub(crate) fn complete_to(&self) -> Option<Time> {
        self.complete_to.filter(|_| self.first_sync_done)
    }

    /// When the service is tried next, by the wall clock; nothing while a try is under way or nothing is wrong.
    pub(crate) fn next_try(&self) -> Option<Time> {
        let Trouble { failed, .. } = self.trouble.filter(|_| self.over.is_none())?;
        let waits = |lane: Lane| (lane.wanted && !lane.under_way).then_some(lane.not_before);
        let at = match self.socket {
            Socket::Connecting => None,
            Socket::Down { .. } if !self.placed => waits(self.bootstrap),
            Socket::Down { retry_at } => Some(retry_at),
            Socket::Open { .. } => [self.pull, self.push].into_iter().filter_map(waits).min(),
        }?;
        let wait = TimeDelta::from_std(at.saturating_sub(failed.steady)).ok()?;
        Some(failed.wall + wait)
    }

    /// Whether what comes now is news, not the past.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// Whether the file has not yet once held everything.
    pub(crate) fn is_first_sync(&self) -> bool {
        !self.first_sync_done
    }

    /// What the status line says. Live is only said when nothing is known to be missing.
    pub(crate) fn line(&self) -> Line {
        match (self.over, self.trouble) {
            (Some(Over::SessionEnded), _) => return Line::SessionEnded,
            (Some(Over::AppTooOld { .. }), _) => return Line::AppTooOld,
            (None, Some(Trouble { since, away: true, .. })) => return Line::ServiceAway { since },
            (None, Some(Trouble { since, away: false, .. })) => return Line::Offline { since },
            (None, None) => {}
        }
        let is_open = matches!(self.socket, Socket::Open { .. });
        match self.catching_up {
            _ if !self.first_sync_done && (is_open || self.tickets.of > 0) => {
                Line::FirstSync { done: self.tickets.done, of: self.tickets.of.max(self.tickets.done) }
            }
            Some(Progress { done, of }) => Line::CatchingUp { done, of },
            None if self.caught_up && is_open => Line::Live,
            None => Line::Connecting,
        }
    }
}
