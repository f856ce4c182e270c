//! The texts of the chosen language with this device's zone: one small value that every component reads. The texts themselves live in locales.

use chrono::NaiveDate;
use gemilang_locales::{Figures, Language, Texts, Value, dates, field_text, meanwhile_text, problem_text, unsent_text};
use gemilang_protocol::alert::Meanwhile;
use gemilang_protocol::desk::commands::{CommandCode, CommandError};
use gemilang_protocol::{Category, Code, FieldError, Priority, Status, Time, Zone};
use yew::prelude::*;

/// The language and the zone of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    /// The language.
    pub language: Language,
    /// The zone.
    pub zone: Zone,
}

// Two characters of a private area mark what is written bold; no person can type them by accident, and a text that holds them only looks bold.
const BOLD: char = '\u{e000}';
const PLAIN: char = '\u{e001}';

impl Words {
    /// Whether the screen is in English.
    pub fn is_english(self) -> bool {
        self.language == Language::En
    }

    /// A text.
    pub fn get(self, key: &str) -> String {
        Texts::of(self.language).get(key)
    }

    /// What somebody said. Nobody can say nothing: an empty text was erased.
    pub fn said(self, text: &str) -> String {
        if text.is_empty() { self.get("erased") } else { text.to_owned() }
    }

    /// A text with arguments.
    pub fn with(self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        Texts::of(self.language).with(key, args)
    }

    /// A text whose arguments are written bold.
    pub fn bold(self, key: &str, args: &[(&str, &str)]) -> Html {
        let marked: Vec<_> =
            args.iter().map(|(name, value)| (*name, Value::from(format!("{BOLD}{value}{PLAIN}")))).collect();
        let text = Texts::of(self.language).with(key, &marked);
        let parts = text.split(BOLD).enumerate().map(|(at, part)| match part.split_once(PLAIN) {
            Some((bold, rest)) if at > 0 => html! { <><b>{ bold }</b>{ rest }</> },
            _ => html! { part },
        });
        html! { <>{ for parts }</> }
    }

    /// A status.
    pub fn status(self, status: Status) -> String {
        self.get(&format!("status-{status}"))
    }

    /// A priority.
    pub fn priority(self, priority: Priority) -> String {
        self.get(&format!("priority-{priority}"))
    }

    /// A category.
    pub fn category(self, category: Category) -> String {
        self.get(&format!("category-{category}"))
    }

    /// A whole number.
    pub fn number(self, number: u64) -> String {
        dates::number(i64::try_from(number).unwrap_or(i64::MAX), self.language)
    }

    /// A count, which may have stopped early.
    pub fn counted(self, total: u64, more: bool) -> String {
        let number = self.number(total);
        if more { self.with("desk-count-more", &[("n", number.into())]) } else { number }
    }

    /// Seconds with one digit behind the comma; what took less still took a tenth.
    pub fn tenths(self, millis: u32) -> String {
        let tenths = millis.div_ceil(100);
        let comma = if self.language == Language::Id { ',' } else { '.' };
        format!("{}{comma}{}", tenths / 10, tenths % 10)
    }

    /// What came in during quiet hours.
    pub fn meanwhile(self, counts: Meanwhile) -> String {
        meanwhile_text(Texts::of(self.language), counts)
    }

    /// How long ago.
    pub fn age(self, now: Time, time: Time) -> String {
        dates::age(now, time, self.zone, self.language)
    }

    /// The clock, with its day in front where that is not today.
    pub fn when(self, now: Time, time: Time) -> String {
        if self.zone.day(now) == self.zone.day(time) {
            dates::clock(time, self.zone)
        } else {
            dates::day_and_clock(now, time, self.zone, self.language)
        }
    }

    /// The clock.
    pub fn clock(self, time: Time) -> String {
        dates::clock(time, self.zone)
    }

    /// The clock with seconds.
    pub fn clock_seconds(self, time: Time) -> String {
        dates::clock_seconds(time, self.zone)
    }

    /// Day, date, clock and zone.
    pub fn full(self, time: Time) -> String {
        dates::full(time, self.zone, self.language)
    }

    /// A day between messages.
    pub fn day(self, now: Time, time: Time) -> String {
        dates::day_separator(now, time, self.zone, self.language)
    }

    /// A whole date.
    pub fn date(self, day: NaiveDate) -> String {
        dates::date_long(day, self.language)
    }

    /// Days to a wedding, counted in the zone of the venue.
    pub fn days_to(self, now: Time, event: NaiveDate, zone: Zone) -> String {
        dates::days_to(zone.day(now), event, self.language)
    }

    /// The sentence beside a field.
    pub fn field(self, field: &str, rule: &FieldError) -> String {
        field_text(self.language, field, rule)
    }

    /// Why something was not sent, and what can be done.
    pub fn refusal(self, code: Code) -> String {
        unsent_text(self.language, code)
    }

    /// Why a command was not done.
    pub fn error(self, error: &CommandError) -> String {
        match error.code {
            CommandCode::Invalid => match (&error.field, &error.rule) {
                (Some(field), Some(rule)) => self.field(field, rule),
                _ => self.get("desk-error-unknown"),
            },
            CommandCode::Refused(code) => problem_text(
                self.language,
                code,
                &Figures {
                    tries_left: match code {
                        Code::WrongCredentials => error.figure.and_then(|n| u32::try_from(n).ok()),
                        _ => None,
                    },
                    retry_after: error.figure,
                    ..Figures::default()
                },
            ),
            code => self.get(code_key(code)),
        }
    }
}

/// The key of a command's fault.
pub(crate) const fn code_key(code: CommandCode) -> &'static str {
    match code {
        CommandCode::ServerSilent => "desk-error-server-silent",
        CommandCode::NotOurServer => "desk-error-not-our-server",
        CommandCode::AppTooOld => "desk-error-app-too-old",
        CommandCode::BadAddress => "desk-error-bad-address",
        CommandCode::SignedOut => "error-session_expired",
        CommandCode::NotFound => "desk-error-not-here",
        CommandCode::DiskFull => "desk-error-disk-full",
        CommandCode::ReplicaDamaged => "desk-error-replica-damaged",
        CommandCode::Refused(_) | CommandCode::Invalid | CommandCode::Unknown => "desk-error-unknown",
    }
}

/// The words of the screen.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context::<Words>().unwrap_or(Words { language: Language::Id, zone: Zone::Wib })
}
