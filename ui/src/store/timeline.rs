//! The conversation in reading order: messages, notes and events by `n`, parted by days, grouped by speaker, with the line of news and the unsent words at the end.

use std::collections::HashSet;

use chrono::NaiveDate;
use gemilang_protocol::desk::views::{OpState, OutboxItem, Thread};
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::internal::Wake;
use gemilang_protocol::{
    Act, Event, EventBody, Message, Note, PersonRef, SenderType, TicketNumber, Time, Zone, interleave,
};
use uuid::Uuid;

use super::outbox::{Behind, behinds};

/// Messages of one speaker that lie no further apart than this stand as one group, in minutes.
const GROUP_MINUTES: i64 = 5;

/// One line of the conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A new day begins: the time, and the part and the `n` of what follows.
    Day(Time, usize, i64),
    /// From here on it is another ticket's, of several that are read together: its number, and the part and the `n` of what follows.
    From(TicketNumber, usize, i64),
    /// So many messages of the customer are new.
    News(usize),
    /// A message.
    Message {
        /// The message.
        message: Message,
        /// Of which ticket: 0 is the one on screen, from 1 on they are its parts.
        part: usize,
        /// Whether it opens its group: name and time are written over it.
        first: bool,
        /// Whether it closes its group: avatar and marks are written beside it.
        last: bool,
    },
    /// An internal note, and whom it calls.
    Note(Note, Vec<PersonRef>, usize),
    /// A change.
    Event(Event, usize),
    /// An own word or change that has not left yet.
    Unsent {
        /// The item.
        item: OutboxItem,
        /// What keeps it back, if anything of its own ticket does.
        behind: Behind,
    },
    /// A held reply beside what came in meanwhile.
    Clash {
        /// The reply.
        item: OutboxItem,
        /// What its author had not seen, oldest first.
        unseen: Vec<Message>,
    },
}

impl Entry {
    /// A key that stays the same while the entry does.
    pub fn key(&self) -> String {
        match self {
            // By what follows: the service's clock may step back, and one day may then begin twice.
            Self::Day(_, part, n) => format!("day-{part}-{n}"),
            Self::From(_, part, n) => format!("from-{part}-{n}"),
            Self::News(_) => "news".to_owned(),
            // An own message keeps its place on screen when it lands: the service takes the op's id as the message's.
            Self::Message { message, .. } => format!("m-{}", message.id),
            Self::Note(note, ..) => format!("n-{}", note.id),
            Self::Event(event, part) => format!("e-{part}-{}", event.n),
            Self::Unsent { item, .. } => format!("u-{}", item.op_id),
            Self::Clash { item, .. } => format!("c-{}", item.op_id),
        }
    }
}

impl Entry {
    /// The number of the words it shows, if they have one in the ticket on screen.
    pub const fn n(&self) -> Option<i64> {
        match self {
            Self::Message { message, part: 0, .. } => Some(message.n),
            Self::Note(note, _, 0) => Some(note.n),
            Self::Message { .. } | Self::Note(..) | Self::From(..) => None,
            Self::Day(..) | Self::News(_) | Self::Event(..) | Self::Unsent { .. } | Self::Clash { .. } => None,
        }
    }
}

