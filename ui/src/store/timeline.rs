//! The conversation in reading order: messages, notes and events by `n`, parted by days, grouped by speaker, with the line of news and the unsent words at the end.

#[cfg(test)]
mod tests;

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
