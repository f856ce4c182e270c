//! Opening hours as an admin fills them in: what was typed, and the table it makes. What breaks a rule is kept as it was typed, with the reason.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gemilang_protocol::desk::commands::CommandError;
use gemilang_protocol::hours::{Exception, Hours, NOTE_MOST, WallClock};
use gemilang_protocol::{OpeningHours, Zone};

/// Hours of a day that was closed until now, where no other day says any.
const USUAL: [&str; 2] = ["08:00", "17:00"];

/// Which of a day's two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The door opens.
    Opens,
    /// The door closes.
    Closes,
}

/// Why what was typed cannot be; the key of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

/// The table with what is being typed over it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// Whether the service has said how it is.
    pub is_read: bool,
    /// As the service has it, or will have it in a moment; nothing before anybody said so.
    pub kept: Option<OpeningHours>,
    /// Why the service did not say or keep it.
    pub fault: Option<CommandError>,
    /// Typed in a day's fields, and not to be kept as it is.
    typed: BTreeMap<usize, [String; 2]>,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The service said how it is.
    Arrived(Option<OpeningHours>),
    /// A table is being kept.
    Kept(OpeningHours),
    /// The service did not answer, or not as was wished.
    Refused(CommandError),
    /// Something is typed in a field of a day.
    Typed(usize, End, String),
    /// A day's fields hold what can be kept, or it was opened or closed.
    Settled(usize),
}

impl Form {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Arrived(kept) => (self.is_read, self.kept) = (true, kept),
            Action::Kept(table) => (self.kept, self.fault) = (Some(table), None),
            Action::Refused(fault) => self.fault = Some(fault),
            Action::Typed(day, end, text) => self.type_in(day, end, text),
            Action::Settled(day) => drop(self.typed.remove(&day)),
        }
    }

    /// The table: always closed before anybody said otherwise.
    pub fn table(&self) -> OpeningHours {
        let never = OpeningHours { zone: Zone::Wib, week: [None; 7], exceptions: Vec::new() };
        self.kept.clone().unwrap_or(never)
    }

    /// What stands in a day's fields, if it is open.
    pub fn fields(&self, day: usize) -> Option<[String; 2]> {
        let hours = self.table().week[day]?;
        Some(self.typed.get(&day).cloned().unwrap_or_else(|| [hours.opens.to_string(), hours.closes.to_string()]))
    }

    fn type_in(&mut self, day: usize, end: End, text: String) {
        if let Some(mut fields) = self.fields(day) {
            fields[end as usize] = text;
            self.typed.insert(day, fields);
        }
    }

    /// What is wrong with a day, and in which field, once it was left.
    pub fn wrong(&self, day: usize) -> Option<(End, Wrong)> {
        hours(self.typed.get(&day)?).err()
    }

    /// A day's fields were left: the table with them, if they can be.
    pub fn left(&self, day: usize) -> Option<OpeningHours> {
        let hours = hours(self.typed.get(&day)?).ok()?;
        let mut table = self.table();
        table.week[day] = Some(hours);
        Some(table)
    }

    /// The table with a day open or closed.
    pub fn open(&self, day: usize, open: bool) -> OpeningHours {
        let mut table = self.table();
        // As the day before it, so that a week is filled in by a few clicks.
        let near = table.week[..day].iter().rev().chain(&table.week[day..]).flatten().next().copied();
        table.week[day] = if open { near.or_else(|| hours(&USUAL.map(ToOwned::to_owned)).ok()) } else { None };
        table
    }

    /// The table with one more exception.
    ///
    /// # Errors
    /// The date is there already.
    pub fn add(&self, exception: Exception) -> Result<OpeningHours, Wrong> {
        let mut table = self.table();
        if table.exceptions.iter().any(|it| it.date == exception.date) {
            return Err(Wrong("desk-hours-date-taken"));
        }
        table.exceptions.push(exception);
        table.exceptions.sort_by_key(|it| it.date);
        Ok(table)
    }

    /// The table without one.
    pub fn remove(&self, date: NaiveDate) -> OpeningHours {
        let mut table = self.table();
        table.exceptions.retain(|it| it.date != date);
        table
    }
}

/// A day that is being added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewException {
    /// As typed: `25/12`, `25-12-2026`, `2026-12-25`.
    pub date: String,
    /// What it is called.
    pub note: String,
    /// From when to when; both empty where the house is closed.
    pub hours: [String; 2],
}

/// Which field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The date.
    Date,
    /// The name.
    Note,
    /// From when.
    Opens,
    /// To when.
    Closes,
}

impl NewException {
    /// It, as far as it can be.
    ///
    /// # Errors
    /// The field that is wrong, and why.
    pub fn read(&self, today: NaiveDate) -> Result<Exception, (Field, Wrong)> {
        let date = date(&self.date, today).ok_or((Field::Date, Wrong("desk-hours-no-date")))?;
        if date < today {
            return Err((Field::Date, Wrong("desk-hours-date-past")));
        }
        let note = self.note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.chars().count() > NOTE_MOST {
            return Err((Field::Note, Wrong("desk-hours-note-long")));
        }
        let closed = self.hours.iter().all(|text| text.trim().is_empty());
        let hours = match closed {
            true => None,
            false => Some(hours(&self.hours).map_err(|(end, wrong)| match end {
                End::Opens => (Field::Opens, wrong),
                End::Closes => (Field::Closes, wrong),
            })?),
        };
        Ok(Exception { date, hours, note })
    }
}