/// One thing that has a place in the order.
enum Piece<'a> {
    Message(&'a Message),
    Note(&'a Note),
    Event(&'a Event),
}

impl Piece<'_> {
    const fn n(&self) -> i64 {
        match self {
            Self::Message(message) => message.n,
            Self::Note(note) => note.n,
            Self::Event(event) => event.n,
        }
    }

    const fn at(&self) -> Time {
        match self {
            Self::Message(message) => message.created_at,
            Self::Note(note) => note.created_at,
            Self::Event(event) => event.created_at,
        }
    }
}

/// The whole conversation. `news_after` is the `n` after which the customer's messages are new.
pub fn entries(thread: &Thread, news_after: i64, zone: Zone) -> Vec<Entry> {
    let held = clashes(thread);
    let in_clash: HashSet<Uuid> = held.iter().flat_map(|(_, unseen)| unseen.iter().map(|message| message.id)).collect();
    let mut lists = vec![pieces(&thread.messages, &thread.notes, &thread.events)];
    lists.extend(thread.parts.iter().map(|part| {
        let mut pieces = pieces(&part.messages, &part.notes, &part.events);
        // That it went into this one is told by this one's own event.
        pieces.retain(|piece| !matches!(piece, Piece::Event(event) if matches!(event.body, EventBody::Merged { .. } | EventBody::Unmerged { .. })));
        pieces
    }));

    let news = news(thread, news_after);
    let mut entries = Vec::with_capacity(lists.iter().map(Vec::len).sum::<usize>() + 8);
    let mut day: Option<NaiveDate> = None;
    let mut news_said = news == 0;
    let mut last_part = 0;
    for (part, piece) in interleave(lists, Piece::at) {
        let today = zone.day(piece.at());
        let news_here = part == 0 && matches!(&piece, Piece::Message(message) if is_news(message, news_after));
        let in_clash = matches!(&piece, Piece::Message(message) if in_clash.contains(&message.id));
        if day != Some(today) && !in_clash {
            day = Some(today);
            entries.push(Entry::Day(piece.at(), part, piece.n()));
        }
        if part != last_part && !in_clash {
            last_part = part;
            let number = part.checked_sub(1).and_then(|at| thread.parts.get(at)).map(|it| it.ticket.number);
            entries.push(Entry::From(number.unwrap_or(thread.ticket.number), part, piece.n()));
        }
        if news_here && !news_said {
            news_said = true;
            entries.push(Entry::News(news));
        }
        if in_clash {
            continue;
        }
        let entry = match piece {
            Piece::Message(message) => {
                let first = !joins(&mut entries, message);
                Entry::Message { message: message.clone(), part, first, last: true }
            }
            Piece::Note(note) => {
                let events =
                    part.checked_sub(1).and_then(|at| thread.parts.get(at)).map_or(&thread.events, |it| &it.events);
                Entry::Note(note.clone(), called_by(events, note.n), part)
            }
            Piece::Event(event) => Entry::Event(event.clone(), part),
        };
        entries.push(entry);
    }
    unsent(thread, held, &mut entries);
    entries
}

/// What one ticket tells, by `n`.
fn pieces<'a>(messages: &'a [Message], notes: &'a [Note], events: &'a [Event]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(messages.len() + notes.len());
    pieces.extend(messages.iter().map(Piece::Message));
    pieces.extend(notes.iter().map(Piece::Note));
    pieces.extend(events.iter().filter(|it| has_line(it) && !is_told_by_a_split(events, it)).map(Piece::Event));
    pieces.sort_by_key(|piece| (piece.n(), !matches!(piece, Piece::Message(_))));
    pieces
}

/// Whom the note of this event calls.
fn called_by(events: &[Event], n: i64) -> Vec<PersonRef> {
    let at = events.binary_search_by_key(&n, |event| event.n);
    match at.ok().and_then(|at| events.get(at)).map(|event| &event.body) {
        Some(EventBody::Note { mentions, .. }) => mentions.clone(),
        _ => Vec::new(),
    }
}

/// How many messages of others came after this `n`.
pub fn said_after(thread: &Thread, n: i64, me: Option<Uuid>) -> usize {
    let own = |message: &Message| message.sender.as_ref().is_some_and(|person| Some(person.id) == me);
    thread.messages.iter().filter(|message| message.n > n && !own(message)).count()
}

/// When the newest words of this desk that have not left yet were written.
pub fn last_written(thread: &Thread) -> Option<Time> {
    let words = thread
        .unsent
        .iter()
        .filter(|item| matches!(item.act, Act::Reply { .. } | Act::Note { .. } | Act::SendLater { .. }));
    words.map(|item| item.written_at).max()
}

/// Held replies, each with what its author had not seen.
fn clashes(thread: &Thread) -> Vec<(&OutboxItem, Vec<Message>)> {
    let mut first = true;
    thread
        .unsent
        .iter()
        .filter(|item| item.state == OpState::Held && matches!(item.act, Act::Reply { .. }))
        .map(|item| {
            let mut unseen = Vec::new();
            // Only the first shows the news: the others wait behind it.
            if std::mem::take(&mut first)
                && let Some(message) = &item.unseen
            {
                unseen.extend(thread.messages.iter().filter(|it| it.n >= message.n).cloned());
                if unseen.is_empty() {
                    unseen.push(message.clone());
                }
            }
            (item, unseen)
        })
        .collect()
}

