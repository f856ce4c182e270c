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

/// A day that is not as its weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which day.
    pub date: NaiveDate,
    /// Its hours; none when closed.
    #[serde(default)]
    pub hours: Option<Hours>,
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
    pub week: [Option<Hours>; 7],
    /// Days that are not as their weekday, in order.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

impl OpeningHours {
    /// The hours of a day.
    pub fn of(&self, day: NaiveDate) -> Option<Hours> {
        use chrono::Datelike;
        match self.exceptions.iter().find(|it| it.date == day) {
            Some(exception) => exception.hours,
            None => self.on(day.weekday()),
        }
    }

    /// The hours of a weekday.
    pub fn on(&self, day: Weekday) -> Option<Hours> {
        self.week[day.num_days_from_monday() as usize]
    }

    /// In order and within the rules: a day closes after it opens, a date is named once.
    ///
    /// # Errors
    /// `week` or `exceptions`.
    pub fn check(mut self) -> Result<Self, Fields> {
        let mut fields = Fields::default();
        let backwards = |hours: &Option<Hours>| hours.is_some_and(|it| it.closes <= it.opens);
        if self.week.iter().any(backwards) {
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
        } else if twice || self.exceptions.iter().any(|it| backwards(&it.hours)) {
            fields.put("exceptions", FieldError::NotInList);
        }
        if fields.0.is_empty() { Ok(self) } else { Err(fields) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(opens: &str, closes: &str) -> Option<Hours> {
        Some(Hours { opens: opens.parse().unwrap(), closes: closes.parse().unwrap() })
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
            week: [hours("08:00", "20:00"); 7],
            exceptions: vec![
                Exception {
                    date: day("2026-12-31"),
                    hours: hours("08:00", "12:00"),
                    note: " Malam  tahun baru ".into(),
                },
                Exception { date: day("2026-12-25"), hours: None, note: "Natal".into() },
            ],
        };
        table = table.check().unwrap();
        assert_eq!(table.exceptions[1].note, "Malam tahun baru", "in order, and its name in one line");
        assert_eq!(table.of(day("2026-12-25")), None);
        assert_eq!(table.of(day("2026-12-31")), hours("08:00", "12:00"));
        assert_eq!(table.of(day("2026-12-24")), hours("08:00", "20:00"));
        let mut wrong = table.clone();
        wrong.week[3] = hours("20:00", "08:00");
        wrong.exceptions.push(wrong.exceptions[0].clone());
        let fields = wrong.check().unwrap_err();
        assert_eq!(fields.0.keys().copied().collect::<Vec<_>>(), ["exceptions", "week"]);
    }
}
