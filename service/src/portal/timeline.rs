//! A conversation as its page shows it: days, groups of one person's messages, what changed, what is new. Pure: the present, the zone and the language are arguments.

use gemilang_locales::names::called;
use gemilang_locales::{Texts, dates};
use gemilang_protocol::{Event, EventBody, Message, SenderType, Time};
use uuid::Uuid;

use super::frame::{Html, initials, tint};
use super::history::{icon, sentence};
use super::views::Eyes;
use super::weblinks::linked;

/// Messages of one person this many minutes apart stand together.
const TOGETHER: i64 = 5;

/// One thing of a conversation, in order.
pub(super) enum Item {
    /// A new day: its key and its name.
    Day((String, String)),
    /// From here on nothing was read.
    New(String),
    /// Something changed.
    Event(EventLine),
    /// Messages of one person.
    Group(Group),
}

/// Something that changed, in a sentence.
pub(super) struct EventLine {
    pub(super) n: i64,
    pub(super) icon: &'static str,
    pub(super) text: String,
    pub(super) at: String,
    pub(super) clock: String,
}

/// Messages of one person that stand together.
pub(super) struct Group {
    pub(super) mine: bool,
    pub(super) staff: bool,
    pub(super) sender: String,
    pub(super) name: String,
    pub(super) initials: String,
    pub(super) tint: u8,
    pub(super) minute: i64,
    pub(super) at: String,
    pub(super) clock: String,
    pub(super) full: String,
    pub(super) read: bool,
    pub(super) delivered: bool,
    pub(super) bubbles: Vec<Bubble>,
}

/// One message.
pub(super) struct Bubble {
    pub(super) id: Uuid,
    pub(super) n: i64,
    pub(super) text: Html,
    /// Nobody can write an empty message: it was erased.
    pub(super) erased: bool,
}

/// Messages and events as the conversation shows them. `unread` counts those of earlier pages too.
/// Messages up to `delivered` are on a desk.
pub(super) fn timeline(messages: &[Message], events: &[Event], unread: i32, delivered: i64, eyes: &Eyes) -> Vec<Item> {
    let texts = Texts::of(eyes.language);
    let mut items = Vec::new();
    let mut day = None;
    let new = messages.iter().filter(|it| is_new(it, eyes)).count();
    let mut announced = new == 0;
    let unread = new.max(usize::try_from(unread).unwrap_or_default());
    let first_n = messages.first().map_or(0, |message| message.n);
    let mut events = events
        .iter()
        .filter(|event| event.n > first_n && !matches!(event.body, EventBody::Created { .. }))
        .filter_map(|event| Some((event, sentence(event, eyes)?)))
        .peekable();
    let line = |event: &Event, text: String| {
        Item::Event(EventLine {
            n: event.n,
            icon: icon(&event.body),
            text,
            at: event.created_at.to_rfc3339(),
            clock: dates::clock(event.created_at, eyes.zone),
        })
    };
    for message in messages {
        while let Some((event, text)) = events.next_if(|(event, _)| event.n < message.n) {
            new_day(&mut items, &mut day, event.created_at, eyes);
            items.push(line(event, text));
        }
        new_day(&mut items, &mut day, message.created_at, eyes);
        if !announced && is_new(message, eyes) {
            announced = true;
            items.push(Item::New(texts.with("new-replies", &[("n", unread.into())])));
        }
        match items.last_mut() {
            Some(Item::Group(group)) if group.takes(message, delivered) => group.add(message, delivered, eyes),
            _ => items.push(Item::Group(Group::new(message, delivered, eyes))),
        }
    }
    for (event, text) in events {
        new_day(&mut items, &mut day, event.created_at, eyes);
        items.push(line(event, text));
    }
    items
}

fn is_new(message: &Message, eyes: &Eyes) -> bool {
    message.sender_type != SenderType::Customer
        && !message.is_read
        && message.sender.as_ref().is_none_or(|sender| sender.id != eyes.me)
}

fn new_day(items: &mut Vec<Item>, day: &mut Option<chrono::NaiveDate>, time: Time, eyes: &Eyes) {
    let is = eyes.zone.day(time);
    if *day != Some(is) {
        *day = Some(is);
        let name = dates::day_separator(eyes.now, time, eyes.zone, eyes.language);
        items.push(Item::Day((is.to_string(), name)));
    }
}

impl Group {
    fn new(message: &Message, delivered: i64, eyes: &Eyes) -> Self {
        let texts = Texts::of(eyes.language);
        let id = message.sender.as_ref().map(|sender| sender.id);
        let full_name =
            message.sender.as_ref().map_or_else(|| texts.get("sender-system-customer"), |sender| sender.name.clone());
        let mut group = Self {
            mine: id == Some(eyes.me),
            staff: message.sender_type == SenderType::Admin,
            sender: id.map(|id| id.to_string()).unwrap_or_default(),
            name: if id.is_some() { called(&full_name).to_owned() } else { full_name.clone() },
            initials: initials(&full_name),
            tint: id.map_or(1, tint),
            minute: 0,
            at: String::new(),
            clock: String::new(),
            full: String::new(),
            read: false,
            delivered: false,
            bubbles: Vec::new(),
        };
        group.add(message, delivered, eyes);
        group
    }

