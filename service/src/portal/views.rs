//! What several pages show: a ticket's row, the wedding card, and through whose eyes. Pure: the present, the zone and the language are arguments.

use gemilang_locales::names::called;
use gemilang_locales::{Language, Texts, dates};
use gemilang_protocol::{Order, OrderStatus, Status, Ticket, Time, Zone};
use uuid::Uuid;

use super::paths;

/// Through whose eyes, when and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eyes {
    pub(super) me: Uuid,
    pub(super) now: Time,
    pub(super) zone: Zone,
    pub(super) language: Language,
}

/// A ticket in a list.
pub(super) struct TicketRow {
    pub(super) url: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) status: Status,
    pub(super) last: String,
    pub(super) unread: i32,
    /// The ticket's latest event: a page kept before it is old.
    pub(super) n: i64,
    pub(super) at: String,
    pub(super) age: String,
    pub(super) full: String,
    pub(super) on: bool,
}

impl TicketRow {
    pub(super) fn new(ticket: &Ticket, eyes: &Eyes) -> Self {
        let at = ticket.last_message_at;
        let texts = Texts::of(eyes.language);
        let name = match &ticket.last_message.sender {
            Some(sender) if sender.id == eyes.me => texts.get("you"),
            Some(sender) => called(&sender.name).to_owned(),
            None => texts.get("sender-system-customer"),
        };
        Self {
            // Opened where it was last read.
            url: paths::conversation(ticket.id) + if ticket.unread > 0 { "#new" } else { "" },
            number: ticket.number.to_string(),
            subject: ticket.subject.clone(),
            status: ticket.status,
            last: texts.with("last-line", &[("name", name.into()), ("text", ticket.last_message.text.as_str().into())]),
            unread: ticket.unread,
            n: ticket.n,
            at: at.to_rfc3339(),
            age: dates::age(eyes.now, at, eyes.zone, eyes.language),
            full: dates::full(at, eyes.zone, eyes.language),
            on: false,
        }
    }
}

/// The wedding card.
pub(super) struct Dday {
    pub(super) days: String,
    pub(super) date: String,
    pub(super) package: String,
    pub(super) venue: String,
}

impl Dday {
    /// The card of an order.
    pub(super) fn new(order: &Order, now: Time, language: Language) -> Self {
        Self {
            days: dates::days_to(order.zone.day(now), order.event_date, language),
            date: dates::date_long(order.event_date, language),
            package: order.package.clone(),
            venue: order.venue.clone(),
        }
    }

    /// The order whose wedding is next: today's counts, and for a week one that just was.
    pub(super) fn next(orders: &[Order], now: Time) -> Option<&Order> {
        orders
            .iter()
            .filter(|order| order.status != OrderStatus::Cancelled)
            .filter(|order| (order.event_date - order.zone.day(now)).num_days() >= -7)
            .min_by_key(|order| {
                let days = (order.event_date - order.zone.day(now)).num_days();
                // One that is over steps back behind one to come.
                (days < 0, days.abs())
            })
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::PersonRef;

    use super::*;

    #[test]
    fn the_next_wedding_is_on_the_card() {
        let order = |number: &str, day: &str, status| Order {
            id: Uuid::nil(),
            number: number.to_owned(),
            customer: PersonRef { id: Uuid::nil(), name: "x".to_owned() },
            package: String::new(),
            event_date: day.parse().expect("a day"),
            venue: String::new(),
            zone: Zone::Wib,
            status,
        };
        let now = "2026-11-30T07:36:00Z".parse().expect("a time");
        let orders = [
            order("GO-1", "2027-03-01", OrderStatus::Confirmed),
            order("GO-2", "2026-12-12", OrderStatus::Confirmed),
            order("GO-3", "2026-12-01", OrderStatus::Cancelled),
            order("GO-4", "2026-11-29", OrderStatus::Done),
        ];
        assert_eq!(Dday::next(&orders, now).map(|order| order.number.as_str()), Some("GO-2"));
        assert_eq!(Dday::next(&orders[3..], now).map(|order| order.number.as_str()), Some("GO-4"));
        assert!(Dday::next(&orders[2..3], now).is_none());
    }
}