fn unsent(thread: &Thread, held: Vec<(&OutboxItem, Vec<Message>)>, entries: &mut Vec<Entry>) {
    let mut held = held.into_iter();
    for (item, behind) in thread.unsent.iter().zip(behinds(thread.unsent.iter())) {
        match (&item.act, item.state) {
            // What landed stays until the feed brings it as a message; a change that landed is in the ticket's head already.
            (Act::Read { .. }, _)
            | (
                Act::Assign { .. }
                | Act::Status { .. }
                | Act::Priority { .. }
                | Act::Category { .. }
                | Act::Subject { .. }
                | Act::Order { .. }
                | Act::Snooze { .. }
                | Act::Wake {}
                | Act::CallOff { .. }
                | Act::Tag { .. }
                | Act::Link { .. }
                | Act::Merge { .. }
                | Act::File { .. },
                OpState::Sent,
            ) => {}
            (Act::Reply { .. }, OpState::Held) => {
                if let Some((item, unseen)) = held.next() {
                    entries.push(Entry::Clash { item: item.clone(), unseen });
                }
            }
            _ => entries.push(Entry::Unsent { item: item.clone(), behind }),
        }
    }
}

/// Whether an event is told in the conversation: words speak for themselves, and the first message tells that the ticket was made.
const fn has_line(event: &Event) -> bool {
    match &event.body {
        EventBody::Message { .. } | EventBody::Note { .. } | EventBody::Read { .. } => false,
        // What stands in the head of one's own is no part of what was said.
        EventBody::Snoozed { .. } => false,
        EventBody::Woken { why, .. } => matches!(why, Wake::Due),
        // The line before it says why.
        EventBody::Status { reason: Some(StatusReason::Merged | StatusReason::Unmerged), .. } => false,
        EventBody::Created { follows, .. } => follows.is_some() || matches!(event.actor_type, SenderType::Admin),
        // What it is filed under is looked up beside the conversation.
        EventBody::Tags { .. } => false,
        _ => true,
    }
}

/// Whether a split beside it says the same and more: whose ticket it is, and that both name each other.
fn is_told_by_a_split(events: &[Event], event: &Event) -> bool {
    // One transaction writes them, one after the other.
    let beside = |it: &&Event| (it.created_at - event.created_at).num_seconds() == 0;
    let splits = || events.iter().filter(beside);
    match &event.body {
        EventBody::Created { .. } => splits().any(|it| matches!(it.body, EventBody::SplitFrom { .. })),
        EventBody::Links { to, .. } => splits().any(|it| match &it.body {
            EventBody::Split { to: other, .. } | EventBody::SplitFrom { ticket: other } => to.contains(other),
            _ => false,
        }),
        _ => false,
    }
}

/// How many of the customer's messages are new; none once the team has answered below them: the line has done its work.
fn news(thread: &Thread, news_after: i64) -> usize {
    let news: Vec<_> = thread.messages.iter().filter(|message| is_news(message, news_after)).collect();
    let first = news.first().map_or(i64::MAX, |message| message.n);
    let answered = thread.messages.iter().any(|it| it.sender_type == SenderType::Admin && it.n > first);
    if answered { 0 } else { news.len() }
}

fn is_news(message: &Message, news_after: i64) -> bool {
    message.sender_type == SenderType::Customer && message.n > news_after
}

