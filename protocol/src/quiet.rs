//! Quiet hours: when a person is left in peace, on their own clock, and whether what is urgent may break in.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::hours::WallClock;
use crate::{Time, Zone};

/// When a person is left in peace, every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Whether they are kept.
    pub on: bool,
    /// They begin.
    pub from: WallClock,
    /// They end, on the next day if that is not later.
    pub to: WallClock,
    /// Whether what is urgent rings all the same.
    pub urgent_passes: bool,
    /// Whether one alert at their end says what came in.
    pub summary: bool,
}

impl Default for QuietHours {
    fn default() -> Self {
        let clock = |hours| WallClock::new(hours, 0).expect("a day has that hour");
        Self { on: false, from: clock(20), to: clock(7), urgent_passes: true, summary: true }
    }
}

impl QuietHours {
    /// The quiet hours that hold this time: their beginning and their end.
    pub fn around(&self, now: Time, zone: Zone) -> Option<(Time, Time)> {
        let today = zone.day(now);
        // Those of yesterday may reach into today.
        [today.pred_opt(), Some(today)]
            .into_iter()
            .flatten()
            .filter_map(|day| self.of(day, zone))
            .find(|(from, to)| *from <= now && now < *to)
    }

    /// The last quiet hours that began before this time.
    pub fn last(&self, now: Time, zone: Zone) -> Option<(Time, Time)> {
        let today = zone.day(now);
        [Some(today), today.pred_opt()]
            .into_iter()
            .flatten()
            .filter_map(|day| self.of(day, zone))
            .find(|(from, _)| *from <= now)
    }

    /// The quiet hours that begin on a day; nothing when there are none.
    fn of(&self, day: NaiveDate, zone: Zone) -> Option<(Time, Time)> {
        if !self.on || self.from == self.to {
            return None;
        }
        let midnight = day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(i64::from(zone.hours()));
        let (from, to) = (self.from.minutes(), self.to.minutes());
        let length = if from < to { to - from } else { to + 24 * 60 - from };
        let from = midnight + TimeDelta::minutes(i64::from(from));
        Some((from, from + TimeDelta::minutes(i64::from(length))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(from: &str, to: &str) -> QuietHours {
        QuietHours { on: true, from: from.parse().unwrap(), to: to.parse().unwrap(), ..QuietHours::default() }
    }

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn a_night_is_one_on_its_persons_own_clock() {
        let night = quiet("20:00", "07:00");
        // 19:59, 20:00, 06:59 and 07:00 in Jakarta.
        let quiet_at = |at: &str, zone| night.around(time(at), zone).is_some();
        let seen: Vec<_> =
            ["2026-11-22T12:59:59Z", "2026-11-22T13:00:00Z", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"]
                .iter()
                .map(|at| quiet_at(at, Zone::Wib))
                .collect();
        assert_eq!(seen, [false, true, true, false]);
        assert!(quiet_at("2026-11-22T12:00:00Z", Zone::Wita) && !quiet_at("2026-11-22T11:59:59Z", Zone::Wita));
        let around = night.around(time("2026-11-22T18:00:00Z"), Zone::Wib);
        assert_eq!(around, Some((time("2026-11-22T13:00:00Z"), time("2026-11-23T00:00:00Z"))));
        assert_eq!(night.last(time("2026-11-23T03:00:00Z"), Zone::Wib), around, "they are over, and were the last");
    }

    #[test]
    fn a_noon_is_within_one_day_and_a_midnight_is_an_end() {
        let noon = quiet("12:00", "13:00");
        assert!(noon.around(time("2026-11-22T05:30:00Z"), Zone::Wib).is_some());
        assert!(noon.around(time("2026-11-22T06:00:00Z"), Zone::Wib).is_none());
        let evening = quiet("22:00", "24:00");
        assert!(evening.around(time("2026-11-22T16:59:59Z"), Zone::Wib).is_some());
        assert!(evening.around(time("2026-11-22T17:00:00Z"), Zone::Wib).is_none());
        let from_midnight = quiet("24:00", "06:00");
        assert!(from_midnight.around(time("2026-11-22T17:00:00Z"), Zone::Wib).is_some());
        assert!(from_midnight.around(time("2026-11-22T16:59:59Z"), Zone::Wib).is_none());
    }

    #[test]
    fn what_begins_when_it_ends_is_never() {
        let never = quiet("08:00", "08:00");
        assert_eq!(never.around(time("2026-11-22T01:00:00Z"), Zone::Wib), None);
        assert_eq!(QuietHours::default().around(time("2026-11-22T18:00:00Z"), Zone::Wib), None, "off at first");
    }
}
