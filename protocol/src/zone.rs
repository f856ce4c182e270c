//! The three Indonesian zones as fixed offsets: none has summer time, so no zone database is needed, in wasm least of all.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use crate::Time;
use crate::ticket::words;

words! {
    /// A zone of Indonesia.
    Zone {
        /// West, UTC+7.
        Wib = "WIB",
        /// Central, UTC+8.
        Wita = "WITA",
        /// East, UTC+9.
        Wit = "WIT",
    }
}

impl Zone {
    /// Hours ahead of UTC.
    pub const fn hours(self) -> i32 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    /// The same instant on this zone's clock.
    pub fn at(self, time: Time) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(self.hours() * 3600)
            .unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is an offset"));
        time.with_timezone(&offset)
    }

    /// The calendar day of an instant in this zone.
    pub fn day(self, time: Time) -> NaiveDate {
        self.at(time).date_naive()
    }

    /// The last midnight in this zone, as an instant.
    pub fn midnight(self, now: Time) -> Time {
        self.begin(self.day(now))
    }

    /// When a day begins in this zone.
    pub fn begin(self, day: NaiveDate) -> Time {
        let local = day.and_time(NaiveTime::MIN);
        local.checked_sub_signed(TimeDelta::hours(i64::from(self.hours()))).unwrap_or(local).and_utc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_comes_three_times() {
        let time: Time = "2026-11-30T16:30:00Z".parse().unwrap();
        let days: Vec<_> = Zone::ALL.iter().map(|zone| zone.day(time).to_string()).collect();
        assert_eq!(days, ["2026-11-30", "2026-12-01", "2026-12-01"]);
    }
}
