//! The history of a ticket in plain words: what every event says to the customer, and what is none of theirs to see.

use gemilang_locales::names::called;
use gemilang_locales::{Texts, dates};
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{Event, EventBody, Status};

use super::views::Eyes;

/// One step of the history, newest first.
pub(super) struct Step {
    pub(super) text: String,
    pub(super) at: String,
    pub(super) when: String,
}

/// The history, newest first.
pub(super) fn trail(events: &[Event], eyes: &Eyes) -> Vec<Step> {
    events
        .iter()
        .rev()
        .filter_map(|event| {
            Some(Step {
                text: sentence(event, eyes)?,
                at: event.created_at.to_rfc3339(),
                when: dates::day_and_clock(eyes.now, event.created_at, eyes.zone, eyes.language),
            })
        })
        .collect()
}

/// What an event says to the customer; nothing when it is none of theirs to see.
pub(super) fn sentence(event: &Event, eyes: &Eyes) -> Option<String> {
    if event.body.is_silent() || event.body.is_internal() {
        return None;
    }
    let texts = Texts::of(eyes.language);
    let by_me = event.actor.as_ref().is_some_and(|actor| actor.id == eyes.me);
    let actor =
        || event.actor.as_ref().map_or_else(|| texts.get("sender-system-customer"), |it| called(&it.name).to_owned());
    Some(match &event.body {
        EventBody::Created { .. } => texts.get("trail-created"),
        EventBody::Assigned { to: Some(person), .. } => {
            texts.with("trail-taken", &[("name", called(&person.name).into())])
        }
        EventBody::Assigned { to: None, .. } => texts.get("trail-let-go"),
        // That somebody is at work on it is said by the reply itself.
        EventBody::Status { reason: Some(StatusReason::FirstReply), .. } => return None,
        EventBody::Status { reason: Some(StatusReason::CustomerReplied), .. } => texts.get("trail-reopened"),
        EventBody::Status { to: Status::Closed, .. } if by_me => texts.get("trail-closed-by-you"),
        EventBody::Status { to: Status::Closed, .. } => texts.get("trail-closed"),
        EventBody::Status { to: Status::Resolved, .. } => texts.with("trail-resolved", &[("name", actor().into())]),
        EventBody::Status { to, .. } => {
            texts.with("trail-status", &[("status", texts.get(&format!("status-customer-{to}")).into())])
        }
        EventBody::Priority { to, .. } => {
            texts.with("trail-priority", &[("priority", texts.get(&format!("priority-{to}")).into())])
        }
        EventBody::Category { to, .. } => {
            texts.with("trail-category", &[("category", texts.get(&format!("category-{to}")).into())])
        }
        EventBody::Subject { to, .. } => texts.with("trail-subject", &[("subject", to.as_str().into())]),
        EventBody::Order { to: Some(order), .. } => texts.with("trail-order", &[("order", order.as_str().into())]),
        EventBody::Order { to: None, .. } => texts.get("trail-no-order"),
        EventBody::Shared { with } | EventBody::Unshared { with } => {
            let on = matches!(event.body, EventBody::Shared { .. });
            let key = match (on, with.id == eyes.me) {
                (true, true) => "trail-shared-you",
                (true, false) => "trail-shared",
                (false, _) => "trail-unshared",
            };
            // Who was erased since left an empty name.
            let name = if with.name.is_empty() { texts.get("erased-person") } else { called(&with.name).to_owned() };
            texts.with(key, &[("name", name.into())])
        }
        EventBody::Erased { .. } => texts.get("trail-erased"),
        EventBody::Message { .. }
        | EventBody::Note { .. }
        | EventBody::Read { .. }
        | EventBody::Snoozed { .. }
        | EventBody::Woken { .. }
        | EventBody::SendLater { .. }
        | EventBody::CalledOff { .. }
        | EventBody::HeldBack { .. }
        | EventBody::Tags { .. }
        | EventBody::Links { .. }
        | EventBody::Split { .. }
        | EventBody::SplitFrom { .. }
        | EventBody::Merged { .. }
        | EventBody::Unmerged { .. }
        | EventBody::Absorbed { .. }
        | EventBody::Released { .. }
        | EventBody::Voided {} => return None,
    })
}

/// The picture beside it.
pub(super) fn icon(body: &EventBody) -> &'static str {
    match body {
        EventBody::Status { to: Status::Closed, .. } => "archive",
        EventBody::Status { to: Status::Resolved, .. } => "check",
        EventBody::Status { .. } => "refresh",
        EventBody::Assigned { .. } => "user",
        EventBody::Priority { .. } => "bolt",
        EventBody::Order { .. } => "rings",
        EventBody::Shared { .. } | EventBody::Unshared { .. } => "users",
        EventBody::Erased { .. } => "trash",
        _ => "tag",
    }
}