/// Whether a message joins the group of the one before it; if so, that one no longer closes the group.
fn joins(before: &mut [Entry], message: &Message) -> bool {
    let Some(Entry::Message { message: previous, last, .. }) = before.last_mut() else {
        return false;
    };
    let same = previous.sender_type == message.sender_type
        && previous.sender.as_ref().map(|it| it.id) == message.sender.as_ref().map(|it| it.id)
        && (message.created_at - previous.created_at).num_minutes() < GROUP_MINUTES;
    if same {
        *last = false;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::super::samples::{customer_says, event, held_reply, note, queued, staff_says, thread};
    use super::*;
    use gemilang_protocol::desk::views::ThreadPart;
    use gemilang_protocol::{Priority, Status, TicketNumber, TicketRef};

    fn shape(entries: &[Entry]) -> Vec<String> {
        entries
            .iter()
            .map(|entry| match entry {
                Entry::Day(..) => "day".into(),
                Entry::News(n) => format!("news {n}"),
                Entry::From(number, ..) => format!("from {number}"),
                Entry::Message { message, first, last, .. } => {
                    let mark = match (first, last) {
                        (true, true) => "",
                        (true, false) => " first",
                        (false, true) => " last",
                        (false, false) => " middle",
                    };
                    format!("{}{mark}", message.n)
                }
                Entry::Note(note, ..) => format!("note {}", note.n),
                Entry::Event(event, _) => format!("event {}", event.n),
                Entry::Unsent { behind, .. } => format!("unsent {behind:?}"),
                Entry::Clash { unseen, .. } => format!("clash {}", unseen.len()),
            })
            .collect()
    }

    #[test]
    fn everything_stands_by_its_number_with_groups_and_news() {
        let mut it = thread(1);
        it.messages = vec![
            customer_says(1, "Halo"),
            staff_says(4, "Halo, Kak"),
            customer_says(6, "Satu"),
            customer_says(7, "Dua"),
        ];
        it.notes = vec![note(5, "Cek dulu")];
        it.events = vec![
            event(3, EventBody::Priority { from: Priority::Medium, to: Priority::High }),
            event(4, EventBody::Message { message: Uuid::nil() }),
        ];
        assert_eq!(
            shape(&entries(&it, 5, Zone::Wib)),
            ["day", "1", "event 3", "4", "note 5", "news 2", "6 first", "7 last"]
        );
        assert!(!shape(&entries(&it, i64::MAX, Zone::Wib)).contains(&"news 2".to_owned()));
        it.messages.push(staff_says(8, "Baik, Kak"));
        assert!(!shape(&entries(&it, 5, Zone::Wib)).contains(&"news 2".to_owned()));
    }

    #[test]
    fn tickets_that_were_merged_are_read_in_the_order_of_their_words() {
        let mut it = thread(1);
        let at = |n: i64, time: &str| {
            let mut message = customer_says(n, "Halo");
            (message.id, message.created_at) = (Uuid::now_v7(), time.parse().unwrap());
            message
        };
        it.messages = vec![at(1, "2026-11-28T10:00:00Z"), at(2, "2026-11-28T10:04:00Z")];
        let mut part = thread(2);
        part.messages = vec![at(1, "2026-11-28T09:59:00Z"), at(2, "2026-11-28T10:02:00Z")];
        let mut closed =
            event(4, EventBody::Status { from: Status::Open, to: Status::Closed, reason: Some(StatusReason::Merged) });
        closed.created_at = "2026-11-28T11:00:00Z".parse().unwrap();
        let mut merged = event(3, EventBody::Merged { into: TicketRef { id: it.ticket.id, number: it.ticket.number } });
        merged.created_at = closed.created_at;
        it.parts = vec![ThreadPart {
            ticket: part.ticket,
            messages: part.messages,
            notes: vec![],
            events: vec![merged, closed],
            partial: false,
        }];
        let told = entries(&it, i64::MAX, Zone::Wib);
        assert_eq!(
            shape(&told),
            ["day", "from GW-1002", "1", "from GW-1001", "1", "from GW-1002", "2", "from GW-1001", "2"]
        );
        assert_eq!(told.iter().filter_map(Entry::n).collect::<Vec<_>>(), [1, 2], "a search leads to the ticket's own");
        let keys: HashSet<_> = told.iter().map(Entry::key).collect();
        assert_eq!(keys.len(), told.len());
    }

    #[test]
    fn midnight_in_the_readers_zone_parts_the_days() {
        let mut it = thread(1);
        let mut late = customer_says(2, "Lewat tengah malam di Bali");
        late.created_at = it.messages[0].created_at + chrono::TimeDelta::hours(1);
        it.messages[0].created_at = "2026-11-28T15:30:00Z".parse().unwrap();
        late.created_at = "2026-11-28T16:30:00Z".parse().unwrap();
        it.messages = vec![it.messages[0].clone(), late];
        assert_eq!(shape(&entries(&it, i64::MAX, Zone::Wib)), ["day", "1", "2"]);
        assert_eq!(shape(&entries(&it, i64::MAX, Zone::Wita)), ["day", "1", "day", "2"]);
    }

    #[test]
    fn a_clock_that_steps_back_makes_no_two_lines_with_one_key() {
        let mut it = thread(1);
        let at = |n: i64, time: &str| {
            let mut message = customer_says(n, "Halo");
            message.created_at = time.parse().unwrap();
            message
        };
        it.messages = vec![at(1, "2026-11-28T10:00:00Z"), at(2, "2026-11-29T10:00:00Z"), at(3, "2026-11-28T10:00:00Z")];
        let keys: Vec<_> = entries(&it, i64::MAX, Zone::Wib).iter().map(Entry::key).collect();
        let unique: HashSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn a_held_reply_stands_beside_what_came_in_and_the_rest_waits_behind_it() {
        let mut it = thread(1);
        let news = customer_says(6, "Jadi 06.30");
        it.messages = vec![customer_says(1, "Halo"), news.clone()];
        it.unsent = vec![held_reply(1, news), queued(2, Act::Reply { message: "Menyusul".into() })];
        assert_eq!(shape(&entries(&it, 5, Zone::Wib)), ["day", "1", "news 1", "clash 1", "unsent Held"]);
    }

    #[test]
    fn words_that_landed_stay_until_the_feed_brings_them() {
        let mut it = thread(1);
        let mut failed = queued(1, Act::Reply { message: "Satu".into() });
        failed.state = OpState::Failed;
        let mut sent = queued(2, Act::Reply { message: "Dua".into() });
        sent.state = OpState::Sent;
        it.unsent = vec![sent, failed, queued(3, Act::Note { note: "Tiga".into() })];
        assert_eq!(
            shape(&entries(&it, i64::MAX, Zone::Wib)),
            ["day", "1", "unsent Nothing", "unsent Nothing", "unsent Failed"]
        );
    }

    #[test]
    fn a_change_that_waits_is_told_and_one_that_landed_is_not() {
        let mut it = thread(1);
        it.messages.truncate(1);
        let status = Act::Status { from: Status::Open, to: Status::Resolved };
        let mut sent = queued(1, status.clone());
        sent.state = OpState::Sent;
        it.unsent = vec![sent, queued(2, status), queued(3, Act::Read { up_to: 4 })];
        assert_eq!(shape(&entries(&it, i64::MAX, Zone::Wib)), ["day", "1", "unsent Nothing"]);
    }

    #[test]
    fn what_others_said_out_of_sight_is_counted_and_own_words_are_not() {
        let mut it = thread(1);
        it.messages = vec![customer_says(1, "Halo"), staff_says(2, "Baik"), customer_says(3, "Jadi?")];
        let me = it.messages[1].sender.as_ref().map(|person| person.id);
        assert_eq!(said_after(&it, 1, me), 1);
        assert_eq!(said_after(&it, 1, None), 2);
        assert_eq!(said_after(&it, 3, me), 0);
    }

    #[test]
    fn a_split_is_told_once() {
        let mut it = thread(1);
        it.messages = vec![customer_says(1, "Kursi?")];
        let other = TicketRef { id: Uuid::from_u128(9), number: TicketNumber(9) };
        it.events = vec![
            event(1, EventBody::Created { message: Uuid::nil(), follows: None }),
            event(2, EventBody::SplitFrom { ticket: other }),
            event(3, EventBody::Links { from: vec![], to: vec![other] }),
        ];
        assert_eq!(shape(&entries(&it, i64::MAX, Zone::Wib)), ["day", "1", "event 2"]);
        it.events[2].created_at += chrono::TimeDelta::hours(1);
        assert_eq!(shape(&entries(&it, i64::MAX, Zone::Wib)).len(), 4, "linked once more, later");
    }

    #[test]
    fn only_words_count_as_written() {
        let mut it = thread(1);
        it.unsent = vec![queued(1, Act::Status { from: Status::Open, to: Status::Resolved })];
        assert_eq!(last_written(&it), None);
        it.unsent.push(queued(2, Act::Reply { message: "Baik".into() }));
        assert_eq!(last_written(&it), Some(it.unsent[1].written_at));
    }
}