fn hours(fields: &[String; 2]) -> Result<Hours, (End, Wrong)> {
    let clock = |text: &str, end| {
        let text = text.trim().replace('.', ":");
        let text = if text.contains(':') { text } else { format!("{text}:00") };
        text.parse::<WallClock>().map_err(|_| (end, Wrong("desk-hours-not-a-time")))
    };
    let (opens, closes) = (clock(&fields[0], End::Opens)?, clock(&fields[1], End::Closes)?);
    if closes <= opens {
        return Err((End::Closes, Wrong("desk-hours-backwards")));
    }
    Ok(Hours { opens, closes })
}

/// A date as people write it, day first; without its year the next one there is.
pub fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
        }
        [day, month, year] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
        }
        [day, month] => {
            let on = |year| NaiveDate::from_ymd_opt(year, number(month)?, number(day)?);
            // Leap days come every few years.
            (0..=4).filter_map(|ahead| on(today.year() + ahead)).find(|date| *date >= today)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn form() -> Form {
        let mut form = Form::default();
        form.apply(Action::Arrived(None));
        form.apply(Action::Kept(form.open(0, true)));
        form
    }

    /// Types in a field of Monday and leaves it.
    fn typed(form: &mut Form, end: End, text: &str) -> bool {
        form.apply(Action::Typed(0, end, text.into()));
        let left = form.left(0);
        let can_be = left.is_some();
        if let Some(table) = left {
            form.apply(Action::Kept(table));
            form.apply(Action::Settled(0));
        }
        can_be
    }

    #[test]
    fn a_week_is_filled_in_by_switches() {
        let mut form = form();
        assert_eq!(form.fields(0).unwrap(), ["08:00", "17:00"]);
        assert_eq!(form.fields(1), None, "closed");
        assert!(typed(&mut form, End::Closes, "20.30"));
        assert_eq!(form.fields(0).unwrap(), ["08:00", "20:30"]);
        let table = form.open(1, true);
        assert_eq!(table.week[1], table.week[0], "as the day before");
        assert_eq!(form.open(0, false).week[0], None);
    }

    #[test]
    fn what_breaks_a_rule_stays_as_it_was_typed() {
        let mut form = form();
        assert!(!typed(&mut form, End::Opens, "18"));
        assert_eq!(form.wrong(0), Some((End::Closes, Wrong("desk-hours-backwards"))));
        assert_eq!(form.fields(0).unwrap(), ["18", "17:00"]);
        // Both ends move one after the other.
        assert!(typed(&mut form, End::Closes, "22"));
        assert_eq!((form.fields(0).unwrap(), form.wrong(0)), (["18:00".into(), "22:00".into()], None));
        assert!(!typed(&mut form, End::Opens, "pagi"));
        assert_eq!(form.wrong(0), Some((End::Opens, Wrong("desk-hours-not-a-time"))));
        // What another admin changes meanwhile does not take the words away.
        form.apply(Action::Arrived(Some(form.table())));
        assert_eq!(form.fields(0).unwrap()[0], "pagi");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        let today = day("2026-12-20");
        for (text, read) in [
            ("25/12", Some("2026-12-25")),
            ("1-1", Some("2027-01-01")),
            ("29.2", Some("2028-02-29")),
            (" 25-12-2027 ", Some("2027-12-25")),
            ("2027-12-25", Some("2027-12-25")),
            ("31/2", None),
            ("25/12/27", None),
            ("besok", None),
            ("", None),
        ] {
            assert_eq!(date(text, today), read.map(day), "{text}");
        }
    }

    #[test]
    fn an_exception_is_closed_or_has_its_hours_and_is_there_once() {
        let today = day("2026-12-20");
        let mut new = NewException { date: "25/12".into(), note: " Hari  Natal ".into(), ..NewException::default() };
        let exception = new.read(today).unwrap();
        assert_eq!((exception.hours, exception.note.as_str()), (None, "Hari Natal"));
        let mut form = form();
        form.apply(Action::Kept(form.add(exception.clone()).unwrap()));
        assert_eq!(form.add(exception), Err(Wrong("desk-hours-date-taken")));
        assert!(form.remove(day("2026-12-25")).exceptions.is_empty());
        new.hours[1] = "12".into();
        assert_eq!(new.read(today).unwrap_err().0, Field::Opens);
        new.hours[0] = "8".into();
        assert!(new.read(today).unwrap().hours.is_some());
        new.date = "19/12/2026".into();
        assert_eq!(new.read(today), Err((Field::Date, Wrong("desk-hours-date-past"))));
    }
}
