//! When: plain words for a moment to come ("besok 9 pagi", "Senin", "2 jam lagi", "tomorrow 9 am", "H-1"), read by the clock of a zone. Pure; what it understood is read back to whoever typed it.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::{Time, Zone};

/// The words it knows.
mod words;

use words::{Part, Unit, amount, month, part, unit, weekday};

/// Nothing is put off for longer, in days.
const LONGEST: i64 = 366;

/// Why words are no moment to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// They cannot be read as one.
    #[error("no moment is told by this")]
    NotClear,
    /// It has passed.
    #[error("that moment has passed")]
    Passed,
    /// It is more than a year away.
    #[error("that moment is too far away")]
    TooFar,
}

/// What the words say so far.
#[derive(Debug, Default)]
struct Said {
    /// How long from now.
    wait: Option<TimeDelta>,
    day: Option<NaiveDate>,
    hour: Option<(u32, u32)>,
    part: Option<Part>,
    /// Somebody named a year: a day that has passed is not meant to be the next one.
    year: bool,
}

/// Reads words as a moment to come. `event` is the wedding day that `H-1` counts from.
///
/// # Errors
/// They are not clear, or it has passed.
pub fn read(text: &str, now: Time, zone: Zone, event: Option<NaiveDate>) -> Result<Time, Unclear> {
    let here = zone.at(now).naive_local();
    let text = text.to_lowercase().replace("jum'at", "jumat").replace("day after tomorrow", "lusa");
    let words: Vec<&str> = text.split(|it: char| it.is_whitespace() || it == ',').filter(|it| !it.is_empty()).collect();
    if words.is_empty() {
        return Err(Unclear::NotClear);
    }
    let mut said = Said::default();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = said.take(rest, here, event).ok_or(Unclear::NotClear)?;
        rest = &rest[taken..];
    }
    let local = said.settle(here)?;
    let time = (local - TimeDelta::hours(i64::from(zone.hours()))).and_utc();
    match time - now {
        passed if passed <= TimeDelta::zero() => Err(Unclear::Passed),
        far if far > TimeDelta::days(LONGEST) => Err(Unclear::TooFar),
        _ => Ok(time),
    }
}

impl Said {
    /// Takes the next words in, and answers how many they were.
    fn take(&mut self, words: &[&str], here: NaiveDateTime, event: Option<NaiveDate>) -> Option<usize> {
        let today = here.date();
        let word = words[0];
        if let Some(taken) = self.waits(words, today) {
            return Some(taken);
        }
        let day = match word {
            "besok" | "bsk" | "tomorrow" | "tmrw" => Some(today + Days::new(1)),
            "lusa" => Some(today + Days::new(2)),
            "today" => Some(today),
            "hari" if words.get(1) == Some(&"ini") => {
                self.put_day(today)?;
                return Some(2);
            }
            "hari" if words.get(1) == Some(&"h") => {
                self.put_day(event?)?;
                return Some(2);
            }
            "tonight" => {
                self.put_part(Part::Evening)?;
                Some(today)
            }
            _ => None,
        };
        if let Some(day) = day {
            self.put_day(day)?;
            return Some(1);
        }
        if let Some(days) = word.strip_prefix("h-").and_then(|days| days.parse::<u64>().ok()) {
            self.put_day(event?.checked_sub_days(Days::new(days))?)?;
            return Some(1);
        }
        if let Some(taken) = self.weekday(words, today) {
            return Some(taken);
        }
        if let Some(taken) = self.date(words, today) {
            return Some(taken);
        }
        if let Some(part) = part(word) {
            self.put_part(part)?;
            // "malam ini", "nanti malam": today's.
            let this = words.get(1) == Some(&"ini");
            if this {
                self.put_day(today)?;
            }
            return Some(if this { 2 } else { 1 });
        }
        if let Some(taken) = self.clock(words) {
            return Some(taken);
        }
        // Words that say nothing by themselves.
        let filler = [
            "nanti", "pada", "di", "hari", "tanggal", "tgl", "at", "on", "the", "this", "in", "next", "pukul", "jam",
            "lagi",
        ];
        (filler.contains(&word) && words.len() > 1).then_some(1)
    }

