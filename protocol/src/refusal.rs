//! The refusal: `application/problem+json`, one shape for every error a client can read. Its text comes from `locales/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ticket::words;

words! {
    /// What a client can act on. The words for people are in `locales/`, under `error-<code>`.
    Code {
        /// 400: the request could not be read.
        Malformed = "malformed",
        /// 401: no session, or one that ended.
        SessionExpired = "session_expired",
        /// 401: email or password does not match.
        WrongCredentials = "wrong_credentials",
        /// 401: the account is deactivated.
        Deactivated = "deactivated",
        /// 403: signed in, and not allowed.
        Forbidden = "forbidden",
        /// 403: the form's token is missing or another site sent it.
        ForeignForm = "foreign_form",
        /// 404: not there, or not yours.
        NotFound = "not_found",
        /// 409: somebody was faster.
        LostRace = "lost_race",
        /// 409: this id was used for something else.
        IdTaken = "id_taken",
        /// 409: its author withdrew the op before it came; its id is void for ever.
        Voided = "voided",
        /// 409: the place in the feed is of another generation, or its event is gone: the database was restored. Fetch everything afresh.
        PlaceLost = "place_lost",
        /// 409: only in an outbox: it had landed, and a restore of the service's database lost it.
        LostByRestore = "lost_by_restore",
        /// 409: only in an outbox: the words that these were to replace had been sent already.
        AlreadySent = "already_sent",
        /// 409: a closed ticket takes no customer message.
        TicketClosed = "ticket_closed",
        /// 409: it holds as many of these as it can.
        TooMany = "too_many",
        /// 409: it went into another ticket and is read there; what is to be done is done there.
        Merged = "merged",
        /// 409: only tickets of one customer can be merged.
        OtherCustomer = "other_customer",
        /// 409: a ticket cannot be merged with itself.
        SameTicket = "same_ticket",
        /// 409: replies are still to be sent later in the ticket that would go into another.
        RepliesLater = "replies_later",
        /// 413: too large.
        TooLarge = "too_large",
        /// 422: a field breaks a rule; `errors` says which.
        Validation = "validation",
        /// 426: the desk is too old for this service.
        DeskTooOld = "desk_too_old",
        /// 429: too many tries to sign in.
        Throttled = "throttled",
        /// 429: too many requests.
        RateLimited = "rate_limited",
        /// 429: too many live lines are open at once.
        TooManyLines = "too_many_lines",
        /// 503: the service cannot reach its database.
        Unavailable = "unavailable",
        /// 500: a fault of the service's own.
        Unknown = "unknown",
    }
}

impl Code {
    /// The HTTP status it travels with.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SessionExpired | Self::WrongCredentials | Self::Deactivated => 401,
            Self::Forbidden | Self::ForeignForm => 403,
            Self::NotFound => 404,
            Self::LostRace
            | Self::IdTaken
            | Self::Voided
            | Self::PlaceLost
            | Self::LostByRestore
            | Self::AlreadySent
            | Self::TicketClosed
            | Self::TooMany
            | Self::Merged
            | Self::OtherCustomer
            | Self::SameTicket
            | Self::RepliesLater => 409,
            Self::TooLarge => 413,
            Self::Validation => 422,
            Self::DeskTooOld => 426,
            Self::Throttled | Self::RateLimited | Self::TooManyLines => 429,
            Self::Unavailable => 503,
            Self::Unknown => 500,
        }
    }
}

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `about:blank`: the status and `code` say it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short name, in the reader's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what can be done, in the reader's language.
    pub detail: String,
    /// What a client can act on.
    pub code: Code,
    /// For [`Code::Validation`]: the texts beside each field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, Vec<String>>,
    /// For 429: seconds until it is worth trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// For [`Code::WrongCredentials`]: tries left before the door is held shut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u64>,
}
