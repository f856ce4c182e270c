//! Changes told in one line: in the conversation with names in bold, in the side pane's history in fewer words.

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::internal::Wake;
use gemilang_protocol::{Event, EventBody, SenderType, Time};
use uuid::Uuid;
use yew::prelude::*;

use crate::components::icon::{icon, priority_glyph, status_glyph};
use crate::names;
use crate::words::Words;

/// A key and what it is filled with.
pub(crate) type Told = (&'static str, Vec<(&'static str, String)>);

/// Who reads, and in which words.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    /// The words.
    pub words: Words,
    /// Who reads: their own doings are told with "you".
    pub me: Option<Uuid>,
    /// Today.
    pub now: Time,
}

impl Reader {
    fn person(self, person: Option<&gemilang_protocol::PersonRef>) -> String {
        match person {
            Some(person) if Some(person.id) == self.me => self.words.get("desk-you"),
            Some(person) => names::short(&person.name),
            None => self.words.get("sender-system"),
        }
    }

    fn object(self, person: Option<&gemilang_protocol::PersonRef>) -> String {
        match person {
            Some(person) if Some(person.id) == self.me => self.words.get("desk-you-object"),
            person => self.person(person),
        }
    }
}

/// A change in the conversation.
pub(crate) fn event_line(event: &Event, reader: Reader) -> Html {
    let words = reader.words;
    let (key, args) = told(event, reader);
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    html! {
        <div class="event" title={words.full(event.created_at)}>
            { glyph(&event.body) }
            <span>{ words.bold(key, &args) }{ " · " }<time>{ words.clock(event.created_at) }</time></span>
        </div>
    }
}

/// A change in the history.
pub(crate) fn trail_line(event: &Event, reader: Reader) -> Html {
    let words = reader.words;
    let (key, args) = trail(event, reader);
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    html! {
        <li title={words.full(event.created_at)}>{ glyph(&event.body) }<span>{ words.with(key, &args) }</span><time>{ words.when(reader.now, event.created_at) }</time></li>
    }
}

fn glyph(body: &EventBody) -> Html {
    match body {
        EventBody::Status { to, .. } => status_glyph(*to),
        EventBody::Priority { to, .. } => priority_glyph(*to),
        EventBody::Assigned { .. } => icon("user"),
        EventBody::Note { .. } => icon("lock"),
        EventBody::Created { follows: Some(_), .. } => icon("link"),
        EventBody::Created { .. } => icon("plus"),
        EventBody::Category { .. } => icon("tag"),
        EventBody::Subject { .. } => icon("edit"),
        EventBody::Order { .. } => icon("rings"),
        EventBody::Message { .. } => icon("chat"),
        EventBody::Read { .. } => icon("eye"),
        EventBody::Shared { .. } | EventBody::Unshared { .. } => icon("users"),
        EventBody::Erased { .. } => icon("trash"),
        EventBody::Snoozed { .. } | EventBody::Woken { .. } => icon("moon"),
        EventBody::SendLater { .. } => icon("clock"),
        EventBody::HeldBack { .. } => icon("collide"),
        EventBody::Tags { .. } => icon("tag"),
        EventBody::Links { .. } => icon("link"),
        EventBody::Split { .. } | EventBody::SplitFrom { .. } => icon("split"),
        EventBody::Merged { .. } | EventBody::Absorbed { .. } => icon("merge"),
        EventBody::Unmerged { .. } | EventBody::Released { .. } => icon("undo"),
        EventBody::CalledOff { .. } | EventBody::Voided {} => icon("undo"),
    }
}

