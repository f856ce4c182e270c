//! Opening hours as an admin fills them in: what was typed, and the table it makes. What breaks a rule is kept as it was typed, with the reason.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gemilang_protocol::desk::commands::CommandError;
use gemilang_protocol::hours::{Day, Exception, Hours, NOTE_MOST, SPANS_MOST, WallClock};
use gemilang_protocol::{OpeningHours, Zone};

/// Hours of a day that was closed until now, where no other day says any.
const USUAL: [&str; 2] = ["08:00", "17:00"];

/// A break that is added, in minutes; the day goes on for as long at least on either side of it.
const BREAK: u16 = 60;
/// When people eat, in minutes after midnight.
const NOON: u16 = 12 * 60;

/// Which of a span's two fields.
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
    typed: BTreeMap<usize, Vec<[String; 2]>>,
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
    /// Something is typed in a field of one of a day's spans.
    Typed(usize, usize, End, String),
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
            Action::Typed(day, span, end, text) => self.type_in(day, span, end, text),
            Action::Settled(day) => drop(self.typed.remove(&day)),
        }
    }

    /// The table: always closed before anybody said otherwise.
    pub fn table(&self) -> OpeningHours {
        let never =
            OpeningHours { zone: Zone::Wib, week: std::array::from_fn(|_| Day::CLOSED), exceptions: Vec::new() };
        self.kept.clone().unwrap_or(never)
    }

    /// What stands in a day's fields, span by span; nothing where it is closed.
    pub fn fields(&self, day: usize) -> Vec<[String; 2]> {
        if let Some(typed) = self.typed.get(&day) {
            return typed.clone();
        }
        self.table().week[day].0.iter().map(|span| [span.opens.to_string(), span.closes.to_string()]).collect()
    }

    fn type_in(&mut self, day: usize, span: usize, end: End, text: String) {
        let mut fields = self.fields(day);
        if let Some(span) = fields.get_mut(span) {
            span[end as usize] = text;
            self.typed.insert(day, fields);
        }
    }

    /// What is wrong with a day, and in which span and field of it, once it was left.
    pub fn wrong(&self, day: usize) -> Option<(usize, End, Wrong)> {
        spans(self.typed.get(&day)?).err()
    }

    /// A day's fields were left: the table with them, if they can be.
    pub fn left(&self, day: usize) -> Option<OpeningHours> {
        let hours = spans(self.typed.get(&day)?).ok()?;
        Some(self.with(day, hours))
    }

    /// The table with a day open or closed.
    pub fn open(&self, day: usize, open: bool) -> OpeningHours {
        let table = self.table();
        // As the day before it, so that a week is filled in by a few clicks.
        let near = table.week[..day].iter().rev().chain(&table.week[day..]).find(|it| !it.is_closed()).cloned();
        let usual = || spans(&[USUAL.map(ToOwned::to_owned)]).unwrap_or_default();
        self.with(day, if open { near.unwrap_or_else(usual) } else { Day::CLOSED })
    }

    /// The table with one more break in a day: at noon, else in the middle of its longest span. Nothing where there is no room for one.
    pub fn with_break(&self, day: usize) -> Option<OpeningHours> {
        let mut hours = self.table().week[day].clone();
        if hours.0.len() >= SPANS_MOST || self.typed.contains_key(&day) {
            return None;
        }
        let long = |span: &Hours| span.closes.minutes().saturating_sub(span.opens.minutes());
        let at = (0..hours.0.len()).max_by_key(|at| long(&hours.0[*at]))?;
        let Hours { opens, closes } = hours.0[at];
        let fits = |from: u16| opens.minutes() + BREAK <= from && from + 2 * BREAK <= closes.minutes();
        let middle = (opens.minutes() + closes.minutes().saturating_sub(BREAK)) / 2 / 30 * 30;
        let from = [NOON, middle].into_iter().find(|from| fits(*from))?;
        let clock = |minutes: u16| WallClock::new(minutes / 60, minutes % 60);
        let (stops, goes_on) = (clock(from)?, clock(from + BREAK)?);
        hours.0.splice(at..=at, [Hours { opens, closes: stops }, Hours { opens: goes_on, closes }]);
        Some(self.with(day, hours))
    }

    /// The table without one of a day's spans. What was typed in the others is kept if it can be.
    pub fn without(&self, day: usize, span: usize) -> OpeningHours {
        let mut fields = self.fields(day);
        let mut hours = self.table().week[day].clone();
        if span < fields.len() {
            fields.remove(span);
        }
        if span < hours.0.len() {
            hours.0.remove(span);
        }
        self.with(day, spans(&fields).unwrap_or(hours))
    }

    fn with(&self, day: usize, hours: Day) -> OpeningHours {
        let mut table = self.table();
        table.week[day] = hours;
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
            true => Day::CLOSED,
            false => hours(&self.hours).map(Day::from).map_err(|(end, wrong)| match end {
                End::Opens => (Field::Opens, wrong),
                End::Closes => (Field::Closes, wrong),
            })?,
        };
        Ok(Exception { date, hours, note })
    }
}

