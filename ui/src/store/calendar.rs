//! A month to choose a day from: its weeks, and where the keys lead. Pure.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A day, and whether it is of the month that is shown and not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// Whether it is of this month.
    pub within: bool,
    /// Whether it is over.
    pub over: bool,
}

/// Where a key leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many days.
    Days(i64),
    /// So many months.
    Months(i32),
}

/// The weeks of the month that holds this day, from Monday.
pub fn weeks(shown: NaiveDate, today: NaiveDate) -> Vec<[Day; 7]> {
    let first = shown.with_day(1).unwrap_or(shown);
    let mut monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let mut weeks = Vec::new();
    while monday <= first || monday.month() == first.month() {
        let day = |n: u64| {
            let date = monday + Days::new(n);
            Day { date, within: date.month() == first.month(), over: date < today }
        };
        weeks.push([0, 1, 2, 3, 4, 5, 6].map(day));
        monday = monday + Days::new(7);
    }
    weeks
}

/// The day after a step; never one that is over, and never further than a year.
pub fn stepped(from: NaiveDate, step: Step, today: NaiveDate) -> NaiveDate {
    let to = match step {
        Step::Days(days) if days >= 0 => from.checked_add_days(Days::new(days.unsigned_abs())),
        Step::Days(days) => from.checked_sub_days(Days::new(days.unsigned_abs())),
        Step::Months(months) if months >= 0 => from.checked_add_months(Months::new(months.unsigned_abs())),
        Step::Months(months) => from.checked_sub_months(Months::new(months.unsigned_abs())),
    };
    let last = today.checked_add_months(Months::new(12)).unwrap_or(today);
    to.unwrap_or(from).clamp(today, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let today = day("2026-11-30");
        let november = weeks(day("2026-11-15"), today);
        assert_eq!((november.len(), november[0][0].date, november[5][0].date), (6, day("2026-10-26"), today));
        assert!(!november[0][0].within && november[5][0].within && !november[5][0].over);
        assert!(november[4][6].over && !november[5][1].within);
        let february = weeks(day("2027-02-28"), today);
        assert_eq!(
            (february.len(), february[0][0].date, february[3][6].date),
            (4, day("2027-02-01"), day("2027-02-28"))
        );
        let december = weeks(day("2026-12-31"), today);
        assert_eq!((december.len(), december[4][6].date), (5, day("2027-01-03")));
    }

    #[test]
    fn keys_lead_to_no_day_that_is_over() {
        let today = day("2026-11-30");
        assert_eq!(stepped(today, Step::Days(-7), today), today);
        assert_eq!(stepped(today, Step::Days(1), today), day("2026-12-01"));
        assert_eq!(stepped(day("2027-01-31"), Step::Months(1), today), day("2027-02-28"));
        assert_eq!(stepped(today, Step::Months(24), today), day("2027-11-30"));
        assert_eq!(stepped(day("2026-12-02"), Step::Months(-1), today), today);
    }
}