fn told(event: &Event, reader: Reader) -> Told {
    let words = reader.words;
    let name = || ("name", reader.person(event.actor.as_ref()));
    match &event.body {
        EventBody::Created { follows: Some(number), .. } => {
            ("desk-event-follows", vec![("number", number.to_string())])
        }
        EventBody::Created { .. } if event.actor_type == SenderType::Admin => ("desk-event-filed", vec![name()]),
        EventBody::Created { .. } => ("desk-event-created", vec![]),
        EventBody::Message { .. } => ("desk-event-message", vec![name()]),
        EventBody::Note { .. } => ("desk-event-note", vec![name()]),
        EventBody::Read { .. } => ("desk-event-read", vec![name()]),
        EventBody::Shared { with } => ("desk-event-shared", vec![name(), ("with", words.said(&with.name))]),
        EventBody::Unshared { with } => ("desk-event-unshared", vec![name(), ("with", words.said(&with.name))]),
        EventBody::Erased { .. } => ("desk-event-erased", Vec::new()),
        EventBody::Voided {} => ("desk-event-voided", vec![name()]),
        EventBody::Snoozed { until: Some(until) } => {
            ("desk-event-snoozed", vec![name(), ("time", words.when(reader.now, *until))])
        }
        EventBody::Snoozed { until: None } => ("desk-event-snoozed-until-reply", vec![name()]),
        EventBody::Woken { why: Wake::Asked, .. } => ("desk-event-woken-asked", vec![name()]),
        EventBody::Woken { person, why } => {
            let key = if *why == Wake::Due { "desk-event-woken" } else { "desk-event-woken-replied" };
            (key, vec![("name", reader.object(Some(person)))])
        }
        EventBody::SendLater { at, .. } => {
            ("desk-event-send-later", vec![name(), ("time", words.when(reader.now, *at))])
        }
        EventBody::CalledOff { .. } => ("desk-event-called-off", vec![name()]),
        EventBody::Tags { from, to } => match only(from, to) {
            (Some(tag), _) => ("desk-event-tagged", vec![name(), ("tag", tag.clone())]),
            (None, Some(tag)) => ("desk-event-untagged", vec![name(), ("tag", tag.clone())]),
            (None, None) => ("desk-event-tags-erased", vec![]),
        },
        EventBody::Links { from, to } => match only(from, to) {
            (Some(link), _) => ("desk-event-linked", vec![name(), ("number", link.number.to_string())]),
            (None, Some(link)) => ("desk-event-unlinked", vec![name(), ("number", link.number.to_string())]),
            (None, None) => ("desk-event-unlinked", vec![name(), ("number", String::new())]),
        },
        EventBody::Split { to, .. } => ("desk-event-split", vec![name(), ("number", to.number.to_string())]),
        EventBody::SplitFrom { ticket } => {
            ("desk-event-split-from", vec![name(), ("number", ticket.number.to_string())])
        }
        EventBody::Merged { into: it } => ("desk-event-merged", vec![name(), ("number", it.number.to_string())]),
        EventBody::Unmerged { from: it } => ("desk-event-unmerged", vec![name(), ("number", it.number.to_string())]),
        EventBody::Absorbed { ticket: it } => ("desk-event-absorbed", vec![name(), ("number", it.number.to_string())]),
        EventBody::Released { ticket: it } => ("desk-event-released", vec![name(), ("number", it.number.to_string())]),
        EventBody::HeldBack { author, .. } => ("desk-event-held-back", vec![("name", reader.object(Some(author)))]),
        EventBody::Status { reason: Some(StatusReason::CustomerReplied), .. } => ("desk-event-reopened", vec![]),
        EventBody::Status { reason: Some(StatusReason::CustomerClosed), .. } => ("desk-event-customer-closed", vec![]),
        EventBody::Status { from, to, .. } => {
            ("desk-event-status", vec![("from", words.status(*from)), ("to", words.status(*to))])
        }
        EventBody::Assigned { to: Some(to), .. } if event.actor.as_ref().is_some_and(|it| it.id == to.id) => {
            ("desk-event-taken", vec![name()])
        }
        EventBody::Assigned { from: Some(from), to: Some(to) } => {
            ("desk-event-assigned", vec![("from", reader.object(Some(from))), ("to", reader.object(Some(to)))])
        }
        EventBody::Assigned { from: None, to: Some(to) } => {
            ("desk-event-assigned-first", vec![name(), ("to", reader.object(Some(to)))])
        }
        EventBody::Assigned { to: None, .. } => ("desk-event-let-go", vec![name()]),
        EventBody::Priority { from, to } => (
            if to > from { "desk-event-raised" } else { "desk-event-lowered" },
            vec![name(), ("from", words.priority(*from)), ("to", words.priority(*to))],
        ),
        EventBody::Category { from, to } => {
            ("desk-event-category", vec![("from", words.category(*from)), ("to", words.category(*to))])
        }
        EventBody::Subject { to, .. } => ("desk-event-subject", vec![name(), ("to", words.said(to))]),
        EventBody::Order { to: Some(to), .. } => ("desk-event-order", vec![name(), ("to", to.clone())]),
        EventBody::Order { to: None, .. } => ("desk-event-order-off", vec![name()]),
    }
}

