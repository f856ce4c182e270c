//! What an alert says, in its person's language. Markup is the platform's business.

use gemilang_locales::{Language, Texts, dates, meanwhile_text};
use gemilang_protocol::alert::{Level, Reason};
use gemilang_protocol::{Order, Time};
use gemilang_replica::alerts::What;

/// Text beyond this does not fit into any pop-up.
const LONGEST: usize = 240;

/// The text of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// One line.
    pub(crate) title: String,
    /// A few lines.
    pub(crate) body: String,
    /// The button that does what a click on the alert does.
    pub(crate) open: String,
    /// The button that takes the ticket, where it can be taken.
    pub(crate) take: Option<String>,
    /// The button that puts it off, where it can wait.
    pub(crate) snooze: Option<String>,
    /// How much it insists.
    pub(crate) level: Level,
}

/// Words an alert; `order` is what its ticket is about.
pub(crate) fn words(language: Language, what: &What, level: Level, order: Option<&Order>, now: Time) -> Words {
    let texts = Texts::of(language);
    let (title, body, can_take) = match what {
        What::Ring { .. } => {
            let (title, body) = ring(texts, language, what, order, now);
            (title, body, true)
        }
        What::Messages { customer, text, count, unassigned } => {
            let title = match (count, unassigned) {
                (2.., _) => {
                    let args = [("n", i64::from(*count).into()), ("customer", customer.as_str().into())];
                    texts.with("alert-burst-title", &args)
                }
                (_, true) => texts.with("alert-unassigned-title", &[("customer", customer.as_str().into())]),
                (_, false) => customer.clone(),
            };
            (title, short(text), *unassigned)
        }
        What::Ticket { reason, number, subject, customer, by, text } => {
            let name = by.clone().unwrap_or_else(|| texts.get("sender-system"));
            let of = ("subject", subject.as_str().into());
            match reason {
                Reason::AssignedToMe => {
                    (texts.with("alert-assigned-title", &[("name", name.into())]), format!("{number} {subject}"), false)
                }
                Reason::Mentioned => {
                    let said = text.as_deref().map_or_else(|| format!("{number} {subject}"), short);
                    (texts.with("alert-mentioned-title", &[("name", name.into())]), said, false)
                }
                Reason::SnoozeDue => (texts.with("alert-snooze-due-title", &[of]), customer.clone(), false),
                Reason::LaterHeld => {
                    let args = [("customer", customer.as_str().into()), ("subject", subject.as_str().into())];
                    (texts.get("alert-later-held-title"), texts.with("alert-later-held-body", &args), false)
                }
                _ => {
                    let title = texts.with("alert-became-urgent-title", &[of]);
                    let args = [("customer", customer.as_str().into()), ("name", name.into())];
                    (title, texts.with("alert-became-urgent-body", &args), false)
                }
            }
        }
        What::Held { customer, colleague } => {
            let body = match colleague {
                Some(name) => texts.with("alert-held-colleague", &[("name", name.as_str().into())]),
                None => texts.with("alert-held-customer", &[("customer", customer.as_str().into())]),
            };
            (texts.get("alert-held-title"), body, false)
        }
        What::Summary(counts) => (texts.get("alert-quiet-title"), meanwhile_text(texts, *counts), false),
        What::Test(path) => (texts.get("alert-test-title"), texts.get(&format!("alert-test-{path}")), false),
    };
    let can_wait = !matches!(what, What::Test(_) | What::Summary(_));
    let take = can_take.then(|| texts.get("alert-action-take"));
    Words {
        title,
        body,
        open: texts.get("alert-action-open"),
        take,
        snooze: can_wait.then(|| texts.get("alert-action-snooze")),
        level,
    }
}

fn ring(texts: &Texts, language: Language, what: &What, order: Option<&Order>, now: Time) -> (String, String) {
    let What::Ring { reason, subject, customer, by, count, round, since } = what else { return Default::default() };
    let title = match (reason, round, count) {
        (_, _, 2..) => texts
            .with("alert-urgent-several", &[("n", i64::from(*count).into()), ("customer", customer.as_str().into())]),
        (_, 2.., _) => texts.with("alert-untaken-title", &[("subject", subject.as_str().into())]),
        (Reason::BecameUrgent, ..) => texts.with("alert-became-urgent-title", &[("subject", subject.as_str().into())]),
        _ => texts.with("alert-urgent-title", &[("subject", subject.as_str().into())]),
    };
    let body = match (round, reason, by) {
        (2.., ..) => {
            let minutes = (now - *since).num_minutes().max(1);
            let args = [("customer", customer.as_str().into()), ("minutes", minutes.into())];
            texts.with("alert-untaken-body", &args)
        }
        (_, Reason::BecameUrgent, Some(name)) => {
            let args = [("customer", customer.as_str().into()), ("name", name.as_str().into())];
            texts.with("alert-became-urgent-body", &args)
        }
        (_, Reason::LetGo, Some(name)) => {
            let args = [("customer", customer.as_str().into()), ("name", name.as_str().into())];
            texts.with("alert-let-go-body", &args)
        }
        _ => match order {
            Some(order) => {
                let days = dates::days_to(order.zone.day(now), order.event_date, language);
                let args = [("customer", customer.as_str().into()), ("days", days.into())];
                texts.with("alert-urgent-body-event", &args)
            }
            None => texts.with("alert-urgent-body", &[("customer", customer.as_str().into())]),
        },
    };
    // Of several the subject of the first stands before the rest.
    if *count > 1 { (title, format!("{subject}\n{body}")) } else { (title, body) }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