    fn takes(&self, message: &Message, delivered: i64) -> bool {
        let sender = message.sender.as_ref().map(|sender| sender.id.to_string()).unwrap_or_default();
        let minute = message.created_at.timestamp().div_euclid(60);
        // A read message and one that is not cannot share a mark.
        let marked = (message.is_read, message.is_read || message.n <= delivered);
        sender == self.sender
            && minute - self.minute <= TOGETHER
            && (!self.mine || marked == (self.read, self.delivered))
    }

    fn add(&mut self, message: &Message, delivered: i64, eyes: &Eyes) {
        self.minute = message.created_at.timestamp().div_euclid(60);
        self.at = message.created_at.to_rfc3339();
        self.clock = dates::clock(message.created_at, eyes.zone);
        self.full = dates::full(message.created_at, eyes.zone, eyes.language);
        self.read = message.is_read;
        self.delivered = message.is_read || message.n <= delivered;
        let erased = message.message.is_empty();
        let text = if erased { linked(&Texts::of(eyes.language).get("erased")) } else { linked(&message.message) };
        self.bubbles.push(Bubble { id: message.id, n: message.n, text, erased });
    }
}

#[cfg(test)]
mod tests {
    use gemilang_locales::Language;
    use gemilang_protocol::{PersonRef, Priority, Status, Zone};

    use super::super::history::trail;
    use super::*;

    fn at(text: &str) -> Time {
        text.parse().expect("a time")
    }

    fn person(last: u8, name: &str) -> PersonRef {
        let mut bytes = [0; 16];
        bytes[15] = last;
        PersonRef { id: Uuid::from_bytes(bytes), name: name.to_owned() }
    }

    fn message(n: i64, by: &PersonRef, staff: bool, time: &str, is_read: bool) -> Message {
        Message {
            id: Uuid::from_u128(n.unsigned_abs().into()),
            n,
            message: format!("pesan {n}"),
            sender_type: if staff { SenderType::Admin } else { SenderType::Customer },
            sender: Some(by.clone()),
            is_read,
            read_at: None,
            written_at: at(time),
            created_at: at(time),
        }
    }

    fn event(n: i64, by: &PersonRef, body: EventBody) -> Event {
        Event {
            n,
            op_id: None,
            actor: Some(by.clone()),
            actor_type: SenderType::Admin,
            body,
            written_at: at("2026-11-30T07:00:00Z"),
            created_at: at("2026-11-30T07:00:00Z"),
        }
    }

    #[test]
    fn a_conversation_has_days_groups_and_what_is_new() {
        let (me, rina) = (person(1, "Raden Roro"), person(2, "Rina Puspitasari"));
        let eyes = Eyes { me: me.id, now: at("2026-11-30T07:36:00Z"), zone: Zone::Wib, language: Language::Id };
        let messages = [
            message(1, &me, false, "2026-11-28T09:40:00Z", true),
            message(2, &me, false, "2026-11-28T09:41:00Z", true),
            message(4, &rina, true, "2026-11-30T07:10:00Z", false),
            message(5, &rina, true, "2026-11-30T07:20:00Z", false),
        ];
        let events = [
            event(1, &me, EventBody::Created { message: messages[0].id, follows: None }),
            event(3, &rina, EventBody::Assigned { from: None, to: Some(rina.clone()) }),
            event(6, &rina, EventBody::Note { note: Uuid::nil(), mentions: Vec::new() }),
            event(7, &rina, EventBody::Priority { from: Priority::High, to: Priority::High }),
            event(8, &rina, EventBody::Status { from: Status::Open, to: Status::Resolved, reason: None }),
        ];
        let shown: Vec<String> = timeline(&messages, &events, 2, 0, &eyes)
            .iter()
            .map(|item| match item {
                Item::Day((_, name)) => format!("= {name}"),
                Item::New(text) => format!("* {text}"),
                Item::Event(event) => format!("- {}", event.text),
                Item::Group(group) => format!("{} {} {}", group.name, group.bubbles.len(), group.clock),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "= Sabtu, 28 November",
                "Raden Roro 2 16:41",
                "= Hari ini",
                "- Rina menangani tiket ini",
                "* 2 balasan baru",
                "Rina 1 14:10",
                "Rina 1 14:20",
                "- Rina menandai tiket ini selesai",
            ]
        );
        assert_eq!(trail(&events, &eyes).len(), 3, "no note and nothing silent in the history");
    }
}
