//! Duty: whom what is urgent rings for. Everybody is told of everybody's, so that each desk can tell whether it is its turn.

use serde::{Deserialize, Serialize};

use crate::Time;

/// Whether a person is there for what is urgent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Duty {
    /// They are.
    On,
    /// They will be again, without having to say so.
    Away {
        /// From then on.
        #[serde(serialize_with = "crate::time::write")]
        until: Time,
    },
    /// They are not.
    #[default]
    Off,
}

impl Duty {
    /// The longest somebody is away before it counts as off, in hours.
    pub const AWAY_HOURS: i64 = 24;

    /// Whether they are there at this time.
    pub fn is_on(self, now: Time) -> bool {
        match self {
            Self::On => true,
            Self::Away { until } => until <= now,
            Self::Off => false,
        }
    }

    /// When a pause ends that has not ended yet.
    pub fn paused_until(self, now: Time) -> Option<Time> {
        match self {
            Self::Away { until } if until > now => Some(until),
            _ => None,
        }
    }

    /// Whether it is plainly off, as every customer's is.
    pub fn is_off(&self) -> bool {
        *self == Self::Off
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_pause_ends_by_itself() {
        let now = Time::default();
        let until = now + TimeDelta::hours(1);
        let away = Duty::Away { until };
        assert!(!away.is_on(now) && away.is_on(until));
        assert_eq!((away.paused_until(now), away.paused_until(until)), (Some(until), None));
        assert!(Duty::On.is_on(now) && !Duty::Off.is_on(until));
    }
}
