//! Tickets: their words (status, priority, category), their head and the counts over them. Rules of change live in the service.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Internal, PersonRef, SenderType, Time};

/// Writes an enum of plain words once: serde, `as_str`, `ALL`, `FromStr` and `Display` agree by construction.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in SQL, JSON, pages and logs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::ticket::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(crate::ticket::UnknownWord) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

/// The text is none of the words of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a word of the list")]
pub struct UnknownWord;

words! {
    /// Where a ticket stands.
    Status {
        /// Filed, nobody has answered yet.
        Open = "open",
        /// Somebody is at work on it.
        InProgress = "in_progress",
        /// Staff answered and need something from the customer.
        WaitingCustomer = "waiting_customer",
        /// Answered to the end; a customer's message opens it again.
        Resolved = "resolved",
        /// Over; takes no customer message.
        Closed = "closed",
    }
}

impl Status {
    /// Open, in progress or waiting: work that is not over.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::WaitingCustomer)
    }
}

words! {
    /// How soon a ticket needs an answer.
    Priority {
        /// Answered within two days.
        Low = "low",
        /// Answered the same day; the default.
        Medium = "medium",
        /// Answered within two working hours.
        High = "high",
        /// For a wedding within 48 hours: rings on every desk.
        Urgent = "urgent",
    }
}

words! {
    /// What a ticket is about.
    Category {
        /// Any question.
        General = "general",
        /// Package, guests, changes of an order.
        Order = "order",
        /// Instalments, receipts.
        Payment = "payment",
        /// Make-up, catering, decoration, documentation, entertainment.
        Vendor = "vendor",
        /// Times of akad, reception, rehearsal.
        Schedule = "schedule",
        /// Trouble signing in or using the pages.
        Technical = "technical",
        /// Something was not as hoped for.
        Complaint = "complaint",
        /// None of the above.
        Other = "other",
    }
}

/// The number people see and say: `GW-1042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TicketNumber(pub i64);

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GW-{:04}", self.0)
    }
}

impl FromStr for TicketNumber {
    type Err = UnknownWord;

    /// Accepts `GW-1042`, `gw-1042` and the bare `1042`, as people type them.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits = match text.get(..3) {
            Some(prefix) if prefix.eq_ignore_ascii_case("gw-") => &text[3..],
            _ => text,
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UnknownWord);
        }
        digits.parse().map(Self).map_err(|_| UnknownWord)
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The head of a ticket, as every list shows it. Its conversation is fetched apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Made by whoever filed it (UUIDv7).
    pub id: Uuid,
    /// What people say on the phone.
    pub number: TicketNumber,
    /// 1 to 255 characters.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Who filed it.
    pub customer: PersonRef,
    /// The staff member who has it, if any.
    pub assigned_to: Option<Uuid>,
    /// The order's number (`GO-2291`), if it is about one.
    pub order: Option<String>,
    /// Messages of the other side not read yet: the customer's for staff, the staff's for a customer.
    pub unread: i32,
    /// When the service filed it.
    #[serde(serialize_with = "crate::time::write")]
    pub created_at: Time,
    /// When anything last changed.
    #[serde(serialize_with = "crate::time::write")]
    pub updated_at: Time,
    /// When a message was last written.
    #[serde(serialize_with = "crate::time::write")]
    pub last_message_at: Time,
    /// When staff first answered.
    #[serde(serialize_with = "crate::time::write_option")]
    pub first_responded_at: Option<Time>,
    /// When it was resolved; empty again once it is reopened.
    #[serde(serialize_with = "crate::time::write_option")]
    pub resolved_at: Option<Time>,
    /// When it was closed; empty again once it is reopened.
    #[serde(serialize_with = "crate::time::write_option")]
    pub closed_at: Option<Time>,
    /// The number of its latest event: a head with a lower `n` never replaces one with a higher.
    pub n: i64,
    /// The latest public message, cut for a list row.
    pub last_message: Excerpt,
    /// The ticket this one follows up, if any.
    pub follows: Option<TicketNumber>,
    /// What only staff know of it; empty for customers.
    #[serde(default, skip_serializing_if = "Internal::is_empty")]
    pub internal: Internal,
}

/// The latest public message, short enough for a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// At most [`Excerpt::CHARS`] characters, on one line.
    pub text: String,
    /// Which side wrote it.
    pub sender_type: SenderType,
    /// Who wrote it.
    pub sender: Option<PersonRef>,
}

impl Excerpt {
    /// Characters kept of a message.
    pub const CHARS: usize = 160;

    /// Cuts a message to one line of at most [`Self::CHARS`] characters.
    pub fn cut(message: &str) -> String {
        let mut line = String::new();
        for word in message.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if line.chars().count() >= Self::CHARS {
                break;
            }
        }
        line.chars().take(Self::CHARS).collect()
    }
}

/// How many tickets stand where. `urgent` counts urgent ones neither resolved nor closed; `total` all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Status `open`.
    pub open: i64,
    /// Status `in_progress`.
    pub in_progress: i64,
    /// Status `waiting_customer`.
    pub waiting_customer: i64,
    /// Status `resolved`.
    pub resolved: i64,
    /// Status `closed`.
    pub closed: i64,
    /// Urgent and neither resolved nor closed.
    pub urgent: i64,
    /// All of them.
    pub total: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for text in ["GW-1042", "gw-1042", " 1042 "] {
            assert_eq!(text.parse(), Ok(TicketNumber(1042)), "{text}");
        }
        for text in ["", "GW-", "GO-2291", "10a", "-5", "99999999999999999999"] {
            assert!(text.parse::<TicketNumber>().is_err(), "{text}");
        }
        assert_eq!(TicketNumber(7).to_string(), "GW-0007");
    }

    #[test]
    fn an_excerpt_is_one_line_and_never_cuts_a_character() {
        assert_eq!(Excerpt::cut("Halo\n\n Kak  Rina"), "Halo Kak Rina");
        assert_eq!(Excerpt::cut(&"🙏".repeat(500)).chars().count(), Excerpt::CHARS);
    }
}
