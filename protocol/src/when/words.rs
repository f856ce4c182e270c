//! The words that moments are told in, Indonesian and English alike.

use chrono::Weekday;

/// A day without an hour begins at this one.
const MORNING: u32 = 9;

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    /// "pm": the later half of the day, whichever its hour.
    Later,
}

impl Part {
    /// The hour it begins at, when none is named.
    pub(super) const fn hour(self) -> u32 {
        match self {
            Self::Morning => MORNING,
            Self::Noon | Self::Later => 12,
            Self::Afternoon => 15,
            Self::Evening => 19,
        }
    }

    /// An hour as it is said on the clock of twelve, in this part of the day.
    pub(super) const fn of(self, hour: u32) -> Option<u32> {
        match (self, hour) {
            (_, 13..) => Some(hour),
            (Self::Morning, 12) => Some(0),
            (Self::Morning, 0..=11) => Some(hour),
            (Self::Noon, 10..=12) => Some(hour),
            (Self::Noon | Self::Afternoon, 1..=6) => Some(hour + 12),
            (Self::Afternoon, 12) => Some(12),
            (Self::Later, 12) => Some(12),
            (Self::Later, 1..=11) => Some(hour + 12),
            (Self::Evening, 12) => Some(0),
            (Self::Evening, 5..=11) => Some(hour + 12),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "menit" | "mnt" | "minute" | "minutes" | "min" | "mins" => Unit::Minute,
        "jam" | "hour" | "hours" | "hrs" => Unit::Hour,
        "hari" | "day" | "days" => Unit::Day,
        "minggu" | "pekan" | "week" | "weeks" => Unit::Week,
        "bulan" | "month" | "months" => Unit::Month,
        _ => return None,
    })
}

/// "2", "dua", "an".
pub(super) fn amount(word: &str) -> Option<i64> {
    let words = [
        ["a", "satu", "one"],
        ["-", "dua", "two"],
        ["-", "tiga", "three"],
        ["-", "empat", "four"],
        ["-", "lima", "five"],
        ["-", "enam", "six"],
        ["-", "tujuh", "seven"],
        ["-", "delapan", "eight"],
        ["-", "sembilan", "nine"],
        ["-", "sepuluh", "ten"],
    ];
    if word == "an" {
        return Some(1);
    }
    let spelt = words.iter().position(|these| these.contains(&word) && word != "-");
    let amount = match spelt {
        Some(place) => i64::try_from(place).ok()? + 1,
        None => word.parse().ok()?,
    };
    (1..=1_000).contains(&amount).then_some(amount)
}

pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "pagi" | "am" | "morning" | "subuh" => Part::Morning,
        "siang" | "noon" | "midday" => Part::Noon,
        "sore" | "afternoon" => Part::Afternoon,
        "malam" | "evening" | "night" => Part::Evening,
        "pm" => Part::Later,
        _ => return None,
    })
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "senin" | "sen" | "monday" | "mon" => Weekday::Mon,
        "selasa" | "sel" | "tuesday" | "tue" => Weekday::Tue,
        "rabu" | "rab" | "wednesday" | "wed" => Weekday::Wed,
        "kamis" | "kam" | "thursday" | "thu" => Weekday::Thu,
        "jumat" | "jum" | "friday" | "fri" => Weekday::Fri,
        "sabtu" | "sab" | "saturday" | "sat" => Weekday::Sat,
        "minggu" | "ahad" | "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

pub(super) fn month(word: &str) -> Option<u32> {
    let months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
    let english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let whole = [
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "agt",
        "agst",
        "sept",
    ];
    let short = word.trim_end_matches('.');
    let known = months.contains(&short) || english.contains(&short) || whole.contains(&short);
    let start = short.get(..3).filter(|_| known)?;
    let start = if start == "agt" || start == "ags" { "agu" } else { start };
    let place = months.iter().position(|it| *it == start).or_else(|| english.iter().position(|it| *it == start))?;
    u32::try_from(place).ok().map(|place| place + 1)
}
