//! Times, days and figures as people write them, in a person's own zone. Pure: the present is an argument.

use chrono::{Datelike, NaiveDate, Timelike};
use gemilang_protocol::{Time, Zone};

use crate::{Language, Texts};

const DAYS_ID: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Indonesian cuts Agustus to Agu; English cuts all to three letters as well.
const CUT: usize = 3;

/// The name of a day of the week.
pub fn weekday(day: NaiveDate, language: Language) -> &'static str {
    let names = match language {
        Language::Id => DAYS_ID,
        Language::En => DAYS_EN,
    };
    names[day.weekday().num_days_from_monday() as usize]
}

fn month(day: NaiveDate, language: Language) -> &'static str {
    let names = match language {
        Language::Id => MONTHS_ID,
        Language::En => MONTHS_EN,
    };
    names[day.month0() as usize]
}

/// How long ago, short enough for a list row: `baru saja`, `6 mnt`, `2 jam`, `Kemarin`, `Sab`, `21 Nov`, `21 Nov 2025`.
/// A time ahead of `now` (clocks differ) is `baru saja`.
pub fn age(now: Time, time: Time, zone: Zone, language: Language) -> String {
    let texts = Texts::of(language);
    let minutes = (now - time).num_minutes();
    let (today, day) = (zone.day(now), zone.day(time));
    if minutes < 1 {
        texts.get("age-now")
    } else if minutes < 60 {
        texts.with("age-minutes", &[("n", minutes.into())])
    } else if day == today {
        texts.with("age-hours", &[("n", (minutes / 60).into())])
    } else {
        day_short(today, day, language)
    }
}

/// A day short enough for a row: `Hari ini`, `Kemarin`, `Sab`, `21 Nov`, `21 Nov 2025`.
pub fn day_short(today: NaiveDate, day: NaiveDate, language: Language) -> String {
    let texts = Texts::of(language);
    match (today - day).num_days() {
        0 => texts.get("today"),
        1 => texts.get("yesterday"),
        2..=6 => weekday(day, language)[..CUT].to_owned(),
        _ => date_near(today, day, language),
    }
}

/// A date with its year only when it is another one: `1 Des`, `1 Des 2027`.
pub fn date_near(today: NaiveDate, day: NaiveDate, language: Language) -> String {
    if day.year() == today.year() {
        format!("{} {}", day.day(), &month(day, language)[..CUT])
    } else {
        date_short(day, language)
    }
}

/// A day between messages: `Hari ini`, `Kemarin`, `Sabtu, 28 November`, with its year when it is another one.
pub fn day_separator(now: Time, time: Time, zone: Zone, language: Language) -> String {
    let texts = Texts::of(language);
    let (today, day) = (zone.day(now), zone.day(time));
    match (today - day).num_days() {
        0 => texts.get("today"),
        1 => texts.get("yesterday"),
        _ if day.year() == today.year() => {
            format!("{}, {} {}", weekday(day, language), day.day(), month(day, language))
        }
        _ => date_long(day, language),
    }
}

/// A whole date: `Sabtu, 12 Desember 2026`.
pub fn date_long(day: NaiveDate, language: Language) -> String {
    format!("{}, {} {} {}", weekday(day, language), day.day(), month(day, language), day.year())
}

/// A date without its weekday: `12 Des 2026`.
pub fn date_short(day: NaiveDate, language: Language) -> String {
    format!("{} {} {}", day.day(), &month(day, language)[..CUT], day.year())
}