    /// "2 jam lagi", "in 30 minutes", "sejam lagi", "minggu depan".
    fn waits(&mut self, words: &[&str], today: NaiveDate) -> Option<usize> {
        let next_week = [["minggu", "depan"], ["pekan", "depan"], ["next", "week"]];
        if words.len() > 1 && next_week.contains(&[words[0], words[1]]) {
            let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday())) + Days::new(7);
            self.put_day(monday)?;
            return Some(2);
        }
        let (of, unit, mut taken) = match words {
            ["setengah" | "half", "jam" | "hour", ..] => (30, Unit::Minute, 2),
            ["half", "an", "hour", ..] => (30, Unit::Minute, 3),
            [one, ..] if one.strip_prefix("se").and_then(unit).is_some() => (1, unit(one.strip_prefix("se")?)?, 1),
            [many, what, ..] => (amount(many)?, unit(what)?, 2),
            _ => return None,
        };
        // "jam 3 sore" begins otherwise; "9 hari" without "lagi" is read the same.
        if let Some(&("lagi" | "kemudian" | "from" | "later")) = words.get(taken) {
            taken += if words.get(taken) == Some(&"from") { 2.min(words.len() - taken) } else { 1 };
        }
        match unit {
            Unit::Minute => self.put_wait(TimeDelta::minutes(of))?,
            Unit::Hour => self.put_wait(TimeDelta::hours(of))?,
            Unit::Day => self.put_day(today.checked_add_days(Days::new(of.unsigned_abs()))?)?,
            Unit::Week => self.put_day(today.checked_add_days(Days::new(of.unsigned_abs() * 7))?)?,
            Unit::Month => self.put_day(today.checked_add_months(Months::new(u32::try_from(of).ok()?))?)?,
        }
        Some(taken)
    }

    /// A day of the week: the next one, never today.
    fn weekday(&mut self, words: &[&str], today: NaiveDate) -> Option<usize> {
        let (word, before) = match words {
            ["next" | "hari" | "this", day, ..] => (*day, 1),
            [day, ..] => (*day, 0),
            [] => return None,
        };
        let weekday = weekday(word)?;
        let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday() - 1) % 7 + 1;
        self.put_day(today + Days::new(u64::from(ahead)))?;
        let after = usize::from(matches!(words.get(before + 1), Some(&("depan" | "ini"))));
        Some(before + 1 + after)
    }

    /// "1 des", "12 desember 2026", "dec 1", "12/12", "12-12-2026", "2026-12-12".
    fn date(&mut self, words: &[&str], today: NaiveDate) -> Option<usize> {
        let number = |word: &str| word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u32>().ok();
        let (day, month_of, mut taken) = match words {
            [first, second, ..] if month(second).is_some() => (number(first)?, month(second)?, 2),
            [first, second, ..] if month(first).is_some() => (number(second)?, month(first)?, 2),
            [word, ..] => {
                let parts: Option<Vec<u32>> = word.split(['/', '-']).map(|part| part.parse().ok()).collect();
                let (day, month, year) = match parts?.as_slice() {
                    [year @ (2_000..), month, day] => (*day, *month, Some(*year)),
                    [day, month, year @ (2_000..)] => (*day, *month, Some(*year)),
                    [day, month] => (*day, *month, None),
                    _ => return None,
                };
                self.put_date(day, month, year, today)?;
                return Some(1);
            }
            [] => return None,
        };
        let year = words.get(taken).and_then(|word| word.parse().ok()).filter(|year| (2_000..3_000).contains(year));
        taken += usize::from(year.is_some());
        self.put_date(day, month_of, year, today)?;
        Some(taken)
    }

    fn put_date(&mut self, day: u32, month: u32, year: Option<u32>, today: NaiveDate) -> Option<()> {
        let of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        self.year = year.is_some();
        let date = match year {
            Some(year) => of(i32::try_from(year).ok()?)?,
            // A day that has passed means the next year's.
            None => of(today.year()).filter(|it| *it >= today).or_else(|| of(today.year() + 1))?,
        };
        self.put_day(date)
    }

    /// "jam 9", "pukul 09.30", "9:30", "9am", "9 am", "9 pagi", "jam 3 sore".
    fn clock(&mut self, words: &[&str]) -> Option<usize> {
        let (named, word, rest) = match words {
            ["jam" | "pukul" | "at" | "jm" | "pkl", word, rest @ ..] => (true, *word, rest),
            [word, rest @ ..] => (false, *word, rest),
            [] => return None,
        };
        let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        let (hour, minute) = match digits.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?),
            Some(_) => return None,
            None => (digits.parse::<u32>().ok()?, 0),
        };
        let (part_of, after) = match (part(tail), rest.first().and_then(|word| part(word))) {
            (Some(part), _) => (Some(part), 0),
            (None, _) if !tail.is_empty() => return None,
            (None, Some(part)) => (Some(part), 1),
            (None, None) => (None, 0),
        };
        // A bare figure is no clock.
        if !named && part_of.is_none() && !digits.contains([':', '.']) {
            return None;
        }
        let hour = match part_of.or(self.part) {
            Some(part) => part.of(hour)?,
            // Nobody works at three in the morning: "jam 3" is in the afternoon.
            None if named && (1..=6).contains(&hour) && !digits.starts_with('0') => hour + 12,
            None => hour,
        };
        if hour > 23 || minute > 59 || self.hour.is_some() {
            return None;
        }
        self.hour = Some((hour, minute));
        Some(usize::from(named) + 1 + after)
    }

    fn put_wait(&mut self, wait: TimeDelta) -> Option<()> {
        let free = self.wait.is_none() && self.day.is_none() && self.hour.is_none();
        self.wait = Some(wait);
        free.then_some(())
    }

    fn put_day(&mut self, day: NaiveDate) -> Option<()> {
        let free = self.day.is_none() && self.wait.is_none();
        self.day = Some(day);
        free.then_some(())
    }

    fn put_part(&mut self, part: Part) -> Option<()> {
        // "jam 7" and then "malam" says the hour again.
        if let Some((hour, minute)) = self.hour {
            self.hour = Some((part.of(hour)?, minute));
            return Some(());
        }
        let free = self.part.is_none() && self.wait.is_none();
        self.part = Some(part);
        free.then_some(())
    }

    /// The moment, by the local clock.
    fn settle(&self, here: NaiveDateTime) -> Result<NaiveDateTime, Unclear> {
        if let Some(wait) = self.wait {
            let at = here + wait;
            return Ok(at
                .with_second(0)
                .and_then(|at| at.with_nanosecond(0))
                .unwrap_or(at)
                .max(here + TimeDelta::seconds(1)));
        }
        let hour = self.hour.or(self.part.map(|part| (part.hour(), 0)));
        let (hour, minute) = hour.or(self.day.map(|_| (Part::Morning.hour(), 0))).ok_or(Unclear::NotClear)?;
        let clock = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(Unclear::NotClear)?;
        Ok(match self.day {
            Some(day) => day.and_time(clock),
            // Without a day the next time the clock says so.
            None if here.date().and_time(clock) > here => here.date().and_time(clock),
            None => (here.date() + Days::new(1)).and_time(clock),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Monday, 30 November 2026, 14:32:07 in Jakarta.
    fn now() -> Time {
        "2026-11-30T07:32:07Z".parse().unwrap()
    }

    fn told(text: &str) -> String {
        let event = "2026-12-12".parse().ok();
        match read(text, now(), Zone::Wib, event) {
            Ok(time) => Zone::Wib.at(time).format("%a %d %b %Y %H:%M").to_string(),
            Err(unclear) => format!("{unclear:?}"),
        }
    }

    #[test]
    fn plain_words_are_read() {
        for (text, wanted) in [
            ("besok 9 pagi", "Tue 01 Dec 2026 09:00"),
            ("Besok", "Tue 01 Dec 2026 09:00"),
            ("besok pagi", "Tue 01 Dec 2026 09:00"),
            ("besok jam 3", "Tue 01 Dec 2026 15:00"),
            ("besok jam 3 sore", "Tue 01 Dec 2026 15:00"),
            ("besok sore jam 4", "Tue 01 Dec 2026 16:00"),
            ("besok 09.30", "Tue 01 Dec 2026 09:30"),
            ("besok pukul 7 malam", "Tue 01 Dec 2026 19:00"),
            ("lusa siang", "Wed 02 Dec 2026 12:00"),
            ("Senin", "Mon 07 Dec 2026 09:00"),
            ("senin depan jam 10", "Mon 07 Dec 2026 10:00"),
            ("jumat 2 siang", "Fri 04 Dec 2026 14:00"),
            ("jum'at", "Fri 04 Dec 2026 09:00"),
            ("hari minggu", "Sun 06 Dec 2026 09:00"),
            ("minggu", "Sun 06 Dec 2026 09:00"),
            ("minggu depan", "Mon 07 Dec 2026 09:00"),
            ("2 minggu lagi", "Mon 14 Dec 2026 09:00"),
            ("2 jam lagi", "Mon 30 Nov 2026 16:32"),
            ("dua jam lagi", "Mon 30 Nov 2026 16:32"),
            ("sejam lagi", "Mon 30 Nov 2026 15:32"),
            ("setengah jam lagi", "Mon 30 Nov 2026 15:02"),
            ("45 menit", "Mon 30 Nov 2026 15:17"),
            ("3 hari lagi jam 8 pagi", "Thu 03 Dec 2026 08:00"),
            ("nanti malam", "Mon 30 Nov 2026 19:00"),
            ("malam ini", "Mon 30 Nov 2026 19:00"),
            ("hari ini jam 17:00", "Mon 30 Nov 2026 17:00"),
            ("jam 9", "Tue 01 Dec 2026 09:00"),
            ("16.45", "Mon 30 Nov 2026 16:45"),
            ("1 des", "Tue 01 Dec 2026 09:00"),
            ("12 desember 2026 jam 7 pagi", "Sat 12 Dec 2026 07:00"),
            ("3/1", "Sun 03 Jan 2027 09:00"),
            ("2026-12-24 10:15", "Thu 24 Dec 2026 10:15"),
            ("H-1", "Fri 11 Dec 2026 09:00"),
            ("h-3 jam 2 siang", "Wed 09 Dec 2026 14:00"),
            ("hari H", "Sat 12 Dec 2026 09:00"),
            ("tomorrow 9 am", "Tue 01 Dec 2026 09:00"),
            ("tomorrow at 9:30", "Tue 01 Dec 2026 09:30"),
            ("day after tomorrow", "Wed 02 Dec 2026 09:00"),
            ("tonight", "Mon 30 Nov 2026 19:00"),
            ("next Tuesday 10am", "Tue 01 Dec 2026 10:00"),
            ("tomorrow 3pm", "Tue 01 Dec 2026 15:00"),
            ("friday 9:30 pm", "Fri 04 Dec 2026 21:30"),
            ("next week", "Mon 07 Dec 2026 09:00"),
            ("in 2 hours", "Mon 30 Nov 2026 16:32"),
            ("in half an hour", "Mon 30 Nov 2026 15:02"),
            ("an hour from now", "Mon 30 Nov 2026 15:32"),
            ("friday afternoon", "Fri 04 Dec 2026 15:00"),
            ("dec 24", "Thu 24 Dec 2026 09:00"),
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_or_has_passed_is_said() {
        for text in [
            "",
            "nanti",
            "entah kapan",
            "9",
            "besok lusa",
            "25:00",
            "besok 9 pagi 10 pagi",
            "30 februari",
            "jam",
            "2 jam besok",
        ] {
            assert_eq!(told(text), "NotClear", "{text}");
        }
        for text in ["hari ini jam 8 pagi", "1/11/2026", "h-20"] {
            assert_eq!(told(text), "Passed", "{text}");
        }
        assert_eq!(told("24 bulan lagi"), "TooFar");
        assert_eq!(read("H-1", now(), Zone::Wib, None), Err(Unclear::NotClear), "without a wedding day");
    }

    #[test]
    fn a_zone_has_its_own_tomorrow() {
        // 23:30 in Jakarta is past midnight in Jayapura.
        let late: Time = "2026-11-30T16:30:00Z".parse().unwrap();
        let at = |zone| read("besok 9 pagi", late, zone, None).unwrap().to_rfc3339();
        assert_eq!(at(Zone::Wib), "2026-12-01T02:00:00+00:00");
        assert_eq!(at(Zone::Wit), "2026-12-02T00:00:00+00:00");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_moment_to_come_or_none(text in "(besok|lusa|senin|jam|h-|[0-9]{1,4}|lagi|hari|pagi|[/:. -]|\\PC){0,9}") {
            if let Ok(time) = read(&text, now(), Zone::Wita, NaiveDate::from_ymd_opt(2026, 12, 12)) {
                prop_assert!(time > now());
            }
        }
    }
}