/// A day as it stands in its fields.
fn spans(fields: &[[String; 2]]) -> Result<Day, (usize, End, Wrong)> {
    let mut day = Day::CLOSED;
    for (at, fields) in fields.iter().enumerate() {
        let span = hours(fields).map_err(|(end, wrong)| (at, end, wrong))?;
        if day.0.last().is_some_and(|before| span.opens <= before.closes) {
            return Err((at, End::Opens, Wrong("desk-hours-overlap")));
        }
        day.0.push(span);
    }
    Ok(day)
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
        form.apply(Action::Typed(0, 0, end, text.into()));
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
        assert_eq!(form.fields(0), [["08:00", "17:00"]]);
        assert_eq!(form.fields(1).len(), 0, "closed");
        assert!(typed(&mut form, End::Closes, "20.30"));
        assert_eq!(form.fields(0), [["08:00", "20:30"]]);
        let table = form.open(1, true);
        assert_eq!(table.week[1], table.week[0], "as the day before");
        assert!(form.open(0, false).week[0].is_closed());
    }

    #[test]
    fn what_breaks_a_rule_stays_as_it_was_typed() {
        let mut form = form();
        assert!(!typed(&mut form, End::Opens, "18"));
        assert_eq!(form.wrong(0), Some((0, End::Closes, Wrong("desk-hours-backwards"))));
        assert_eq!(form.fields(0), [["18", "17:00"]]);
        // Both ends move one after the other.
        assert!(typed(&mut form, End::Closes, "22"));
        assert_eq!((form.fields(0), form.wrong(0)), (vec![["18:00".into(), "22:00".into()]], None));
        assert!(!typed(&mut form, End::Opens, "pagi"));
        assert_eq!(form.wrong(0), Some((0, End::Opens, Wrong("desk-hours-not-a-time"))));
        // What another admin changes meanwhile does not take the words away.
        form.apply(Action::Arrived(Some(form.table())));
        assert_eq!(form.fields(0)[0][0], "pagi");
    }

    #[test]
    fn a_day_has_breaks_and_what_lies_over_another_span_is_said() {
        let mut form = form();
        let lunch = form.with_break(0).unwrap();
        form.apply(Action::Kept(lunch.clone()));
        assert_eq!(form.fields(0), [["08:00", "12:00"], ["13:00", "17:00"]]);
        assert_eq!(form.open(1, true).week[1], lunch.week[0], "as the day before, its break included");
        form.apply(Action::Typed(0, 1, End::Opens, "11".into()));
        assert_eq!(form.wrong(0), Some((1, End::Opens, Wrong("desk-hours-overlap"))));
        assert!(form.left(0).is_none() && form.with_break(0).is_none(), "first that is put right");
        form.apply(Action::Typed(0, 1, End::Opens, "12.30".into()));
        let table = form.left(0).unwrap();
        form.apply(Action::Kept(table));
        form.apply(Action::Settled(0));
        let table = form.with_break(0).unwrap();
        form.apply(Action::Kept(table));
        assert_eq!(form.fields(0).len(), 3);
        assert!(form.with_break(0).is_none(), "two breaks at most");
        let table = form.without(0, 1);
        form.apply(Action::Kept(table));
        assert_eq!(form.fields(0).len(), 2);
        // Where there is no room there is no break.
        form.apply(Action::Kept(form.open(2, true)));
        for (end, text) in [(End::Opens, "8"), (End::Closes, "10")] {
            form.apply(Action::Kept(form.without(2, 1)));
            form.apply(Action::Typed(2, 0, end, text.into()));
        }
        form.apply(Action::Kept(form.left(2).unwrap()));
        form.apply(Action::Settled(2));
        assert!(form.with_break(2).is_none());
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
        assert_eq!((exception.hours.is_closed(), exception.note.as_str()), (true, "Hari Natal"));
        let mut form = form();
        form.apply(Action::Kept(form.add(exception.clone()).unwrap()));
        assert_eq!(form.add(exception), Err(Wrong("desk-hours-date-taken")));
        assert!(form.remove(day("2026-12-25")).exceptions.is_empty());
        new.hours[1] = "12".into();
        assert_eq!(new.read(today).unwrap_err().0, Field::Opens);
        new.hours[0] = "8".into();
        assert!(!new.read(today).unwrap().hours.is_closed());
        new.date = "19/12/2026".into();
        assert_eq!(new.read(today), Err((Field::Date, Wrong("desk-hours-date-past"))));
    }
}