/// The clock: `14:32`.
pub fn clock(time: Time, zone: Zone) -> String {
    let local = zone.at(time);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The clock with seconds, for "complete up to": `14:32:07`.
pub fn clock_seconds(time: Time, zone: Zone) -> String {
    let local = zone.at(time);
    format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
}

/// The clock with its zone: `14:32 WIB`.
pub fn clock_zone(time: Time, zone: Zone) -> String {
    format!("{} {zone}", clock(time, zone))
}

/// A day and a clock for trails and tooltips: `Hari ini 13:50`, `Sab 16:52`, `21 Nov 09:00`.
pub fn day_and_clock(now: Time, time: Time, zone: Zone, language: Language) -> String {
    format!("{} {}", day_short(zone.day(now), zone.day(time), language), clock(time, zone))
}

/// A whole time, for the title of a short one: `Sabtu, 12 Desember 2026, 14:32 WIB`.
pub fn full(time: Time, zone: Zone, language: Language) -> String {
    format!("{}, {}", date_long(zone.day(time), language), clock_zone(time, zone))
}

/// Days to the wedding: `H-12`, `Hari H`, `H+3`. `today` is the day in the venue's zone.
pub fn days_to(today: NaiveDate, event: NaiveDate, language: Language) -> String {
    let letter = match language {
        Language::Id => "H",
        Language::En => "D",
    };
    match (event - today).num_days() {
        0 => Texts::of(language).get("wedding-day"),
        days if days > 0 => format!("{letter}-{days}"),
        days => format!("{letter}+{}", -days),
    }
}

/// A whole number with its thousands apart: `1.043` in Indonesian, `1,043` in English.
pub fn number(value: i64, language: Language) -> String {
    let mark = match language {
        Language::Id => '.',
        Language::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// Rupiah without cents: `Rp750.000`.
pub fn money(rupiah: i64, language: Language) -> String {
    if rupiah < 0 { format!("-Rp{}", number(-rupiah, language)) } else { format!("Rp{}", number(rupiah, language)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        text.parse().expect("a time")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn an_age_grows_from_words_to_dates() {
        // Monday 14:36 in Jakarta.
        let now = at("2026-11-30T07:36:00Z");
        for (time, id, en) in [
            ("2026-11-30T07:36:30Z", "baru saja", "just now"),
            ("2026-11-30T07:35:30Z", "baru saja", "just now"),
            ("2026-11-30T07:30:00Z", "6 mnt", "6 min"),
            ("2026-11-30T05:00:00Z", "2 jam", "2 h"),
            ("2026-11-29T16:59:00Z", "Kemarin", "Yesterday"),
            ("2026-11-28T09:40:00Z", "Sab", "Sat"),
            ("2026-11-24T09:40:00Z", "Sel", "Tue"),
            ("2026-11-23T09:40:00Z", "23 Nov", "23 Nov"),
            ("2026-08-01T09:40:00Z", "1 Agu", "1 Aug"),
            ("2025-11-21T09:40:00Z", "21 Nov 2025", "21 Nov 2025"),
        ] {
            assert_eq!(age(now, at(time), Zone::Wib, Language::Id), id, "{time}");
            assert_eq!(age(now, at(time), Zone::Wib, Language::En), en, "{time}");
        }
    }

    #[test]
    fn midnight_is_the_readers_own() {
        let (now, time) = (at("2026-11-30T17:30:00Z"), at("2026-11-30T15:30:00Z"));
        assert_eq!(age(now, time, Zone::Wib, Language::Id), "Kemarin");
        assert_eq!(age(now, time, Zone::Wit, Language::Id), "2 jam");
        assert_eq!(age(at("2026-11-30T16:30:00Z"), time, Zone::Wib, Language::Id), "1 jam");
        assert_eq!(day_separator(now, at("2026-11-30T17:01:00Z"), Zone::Wib, Language::Id), "Hari ini");
        assert_eq!(clock_zone(time, Zone::Wib), "22:30 WIB");
        assert_eq!(clock_zone(time, Zone::Wit), "00:30 WIT");
    }

    #[test]
    fn days_between_messages_name_the_year_only_when_it_is_another() {
        let now = at("2026-11-30T07:36:00Z");
        for (time, text) in [
            ("2026-11-30T01:00:00Z", "Hari ini"),
            ("2026-11-29T01:00:00Z", "Kemarin"),
            ("2026-11-28T09:40:00Z", "Sabtu, 28 November"),
            ("2025-12-31T09:40:00Z", "Rabu, 31 Desember 2025"),
        ] {
            assert_eq!(day_separator(now, at(time), Zone::Wib, Language::Id), text);
        }
        assert_eq!(day_and_clock(now, at("2026-11-28T09:52:00Z"), Zone::Wib, Language::Id), "Sab 16:52");
        assert_eq!(day_and_clock(now, at("2026-11-30T06:50:00Z"), Zone::Wib, Language::Id), "Hari ini 13:50");
    }

    #[test]
    fn the_wedding_is_counted_down_and_up() {
        let wedding = day("2026-12-12");
        for (today, text) in
            [("2026-11-30", "H-12"), ("2026-12-11", "H-1"), ("2026-12-12", "Hari H"), ("2026-12-15", "H+3")]
        {
            assert_eq!(days_to(day(today), wedding, Language::Id), text);
        }
        assert_eq!(date_long(wedding, Language::Id), "Sabtu, 12 Desember 2026");
        assert_eq!(date_long(wedding, Language::En), "Saturday, 12 December 2026");
    }

    #[test]
    fn figures_have_their_thousands_apart() {
        assert_eq!(number(1_043, Language::Id), "1.043");
        assert_eq!(number(-1_043_000, Language::En), "-1,043,000");
        assert_eq!(number(999, Language::Id), "999");
        assert_eq!(money(750_000, Language::Id), "Rp750.000");
        assert_eq!(number(i64::MIN, Language::Id), "-9.223.372.036.854.775.808");
    }
}
