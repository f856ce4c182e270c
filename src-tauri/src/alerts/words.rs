//! What an alert says, in its person's language. Markup is the platform's business.

use chrono::NaiveDate;
use gemilang_locales::{Language, Texts, dates};
use gemilang_protocol::sync::TicketChange;

use super::decide::Reason;

/// The text of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// One line.
    pub(crate) title: String,
    /// One line.
    pub(crate) body: String,
    /// The button that does what a click on the alert does.
    pub(crate) open: String,
}

/// Words an alert. `event` is the wedding day of the ticket's order and `today` the reader's day.
pub(crate) fn words(
    language: Language,
    reason: Reason,
    change: &TicketChange,
    event: Option<NaiveDate>,
    today: NaiveDate,
) -> Words {
    let texts = Texts::of(language);
    let subject = change.ticket.subject.as_str();
    let customer = change.ticket.customer.name.as_str();
    let (title, body) = match reason {
        Reason::NewUrgent => {
            let title = texts.with("alert-urgent-title", &[("subject", subject.into())]);
            let body = match event {
                Some(event) => {
                    let days = dates::days_to(today, event, language);
                    texts.with("alert-urgent-body-event", &[("customer", customer.into()), ("days", days.into())])
                }
                None => texts.with("alert-urgent-body", &[("customer", customer.into())]),
            };
            (title, body)
        }
        Reason::BecameUrgent => {
            let title = texts.with("alert-became-urgent-title", &[("subject", subject.into())]);
            let name = match &change.event.actor {
                Some(actor) => actor.name.clone(),
                None => texts.get("sender-system"),
            };
            let args = [("customer", customer.into()), ("name", name.into())];
            (title, texts.with("alert-became-urgent-body", &args))
        }
    };
    Words { title, body, open: texts.get("alert-action-open") }
}
