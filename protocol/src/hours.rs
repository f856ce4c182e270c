//! Opening hours: one weekly table and dated exceptions, on the clock of the house. Shown; nothing is computed with them yet.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{FieldError, Fields, Zone};

/// Exceptions at most: some years of holidays.
pub const EXCEPTIONS_MOST: usize = 200;
/// Characters of what an exception is called.
pub const NOTE_MOST: usize = 80;
/// Times of a day between which the house is open, at most: two breaks.
pub const SPANS_MOST: usize = 3;

/// A time on a wall clock in whole minutes, `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallClock(u16);

impl WallClock {
    /// A time of hours and minutes, if there is one.
    pub const fn new(hours: u16, minutes: u16) -> Option<Self> {
        let all = hours * 60 + minutes;
        if hours <= 24 && minutes < 60 && all <= 24 * 60 { Some(Self(all)) } else { None }
    }

    /// Minutes since midnight, up to 1440.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for WallClock {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let digits = |part: &str| match part.len() {
            1 | 2 => part.parse::<u16>().ok(),
            _ => None,
        };
        text.split_once(':')
            .and_then(|(hours, minutes)| Self::new(digits(hours)?, digits(minutes)?))
            .ok_or(FieldError::NotInList)
    }
}

impl Serialize for WallClock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WallClock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| de::Error::custom("not a time such as 09:00"))
    }
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The door opens.
    pub opens: WallClock,
    /// The door closes, on the same day.
    pub closes: WallClock,
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.opens, self.closes)
    }
}

/// When the house is open on a day: from when to when, in order, with a break between two. None on a day when it is closed.
/// On the wire a day without a break is as it was before there were any: nothing, or its hours alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day(pub Vec<Hours>);

impl Day {
    /// Closed all day.
    pub const CLOSED: Self = Self(Vec::new());

    /// Whether nobody is there all day.
    pub const fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of its spans breaks a rule: it closes before it opens, or opens before the one before it has closed.
    pub fn broken(&self) -> Option<usize> {
        (0..self.0.len()).find(|at| {
            let span = self.0[*at];
            let before = at.checked_sub(1).map(|before| self.0[before].closes);
            span.closes <= span.opens || before.is_some_and(|closed| span.opens <= closed)
        })
    }
}

impl From<Hours> for Day {
    fn from(hours: Hours) -> Self {
        Self(vec![hours])
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [] => serializer.serialize_none(),
            [whole] => whole.serialize(serializer),
            spans => spans.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(Hours),
            Spans(Vec<Hours>),
        }
        Ok(match Option::<Written>::deserialize(deserializer)? {
            None => Self::CLOSED,
            Some(Written::Whole(hours)) => hours.into(),
            Some(Written::Spans(spans)) => Self(spans),
        })
    }
}

/// A day that is not as its weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which day.
    pub date: NaiveDate,
    /// Its hours; none when closed.
    #[serde(default)]
    pub hours: Day,
    /// What it is called: `Natal`.
    #[serde(default)]
    pub note: String,
}

/// When the house is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Whose clock it is.
    pub zone: Zone,
    /// Monday to Sunday; nothing on a day when it is closed.
    pub week: [Day; 7],
    /// Days that are not as their weekday, in order.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

impl OpeningHours {
    /// The hours of a day.
    pub fn of(&self, day: NaiveDate) -> &Day {
        use chrono::Datelike;
        match self.exceptions.iter().find(|it| it.date == day) {
            Some(exception) => &exception.hours,
            None => self.on(day.weekday()),
        }
    }

    /// The hours of a weekday.
    pub fn on(&self, day: Weekday) -> &Day {
        &self.week[day.num_days_from_monday() as usize]
    }

