//! Opening hours as a page shows them: days that are alike in one line, today first, the exceptions that are still to come.

use chrono::{Days, NaiveDate};
use gemilang_locales::{Language, Texts, dates};
use gemilang_protocol::hours::Day;
use gemilang_protocol::{OpeningHours, Time};

/// How far ahead an exception is told, in days.
const AHEAD: u64 = 45;
/// A Monday: names of weekdays come from dates.
const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date");

/// The opening hours of a page.
pub(super) struct Opening {
    /// `08:00–20:00 WIB`, or that today is closed.
    pub(super) today: String,
    /// Days and their hours: `Senin–Sabtu`, `08:00–20:00`.
    pub(super) week: Vec<(String, String)>,
    /// Days that are not as usual: `25 Des 2026 · Natal`, `Tutup`.
    pub(super) exceptions: Vec<(String, String)>,
    /// Whose clock it is.
    pub(super) zone: &'static str,
}

impl Opening {
    pub(super) fn new(table: &OpeningHours, now: Time, language: Language) -> Self {
        let texts = Texts::of(language);
        let text = |day: &Day| match day.0.as_slice() {
            [] => texts.get("hours-closed"),
            spans => spans.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        };
        let name = |day: usize| dates::weekday(MONDAY + Days::new(day as u64), language);
        let mut week: Vec<(String, String)> = Vec::new();
        let mut day = 0;
        while day < 7 {
            let last = (day..7).take_while(|it| table.week[*it] == table.week[day]).last().unwrap_or(day);
            let days = match (day, last) {
                (0, 6) => texts.get("hours-every-day"),
                (first, last) if first == last => name(first).to_owned(),
                (first, last) => format!("{}–{}", name(first), name(last)),
            };
            week.push((days, text(&table.week[day])));
            day = last + 1;
        }
        let today = table.zone.day(now);
        let exceptions = table
            .exceptions
            .iter()
            .filter(|it| it.date >= today && it.date <= today + Days::new(AHEAD))
            .map(|it| {
                let date = dates::date_short(it.date, language);
                let named = if it.note.is_empty() { date } else { format!("{date} · {}", it.note) };
                (named, text(&it.hours))
            })
            .collect();
        let zone = table.zone.as_str();
        let open = table.of(today);
        let today = if open.is_closed() { text(open) } else { format!("{} {zone}", text(open)) };
        Self { today, week, exceptions, zone }
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::Zone;
    use gemilang_protocol::hours::{Exception, Hours};

    use super::*;

    #[test]
    fn days_alike_stand_in_one_line() {
        let hours = |opens: &str, closes: &str| Hours {
            opens: opens.parse().expect("a time"),
            closes: closes.parse().expect("a time"),
        };
        let usual = Day::from(hours("08:00", "20:00"));
        let mut table =
            OpeningHours { zone: Zone::Wib, week: std::array::from_fn(|_| usual.clone()), exceptions: Vec::new() };
        let now = "2026-12-24T18:00:00Z".parse().expect("a time");
        let shown = Opening::new(&table, now, Language::Id);
        assert_eq!(shown.week, [("Setiap hari".to_owned(), "08:00–20:00".to_owned())]);
        table.week[5] = Day(vec![hours("09:00", "12:00"), hours("13:00", "15:00")]);
        table.week[6] = Day::CLOSED;
        table.exceptions = vec![
            Exception { date: "2026-12-01".parse().expect("a day"), hours: Day::CLOSED, note: "lewat".into() },
            Exception { date: "2026-12-25".parse().expect("a day"), hours: Day::CLOSED, note: "Natal".into() },
            Exception { date: "2027-12-25".parse().expect("a day"), hours: Day::CLOSED, note: String::new() },
        ];
        let shown = Opening::new(&table, now, Language::En);
        let pair = |(days, text): &(String, String)| format!("{days} {text}");
        assert_eq!(
            shown.week.iter().map(pair).collect::<Vec<_>>(),
            ["Monday–Friday 08:00–20:00", "Saturday 09:00–12:00, 13:00–15:00", "Sunday Closed"]
        );
        assert_eq!(shown.exceptions.iter().map(pair).collect::<Vec<_>>(), ["25 Dec 2026 · Natal Closed"]);
        assert_eq!(shown.today, "Closed", "it is the 25th in Jakarta already");
    }
}
