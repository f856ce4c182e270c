//! The conversation in reading order, told as short words.

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
    it.messages =
        vec![customer_says(1, "Halo"), staff_says(4, "Halo, Kak"), customer_says(6, "Satu"), customer_says(7, "Dua")];
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
