//! A conversation as its page shows it: days, groups of one person's messages, what changed, what is new. Pure: the present, the zone and the language are arguments.

use gemilang_locales::names::called;
use gemilang_locales::{Texts, dates};
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{Event, EventBody, Message, SenderType, TicketNumber, Time, interleave};
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
    /// From here on it is another ticket's, of several that are read together.
    From(String),
    /// Something changed.
    Event(EventLine),
    /// Messages of one person.
    Group(Group),
}

/// Something that changed, in a sentence.
pub(super) struct EventLine {
    /// Its place in the ticket; nothing for what happened in another.
    pub(super) n: Option<i64>,
    pub(super) icon: &'static str,
    pub(super) text: String,
    pub(super) at: String,
    pub(super) clock: String,
}

/// Messages of one person that stand together.
pub(super) struct Group {
    pub(super) mine: bool,
    /// It is of a ticket that went into this one.
    pub(super) part: bool,
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

/// What stands beside the messages of one ticket.
pub(super) struct Thread {
    pub(super) number: TicketNumber,
    /// What its customer may read, in order.
    pub(super) events: Vec<Event>,
    /// Messages up to this are on a desk.
    pub(super) delivered: i64,
}

/// One thing that is told.
enum Told<'a> {
    Message(&'a Message),
    Event(&'a Event, String),
}

impl Told<'_> {
    const fn n(&self) -> i64 {
        match self {
            Self::Message(message) => message.n,
            Self::Event(event, _) => event.n,
        }
    }

    const fn at(&self) -> Time {
        match self {
            Self::Message(message) => message.created_at,
            Self::Event(event, _) => event.created_at,
        }
    }
}

/// Messages and events as the conversation shows them, with those of the tickets that are read with it: each message names its place among
/// `threads`, the first of which is the ticket itself. `unread` counts messages of earlier pages too. What happened after the last message
/// of an `earlier` page belongs to a later one.
pub(super) fn timeline(
    messages: &[(usize, Message)],
    threads: &[Thread],
    unread: i32,
    earlier: bool,
    eyes: &Eyes,
) -> Vec<Item> {
    let texts = Texts::of(eyes.language);
    let mut items = Vec::new();
    let mut day = None;
    let new = messages.iter().filter(|(_, it)| is_new(it, eyes)).count();
    let mut announced = new == 0;
    let unread = new.max(usize::try_from(unread).unwrap_or_default());
    let lists = (0..threads.len()).map(|of| told(of, messages, threads, earlier, eyes)).collect();
    let mut last_of = 0;
    for (of, it) in interleave(lists, Told::at) {
        new_day(&mut items, &mut day, it.at(), eyes);
        if of != last_of {
            last_of = of;
            items.push(Item::From(texts.with("from-ticket", &[("number", threads[of].number.to_string().into())])));
        }
        match it {
            Told::Event(event, text) => items.push(Item::Event(EventLine {
                n: (of == 0).then_some(event.n),
                icon: icon(&event.body),
                text,
                at: event.created_at.to_rfc3339(),
                clock: dates::clock(event.created_at, eyes.zone),
            })),
            Told::Message(message) => {
                if !announced && is_new(message, eyes) {
                    announced = true;
                    items.push(Item::New(texts.with("new-replies", &[("n", unread.into())])));
                }
                let delivered = threads[of].delivered;
                match items.last_mut() {
                    Some(Item::Group(group)) if group.takes(message, delivered) => group.add(message, delivered, eyes),
                    _ => items.push(Item::Group(Group::new(message, of > 0, delivered, eyes))),
                }
            }
        }
    }
    items
}

/// One ticket's share of a page, in its own order.
fn told<'a>(
    of: usize,
    messages: &'a [(usize, Message)],
    threads: &'a [Thread],
    earlier: bool,
    eyes: &Eyes,
) -> Vec<Told<'a>> {
    let alone = threads.len() == 1;
    let (first, last) = (messages.first().map(|(_, it)| it), messages.last().map(|(_, it)| it));
    // Between the first and the last message of the page: by `n` within one ticket, by the clock beside those of others.
    let is_behind = |event: &Event| match first {
        Some(first) if alone => event.n > first.n,
        Some(first) => event.created_at > first.created_at,
        None => true,
    };
    let is_before = |event: &Event| match last {
        _ if !earlier => true,
        Some(last) if alone => event.n < last.n,
        Some(last) => event.created_at < last.created_at,
        None => false,
    };
    let is_shown = |event: &&Event| match event.body {
        EventBody::Created { .. } => false,
        // That it is closed because it is read here says nothing here.
        EventBody::Status { reason: Some(StatusReason::Merged | StatusReason::Unmerged), .. } if of > 0 => false,
        _ => is_behind(event) && is_before(event),
    };
    let events = threads[of].events.iter().filter(is_shown);
    let events = events.filter_map(|event| Some(Told::Event(event, sentence(event, eyes)?)));
    let own = messages.iter().filter(|(it, _)| *it == of).map(|(_, message)| Told::Message(message));
    let mut list: Vec<_> = own.chain(events).collect();
    list.sort_by_key(Told::n);
    list
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
    fn new(message: &Message, part: bool, delivered: i64, eyes: &Eyes) -> Self {
        let texts = Texts::of(eyes.language);
        let id = message.sender.as_ref().map(|sender| sender.id);
        let full_name =
            message.sender.as_ref().map_or_else(|| texts.get("sender-system-customer"), |sender| sender.name.clone());
        let mut group = Self {
            mine: id == Some(eyes.me),
            part,
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

    fn thread(number: i64, events: Vec<Event>) -> Thread {
        Thread { number: TicketNumber(number), events, delivered: 0 }
    }

    fn shown(items: &[Item]) -> Vec<String> {
        items
            .iter()
            .map(|item| match item {
                Item::Day((_, name)) => format!("= {name}"),
                Item::New(text) => format!("* {text}"),
                Item::From(text) => format!("> {text}"),
                Item::Event(event) => format!("- {}", event.text),
                Item::Group(group) => format!("{} {} {}", group.name, group.bubbles.len(), group.clock),
            })
            .collect()
    }

    #[test]
    fn tickets_that_were_merged_are_told_as_one_conversation() {
        let (me, rina) = (person(1, "Raden Roro"), person(2, "Rina Puspitasari"));
        let eyes = Eyes { me: me.id, now: at("2026-11-30T07:36:00Z"), zone: Zone::Wib, language: Language::Id };
        let own = |n, time| message(n, &me, false, time, true);
        let messages = [
            (1, own(1, "2026-11-30T07:00:00Z")),
            (0, own(1, "2026-11-30T07:01:00Z")),
            (0, own(2, "2026-11-30T07:02:00Z")),
            (1, own(3, "2026-11-30T07:03:00Z")),
        ];
        let status = |reason| EventBody::Status { from: Status::Open, to: Status::Closed, reason };
        let taken = EventBody::Assigned { from: None, to: Some(rina.clone()) };
        let mut taken = event(2, &rina, taken);
        taken.created_at = at("2026-11-30T07:02:30Z");
        let threads =
            [thread(1021, vec![]), thread(1014, vec![taken, event(5, &rina, status(Some(StatusReason::Merged)))])];
        assert_eq!(
            shown(&timeline(&messages, &threads, 0, false, &eyes)),
            [
                "= Hari ini",
                "> dari GW-1014",
                "Raden Roro 1 14:00",
                "> dari GW-1021",
                "Raden Roro 2 14:02",
                "> dari GW-1014",
                "- Rina menangani tiket ini",
                "Raden Roro 1 14:03",
            ]
        );
        // An earlier page tells of what happened between its messages alone.
        let earlier = timeline(&messages[..2], &threads, 0, true, &eyes);
        assert!(!shown(&earlier).iter().any(|it| it.starts_with('-')));
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
        assert_eq!(trail(&events, &eyes).len(), 3, "no note and nothing silent in the history");
        let messages = messages.map(|message| (0, message));
        let threads = [thread(1021, events.into())];
        assert_eq!(
            shown(&timeline(&messages, &threads, 2, false, &eyes)),
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
    }
}