    /// In order and within the rules: a door closes after it opens and opens after it closed, a date is named once.
    ///
    /// # Errors
    /// `week` or `exceptions`.
    pub fn check(mut self) -> Result<Self, Fields> {
        let mut fields = Fields::default();
        let days = self.week.iter_mut().chain(self.exceptions.iter_mut().map(|it| &mut it.hours));
        days.for_each(|day| day.0.sort_by_key(|span| (span.opens, span.closes)));
        let wrong = |day: &Day| day.broken().is_some() || day.0.len() > SPANS_MOST;
        if self.week.iter().any(wrong) {
            fields.put("week", FieldError::NotInList);
        }
        for exception in &mut self.exceptions {
            exception.note = exception.note.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.exceptions.sort_by_key(|it| it.date);
        let twice = self.exceptions.windows(2).any(|pair| pair[0].date == pair[1].date);
        let longest = self.exceptions.iter().map(|it| it.note.chars().count()).max().unwrap_or_default();
        if self.exceptions.len() > EXCEPTIONS_MOST {
            fields.put("exceptions", FieldError::TooLong { most: EXCEPTIONS_MOST, is: self.exceptions.len() });
        } else if longest > NOTE_MOST {
            fields.put("exceptions", FieldError::TooLong { most: NOTE_MOST, is: longest });
        } else if self.exceptions.iter().any(|it| it.note.contains('\0')) {
            fields.put("exceptions", FieldError::BadCharacter);
        } else if twice || self.exceptions.iter().any(|it| wrong(&it.hours)) {
            fields.put("exceptions", FieldError::NotInList);
        }
        if fields.0.is_empty() { Ok(self) } else { Err(fields) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(opens: &str, closes: &str) -> Hours {
        Hours { opens: opens.parse().unwrap(), closes: closes.parse().unwrap() }
    }

    fn hours(opens: &str, closes: &str) -> Day {
        span(opens, closes).into()
    }

    #[test]
    fn a_clock_is_read_as_it_is_written() {
        for text in ["00:00", "09:30", "24:00"] {
            assert_eq!(text.parse::<WallClock>().unwrap().to_string(), text);
        }
        assert_eq!("9:05".parse::<WallClock>().unwrap().to_string(), "09:05");
        for text in ["", "9", "24:01", "12:60", "-1:00", "009:00", "a:b", "65535:59"] {
            assert!(text.parse::<WallClock>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_exception_stands_for_its_weekday_and_days_go_forward() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut table = OpeningHours {
            zone: Zone::Wib,
            week: std::array::from_fn(|_| hours("08:00", "20:00")),
            exceptions: vec![
                Exception {
                    date: day("2026-12-31"),
                    hours: hours("08:00", "12:00"),
                    note: " Malam  tahun baru ".into(),
                },
                Exception { date: day("2026-12-25"), hours: Day::CLOSED, note: "Natal".into() },
            ],
        };
        table = table.check().unwrap();
        assert_eq!(table.exceptions[1].note, "Malam tahun baru", "in order, and its name in one line");
        assert!(table.of(day("2026-12-25")).is_closed());
        assert_eq!(table.of(day("2026-12-31")), &hours("08:00", "12:00"));
        assert_eq!(table.of(day("2026-12-24")), &hours("08:00", "20:00"));
        let mut wrong = table.clone();
        wrong.week[3] = hours("20:00", "08:00");
        wrong.exceptions.push(wrong.exceptions[0].clone());
        let fields = wrong.check().unwrap_err();
        assert_eq!(fields.0.keys().copied().collect::<Vec<_>>(), ["exceptions", "week"]);
    }

    #[test]
    fn a_day_has_breaks_between_and_reads_as_it_did_without() {
        let lunch = Day(vec![span("08:00", "12:00"), span("13:00", "17:00")]);
        let written = serde_json::to_string(&[Day::CLOSED, hours("08:00", "17:00"), lunch.clone()]).unwrap();
        let spans = r#"[{"opens":"08:00","closes":"12:00"},{"opens":"13:00","closes":"17:00"}]"#;
        assert_eq!(written, format!(r#"[null,{{"opens":"08:00","closes":"17:00"}},{spans}]"#));
        let read: [Day; 3] = serde_json::from_str(&written).unwrap();
        assert_eq!(read, [Day::CLOSED, hours("08:00", "17:00"), lunch.clone()]);
        assert_eq!(lunch.broken(), None);
        for (second, at) in [(span("11:00", "17:00"), 1), (span("12:00", "17:00"), 1), (span("18:00", "17:00"), 1)] {
            assert_eq!(Day(vec![span("08:00", "12:00"), second]).broken(), Some(at), "{second:?}");
        }
        let mut table =
            OpeningHours { zone: Zone::Wib, week: std::array::from_fn(|_| Day::CLOSED), exceptions: Vec::new() };
        table.week[0] = Day(lunch.0.iter().rev().copied().collect());
        assert_eq!(table.clone().check().unwrap().week[0], lunch, "in order");
        let hour = |n: u16| Hours { opens: WallClock::new(n, 0).unwrap(), closes: WallClock::new(n, 30).unwrap() };
        table.week[0] = Day((8..12).map(hour).collect());
        assert!(table.check().is_err(), "more than {SPANS_MOST}");
    }
}