/// What came to a list, or what left it.
fn only<'a, T: PartialEq>(from: &'a [T], to: &'a [T]) -> (Option<&'a T>, Option<&'a T>) {
    (to.iter().find(|it| !from.contains(it)), from.iter().find(|it| !to.contains(it)))
}

fn trail(event: &Event, reader: Reader) -> Told {
    let words = reader.words;
    match &event.body {
        EventBody::Status { from, to, reason }
            if !matches!(reason, Some(StatusReason::CustomerReplied | StatusReason::CustomerClosed)) =>
        {
            ("desk-trail-change", vec![("from", words.status(*from)), ("to", words.status(*to))])
        }
        EventBody::Priority { from, to } => (
            "desk-trail-change-by",
            vec![
                ("name", reader.person(event.actor.as_ref())),
                ("from", words.priority(*from)),
                ("to", words.priority(*to)),
            ],
        ),
        EventBody::Assigned { to: Some(to), .. } if event.actor.as_ref().is_some_and(|it| it.id == to.id) => {
            ("desk-trail-taken", vec![("name", reader.person(event.actor.as_ref()))])
        }
        EventBody::Created { .. } if event.actor_type == SenderType::Customer => ("desk-event-created", vec![]),
        _ => told(event, reader),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples::{event, id, person, time};
    use gemilang_locales::Language;
    use gemilang_protocol::{Priority, Status, Zone};

    fn said(body: EventBody, me: u8) -> String {
        let reader = Reader {
            words: Words { language: Language::Id, zone: Zone::Wib },
            me: Some(id(me)),
            now: time("2026-11-30T07:32:00Z"),
        };
        let (key, args) = told(&event(3, body), reader);
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        reader.words.with(key, &args)
    }

    #[test]
    fn changes_are_worded_as_agreed() {
        let bagas = person(101, "Bagas Wicaksono");
        let rina = person(100, "Rina Puspitasari");
        assert_eq!(said(EventBody::Assigned { from: None, to: Some(bagas.clone()) }, 100), "Bagas mengambil tiket ini");
        assert_eq!(said(EventBody::Assigned { from: None, to: Some(bagas.clone()) }, 101), "Anda mengambil tiket ini");
        assert_eq!(
            said(EventBody::Assigned { from: Some(bagas), to: Some(rina) }, 100),
            "Dialihkan dari Bagas ke Anda"
        );
        assert_eq!(
            said(EventBody::Priority { from: Priority::High, to: Priority::Urgent }, 100),
            "Bagas menaikkan prioritas dari Tinggi ke Mendesak"
        );
        assert_eq!(
            said(
                EventBody::Status {
                    from: Status::Open,
                    to: Status::InProgress,
                    reason: Some(StatusReason::FirstReply)
                },
                100
            ),
            "Status berubah dari Terbuka ke Diproses"
        );
        assert_eq!(
            said(
                EventBody::Status {
                    from: Status::Resolved,
                    to: Status::Open,
                    reason: Some(StatusReason::CustomerReplied)
                },
                100
            ),
            "Dibuka kembali karena pelanggan membalas"
        );
    }
}
